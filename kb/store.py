"""One knowledge base file: opening it, and reading what it holds.

    with open_for_reading(path) as base:
        for event in base.events(Selection(actors=(base.actor("Kim Jong Un").row,))):
            ...

Reading never creates or changes a file. Writing is `kb.writing`, which opens the file with `open_for_writing`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kb.model import (
    Reason,
    Selection,
    StoredActor,
    StoredDocument,
    StoredEvent,
    StoredLink,
    StoredMention,
)


@contextmanager
def open_for_reading(path: Path) -> Iterator[KnowledgeBase]:
    """An existing knowledge base.

    Raises NoKnowledgeBase where there is no file, UnusableKnowledgeBase where it cannot be read.
    """
    raise NotImplementedError
    yield


@contextmanager
def open_for_writing(path: Path) -> Iterator[KnowledgeBase]:
    """A knowledge base that may change, made where there is none, and brought to this version's schema."""
    raise NotImplementedError
    yield


class KnowledgeBase:
    """What one file holds, as values. Not for use by several threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection  # for `kb.search` and `kb.chains`; schema in docs/knowledge-base.md

    # Events

    def events(self, selection: Selection = Selection(), *, limit: int | None = None) -> tuple[StoredEvent, ...]:
        """The events of a selection in its order: by time (the wider period first, undated last) or by salience."""
        raise NotImplementedError

    def count_events(self, selection: Selection = Selection()) -> int:
        """How many events a selection holds."""
        raise NotImplementedError

    def events_by_row(self, rows: Sequence[int]) -> tuple[StoredEvent, ...]:
        """The events with these row ids, shown or not, in the given order; unknown ones are left out."""
        raise NotImplementedError

    def event(self, name: str) -> StoredEvent:
        """The event with a short id ("k7"), a key, or the id of an export, current or former.

        Raises NotFound, also for words: what words find is `kb.search`.
        """
        raise NotImplementedError

    def mentions(self, events: Iterable[StoredEvent]) -> dict[str, tuple[StoredMention, ...]]:
        """For each event's key its mentions, the best one first; mentions of withdrawn documents are left out."""
        raise NotImplementedError

    def links(self, events: Iterable[StoredEvent] | None = None) -> tuple[StoredLink, ...]:
        """The links that touch one of the events, or all of them."""
        raise NotImplementedError

    def explain(self, event: StoredEvent) -> tuple[Reason, ...]:
        """What stands behind each value of the event: rule, model or person, and the mention it comes from."""
        raise NotImplementedError

    # Actors

    def actors(self, *, everything: bool = False) -> tuple[StoredActor, ...]:
        """The actors of shown events (or all), those in most events first."""
        raise NotImplementedError

    def actor(self, name: str) -> StoredActor:
        """The actor with a short id, key, export id or name, whatever the case and the hyphens.

        A name that several bear raises Ambiguous, one that nobody bears NotFound with those that come close.
        """
        raise NotImplementedError

    # Documents

    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents by publication day, the undated last; withdrawn ones too."""
        raise NotImplementedError

    def document(self, name: str) -> StoredDocument:
        """The document with a short id, a key or the beginning of one (8 characters), a file name or a path."""
        raise NotImplementedError

    def text(self, document: StoredDocument | str) -> str:
        """The whole text of a document, given as such or by its key; "" where it was forgotten."""
        raise NotImplementedError
