"""Chains of events: how one thing led, step by step and in certain order, towards another.

A step goes from an event to one that certainly begins after it is over, and that something ties to it: actors that both
share, a document that tells of both, or a link that a document states. What ties two events is the stronger, the rarer
it is: everybody meets "Russland", few events have both Kim and Moon. The strength of a tie is its surprise in bits,
log2((n + 1) / k) for something that k of n events share. Of all that two events share, single actors, pairs of actors
and actors within one document, the rarest counts; a document alone counts a quarter, and a stated link as something
that these two alone share.

The best chain is the one whose weakest step is strongest; among those, the one with the greatest mean of strength and
salience. A chain with one end left open would be best with a single step; it is as long as was asked for, unless that
takes a step that says nothing. The next best chains are found by parting all others by where they leave the best one
(Lawler 1972, Management Science 18(7)).

All is arrays and prefix maxima over each tie's events in order of time, so that a step of the search costs one pass
over the rows, however many events a hub has: no edge between two events is ever written down.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from events import Status, TimelineError, When
from kb.model import StoredEvent, StoredLink
from kb.store import KnowledgeBase

Integers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]

_BIT = 1_000_000  # strengths are whole millionths of a bit: sums stay exact, and equal chains stay equal
_SALIENCE_BITS = 6  # the most salient event weighs as much as a tie that one event in 64 has
_NEVER = -1  # value of an event that no chain reaches
_SAME_DOCUMENT = 0.25  # an article tells of many things: alone a weak tie, with a shared actor a good one
_SPAN = 1 << 36  # beyond any sum of strengths; keeps the rows of different ties apart in one running maximum
_ACTORS_PAIRED = 8  # of an event with more actors only the rarest are paired
_WORTH_TELLING = 2 * _BIT  # what one event in four shares; for less a chain with an open end goes no step further
_OPEN_PAST, _OPEN_FUTURE = -(1 << 40), 1 << 40  # minutes, beyond any date
_CARRYING: tuple[Status, ...] = ("occurred",)
_ORDERING_LINKS = ("before", "causes")


class UncertainOrder(TimelineError):
    """Two events of which nobody can say that the first is over before the second begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainEvent:
    """What a chain needs to know of an event; all ids are integers from 0 on that the caller knows them by."""

    id: int
    when: When | None
    salience: float
    actors: tuple[int, ...]
    documents: tuple[int, ...] = ()  # that tell of it
    may_stand_between: bool = True  # what is planned, denied or cancelled may begin or end a chain, never carry it


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """A link that a document states; `orders` where its words say that the source came first."""

    source: int  # ChainEvent.id
    target: int
    orders: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """What ties an event to the one before it in a chain."""

    actors: tuple[int, ...]  # all that both share, rarest first
    documents: tuple[int, ...]  # that tell of both
    links: tuple[int, ...]  # positions in the links that the graph was built from
    strength: float  # bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Events in certain order; `steps` has one entry fewer than `events`."""

    events: tuple[int, ...]  # ChainEvent.id
    steps: tuple[ChainStep, ...]

    @property
    def weakest(self) -> float:
        """Bits of the weakest step."""
        return min(step.strength for step in self.steps)


def order_bounds(when: When | None) -> tuple[int, int]:
    """First and last minute that a time can touch, so that `a.certainly_before(b)` is `last of a < first of b`."""
    if when is None:
        return _OPEN_PAST, _OPEN_FUTURE
    first, last = when.order_bounds
    return (_OPEN_PAST if first is None else first), (_OPEN_FUTURE if last is None else last)


class ChainGraph:
    """Events and what ties them, as arrays; built once, asked often.

    Rows are pairs of a tie (an actor, or two actors together) and an event that has it, sorted by tie and by the end of
    the event. Positions count the given events from 0.
    """

    def __init__(self, events: Sequence[ChainEvent], links: Sequence[ChainLink] = ()) -> None:
        self.events = events
        self.links = links
        self.position = {event.id: index for index, event in enumerate(events)}
        bounds = np.array([order_bounds(event.when) for event in events], np.int64).reshape(-1, 2)
        self.low, self.high = bounds[:, 0], bounds[:, 1]
        weights = np.array([event.salience for event in events], np.float64)
        self.salience: Integers = (weights * _SALIENCE_BITS * _BIT).round().astype(np.int64)
        self.may_stand_between = np.array([event.may_stand_between for event in events], np.bool_)
        self._build_rows(_incidence(events))
        self.link_edges = list(self._directed_links())

    def _build_rows(self, incidence: tuple[Integers, Integers]) -> None:
        event, tie, strength = _rows_of_ties(*incidence, len(self.events))
        order = np.lexsort((event, self.high[event], tie))
        self.row_event, self.row_tie = event[order], tie[order]
        self.strength = strength
        self.tie_start: Integers = np.searchsorted(self.row_tie, np.arange(len(strength) + 1))
        ends, rank = np.unique(self.high, return_inverse=True)
        base = self.row_tie * (len(ends) + 1)
        begin = np.searchsorted(ends, self.low)[self.row_event]
        # For each row, the rows of its tie before `cut` are those of events that end before its own event begins.
        self.row_cut: Integers = np.searchsorted(base + rank.reshape(-1)[self.row_event], base + begin)
        self.by_event = np.argsort(self.row_event, kind="stable")
        self.event_start: Integers = np.searchsorted(self.row_event[self.by_event], np.arange(len(self.events) + 1))

    def _directed_links(self) -> Iterator[tuple[int, int, int]]:
        """Earlier event, later event, position of the link; out are links without an order or against the dates."""
        for number, link in enumerate(self.links):
            if link.source not in self.position or link.target not in self.position:
                continue
            source, target = self.position[link.source], self.position[link.target]
            if self.is_before(source, target) or (link.orders and not self.is_before(target, source)):
                yield source, target, number
            elif self.is_before(target, source) and not link.orders:
                yield target, source, number

    def is_before(self, first: int, second: int) -> bool:
        """Whether the dates say for certain that one position is over before the other begins."""
        return bool(self.high[first] < self.low[second])

    @property
    def link_strength(self) -> int:
        """What a stated link is worth: something that nobody else shares."""
        return _surprise(1, len(self.events))

    @cached_property
    def frequency(self) -> dict[int, int]:
        """Number of events that each actor has part in."""
        return Counter(actor for event in self.events for actor in dict.fromkeys(event.actors))

    def rows_of(self, event: int) -> Integers:
        """The rows of one position."""
        return self.by_event[self.event_start[event] : self.event_start[event + 1]]

    def predecessors(self, event: int) -> dict[int, int]:
        """All positions that lie one step before, each with the strength of that step."""
        found: dict[int, int] = {}
        for row in self.rows_of(event).tolist():
            tie = int(self.row_tie[row])
            strength = int(self.strength[tie])
            for other in self.row_event[self.tie_start[tie] : self.row_cut[row]].tolist():
                found[other] = max(found.get(other, _NEVER), strength)
        for source, target, _ in self.link_edges:
            if target == event:
                found[source] = self.link_strength
        return found

    def tied(self, event: int) -> dict[int, int]:
        """All positions that share an actor, in whatever order of time, each with the strength of the tie."""
        found: dict[int, int] = {}
        for row in self.rows_of(event).tolist():
            tie = int(self.row_tie[row])
            strength = int(self.strength[tie])
            for other in self.row_event[self.tie_start[tie] : self.tie_start[tie + 1]].tolist():
                found[other] = max(found.get(other, _NEVER), strength)
        found.pop(event, None)
        return found

    def describe_step(self, first: int, second: int) -> ChainStep:
        """What ties two positions, the first before the second."""
        shared = set(self.events[first].actors) & set(self.events[second].actors)
        links = tuple(number for source, target, number in self.link_edges if (source, target) == (first, second))
        strength = self.predecessors(second).get(first, 0)
        ranked = sorted(shared, key=lambda actor: (self.frequency[actor], actor))
        told = sorted(set(self.events[first].documents) & set(self.events[second].documents))
        return ChainStep(actors=tuple(ranked), documents=tuple(told), links=links, strength=strength / _BIT)


def read_graph(
    base: KnowledgeBase,
    ends: Sequence[StoredEvent],
    *,
    statuses: Collection[Status] = _CARRYING,
    since: int | None = None,
    until: int | None = None,
) -> tuple[ChainGraph, tuple[StoredLink, ...]]:
    """The graph of all shown events and the ends, and the links that `ChainStep.links` counts.

    Only what has one of the statuses and may reach the days `since` to `until` can stand between; all counts for how
    rare a tie is. `ChainEvent.id` is the event's row, its actors are rows of actors.
    """
    events = {event.row: event for event in (*base.events(), *ends)}
    links, documents = base.links(), _documents_of_events(base)
    nodes = [
        ChainEvent(
            id=event.row,
            when=event.when,
            salience=event.salience,
            actors=tuple(dict.fromkeys(role.actor.row for role in event.actors)),
            documents=documents.get(event.row, ()),
            may_stand_between=event.is_shown and event.status in statuses and _may_reach(event.when, since, until),
        )
        for event in sorted(events.values(), key=lambda event: event.key)
    ]
    stated = [ChainLink(source=link.source, target=link.target, orders=link.kind in _ORDERING_LINKS) for link in links]
    return ChainGraph(nodes, stated), links


def _may_reach(when: When | None, since: int | None, until: int | None) -> bool:
    if since is None and until is None:
        return True
    if when is None:
        return False
    too_early = since is not None and when.latest is not None and when.latest < since
    too_late = until is not None and when.earliest is not None and when.earliest > until
    return not (too_early or too_late)


def _documents_of_events(base: KnowledgeBase) -> dict[int, tuple[int, ...]]:
    """The rows of the documents that tell of each event."""
    found: dict[int, list[int]] = defaultdict(list)
    for event, document in base.connection.execute(
        "SELECT DISTINCT em.event, m.document FROM event_mention AS em JOIN mention AS m ON m.id = em.mention"
        " ORDER BY em.event, m.document"
    ):
        found[event].append(document)
    return {event: tuple(documents) for event, documents in found.items()}


def find_best_chain(
    graph: ChainGraph, source: int, target: int, between: Iterable[int] = (2, 3, 4), *, via: int | None = None
) -> Chain | None:
    """The first of `find_best_chains`, None where there is none."""
    return next(iter(find_best_chains(graph, source, target, between, via=via)), None)


def find_best_chains(
    graph: ChainGraph,
    source: int,
    target: int,
    between: Iterable[int] = (2, 3, 4),
    *,
    via: int | None = None,
    count: int = 1,
) -> tuple[Chain, ...]:
    """The best chains from one event to another with an allowed number of events between, the best one first.

    With `via` that actor has part in at least one event between. No two chains are made of the same events.
    Raises UncertainOrder where the dates leave open whether the first comes before the second.
    """
    start, goal = graph.position[source], graph.position[target]
    if not (graph.is_before(start, goal) or any(edge[:2] == (start, goal) for edge in graph.link_edges)):
        raise UncertainOrder("the first event is not certain to be over before the second begins")
    return _best_chains(graph, _make_task(graph, start, goal, tuple(number + 1 for number in between), via), count)


def find_chains_to(
    graph: ChainGraph, target: int, steps: int, *, via: int | None = None, count: int = 1
) -> tuple[Chain, ...]:
    """The best chains that end with an event, the best one first, all equally long: what went before it.

    They have `steps` steps; fewer where there are not so many, or one of them would be no tie worth telling. With `via`
    that actor has part in at least one event before the last.
    """
    return _chains_with_open_end(graph, None, graph.position[target], steps, via, count)


def find_chains_from(
    graph: ChainGraph, source: int, steps: int, *, via: int | None = None, count: int = 1
) -> tuple[Chain, ...]:
    """The best chains that begin with an event: what followed it. As `find_chains_to`, the other way."""
    return _chains_with_open_end(graph, graph.position[source], None, steps, via, count)


def direct_step(graph: ChainGraph, source: int, target: int) -> ChainStep:
    """What ties two events without any event between; its strength is 0 where nothing does."""
    return graph.describe_step(graph.position[source], graph.position[target])


def find_open_between(graph: ChainGraph, source: int, target: int, limit: int) -> tuple[int, ...]:
    """Events tied to both that may lie between them, but not for certain: the most strongly tied, in order of time.

    An event counts by the weaker of its two ties and its salience.
    """
    start, goal = graph.position[source], graph.position[target]
    left, right = graph.tied(start), graph.tied(goal)
    found = [
        (min(left[event], right[event]) + int(graph.salience[event]), event)
        for event in left.keys() & right.keys() - {start, goal}
        if graph.may_stand_between[event]
        and not (graph.is_before(event, start) or graph.is_before(goal, event))
        and not (graph.is_before(start, event) and graph.is_before(event, goal))
    ]
    return _in_order(graph, _best_ids(graph, found, limit))


def find_prehistory(graph: ChainGraph, event: int, limit: int) -> tuple[int, ...]:
    """Events one step before an event, the most strongly tied and most salient ones, in order of time."""
    before = graph.predecessors(graph.position[event])
    found = [
        (strength + int(graph.salience[other]), other)
        for other, strength in before.items()
        if graph.may_stand_between[other]
    ]
    return _in_order(graph, _best_ids(graph, found, limit))


def _best_ids(graph: ChainGraph, found: list[tuple[int, int]], limit: int) -> tuple[int, ...]:
    best = sorted(found, key=lambda pair: (-pair[0], pair[1]))[:limit]
    return tuple(graph.events[position].id for _, position in best)


def _in_order(graph: ChainGraph, ids: Iterable[int]) -> tuple[int, ...]:
    """The events by their earliest day, those without one last."""
    times = {id_: int(graph.low[graph.position[id_]]) for id_ in ids}
    return tuple(sorted(times, key=lambda id_: (times[id_] == _OPEN_PAST, times[id_], id_)))


# The search -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """The chains among which the best is sought: those that begin with `prefix` and do not go on to `barred`."""

    steps: tuple[int, ...]  # allowed numbers of them, the prefix included
    goals: Mask
    may_carry: Mask  # positions that may be neither the given end nor the given beginning
    met: Mask | None  # positions of which a chain has to pass one; None where it need not
    prefix: tuple[int, ...]  # empty where any position that may carry can begin
    barred: frozenset[int] = frozenset()

    @property
    def done(self) -> int:
        """Number of steps that the prefix has."""
        return max(len(self.prefix) - 1, 0)


def _make_task(
    graph: ChainGraph, start: int | None, goal: int | None, steps: tuple[int, ...], via: int | None
) -> _Task:
    may_carry = graph.may_stand_between.copy()
    if start is not None:
        may_carry &= ~(graph.high < graph.low[start])
    if goal is not None:
        may_carry &= ~(graph.low > graph.high[goal])
    may_carry[[end for end in (start, goal) if end is not None]] = False
    goals = may_carry
    if goal is not None:
        goals = np.zeros(len(graph.events), np.bool_)
        goals[goal] = True
    has_part = None if via is None else np.array([via in event.actors for event in graph.events], np.bool_)
    return _Task(
        steps=tuple(sorted(set(steps))),
        goals=goals,
        may_carry=may_carry,
        met=None if has_part is None else has_part & may_carry,
        prefix=() if start is None else (start,),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Solution:
    """The best path of a task; the greater `merit`, the better."""

    merit: tuple[int, float, int]  # weakest step, mean of strengths and saliences, the fewer events the better
    path: tuple[int, ...]
    task: _Task


def _best_chains(graph: ChainGraph, task: _Task, count: int) -> tuple[Chain, ...]:
    found: list[Chain] = []
    waiting = [solution for solution in (_solve(graph, task),) if solution]
    while waiting:
        best = max(waiting, key=lambda solution: solution.merit)
        # Documents that contradict each other can state that two undated events lie each before the other.
        if len(set(best.path)) == len(best.path):
            steps = tuple(graph.describe_step(first, second) for first, second in pairwise(best.path))
            found.append(Chain(events=tuple(graph.events[position].id for position in best.path), steps=steps))
        if len(found) == count:
            break
        waiting.remove(best)
        waiting += [solution for other in _parted(best) if (solution := _solve(graph, other))]
    return tuple(found)


def _parted(best: _Solution) -> Iterator[_Task]:
    """All other chains of the task that this path solves, by the place where they leave the path."""
    task, path = best.task, best.path
    for place in range(len(task.prefix), len(path)):
        already = task.barred if place == len(task.prefix) else frozenset()
        yield replace(task, prefix=path[:place], barred=already | {path[place]})


def _chains_with_open_end(
    graph: ChainGraph, start: int | None, goal: int | None, steps: int, via: int | None, count: int
) -> tuple[Chain, ...]:
    task = _make_task(graph, start, goal, tuple(range(1, steps + 1)), via)
    reached = _weakest_steps(graph, task)
    told = [number for number in task.steps if reached.get(number, _NEVER) >= _WORTH_TELLING]
    length = max(told) if told else max(task.steps, key=lambda number: (reached.get(number, _NEVER), number))
    return _best_chains(graph, replace(task, steps=(length,)), count)


def _solve(graph: ChainGraph, task: _Task) -> _Solution | None:
    reached = _weakest_steps(graph, task)
    weakest = max(reached.values(), default=_NEVER)
    if weakest == _NEVER:
        return None
    found = [
        _Solution(merit=(weakest, total / steps, -steps), path=path, task=task)
        for steps in reached
        if reached[steps] == weakest
        for total, path in [_heaviest_path(graph, task, steps, weakest)]
    ]
    return max(found, key=lambda solution: solution.merit)


def _weakest_steps(graph: ChainGraph, task: _Task) -> dict[int, int]:
    """For each allowed number of steps, how strong the weakest step of the best chain is."""
    row_strength = graph.strength[graph.row_tie]

    def step(state: Integers) -> Integers:
        return _per_event(graph, np.minimum(_best_before(graph, state), row_strength), state, min)

    strengths = [_strength_between(graph, first, second) for first, second in pairwise(task.prefix)]
    # No step yet is stronger than any.
    values = _first_layer(task, np.full(len(graph.events), min(strengths, default=_SPAN // 2), np.int64))
    reached = {}
    for number in range(task.done + 1, max(task.steps, default=0) + 1):
        values = _next_layer(task, values, step, number)
        if number in task.steps:
            reached[number] = int(values[1][task.goals].max(initial=_NEVER))
        values[:, ~task.may_carry] = _NEVER
    return reached


def _heaviest_path(graph: ChainGraph, task: _Task, steps: int, weakest: int) -> tuple[int, tuple[int, ...]]:
    """Sum of strengths and saliences, and the path: the heaviest one in so many steps, none weaker than allowed.

    The salience of a given beginning is not counted; it is the same for all.
    """
    row_strength = graph.strength[graph.row_tie]

    def step(state: Integers) -> Integers:
        before = _best_before(graph, state)
        sums = np.where((before == _NEVER) | (row_strength < weakest), _NEVER, before + row_strength)
        sums = _per_event(graph, sums, state, lambda link, so_far: link + so_far)
        return np.where(sums == _NEVER, _NEVER, sums + graph.salience)

    begun = graph.salience
    if task.prefix:
        weight = sum(_strength_between(graph, first, second) for first, second in pairwise(task.prefix))
        weight += sum(int(graph.salience[event]) for event in task.prefix if task.may_carry[event])
        begun = np.full(len(graph.events), weight, np.int64)
    layers = [_first_layer(task, begun)]
    for number in range(task.done + 1, steps + 1):
        values = _next_layer(task, layers[-1], step, number)
        values[:, ~(task.goals if number == steps else task.may_carry)] = _NEVER
        layers.append(values)
    goal = int(layers[-1][1].argmax())
    return int(layers[-1][1][goal]), task.prefix[:-1] + _trace(graph, task, layers, goal, weakest)


def _trace(graph: ChainGraph, task: _Task, layers: Sequence[Integers], goal: int, weakest: int) -> tuple[int, ...]:
    """The path through the layers that ends at a position of the last one."""
    path, state = [goal], 1
    for later, layer in zip(reversed(layers[1:]), reversed(layers[:-1]), strict=True):
        event = path[-1]
        rest = int(later[state][event]) - int(graph.salience[event])
        states = (1, 0) if task.met is not None and task.met[event] else (state,)
        state, previous = next(
            (earlier, other)
            for earlier in states
            for other, strength in sorted(graph.predecessors(event).items())
            if strength >= weakest and layer[earlier][other] != _NEVER and layer[earlier][other] + strength == rest
        )
        path.append(previous)
    return tuple(reversed(path))


def _first_layer(task: _Task, begun: Integers) -> Integers:
    """The values of the positions that the first open step starts from.

    Row 0 is for chains that have still to pass one of `met`, row 1 for those that need not any more.
    """
    values = np.full((2, len(begun)), _NEVER, np.int64)
    if task.prefix:
        has_met = task.met is None or bool(task.met[list(task.prefix)].any())
        values[int(has_met), task.prefix[-1]] = begun[task.prefix[-1]]
        return values
    values[int(task.met is None)] = np.where(task.may_carry, begun, _NEVER)
    values[:, list(task.barred)] = _NEVER
    return _moved_where_met(task, values)


def _next_layer(task: _Task, values: Integers, step: Callable[[Integers], Integers], number: int) -> Integers:
    """The values after one more step; `number` counts it from the beginning of the chain."""
    nothing = np.full(values.shape[1], _NEVER, np.int64)
    result = np.stack([step(state) if (state != _NEVER).any() else nothing for state in values])
    if task.prefix and number == task.done + 1:
        result[:, list(task.barred)] = _NEVER
    return _moved_where_met(task, result)


def _moved_where_met(task: _Task, values: Integers) -> Integers:
    if task.met is not None:
        values[1] = np.where(task.met, np.maximum(values[0], values[1]), values[1])
        values[0][task.met] = _NEVER
    return values


def _strength_between(graph: ChainGraph, first: int, second: int) -> int:
    return graph.predecessors(second)[first]


def _best_before(graph: ChainGraph, values: Integers) -> Integers:
    """For each row the greatest value among the events of its tie that end before its own event begins."""
    offset = graph.row_tie * _SPAN
    running = np.maximum.accumulate(values[graph.row_event] + offset)
    has_any = graph.row_cut > graph.tie_start[graph.row_tie]
    return np.where(has_any, running[graph.row_cut - 1] - offset, _NEVER)


def _per_event(graph: ChainGraph, rows: Integers, values: Integers, combine: Callable[[int, int], int]) -> Integers:
    """The greatest value among each event's rows and links."""
    result = np.full(len(graph.events), _NEVER, np.int64)
    starts = graph.event_start[:-1]
    has_rows = graph.event_start[1:] > starts
    if has_rows.any():
        result[has_rows] = np.maximum.reduceat(rows[graph.by_event], starts[has_rows])
    for source, target, _ in graph.link_edges:
        if values[source] != _NEVER:
            result[target] = max(result[target], combine(graph.link_strength, int(values[source])))
    return result


# Ties -----------------------------------------------------------------------------------------------------------------


def _surprise(count: int, total: int) -> int:
    """Millionths of a bit that a tie is worth which `count` of `total` events have."""
    return round(float(np.log2((total + 1) / count)) * _BIT)


def _incidence(events: Sequence[ChainEvent]) -> tuple[Integers, Integers]:
    """Positions of events with their actors and documents, a row for each; documents count down from -1."""
    pairs = [
        (index, tie)
        for index, event in enumerate(events)
        for tie in (*dict.fromkeys(event.actors), *(-1 - document for document in dict.fromkeys(event.documents)))
    ]
    rows = np.array(pairs, np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def _rows_of_ties(event: Integers, tie: Integers, total: int) -> tuple[Integers, Integers, Integers]:
    """Events, ties and the strength of each tie: actors, documents, and pairs that at least two events have."""
    values, single, counts = np.unique(tie, return_inverse=True, return_counts=True)
    single = single.reshape(-1)
    pair_event, pair = _pairs(event, single, counts, int(np.count_nonzero(values < 0)))
    keys, pair_tie, pair_counts = np.unique(pair, return_inverse=True, return_counts=True)
    pair_tie = pair_tie.reshape(-1)
    is_shared = pair_counts[pair_tie] > 1 if len(keys) else np.zeros(0, np.bool_)
    new_number = np.cumsum(pair_counts > 1) - 1
    events = np.concatenate([event, pair_event[is_shared]])
    ties = np.concatenate([single, len(counts) + new_number[pair_tie[is_shared]]])
    all_counts = np.concatenate([counts, pair_counts[pair_counts > 1]])
    bits = np.log2((total + 1) / np.maximum(all_counts, 1))
    bits[: len(values)][values < 0] *= _SAME_DOCUMENT
    strength = np.round(bits * _BIT).astype(np.int64)
    return events.astype(np.int64), ties.astype(np.int64), strength


def _pairs(event: Integers, single: Integers, counts: Integers, documents: int) -> tuple[Integers, Integers]:
    """Events and pairs of ties, a pair written as one number; the rarest ties of each event only.

    The first so many ties are documents: two of these are no pair.
    """
    order = np.lexsort((single, counts[single], event)) if len(event) else np.zeros(0, np.int64)
    event, single = event[order], single[order]
    place = np.arange(len(event)) - np.searchsorted(event, event)
    events, pairs = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    kept = place < _ACTORS_PAIRED
    event, single = event[kept], single[kept]
    for distance in range(1, _ACTORS_PAIRED):
        has_actor = np.maximum(single[distance:], single[:-distance]) >= documents
        same = (event[distance:] == event[:-distance]) & has_actor
        left, right = single[:-distance][same], single[distance:][same]
        events.append(event[distance:][same])
        pairs.append(np.minimum(left, right) * (len(counts) + 1) + np.maximum(left, right))
    return np.concatenate(events), np.concatenate(pairs)
