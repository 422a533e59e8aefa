"""Imprecise dates: what EDTF strings mean, how they compare, and that reading and writing agree."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.days import (
    easter_sunday,
    from_day,
    is_date,
    iso_week,
    monday_of_week,
    month_length,
    to_day,
    weekday,
    weeks_in_year,
)
from events.errors import MalformedDate, TimelineError
from events.when import When, day_from_iso, iso_day, narrow

BOUNDS = [
    # EDTF, start earliest, start latest, end earliest, end latest, granularity
    ("2019-04-24", "2019-04-24", "2019-04-24", "2019-04-24", "2019-04-24", "day"),
    ("2019-04-24T20:30", "2019-04-24", "2019-04-24", "2019-04-24", "2019-04-24", "time"),
    ("2019-04-24TEV", "2019-04-24", "2019-04-24", "2019-04-24", "2019-04-24", "part_of_day"),
    ("2019-02", "2019-02-01", "2019-02-28", "2019-02-01", "2019-02-28", "month"),
    ("2020-02", "2020-02-01", "2020-02-29", "2020-02-01", "2020-02-29", "month"),
    ("2011", "2011-01-01", "2011-12-31", "2011-01-01", "2011-12-31", "year"),
    ("196X", "1960-01-01", "1969-12-31", "1960-01-01", "1969-12-31", "decade"),
    ("19XX", "1900-01-01", "1999-12-31", "1900-01-01", "1999-12-31", "century"),
    ("1XXX", "1000-01-01", "1999-12-31", "1000-01-01", "1999-12-31", "millennium"),
    ("2019-21", "2019-03-01", "2019-05-31", "2019-03-01", "2019-05-31", "season"),
    ("2019-24", "2019-12-01", "2020-02-29", "2019-12-01", "2020-02-29", "season"),
    ("2019-33", "2019-01-01", "2019-03-31", "2019-01-01", "2019-03-31", "quarter"),
    ("2019-41", "2019-07-01", "2019-12-31", "2019-07-01", "2019-12-31", "half"),
    ("[2019-02-21..2019-02-28]", "2019-02-21", "2019-02-28", "2019-02-21", "2019-02-28", "part_of_month"),
    ("[2019-01..2019-04]", "2019-01-01", "2019-04-30", "2019-01-01", "2019-04-30", "part_of_year"),
    ("[1960..1963]", "1960-01-01", "1963-12-31", "1960-01-01", "1963-12-31", "part_of_decade"),
    ("[2019-03-18..2019-03-24]", "2019-03-18", "2019-03-24", "2019-03-18", "2019-03-24", "week"),
    ("[2019-03-23..2019-03-24]", "2019-03-23", "2019-03-24", "2019-03-23", "2019-03-24", "weekend"),
    ("2019-02-27/2019-02-28", "2019-02-27", "2019-02-27", "2019-02-28", "2019-02-28", "span"),
    ("2018/2019-03", "2018-01-01", "2018-12-31", "2019-03-01", "2019-03-31", "span"),
    ("2010/..", "2010-01-01", "2010-12-31", None, None, "span"),
    ("../2019-04-25", None, None, "2019-04-25", "2019-04-25", "span"),
    ("[..2018]", None, "2018-12-31", None, "2018-12-31", "span"),
    ("[2018..]", "2018-01-01", None, "2018-01-01", None, "span"),
    ("-0043-03-15", "-0043-03-15", "-0043-03-15", "-0043-03-15", "-0043-03-15", "day"),
    ("0000", "0000-01-01", "0000-12-31", "0000-01-01", "0000-12-31", "year"),
    ("[2019-02-21..2019-02-28]/2019-03", "2019-02-21", "2019-02-28", "2019-03-01", "2019-03-31", "span"),
]


@pytest.mark.parametrize(("edtf", "a", "b", "c", "d", "granularity"), BOUNDS)
def test_a_string_has_these_bounds_and_is_written_as_it_was_read(
    edtf: str, a: str | None, b: str | None, c: str | None, d: str | None, granularity: str
) -> None:
    when = When.parse(edtf)
    bounds = (when.start_earliest, when.start_latest, when.end_earliest, when.end_latest)
    assert tuple(iso_day(bound) for bound in bounds) == (a, b, c, d)
    assert when.granularity == granularity
    assert when.edtf == edtf


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2019-W12", "[2019-03-18..2019-03-24]"),
        ("2019-W12-WE", "[2019-03-23..2019-03-24]"),
        ("2019-Q1", "2019-33"),
        ("2019-H2", "2019-41"),
        ("2019-37", "[2019-01..2019-04]"),
        ("2004-XX", "2004"),
        ("2004-06-XX", "2004-06"),
        ("2010/", "2010/.."),
        ("/2010", "../2010"),
        ("2004-06~-11", "2004-06-11~"),
        ("?2004-06-11", "2004-06-11?"),
        ("1200%", "1200%"),
        ("Y17E7", "Y170000000"),
        ("[1667,1668,1670..1672]", "[1667..1672]"),
        ("2018~/2019", "2018~/2019~"),
        ("-004X", "[-0049..-0040]"),
    ],
)
def test_other_ways_to_write_a_time_are_read(written: str, edtf: str) -> None:
    assert When.parse(written).edtf == edtf
    assert When.parse(edtf) == When.parse(written)


@pytest.mark.parametrize(
    "edtf",
    ["", "abc", "2019-13", "2019-02-30", "2019-00", "XXXX", "..", "/", "../..", "[..]", "[]", "2019/2018",
     "2019-04-24T25:00", "2019-04-24TXX", "{2018,2019}", "2019-W54", "Y19", "19", "2019-4-2", "2019-04-24/2019-04-23"],
)  # fmt: skip
def test_what_is_no_date_is_refused(edtf: str) -> None:
    with pytest.raises(MalformedDate):
        When.parse(edtf)


def test_the_error_names_the_string_and_is_one_of_ours() -> None:
    with pytest.raises(TimelineError, match="2019-02-30"):
        When.parse("2019-02-30")


# Properties -----------------------------------------------------------------------------------------------------------

days = st.integers(min_value=-1_000_000, max_value=3_000_000)
clocks = st.sampled_from([None, "00:00", "20:30", "MO", "NI"])


@st.composite
def whens(draw: st.DrawFn) -> When:
    flags = {"approximate": draw(st.booleans()), "uncertain": draw(st.booleans())}
    a, b, c, d = sorted(draw(st.tuples(days, days, days, days)))
    kind = draw(st.sampled_from(["day", "moment", "lasting", "since", "until", "not before", "not after"]))
    if kind == "day":
        return When.on(a, draw(clocks)).replace(**flags)
    if kind == "moment":
        return When.within(a, b).replace(**flags)
    if kind == "lasting":
        return When(start_earliest=a, start_latest=b, end_earliest=c, end_latest=d, **flags)
    if kind == "since":
        return When.lasting(When.within(a, b), None).replace(**flags)
    if kind == "until":
        return When.lasting(None, When.within(a, b)).replace(**flags)
    return When.within(a, None).replace(**flags) if kind == "not before" else When.within(None, a).replace(**flags)


@settings(deadline=None)
@given(whens())
def test_writing_and_reading_again_gives_the_same_time(when: When) -> None:
    again = When.parse(when.edtf)
    assert again == when
    assert again.granularity == when.granularity
    assert hash(again) == hash(when)


@settings(deadline=None)
@given(whens(), whens())
def test_exactly_one_of_before_after_and_overlap_holds(left: When, right: When) -> None:
    relations = [left.certainly_before(right), right.certainly_before(left), left.may_overlap(right)]
    assert relations.count(True) == 1


@settings(deadline=None)
@given(whens(), whens(), whens())
def test_certain_order_is_an_order(one: When, two: When, three: When) -> None:
    if one.certainly_before(two) and two.certainly_before(three):
        assert one.certainly_before(three)


@settings(deadline=None)
@given(whens(), whens())
def test_certain_order_agrees_with_the_bounds(left: When, right: When) -> None:
    if left.certainly_before(right):
        assert left.latest is not None
        assert right.earliest is not None
        assert left.latest <= right.earliest


@settings(deadline=None)
@given(whens(), whens(), whens())
def test_containing_passes_on(one: When, two: When, three: When) -> None:
    assert one.contains(one)
    if one.contains(two) and two.contains(three):
        assert one.contains(three)


@settings(deadline=None)
@given(st.lists(whens(), max_size=8))
def test_sorting_does_not_depend_on_the_order_that_was(times: list[When]) -> None:
    assert [w.sort_key for w in sorted(times, key=lambda w: w.sort_key)] == sorted(w.sort_key for w in times)


@settings(deadline=None)
@given(days)
def test_days_and_dates_agree(day: int) -> None:
    year, month, day_of_month = from_day(day)
    assert to_day(year, month, day_of_month) == day
    assert is_date(year, month, day_of_month)
    assert day_from_iso(iso_day(day)) == day
    if 1 <= day <= date.max.toordinal():
        known = date.fromordinal(day)
        assert (known.year, known.month, known.day) == (year, month, day_of_month)
        assert known.weekday() == weekday(day)
        assert known.isocalendar()[:2] == iso_week(day)


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=9998), st.integers(min_value=1, max_value=53))
def test_weeks_begin_on_monday(year: int, week: int) -> None:
    if week <= weeks_in_year(year):
        assert iso_week(monday_of_week(year, week)) == (year, week)
        assert weekday(monday_of_week(year, week)) == 0


@pytest.mark.parametrize(
    ("year", "day"),
    [(1818, (3, 22)), (1943, (4, 25)), (2008, (3, 23)), (2019, (4, 21)), (2024, (3, 31)), (2038, (4, 25))],
)
def test_easter_falls_on(year: int, day: tuple[int, int]) -> None:
    assert from_day(easter_sunday(year)) == (year, *day)


def test_leap_years_follow_the_gregorian_rule() -> None:
    assert [month_length(year, 2) for year in (1900, 2000, 2019, 2020, -4, 0)] == [28, 29, 28, 29, 29, 29]


# Comparing ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "before"),
    [
        ("2019-04-24", "2019-04-25", True),
        ("2019-04-24", "2019-04-24", False),
        ("2019-04", "2019-04-25", False),
        ("2019-03", "2019-04", True),
        ("2018", "2019-01-01", True),
        ("2010/..", "2019", False),
        ("../2018", "2019", True),
        ("2019", "2020/..", True),
        ("2019-02-27/2019-02-28", "2019-02-28/2019-03-01", False),
        ("2019-04-24T09:00", "2019-04-24T20:30", True),
        ("2019-04-24TMO", "2019-04-24TEV", True),
        ("2019-04-24TMI", "2019-04-24TAF", False),
        ("2019-04-24TNI", "2019-04-24T23:00", False),
        ("2019-04-24", "2019-04-24T20:30", False),
        ("1199~", "1200", False),
        ("1190~", "1200", True),
        ("1199?", "1200", False),
        ("-0043-03-15", "0001", True),
    ],
)
def test_certain_order_comes_from_the_bounds(left: str, right: str, before: bool) -> None:
    assert When.parse(left).certainly_before(When.parse(right)) is before


@pytest.mark.parametrize(
    ("outer", "inner", "contains"),
    [
        ("2019", "2019-04-24", True),
        ("2019-04", "2019", False),
        ("2010/..", "2019", True),
        ("2010/..", "2019/..", True),
        ("2019", "2010/..", False),
        ("2019-04-24", "2019-04-24T20:30", True),
        ("2019-04-24T20:30", "2019-04-24", False),
    ],
)
def test_a_time_contains_what_lies_in_its_bounds(outer: str, inner: str, contains: bool) -> None:
    assert When.parse(outer).contains(When.parse(inner)) is contains


def test_sorted_times_begin_with_the_wider_period() -> None:
    ordered = ["-0043-03-15", "2010/..", "201X", "2011", "2011-01-01", "2011-08", "2011-08-24", "2011-08-24T09:00",
               "2011-08-24T20:30", "2011-08-25"]  # fmt: skip
    shuffled = sorted(ordered, key=lambda edtf: edtf[::-1])
    assert [w.edtf for w in sorted(map(When.parse, shuffled), key=lambda w: w.sort_key)] == ordered


def test_where_a_time_came_from_makes_no_difference_to_what_it_is() -> None:
    plain = When.parse("2019-04-24")
    known = plain.with_provenance(text="gestern", basis="counted", rule="de/times#today", counted_from="2019-04-25")
    assert known == plain
    assert (known.text, known.basis, known.rule, known.counted_from) == (
        "gestern", "counted", "de/times#today", "2019-04-25"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("edtf", "early", "middle", "late"),
    [
        ("2019-02", "[2019-02-01..2019-02-10]", "[2019-02-11..2019-02-20]", "[2019-02-21..2019-02-28]"),
        ("2019", "[2019-01..2019-04]", "[2019-05..2019-08]", "[2019-09..2019-12]"),
        ("196X", "[1960..1963]", "[1964..1966]", "[1967..1969]"),
        ("19XX", "[1900..1933]", "[1934..1966]", "[1967..1999]"),
        ("2019-04-24", "2019-04-24", "2019-04-24", "2019-04-24"),
    ],
)
def test_early_middle_and_late_parts_meet_without_gaps(edtf: str, early: str, middle: str, late: str) -> None:
    when = When.parse(edtf)
    assert [narrow(when, part).edtf for part in ("START", "MID", "END")] == [early, middle, late]


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=9998), st.integers(min_value=1, max_value=12))
def test_our_reading_agrees_with_the_edtf_package(year: int, month: int) -> None:
    edtf = pytest.importorskip("edtf")
    for text in (f"{year:04}", f"{year:04}-{month:02}"):
        theirs = edtf.parse_edtf(text)
        when = When.parse(text)
        assert iso_day(when.earliest) == f"{theirs.lower_strict().tm_year:04}-{theirs.lower_strict().tm_mon:02}-01"
        upper = theirs.upper_strict()
        assert iso_day(when.latest) == f"{upper.tm_year:04}-{upper.tm_mon:02}-{upper.tm_mday:02}"
