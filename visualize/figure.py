"""A timeline as a Plotly figure, for notebooks: the lanes and signs of the page at one zoom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from events import When, from_day, to_day
from visualize.arrangement import Arrangement, arrange_timeline
from visualize.lanes import OTHERS
from visualize.model import Timeline, TimelineEvent, UiLanguage
from visualize.strings import strings_for
from visualize.timeline_page import status_words

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_ACCENT, _TINT = "#1f5a8c", "#d3e3f1"
_NARROWEST = 0.012  # of the whole time: a thinner span would not be seen
_SYMBOLS = {"occurred": "circle", "planned": "diamond-open", "possible": "diamond-open"}  # all else: a cross


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    event: TimelineEvent
    date: str
    left: float  # days
    right: float
    row: int  # over all lanes, from the top
    is_point: bool
    is_certain: bool  # it lasted all that time


def timeline_figure(timeline: Timeline, *, ui: UiLanguage = "de", width: int = 1000) -> Figure:
    """The dated events by lane; hovering tells label, date, hedge and the best quotation.

    For more than some hundred events the page of `write_timeline` is the better picture: it draws anew at each zoom.
    """
    from plotly import graph_objects

    page = arrange_timeline(timeline, ui)
    marks, lanes = _lay_out(page)
    rows = lanes[-1][2] if lanes else 1
    figure = graph_objects.Figure([*_spans(marks), _points(marks), _hover(marks, page)])
    first, last = _extent(marks)
    ticks = list(axis_ticks(first, last, ui))
    figure.update_layout(
        title={"text": _plain(timeline.title)},
        width=width,
        height=120 + 28 * rows,
        template="plotly_white",
        showlegend=False,
        hovermode="closest",
        margin={"l": 160, "r": 20, "t": 60, "b": 40},
        xaxis={
            "range": [first, last],
            "tickvals": [day for day, _ in ticks],
            "ticktext": [_plain(text) for _, text in ticks],
            "zeroline": False,
        },
        yaxis={
            "range": [rows + 0.5, -0.5],
            "tickvals": [(top + bottom - 1) / 2 for _, top, bottom in lanes],
            "ticktext": [_plain(name) for name, _, _ in lanes],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
        },
    )
    return figure


def axis_ticks(first: float, last: float, ui: UiLanguage) -> Iterator[tuple[int, str]]:
    """Days and texts of about ten marks: years, months or days, whichever fits; there is no year 0."""
    strings = strings_for(ui)
    days = (last - first) / 10
    start = from_day(int(first))[0]
    end = from_day(int(last))[0]
    if days > 200:
        step = next(factor * 10**power for power in range(9) for factor in (1, 2, 5) if factor * 10**power * 366 > days)
        for mark in range(-(-start // step) * step, end + 1, step):
            year = 1 if mark == 0 and step > 1 else mark
            yield to_day(year), str(year) if year > 0 else strings["before_christ"].format(y=1 - year)
        return
    step = 1 if days < 31 else 3 if days < 92 else 6
    for month in range(12 * start, 12 * end + 12, step):
        year, number = divmod(month, 12)
        name = f"{strings['months_short'][number]} {year if year > 0 else strings['before_christ'].format(y=1 - year)}"
        if days > 6:
            yield to_day(year, number + 1), name
            continue
        for day in (1, 6, 11, 16, 21, 26) if days > 1 else range(1, 29):
            yield to_day(year, number + 1, day), f"{strings['day_format'].format(d=day)} {name}"


def _lay_out(page: Arrangement) -> tuple[list[_Mark], list[tuple[str, int, int]]]:
    """Marks, and of each lane its name, first row and the row after its last."""
    names = {actor.id: actor.name for actor in page.timeline.actors}
    dated = [(place, event, event.when) for place, event in enumerate(page.events) if event.when is not None]
    known = [day for _, _, when in dated for day in _known_days(when)]
    thinnest = max(1.0, ((max(known) - min(known)) if known else 1) * _NARROWEST)
    marks: list[_Mark] = []
    lanes: list[tuple[str, int, int]] = []
    for lane, actor in enumerate(page.lanes.actors):
        top = lanes[-1][2] if lanes else 0
        ends: list[float] = []  # of each row, the day from which it is free
        for place, event, when in dated:
            if page.lanes.home[place] != lane:
                continue
            left, right = _drawn(when, thinnest)
            row = next((row for row, end in enumerate(ends) if end <= left), len(ends))
            ends[row:] = [right + thinnest / 2, *ends[row + 1 :]]
            is_point = when.is_moment and when.start_earliest == when.start_latest
            is_certain = when.start_earliest == when.start_latest and when.end_earliest == when.end_latest
            mark = _Mark(
                event=event, date=page.dates[place], left=left, right=right, row=top + row,
                is_point=is_point, is_certain=is_certain and not is_point,
            )  # fmt: skip
            marks.append(mark)
        if ends:
            name = names.get(actor, actor) if actor != OTHERS else strings_for(page.ui)["other_actors"]
            lanes.append((name, top, top + len(ends)))
    return marks, lanes


def _known_days(when: When) -> list[int]:
    bounds = (when.start_earliest, when.start_latest, when.end_earliest, when.end_latest)
    return [day for day in bounds if day is not None]


def _drawn(when: When, thinnest: float) -> tuple[float, float]:
    """Left and right end, at least as wide as the thinnest span."""
    known = _known_days(when)
    left, right = float(min(known)), float(max(known) + 1)
    missing = max(0.0, thinnest - (right - left)) / 2
    return left - missing, right + missing


def _extent(marks: Sequence[_Mark]) -> tuple[float, float]:
    if not marks:
        return float(to_day(2000)), float(to_day(2001))
    first, last = min(mark.left for mark in marks), max(mark.right for mark in marks)
    margin = (last - first) * 0.03 + 1
    return first - margin, last + margin


def _spans(marks: Sequence[_Mark]) -> Iterator[dict[str, Any]]:
    """Two traces of boxes: those that lasted, and the dashed ones of what happened some time within."""
    for is_certain, fill, dash in ((True, _TINT, "solid"), (False, "rgba(0,0,0,0)", "4px,3px")):
        x: list[float | None] = []
        y: list[float | None] = []
        for mark in marks:
            if mark.is_point or mark.is_certain != is_certain:
                continue
            x += [mark.left, mark.right, mark.right, mark.left, mark.left, None]
            y += [mark.row - 0.32, mark.row - 0.32, mark.row + 0.32, mark.row + 0.32, mark.row - 0.32, None]
        line = {"color": _ACCENT, "width": 1.5, "dash": dash}
        yield {
            "type": "scatter", "mode": "lines", "x": x, "y": y, "fill": "toself", "fillcolor": fill, "line": line,
            "hoverinfo": "skip",
        }  # fmt: skip


def _points(marks: Sequence[_Mark]) -> dict[str, Any]:
    drawn = [mark for mark in marks if mark.is_point or mark.event.status != "occurred"]
    symbols = [_SYMBOLS.get(mark.event.status, "x-thin-open") for mark in drawn]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [(mark.left + mark.right) / 2 for mark in drawn],
        "y": [mark.row for mark in drawn],
        "hoverinfo": "skip",
        "marker": {
            "symbol": [
                "circle-open-dot" if mark.event.is_reported and symbol == "circle" else symbol
                for mark, symbol in zip(drawn, symbols, strict=True)
            ],
            "size": 12,
            "color": _ACCENT,
            "line": {"width": 2, "color": _ACCENT},
        },
    }


def _hover(marks: Sequence[_Mark], page: Arrangement) -> dict[str, Any]:
    """Invisible marks that carry the texts: Plotly knows nothing of the boxes inside one trace."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [(mark.left + mark.right) / 2 for mark in marks],
        "y": [mark.row for mark in marks],
        "marker": {"size": 18, "opacity": 0},
        "text": [_hover_text(mark, page.ui) for mark in marks],
        "hoverinfo": "text",
    }


def _hover_text(mark: _Mark, ui: UiLanguage) -> str:
    words = ", ".join(status_words(mark.event, ui))
    quotation = mark.event.quotations[0].text if mark.event.quotations else ""
    lines = [mark.date, mark.event.label, words, quotation]
    return "<br>".join(_plain(line) for line in lines if line)


def _plain(text: str) -> str:
    """The text as Plotly shows it: it reads a little HTML in all its texts."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
