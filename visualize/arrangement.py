"""A timeline put in order for one page: events by date, key moments, lanes, years, printed dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events import When, from_day, print_when, to_day
from visualize.lanes import MAX_LANES, LanePlan, plan_lanes
from visualize.model import Timeline, TimelineEvent, UiLanguage
from visualize.strings import strings_for

KEY_MOMENTS = 7
_QUOTATION_MARKS = ("«", "»", "„", "“", '"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What all parts of one page share; `events` and `dates` run parallel."""

    timeline: Timeline
    ui: UiLanguage
    events: tuple[TimelineEvent, ...]  # by date, the wider period first, undated ones last
    dates: tuple[str, ...]  # as printed
    years: tuple[int | None, ...]  # year heading of each event, astronomical count; None where undated
    key_moments: tuple[int, ...]  # positions in `events`, in order of time
    lanes: LanePlan

    @property
    def undated_count(self) -> int:
        """How many events have no date."""
        return sum(year is None for year in self.years)


def arrange_timeline(timeline: Timeline, ui: UiLanguage, *, max_lanes: int = MAX_LANES) -> Arrangement:
    """The timeline in the order of reading, in the language of the interface."""
    events = sort_events(timeline.events)
    return Arrangement(
        timeline=timeline,
        ui=ui,
        events=events,
        dates=tuple(event.date or print_when(event.when, ui, status=event.status) for event in events),
        years=tuple(year_of(event.when) for event in events),
        key_moments=choose_key_moments(events),
        lanes=plan_lanes(events, max_lanes),
    )


def sort_events(events: Sequence[TimelineEvent]) -> tuple[TimelineEvent, ...]:
    """Events by date, the wider period first, then what matters more; undated ones last."""
    dated = [(event, event.when) for event in events if event.when is not None]
    dated.sort(key=lambda pair: (pair[1].sort_key, -weigh_event(pair[0]), pair[0].id))
    undated = [event for event in events if event.when is None]
    undated.sort(key=lambda event: (-weigh_event(event), event.id))
    return (*(event for event, _ in dated), *undated)


def weigh_event(event: TimelineEvent) -> float:
    """How much it matters to a reader: salience, less for what is no asserted deed; pinned events before all others.

    A label in quotation marks is one that no headline could be made of.
    """
    weight = event.salience + 2 * event.is_pinned
    weight -= 0.25 * (event.status != "occurred") + 0.2 * event.is_saying + 0.15 * event.is_reported
    return weight - 0.3 * event.label.startswith(_QUOTATION_MARKS)


def choose_key_moments(events: Sequence[TimelineEvent], count: int = KEY_MOMENTS) -> tuple[int, ...]:
    """Positions of the pinned events, else of the most salient dated deeds; in the order given."""
    pinned = [place for place, event in enumerate(events) if event.is_pinned]
    if pinned:
        return tuple(pinned)
    deeds = [
        place
        for place, event in enumerate(events)
        if event.when is not None and event.status == "occurred" and not event.is_saying and not event.is_reported
    ]
    deeds.sort(key=lambda place: (-weigh_event(events[place]), place))
    return tuple(sorted(deeds[:count]))


def print_year(year: int | None, ui: UiLanguage) -> str:
    """The heading of a year: "2019", "44 v. Chr.", "Ohne Datum" for None."""
    if year is None:
        return str(strings_for(ui)["undated"])
    return print_when(When.within(to_day(year), to_day(year + 1) - 1), ui)


def year_of(when: When | None) -> int | None:
    """The year that an event is listed under: that of the first day it can touch, else of the last."""
    if when is None:
        return None
    known = (when.start_earliest, when.start_latest, when.end_earliest, when.end_latest)
    return from_day(next(day for day in known if day is not None))[0]
