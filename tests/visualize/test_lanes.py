"""Which actors have a lane, in which order, and which event lies where."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from events import When
from tests.visualize.samples import korean_timeline
from visualize import TimelineEvent
from visualize.arrangement import choose_key_moments, sort_events
from visualize.lanes import OTHERS, plan_lanes


def events_of(*actors: str) -> list[TimelineEvent]:
    return [
        TimelineEvent(id=f"k{day}", label="x", language="de", when=When.on(day), actors=tuple(names.split()))
        for day, names in enumerate(actors, 1)
    ]


@pytest.mark.parametrize(
    ("actors", "lanes"),
    [
        (["a", "a", "b", "b"], ["a", "b"]),
        (["b", "a", "a", "b"], ["b", "a"]),
        (["a", "a", "b", "b", "c a", "c a", "c a"], ["b", "a", "c"]),
        (["a b", "b a", "c"], ["a", "b", OTHERS]),
        (["a b", "a b", "c"], ["a", OTHERS]),  # nothing would lie in the lane of b
        (["a a"], [OTHERS]),
        ([], []),
    ],
)
def test_lanes_stand_by_first_appearance_and_shared_events(actors: list[str], lanes: list[str]) -> None:
    assert list(plan_lanes(events_of(*actors)).actors) == lanes


def test_an_event_lies_with_its_first_actor_and_is_marked_with_the_others() -> None:
    plan = plan_lanes(events_of("a b", "b a", "b", "a", ""))
    assert plan.actors == ("a", "b", OTHERS)
    assert plan.home == (0, 1, 1, 0, 2)
    assert plan.shared == ((1,), (0,), (), (), ())


def test_only_the_most_frequent_actors_get_a_lane() -> None:
    plan = plan_lanes(events_of(*[f"a{n % 30}" for n in range(90)], *["a29"] * 5), max_lanes=4)
    assert len(plan.actors) == 5
    assert "a29" in plan.actors
    assert plan.actors[-1] == OTHERS


def test_the_wider_period_comes_first_and_undated_events_last() -> None:
    texts = ["2011-08-24", "", "2011", "-0043-03-15", "2011-08", "2010/..", "2011-08-24"]
    events = [
        TimelineEvent(id=f"k{n}", label="x", language="de", when=When.parse(text) if text else None, salience=n / 10)
        for n, text in enumerate(texts)
    ]
    assert [event.id for event in sort_events(events)] == ["k3", "k5", "k2", "k4", "k6", "k0", "k1"]


def chosen_labels(events: Sequence[TimelineEvent]) -> list[str]:
    return [events[place].id for place in choose_key_moments(events, 3)]


def test_key_moments_are_deeds_that_somebody_asserts() -> None:
    events = sort_events(korean_timeline().events)
    assert chosen_labels(events) == ["k18", "k20", "k24"]
    assert not {"k21", "k25", "k10", "k26", "k29"} & {events[place].id for place in choose_key_moments(events, 30)}


def test_pinned_events_are_the_key_moments() -> None:
    events = [
        TimelineEvent(id=f"k{n}", label="x", language="de", when=When.on(n), salience=n / 10, is_pinned=n in (2, 4))
        for n in range(1, 6)
    ]
    assert chosen_labels(events) == ["k2", "k4"]
