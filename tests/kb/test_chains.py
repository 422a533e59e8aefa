"""Chains between events: the search by prefix maxima against every simple path of a small graph."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events import When
from kb.chains import (
    ChainEvent,
    ChainGraph,
    ChainLink,
    UncertainOrder,
    direct_step,
    find_best_chain,
    find_open_between,
    find_prehistory,
)


def event(
    number: int, when: str | None, *actors: int,
    salience: float = 0.5, between: bool = True, documents: Sequence[int] = (),
) -> ChainEvent:  # fmt: skip
    return ChainEvent(
        id=number, when=When.parse(when) if when else None, salience=salience, actors=actors,
        documents=tuple(documents), may_stand_between=between,
    )  # fmt: skip


KIM, TRUMP, MOON, PUTIN, CHUNG = range(5)


def test_a_chain_prefers_the_rare_tie_to_the_hub() -> None:
    # Kim is everywhere; only the envoy ties the invitation to the summit.
    events = [
        event(1, "2018-02-10", KIM, MOON, CHUNG),
        event(2, "2018-03-05", KIM, CHUNG),
        event(3, "2018-03-06", KIM),
        event(4, "2018-04-27", KIM, MOON, CHUNG),
        *(event(10 + n, f"2017-01-{n + 1:02}", KIM) for n in range(20)),
    ]
    chain = find_best_chain(ChainGraph(events), 1, 4, between=[1])
    assert chain is not None
    assert chain.events == (1, 2, 4)
    assert chain.steps[0].actors == (CHUNG, KIM), "rarest first"


def test_two_hubs_together_tie_more_than_each_alone() -> None:
    events = [
        event(1, "2018-06-12", KIM, TRUMP),
        event(2, "2018-08-01", KIM, MOON),
        event(3, "2018-08-02", KIM, TRUMP),
        event(4, "2019-02-27", KIM, TRUMP),
        *(event(10 + n, f"2017-01-{n + 1:02}", KIM) for n in range(9)),
        *(event(30 + n, f"2017-02-{n + 1:02}", TRUMP) for n in range(9)),
    ]
    chain = find_best_chain(ChainGraph(events), 1, 4, between=[1])
    assert chain is not None
    assert chain.events == (1, 3, 4)
    assert chain.weakest == pytest.approx(math.log2((len(events) + 1) / 3), abs=1e-5)


def test_what_one_article_tells_of_one_actor_ties_more_than_the_actor_alone() -> None:
    events = [
        event(1, "2018-01", KIM, documents=[7]),
        event(2, "2018-02", KIM, documents=[8], salience=0.9),
        event(3, "2018-03", KIM, documents=[7], salience=0.1),
        event(4, "2018-04", KIM, documents=[7]),
    ]
    chain = find_best_chain(ChainGraph(events), 1, 4, between=[1])
    assert chain is not None
    assert chain.events == (1, 3, 4)
    assert chain.steps[0].documents == (7,)


def test_of_equally_strong_chains_the_more_salient_is_taken() -> None:
    events = [
        event(1, "2018-01", KIM),
        event(2, "2018-02", KIM, salience=0.2),
        event(3, "2018-03", KIM, salience=0.9),
        event(4, "2018-04", KIM),
    ]
    chain = find_best_chain(ChainGraph(events), 1, 4, between=[1])
    assert chain is not None
    assert chain.events == (1, 3, 4)


def test_an_event_of_open_order_never_stands_in_a_chain() -> None:
    # Some day of 2018 may lie before, after or between.
    events = [event(1, "2018-06-12", KIM), event(2, "2018", KIM), event(3, "2019-02-27", KIM), event(4, None, KIM)]
    graph = ChainGraph(events)
    assert find_best_chain(graph, 1, 3, between=[1, 2]) is None
    assert find_open_between(graph, 1, 3, 5) == (2, 4)


def test_what_is_only_planned_carries_no_chain() -> None:
    events = [event(1, "2018-01", KIM), event(2, "2018-02", KIM, between=False), event(3, "2018-03", KIM)]
    graph = ChainGraph(events)
    assert find_best_chain(graph, 1, 3, between=[1]) is None
    assert find_open_between(graph, 1, 3, 5) == ()


def test_stated_order_carries_a_step_that_dates_leave_open() -> None:
    events = [event(1, "2018-06", KIM), event(2, "2018-06", TRUMP), event(3, "2018-07", TRUMP)]
    graph = ChainGraph(events, [ChainLink(source=1, target=2, orders=True)])
    chain = find_best_chain(graph, 1, 3, between=[1])
    assert chain is not None
    assert chain.events == (1, 2, 3)
    assert chain.steps[0].links == (0,)
    assert chain.steps[0].actors == ()


def test_stated_order_against_the_dates_is_no_step() -> None:
    events = [event(1, "2018-06", KIM), event(2, "2018-05", KIM), event(3, "2018-07", KIM)]
    graph = ChainGraph(events, [ChainLink(source=1, target=2, orders=True)])
    assert find_best_chain(graph, 1, 3, between=[1]) is None


def test_ends_without_certain_order_are_refused() -> None:
    graph = ChainGraph([event(1, "2018", KIM), event(2, "2018-06-12", KIM)])
    with pytest.raises(UncertainOrder):
        find_best_chain(graph, 1, 2)
    with pytest.raises(UncertainOrder):
        find_best_chain(graph, 2, 1)


def test_prehistory_is_before_tied_and_in_order_of_time() -> None:
    events = [
        event(1, "2017-01", KIM, PUTIN, salience=0.1),
        event(2, "2017-02", MOON),
        event(3, "2017-03", KIM, salience=0.9),
        event(4, "2017-04", KIM, salience=0.1),
        event(5, "2018-01", KIM, PUTIN),
        event(6, "2019-01", KIM, PUTIN),
    ]
    assert find_prehistory(ChainGraph(events), 5, 2) == (1, 3)


def test_two_events_without_a_tie_have_no_direct_step() -> None:
    graph = ChainGraph([event(1, "2017", KIM), event(2, "2018", MOON)])
    assert direct_step(graph, 1, 2).strength == 0
    assert find_best_chain(graph, 1, 2, between=[0, 1]) is None


DATES = st.sampled_from(
    ["2018-01-01", "2018-01-02", "2018-01-03", "2018-01-04", "2018-01-05", "2018-01-02T10:00", "2018-01-02T15:00",
     "2018-01", "2018-01-02/2018-01-03", "2018-01-04~", "../2018-01-03", "2018-01-03/.."]
)  # fmt: skip
EVENTS = st.lists(
    st.tuples(
        st.one_of(st.none(), DATES, DATES, DATES),
        st.integers(0, 10),
        st.lists(st.integers(0, 4), min_size=1, max_size=3, unique=True),
        st.sampled_from([True, True, True, False]),
        st.lists(st.integers(0, 2), max_size=2, unique=True),
    ),
    min_size=3,
    max_size=8,
)
ENDS = st.lists(st.integers(0, 4), min_size=1, max_size=4, unique=True)
LINKS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=3)


def strength_of_sharing(events: list[ChainEvent], first: ChainEvent, second: ChainEvent) -> float:
    """The definition, written down plainly: the rarest of what both share, single or in pairs.

    A document alone is worth a quarter; two documents are no pair.
    """
    shared = sorted(features(first) & features(second))
    groups = [{one} for one in shared] + [{a, b} for a in shared for b in shared if a < b]
    best = 0.0
    for group in groups:
        if all(kind == "document" for kind, _ in group) and len(group) == 2:
            continue
        count = sum(group <= features(event) for event in events)
        factor = 0.25 if all(kind == "document" for kind, _ in group) else 1.0
        best = max(best, factor * math.log2((len(events) + 1) / count))
    return best


def features(event: ChainEvent) -> set[tuple[str, int]]:
    return {("actor", actor) for actor in event.actors} | {("document", document) for document in event.documents}


def plain_graph(events: list[ChainEvent], links: list[ChainLink]) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(events)))
    is_before = {
        (a.id, b.id): a.when is not None and b.when is not None and a.when.certainly_before(b.when)
        for a in events
        for b in events
    }
    for a in events:
        for b in events:
            if is_before[a.id, b.id] and (strength := strength_of_sharing(events, a, b)):
                graph.add_edge(a.id, b.id, strength=strength)
    for link in links:
        if not (link.source < len(events) and link.target < len(events)) or link.source == link.target:
            continue
        forward, backward = is_before[link.source, link.target], is_before[link.target, link.source]
        if forward or (link.orders and not backward):
            graph.add_edge(link.source, link.target, strength=math.log2(len(events) + 1))
        elif backward and not link.orders:
            graph.add_edge(link.target, link.source, strength=math.log2(len(events) + 1))
    return graph


Drawn: TypeAlias = list[tuple[str | None, int, list[int], bool, list[int]]]


def built(
    drawn: Drawn, first_actors: list[int], last_actors: list[int], drawn_links: list[tuple[int, int, bool]]
) -> tuple[list[ChainEvent], list[ChainLink]]:
    """The drawn events between a first and a last one, and the links."""
    events = [
        event(number, when, *actors, salience=salience / 10, between=may, documents=documents)
        for number, (when, salience, actors, may, documents) in enumerate(drawn, start=1)
    ]
    last = event(len(events) + 1, "2018-01-05", *last_actors, documents=[1])
    links = [ChainLink(source=a, target=b, orders=orders) for a, b, orders in drawn_links if a != b]
    return [event(0, "2017-12", *first_actors, documents=[0]), *events, last], links


@settings(max_examples=300, deadline=None)
@given(EVENTS, ENDS, ENDS, LINKS, st.sampled_from([(0,), (1,), (2,), (1, 2), (0, 1, 2, 3), (2, 3, 4)]))
def test_the_best_chain_is_the_best_of_all_paths(
    drawn: Drawn,
    first_actors: list[int],
    last_actors: list[int],
    drawn_links: list[tuple[int, int, bool]],
    between: tuple[int, ...],
) -> None:
    events, links = built(drawn, first_actors, last_actors, drawn_links)
    graph, plain = ChainGraph(events, links), plain_graph(events, links)
    source, target = 0, len(events) - 1
    chain = find_best_chain(graph, source, target, between)
    paths = [path for path in allowed_paths(plain, events, source, target, max(between)) if len(path) - 2 in between]
    if chain is None:
        assert paths == []
        return
    weakest = {tuple(path): min(plain.edges[edge]["strength"] for edge in pairwise(path)) for path in paths}
    assert chain.events in weakest
    assert chain.weakest == pytest.approx(max(weakest.values()), abs=1e-5)
    assert chain.weakest == pytest.approx(weakest[chain.events], abs=1e-5)
    rivals = [path for path, strength in weakest.items() if strength > chain.weakest - 1e-5]
    means = [mean_weight(plain, events, path) for path in rivals]
    assert mean_weight(plain, events, chain.events) == pytest.approx(max(means), abs=1e-4)


def allowed_paths(
    plain: nx.DiGraph, events: list[ChainEvent], source: int, target: int, between: int
) -> list[tuple[int, ...]]:
    """All paths through events that may stand between, and that do not certainly lie outside the two ends."""

    def lies_outside(event: ChainEvent) -> bool:
        first, last = events[source].when, events[target].when
        if event.when is None:
            return False
        before = first is not None and event.when.certainly_before(first)
        return before or (last is not None and last.certainly_before(event.when))

    paths = nx.all_simple_paths(plain, source, target, cutoff=between + 1)
    return [
        tuple(path)
        for path in paths
        if all(events[n].may_stand_between and not lies_outside(events[n]) for n in path[1:-1])
    ]


def mean_weight(plain: nx.DiGraph, events: list[ChainEvent], path: tuple[int, ...]) -> float:
    steps = sum(plain.edges[edge]["strength"] for edge in pairwise(path))
    return float(steps + 6 * sum(events[n].salience for n in path[1:])) / (len(path) - 1)
