"""Dossiers: named, ordered selections of events, each event with a heading, a line and a note of its own.

A dossier is what its judgements make of it (action "dossier", the name as subject, keys of events as the others), so
that history tells of it, undo takes each step back, and its events are found again after merging, splitting or reading
anew. Nothing is computed from it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kb.database import transaction
from kb.errors import NotFound, RefusedJudgement
from kb.judged import Judgement, read_judgements
from kb.model import StoredEvent
from kb.store import KnowledgeBase
from kb.writing import insert_judgement

TEXTS = ("heading", "line", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierEntry:
    """One event of a dossier."""

    event: StoredEvent
    heading: str = ""  # takes the place of the date; "" keeps the date
    line: str = ""  # takes the place of the label; "" keeps the label
    note: str = ""  # for whoever presents or teaches it

    @property
    def is_current(self) -> bool:
        """Whether the event may be shown: not once it was retracted or lost all its sources."""
        return self.event.hidden_because not in ("retracted", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A named, ordered selection of events."""

    name: str
    entries: tuple[DossierEntry, ...]
    lost: tuple[str, ...]  # keys of events that no document tells any more; they come back with their document


def list_dossiers(base: KnowledgeBase) -> tuple[Dossier, ...]:
    """All dossiers, in the order in which they were made."""
    drafts: dict[str, _Draft] = {}
    for judgement in read_judgements(base.connection):
        if judgement.action != "dossier" or judgement.is_undone:
            continue
        name = _folded(judgement.subject)
        if judgement.field == "new":
            drafts.setdefault(name, _Draft(base, judgement.subject))
        elif name in drafts:
            drafts[name].apply(judgement)
    return tuple(draft.finished() for draft in drafts.values())


def find_dossier(base: KnowledgeBase, name: str) -> Dossier:
    """The dossier of that name, whatever its case; NotFound names those that there are."""
    dossiers = list_dossiers(base)
    for dossier in dossiers:
        if _folded(dossier.name) == _folded(name):
            return dossier
    known = ", ".join(dossier.name for dossier in dossiers)
    advice = f"there are {known}" if known else f'make it with `zeitstrahl dossier new "{name}"`'
    raise NotFound(f"{name}: no such dossier; {advice}")


def create_dossier(base: KnowledgeBase, name: str, *, author: str, now: datetime) -> int:
    """Makes an empty dossier; the number of the judgement."""
    plain = _plain(name)
    if not plain:
        raise RefusedJudgement("a dossier needs a name")
    with transaction(base.connection):
        if any(_folded(dossier.name) == _folded(plain) for dossier in list_dossiers(base)):
            raise RefusedJudgement(f"{plain}: there is a dossier of that name; `zeitstrahl dossier list` shows all")
        return insert_judgement(base.connection, "dossier", plain, author=author, now=now, field="new")


def add_to_dossier(
    base: KnowledgeBase, name: str, events: Sequence[str], *, texts: Mapping[str, str] | None = None, author: str,
    now: datetime,
) -> bool:  # fmt: skip
    """Appends events (ids or keys), or gives an event that is in it other texts; False where all was so already.

    `texts` are those of `TEXTS` that change; "" takes one away.
    """
    given = {text: _plain(value) for text, value in (texts or {}).items()}
    if unknown := sorted(set(given) - set(TEXTS)):
        raise NotFound(f"{', '.join(unknown)}: no such text; there are {', '.join(TEXTS)}")
    with transaction(base.connection):
        dossier = find_dossier(base, name)
        inside = {entry.event.key: entry for entry in dossier.entries}
        found = [base.event(event) for event in events]
        changed = [
            event.key
            for event in found
            if event.key not in inside or any(getattr(inside[event.key], text) != given[text] for text in given)
        ]
        if changed:
            _insert(base, dossier, "add", changed, author=author, now=now, after=given or None)
    return bool(changed)


def remove_from_dossier(base: KnowledgeBase, name: str, events: Sequence[str], *, author: str, now: datetime) -> None:
    """Takes events out of a dossier; they stay in the knowledge base."""
    with transaction(base.connection):
        dossier = find_dossier(base, name)
        _insert(base, dossier, "remove", _keys_inside(base, dossier, events), author=author, now=now)


def order_dossier(base: KnowledgeBase, name: str, events: Sequence[str], *, author: str, now: datetime) -> None:
    """Puts these events first, in this order; the others follow as they stood. No events: all in order of time."""
    with transaction(base.connection):
        dossier = find_dossier(base, name)
        keys = _keys_inside(base, dossier, events) if events else _by_time([entry.event for entry in dossier.entries])
        _insert(base, dossier, "order", keys, author=author, now=now)


@dataclass(slots=True)
class _Draft:
    """A dossier while its judgements are applied; events are told apart by their row of today."""

    base: KnowledgeBase
    name: str
    texts: dict[str, dict[str, str]] = field(default_factory=dict)  # by key of the event as it is today
    events: dict[str, StoredEvent | None] = field(default_factory=dict)  # by any key that was looked up

    def apply(self, judgement: Judgement) -> None:
        keys = [self._current(key) for key in judgement.others]
        if judgement.field == "add":
            for key in keys:
                self.texts[key] = {**self.texts.get(key, {}), **(judgement.after or {})}
        elif judgement.field == "remove":
            for key in keys:
                self.texts.pop(key, None)
        elif judgement.field == "order":
            order = list(dict.fromkeys([*(key for key in keys if key in self.texts), *self.texts]))
            self.texts = {key: self.texts[key] for key in order}

    def finished(self) -> Dossier:
        found = [(self.events[key], texts) for key, texts in self.texts.items()]
        return Dossier(
            name=self.name,
            entries=tuple(DossierEntry(event=event, **texts) for event, texts in found if event is not None),
            lost=tuple(key for key in self.texts if self.events[key] is None),
        )

    def _current(self, key: str) -> str:
        """The key of the event that holds the mention today; the key itself where no document tells it."""
        if key not in self.events:
            try:
                self.events[key] = self.base.event(key)
            except NotFound:
                self.events[key] = None
        event = self.events[key]
        if event is None:
            return key
        self.events[event.key] = event
        return event.key


def _insert(
    base: KnowledgeBase, dossier: Dossier, change: str, keys: Sequence[str], *, author: str, now: datetime,
    after: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    insert_judgement(
        base.connection, "dossier", dossier.name, author=author, now=now, others=tuple(dict.fromkeys(keys)),
        field=change, after=after,
    )  # fmt: skip


def _keys_inside(base: KnowledgeBase, dossier: Dossier, events: Sequence[str]) -> list[str]:
    inside = {entry.event.key for entry in dossier.entries}
    keys = []
    for name in events:
        event = base.event(name)
        if event.key not in inside:
            raise NotFound(f"{event.short_id}: not in the dossier {dossier.name}; `zeitstrahl dossier show` lists them")
        keys.append(event.key)
    return keys


def _by_time(events: Sequence[StoredEvent]) -> list[str]:
    dated = [(event.when.sort_key, event.key) for event in events if event.when is not None]
    return [key for _, key in sorted(dated)] + [event.key for event in events if event.when is None]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _folded(name: str) -> str:
    return _plain(name).casefold()
