"""Chains as they are asked for: through an actor, the next best ones, with an end left open; each against all paths."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events import When
from kb.chains import (
    Chain,
    ChainEvent,
    ChainGraph,
    ChainLink,
    find_best_chain,
    find_best_chains,
    find_chains_from,
    find_chains_to,
)
from tests.kb.test_chains import (
    CHUNG,
    ENDS,
    EVENTS,
    KIM,
    LINKS,
    MOON,
    PUTIN,
    TRUMP,
    Drawn,
    allowed_paths,
    built,
    event,
    mean_weight,
    plain_graph,
)

TALKS = [
    event(1, "2018-02-10", KIM, MOON),
    event(2, "2018-03-05", KIM, CHUNG),
    event(3, "2018-03-08", KIM, TRUMP),
    event(4, "2018-04-20", KIM, MOON, salience=0.1),
    event(5, "2018-04-27", KIM, MOON),
]


@pytest.mark.parametrize(
    ("via", "events"), [(None, (1, 4, 5)), (CHUNG, (1, 2, 5)), (TRUMP, (1, 3, 5)), (MOON, (1, 4, 5)), (PUTIN, None)]
)
def test_an_actor_that_a_chain_goes_through_has_part_in_an_event_between(
    via: int | None, events: tuple[int, ...] | None
) -> None:
    chain = find_best_chain(ChainGraph(TALKS), 1, 5, between=[1], via=via)
    assert (chain and chain.events) == events


def test_the_ends_are_no_events_that_a_chain_goes_through() -> None:
    events = [event(1, "2018-01", KIM, PUTIN), event(2, "2018-02", KIM), event(3, "2018-03", KIM, PUTIN)]
    assert find_best_chain(ChainGraph(events), 1, 3, between=[1], via=PUTIN) is None
    assert find_chains_to(ChainGraph(events), 3, 1, via=PUTIN)[0].events == (1, 3), "an open end is one"


def test_alternatives_come_in_order_and_differ() -> None:
    chains = find_best_chains(ChainGraph(TALKS), 1, 5, between=[1], count=9)
    assert [chain.events for chain in chains] == [(1, 4, 5), (1, 2, 5), (1, 3, 5)]


def test_no_event_stands_twice_in_a_chain_though_documents_contradict_each_other() -> None:
    events = [event(1, "2018-01", KIM), event(2, None, MOON), event(3, None, TRUMP), event(4, "2018-03", KIM)]
    stated = [(1, 2), (2, 3), (3, 2), (3, 4)]
    graph = ChainGraph(events, [ChainLink(source=first, target=second, orders=True) for first, second in stated])
    assert [chain.events for chain in find_best_chains(graph, 1, 4, count=9)] == [(1, 2, 3, 4)]
    assert find_best_chain(graph, 1, 4, between=[4]) is None


def test_what_went_before_goes_back_as_far_as_asked_for() -> None:
    graph = ChainGraph(TALKS)
    assert len(find_chains_to(graph, 5, 2)[0].steps) <= 2
    assert find_chains_to(graph, 5, 4)[0].events[-1] == 5
    assert find_chains_from(graph, 1, 4)[0].events[0] == 1
    assert find_chains_to(graph, 1, 4) == ()
    assert find_chains_from(graph, 5, 4) == ()


def test_a_chain_with_an_open_end_goes_no_step_that_says_nothing() -> None:
    # Everybody is with Kim; that he was there before is no part of the story of Moon and Chung.
    story = [event(1, "2018-02-10", KIM, MOON, CHUNG), event(2, "2018-03-05", KIM, MOON, CHUNG)]
    others = [event(10 + n, f"2017-01-{n + 1:02}", KIM) for n in range(12)]
    last = event(3, "2018-04-27", KIM, MOON, CHUNG)
    assert find_chains_to(ChainGraph([*others, *story, last]), 3, 4)[0].events == (1, 2, 3)
    # Where there is nothing else, it is better than nothing.
    assert len(find_chains_to(ChainGraph([*others, event(3, "2018-04-27", KIM)]), 3, 2)[0].steps) == 2


# Against all paths ----------------------------------------------------------------------------------------------------


def takes_part(via: int | None, events: list[ChainEvent], numbers: Iterable[int]) -> bool:
    return via is None or any(via in events[number].actors for number in numbers)


def weakest_of(plain: nx.DiGraph, path: tuple[int, ...]) -> float:
    return min(plain.edges[edge]["strength"] for edge in pairwise(path))


def assert_best_first(
    chains: tuple[Chain, ...], merits: dict[tuple[int, ...], tuple[float, float]], count: int
) -> None:
    """That these are the `count` best of all paths, in order, none twice."""
    found = [chain.events for chain in chains]
    assert len(found) == len(set(found)) == min(count, len(merits))
    best = sorted(merits.values(), reverse=True)
    for path, (weakest, mean) in zip(found, best, strict=False):
        assert merits[path] == (pytest.approx(weakest, abs=1e-5), pytest.approx(mean, abs=1e-4))


def rounded(weakest: float, mean: float) -> tuple[float, float]:
    """Merits that differ by the rounding of the engine only are the same."""
    return round(weakest, 4), mean


@settings(max_examples=300, deadline=None)
@given(
    EVENTS, ENDS, ENDS, LINKS, st.sampled_from([(1,), (2,), (1, 2), (0, 1, 2, 3), (2, 3, 4)]),
    st.one_of(st.none(), st.integers(0, 4)), st.integers(1, 5),
)  # fmt: skip
def test_the_best_chains_are_the_best_of_all_paths_through_the_actor(
    drawn: Drawn,
    first_actors: list[int],
    last_actors: list[int],
    drawn_links: list[tuple[int, int, bool]],
    between: tuple[int, ...],
    via: int | None,
    count: int,
) -> None:
    events, links = built(drawn, first_actors, last_actors, drawn_links)
    plain, target = plain_graph(events, links), len(events) - 1
    merits = {
        path: rounded(weakest_of(plain, path), mean_weight(plain, events, path))
        for path in allowed_paths(plain, events, 0, target, max(between))
        if len(path) - 2 in between and takes_part(via, events, path[1:-1])
    }
    assert_best_first(
        find_best_chains(ChainGraph(events, links), 0, target, between, via=via, count=count), merits, count
    )


@settings(max_examples=300, deadline=None)
@given(
    EVENTS, ENDS, LINKS, st.integers(1, 4), st.one_of(st.none(), st.integers(0, 4)), st.integers(1, 4), st.booleans()
)  # fmt: skip
def test_chains_with_an_open_end_are_the_best_of_all_paths_of_their_length(
    drawn: Drawn,
    actors: list[int],
    drawn_links: list[tuple[int, int, bool]],
    steps: int,
    via: int | None,
    count: int,
    is_forward: bool,
) -> None:
    events, links = built(drawn, actors, actors, drawn_links)
    plain, end = plain_graph(events, links), 0 if is_forward else len(events) - 1
    paths = [
        path for path in open_paths(plain, events, end, steps, is_forward) if takes_part(via, events, others(path, end))
    ]
    find = find_chains_from if is_forward else find_chains_to
    chains = find(ChainGraph(events, links), end, steps, via=via, count=count)
    if not paths:
        assert chains == ()
        return
    strongest: dict[int, float] = {}
    for path in paths:
        strongest[len(path) - 1] = max(strongest.get(len(path) - 1, 0.0), weakest_of(plain, path))
    told = [length for length, weakest in strongest.items() if weakest > 2 - 1e-5]
    length = max(told) if told else max(strongest, key=lambda length: (round(strongest[length], 4), length))
    merits = {
        path: rounded(weakest_of(plain, path), open_weight(plain, events, path, end))
        for path in paths
        if len(path) - 1 == length
    }
    assert_best_first(chains, merits, count)


def others(path: tuple[int, ...], end: int) -> list[int]:
    return [number for number in path if number != end]


def open_weight(plain: nx.DiGraph, events: list[ChainEvent], path: tuple[int, ...], end: int) -> float:
    """Mean of the strengths and the saliences; a given beginning does not count, a given end does."""
    counted = path[1:] if path[0] == end else path
    strengths = sum(plain.edges[edge]["strength"] for edge in pairwise(path))
    return float(strengths + 6 * sum(events[number].salience for number in counted)) / (len(path) - 1)


def open_paths(
    plain: nx.DiGraph, events: list[ChainEvent], end: int, steps: int, is_forward: bool
) -> list[tuple[int, ...]]:
    """All paths from or to an event, through events that may carry and are not certain to lie on its other side."""
    fixed = events[end].when
    assert fixed is not None

    def may_carry(number: int) -> bool:
        when: When | None = events[number].when
        if number == end or not events[number].may_stand_between:
            return False
        return when is None or not (when.certainly_before(fixed) if is_forward else fixed.certainly_before(when))

    graph = plain if is_forward else plain.reverse()
    found, growing = [], [(end,)]
    for _ in range(steps):
        growing = [
            (*path, number) for path in growing for number in graph.successors(path[-1])
            if may_carry(number) and number not in path
        ]  # fmt: skip
        found += growing
    return found if is_forward else [tuple(reversed(path)) for path in found]


def test_a_tie_worth_telling_is_one_that_a_quarter_of_the_events_share() -> None:
    events = [event(n, f"2018-01-{n:02}", KIM if n < 5 else PUTIN) for n in range(1, 16)]
    chains = find_chains_to(ChainGraph(events), 4, 3)
    assert chains[0].weakest == pytest.approx(math.log2(16 / 4), abs=1e-5)
    assert chains[0].events == (1, 2, 3, 4)
