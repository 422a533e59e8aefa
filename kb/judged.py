"""The judgements that stand, read for those who compute with them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kb.event_joining import Constraints

_NO_VALUES = ("undo", "add", "describe", "withdraw", "forget", "dossier")  # actions that no event's values follow from


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision of a person, as it was made."""

    number: int
    made_at: datetime
    author: str
    action: str  # confirm, merge, split, correct, retract, prefer, pin, add, describe, withdraw, forget, dossier, undo
    subject: str  # key of an event, an actor or a document; name of a dossier
    others: tuple[str, ...]
    field: str
    before: Any  # what JSON holds
    after: Any
    reason: str
    undoes: int | None
    is_undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedActors:
    """What people decided about actors."""

    merged: tuple[frozenset[str], ...]  # namings that are one actor
    namings: frozenset[str]  # all that any judgement, standing or undone, names


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedEvents:
    """What people decided about events."""

    constraints: Constraints
    by_key: dict[str, tuple[Judgement, ...]]  # decisions about values, by mention key, in order of time

    def about(self, keys: Iterable[str]) -> tuple[Judgement, ...]:
        """The decisions about the event that these mentions make up, in order of time."""
        found = {judgement.number: judgement for key in keys for judgement in self.by_key.get(key, ())}
        return tuple(found[number] for number in sorted(found))


def read_judgements(connection: sqlite3.Connection) -> tuple[Judgement, ...]:
    """All judgements in the order they were made, undone ones and undoings too."""
    rows = connection.execute(
        "SELECT id, made_at, author, action, subject, others, field, before, after, reason, undoes"
        " FROM judgement ORDER BY id"
    ).fetchall()
    undone: set[int] = set()
    for number, *_, undoes in reversed(rows):
        # Newest first: an undoing that was itself undone takes nothing away.
        if undoes is not None and number not in undone:
            undone.add(undoes)
    return tuple(
        Judgement(
            number=number, made_at=datetime.fromisoformat(made_at), author=author, action=action, subject=subject,
            others=tuple(json.loads(others)), field=field, before=None if before is None else json.loads(before),
            after=None if after is None else json.loads(after), reason=reason, undoes=undoes,
            is_undone=number in undone,
        )
        for number, made_at, author, action, subject, others, field, before, after, reason, undoes in rows
    )  # fmt: skip


def judged_actors(judgements: Iterable[Judgement]) -> JudgedActors:
    """The decisions about actors."""
    pairs: list[frozenset[str]] = []
    namings: set[str] = set()
    for judgement in judgements:
        if judgement.action == "merge" and judgement.field == "actor":
            members = frozenset({judgement.subject, *judgement.others})
            namings |= members
            if not judgement.is_undone:
                pairs.append(members)
    return JudgedActors(merged=tuple(_united(pairs)), namings=frozenset(namings))


def follow_former_keys(connection: sqlite3.Connection) -> Callable[[str], str]:
    """A function from the key of a mention to the key of the one that a later reading found in its place."""
    former = dict(connection.execute("SELECT key, current FROM former_key").fetchall())
    return lambda key: former.get(key, key)


def judged_events(judgements: Iterable[Judgement], current: Callable[[str], str]) -> JudgedEvents:
    """The decisions about events; of a merge and a split of the same mentions the later one holds.

    `current` leads keys of mentions to those of today.
    """
    merged: list[frozenset[str]] = []
    split: list[tuple[frozenset[str], frozenset[str]]] = []
    by_key: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.is_undone or judgement.field == "actor" or judgement.action in _NO_VALUES:
            continue
        if judgement.action == "merge":
            group = frozenset(map(current, (judgement.subject, *judgement.others)))
            split = [(a, b) for a, b in split if not (a & group and b & group)]
            merged.append(group)
        elif judgement.action == "split":
            apart = frozenset(map(current, judgement.others))
            rest = frozenset(map(current, judgement.before or ()))
            merged = [part for group in merged for part in _divided(group, apart, rest)]
            split.append((apart, rest))
        else:
            by_key[current(judgement.subject)].append(judgement)
    return JudgedEvents(
        constraints=Constraints(merged=tuple(_united(merged)), split=tuple(split)),
        by_key={key: tuple(found) for key, found in by_key.items()},
    )


def _divided(group: frozenset[str], apart: frozenset[str], rest: frozenset[str]) -> list[frozenset[str]]:
    if not (group & apart and group & rest):
        return [group]
    return [part for part in (group & apart, group - apart) if len(part) > 1]


def _united(groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The groups, those that share a member made one."""
    found: list[frozenset[str]] = []
    for group in groups:
        apart = []
        for other in found:
            if other & group:
                group |= other
            else:
                apart.append(other)
        found = [*apart, group]
    return sorted(found, key=sorted)
