"""Dates that count from publication or from what the text spoke of last."""

from __future__ import annotations

from dataclasses import replace

from events.days import from_day, weekday
from events.timex import periods
from events.timex.hits import (
    GRAINS,
    UNKNOWN_DATE,
    Hit,
    Resolved,
    daypart_of,
    from_publication,
    is_ahead,
    placed,
    rank_of,
    resolver,
    unplaced,
)
from events.timex.periods import Period
from events.timex.reading import Spoken
from events.when import iso_day

_DAYS_AROUND = 60  # farther from publication than this, a weekday is one of the passage's own time


@resolver
def last_night(hit: Hit) -> Resolved | None:
    """ "letzte Nacht": the one before publication; "kommende Nacht": the one after it."""
    shift, published = hit.integer("shift"), hit.reading.published
    if shift is None or published is None:
        return None
    clock = daypart_of(hit) or "NI"
    return placed(periods.day(published + min(shift, 0), clock), hit, basis="counted",
                     counted_from=from_publication(hit.reading))  # fmt: skip


@resolver
def weekday_near(hit: Hit) -> Resolved | None:
    """A bare weekday: before publication in a past clause, after it in one that looks ahead; the same day counts."""
    number = hit.integer("weekday")
    compound = hit.value("weekday_part")
    clock = daypart_of(hit)
    if compound:
        named, _, clock = compound.partition("|")
        number = int(named)
    if number is None:
        return None
    reading = hit.reading
    if clock is None and _is_in_timetable(hit):
        reading.habits.append(hit.start)
        return Resolved(value=f"XXXX-WXX-{number}", type="SET")
    spoken = reading.last_spoken
    base = reading.published
    own_time = _time_of_passage(hit, spoken)
    if own_time is not None:
        base = own_time
    if base is None:
        return unplaced(hit, f"XXXX-WXX-{number}" + (f"T{clock}" if clock else ""))
    earlier = _weekday_before(hit)
    if earlier is not None:
        base = earlier + 1
    is_onto = hit.start > 0 and reading.grammar.is_in("onto_word", reading.tokens.codes[hit.start - 1])
    looks_ahead = own_time is not None or earlier is not None or is_onto or is_ahead(hit)  # "vertagt auf Montag"
    distance = (number - 1 - weekday(base)) % 7 if looks_ahead else -((weekday(base) - number + 1) % 7)
    if distance == 6 and base == reading.published and not is_onto and not _is_surely_ahead(hit):
        distance -= 7  # "begrüßt ihn am Freitag", told on Saturday: a picture's present, not the next week's
    period = periods.day(base + distance, clock)
    return placed(period, hit, basis="counted", counted_from=iso_day(base))


def _is_surely_ahead(hit: Hit) -> bool:
    """Whether a verb says so itself, rather than a present that may tell of yesterday."""
    return hit.reading.tense(hit.match.start(), hit.match.end(), is_certain=True) == "ahead"


def _is_in_timetable(hit: Hit) -> bool:
    """Whether a bare weekday goes on a line of opening hours ("Montag bis Freitag 9-12 Uhr, Samstag 9-11 Uhr")."""
    tokens = hit.reading.tokens
    is_bare = hit.start > 0 and tokens.forms[hit.start - 1] in (",", ";", "/")
    return is_bare and hit.reading.is_habitual(hit.start)


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


@resolver
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
        return unplaced(hit, _bare_value(hit))
    period = _shifted_name(hit, shift, published) or _shifted_unit(hit, shift, published)
    if period is None:
        return None
    clock = daypart_of(hit)
    if clock and period.grain == "day":
        period = replace(period, clock=clock)
    return with_winter(placed(period, hit, basis="counted", counted_from=from_publication(hit.reading)), published)


@resolver
def weekday_of_week(hit: Hit) -> Resolved | None:
    """ "Freitag voriger Woche": that day of the week before, this or after that of publication."""
    shift, published = hit.integer("shift"), hit.reading.published
    named, _, clock = (hit.value("weekday_part") or hit.value("weekday") or "").partition("|")
    if shift is None or not named:
        return None
    if published is None:
        return unplaced(hit, f"XXXX-WXX-{named}")
    week = periods.containing("week", published).shifted(shift)
    period = periods.day(week.first + int(named) - 1, clock or daypart_of(hit))
    return placed(period, hit, basis="counted", counted_from=from_publication(hit.reading))


@resolver
def part_of_year_spoken_of(hit: Hit) -> Resolved | None:
    """ "im Sommer desselben Jahres", "im Mai des folgenden Jahres": of the year that the text spoke of last."""
    spoken, shift = hit.reading.last_spoken, hit.integer("shift")
    month, name = hit.integer("month"), hit.value("season")
    if spoken is None or shift is None:
        return unplaced(hit, f"XXXX-{name}" if name else UNKNOWN_DATE)
    year = spoken.period.year + shift
    period = periods.season(year, name) if name else periods.month(year, month or 1)
    return placed(period, hit, basis="counted", counted_from=spoken.words)


@resolver
def new_year(hit: Hit) -> Resolved | None:
    """ "im neuen Jahr": this one in its first half, the coming one in its second."""
    published = hit.reading.published
    if published is None:
        return unplaced(hit)
    year, month, _ = from_day(published)
    return placed(periods.year(year + (month > 6)), hit, basis="counted", counted_from=from_publication(hit.reading))


def _of_passage(hit: Hit) -> Resolved | None:
    """ "Ende des Jahres" in a past passage about another year: the end of that one."""
    reading = hit.reading
    grain = GRAINS.get(hit.value("unit") or "")
    spoken = reading.last_spoken
    if grain is None or spoken is None or reading.sentence(hit.start) - spoken.sentence > 1:
        return None
    if rank_of(spoken.period.grain) > rank_of(grain):
        return None
    if reading.published is not None:
        is_other_year = spoken.period.year < from_day(reading.published)[0]
        if not is_other_year or reading.tense(hit.start, hit.end) != "past":
            return None
    period = periods.containing(grain, spoken.period.first)
    return placed(period, hit, basis="context", counted_from=spoken.words)


def with_winter(resolved: Resolved, published: int) -> Resolved:
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
    if (compound := hit.value("weekday_part")) is not None:
        named, _, clock = compound.partition("|")
        return replace(_shifted_weekday(int(named), shift, published), clock=clock)
    if (number := hit.integer("weekday")) is not None:
        return _shifted_weekday(number, shift, published)
    if (name := hit.integer("month")) is not None:
        year, month, _ = from_day(published)
        return periods.month(year + _years_away(name - month, shift), name)
    season = hit.value("season")
    return _shifted_season(season, shift, published) if season else None


def _shifted_season(season: str, shift: int, published: int) -> Period:
    near = _season_at_hand(season, published)
    is_past, is_running = near.last < published, near.first <= published <= near.last
    if shift == 0 or is_running or is_past != (shift < 0):
        return near.shifted(shift)
    return near.shifted(shift + 1 if is_past else shift - 1)  # the nearest one is the last one, or the next, itself


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
    grain = GRAINS.get(hit.value("unit") or "")
    if grain is None:
        return None
    period = periods.containing(grain, base)
    if grain == "weekend" and shift > 0 and base < period.first:
        shift -= 1  # on a Thursday, the next weekend is that of the same week
    return period.shifted(shift)


def _relative_to_spoken(hit: Hit, shift: int) -> Resolved | None:
    if (weekday_number := hit.integer("weekday")) is not None:
        return _weekday_after_spoken(hit, weekday_number, shift)
    if (month := hit.integer("month")) is not None:
        return _month_after_spoken(hit, month)
    grain = GRAINS.get(hit.value("unit") or "")
    if grain is None:
        return None
    spoken = hit.reading.spoken_of(periods.GRAINS[: rank_of(grain) + 1], hit.start)
    if spoken is None:
        return _before_publication(hit, grain, shift)
    period = periods.containing(grain, spoken.period.first).shifted(shift)
    if (clock := daypart_of(hit)) and grain == "day":
        period = replace(period, clock=clock)
    return placed(period, hit, basis="counted", counted_from=spoken.words)


def _before_publication(hit: Hit, grain: str, shift: int) -> Resolved:
    """ "am Vortag" in a text that has spoken of no date yet counts from publication, where the rule allows it."""
    published = hit.reading.published
    if hit.rule.options.get("fallback") != "published" or published is None or shift >= 0 or hit.reading.spoken:
        return unplaced(hit)
    period = periods.containing(grain, published).shifted(shift)
    return placed(period, hit, basis="counted", counted_from=from_publication(hit.reading))


def _weekday_after_spoken(hit: Hit, number: int, shift: int) -> Resolved:
    day = hit.reading.spoken_of(("day",), hit.start)
    if day is None:
        return unplaced(hit)
    period = _shifted_weekday(number, shift, day.period.first)
    return placed(period, hit, basis="counted", counted_from=day.words)


def _month_after_spoken(hit: Hit, month: int) -> Resolved:
    """ "im April darauf": the first April after the date spoken of."""
    spoken = hit.reading.spoken_of(periods.GRAINS[: rank_of("year") + 1], hit.start)
    if spoken is None:
        return unplaced(hit, f"XXXX-{month:02}")
    year, last_month, _ = from_day(spoken.period.last)
    period = periods.month(year + (month <= last_month), month)
    return placed(period, hit, basis="counted", counted_from=spoken.words)


@resolver
def weekend_near(hit: Hit) -> Resolved | None:
    """A bare weekend: the last one in a past clause, the coming one in a clause that looks ahead."""
    published = hit.reading.published
    if published is None:
        return unplaced(hit, "XXXX-WXX-WE")
    period = periods.containing("weekend", published)
    if not is_ahead(hit) and published < period.first:
        period = period.shifted(-1)
    return placed(period, hit, basis="counted", counted_from=from_publication(hit.reading))


@resolver
def today(hit: Hit) -> Resolved | None:
    """Yesterday, today, tomorrow, with a part of the day; "heute" and "morgen" may also mean nowadays, the future."""
    if hit.form("era"):
        return Resolved(value="PRESENT_REF")
    offset, published = hit.integer("offset"), hit.reading.published
    if offset is None:
        return None
    clock = daypart_of(hit)
    # With its noun ("der heutigen Sitzung") it is the day.
    if clock is None and hit.end == hit.match.end() and offset in (0, 1) and _means_an_era(hit, offset):
        return Resolved(value="PRESENT_REF" if offset == 0 else "FUTURE_REF", mod=hit.mod)
    if published is None:
        return unplaced(hit)
    period = periods.day(published + offset, clock)
    return placed(period, hit, basis="counted", counted_from=from_publication(hit.reading))


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
    if reading.has_in_sentence("era_sign", hit.start) or _answers_a_past(hit):
        return True
    if reading.has_in_sentence("day_hint", hit.start):
        return False
    # A daily that writes "gestern" writes "heute" of the day; an essay writes it of our times.
    return not reading.is_daily


def _answers_a_past(hit: Hit) -> bool:
    """Whether "heute" opens a sentence behind one of former times ("Damals lud man von Hand. Heute ...")."""
    reading = hit.reading
    opening, _ = reading.sentence_tokens(hit.start)
    return hit.start == opening > 1 and reading.has_in_sentence("then_word", opening - 2)


@resolver
def same(hit: Hit) -> Resolved | None:
    """The day, week, year ... that was spoken of ("am selben Tag", "in jenem Jahr")."""
    return _relative_to_spoken(hit, 0)
