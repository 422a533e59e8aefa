"""The page in a real browser: it is quiet, shows its evidence, filters, and can be used by keyboard alone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from events import When
from tests.visualize.conftest import OpenPage
from tests.visualize.samples import (
    PAYLOADS,
    chain_timeline,
    generated_timeline,
    hostile_timeline,
    korean_timeline,
)
from visualize import Timeline, TimelineEvent

Open = Callable[..., OpenPage]
pytestmark = pytest.mark.browser


def marks(opened: OpenPage) -> dict[str, dict[str, Any]]:
    """Where each event is drawn on the screen."""
    opened.page.locator("#picture").scroll_into_view_if_needed()
    return {mark["id"]: mark for mark in opened.page.evaluate("probes.marks()")}


def shown_ids(opened: OpenPage) -> list[str]:
    ids = opened.page.eval_on_selector_all(".event:not([hidden])", "items => items.map((item) => item.id)")
    return [str(id_).removeprefix("event-") for id_ in ids]


def search(opened: OpenPage, words: str) -> None:
    opened.page.fill("[name=q]", words)
    opened.page.wait_for_timeout(250)


@pytest.mark.parametrize("ui", ["de", "en"])
def test_the_page_opens_without_complaint_or_request(open_page: Open, ui: str) -> None:
    opened = open_page(korean_timeline(), ui=ui)
    assert opened.page.locator("#plot .main-svg").count() > 0
    assert (opened.complaints, opened.requests) == ([], [])
    assert len(shown_ids(opened)) == 30


def test_the_list_is_there_without_javascript(open_page: Open) -> None:
    opened = open_page(korean_timeline(), javascript=False)
    assert opened.count(".event") == 30
    assert opened.count("#plot") == opened.count("#filter-form") == 0
    opened.page.locator("#event-k24 summary").click()
    assert "Putin empfing Kim am Donnerstag" in opened.text("#event-k24")
    assert opened.complaints == []


def test_a_click_on_a_mark_shows_its_quotations_and_sources(open_page: Open) -> None:
    opened = open_page(korean_timeline(), fragment="#x=737120,737190")
    mark = marks(opened)["k24"]
    opened.page.mouse.click(mark["x"], mark["y"])
    panel = opened.text("#panel")
    assert "Putin empfing Kim am Donnerstag auf dem Gelände der Universität." in panel
    assert "Am Donnerstag soll er Putin treffen." in panel
    assert "Beispieldienst, «Kims Sonderzug passiert die Grenze», 24.4.2019" in panel
    assert "25. April 2019" in panel
    assert "e=k24" in opened.page.url


def test_hovering_shows_label_date_and_quotation(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    mark = marks(opened)["k2"]
    opened.page.mouse.move(mark["x"], mark["y"])
    tooltip = opened.text("#tooltip")
    assert "Nordkorea zündet erstmals einen Atomsprengsatz" in tooltip
    assert "9. Oktober 2006" in tooltip
    assert "Am 9. Oktober 2006 meldete Nordkorea seinen ersten Atomtest." in tooltip


def test_the_search_filters_list_and_picture_alike(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    search(opened, "atomsprengsatz -sechsten")
    assert shown_ids(opened) == ["k2", "k5", "k9", "k11"]
    assert set(marks(opened)) == {"k2", "k5", "k9", "k11"}
    assert opened.text("#shown-count") == "4 von 30 Ereignissen"
    assert opened.text("#announcement") == "4 von 30 Ereignissen"
    assert "q=atomsprengsatz" in opened.page.url
    opened.page.click("[type=reset]")
    opened.page.wait_for_timeout(100)
    assert len(shown_ids(opened)) == 30


def test_an_actor_filters_by_taking_part(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    opened.page.select_option("[name=actor]", "il")
    opened.page.wait_for_timeout(250)
    assert shown_ids(opened) == ["k30", "k1", "k4", "k6", "k7"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("akteur:Medwedew", ["k6"]),
        ("ort:Hanoi", ["k20"]),
        ("status:geplant", ["k26", "k27"]),
        ("actor:Trump -ort:Singapur", ["k28", "k20"]),
        ("seit:25.4.2019 -status:planned Putin", ["k8", "k24", "k25"]),
        ("vor:2001 Gipfel", ["k30", "k1"]),
    ],
)
def test_the_search_knows_the_fields_of_the_query_language(open_page: Open, query: str, ids: list[str]) -> None:
    opened = open_page(korean_timeline(), fragment=f"#q={quote(query)}")
    assert shown_ids(opened) == ids


def test_status_place_and_range_filter_together(open_page: Open) -> None:
    opened = open_page(korean_timeline(), fragment="#status=planned&from=26.4.2019")
    assert shown_ids(opened) == ["k26", "k27"]
    opened.page.fill("[name=to]", "4/2019x")
    opened.page.wait_for_timeout(250)
    assert opened.page.get_attribute("[name=to]", "aria-invalid") == "true"


def test_a_filter_without_any_event_says_so(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    search(opened, "nirgendwo")
    assert opened.text("#none-found") == "Kein Ereignis passt zu diesem Filter."
    search(opened, "")
    assert opened.count("#none-found") == 0
    assert opened.count("#plot") == 1
    assert opened.complaints == []


def test_the_address_brings_the_same_view_back(open_page: Open) -> None:
    opened = open_page(korean_timeline(), fragment="#e=k22&q=kim&actor=un&x=737100.0%2C737200.0")
    assert opened.text("#panel-title") == "Kim Jong Un überquert im Sonderzug die Grenze bei Chassan"
    assert opened.page.input_value("[name=q]") == "kim"
    assert opened.page.input_value("[name=actor]") == "un"
    assert opened.page.evaluate("window.zeitstrahl.picture.range") == [737100, 737200]


def test_arrow_keys_reach_every_event_undated_ones_too(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    opened.page.locator("#plot").focus()
    seen = []
    for _ in range(30):
        opened.page.keyboard.press("ArrowRight")
        seen.append(opened.page.evaluate("window.zeitstrahl.model.events.id[window.zeitstrahl.selected]"))
    assert sorted(seen) == sorted(event.id for event in korean_timeline().events)
    assert opened.text("#announcement").startswith("30 von 30: ohne Datum. Russland liefert")
    opened.page.keyboard.press("Home")
    assert opened.text("#panel-title") == "Kim Jong Il folgt auf Kim Il Sung"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "panel"


def test_every_event_can_be_reached_by_tab_in_the_list(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    opened.page.locator(".event .select").first.focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("window.zeitstrahl.selected") == 0


def test_zoom_keys_and_fit_change_the_view_and_back(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    whole = opened.page.evaluate("window.zeitstrahl.picture.range")
    opened.page.locator("#plot").focus()
    for key in ("+", "+", "-", "+"):
        opened.page.keyboard.press(key)
    span = opened.page.evaluate("window.zeitstrahl.picture.range[1] - window.zeitstrahl.picture.range[0]")
    assert span == pytest.approx((whole[1] - whole[0]) / 4)
    opened.page.keyboard.press("0")
    assert opened.page.evaluate("window.zeitstrahl.picture.range") == whole


def test_dragging_moves_the_picture(open_page: Open) -> None:
    opened = open_page(korean_timeline(), fragment="#x=736800,737200")
    opened.page.locator("#picture").scroll_into_view_if_needed()
    box = opened.page.locator("#plot .nsewdrag").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 12
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x - 200, y, steps=4)
    opened.page.mouse.up()
    opened.page.wait_for_timeout(100)
    assert opened.page.evaluate("window.zeitstrahl.picture.range[0]") > 736_850
    assert opened.page.evaluate("window.zeitstrahl.selected") is None


def test_nothing_of_plotly_s_own_offers_is_shown(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    assert opened.page.locator(".modebar, .plotlyjsicon").count() == 0
    assert not re.search(r"plotly|share|cloud", opened.text("body"), re.IGNORECASE)


@pytest.mark.parametrize("kind", ["csv", "json", "ics"])
def test_a_download_holds_exactly_what_is_shown(open_page: Open, kind: str, tmp_path: Path) -> None:
    opened = open_page(korean_timeline(), accept_downloads=True)
    search(opened, "wladiwostok gipfel")
    expected = shown_ids(opened)
    with opened.page.expect_download() as waiting:
        opened.page.click(f"[data-do={kind}]")
    waiting.value.save_as(tmp_path / "file")
    text = (tmp_path / "file").read_text(encoding="utf-8-sig")
    if kind == "csv":
        found = [row["Nr."] for row in csv.DictReader(io.StringIO(text))]
    elif kind == "json":
        found = [row["id"] for row in json.loads(text)["events"]]
    else:
        found = re.findall(r"UID:(\w+)@", text)
        expected = [id_ for id_ in expected if id_ not in ("k8", "k29")]  # open and undated ones have no day
    assert found == expected


def test_the_picture_can_be_saved(open_page: Open, tmp_path: Path) -> None:
    opened = open_page(korean_timeline(), accept_downloads=True)
    with opened.page.expect_download() as waiting:
        opened.page.click("[data-do=image]")
    waiting.value.save_as(tmp_path / "file.png")
    assert (tmp_path / "file.png").read_bytes().startswith(b"\x89PNG")
    assert (opened.complaints, opened.requests) == ([], [])


def test_the_table_shows_the_same_events(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    search(opened, "atomsprengsatz")
    opened.page.click("[data-do=table-view]")
    assert opened.count("tbody tr") == 5
    opened.page.click("[data-do=list-view]")
    assert len(shown_ids(opened)) == 5


def test_events_before_christ_and_of_the_middle_ages_have_their_place(open_page: Open) -> None:
    facts = [("-0043-03-15", "Cäsar wird ermordet"), ("1347", "Die Pest erreicht Europa"), ("2019-04-25", "Treffen")]
    events = tuple(
        TimelineEvent(id=f"k{n}", label=label, language="de", when=When.parse(edtf))
        for n, (edtf, label) in enumerate(facts)
    )
    opened = open_page(Timeline(title="Weit", events=events, actors=(), sources=()))
    drawn = marks(opened)
    assert drawn["k0"]["x"] < drawn["k1"]["x"] < drawn["k2"]["x"]
    assert "1 v. Chr." in opened.text("#plot") or "v. Chr." in opened.text("#plot") or "1000" in opened.text("#plot")
    assert opened.complaints == []


@pytest.mark.parametrize("payload", ["list", "picture", "panel", "presentation", "table"])
def test_hostile_text_is_shown_as_text_and_runs_nowhere(open_page: Open, payload: str) -> None:
    opened = open_page(hostile_timeline(), size=(1280, 900))
    page = opened.page
    if payload == "panel":
        page.locator("#plot").focus()
        for _ in PAYLOADS:
            page.keyboard.press("ArrowRight")
            place = page.evaluate("window.zeitstrahl.selected")
            assert page.locator("#panel-title").evaluate("node => node.textContent") == PAYLOADS[place]
    elif payload == "picture":
        for mark in list(marks(opened).values())[:25]:
            page.mouse.move(mark["x"], mark["y"])
        page.evaluate("window.zeitstrahl.picture.zoom(0.2)")
    elif payload == "presentation":
        page.click("[data-do=present]")
        for _ in PAYLOADS:
            page.keyboard.press("ArrowRight")
    elif payload == "table":
        page.click("[data-do=table-view]")
    else:
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        labels = page.eval_on_selector_all(".event .select", "links => links.map((link) => link.textContent)")
        normal = [re.sub(r"\r\n?", "\n", payload) for payload in PAYLOADS]
        assert labels == normal
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert opened.requests == []
    assert opened.complaints == []
    assert page.locator("img, iframe, object, video, base, [onerror], [onload], [onclick]").count() == 0
    hosts = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.protocol)")
    assert set(hosts) <= {"file:", "http:", "https:"}


def test_the_page_made_on_demand_equals_that_of_the_server(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    differences = opened.page.evaluate("probes.differingItems()")
    assert differences == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chain_is_presented_step_by_step_in_large_letters(open_page: Open, scheme: str) -> None:
    opened = open_page(chain_timeline(), size=(1024, 768), color_scheme=scheme)
    opened.page.keyboard.press("p")
    assert opened.text(".step-line") == "Donald Trump und Kim Jong Un treffen sich in Singapur"
    for key in ("PageDown", "ArrowRight", " "):
        opened.page.keyboard.press(key)
    assert opened.text(".step-line") == "Kim Jong Un und Wladimir Putin treffen sich in Wladiwostok"
    assert opened.text(".step-tie") == "am Tag darauf"
    texts = ".step p, .step h2, .step blockquote, .step figcaption, .step .badge"
    assert min(opened.page.evaluate("probes.fontSizes", texts)) >= 28
    assert opened.page.evaluate("probes.contrast", texts) >= 7
    opened.page.keyboard.press("b")
    assert opened.page.locator(".step").count() == 0
    opened.page.keyboard.press("b")
    opened.page.keyboard.press("Escape")
    assert not opened.page.evaluate("document.getElementById('presentation').open")


def test_the_quiz_asks_only_of_certain_order_and_hides_dates(open_page: Open) -> None:
    opened = open_page(korean_timeline())
    opened.page.keyboard.press("p")
    opened.page.click("[data-name=quiz]")
    for _ in range(10):
        if opened.page.locator(".option").count() == 0:
            break
        text = opened.text("#presentation")
        assert not re.search(r"\b(19|20)\d\d\b|Januar|April|Juni", text)
        opened.page.locator(".option").first.click()
        opened.page.click("[data-name=quiz_next]")
    assert "richtig" in opened.text("#presentation")


@pytest.mark.parametrize("state", ["opened", "dark", "chosen", "table", "phone", "presentation", "quiz", "help"])
def test_axe_finds_no_serious_barrier(open_page: Open, state: str) -> None:
    package = pytest.importorskip("axe_playwright_python", reason="the Python package axe-playwright-python is missing")
    script = (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    size = (390, 800) if state == "phone" else (1280, 900)
    opened = open_page(korean_timeline(), size=size, color_scheme="dark" if state == "dark" else "light")
    page = opened.page
    if state in ("dark", "chosen"):
        page.locator("#plot").focus()
        page.keyboard.press("End")
        page.keyboard.press("ArrowLeft")
        page.eval_on_selector_all("details", "all => all.forEach((each) => { each.open = true; })")
    elif state == "table":
        page.click("[data-do=table-view]")
    elif state in ("presentation", "quiz"):
        page.keyboard.press("p")
        if state == "quiz":
            page.click("[data-name=quiz]")
    elif state == "help":
        page.keyboard.press("?")
    page.evaluate(script)
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    found = [
        (violation["id"], violation["impact"], [node["html"][:120] for node in violation["nodes"][:3]])
        for violation in result["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int) -> None:
    for timeline in (korean_timeline(), hostile_timeline()):
        opened = open_page(timeline, size=(width, 800))
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        if width < 640:
            tops = opened.page.evaluate("['list', 'picture'].map((id) => document.getElementById(id).offsetTop)")
            assert tops[0] < tops[1], "on a phone the list comes first"


def test_labels_in_the_picture_never_overlap_at_any_zoom(open_page: Open) -> None:
    opened = open_page(generated_timeline(1000))
    total = 0
    for factor in (1, 0.5, 0.3, 0.3, 0.3):
        opened.page.evaluate(f"window.zeitstrahl.picture.zoom({factor})")
        drawn, count = opened.page.evaluate("probes.overlaps()")
        total += drawn
        assert count == 0
    assert total > 100


def test_the_storyline_shows_the_same_events_and_answers_the_same(open_page: Open) -> None:
    opened = open_page(korean_timeline(), fragment="#view=storyline&x=736900,737220")
    assert opened.page.get_attribute("[data-do=storyline]", "aria-pressed") == "true"
    assert opened.page.evaluate("window.zeitstrahl.picture.threads.filter((points) => points.length).length") == 5
    mark = marks(opened)["k20"]
    opened.page.mouse.click(mark["x"], mark["y"])
    assert opened.text("#panel-title") == "Der Gipfel von Donald Trump und Kim Jong Un in Hanoi endet ohne Einigung"
    assert opened.page.evaluate("probes.overlaps()")[1] == 0
    opened.page.click("[data-do=lanes]")
    opened.page.wait_for_timeout(400)
    assert "view=" not in opened.page.url
    assert opened.complaints == []


def test_a_density_cell_says_what_it_holds_and_opens(open_page: Open) -> None:
    opened = open_page(generated_timeline(2000))
    opened.page.locator("#picture").scroll_into_view_if_needed()
    cell = opened.page.evaluate(
        """() => { const { picture } = window.zeitstrahl, box = picture.plot.getBoundingClientRect();
          const cell = picture.cells.find((each) => each.count > 3 && each.left > 20 && each.right < picture.width);
          return { x: box.left + picture.nameRoom + (cell.left + cell.right) / 2, y: box.top + picture.head + cell.y,
                   count: cell.count, span: picture.range[1] - picture.range[0] }; }"""
    )
    opened.page.mouse.move(cell["x"], cell["y"])
    assert opened.text("#tooltip").startswith(f"{cell['count']} Ereignisse, ")
    opened.page.mouse.click(cell["x"], cell["y"])
    assert (
        opened.page.evaluate("window.zeitstrahl.picture.range[1] - window.zeitstrahl.picture.range[0]")
        < cell["span"] / 5
    )
    opened.page.evaluate("window.zeitstrahl.openMany([3, 4, 5])")
    assert opened.text("#panel-title") == "3 Ereignisse im selben Zeitraum"
    opened.page.locator("#panel .select").first.click()
    assert opened.page.evaluate("window.zeitstrahl.selected") == 3
    assert opened.complaints == []


def test_above_two_thousand_events_the_rest_comes_from_compressed_data(open_page: Open) -> None:
    opened = open_page(generated_timeline(3000))
    search(opened, '"Nr. 1234"')
    assert opened.count(".event") == 1
    assert "(Nr. 1234)" in opened.text(".event")
    assert opened.complaints == []


def test_dark_and_reduced_motion_are_respected(open_page: Open) -> None:
    opened = open_page(korean_timeline(), color_scheme="dark", reduced_motion="reduce")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)"
    assert opened.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_printing_shows_all_evidence_on_white(open_page: Open) -> None:
    opened = open_page(replace(korean_timeline(), title="Druck"), color_scheme="dark")
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert opened.count("#filter-form") == opened.count(".tools") == opened.count("#panel") == 0
    assert opened.page.locator("#event-k24 blockquote").first.bounding_box()["height"] > 5
    ink = opened.page.evaluate("document.querySelector('#plot .textpoint text').style.fill")
    assert ink in ("rgb(0, 0, 0)", "#000", "black")
