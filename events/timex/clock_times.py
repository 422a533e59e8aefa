"""Clock times and parts of the day."""

from __future__ import annotations

import re
from dataclasses import replace

from events.timex import periods
from events.timex.calendar_dates import calendar
from events.timex.hits import Hit, Resolved, daypart_of, from_publication, placed, resolver, unplaced
from events.timex.reading import Spoken
from events.timex.relative_dates import weekday_near
from events.when import When

_AFTER_NOON = {"AF", "EV", "PM"}
_DAY = 1440  # minutes


@resolver
def clock(hit: Hit) -> Resolved | None:
    """A time on the clock, on the day that the passage speaks of; a bare `T20:00` where it names a habit."""
    minutes = _minutes(hit)
    if minutes is None:
        return None
    zone = hit.value("zone") or ""
    name = f"{minutes // 60:02}:{minutes % 60:02}{zone}"
    return _at(hit, name)


@resolver
def part_of_day(hit: Hit) -> Resolved | None:
    """A morning, evening, night of the day that the passage speaks of."""
    part = daypart_of(hit)
    return _at(hit, part) if part else None


@resolver
def part_of_day_adverb(hit: Hit) -> Resolved | None:
    """ "abends": of the day just spoken of, or each day's evening where none was."""
    part = daypart_of(hit)
    if part is None:
        return None
    if hit.reading.day_spoken_near(hit.start) is None:
        return Resolved(value=f"XXXX-XX-XXT{part}", type="SET")
    return _at(hit, part)


def _at(hit: Hit, name: str) -> Resolved | None:
    reading = hit.reading
    if hit.value("habit") or reading.is_habitual(hit.start):
        return Resolved(value=f"T{name}", mod=hit.mod, type="TIME")
    spoken = reading.day_spoken_near(hit.start)
    base = spoken.period if spoken else None
    if spoken is not None and _is_left_behind(hit, spoken):
        spoken = base = None
    if base is None and reading.published is not None:
        base = periods.day(reading.published)  # a programme for the day, with no other day in the text
    if base is None:
        return Resolved(value=f"T{name}", mod=hit.mod, type="TIME")
    counted_from = spoken.words if spoken else from_publication(reading)
    found = placed(replace(base, clock=name), hit, basis="context", counted_from=counted_from)
    if name == "24:00" and found.when is not None:
        found = replace(found, when=periods.day(base.first + 1, "00:00").when)
    # TIMEX3 wants a day; the When keeps none that the reader has long forgotten.
    known = not reading.spoken if spoken is None else reading.is_near(spoken, hit.start)
    return replace(found, period=None, when=found.when if known else None)


def _is_left_behind(hit: Hit, spoken: Spoken) -> bool:
    """Whether the clause looks ahead from publication, while the day spoken of in another sentence is over."""
    reading = hit.reading
    is_over = reading.published is not None and spoken.period.last < reading.published
    is_elsewhere = spoken.sentence < reading.sentence(hit.start)
    return is_over and is_elsewhere and reading.tense(hit.start, hit.end, is_certain=True) == "ahead"


def _minutes(hit: Hit) -> int | None:
    """Minutes since midnight, 1440 for 24 Uhr, None for no time of day."""
    if (form := hit.form("clock")) is not None:
        hour, minute = (int(part) for part in re.split("[.:]", form)[:2])
    else:
        whole, minute = hit.integer("hour"), hit.integer("minute") or 0
        if whole is None:
            return None
        hour = whole
    total = hour * 60 + minute + (hit.integer("plus") or 0)
    total += _shift_by_half_a_day(total, hit.value("daypart") or hit.value("meridiem"))
    return total if minute <= 59 and 0 <= total <= _DAY else None


def _shift_by_half_a_day(total: int, part: str | None) -> int:
    if part in _AFTER_NOON and total < _DAY // 2:
        return _DAY // 2
    if part == "AM" and total >= _DAY // 2:
        return -_DAY // 2
    return _DAY // 2 if part == "NI" and 6 * 60 < total < _DAY // 2 else 0


@resolver
def night_between(hit: Hit) -> Resolved | None:
    """The night to a day: the evening before and its first hours ("in der Nacht auf Sonntag")."""
    resolved = weekday_near(hit) if hit.value("weekday") else calendar(hit) if hit.value("month") else _night_to(hit)
    if resolved is None or resolved.period is None:
        return resolved
    day = resolved.period.first
    when = When.within(day - 1, day).replace(clock="NI")
    value = periods.day(day - 1, "NI").value
    return replace(resolved, value=value, when=when, period=periods.day(day), type="TIME")


def _night_to(hit: Hit) -> Resolved | None:
    offset, published = hit.integer("offset"), hit.reading.published
    if offset is None:
        return None
    if published is None:
        return unplaced(hit)
    return placed(periods.day(published + offset), hit, basis="counted",
                     counted_from=from_publication(hit.reading))  # fmt: skip
