"""Which mentions speak of one event: two similar events stay two."""

from __future__ import annotations

import pytest

from tests.events.trees import ids, read


def groups(text: str) -> list[set[str]]:
    """The events of a text as sets of what evokes them, with offsets where a word stands twice."""
    return [{key.partition(":")[2] for key in event.mentions} for event in read(text).events]


def test_two_summits_of_one_pair_stay_two_and_a_definite_noun_points_to_the_nearer() -> None:
    assert groups("two_summits") == [{"traf"}, {"traf", "Gipfel"}]
    first, second = read("two_summits").events
    whens = {m.key: m.when for m in read("two_summits").mentions}
    assert [whens[first.mentions[0]].edtf, whens[second.mentions[0]].edtf] == ["1985-11", "1986-10"]  # type: ignore[union-attr]


def test_the_headline_restates_the_lead_and_the_body_speaks_for_both() -> None:
    [event] = read("headline").events
    assert groups("headline") == [{"traf", "trifft"}]
    best = next(m for m in read("headline").mentions if m.key == event.mentions[0])
    assert (best.trigger, best.zone) == ("traf", "body")


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("plan_and_deed", [{"traf"}, {"treffen"}]),
        ("plan_fulfilled", [{"landen"}, {"landete"}]),
        ("flat_and_hedged", [{"getötet"}]),
        ("kennedys", [{"starb"}, {"kandidierte"}, {"gewann"}, {"Vorwahl"}]),
        ("bushs", [{"traf"}, {"besuchte"}]),
        ("undated", [{"trat"}, {"besuchte"}]),
        ("en_before_noun", [{"visit"}, {"visited"}]),
    ],
)
def test_events_of_a_text(text: str, events: list[set[str]]) -> None:
    assert groups(text) == events


@pytest.mark.parametrize("text", ["two_summits", "headline", "flat_and_hedged"])
def test_each_joining_names_its_rule(text: str) -> None:
    for event in read(text).events:
        assert len(event.rules) == len(event.mentions) - 1
        assert all(rule.startswith("grouping#") for rule in event.rules)


@pytest.mark.parametrize("text", ids())
def test_each_mention_belongs_to_exactly_one_event(text: str) -> None:
    extraction = read(text)
    members = [key for event in extraction.events for key in event.mentions]
    assert sorted(members) == sorted(m.key for m in extraction.mentions)
    assert len(set(members)) == len(members)
    for event in extraction.events:
        assert event.key == min(event.mentions, key=lambda key: int(key.partition(":")[0]))
