"""Lengths of time, what they count to, habits, and the past, present and future at large."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from events.timex import periods
from events.timex.hits import CLOCK_UNITS, GRAINS, Hit, Resolved, daypart_of, from_publication, rank_of, resolver
from events.timex.periods import Period

_HALVES = {"Y": (6, "M"), "TH": (30, "TM"), "D": (12, "TH"), "DE": (5, "Y"), "CE": (50, "Y"), "TM": (30, "TS")}


@resolver
def counted(hit: Hit) -> Resolved | None:
    """So many years, days ... before or after publication, or the date spoken of last."""
    duration = _duration_value(hit)
    if duration is None:
        return None
    number, unit = hit.number("number"), hit.value("unit") or ""
    if number is not None and (large := hit.number("large")):
        number *= large
    base, counted_from, is_spoken = _base_of_count(hit, unit)
    period = None
    if base is not None and number is not None:
        period = _counted_period(number * (hit.integer("direction") or 0), unit, base)
    if period is None or number is None:
        return Resolved(value=duration, mod=hit.mod, type="DURATION")
    is_rough = hit.mod in ("APPROX", "LESS_THAN", "MORE_THAN") or number != int(number)
    found = Resolved(
        value=period.value if is_spoken else duration,
        when=period.when.replace(approximate=True) if is_rough else period.when,
        period=period,
        mod=hit.mod,
        basis="counted",
        counted_from=counted_from,
    )
    # "seit zwei Jahren" sets no scene: a "23. August" behind it is not of two years ago.
    return replace(found, period=None) if hit.rule.options.get("since") else found


def _base_of_count(hit: Hit, unit: str) -> tuple[int | None, str | None, bool]:
    """The day to count from, its words, and whether the text spoke of it."""
    reading = hit.reading
    if hit.rule.options.get("anchor") != "spoken":
        return reading.published, from_publication(reading), False
    spoken = reading.spoken_of(_as_fine_as(unit), hit.start)
    return (spoken.period.first, spoken.words, True) if spoken else (None, None, True)


def _as_fine_as(unit: str) -> Sequence[str]:
    """The grains that such a number of units can be counted from: days from a day, months from a day or month ..."""
    grain = "year" if unit in ("DE", "CE") else "day" if unit in CLOCK_UNITS else GRAINS.get(unit, "day")
    return periods.GRAINS[: rank_of(grain) + 1]


def _counted_period(count: float, unit: str, base: int) -> Period | None:
    if unit in CLOCK_UNITS:
        return periods.day(base) if abs(count) * {"TH": 60, "TM": 1, "TS": 0}[unit] <= 180 else None
    if count != int(count):
        if unit != "Y":
            return None
        count, unit = count * 12, "M"
    if unit in ("DE", "CE"):
        count, unit = count * (10 if unit == "DE" else 100), "Y"
    grain = GRAINS.get(unit)
    if grain is None or abs(count) > 100_000:
        return None
    return periods.containing(grain, base).shifted(round(count))


@resolver
def duration(hit: Hit) -> Resolved | None:
    """A length of time; X where the text does not say how much."""
    value = _duration_value(hit)
    between = hit.form("between")
    if between is not None and not hit.reading.grammar.adjective_form.fullmatch(between):
        return None
    return Resolved(value=value, mod=hit.mod) if value else None


@resolver
def counted_date(hit: Hit) -> Resolved | None:
    """ "two years ago" as the date that it is, where that can be told; "years ago" as the past."""
    resolved = counted(hit)
    if resolved is None:
        return None
    if resolved.period is None:
        is_past = (hit.integer("direction") or 0) < 0
        return replace(resolved, value="PAST_REF" if is_past else "FUTURE_REF", type="DATE")
    return replace(resolved, value=resolved.period.value, type="DATE")


@resolver
def counted_ahead(hit: Hit) -> Resolved | None:
    """ "in zwei Jahren": from now where the clause looks ahead, a plain length where it tells of the past."""
    return duration(hit) if hit.reading.tense(hit.start, hit.end) == "past" else counted(hit)


@resolver
def length(hit: Hit) -> Resolved | None:
    """ "zehnjährig" of a jubilee or a sentence; of people it is an age, and no time."""
    value = _duration_value(hit)
    if value is None or (value.endswith("Y") and value != "PXY" and not _goes_with_length(hit)):
        return None
    return Resolved(value=value)


def _goes_with_length(hit: Hit) -> bool:
    grammar, codes = hit.reading.grammar, hit.reading.tokens.codes
    return any(grammar.is_in("length_noun", code) for code in codes[hit.end : hit.end + 2])


def _duration_value(hit: Hit) -> str | None:
    terms = [term for suffix in ("", "2") if (term := _term_of(hit, suffix))]
    if not terms:
        return None
    dates = "".join(term for term, is_clock in terms if not is_clock)
    clocks = "".join(term for term, is_clock in terms if is_clock)
    return f"P{dates}T{clocks}" if clocks else f"P{dates}"


def _term_of(hit: Hit, suffix: str) -> tuple[str, bool] | None:
    """The first or second part of a length ("drei Jahre und vier Monate")."""
    if compound := hit.value(f"length{suffix}"):
        amount, _, unit = compound.partition("|")
        return _term(amount, unit)
    unit = hit.value(f"unit{suffix}") or ""
    if not unit:
        return None
    number = hit.number(f"number{suffix}")
    if number is not None and not suffix:
        number = number * (hit.number("large") or 1) + (0.5 if hit.form("half") else 0)
    return _term("X" if number is None else _plain(number), unit)


def _plain(number: float) -> str:
    """The number without exponent: 1.5, 66000000."""
    return str(round(number)) if abs(number - round(number)) < 1e-9 else f"{number:g}"


def _term(amount: str, unit: str) -> tuple[str, bool]:
    if match := re.fullmatch(r"(\d+)([A-Z]+)", unit):  # a Vierteljahr is 3M
        amount = "X" if amount == "X" else f"{float(amount) * int(match[1]):g}"
        unit = match[2]
    if amount == "0.5" and unit in _HALVES:
        count, unit = _HALVES[unit]
        amount = str(count)
    return amount + CLOCK_UNITS.get(unit, unit), unit in CLOCK_UNITS


@resolver
def habit(hit: Hit) -> Resolved | None:
    """What happens again and again: every Monday, four times a year."""
    hit.reading.habits.append(hit.start)
    if (value := hit.value("value")) is not None:
        return Resolved(value=value)
    if (part := daypart_of(hit)) and hit.value("weekday") is None:
        return Resolved(value=f"XXXX-XX-XXT{part}")
    if (compound := hit.value("weekday_part")) is not None:
        number, _, part = compound.partition("|")
        return Resolved(value=f"XXXX-WXX-{number}T{part}")
    if (named := hit.value("weekday")) is not None:
        part = daypart_of(hit)
        return Resolved(value=f"XXXX-WXX-{named}" + (f"T{part}" if part else ""))
    if (name := hit.value("month")) is not None:
        return Resolved(value=f"XXXX-{int(name):02}")
    if (name := hit.value("season")) is not None:
        return Resolved(value=f"XXXX-{name}")
    if hit.value("unit") == "WE":
        return Resolved(value="XXXX-WXX-WE")
    value = _duration_value(hit)
    if value is not None and value.endswith("Y"):
        hit.reading.yearly.append(hit.start)
    return Resolved(value=value) if value else None


@resolver
def some_day(hit: Hit) -> Resolved | None:
    """ "eines Tages": some day to come, or once in a past clause."""
    return Resolved(value="PAST_REF" if hit.reading.tense(hit.start, hit.end) == "past" else "FUTURE_REF")


@resolver
def reference(hit: Hit) -> Resolved | None:
    """The past, the present or the future at large."""
    value = hit.value("value")
    return Resolved(value=value, mod=hit.mod) if value else None


@resolver
def time_spoken_of(hit: Hit) -> Resolved | None:
    """The time spoken of ("damals", "seinerzeit"): TIMEX3 has PAST_REF for it, the When is that of the passage."""
    reading = hit.reading
    spoken = reading.last_spoken
    near = spoken is not None and reading.sentence(hit.start) - spoken.sentence <= 2
    before = near and spoken is not None and (reading.published is None or spoken.period.last < reading.published)
    if not before or spoken is None:
        return Resolved(value="PAST_REF")
    return Resolved(value="PAST_REF", when=spoken.period.when, basis="context", counted_from=spoken.words)
