"""The chronology of a backgrounder: what it prints, what it leaves out, and that each format holds the same."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from events import UnreadableSource, When
from tests.visualize.samples import PAYLOADS, hostile_timeline, korean_timeline
from visualize import (
    BACKGROUND_FORMS,
    Timeline,
    TimelineActor,
    TimelineEvent,
    TimelineLink,
    make_chronology,
    read_house_style,
    write_background,
)


def chronology_of(*events: TimelineEvent, actors: tuple[TimelineActor, ...] = (), links: tuple[TimelineLink, ...] = ()):  # type: ignore[no-untyped-def]
    return make_chronology(Timeline(title="Kurz", events=events, actors=actors, sources=(), links=links))


def event(label: str, day: str = "2019-04-24", **values: object) -> TimelineEvent:
    return TimelineEvent(id=label, label=label, language="de", when=When.parse(day) if day else None, **values)  # type: ignore[arg-type]


def printed(chronology: object) -> list[str]:
    text = write_background(chronology, "txt", is_fragment=True).decode("utf-8")  # type: ignore[arg-type]
    return [block for block in text.strip().split("\n\n") if not block.startswith("*")]


def test_each_line_bears_its_date_and_its_sources() -> None:
    lines = printed(make_chronology(korean_timeline()))
    assert "25. Mai 2009: Nordkorea zündet einen zweiten Atomsprengsatz.* [2]" in lines
    assert lines[0] == "1994: Kim Jong Il folgt auf Kim Il Sung.* [1]"
    assert lines[-1].startswith(
        "Quellen:\n[1] Beispieldienst, «Chronologie: Nordkoreas Gipfeldiplomatie», 23.4.2019\n[2]"
    )


def test_events_of_one_day_stand_in_one_paragraph() -> None:
    assert printed(chronology_of(event("A kommt an"), event("B reist ab"), event("C tagt", "2019-04"))) == [
        "April 2019: C tagt.*",
        "24. April 2019: A kommt an.* B reist ab.*",
    ]


def test_max_counts_dates_and_keeps_the_most_salient() -> None:
    chronology = make_chronology(korean_timeline(), max_dates=3)
    assert [paragraph.date for paragraph in chronology.paragraphs] == [
        "12. Juni 2018",
        "27./28. Februar 2019",
        "25. April 2019",
    ]
    assert "24 Daten von geringerem Gewicht weggelassen" in chronology.left_out


def test_undated_events_and_overtaken_plans_are_left_out_and_counted() -> None:
    told = event("A wird B treffen", "2018-05", status="planned")
    done = event("A trifft B")
    chronology = chronology_of(
        told, done, event("C redet", ""), links=(TimelineLink(source=done.id, target=told.id, kind="fulfils"),)
    )
    assert printed(chronology) == ["24. April 2019: A trifft B.*"]
    assert chronology.left_out == ("1 Ereignis ohne Datum weggelassen", "1 überholte Ankündigung weggelassen")


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"status": "planned"}, "A reist ab (geplant).*"),
        ({"status": "denied"}, "A reist ab (bestritten).*"),
        ({"is_reported": True}, "A reist ab (nach unbestätigten Angaben).*"),
        ({"is_reported": True, "reported_by": "Putin"}, "A reist ab (laut Putin).*"),
        ({"is_checked": True}, "A reist ab."),
    ],
)
def test_no_line_loses_its_hedge(values: dict[str, object], line: str) -> None:
    assert printed(chronology_of(event("A reist ab", **values))) == [f"24. April 2019: {line}"]


def test_a_label_that_says_the_status_gets_no_second_word() -> None:
    assert printed(chronology_of(event("Gipfel in Singapur abgesagt", status="cancelled"))) == [
        "24. April 2019: Gipfel in Singapur abgesagt.*"
    ]


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("A soll B getötet haben", "A soll B getötet haben.*"),
        ("Nordkorea will eine Bombe gezündet haben", "Nordkorea will eine Bombe gezündet haben.*"),
        ("A will B besuchen", "A will B besuchen (nach unbestätigten Angaben).*"),
    ],
)
def test_a_label_that_keeps_its_hedge_gets_no_second_one(label: str, line: str) -> None:
    assert printed(chronology_of(event(label, is_reported=True))) == [f"24. April 2019: {line}"]


def test_names_are_short_after_the_first_time_unless_two_share_one() -> None:
    actors = (
        TimelineActor(id="1", name="Wladimir Putin", kind="person", short_name="Putin"),
        TimelineActor(id="2", name="Kim Jong Un", kind="person", short_name="Kim"),
        TimelineActor(id="3", name="Kim Jong Il", kind="person", short_name="Kim"),
    )
    lines = printed(
        chronology_of(
            event("Wladimir Putin lädt Kim Jong Un ein", "2018-05"),
            event("Kim Jong Un besucht Wladimir Putins Residenz"),
            actors=actors,
        )
    )
    assert lines == [
        "Mai 2018: Wladimir Putin lädt Kim Jong Un ein.*",
        "24. April 2019: Kim Jong Un besucht Putins Residenz.*",
    ]


def test_a_short_name_that_is_part_of_another_s_name_is_not_used() -> None:
    actors = (
        TimelineActor(id="2", name="Kim Jong Un", kind="person", short_name="Kim"),
        TimelineActor(id="3", name="Kim Jong Il", kind="person"),
    )
    lines = printed(chronology_of(event("Kim Jong Un kommt", "2018"), event("Kim Jong Un geht"), actors=actors))
    assert lines[1] == "24. April 2019: Kim Jong Un geht.*"


def test_headings_by_year_and_quotations_on_demand() -> None:
    text = write_background(make_chronology(korean_timeline()), "txt", by_year=True, with_quotations=True).decode(
        "utf-8"
    )
    assert "\n\n2006\n\n9. Oktober 2006: Nordkorea zündet erstmals einen Atomsprengsatz.* [2]\n" in text
    assert "\n    „Am 9. Oktober 2006 meldete Nordkorea seinen ersten Atomtest.“ [2]\n" in text


def test_the_house_style_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "style.toml"
    path.write_text(
        'austrian = true\nseparator = " – "\n[quotation_marks]\nopen = "»"\nclose = "«"\n[dates]\nApril = "Apr."\n'
        '[spellings]\nWladimir = "Vladimir"\n',
        encoding="utf-8",
    )
    chronology = make_chronology(korean_timeline(), style=read_house_style(path))
    text = write_background(chronology, "txt", with_quotations=True).decode("utf-8")
    assert "6. Jänner 2016 – " in text
    assert "25. Apr. 2019 – Kim Jong Un und Vladimir Putin treffen sich in Wladiwostok." in text
    assert "»Am 9. Oktober 2006 meldete" in text


@pytest.mark.parametrize("content", ["spellings = [", 'colour = "red"'])
def test_a_house_style_that_cannot_be_read_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "style.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableSource, match=r"style\.toml"):
        read_house_style(path)


@pytest.mark.parametrize("form", [form for form in BACKGROUND_FORMS if form != "docx"])
def test_equal_chronologies_give_equal_bytes(form: str) -> None:
    files = {write_background(make_chronology(korean_timeline()), form) for _ in range(2)}  # type: ignore[arg-type]
    assert len(files) == 1


def test_a_fragment_is_ready_for_pasting() -> None:
    html = write_background(make_chronology(korean_timeline()), "html", is_fragment=True).decode("utf-8").strip()
    assert html.startswith("<p><strong>1994:</strong> ")
    assert html.endswith("</ol>")
    assert "<html" not in html


def test_word_files_hold_the_same_lines() -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    chronology = make_chronology(korean_timeline())
    document = docx.Document(io.BytesIO(write_background(chronology, "docx", by_year=True)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "Nordkoreas Gipfeldiplomatie"
    for line in printed(chronology)[:-1]:
        assert line in texts
    assert document.paragraphs[2].runs[0].bold


def test_timelinejs_knows_every_date() -> None:
    slides = json.loads(write_background(make_chronology(korean_timeline()), "timelinejs"))["events"]
    assert len(slides) == 29
    summit = next(slide for slide in slides if "Hanoi" in slide["text"]["headline"])
    assert summit["start_date"] == {"year": 2019, "month": 2, "day": 27}
    assert summit["end_date"] == {"year": 2019, "month": 2, "day": 28}
    assert summit["display_date"] == "27./28. Februar 2019"


@pytest.mark.parametrize("form", ["html", "timelinejs"])
def test_hostile_text_stays_text(form: str) -> None:
    text = write_background(make_chronology(hostile_timeline()), form, with_quotations=True).decode("utf-8")  # type: ignore[arg-type]
    allowed = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "p",
        "strong",
        "span",
        "blockquote",
        "small",
        "ol",
        "li",
    }
    assert set(re.findall(r"<(\w+)", text)) - {"DOCTYPE"} <= allowed


def test_hostile_text_makes_a_word_file_that_opens() -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document(io.BytesIO(write_background(make_chronology(hostile_timeline()), "docx")))
    assert len(document.paragraphs) > len(PAYLOADS)


def test_markdown_shows_signs_as_they_are() -> None:
    text = write_background(chronology_of(event("A <b>schreibt</b> *fett* [x](y)")), "md").decode("utf-8")
    assert r"A \<b\>schreibt\</b\> \*fett\* \[x\](y)." in text


def test_an_empty_chronology_is_no_error() -> None:
    empty = replace(korean_timeline(), events=())
    for form in BACKGROUND_FORMS:
        if form != "docx":
            assert write_background(make_chronology(empty), form)
