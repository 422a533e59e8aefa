"""Stretches of the calendar, each with its TIMEX3 value and its When."""

from __future__ import annotations

from dataclasses import dataclass, replace

from events.days import (
    add_months,
    from_day,
    iso_week,
    last_of_month,
    monday_of,
    monday_of_week,
    to_day,
    weeks_in_year,
)
from events.when import When

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_YEARS = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}
_MONTHS = {"month": 1, "quarter": 3, "half": 6}
GRAINS = ("day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century", "millennium")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A day, week, month ... of the calendar; `clock` is a time or part of its day."""

    grain: str  # one of GRAINS
    first: int
    last: int
    clock: str | None = None
    season: str = ""

    @property
    def value(self) -> str:
        """The TIMEX3 value: 2014-W08-WE, 2015-SU, 195 for a decade, 2015-09-09T16:00."""
        year, month, day = from_day(self.first)
        name = f"{year:04}" if year > 0 else f"BC{1 - year:04}"
        match self.grain:
            case "day":
                value = f"{name}-{month:02}-{day:02}"
                separator = "" if self.clock is None else "T"
                return f"{value}{separator}{self.clock or ''}"
            case "week" | "weekend":
                week_year, week = iso_week(self.first)
                return f"{week_year:04}-W{week:02}{'-WE' if self.grain == 'weekend' else ''}"
            case "month":
                return f"{name}-{month:02}"
            case "season":
                return f"{name}-{self.season}"
            case "quarter":
                return f"{name}-Q{(month + 2) // 3}"
            case "half":
                return f"{name}-H{(month + 5) // 6}"
            case "decade":
                return name[:-1]
            case "century":
                return "00" if year == 0 else name[:-2]  # our zeroth year is the first century's own
            case "millennium":
                return name[:-3]
        return name

    @property
    def when(self) -> When:
        """One moment within it."""
        return When.within(self.first, self.last).replace(clock=self.clock)

    @property
    def year(self) -> int:
        """The year it begins in; of a week, the one that ISO 8601 counts it to."""
        return iso_week(self.first)[0] if self.grain in ("week", "weekend") else from_day(self.first)[0]

    def shifted(self, count: int) -> Period:
        """The period of the same kind that lies `count` such periods later."""
        if self.grain == "day":
            return replace(self, first=self.first + count, last=self.last + count)
        if self.grain in ("week", "weekend"):
            return replace(self, first=self.first + 7 * count, last=self.last + 7 * count)
        year, month, _ = from_day(self.first)
        if self.grain == "season":
            return season(year + count, self.season)
        if self.grain in _MONTHS:
            return _of_months(self.grain, *add_months(year, month, count * _MONTHS[self.grain]))
        return _of_years(self.grain, year + count * _YEARS[self.grain])


def day(number: int, clock: str | None = None) -> Period:
    """One day."""
    return Period(grain="day", first=number, last=number, clock=clock)


def month(year: int, number: int) -> Period:
    """One month."""
    return _of_months("month", year, number)


def year(number: int) -> Period:
    """One year."""
    return _of_years("year", number)


def season(year: int, name: str) -> Period:
    """A season, by meteorological convention; the winter of a year begins in its December."""
    start = SEASON_MONTHS[name]
    first = to_day(year, start)
    return Period(grain="season", first=first, last=last_of_month(*add_months(year, start, 2)), season=name)


def week(year: int, number: int) -> Period | None:
    """A numbered week (ISO 8601), None where the year has no such week."""
    if not 1 <= number <= weeks_in_year(year):
        return None
    monday = monday_of_week(year, number)
    return Period(grain="week", first=monday, last=monday + 6)


def containing(grain: str, number: int) -> Period:
    """The period of that kind in which the day lies; of a weekend, the one of the day's week."""
    if grain == "day":
        return day(number)
    monday = monday_of(number)
    if grain == "week":
        return Period(grain="week", first=monday, last=monday + 6)
    if grain == "weekend":
        return Period(grain="weekend", first=monday + 5, last=monday + 6)
    year_number, month_number, _ = from_day(number)
    if grain in _MONTHS:
        length = _MONTHS[grain]
        return _of_months(grain, year_number, (month_number - 1) // length * length + 1)
    return _of_years(grain, year_number // _YEARS[grain] * _YEARS[grain])


def _of_months(grain: str, year_number: int, first_month: int) -> Period:
    last = last_of_month(*add_months(year_number, first_month, _MONTHS[grain] - 1))
    return Period(grain=grain, first=to_day(year_number, first_month), last=last)


def _of_years(grain: str, first_year: int) -> Period:
    return Period(grain=grain, first=to_day(first_year), last=to_day(first_year + _YEARS[grain]) - 1)
