"""The figure for notebooks."""

from __future__ import annotations

from itertools import pairwise

import pytest

from events import When, to_day
from tests.visualize.samples import PAYLOADS, hostile_timeline, korean_timeline
from visualize import Timeline, TimelineEvent, timeline_figure
from visualize.figure import axis_ticks

pytest.importorskip("plotly", reason="plotly is not installed")


def test_every_dated_event_can_be_hovered() -> None:
    figure = timeline_figure(korean_timeline())
    texts = figure.data[-1].text
    assert len(texts) == 29
    summit = next(text for text in texts if "Hanoi endet" in text)
    assert summit.startswith("27./28. Februar 2019<br>Der Gipfel von Donald Trump")
    assert any("laut Nordkorea" in text for text in texts)


def test_no_two_marks_of_a_row_overlap() -> None:
    events = tuple(
        TimelineEvent(id=f"k{n}", label="x", language="de", when=When.on(700_000 + n * 3), actors=("a",))
        for n in range(200)
    )
    figure = timeline_figure(Timeline(title="Dicht", events=events, actors=(), sources=()))
    rows: dict[float, list[float]] = {}
    for x, y in zip(figure.data[-1].x, figure.data[-1].y, strict=True):
        rows.setdefault(y, []).append(x)
    assert all(right - left >= 600 * 0.012 for row in rows.values() for left, right in pairwise(sorted(row)))


def test_hostile_text_is_not_read_as_html() -> None:
    figure = timeline_figure(hostile_timeline())
    assert len(figure.data[-1].text) == len(PAYLOADS)
    for text in (*figure.data[-1].text, *figure.layout.yaxis.ticktext, figure.layout.title.text):
        assert "<" not in text.replace("<br>", "")


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        (to_day(1994), to_day(2020), ["1995", "2000", "2020"]),
        (to_day(-60), to_day(40), ["51 v. Chr.", "1", "20"]),
        (to_day(2018), to_day(2019, 6), ["Jan. 2018", "Juli 2018", "Apr. 2019"]),
        (to_day(2019, 4, 20), to_day(2019, 4, 29), ["25. Apr. 2019"]),
    ],
)
def test_ticks_name_what_the_range_needs(first: int, last: int, texts: list[str]) -> None:
    found = [text for day, text in axis_ticks(first, last, "de") if first <= day <= last]
    assert [text for text in texts if text not in found] == []
    assert len(found) <= 32


def test_an_empty_timeline_is_a_figure_too() -> None:
    assert timeline_figure(Timeline(title="Leer", events=(), actors=(), sources=())).data
