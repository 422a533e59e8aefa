"""What a rule matched, what it means, and the table of functions that rules name under `resolve`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from events.timex import periods
from events.timex.grammar import Rule
from events.timex.patterns import Compiled
from events.timex.periods import Period
from events.timex.reading import Reading
from events.when import PARTS_OF_DAY, Basis, Third, When, iso_day, narrow

UNKNOWN_DATE = "XXXX-XX-XX"
GRAINS = {"D": "day", "WE": "weekend", "W": "week", "M": "month", "Q": "quarter", "H": "half", "Y": "year",
           "DE": "decade", "CE": "century", "ML": "millennium"}  # fmt: skip
CLOCK_UNITS = {"TH": "H", "TM": "M", "TS": "S"}
RESOLVERS: dict[str, Resolver] = {}  # what rules may name under `resolve`


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place where a rule's pattern matched."""

    rule: Rule
    pattern: Compiled
    match: re.Match[str]
    reading: Reading
    start: int  # tokens of the extent
    end: int

    def form(self, group: str) -> str | None:
        """The word that the group matched, None where it took no part."""
        place = self._place(group)
        return self.reading.tokens.forms[place[0]] if place else None

    def _place(self, group: str) -> tuple[int, str] | None:
        for name, source in self.pattern.groups.get(group, ()):
            at = self.match.start(name)
            if at >= 0:
                return at, source
        return None

    def value(self, group: str) -> str | None:
        """The value that the group's list gives the word, else what the rule hands over under `with`."""
        place = self._place(group)
        if place is not None:
            return self.reading.grammar.value(place[1], self.reading.tokens.forms[place[0]])
        option = self.rule.options.get(group)
        return None if option is None else str(option)

    def number(self, group: str) -> float | None:
        """The group as a number, written in digits or words."""
        form = self.form(group)
        if form is None or not form[:1].isdigit():
            value = self.value(group)
            return float(value) if value and re.fullmatch(r"-?[\d.]+", value) else None
        if self.reading.grammar.decimal_sign == ",":
            form = form.replace(".", "").replace(",", ".")
        else:
            form = form.replace(",", "")
        digits = re.match(r"\d+(?:\.\d+)?", re.sub("[’'\\s]", "", form))
        return float(digits[0]) if digits else None

    def integer(self, group: str) -> int | None:
        """The group as a whole number, None where it is none."""
        number = self.number(group)
        return int(number) if number is not None and number == int(number) else None

    @property
    def mod(self) -> str | None:
        """TIMEX3 `mod`: APPROX, LESS_THAN, START ..., as the words say."""
        return self.value("modifier") or self.value("part") or self.value("part_early") or self.value("part_late")

    @property
    def words(self) -> str:
        """The annotated words."""
        tokens = self.reading.tokens
        return tokens.text[tokens.starts[self.start] : tokens.ends[self.end - 1]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a hit means; `period` is what later words can count from."""

    value: str
    when: When | None = None
    period: Period | None = None
    mod: str | None = None
    type: str | None = None  # where it differs from the rule's
    basis: Basis = "stated"
    counted_from: str | None = None
    remark: str = ""


Resolver = Callable[[Hit], Resolved | None]


def resolver(function: Resolver) -> Resolver:
    """Enter a function under its name into the table that rules choose from."""
    RESOLVERS[function.__name__] = function
    return function


def placed(
    period: Period, hit: Hit, *, basis: Basis = "stated", counted_from: str | None = None, remark: str = ""
) -> Resolved:
    """The period as the words narrow it (early, late, about)."""
    when, mod = period.when, hit.mod
    if mod in ("START", "MID", "END"):
        when = narrow(when, _third(mod))
    elif mod == "APPROX":
        when = when.replace(approximate=True)
    is_time = period.clock is not None
    return Resolved(value=period.value, when=when, period=period, mod=mod, type="TIME" if is_time else None,
                    basis=basis, counted_from=counted_from, remark=remark)  # fmt: skip


def _third(mod: str) -> Third:
    return "START" if mod == "START" else "MID" if mod == "MID" else "END"


def unplaced(hit: Hit, value: str = UNKNOWN_DATE) -> Resolved:
    """A time that cannot be placed in the calendar: it keeps its words and no When."""
    return Resolved(value=value, mod=hit.mod)


def from_publication(reading: Reading) -> str | None:
    """What a date was counted from, where that is the publication day."""
    return iso_day(reading.published)


def is_ahead(hit: Hit) -> bool:
    """Whether the clause looks ahead: by its tense, else by the signs of a programme."""
    tense = hit.reading.tense(hit.match.start(), hit.match.end())
    if tense is None:
        # Programmes have no verb but a time; what is told without one has happened.
        return hit.reading.has_in_sentence("programme_sign", hit.start)
    return tense == "ahead"


def rank_of(grain: str) -> int:
    """How coarse a grain is, 0 for a day."""
    return periods.GRAINS.index(grain)


def daypart_of(hit: Hit) -> str | None:
    """The part of the day that the hit names."""
    value = hit.value("daypart")
    return value if value in PARTS_OF_DAY else None
