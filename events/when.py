"""`When`: an imprecise time with four bounds, read from and written as EDTF.

The start and the end each have an earliest and a latest day (CIDOC CRM P81, P82), so that two things stay apart:

* one moment somewhere in [a..b] ("Ende Februar", "2011" of an event): start and end share the bounds a..b;
* a time that lasts from a to b ("27. und 28. Februar"): the start has the bounds of a, the end those of b.

EDTF (Library of Congress, 2019), levels 0 and 1, and of level 2: decades (`196X`), sets of one (`[a..b]`), sub-years
(21 to 24 seasons, 33 to 36 quarters, 37 to 39 thirds, 40 and 41 halves), qualifiers inside a date, years with an
exponent. Beyond EDTF we read and write parts of the day as TIMEX3 does (`2019-04-24TEV`) and sets of one as ends of an
interval (`[2019-02-21..2019-02-28]/2019-03`), and read weeks, quarters and halves as TIMEX3 writes them (`2019-W12`,
`2019-Q1`, `2019-H1`). A set with gaps keeps its outer bounds, and an unknown end is read as an open one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from events.days import (
    add_months,
    from_day,
    is_date,
    last_of_month,
    monday_of_week,
    month_length,
    to_day,
    weekday,
    weeks_in_year,
)
from events.errors import MalformedDate

Basis = Literal["stated", "counted", "context", "publication", "person"]
Third = Literal["START", "MID", "END"]

PARTS_OF_DAY = ("MO", "MI", "AF", "EV", "NI")  # morning, midday, afternoon, evening, night

# Minutes of the day that a part of the day can mean; a night has both ends of the day, so nothing follows from it.
_PART_MINUTES = {"MO": (0, 780), "MI": (660, 900), "AF": (720, 1140), "EV": (960, 1439), "NI": (0, 1439)}

_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}  # meteorological: the winter of a year ends in the next one
_SUB_YEARS = {  # EDTF code: first month, number of months
    **{code: (month, 3) for code, month in _SEASON_STARTS.items()},
    **{33 + n: (1 + 3 * n, 3) for n in range(4)},
    **{37 + n: (1 + 4 * n, 4) for n in range(3)},
    **{40 + n: (1 + 6 * n, 6) for n in range(2)},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An imprecise time: bounds in days (`events.days`), inclusive, None where open.

    Build one with `parse`, `on`, `within` or `lasting` rather than from the bounds. Two are equal when they mean the
    same time, whatever words they came from. An unknown time is no When but None.
    """

    start_earliest: int | None
    start_latest: int | None
    end_earliest: int | None
    end_latest: int | None
    # time, part_of_day, day, weekend, week, part_of_month, month, season, quarter, part_of_year, half, year,
    # part_of_decade, decade, part_of_century, century, millennium; span: all else. Follows from the bounds.
    granularity: str = field(default="", compare=False)
    clock: str | None = None  # "20:30" as the text has it, or one of PARTS_OF_DAY
    approximate: bool = False  # "um 1200"
    uncertain: bool = False  # "vermutlich 1200"
    text: str = field(default="", compare=False, repr=False)  # the words it came from
    basis: Basis = field(default="stated", compare=False, repr=False)
    rule: str = field(default="", compare=False, repr=False)  # what read the words, "de/times#last_weekday"
    counted_from: str | None = field(default=None, compare=False, repr=False)  # words or EDTF of what it counts from

    def __post_init__(self) -> None:
        bounds = (self.start_earliest, self.start_latest, self.end_earliest, self.end_latest)
        if bounds == (None, None, None, None):
            raise MalformedDate("a time without any bound is unknown: use None instead of a When")
        for first, second in zip(bounds, (bounds[1], bounds[3], bounds[3]), strict=False):
            if first is not None and second is not None and first > second:
                raise MalformedDate(f"{'/'.join(iso_day(b) or '..' for b in bounds)}: the end lies before the start")
        if not self.granularity:
            object.__setattr__(self, "granularity", _granularity_of(self))

    @classmethod
    def parse(cls, edtf: str) -> When:
        """The time that an EDTF string means; raises MalformedDate where we cannot read it."""
        return _parse(edtf)

    @classmethod
    def on(cls, day: int, clock: str | None = None) -> When:
        """One moment on a day."""
        return cls(start_earliest=day, start_latest=day, end_earliest=day, end_latest=day, clock=clock)

    @classmethod
    def within(cls, first: int | None, last: int | None) -> When:
        """One moment, somewhere from the first to the last day."""
        return cls(start_earliest=first, start_latest=last, end_earliest=first, end_latest=last)

    @classmethod
    def lasting(cls, start: When | None, end: When | None) -> When:
        """The time from one moment to another, open where a side is None."""
        return cls(
            start_earliest=start.start_earliest if start else None,
            start_latest=start.start_latest if start else None,
            end_earliest=end.end_earliest if end else None,
            end_latest=end.end_latest if end else None,
            approximate=any(side is not None and side.approximate for side in (start, end)),
            uncertain=any(side is not None and side.uncertain for side in (start, end)),
        )

    @property
    def is_moment(self) -> bool:
        """Whether it is one moment within its bounds, not a time that lasts."""
        return (self.start_earliest, self.start_latest) == (self.end_earliest, self.end_latest)

    @property
    def earliest(self) -> int | None:
        """The first day that it can touch, None where open."""
        return self.start_earliest

    @property
    def latest(self) -> int | None:
        """The last day that it can touch, None where open."""
        return self.end_latest

    @property
    def edtf(self) -> str:
        """The EDTF string that `parse` reads back as an equal When."""
        return _format(self)

    @property
    def sort_key(self) -> tuple[float, float, float, float, int, str]:
        """Key for sorting: by start, the wider period first (2011, August 2011, 24. August 2011)."""
        known = (self.start_earliest, self.start_latest, self.end_earliest, self.end_latest)
        position = next(bound for bound in known if bound is not None)
        low, high = (-1, -1) if self.clock is None else _minutes(self.clock)
        inner, end = (float("-inf") if bound is None else bound for bound in known[1:3])
        width = float("-inf") if self.end_latest is None else -self.end_latest
        return position, width, inner, end, low * 10_000 - high, self.clock or ""

    def certainly_before(self, other: When) -> bool:
        """Whether it is over before the other begins, wherever the two lie in their bounds.

        What is approximate or uncertain may lie outside its bounds by as much as they are wide.
        """
        mine, theirs = self.order_bounds[1], other.order_bounds[0]
        return mine is not None and theirs is not None and mine < theirs

    @property
    def order_bounds(self) -> tuple[int | None, int | None]:
        """First and last minute that it can touch (day * 1440 + minute of the day), None where open.

        One time is certainly before another where its last minute lies before the other's first; sorted arrays and SQL
        can compare them without the value.
        """
        first, last = _outer(self)
        if first is not None and first == last and self.clock:
            low, high = _minutes(self.clock)
            return first * 1440 + low, first * 1440 + high
        return None if first is None else first * 1440, None if last is None else last * 1440 + 1439

    def may_overlap(self, other: When) -> bool:
        """Whether the two can share a day (or, where both name it, an hour)."""
        return not (self.certainly_before(other) or other.certainly_before(self))

    def contains(self, other: When) -> bool:
        """Whether all days that the other can touch lie inside this one's outer bounds."""
        starts = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        ends = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return starts and ends and (self.clock is None or self.clock == other.clock)

    def replace(self, **changes: Any) -> When:
        """A copy with some fields changed; the granularity follows the bounds."""
        return replace(self, **{"granularity": "", **changes})

    def with_provenance(
        self, *, text: str, basis: Basis = "stated", rule: str = "", counted_from: str | None = None
    ) -> When:
        """The same time, with the words it came from, how it is known and by which rule."""
        return replace(self, text=text, basis=basis, rule=rule, counted_from=counted_from)


def iso_day(day: int | None) -> str | None:
    """The day as ISO 8601 and EDTF write it: 2019-04-24, before year 1 -0043-03-15, None where open."""
    return None if day is None else _date_string(day)


def day_from_iso(text: str | None) -> int | None:
    """The day that `iso_day` wrote; raises MalformedDate for anything but one day."""
    if text is None:
        return None
    when = _parse(text)
    if when.granularity != "day":
        raise MalformedDate(f"{text!r}: not a single day; write it as 2019-04-24")
    return when.start_earliest


def _outer(when: When) -> tuple[int | None, int | None]:
    first, last = when.earliest, when.latest
    if not (when.approximate or when.uncertain):
        return first, last
    slack = 366 if first is None or last is None else last - first + 1
    return None if first is None else first - slack, None if last is None else last + slack


def _minutes(clock: str) -> tuple[int, int]:
    if clock in _PART_MINUTES:
        return _PART_MINUTES[clock]
    minute = int(clock[:2]) * 60 + int(clock[3:5] or 0)
    return minute, minute


# Granularity ----------------------------------------------------------------------------------------------------------


def _granularity_of(when: When) -> str:
    if when.clock:
        return "part_of_day" if when.clock in PARTS_OF_DAY else "time"
    first, last = when.start_earliest, when.start_latest
    if not when.is_moment or first is None or last is None:
        return "span"
    if first == last:
        return "day"
    if last - first < 31:
        return _granularity_of_days(first, last)
    months = _whole_months(first, last)
    return _granularity_of_months(*months) if months else "span"


def _whole_months(first: int, last: int) -> tuple[int, int, int] | None:
    """Year, first month and number of months that the two days bound, None where they cut a month."""
    (year, month, day), (next_year, next_month, next_day) = from_day(first), from_day(last + 1)
    return (year, month, (next_year - year) * 12 + next_month - month) if day == next_day == 1 else None


def _granularity_of_months(year: int, month: int, count: int) -> str:
    if month == 1 and count % 12 == 0:
        return _granularity_of_years(year, count // 12)
    if count == 3 and month in _SEASON_STARTS.values():
        return "season"
    names = {3: "quarter", 4: "part_of_year", 6: "half"}
    return names[count] if count in names and (month - 1) % count == 0 else "span"


def _granularity_of_days(first: int, last: int) -> str:
    year, month, start = from_day(first)
    length, end = last - first + 1, month_length(year, month)
    if (start, length) == (1, end):
        return "month"
    if (start, length) in ((1, 10), (11, 10), (21, end - 20)):
        return "part_of_month"
    return {(0, 7): "week", (5, 2): "weekend"}.get((weekday(first), length), "span")


def _granularity_of_years(year: int, count: int) -> str:
    for length, name in ((1, "year"), (10, "decade"), (100, "century"), (1000, "millennium")):
        if count == length and year % length == 0:
            return name
    for length, name in ((10, "part_of_decade"), (100, "part_of_century")):
        if (year % length, count) in _year_thirds(length):
            return name
    return "span"


def _year_thirds(length: int) -> tuple[tuple[int, int], ...]:
    """First year and number of years of the three parts of a decade (0-3, 4-6, 7-9) or a century."""
    third = length // 3
    return (0, third + 1), (third + 1, third), (2 * third + 1, third)


def narrow(when: When, part: Third) -> When:
    """The early, middle or late part of a month, year, decade or century; other times as they are.

    Months are cut after the 10th and the 20th day, years after April and August.
    """
    first, last = when.start_earliest, when.start_latest
    if first is None or last is None:
        return when
    index = ("START", "MID", "END").index(part)
    year = from_day(first)[0]
    if when.granularity == "month":
        first, last = ((first, first + 9), (first + 10, first + 19), (first + 20, last))[index]
    elif when.granularity == "year":
        first, last = to_day(year, 1 + 4 * index), last_of_month(year, 4 + 4 * index)
    elif when.granularity in ("decade", "century"):
        offset, count = _year_thirds(10 if when.granularity == "decade" else 100)[index]
        first, last = to_day(year + offset), to_day(year + offset + count) - 1
    else:
        return when
    return when.replace(start_earliest=first, start_latest=last, end_earliest=first, end_latest=last)


# Writing --------------------------------------------------------------------------------------------------------------


def _format(when: When) -> str:
    mark = "%" if when.approximate and when.uncertain else "~" if when.approximate else "?" if when.uncertain else ""
    if when.is_moment:
        return _format_side(when.start_earliest, when.start_latest, mark, when.clock)
    ends = []
    for first, last in ((when.start_earliest, when.start_latest), (when.end_earliest, when.end_latest)):
        ends.append(".." if first is None and last is None else _format_side(first, last, mark, None))
    return "/".join(ends)


def _format_side(first: int | None, last: int | None, mark: str, clock: str | None) -> str:
    if first is not None and last is not None:
        plain = _plain_date(first, last)
        if plain:
            return f"{plain}T{clock}{mark}" if clock else plain + mark
    low, high = _trimmed(first, last)
    # A set takes its qualifiers inside; which dates of it they stand behind makes no difference.
    return f"[{low + mark if low else ''}..{high + mark if high else ''}]" + (f"T{clock}" if clock else "")


def _plain_date(first: int, last: int) -> str | None:
    """The one date without brackets that has these bounds, None where there is none."""
    if first == last:
        return _date_string(first)
    months = _whole_months(first, last)
    if months is None:
        return None
    year, month, count = months
    if count == 1:
        return f"{_year_string(year)}-{month:02}"
    if count >= 12:
        return _plain_years(year, count // 12) if month == 1 and count % 12 == 0 else None
    code = next((code for code, cut in _SUB_YEARS.items() if cut == (month, count)), None)
    # "Anfang 2019" would be 2019-37, which hardly any reader of EDTF knows; the set says the same.
    return f"{_year_string(year)}-{code}" if code and count != 4 else None


def _plain_years(year: int, count: int) -> str | None:
    if count == 1:
        return _year_string(year)
    masked = {10: 1, 100: 2, 1000: 3}.get(count)
    if masked is None or not 0 <= year <= 9999 or year % count:
        return None
    return _year_string(year)[:-masked] + "X" * masked


def _trimmed(first: int | None, last: int | None) -> tuple[str, str]:
    """Both ends of a set, each as coarse as leaves the bounds what they are."""
    low = "" if first is None else _date_string(first)
    high = "" if last is None else _date_string(last)
    starts_month = first is None or from_day(first)[2] == 1
    ends_month = last is None or from_day(last + 1)[2] == 1
    if starts_month and ends_month:
        low, high = low.removesuffix("-01"), high[: high.rfind("-")]
        starts_year = first is None or from_day(first)[1] == 1
        ends_year = last is None or from_day(last + 1)[1] == 1
        if starts_year and ends_year:
            low, high = low.removesuffix("-01"), high[: high.rfind("-")]
    return low, high


def _date_string(day: int) -> str:
    year, month, day_of_month = from_day(day)
    return f"{_year_string(year)}-{month:02}-{day_of_month:02}"


def _year_string(year: int) -> str:
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04}" if year < 0 else f"{year:04}"


# Reading --------------------------------------------------------------------------------------------------------------

_SIGNS = re.compile(r"[?~%]")
_SET = re.compile(r"\[([^\[\]{}]*)\](?:T(.+))?")
_YEAR = r"(?P<year>-?\d{4}|Y-?\d{5,}|Y-?\d{1,9}E\d)"
_DATE = re.compile(_YEAR + r"(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<clock>.+))?)?)?")
_UNSPECIFIED = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d))?(?:-XX){1,2}")
_MASKED_YEAR = re.compile(r"(?P<sign>-?)(?P<digits>\d{1,3})(?P<masked>X{1,3})")
_TIMEX_PART = re.compile(r"(?P<year>\d{4})-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12]))")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d(:\d\d)?)?|MO|MI|AF|EV|NI")

_Bounds: TypeAlias = "tuple[int | None, int | None]"


def _parse(edtf: str) -> When:
    text = edtf.strip()
    signs = set(_SIGNS.findall(text))
    plain = _SIGNS.sub("", text)
    flags = {"approximate": bool(signs & {"~", "%"}), "uncertain": bool(signs & {"?", "%"})}
    left, slash, right = plain.partition("/")
    if not slash:
        (first, last), clock = _parse_side(plain, edtf)
        return _when((first, last), (first, last), clock, flags)
    start: _Bounds = (None, None) if left in ("", "..") else _parse_side(left, edtf)[0]
    end: _Bounds = (None, None) if right in ("", "..") else _parse_side(right, edtf)[0]
    if start == end == (None, None):
        raise MalformedDate(f"{edtf!r}: open at both ends, which says nothing; leave the time unknown")
    return _when(start, end, None, flags)


def _when(start: _Bounds, end: _Bounds, clock: str | None, flags: dict[str, bool]) -> When:
    return When(start_earliest=start[0], start_latest=start[1], end_earliest=end[0], end_latest=end[1], clock=clock,
                approximate=flags["approximate"], uncertain=flags["uncertain"])  # fmt: skip


def _parse_side(text: str, whole: str) -> tuple[_Bounds, str | None]:
    """Bounds and clock of a date or a set of one."""
    if not (in_brackets := _SET.fullmatch(text)):
        return _parse_date(text, whole)
    members = [member.strip() for member in in_brackets[1].split(",")]
    bounds = [_parse_member(member, whole) for member in members]
    lows, highs = [low for low, _ in bounds], [high for _, high in bounds]
    low = None if None in lows else min(day for day in lows if day is not None)
    high = None if None in highs else max(day for day in highs if day is not None)
    if low is None and high is None:
        raise MalformedDate(f"{whole!r}: a set without any bound")
    return (low, high), _checked_clock(in_brackets[2], whole) if in_brackets[2] else None


def _parse_member(member: str, whole: str) -> _Bounds:
    low, dots, high = member.partition("..")
    if not dots:
        return _parse_date(member, whole)[0]
    first = _parse_date(low, whole)[0][0] if low else None
    last = _parse_date(high, whole)[0][1] if high else None
    return first, last


def _parse_date(text: str, whole: str) -> tuple[tuple[int, int], str | None]:
    if match := _DATE.fullmatch(text):
        bounds = _date_bounds(_year_number(match["year"]), match["month"], match["day"], whole)
        return bounds, _checked_clock(match["clock"], whole) if match["clock"] else None
    if match := _MASKED_YEAR.fullmatch(text):
        if len(match["digits"] + match["masked"]) == 4:
            return _masked_bounds(match["sign"], match["digits"], len(match["masked"])), None
    elif match := _UNSPECIFIED.fullmatch(text):
        return _date_bounds(int(match["year"]), match["month"], None, whole), None
    elif match := _TIMEX_PART.fullmatch(text):
        return _timex_bounds(match, whole), None
    raise MalformedDate(f"{whole!r}: not an EDTF date; write 2019-04-24, 2019-04, 201X, 2019/.. or [2018..2019]")


def _year_number(text: str) -> int:
    mantissa, _, exponent = text.removeprefix("Y").partition("E")
    return int(mantissa + "0" * int(exponent or 0))


def _date_bounds(year: int, month: str | None, day: str | None, whole: str) -> tuple[int, int]:
    if month is None:
        return to_day(year), to_day(year + 1) - 1
    number = int(month)
    if day is not None:
        if not is_date(year, number, int(day)):
            raise MalformedDate(f"{whole!r}: the calendar has no such day")
        exact = to_day(year, number, int(day))
        return exact, exact
    if number in _SUB_YEARS:
        return _months(year, *_SUB_YEARS[number])
    if not 1 <= number <= 12:
        raise MalformedDate(f"{whole!r}: {month} is neither a month nor a season we read (21-24, 33-41)")
    return to_day(year, number), last_of_month(year, number)


def _months(year: int, month: int, count: int) -> tuple[int, int]:
    return to_day(year, month), last_of_month(*add_months(year, month, count - 1))


def _masked_bounds(sign: str, digits: str, masked: int) -> tuple[int, int]:
    low, high = int(digits + "0" * masked), int(digits + "9" * masked)
    if sign:
        low, high = -high, -low
    return to_day(low), to_day(high + 1) - 1


def _timex_bounds(match: re.Match[str], whole: str) -> tuple[int, int]:
    year = int(match["year"])
    if match["quarter"]:
        return _months(year, 3 * int(match["quarter"]) - 2, 3)
    if match["half"]:
        return _months(year, 6 * int(match["half"]) - 5, 6)
    if not 1 <= int(match["week"]) <= weeks_in_year(year):
        raise MalformedDate(f"{whole!r}: {year} has {weeks_in_year(year)} weeks")
    monday = monday_of_week(year, int(match["week"]))
    return monday + (5 if match["weekend"] else 0), monday + 6


def _checked_clock(clock: str, whole: str) -> str:
    if not _CLOCK.fullmatch(clock):
        raise MalformedDate(f"{whole!r}: {clock!r} is no time of day; write 20:30 or one of {', '.join(PARTS_OF_DAY)}")
    return clock
