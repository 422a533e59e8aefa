"""Seasons, quarters, halves, numbered weeks, decades and centuries."""

from __future__ import annotations

import re
from dataclasses import replace

from events.days import from_day, to_day
from events.timex import periods
from events.timex.hits import GRAINS, Hit, Resolved, placed, resolver, unplaced
from events.timex.periods import Period
from events.timex.relative_dates import with_winter
from events.when import When


@resolver
def season(hit: Hit) -> Resolved | None:
    """A season, of a named year or of the nearest one on the side that the tense points to."""
    name = hit.value("season")
    if name is None:
        return None
    if (form := hit.form("double_year")) is not None:
        return placed(periods.season(int(form[:4]), name), hit)
    year, yearshift = hit.integer("year"), hit.integer("yearshift")
    if yearshift is not None and hit.reading.published is not None:
        year = from_day(hit.reading.published)[0] + yearshift
    if year is not None:
        return placed(periods.season(year, name), hit)
    if hit.mod is None and hit.reading.is_yearly(hit.start):
        return unplaced(hit, f"XXXX-{name}")
    year = hit.reading.year_of(periods.SEASON_MONTHS[name], None, hit.start, hit.end)
    if year is None:
        return unplaced(hit, f"XXXX-{name}")
    resolved = placed(periods.season(year, name), hit, basis="context")
    return resolved if hit.reading.published is None else with_winter(resolved, hit.reading.published)


@resolver
def part_of_year(hit: Hit) -> Resolved | None:
    """A numbered quarter or half, of a named year or of this one."""
    number, unit = hit.integer("number"), hit.value("unit")
    if number is None or unit not in ("Q", "H") or not 1 <= number <= (4 if unit == "Q" else 2):
        return None
    year, basis = hit.integer("year"), "stated"
    if year is None:
        published = hit.reading.published
        shift = hit.integer("shift")
        if published is None:
            return unplaced(hit, f"XXXX-{unit}{number}")
        year, basis = from_day(published)[0] + (shift or 0), "context"
    month = 1 + (number - 1) * (3 if unit == "Q" else 6)
    period = periods.containing(GRAINS[unit], to_day(year, month))
    return placed(period, hit, basis="context" if basis == "context" else "stated")


@resolver
def decade(hit: Hit) -> Resolved | None:
    """A decade by its number or word; without a century, the latest that has begun before publication."""
    form = hit.form("decade")
    digits = re.sub(r"\D", "", form) if form else hit.value("decade_word") or hit.value("decade_noun")
    if not digits:
        return None
    year = int(digits)
    if len(digits) <= 2:
        here = from_day(hit.reading.published)[0] if hit.reading.published is not None else 2029
        # The decade that is running is called by its year; "die Zwanziger" were those of the century before.
        year = (here - 10 - year) // 100 * 100 + year
    return placed(periods.containing("decade", to_day(year)), hit)


@resolver
def century(hit: Hit) -> Resolved | None:
    """A century by its number; its halves keep the century as their value."""
    number = hit.integer("number")
    if number is None or not 1 <= number <= 30:
        return None
    if hit.value("era") == "BC":
        first = 1 - number * 100
        when = When.within(to_day(first), to_day(first + 100) - 1)
        return Resolved(value=f"BC{number - 1:02}", when=when, mod=hit.mod)
    period = periods.containing("century", to_day((number - 1) * 100))
    half = hit.integer("half")
    if half is not None:
        first = (number - 1) * 100 + 50 * (half - 1)
        return replace(placed(period, hit), when=When.within(to_day(first), to_day(first + 50) - 1))
    return placed(period, hit)


@resolver
def season_after_spoken(hit: Hit) -> Resolved | None:
    """ "im Herbst darauf": the first such season after the date spoken of."""
    name = hit.value("season")
    spoken = hit.reading.spoken_of(periods.GRAINS[: periods.GRAINS.index("year") + 1], hit.start)
    if name is None or spoken is None:
        return unplaced(hit, f"XXXX-{name}")
    near = [periods.season(spoken.period.year + count, name) for count in (0, 1)]
    following = next(period for period in near if period.first > spoken.period.last or period is near[1])
    return placed(following, hit, basis="counted", counted_from=spoken.words)


@resolver
def turn_of_century(hit: Hit) -> Resolved | None:
    """ "um die Jahrhundertwende": about 1900, in a text that tells of our times about 2000."""
    number = hit.integer("turn")
    if number is None:
        return None
    spoken = hit.reading.last_spoken
    if number == 1900 and spoken is not None and 1960 <= spoken.period.year <= 2040 and _is_told(hit, spoken.period):
        number = 2000
    turn = periods.year(number)
    return Resolved(value=turn.value, when=turn.when.replace(approximate=True), period=turn, basis="context")


def _is_told(hit: Hit, period: Period) -> bool:
    """Whether the text told of that time itself, not of the day it is written on."""
    published = hit.reading.published
    return published is None or period.year < from_day(published)[0] - 1


@resolver
def numbered_week(hit: Hit) -> Resolved | None:
    """A calendar week by its number."""
    number, year = hit.integer("number"), hit.integer("year")
    if year is None and hit.reading.published is not None:
        year = from_day(hit.reading.published)[0]
    if number is None or year is None:
        return None
    period = periods.week(year, number)
    return placed(period, hit) if period else None
