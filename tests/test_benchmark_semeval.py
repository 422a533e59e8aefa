"""The adapter to the timelines of SemEval-2015: names, dates, positions and extents as the task writes them."""

from __future__ import annotations

import pytest

from benchmarks.semeval import Token, anchor_of, extent_at, names_entity, names_within, ranks, write_timeline
from events import When


@pytest.mark.parametrize(
    ("name", "entity", "is_meant"),
    [
        ("Volkswagen", "Volkswagen", True),
        ("volkswagen AG", "Volkswagen", True),
        ("Volkswagen's", "Volkswagen", True),
        ("Merkel", "Angela Merkel", True),
        ("Angela", "Angela Merkel", False),
        ("A320s", "Airbus A320", True),
        ("A320", "Airbus A320neo", False),
        ("Airbus", "Airbus A320", False),
        ("Airbus A320", "Airbus", False),
        ("Concorde 002", "Concorde", False),
        ("747", "Boeing 747 Jumbo", True),
        ("Boeing 747", "Boeing 747 Jumbo", True),
        ("Boeing", "Boeing 747 Jumbo", False),
        ("US Navy", "United States Navy", True),
        ("U.S. Navy", "United States Navy", True),
        ("USN", "United States Navy", True),
        ("the Navy", "United States Navy", True),
        ("Royal Navy", "United States Navy", False),
        ("United States", "United States Navy", False),
        ("", "United States Navy", False),
        ("AG", "Volkswagen", False),
    ],
)
def test_short_forms_and_initials_stand_for_an_entity_and_beginnings_do_not(
    name: str, entity: str, is_meant: bool
) -> None:
    assert names_entity(name, entity) is is_meant


@pytest.mark.parametrize(
    ("text", "entity", "is_named"),
    [
        ("The first A320s flew in 1987", "Airbus A320", True),
        ("Airbus flew the aircraft in 1987", "Airbus A320", False),
        ("Sony sold the Walkman in 1979", "Sony Walkman", False),
        ("the Sony Walkman was sold in 1979", "Sony Walkman", True),
        ("Apollo 11 landed", "Apollo 11", True),
        ("11 astronauts", "Apollo 11", False),
    ],
)
def test_a_clause_names_a_thing_in_full_or_by_its_number(text: str, entity: str, is_named: bool) -> None:
    assert names_within(text, entity) is is_named


@pytest.mark.parametrize(
    ("edtf", "anchor"),
    [
        ("1969-07-20", "1969-07-20"),
        ("1969-07-20T20:17", "1969-07-20"),
        ("1969-07", "1969-07-XX"),
        ("1969", "1969-XX-XX"),
        ("1969-07-16/1969-07-24", "1969-07-XX"),
        ("1969-07-24/1969-08-10", "1969-XX-XX"),
        ("196X", "XXXX-XX-XX"),
        ("1969/..", "XXXX-XX-XX"),
    ],
)
def test_an_anchor_is_never_finer_than_the_date(edtf: str, anchor: str) -> None:
    assert anchor_of(When.parse(edtf)) == anchor


def test_an_unknown_date_is_written_with_x() -> None:
    assert anchor_of(None) == "XXXX-XX-XX"


def test_events_of_one_anchor_share_a_position_and_undated_ones_have_none() -> None:
    edtfs = ["1969-07-20", None, "1961", "1969-07-20T20:17", "1969-07", "196X"]
    whens = [When.parse(edtf) if edtf else None for edtf in edtfs]
    assert ranks(whens) == [3, 0, 1, 3, 2, 0]


TOKENS = [
    Token(sentence=0, start=0, end=5, form="Eagle"),
    Token(sentence=0, start=6, end=11, form="lands"),
    Token(sentence=1, start=12, end=14, form="It"),
    Token(sentence=1, start=15, end=19, form="took"),
    Token(sentence=1, start=20, end=23, form="off"),
    Token(sentence=1, start=23, end=24, form="."),
]


@pytest.mark.parametrize(
    ("offset", "rule", "extent"),
    [
        (6, "en/verbs#land", (0, "lands")),
        (15, "en/verbs#take off", (1, "took_off")),
        (15, "en/verbs#take", (1, "took")),
        (15, "en/verbs#take part", (1, "took")),
        (6, "en/verbs#land off", (0, "lands")),
        (17, "en/verbs#take", (1, "took")),
        (5, "en/verbs#land", None),
        (99, "en/verbs#land", None),
    ],
)
def test_an_extent_is_the_trigger_with_the_particle_of_its_verb(
    offset: int, rule: str, extent: tuple[int, str] | None
) -> None:
    assert extent_at(TOKENS, offset, rule) == extent


def test_a_timeline_has_one_line_for_each_event_in_order_of_time() -> None:
    rows = [
        (When.parse("1969-07-21"), ["b-1-took_off"]),
        (None, ["a-3-trained"]),
        (When.parse("1969-07-20"), ["a-0-lands", "b-0-landing"]),
        (When.parse("1969-07-24"), []),
    ]
    assert write_timeline("Eagle", rows).splitlines() == [
        "Eagle",
        "0\tXXXX-XX-XX\ta-3-trained",
        "1\t1969-07-20\ta-0-lands\tb-0-landing",
        "2\t1969-07-21\tb-1-took_off",
    ]
