"""Sheets for the classroom, printed on A4 in black and white: handout, teacher's sheet, cards and their solution."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Literal, get_args

from visualize.arrangement import arrange_timeline
from visualize.model import ChainStep, Timeline, UiLanguage
from visualize.strings import strings_for
from visualize.templates import render_template
from visualize.timeline_page import ListEntry, list_entries, numbered_sources

HandoutSheet = Literal["handout", "teacher", "cards", "solution"]
HANDOUT_SHEETS: tuple[HandoutSheet, ...] = get_args(HandoutSheet)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """One event on a sheet."""

    number: int  # in order of time, from 1
    card: str  # the letter on its card: the order of cards gives nothing away
    date: str
    line: str
    masked_line: str  # without what gives the date away
    note: str
    listed: ListEntry


def write_handout(timeline: Timeline, sheet: HandoutSheet, *, ui: UiLanguage = "de") -> str:
    """The text of one HTML file.

    Its entries are the timeline's steps, else its pinned or most salient events. Cards bear letters in an order that
    depends on the events alone, so that cards and solution printed on different days still fit.
    """
    entries = _entries(timeline, ui)
    by_card = sorted(entries, key=lambda entry: (len(entry.card), entry.card))
    return render_template(
        "handout.html",
        title=timeline.title,
        ui=ui,
        sheet=sheet,
        strings=strings_for(ui),
        entries=by_card if sheet == "cards" else entries,
        sources=numbered_sources(timeline, [entry.listed for entry in entries]),
    )


def mask_dates(text: str, ui: UiLanguage) -> str:
    """The text without years, days of months and names of months; `maskDates` of the page hides the same."""
    strings = strings_for(ui)
    names = sorted({*strings["months"], *strings["months_short"]}, key=len, reverse=True)
    month = "|".join(map(re.escape, names))
    day = r"(?:\d{1,2}\.?\s*(?:/\s*\d{1,2}\.?\s*)?)?"
    text = re.sub(rf"{day}(?<![^\W\d_])(?:{month})(?![^\W\d_])(?:\s+\d{{1,4}})?", "…", text)
    text = re.sub(r"\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?", "…", text)
    return re.sub(r"\b[12]\d{3}(?:er)?\b", "…", text)


def _entries(timeline: Timeline, ui: UiLanguage) -> list[SheetEntry]:
    page = arrange_timeline(timeline, ui)
    position = {event.id: place for place, event in enumerate(page.events)}
    steps = [step for step in timeline.steps if step.event in position]
    if not steps:
        steps = [ChainStep(event=page.events[place].id) for place in page.key_moments]
    listed = list_entries(page, [position[step.event] for step in steps])
    cards = _letters([step.event for step in steps])
    entries = []
    for number, (step, entry) in enumerate(zip(steps, listed, strict=True), 1):
        line = step.line or entry.event.label
        entries.append(
            SheetEntry(
                number=number,
                card=cards[number - 1],
                date=step.heading or entry.date,
                line=line,
                masked_line=mask_dates(line, ui),
                note=step.note or entry.event.note,
                listed=entry,
            )
        )
    return entries


def _letters(ids: list[str]) -> list[str]:
    """A letter for each event, in an order that has nothing to do with time: A to Z, then AA, AB, ..."""
    mixed = sorted(range(len(ids)), key=lambda place: hashlib.sha256(ids[place].encode("utf-8", "replace")).digest())
    letters = [""] * len(ids)
    for rank, place in enumerate(mixed):
        high, low = divmod(rank, 26)
        letters[place] = (chr(ord("A") + high - 1) if high else "") + chr(ord("A") + low)
    return letters
