"""From matched words to TIMEX3 value and When: the functions that rules name under `resolve`.

Each takes a `Hit` and returns a `Resolved`, or None where the words cannot mean what the rule thought ("31. Februar").
What cannot be placed in the calendar keeps its words: `when` is None and the value `XXXX-XX-XX`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from events.days import add_months, easter_sunday, from_day, is_date, last_of_month, month_length, to_day, weekday
from events.timex import periods
from events.timex.grammar import Rule
from events.timex.patterns import Compiled
from events.timex.periods import Period
from events.timex.reading import Reading, Spoken
from events.when import PARTS_OF_DAY, Basis, Third, When, iso_day, narrow

UNKNOWN_DATE = "XXXX-XX-XX"
_GRAINS = {"D": "day", "WE": "weekend", "W": "week", "M": "month", "Q": "quarter", "H": "half", "Y": "year",
           "DE": "decade", "CE": "century", "ML": "millennium"}  # fmt: skip
_CLOCK_UNITS = {"TH": "H", "TM": "M", "TS": "S"}
_HALVES = {"Y": (6, "M"), "TH": (30, "TM"), "D": (12, "TH"), "DE": (5, "Y"), "CE": (50, "Y"), "TM": (30, "TS")}
_MINUTES_AFTER_NOON = {"AF", "EV"}
_DAYS_AROUND = 60  # farther from publication than this, a weekday is one of the passage's own time


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
        digits = re.match(r"\d+(?:\.\d+)?", form.replace("’", "").replace("'", ""))
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

RESOLVERS: dict[str, Resolver] = {}  # what rules may name under `resolve`


def _resolver(function: Resolver) -> Resolver:
    RESOLVERS[function.__name__] = function
    return function


def _resolved(
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


def _unknown(hit: Hit, value: str = UNKNOWN_DATE) -> Resolved:
    return Resolved(value=value, mod=hit.mod)


def _from_publication(reading: Reading) -> str | None:
    return iso_day(reading.published)


# Dates of the calendar ------------------------------------------------------------------------------------------------


@_resolver
def calendar(hit: Hit) -> Resolved | None:
    """A year, month or day by name or number, with what of it the text gives."""
    year, month, day = _date_parts(hit)
    if year is not None and hit.value("era") == "BC":
        year = 1 - year
    if month is None:
        return _resolved(periods.year(year), hit) if year is not None else None
    if not 1 <= month <= 12 or (day is not None and not is_date(2000, month, day)):
        return None
    basis: Basis = "stated"
    if year is None:
        basis = "context"
        year = _year_with_weekday(hit, month, day) or hit.reading.year_of(month, day, hit.start, hit.end)
        if year is None:
            return _unknown(hit, f"XXXX-{month:02}" if day is None else f"XXXX-{month:02}-{day:02}")
    if day is None:
        return _resolved(periods.month(year, month), hit, basis=basis)
    if not is_date(year, month, day):
        return None
    period = periods.day(to_day(year, month, day), _part_of_day(hit))
    return _resolved(period, hit, basis=basis, remark=_weekday_remark(hit, period.first))


def _date_parts(hit: Hit) -> tuple[int | None, int | None, int | None]:
    for shape in ("numeric_date", "iso_date", "day_month", "slash_date"):
        if form := hit.form(shape):
            numbers = [int(number) for number in re.findall(r"\d+", form)]
            if shape == "iso_date":
                return numbers[0], numbers[1], numbers[2]
            if shape == "day_month":
                return hit.integer("year"), numbers[1], hit.integer("day") or numbers[0]
            year = numbers[2] if numbers[2] > 99 else _full_year(numbers[2], hit)
            day_first = shape == "numeric_date" or numbers[0] > 12 or hit.value("day_first") is not None
            named = hit.integer("day")  # "3.-5.5.2019": the day of a list whose last one holds the rest
            return (year, numbers[1], named or numbers[0]) if day_first else (year, numbers[0], named or numbers[1])
    year_number, month, day = hit.integer("year"), hit.value("month"), hit.integer("day")
    if year_number is not None and hit.value("short_year"):
        year_number = _full_year(year_number, hit)
    yearshift = hit.integer("yearshift")
    if yearshift is not None and hit.reading.published is not None:
        year_number = from_day(hit.reading.published)[0] + yearshift
    return year_number, int(month) if month else None, day


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


@_resolver
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
    return _resolved(periods.day(best), hit, basis="context") if best is not None else None


@_resolver
def last_night(hit: Hit) -> Resolved | None:
    """ "letzte Nacht": the one before publication; "kommende Nacht": the one after it."""
    shift, published = hit.integer("shift"), hit.reading.published
    if shift is None or published is None:
        return None
    clock = _part_of_day(hit) or "NI"
    return _resolved(periods.day(published + min(shift, 0), clock), hit, basis="counted",
                     counted_from=_from_publication(hit.reading))  # fmt: skip


@_resolver
def bare_year(hit: Hit) -> Resolved | None:
    """A year that only its four digits show; before a noun ("2000 Menschen") round and early numbers are quantities."""
    if (form := hit.form("recent")) is not None:
        number = int(form)
        is_year = 1900 <= number <= 2040 and number % 100 != 0
        return _resolved(periods.year(number), hit) if is_year else None
    year = hit.integer("year")
    return _resolved(periods.year(year), hit) if year is not None else None


@_resolver
def double_year(hit: Hit) -> Resolved | None:
    """A season over two years (2007/08): lasts from the first to the second."""
    form = hit.form("double_year")
    if form is None:
        return None
    first, second = (int(part) for part in form.split("/"))
    if second < 100:
        second += first // 100 * 100 + (100 if second < first % 100 else 0)
    if second <= first:
        return None
    when = When.lasting(periods.year(first).when, periods.year(second).when)
    return Resolved(value=f"{first}", when=when, period=periods.year(first))


@_resolver
def weekday_near(hit: Hit) -> Resolved | None:
    """A bare weekday: before publication in a past clause, after it in one that looks ahead; the same day counts."""
    number = hit.integer("weekday")
    compound = hit.value("weekday_part")
    clock = _part_of_day(hit)
    if compound:
        named, _, clock = compound.partition("|")
        number = int(named)
    if number is None:
        return None
    reading = hit.reading
    spoken = reading.last_spoken
    base = reading.published
    own_time = _time_of_passage(hit, spoken)
    if own_time is not None:
        base = own_time
    if base is None:
        return _unknown(hit, f"XXXX-WXX-{number}" + (f"T{clock}" if clock else ""))
    earlier = _weekday_before(hit)
    if earlier is not None:
        base = earlier + 1
    looks_ahead = own_time is not None or earlier is not None or _looks_ahead(hit)
    distance = (number - 1 - weekday(base)) % 7 if looks_ahead else -((weekday(base) - number + 1) % 7)
    period = periods.day(base + distance, clock)
    return _resolved(period, hit, basis="counted", counted_from=iso_day(base))


def _weekday_before(hit: Hit) -> int | None:
    """The first day of a range or pair ("Freitag bis Sonntag", "Samstag und Sonntag") that the weekday closes."""
    reading = hit.reading
    spoken = reading.last_spoken
    if spoken is None or spoken.period.grain != "day" or not 1 <= hit.start - spoken.end <= 2:
        return None
    between = reading.tokens.forms[spoken.end : hit.start]
    is_joint = reading.grammar.value("joint", between[0]) is not None and between[0] != ","
    earlier = reading.tokens.codes[spoken.token : spoken.end]
    names_weekday = any(reading.grammar.is_in("weekday", code) for code in earlier)
    return spoken.period.first if is_joint and names_weekday else None


def _time_of_passage(hit: Hit, spoken: Spoken | None) -> int | None:
    """The day that a passage tells of, where that is far from publication."""
    reading = hit.reading
    if spoken is None or spoken.period.grain != "day" or reading.sentence(hit.start) - spoken.sentence > 1:
        return None
    if reading.published is not None and spoken.period.first > reading.published - _DAYS_AROUND:
        return None
    return spoken.period.first


def _looks_ahead(hit: Hit) -> bool:
    tense = hit.reading.tense(hit.match.start(), hit.match.end())
    if tense is None:
        # Programmes have no verb but a time; what is told without one has happened.
        return hit.reading.has_in_sentence("programme_sign", hit.start)
    return tense == "ahead"


# Relative to publication or to what was spoken of ---------------------------------------------------------------------


@_resolver
def relative(hit: Hit) -> Resolved | None:
    """A day, week, weekday, month, season ... so many before or after publication, or the date spoken of last."""
    shift = hit.integer("shift")
    if shift is None:
        return None
    if hit.rule.options.get("anchor") == "spoken":
        return _relative_to_spoken(hit, shift)
    if hit.rule.options.get("anchor") == "passage" and (told := _of_passage(hit)) is not None:
        return told
    published = hit.reading.published
    if published is None:
        return _unknown(hit, _bare_value(hit))
    period = _shifted_name(hit, shift, published) or _shifted_unit(hit, shift, published)
    if period is None:
        return None
    clock = _part_of_day(hit)
    if clock and period.grain == "day":
        period = replace(period, clock=clock)
    return _winter(_resolved(period, hit, basis="counted", counted_from=_from_publication(hit.reading)), published)


def _of_passage(hit: Hit) -> Resolved | None:
    """ "Ende des Jahres" in a past passage about another year: the end of that one."""
    reading = hit.reading
    grain = _GRAINS.get(hit.value("unit") or "")
    spoken = reading.last_spoken
    if grain is None or spoken is None or reading.sentence(hit.start) - spoken.sentence > 1:
        return None
    if _rank(spoken.period.grain) > _rank(grain):
        return None
    if reading.published is not None:
        is_other_year = spoken.period.year < from_day(reading.published)[0]
        if not is_other_year or reading.tense(hit.start, hit.end) != "past":
            return None
    period = periods.containing(grain, spoken.period.first)
    return _resolved(period, hit, basis="context", counted_from=spoken.words)


def _winter(resolved: Resolved, published: int) -> Resolved:
    """In January, TIMEX3 calls the winter that is on by the new year; EDTF and we by the year it began in."""
    year, month, _ = from_day(published)
    period = resolved.period
    is_on = period is not None and period.season == "WI" and month <= 4 and period.year == year - 1
    return replace(resolved, value=f"{year:04}-WI") if is_on else resolved


def _bare_value(hit: Hit) -> str:
    number = hit.value("weekday")
    return f"XXXX-WXX-{number}" if number else UNKNOWN_DATE


def _shifted_name(hit: Hit, shift: int, published: int) -> Period | None:
    """Last, this or next Monday, August, summer."""
    year, month, _ = from_day(published)
    if (compound := hit.value("weekday_part")) is not None:
        named, _, clock = compound.partition("|")
        return replace(_shifted_weekday(int(named), shift, published), clock=clock)
    if (number := hit.integer("weekday")) is not None:
        return _shifted_weekday(number, shift, published)
    if (name := hit.value("month")) is not None:
        return periods.month(year + _years_away(int(name) - month, shift), int(name))
    if (season := hit.value("season")) is not None:
        start = periods.SEASON_MONTHS[season]
        if season == "WI" and month < 3:
            year -= 1
        away = start - month if season != "WI" or month >= 3 else 0
        if shift == 0:
            return _season_at_hand(season, published)
        running = 0 <= month - start < 3 or (season == "WI" and month < 3)
        return periods.season(year + (shift if running else _years_away(away, shift)), season)
    return None


def _years_away(months: int, shift: int) -> int:
    """Last (this, next) August: of which year, when it lies so many months ahead of now in this year."""
    if shift < 0:
        return shift + (months < 0)
    return shift - (months > 0) if shift > 0 else 0


def _shifted_weekday(number: int, shift: int, published: int) -> Period:
    if shift < 0:
        return periods.day(published - ((weekday(published) - number) % 7 + 1) + 7 * (shift + 1))
    if shift > 0:
        return periods.day(published + (number - 2 - weekday(published)) % 7 + 1 + 7 * (shift - 1))
    return periods.day(published + (number - 1 - weekday(published)) % 7)


def _season_at_hand(season: str, published: int) -> Period:
    """The season that is on, or else the nearest one."""
    year = from_day(published)[0]
    near = [periods.season(y, season) for y in (year - 1, year, year + 1)]
    return min(near, key=lambda p: max(p.first - published, published - p.last, 0))


def _shifted_unit(hit: Hit, shift: int, base: int) -> Period | None:
    grain = _GRAINS.get(hit.value("unit") or "")
    if grain is None:
        return None
    period = periods.containing(grain, base)
    if grain == "weekend" and shift > 0 and base < period.first:
        shift -= 1  # on a Thursday, the next weekend is that of the same week
    return period.shifted(shift)


def _relative_to_spoken(hit: Hit, shift: int) -> Resolved | None:
    reading = hit.reading
    if hit.value("weekday") is not None:
        day = reading.spoken_of(("day",), hit.start)
        if day is None:
            return _unknown(hit)
        period = _shifted_weekday(int(hit.value("weekday") or 1), shift, day.period.first)
        return _resolved(period, hit, basis="counted", counted_from=day.words)
    if (month := hit.integer("month")) is not None:
        return _month_after_spoken(hit, month)
    grain = _GRAINS.get(hit.value("unit") or "")
    if grain is None:
        return None
    spoken = reading.spoken_of(periods.GRAINS[: _rank(grain) + 1], hit.start)
    if spoken is None:
        published = reading.published if hit.rule.options.get("fallback") == "published" else None
        if not reading.spoken and shift < 0 and published is not None:
            period = periods.containing(grain, published).shifted(shift)
            return _resolved(period, hit, basis="counted", counted_from=_from_publication(reading))
        return _unknown(hit)
    period = periods.containing(grain, spoken.period.first).shifted(shift)
    if (clock := _part_of_day(hit)) and grain == "day":
        period = replace(period, clock=clock)
    return _resolved(period, hit, basis="counted", counted_from=spoken.words)


def _month_after_spoken(hit: Hit, month: int) -> Resolved:
    """ "im April darauf": the first April after the date spoken of."""
    spoken = hit.reading.spoken_of(periods.GRAINS[: _rank("year") + 1], hit.start)
    if spoken is None:
        return _unknown(hit, f"XXXX-{month:02}")
    year, last_month, _ = from_day(spoken.period.last)
    period = periods.month(year + (month <= last_month), month)
    return _resolved(period, hit, basis="counted", counted_from=spoken.words)


def _rank(grain: str) -> int:
    return periods.GRAINS.index(grain)


@_resolver
def weekend_near(hit: Hit) -> Resolved | None:
    """A bare weekend: the last one in a past clause, the coming one in a clause that looks ahead."""
    published = hit.reading.published
    if published is None:
        return _unknown(hit, "XXXX-WXX-WE")
    period = periods.containing("weekend", published)
    if not _looks_ahead(hit) and published < period.first:
        period = period.shifted(-1)
    return _resolved(period, hit, basis="counted", counted_from=_from_publication(hit.reading))


@_resolver
def today(hit: Hit) -> Resolved | None:
    """Yesterday, today, tomorrow, with a part of the day; "heute" and "morgen" may also mean nowadays, the future."""
    if hit.form("era"):
        return Resolved(value="PRESENT_REF")
    offset, published = hit.integer("offset"), hit.reading.published
    if offset is None:
        return None
    clock = _part_of_day(hit)
    # With its noun ("der heutigen Sitzung") it is the day.
    if clock is None and hit.end == hit.match.end() and offset in (0, 1) and _means_an_era(hit, offset):
        return Resolved(value="PRESENT_REF" if offset == 0 else "FUTURE_REF", mod=hit.mod)
    if published is None:
        return _unknown(hit)
    period = periods.day(published + offset, clock)
    return _resolved(period, hit, basis="counted", counted_from=_from_publication(hit.reading))


def _means_an_era(hit: Hit, offset: int) -> bool:
    """Whether "heute" stands for nowadays ("wie wir heute wissen"), "morgen" for the future ("die Welt von morgen")."""
    reading, tokens = hit.reading, hit.reading.tokens
    neighbours = tokens.codes[max(hit.start - 1, 0) : hit.start], tokens.codes[hit.end : hit.end + 1]
    grammar = reading.grammar
    if any(code and grammar.is_in("era_before", code) for code in neighbours[0]):
        return True
    if any(code and grammar.is_in("era_after", code) for code in neighbours[1]):
        return True
    if offset == 1:
        return False
    if any(code and grammar.is_in("day_before", code) for code in neighbours[0]):
        return False
    if reading.has_in_sentence("conditional", hit.start):
        return True
    if reading.has_in_sentence("day_sign", hit.start) or reading.tense(hit.start, hit.end) == "past":
        return False
    if reading.has_in_sentence("era_sign", hit.start):
        return True
    # A daily that writes "gestern" writes "heute" of the day; an essay writes it of our times.
    return not reading.is_daily


@_resolver
def counted(hit: Hit) -> Resolved | None:
    """So many years, days ... before or after publication, or the date spoken of last."""
    sign = hit.integer("direction") or 0
    duration = _duration_value(hit)
    if duration is None:
        return None
    is_spoken = hit.rule.options.get("anchor") == "spoken"
    number, unit = hit.number("number"), hit.value("unit") or ""
    spoken = hit.reading.spoken_of(_as_fine_as(unit), hit.start) if is_spoken else None
    base = spoken.period.first if is_spoken and spoken else hit.reading.published if not is_spoken else None
    basis: Basis = "counted"
    counted_from = spoken.words if is_spoken and spoken else _from_publication(hit.reading)
    period = None
    if base is not None and number is not None:
        period = _counted_period(number * sign, unit, base)
    if period is None:
        return Resolved(value=duration, mod=hit.mod, type="DURATION")
    when = period.when
    if hit.mod in ("APPROX", "LESS_THAN", "MORE_THAN") or number != int(number or 0):
        when = when.replace(approximate=True)
    if is_spoken:
        return Resolved(value=period.value, when=when, period=period, mod=hit.mod, basis=basis,
                        counted_from=counted_from)  # fmt: skip
    # "seit zwei Jahren" sets no scene: a "23. August" behind it is not of two years ago.
    scene = None if hit.rule.options.get("since") else period
    return Resolved(value=duration, when=when, period=scene, mod=hit.mod, basis=basis, counted_from=counted_from)


def _as_fine_as(unit: str) -> Sequence[str]:
    """The grains that such a number of units can be counted from: days from a day, months from a day or month ..."""
    grain = "year" if unit in ("DE", "CE") else "day" if unit in _CLOCK_UNITS else _GRAINS.get(unit, "day")
    return periods.GRAINS[: _rank(grain) + 1]


def _counted_period(count: float, unit: str, base: int) -> Period | None:
    if unit in _CLOCK_UNITS:
        return periods.day(base) if abs(count) * {"TH": 60, "TM": 1, "TS": 0}[unit] <= 180 else None
    if count != int(count):
        if unit != "Y":
            return None
        count, unit = count * 12, "M"
    if unit in ("DE", "CE"):
        count, unit = count * (10 if unit == "DE" else 100), "Y"
    grain = _GRAINS.get(unit)
    if grain is None or abs(count) > 100_000:
        return None
    return periods.containing(grain, base).shifted(round(count))


@_resolver
def same(hit: Hit) -> Resolved | None:
    """The day, week, year ... that was spoken of ("am selben Tag", "in jenem Jahr")."""
    return _relative_to_spoken(hit, 0)


# Periods with a name --------------------------------------------------------------------------------------------------


@_resolver
def season(hit: Hit) -> Resolved | None:
    """A season, of a named year or of the nearest one on the side that the tense points to."""
    name = hit.value("season")
    if name is None:
        return None
    if (form := hit.form("double_year")) is not None:
        return _resolved(periods.season(int(form[:4]), name), hit)
    year, yearshift = hit.integer("year"), hit.integer("yearshift")
    if yearshift is not None and hit.reading.published is not None:
        year = from_day(hit.reading.published)[0] + yearshift
    if year is not None:
        return _resolved(periods.season(year, name), hit)
    year = hit.reading.year_of(periods.SEASON_MONTHS[name], None, hit.start, hit.end)
    if year is None:
        return _unknown(hit, f"XXXX-{name}")
    resolved = _resolved(periods.season(year, name), hit, basis="context")
    return resolved if hit.reading.published is None else _winter(resolved, hit.reading.published)


@_resolver
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
            return _unknown(hit, f"XXXX-{unit}{number}")
        year, basis = from_day(published)[0] + (shift or 0), "context"
    month = 1 + (number - 1) * (3 if unit == "Q" else 6)
    period = periods.containing(_GRAINS[unit], to_day(year, month))
    return _resolved(period, hit, basis="context" if basis == "context" else "stated")


@_resolver
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
    return _resolved(periods.containing("decade", to_day(year)), hit)


@_resolver
def century(hit: Hit) -> Resolved | None:
    """A century by its number; its halves keep the century as their value."""
    number = hit.integer("number")
    if number is None or not 1 <= number <= 30:
        return None
    if hit.value("era") == "BC":
        first = 1 - number * 100
        when = When.within(to_day(first), to_day(first + 100) - 1)
        return Resolved(value=f"BC{number - 1:02}", when=when, mod=hit.mod)
    period = periods.containing("century", to_day((number - 1) * 100 + (number == 1)))
    half = hit.integer("half")
    if half is not None:
        first = (number - 1) * 100 + 50 * (half - 1)
        return replace(_resolved(period, hit), when=When.within(to_day(first), to_day(first + 50) - 1))
    return _resolved(period, hit)


@_resolver
def numbered_week(hit: Hit) -> Resolved | None:
    """A calendar week by its number."""
    number, year = hit.integer("number"), hit.integer("year")
    if year is None and hit.reading.published is not None:
        year = from_day(hit.reading.published)[0]
    if number is None or year is None:
        return None
    period = periods.week(year, number)
    return _resolved(period, hit) if period else None


@_resolver
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
            return _unknown(hit)
        here = from_day(published)[0]
        days = {y: holiday_date(rule, y) for y in (here - 1, here, here + 1)}
        year = _year_of_holiday(hit, days, published, shift)
    day = holiday_date(rule, year)
    if day is None:
        return _unknown(hit)
    return _resolved(periods.day(day, _part_of_day(hit)), hit, basis=basis)


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


_HOLIDAY = re.compile(
    r"(?P<month>\d\d)-(?P<day>\d\d)|(?P<moving>easter|advent)(?P<offset>[+-]\d+)"
    r"|(?P<of>\d\d)-(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?P<nth>-?\d)"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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


# Times of the day -----------------------------------------------------------------------------------------------------


@_resolver
def clock(hit: Hit) -> Resolved | None:
    """A time on the clock, on the day that the passage speaks of; a bare `T20:00` where it names a habit."""
    minutes = _minutes(hit)
    if minutes is None:
        return None
    zone = hit.value("zone") or ""
    name = f"{minutes // 60:02}:{minutes % 60:02}{zone}"
    return _at(hit, name)


@_resolver
def part_of_day(hit: Hit) -> Resolved | None:
    """A morning, evening, night of the day that the passage speaks of."""
    part = _part_of_day(hit)
    return _at(hit, part) if part else None


@_resolver
def part_of_day_adverb(hit: Hit) -> Resolved | None:
    """ "abends": of the day just spoken of, or each day's evening where none was."""
    part = _part_of_day(hit)
    if part is None:
        return None
    if hit.reading.day_spoken_near(hit.start) is None:
        return Resolved(value=f"XXXX-XX-XXT{part}", type="SET")
    return _at(hit, part)


def _part_of_day(hit: Hit) -> str | None:
    value = hit.value("daypart")
    return value if value in PARTS_OF_DAY else None


def _at(hit: Hit, name: str) -> Resolved | None:
    reading = hit.reading
    if hit.value("habit") or reading.is_habitual(hit.start):
        return Resolved(value=f"T{name}", mod=hit.mod, type="TIME")
    spoken = reading.day_spoken_near(hit.start)
    base = spoken.period if spoken else None
    if base is None and reading.published is not None:
        base = periods.day(reading.published)  # a programme for the day, with no other day in the text
    if base is None:
        return Resolved(value=f"T{name}", mod=hit.mod, type="TIME")
    counted_from = spoken.words if spoken else _from_publication(reading)
    resolved = _resolved(replace(base, clock=name), hit, basis="context", counted_from=counted_from)
    # TIMEX3 wants a day; the When keeps none that the reader has long forgotten.
    known = not reading.spoken if spoken is None else reading.is_near(spoken, hit.start)
    return replace(resolved, period=None, when=resolved.when if known else None)


def _minutes(hit: Hit) -> int | None:
    form = hit.form("clock")
    if form is not None:
        hour, minute = (int(part) for part in re.split("[.:]", form)[:2])
    else:
        whole, past = hit.integer("hour"), hit.integer("minute") or 0
        if whole is None:
            return None
        hour, minute = whole, past
    total = hour * 60 + minute + (hit.integer("plus") or 0)
    part = hit.value("daypart") or hit.value("meridiem")
    if part in _MINUTES_AFTER_NOON or part == "PM":
        total += 720 if total < 720 else 0
    elif part == "AM" and total >= 720:
        total -= 720
    elif part == "NI" and 360 < total < 720:
        total += 720
    if hour > 24 or minute > 59 or total > 1440 or total < 0:
        return None
    return total % 1440 if total == 1440 and hit.form("clock") is None else min(total, 1440) if total < 1440 else 0


@_resolver
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
        return _unknown(hit)
    return _resolved(periods.day(published + offset), hit, basis="counted",
                     counted_from=_from_publication(hit.reading))  # fmt: skip


# Durations, habits, references ----------------------------------------------------------------------------------------


@_resolver
def duration(hit: Hit) -> Resolved | None:
    """A length of time; X where the text does not say how much."""
    value = _duration_value(hit)
    return Resolved(value=value, mod=hit.mod) if value else None


@_resolver
def counted_date(hit: Hit) -> Resolved | None:
    """ "two years ago" as the date that it is, where that can be told; "years ago" as the past."""
    resolved = counted(hit)
    if resolved is None:
        return None
    if resolved.period is None:
        is_past = (hit.integer("direction") or 0) < 0
        return replace(resolved, value="PAST_REF" if is_past else "FUTURE_REF", type="DATE")
    return replace(resolved, value=resolved.period.value, type="DATE")


@_resolver
def counted_ahead(hit: Hit) -> Resolved | None:
    """ "in zwei Jahren": from now where the clause looks ahead, a plain length where it tells of the past."""
    return duration(hit) if hit.reading.tense(hit.start, hit.end) == "past" else counted(hit)


@_resolver
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
    terms = []
    for suffix in ("", "2"):
        compound = hit.value(f"length{suffix}")
        if compound:
            amount, _, unit = compound.partition("|")
        else:
            unit = hit.value(f"unit{suffix}") or ""
            if not unit:
                continue
            number = hit.number(f"number{suffix}")
            if number is not None and not suffix and hit.form("half"):
                number += 0.5
            amount = "X" if number is None else f"{number:g}"
        terms.append(_term(amount, unit))
    dates = [term for term, is_clock in terms if not is_clock]
    clocks = [term for term, is_clock in terms if is_clock]
    if not terms:
        return None
    return "P" + "".join(dates) + ("T" + "".join(clocks) if clocks else "")


def _term(amount: str, unit: str) -> tuple[str, bool]:
    if match := re.fullmatch(r"(\d+)([A-Z]+)", unit):  # a Vierteljahr is 3M
        amount = "X" if amount == "X" else f"{float(amount) * int(match[1]):g}"
        unit = match[2]
    if amount == "0.5" and unit in _HALVES:
        count, unit = _HALVES[unit]
        amount = str(count)
    return amount + _CLOCK_UNITS.get(unit, unit), unit in _CLOCK_UNITS


@_resolver
def habit(hit: Hit) -> Resolved | None:
    """What happens again and again: every Monday, four times a year."""
    hit.reading.habits.append(hit.start)
    if (value := hit.value("value")) is not None:
        return Resolved(value=value)
    if (part := _part_of_day(hit)) and hit.value("weekday") is None:
        return Resolved(value=f"XXXX-XX-XXT{part}")
    if (compound := hit.value("weekday_part")) is not None:
        number, _, part = compound.partition("|")
        return Resolved(value=f"XXXX-WXX-{number}T{part}")
    if (named := hit.value("weekday")) is not None:
        part = _part_of_day(hit)
        return Resolved(value=f"XXXX-WXX-{named}" + (f"T{part}" if part else ""))
    if (name := hit.value("month")) is not None:
        return Resolved(value=f"XXXX-{int(name):02}")
    if (name := hit.value("season")) is not None:
        return Resolved(value=f"XXXX-{name}")
    value = _duration_value(hit)
    return Resolved(value=value) if value else None


@_resolver
def reference(hit: Hit) -> Resolved | None:
    """The past, the present or the future at large."""
    value = hit.value("value")
    return Resolved(value=value, mod=hit.mod) if value else None


@_resolver
def time_spoken_of(hit: Hit) -> Resolved | None:
    """The time spoken of ("damals", "seinerzeit"): TIMEX3 has PAST_REF for it, the When is that of the passage."""
    reading = hit.reading
    spoken = reading.last_spoken
    near = spoken is not None and reading.sentence(hit.start) - spoken.sentence <= 2
    before = near and spoken is not None and (reading.published is None or spoken.period.last < reading.published)
    if not before or spoken is None:
        return Resolved(value="PAST_REF")
    return Resolved(value="PAST_REF", when=spoken.period.when, basis="context", counted_from=spoken.words)
