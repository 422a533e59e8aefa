"""Times as people read them; the words stand in `lang/*/printed.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from events.days import from_day
from events.errors import MalformedLanguageData, UnsupportedLanguage
from events.when import PARTS_OF_DAY, Third, When, narrow

_YEARS_THAT_LOOK_LIKE_NUMBERS = 100
_PARTS: tuple[Third, ...] = ("START", "MID", "END")


def print_when(when: When | None, language: str, *, status: str | None = None, austrian: bool = False) -> str:
    """The time in words: "25. April 2019", "Ende Februar 2019", "ohne Datum" for None.

    Remarks follow in brackets where the day is that of the report or the status is not `occurred`. `austrian` prints
    "Jänner". Raises UnsupportedLanguage where the language has no table.
    """
    printer = _printer(language, austrian)
    if when is None:
        return printer.form["undated"]
    words = printer.qualified(when, is_planned=status == "planned")
    keys = ["publication"] if when.basis == "publication" else []
    keys += [status] if status and status != "occurred" else []
    return " ".join([words, *(printer.remark[key] for key in keys if key in printer.remark)])


@cache
def _printer(language: str, austrian: bool) -> _Printer:
    source = files("events") / "lang" / language / "printed.toml"
    if not source.is_file():
        raise UnsupportedLanguage(f"{language!r}: no printed.toml in events/lang/{language}")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    try:
        regional = table["austrian_months"] if austrian else {}
        return _Printer(
            form=table["form"],
            months=tuple(regional.get(month, month) for month in table["months"]),
            seasons=table["seasons"],
            parts_of_day=table["parts_of_day"],
            parts={name: table[name] for name in table if name.startswith("part_of_")},
            remark=table["remark"],
        )
    except KeyError as missing:
        raise MalformedLanguageData(f"events/lang/{language}/printed.toml: {missing} is missing") from missing


@dataclass(frozen=True, kw_only=True)
class _Printer:
    """One language's table and what puts the pieces together."""

    form: dict[str, str]
    months: tuple[str, ...]
    seasons: dict[str, str]  # first month: name
    parts_of_day: dict[str, str]
    parts: dict[str, dict[str, str]]  # granularity: START, MID, END: form
    remark: dict[str, str]

    def qualified(self, when: When, *, is_planned: bool) -> str:
        words = self.moment(when) if when.is_moment else self.lasting(when, is_planned=is_planned)
        if when.approximate:
            exact = when.granularity in ("day", "time", "part_of_day")
            words = self.form["approximate_day" if exact else "approximate"].format(when=words)
        return self.form["uncertain"].format(when=words) if when.uncertain else words

    def moment(self, when: When) -> str:
        first, last = when.start_earliest, when.start_latest
        if first is None or last is None:
            bound = When.parse(when.edtf.strip("[]~?%").strip("."))
            name, side = ("not_after", "end") if first is None else ("not_before", "start")
            return self.form[name].format(**{side: self.moment(bound)})
        if when.clock:
            day = self.moment(When.within(first, last))
            return self.form["with_time"].format(when=day, time=self.time(when.clock))
        if when.granularity in ("week", "weekend"):
            days = self.ends(When.on(first), When.on(last))
            return self.form[when.granularity].format(days=days)
        if when.granularity == "span":
            return self.undecided(first, last)
        return self.period(when.granularity, first, last)

    def undecided(self, first: int, last: int) -> str:
        """One of several days or months."""
        low, _, high = When.within(first, last).edtf.strip("[]").partition("..")
        start, end = When.parse(low), When.parse(high)
        name = "either" if last == first + 1 else "between"
        return self.ends(start, end, name)

    def lasting(self, when: When, *, is_planned: bool) -> str:
        start = _side(when.start_earliest, when.start_latest)
        end = _side(when.end_earliest, when.end_latest)
        if start is None and end is not None:
            return self.form["until"].format(end=self.moment(end))
        if end is None and start is not None:
            return self.form["from" if is_planned else "since"].format(start=self.moment(start))
        assert start is not None and end is not None  # a When without any bound cannot be built
        return self.ends(start, end)

    def ends(self, start: When, end: When, name: str = "range") -> str:
        """Both ends, with what they share said once."""
        grain = start.granularity
        first, last = start.start_earliest, end.start_latest
        shortened = self.moment(start)
        if grain == end.granularity and grain in ("day", "month") and first is not None and last is not None:
            (year, month, _), (end_year, end_month, _) = from_day(first), from_day(last)
            if (year, month) == (end_year, end_month):
                shortened = self.period("day_only", first, first)
            elif year == end_year:
                shortened = self.period("day_month" if grain == "day" else "month_only", first, first)
            if name == "range" and last == first + 1:
                name = "two_days"
        return self.form[name].format(start=shortened, end=self.moment(end))

    def period(self, name: str, first: int, last: int) -> str:
        """A named period of the calendar."""
        year, month, day = from_day(first)
        if name in self.parts:
            return self.part(name, first, last)
        if name == "season" and month == 12:
            name = "winter"
        number = {"quarter": (month + 2) // 3, "half": (month + 5) // 6, "century": year // 100 + 1,
                  "millennium": year // 1000 + 1}.get(name, 0)  # fmt: skip
        return self.form[name].format(
            day=day,
            month=self.months[month - 1],
            year=self.year(year),
            next_year=f"{(year + 1) % 100:02}",
            season=self.seasons.get(str(month), ""),
            digits=year,
            number=number,
            ordinal=_english_ordinal(number),
        )

    def part(self, name: str, first: int, last: int) -> str:
        """The early, middle or late part of a period: the one whose bounds these are."""
        grain = name.removeprefix("part_of_")
        year, month, _ = from_day(first)
        length = {"decade": 10, "century": 100}.get(grain, 1)
        base = year // length * length
        whole = When.parse(f"{year:04}-{month:02}" if grain == "month" else f"{base:04}"[: 5 - len(str(length))]
                           + "X" * (len(str(length)) - 1))  # fmt: skip
        bounds = When.within(first, last)
        key = next(part for part in _PARTS if narrow(whole, part) == bounds)
        number = base // 100 + 1
        return self.parts[name][key].format(month=self.months[month - 1], year=self.year(year), digits=base,
                                            number=number, ordinal=_english_ordinal(number))  # fmt: skip

    def year(self, year: int) -> str:
        if year <= 0:
            return self.form["before_common_era"].format(year=1 - year)
        name = "early_year" if year < _YEARS_THAT_LOOK_LIKE_NUMBERS else "year"
        return self.form[name].format(year=year)

    def time(self, clock: str) -> str:
        if clock in PARTS_OF_DAY:
            return self.form["part_of_day"].format(part=self.parts_of_day[clock])
        hour, minute = int(clock[:2]), clock[3:5]
        return self.form["full_hour" if minute == "00" else "time"].format(hour=hour, minute=minute)


def _side(first: int | None, last: int | None) -> When | None:
    return None if first is None and last is None else When.within(first, last)


def _english_ordinal(number: int) -> str:
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
