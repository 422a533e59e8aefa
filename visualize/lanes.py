"""The lanes of a timeline: which actors have one, in which order, and which event lies in which.

An event lies in the lane of its first actor that has one and is marked in those of the others. All of this is decided
here, before any zoom; how many rows a lane takes is decided in the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from visualize.model import TimelineEvent

MAX_LANES = 12
OTHERS = ""  # the actor of the lane that holds what no other lane does


@dataclass(frozen=True, slots=True, kw_only=True)
class LanePlan:
    """Lanes from top to bottom, and the lanes of each event."""

    actors: tuple[str, ...]  # TimelineActor.id or OTHERS
    home: tuple[int, ...]  # one per event: the lane it lies in
    shared: tuple[tuple[int, ...], ...]  # one per event: further lanes it is marked in


def plan_lanes(events: Sequence[TimelineEvent], max_lanes: int = MAX_LANES) -> LanePlan:
    """Lanes for the actors that take part most often, the rest in one lane at the end.

    `events` are in order of time. Lanes stand in order of first appearance, then neighbours are swapped as long as that
    brings actors of the same events closer together.
    """
    chosen = _choose_actors(events, max_lanes)
    order = _bring_together(chosen, events)
    position = {actor: lane for lane, actor in enumerate(order)}
    lanes_of = [[position[actor] for actor in dict.fromkeys(event.actors) if actor in position] for event in events]
    needs_others = any(not lanes for lanes in lanes_of)
    if needs_others:
        order.append(OTHERS)
    last = len(order) - 1
    return LanePlan(
        actors=tuple(order),
        home=tuple(lanes[0] if lanes else last for lanes in lanes_of),
        shared=tuple(tuple(lanes[1:]) for lanes in lanes_of),
    )


def _choose_actors(events: Sequence[TimelineEvent], max_lanes: int) -> list[str]:
    """Actors with a lane, in order of first appearance: the main one of an event who takes part in another, too."""
    parts: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    for event in events:
        parts.update(dict.fromkeys(event.actors, 1))
        leads.update(event.actors[:1])
    frequent = [actor for actor, count in parts.items() if count > 1 and leads[actor] > 0]
    frequent.sort(key=lambda actor: (-leads[actor], -parts[actor], actor))
    chosen = set(frequent[:max_lanes])
    return [actor for actor in parts if actor in chosen]


def _bring_together(actors: list[str], events: Sequence[TimelineEvent]) -> list[str]:
    lanes = set(actors)
    shared: Counter[frozenset[str]] = Counter()
    for event in events:
        for pair in combinations([actor for actor in dict.fromkeys(event.actors) if actor in lanes], 2):
            shared[frozenset(pair)] += 1
    order = list(actors)
    for _ in order:  # each pass can only shorten the way; as many passes as lanes are enough in practice
        swapped = False
        for upper in range(len(order) - 1):
            if _gain_of_swap(order, upper, shared) > 0:
                order[upper], order[upper + 1] = order[upper + 1], order[upper]
                swapped = True
        if not swapped:
            break
    return order


def _gain_of_swap(order: list[str], upper: int, shared: Counter[frozenset[str]]) -> int:
    """By how much the lanes of shared events come closer when a lane changes places with the one below."""
    first, second = order[upper], order[upper + 1]
    pull_first = pull_second = 0
    for place, actor in enumerate(order):
        if place in (upper, upper + 1):
            continue
        below = 1 if place > upper else -1
        pull_first += below * shared[frozenset((first, actor))]
        pull_second += below * shared[frozenset((second, actor))]
    return pull_first - pull_second
