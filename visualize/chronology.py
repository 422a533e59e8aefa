"""A timeline as the chronology of a backgrounder: one paragraph per date, whole sentences, numbered sources.

What is chosen and how it is worded is decided here; `background` writes it out in its formats.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from events import UnreadableSource, print_when
from visualize.arrangement import print_year, sort_events, weigh_event, year_of
from visualize.model import Quotation, Timeline, TimelineActor, TimelineEvent, TimelineSource, UiLanguage
from visualize.strings import count_phrase, strings_for


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """How a publisher prints things; read from TOML by `read_house_style`."""

    open_quote: str = ""  # "" keeps that of the language
    close_quote: str = ""
    austrian: bool = False  # Jänner
    dates: tuple[tuple[str, str], ...] = ()  # words replaced in printed dates, "Januar" by "Jan."
    spellings: tuple[tuple[str, str], ...] = ()  # whole words replaced in sentences, "Wladimir" by "Vladimir"
    separator: str = ": "  # between date and sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event as a sentence."""

    event: TimelineEvent
    text: str  # with its full stop, without marks and numbers
    numbers: tuple[int, ...]  # of its sources
    quotations: tuple[tuple[int, str, str], ...]  # number of the source, text in quotation marks, language
    is_checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """All events of one printed date."""

    year: str  # as a heading prints it
    date: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """What a backgrounder prints, and what it leaves out."""

    title: str
    ui: UiLanguage
    paragraphs: tuple[Paragraph, ...]
    sources: tuple[TimelineSource, ...]  # in the order of their numbers, from 1
    left_out: tuple[str, ...]  # sentences for whoever asked for it, not for the reader
    style: HouseStyle = field(default_factory=HouseStyle)

    @property
    def has_unchecked(self) -> bool:
        """Whether any line carries the mark of what nobody has checked."""
        return any(not line.is_checked for paragraph in self.paragraphs for line in paragraph.lines)


def make_chronology(
    timeline: Timeline, *, ui: UiLanguage = "de", max_dates: int | None = None, style: HouseStyle | None = None
) -> Chronology:
    """The chronology, oldest date first; of more than `max_dates` dates those of the most salient events are kept.

    Undated events and plans that another event of the timeline fulfils or overtakes are left out. A timeline with steps
    is told in their order and with their headings and lines, and nothing of it is left out: a person chose them.
    """
    style = style or HouseStyle()
    dated = [event for event in sort_events(timeline.events) if event.when is not None]
    overtaken = {link.target for link in timeline.links if link.kind in ("fulfils", "overtakes")}
    current = [event for event in dated if not (event.status == "planned" and event.id in overtaken)]
    if timeline.steps:
        dated = current = _follow_steps(timeline)
    undated = 0 if timeline.steps else len(timeline.events) - len(dated)
    by_date = [(date, list(group)) for date, group in groupby(current, key=lambda event: _printed(event, ui, style))]
    kept = _most_salient(by_date, max_dates)
    numbers = _number_sources(timeline, (event for _, group in kept for event in group))
    names = _ShortNames(timeline.actors)
    paragraphs = tuple(
        Paragraph(
            year=print_year(year_of(group[0].when), ui),
            date=date,
            lines=tuple(_line(event, timeline, ui, style, numbers, names) for event in group),
        )
        for date, group in kept
    )
    sources = {source.id: source for source in timeline.sources}
    return Chronology(
        title=timeline.title,
        ui=ui,
        paragraphs=paragraphs,
        sources=tuple(sources[id_] for id_ in numbers),
        left_out=_left_out(ui, undated, len(dated) - len(current), len(by_date) - len(kept)),
        style=style,
    )


def read_house_style(path: Path) -> HouseStyle:
    """The style in a TOML file with the tables quotation_marks, dates and spellings.

    Raises UnreadableSource where it is no such file.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableSource(f"{path}: no house style ({error}); see docs/page.md for its form") from error
    known = {"quotation_marks", "dates", "spellings", "austrian", "separator"}
    if unknown := sorted(set(table) - known):
        raise UnreadableSource(f"{path}: unknown {', '.join(unknown)}; a house style has {', '.join(sorted(known))}")
    marks: Mapping[str, Any] = table.get("quotation_marks", {})
    return HouseStyle(
        open_quote=str(marks.get("open", "")),
        close_quote=str(marks.get("close", "")),
        austrian=bool(table.get("austrian", False)),
        dates=tuple((str(old), str(new)) for old, new in table.get("dates", {}).items()),
        spellings=tuple((str(old), str(new)) for old, new in table.get("spellings", {}).items()),
        separator=str(table.get("separator", ": ")),
    )


def _follow_steps(timeline: Timeline) -> list[TimelineEvent]:
    events = {event.id: event for event in timeline.events}
    return [
        replace(
            events[step.event],
            date=step.heading or events[step.event].date,
            label=step.line or events[step.event].label,
        )
        for step in timeline.steps
        if step.event in events
    ]


def _printed(event: TimelineEvent, ui: UiLanguage, style: HouseStyle) -> str:
    date = event.date or print_when(event.when, ui, austrian=style.austrian)
    return _replace_words(date, style.dates)


def _most_salient(
    dates: list[tuple[str, list[TimelineEvent]]], count: int | None
) -> list[tuple[str, list[TimelineEvent]]]:
    """The dates of the most important events, still in order of time. Pinned events come first."""
    if count is None or len(dates) <= count:
        return dates

    def weight(place: int) -> tuple[float, int]:
        group = dates[place][1]
        return -max(map(weigh_event, group)), place

    chosen = set(sorted(range(len(dates)), key=weight)[:count])
    return [entry for place, entry in enumerate(dates) if place in chosen]


def _number_sources(timeline: Timeline, events: Iterable[TimelineEvent]) -> dict[str, int]:
    """Numbers of the sources in the order in which the text cites them."""
    known = {source.id for source in timeline.sources}
    cited = (quotation.source for event in events for quotation in event.quotations)
    return {source: number for number, source in enumerate(dict.fromkeys(id_ for id_ in cited if id_ in known), 1)}


class _ShortNames:
    """Names after their first use: "Putin" for "Wladimir Putin", as long as nobody else in the text bears it."""

    def __init__(self, actors: Sequence[TimelineActor]) -> None:
        bearers = Counter(actor.short_name for actor in actors if actor.short_name)
        words = Counter(word for actor in actors if actor.kind == "person" for word in set(actor.name.split()))
        self._names = {
            actor.name: actor.short_name
            for actor in actors
            if actor.short_name and bearers[actor.short_name] == 1 and words[actor.short_name] <= 1
        }
        self._used: set[str] = set()

    def shorten(self, text: str) -> str:
        """The text with names shortened that an earlier text has spelled out."""
        # Longer names first: "Kim Jong Un" before "Kim".
        for name in sorted(self._names, key=lambda each: (-len(each), each)):
            pattern = re.compile(rf"(?<!\w){re.escape(name)}(?=s?\b)")
            if not pattern.search(text):
                continue
            if name in self._used:
                text = pattern.sub(self._names[name].replace("\\", r"\\"), text)
            self._used.add(name)
        return text


def _line(
    event: TimelineEvent,
    timeline: Timeline,
    ui: UiLanguage,
    style: HouseStyle,
    numbers: Mapping[str, int],
    names: _ShortNames,
) -> Line:
    text = names.shorten(event.label.strip().rstrip("."))
    remarks = _remarks(event, ui)
    if remarks:
        text = f"{text} ({', '.join(remarks)})"
    cited = [quotation for quotation in event.quotations if quotation.source in numbers]
    return Line(
        event=event,
        text=_replace_words(text, style.spellings) + ("" if text.endswith(("!", "?", "…")) else "."),
        numbers=tuple(dict.fromkeys(numbers[quotation.source] for quotation in cited)),
        quotations=tuple(
            (numbers[each.source], _in_quotation_marks(each, ui, style), each.language) for each in cited if each.text
        ),
        is_checked=event.is_checked,
    )


def _remarks(event: TimelineEvent, ui: UiLanguage) -> list[str]:
    """What the sentence must not be read without: that it is planned, or whose word it is, unless it says so itself."""
    strings = strings_for(ui)
    status = str(strings["statuses"][event.status])
    is_said = event.status == "occurred" or re.search(rf"\b{re.escape(status)}\b", event.label, re.IGNORECASE)
    remarks = [] if is_said else [status]
    if event.is_reported and not _keeps_hedge(event):
        by = event.reported_by
        remarks.append(strings["reported"]["by"].format(by=by) if by else str(strings["reported"]["unknown"]))
    return remarks


def _keeps_hedge(event: TimelineEvent) -> bool:
    language: UiLanguage = "en" if event.language == "en" else "de"
    hedges = "|".join(strings_for(language)["hedges"])  # patterns
    return re.search(rf"\b(?:{hedges})\b", event.label, re.IGNORECASE) is not None


def _in_quotation_marks(quotation: Quotation, ui: UiLanguage, style: HouseStyle) -> str:
    opening, closing = strings_for(ui)["quotation_marks"]
    return f"{style.open_quote or opening}{quotation.text}{style.close_quote or closing}"


def _replace_words(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _, word=new: word, text)  # type: ignore[misc]
    return text


def _left_out(ui: UiLanguage, undated: int, overtaken: int, dates: int) -> tuple[str, ...]:
    strings = strings_for(ui)
    counts = (("left_out_undated", undated), ("left_out_overtaken", overtaken), ("left_out_dates", dates))
    return tuple(count_phrase(strings, name, count) for name, count in counts if count)
