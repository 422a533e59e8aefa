"""Holidays: fixed, counted from Easter or Advent, or the nth weekday of a month."""

from __future__ import annotations

import re
from collections.abc import Mapping

from events.days import easter_sunday, from_day, last_of_month, month_length, to_day, weekday
from events.timex import periods
from events.timex.hits import Hit, Resolved, daypart_of, placed, resolver, unplaced
from events.when import Basis

_HOLIDAY = re.compile(
    r"(?P<month>\d\d)-(?P<day>\d\d)|(?P<moving>easter|advent)(?P<offset>[+-]\d+)"
    r"|(?P<of>\d\d)-(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?P<nth>-?\d)"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@resolver
def holiday(hit: Hit) -> Resolved | None:
    """A holiday: fixed, counted from Easter or from an Advent Sunday, or the nth weekday of a month."""
    rule = str(hit.rule.options["date"])
    year = hit.integer("year")
    shift = hit.integer("shift")
    published = hit.reading.published
    basis: Basis = "stated"
    if year is None:
        basis = "context"
        if published is None:
            return unplaced(hit)
        here = from_day(published)[0]
        days = {y: holiday_date(rule, y) for y in (here - 1, here, here + 1)}
        year = _year_of_holiday(hit, days, published, shift)
    day = holiday_date(rule, year)
    if day is None:
        return unplaced(hit)
    return placed(periods.day(day, daypart_of(hit)), hit, basis=basis)


def _year_of_holiday(hit: Hit, days: Mapping[int, int | None], published: int, shift: int | None) -> int:
    known = {y: day for y, day in days.items() if day is not None}
    here = from_day(published)[0]
    if not known:
        return here
    if shift is not None and shift != 0:
        side = {y: day for y, day in known.items() if (day - published) * shift > 0}
        return min(side or known, key=lambda y: abs(known[y] - published))
    nearest = min(known, key=lambda y: abs(known[y] - published))
    tense = hit.reading.tense(hit.start, hit.end)
    fits = [y for y, day in known.items() if tense is None or (day <= published) == (tense == "past")]
    best = min(fits or known, key=lambda y: abs(known[y] - published))
    return nearest if abs(known[best] - published) > 330 else best


def holiday_date(rule: str, year: int) -> int | None:
    """The day of a holiday in a year: `12-25`, `easter+39`, `advent+0` (first Sunday), `11-thu4`, `05-mon-1` (last).

    `-` stands for a holiday whose day differs from place to place; its day is None.
    """
    match = _HOLIDAY.fullmatch(rule)
    if match is None:
        return None
    if match["day"]:
        return to_day(year, int(match["month"]), int(match["day"]))
    if match["moving"] == "easter":
        return easter_sunday(year) + int(match["offset"])
    if match["moving"] == "advent":
        christmas = to_day(year, 12, 25)
        return christmas - (weekday(christmas) + 1) - 21 + int(match["offset"]) if weekday(christmas) != 6 else (
            christmas - 28 + int(match["offset"]))  # fmt: skip
    month, nth, wanted = int(match["of"]), int(match["nth"]), _WEEKDAYS.index(match["weekday"])
    if nth < 0:
        last = last_of_month(year, month)
        return last - (weekday(last) - wanted) % 7
    first = to_day(year, month)
    day = first + (wanted - weekday(first)) % 7 + 7 * (nth - 1)
    return day if day < first + month_length(year, month) else None
