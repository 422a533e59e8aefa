"""The file that a timeline is written to: what it says without a browser."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from events import UnreadableSource, When
from tests.visualize.samples import PAYLOADS, generated_timeline, hostile_timeline, korean_timeline
from visualize import Timeline, TimelineEvent, write_timeline
from visualize.payload import compress_json, embed_json
from visualize.timeline_page import machine_date

EMPTY = Timeline(title="Leer", events=(), actors=(), sources=())


@pytest.fixture(scope="module")
def tiny_plotly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plotly") / "plotly.js"
    path.write_text("/* not drawn in these tests </script> */", encoding="utf-8")
    return path


def body(page: str) -> str:
    """The part of a page that a reader without JavaScript sees."""
    return page[page.index("<body>") : page.index('<script type="application/json"')]


def test_the_same_timeline_gives_the_same_bytes(tiny_plotly: Path) -> None:
    pages = {write_timeline(korean_timeline(), plotlyjs=tiny_plotly) for _ in range(2)}
    assert len(pages) == 1
    assert len({write_timeline(generated_timeline(2100), plotlyjs=tiny_plotly) for _ in range(2)}) == 1


def test_nothing_in_the_page_leads_out_of_it(tiny_plotly: Path) -> None:
    page = write_timeline(korean_timeline(), plotlyjs=tiny_plotly)
    assert re.findall(r"""(?:src|href|action)=["']?(?:https?:)?//""", page) == []
    assert "url(" not in page.replace("url(#", "")


def test_the_policy_admits_the_page_s_own_scripts_alone(tiny_plotly: Path) -> None:
    page = write_timeline(korean_timeline(), plotlyjs=tiny_plotly)
    policy = html.unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1])  # type: ignore[index]
    assert "default-src 'none'" in policy
    assert re.search(r"script-src ('sha256-[^']+' ?){2};", policy)
    assert "unsafe-eval" not in policy


def test_the_list_tells_everything_without_javascript(tiny_plotly: Path) -> None:
    text = html.unescape(body(write_timeline(korean_timeline(), plotlyjs=tiny_plotly)))
    for event in korean_timeline().events:
        assert event.label in text
        for quotation in event.quotations:
            assert quotation.text in text
    for source in korean_timeline().sources:
        assert source.label in text
    assert "30 Ereignisse von 1994 bis 2019, belegt aus 7 Quellen." in text
    assert "1 ohne Datum" in text
    assert '<time datetime="2019-04-25">25. April 2019</time>' in text
    assert "<span>27./28. Februar 2019</span>" in text
    assert "26. April 2019 (geplant)" in text
    assert "laut Nordkorea" in text


def test_the_interface_speaks_english_too(tiny_plotly: Path) -> None:
    text = body(write_timeline(korean_timeline(), ui="en", plotlyjs=tiny_plotly))
    assert "30 events from 1994 to 2019, from 7 sources." in text
    assert "25 April 2019" in text
    assert "according to Nordkorea" in text
    assert not re.search(
        r"Ereignis|Quellen|Belege", re.sub(r"<(?:a|li|figcaption|blockquote)[^>]*>[^<]*|<h1[^<]*", "", text)
    )


def test_no_reader_sees_edtf_or_iso_dates(tiny_plotly: Path) -> None:
    text = re.sub(r"<[^>]+>", " ", body(write_timeline(korean_timeline(), plotlyjs=tiny_plotly)))
    assert re.findall(r"\b\d{4}-\d\d|\d\.\.\d|\.\.\]", text) == []


def test_years_before_christ_have_headings(tiny_plotly: Path) -> None:
    events = (
        TimelineEvent(id="k1", label="Cäsar wird ermordet", language="de", when=When.parse("-0043-03-15")),
        TimelineEvent(id="k2", label="Die Pest erreicht Europa", language="de", when=When.parse("1347")),
    )
    text = body(write_timeline(replace(EMPTY, events=events), plotlyjs=tiny_plotly))
    assert "<h3>44 v. Chr.</h3>" in text
    assert "15. März 44 v. Chr." in text
    assert 'datetime="1347"' in text


@pytest.mark.parametrize(
    ("edtf", "machine"),
    [
        ("2019-04-25", "2019-04-25"),
        ("2019-04", "2019-04"),
        ("2019", "2019"),
        ("2019~", ""),
        ("2019-04-25/2019-04-26", ""),
        ("-0043-03-15", ""),
        ("2018/..", ""),
        ("[2019-02-21..2019-02-28]", ""),
    ],
)
def test_a_time_element_holds_only_what_html_knows(edtf: str, machine: str) -> None:
    assert machine_date(When.parse(edtf)) == machine


def test_an_empty_timeline_is_a_page_too(tiny_plotly: Path) -> None:
    assert "0 Ereignisse aus 0 Quellen." in write_timeline(EMPTY, plotlyjs=tiny_plotly)


def test_long_lists_are_cut_with_a_notice(tiny_plotly: Path) -> None:
    text = body(write_timeline(generated_timeline(2500), plotlyjs=tiny_plotly))
    assert text.count('<li class="event"') == 2000
    assert "die 2.000 wichtigsten von 2.500 Ereignissen" in text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_string_can_leave_the_data(payload: str) -> None:
    embedded = embed_json({payload: payload})
    assert not re.search(r"[<>&\u2028\u2029]", embedded)
    assert json.loads(embedded) == {payload: payload}


def test_hostile_text_stays_text(tiny_plotly: Path) -> None:
    text = body(write_timeline(hostile_timeline(), plotlyjs=tiny_plotly))
    elements = set(re.findall(r"<(\w+)", text))
    assert not elements & {
        "script",
        "img",
        "iframe",
        "style",
        "link",
        "base",
        "object",
        "video",
        "svg",
        "template",
        "math",
    }
    assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', text))
    assert not re.search(r'href="(?!#|https?://)', text)


def test_compressed_data_do_not_depend_on_the_clock() -> None:
    assert compress_json([1, 2]) == compress_json([1, 2])


def test_an_unreadable_bundle_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"nothing\.js: no readable plotly\.js"):
        write_timeline(EMPTY, plotlyjs=tmp_path / "nothing.js")
