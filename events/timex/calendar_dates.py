"""Years, months and days by name or number."""

from __future__ import annotations

import re
from dataclasses import replace

from events.days import add_months, from_day, is_date, last_of_month, to_day, weekday
from events.timex import periods
from events.timex.hits import Hit, Resolved, daypart_of, placed, resolver, unplaced
from events.when import Basis, When


@resolver
def calendar(hit: Hit) -> Resolved | None:
    """A year, month or day by name or number, with what of it the text gives."""
    year, month, day = _date_parts(hit)
    if year is not None and hit.value("era") == "BC":
        year = 1 - year
    if month is None:
        return placed(periods.year(year), hit) if year is not None else None
    if not is_date(2000, month, day or 1):
        return None
    basis: Basis = "stated" if year is not None else "context"
    if year is None and day is None and hit.mod is None and hit.reading.is_yearly(hit.start):
        return unplaced(hit, f"XXXX-{month:02}")
    if year is None:
        year = _year_with_weekday(hit, month, day) or hit.reading.year_of(month, day, hit.start, hit.end)
    if year is None:
        return unplaced(hit, f"XXXX-{month:02}" + ("" if day is None else f"-{day:02}"))
    return _in_year(hit, year, month, day, basis)


def _in_year(hit: Hit, year: int, month: int, day: int | None, basis: Basis) -> Resolved | None:
    if day is None:
        return _halved(placed(periods.month(year, month), hit, basis=basis), hit.integer("half"))
    if not is_date(year, month, day):
        return None
    period = periods.day(to_day(year, month, day), daypart_of(hit))
    return placed(period, hit, basis=basis, remark=_weekday_remark(hit, period.first))


def _halved(resolved: Resolved, half: int | None) -> Resolved:
    """The first or second half of a month, cut after the 15th."""
    if half is None or resolved.period is None:
        return resolved
    first, last = resolved.period.first, resolved.period.last
    bounds = (first, first + 14) if half == 1 else (first + 15, last)
    return replace(resolved, when=When.within(*bounds))


def _date_parts(hit: Hit) -> tuple[int | None, int | None, int | None]:
    for shape in ("numeric_date", "iso_date", "day_month", "slash_date"):
        if form := hit.form(shape):
            return _parts_of_digits(hit, shape, [int(number) for number in re.findall(r"\d+", form)])
    year, month, day = hit.integer("year"), (hit.value("month") or "").partition("|")[0], hit.integer("day")
    if year is not None and hit.value("short_year"):
        year = _full_year(year, hit)
    yearshift = hit.integer("yearshift")
    if yearshift is not None and hit.reading.published is not None:
        year = from_day(hit.reading.published)[0] + yearshift
    return year, int(month) if month else None, day


def _parts_of_digits(hit: Hit, shape: str, numbers: list[int]) -> tuple[int | None, int, int]:
    if shape == "iso_date":
        return numbers[0], numbers[1], numbers[2]
    named = hit.integer("day")  # "3.-5.5.2019": the day of a list whose last one holds the rest
    if shape == "day_month":
        return hit.integer("year"), numbers[1], named or numbers[0]
    year = numbers[2] if numbers[2] > 99 else _full_year(numbers[2], hit)
    day_first = shape == "numeric_date" or numbers[0] > 12 or hit.value("day_first") is not None
    month, day = (numbers[1], numbers[0]) if day_first else (numbers[0], numbers[1])
    return year, month, named or day


def _full_year(two_digits: int, hit: Hit) -> int:
    """'98 as 1998: the latest such year that is not far ahead of publication."""
    here = from_day(hit.reading.published)[0] if hit.reading.published is not None else 2030
    return (here + 10 - two_digits) // 100 * 100 + two_digits


def _year_with_weekday(hit: Hit, month: int, day: int | None) -> int | None:
    """The year near publication in which the day falls on the weekday that is named beside it."""
    named, published = hit.value("weekday"), hit.reading.published
    if named is None or day is None or published is None:
        return None
    here = from_day(published)[0]
    years = [y for y in (here, here + 1, here - 1) if is_date(y, month, day)]
    fitting = [y for y in years if weekday(to_day(y, month, day)) + 1 == int(named)]
    return min(fitting, key=lambda y: abs(to_day(y, month, day) - published), default=None)


def _weekday_remark(hit: Hit, day: int) -> str:
    named = hit.value("weekday")
    if named is None or int(named) == weekday(day) + 1:
        return ""
    return f"{hit.words}: weekday and date do not agree"


@resolver
def day_of_month(hit: Hit) -> Resolved | None:
    """A day of a month that is not named: of this one ("am 12. des Monats"), or the one that its weekday fits."""
    day, published = hit.integer("day"), hit.reading.published
    if day is None or published is None:
        return None
    year, month, _ = from_day(published)
    months = [add_months(year, month, count) for count in (0, 1, -1)]
    dates = [to_day(y, m, day) for y, m in months if is_date(y, m, day)]
    named = hit.integer("weekday")
    fitting = dates[:1] if named is None else [date for date in dates if weekday(date) + 1 == named]
    best = min(fitting, key=lambda date: abs(date - published), default=None)
    return placed(periods.day(best), hit, basis="context") if best is not None else None


@resolver
def numbered_weekday(hit: Hit) -> Resolved | None:
    """The third Sunday in September, the last Monday of May."""
    nth, number, month = hit.integer("nth"), hit.integer("weekday"), hit.integer("month")
    if nth is None or number is None or month is None:
        return None
    year = hit.integer("year")
    basis: Basis = "stated" if year is not None else "context"
    if year is None:
        year = hit.reading.year_of(month, None, hit.start, hit.end)
    if year is None:
        return unplaced(hit, f"XXXX-{month:02}")
    last = last_of_month(year, month)
    days = [day for day in range(to_day(year, month), last + 1) if weekday(day) == number - 1]
    if not -1 <= nth <= len(days) or nth == 0:
        return None
    return placed(periods.day(days[nth - (nth > 0)], daypart_of(hit)), hit, basis=basis)


@resolver
def bare_year(hit: Hit) -> Resolved | None:
    """A year that only its four digits show; before a noun ("2000 Menschen") round and early numbers are quantities."""
    if (form := hit.form("recent")) is not None:
        number = int(form)
        is_year = 1900 <= number <= 2040 and number % 100 != 0
        return placed(periods.year(number), hit) if is_year else None
    year = hit.integer("year")
    return placed(periods.year(year), hit) if year is not None else None


@resolver
def double_year(hit: Hit) -> Resolved | None:
    """A season over two years (2007/08): lasts from the first to the second."""
    form = hit.form("double_year") or f"{hit.form('year')}/{hit.form('year2')}"
    first, second = (int(part) for part in form.split("/"))
    if second < 100:
        second += first // 100 * 100 + (100 if second < first % 100 else 0)
    if not first < second <= first + 30:
        return None
    when = When.lasting(periods.year(first).when, periods.year(second).when)
    return Resolved(value=f"{first}", when=when, period=periods.year(first))
