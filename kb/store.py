"""One knowledge base file: opening it, and reading what it holds.

    with open_for_reading(path) as base:
        for event in base.events(Selection(actors=(base.actor("Kim Jong Un").row,))):
            ...

Reading never creates or changes a file. What changes one is in `kb.writing` and `kb.judgements`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.actor_tables import public_id
from kb.database import connect_for_reading, connect_for_writing, errors_in_words
from kb.derivation import follow_rules
from kb.errors import Ambiguous, NotFound
from kb.event_tables import MENTION_BY_KEY, mention_key_parts
from kb.explaining import explain_event
from kb.folding import fold_transcribed
from kb.model import (
    Reason,
    Selection,
    StoredActor,
    StoredDocument,
    StoredEvent,
    StoredLink,
    StoredMention,
)
from kb.rows import (
    AMONG,
    EVENT_COLUMNS,
    events_from_rows,
    json_list,
    read_actors,
    read_documents,
    read_links,
    read_mentions,
)

_TIME_ORDER = "e.start, coalesce(e.latest, 4000000000) DESC, e.clock_order, e.key"
_KEY_LETTERS = 8  # of a document's key that are enough to name it


@contextmanager
def open_for_reading(path: Path) -> Iterator[KnowledgeBase]:
    """An existing knowledge base, as it is when first read.

    Raises NoKnowledgeBase where there is no file, UnusableKnowledgeBase where it cannot be read.
    """
    with errors_in_words(path):
        connection = connect_for_reading(path)
        try:
            # One view of the file for all that is read: a writer may commit between two questions.
            connection.execute("BEGIN")
            yield KnowledgeBase(path, connection)
        finally:
            connection.close()


@contextmanager
def open_for_writing(path: Path) -> Iterator[KnowledgeBase]:
    """A knowledge base that may change, made where there is none, and brought to this version's schema and rules."""
    with errors_in_words(path):
        connection = connect_for_writing(path)
        try:
            follow_rules(connection)
            yield KnowledgeBase(path, connection)
        finally:
            connection.close()


class KnowledgeBase:
    """What one file holds, as values. Not for use by several threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection  # for `kb.search` and `kb.chains`; schema in docs/knowledge-base.md

    # Events

    def events(self, selection: Selection | None = None, *, limit: int | None = None) -> tuple[StoredEvent, ...]:
        """The events of a selection in its order.

        By time (the wider period first, undated last), by salience, or in the order of its rows.
        """
        chosen = selection or Selection()
        condition, values = _condition(self._bounded(chosen, limit))
        if chosen.order == "rows":
            place = {row: number for number, row in enumerate(chosen.rows or ())}
            rows = sorted(self._event_rows(condition, values, "e.id", None), key=lambda row: place[row[0]])[:limit]
        elif chosen.order == "salience":
            rows = self._event_rows(condition, values, f"e.salience DESC, e.sources DESC, {_TIME_ORDER}", limit)
        else:
            rows = self._event_rows(f"{condition} AND e.start IS NOT NULL", values, _TIME_ORDER, limit)
            if limit is None or len(rows) < limit:
                rest = None if limit is None else limit - len(rows)
                rows += self._event_rows(f"{condition} AND e.start IS NULL", values, "e.key", rest)
        return events_from_rows(self.connection, rows)

    def count_events(self, selection: Selection | None = None) -> int:
        """How many events a selection holds."""
        condition, values = _condition(selection or Selection())
        found = self.connection.execute(f"SELECT count(*) FROM event AS e WHERE {condition}", values).fetchone()
        return int(found[0])

    def events_by_row(self, rows: Sequence[int]) -> tuple[StoredEvent, ...]:
        """The events with these row ids, shown or not, in the given order; unknown ones are left out."""
        found = self.connection.execute(
            f"SELECT {EVENT_COLUMNS} FROM event AS e WHERE e.id {AMONG}", (json_list(rows),)
        )
        by_row = {event.row: event for event in events_from_rows(self.connection, found.fetchall())}
        return tuple(by_row[row] for row in rows if row in by_row)

    def event(self, name: str) -> StoredEvent:
        """The event with a short id ("k7"), a key, or the id of an export, current or former.

        Raises NotFound, also for words: what words find is `kb.search`.
        """
        row = self._event_row(name.strip())
        if row is None:
            raise NotFound(f"{name}: no such event; `zeitstrahl events` lists them with their ids")
        return self.events_by_row([row])[0]

    def mentions(self, events: Iterable[StoredEvent]) -> dict[str, tuple[StoredMention, ...]]:
        """For each event's key its mentions, the best one first; mentions of withdrawn documents are left out."""
        keys = {event.row: event.key for event in events}
        pairs = self.connection.execute(
            f"SELECT event, mention FROM event_mention WHERE event {AMONG} ORDER BY event, position", (json_list(keys),)
        ).fetchall()
        mentions = read_mentions(self.connection, [mention for _, mention in pairs])
        found: dict[str, list[StoredMention]] = {key: [] for key in keys.values()}
        for event, mention in pairs:
            found[keys[event]].append(mentions[mention])
        return {key: tuple(rows) for key, rows in found.items()}

    def links(self, events: Iterable[StoredEvent] | None = None) -> tuple[StoredLink, ...]:
        """The links that touch one of the events, or all of them."""
        if events is None:
            return read_links(self.connection)
        rows = json_list(event.row for event in events)
        return read_links(self.connection, f"WHERE l.source {AMONG} OR l.target {AMONG}", (rows, rows))

    def explain(self, event: StoredEvent) -> tuple[Reason, ...]:
        """What stands behind each value of the event: rule, model or person, and the mention it comes from."""
        joined = self.connection.execute(
            "SELECT em.mention, CASE WHEN em.telling = em.mention THEN t.rule ELSE m.join_rule END"
            " FROM event_mention AS em JOIN telling AS t ON t.id = em.telling JOIN mention AS m ON m.id = em.mention"
            " WHERE em.event = ?",
            (event.row,),
        )
        return explain_event(event, self.mentions([event])[event.key], dict(joined.fetchall()))

    # Actors

    def actors(self, *, everything: bool = False) -> tuple[StoredActor, ...]:
        """The actors of shown events (or all), those in most events first."""
        condition = "" if everything else "WHERE EXISTS (SELECT 1 FROM event_actor WHERE actor = actor.id AND is_shown)"
        return read_actors(self.connection, condition)

    def actors_by_row(self, rows: Iterable[int]) -> tuple[StoredActor, ...]:
        """The actors with these row ids, those in most events first."""
        return read_actors(self.connection, f"WHERE id {AMONG}", (json_list(rows),))

    def actor(self, name: str) -> StoredActor:
        """The actor with a short id, key, export id or name, whatever the case and the hyphens.

        A name that several bear raises Ambiguous, one that nobody bears NotFound with those that come close.
        """
        wanted = name.strip()
        rows = self._actor_rows(wanted)
        found = self.actors_by_row(rows)
        if len(found) == 1:
            return found[0]
        if not found:
            raise NotFound(f"{name}: no such actor{self._like_actors(wanted)}; `zeitstrahl actors` lists them")
        folded = fold_transcribed(wanted)
        mains = [actor for actor in found if fold_transcribed(actor.name) == folded]
        if len(mains) == 1:
            return mains[0]
        choices = ", ".join(f"{actor.short_id} {actor.name}" for actor in found)
        raise Ambiguous(f"{name}: several actors bear this name: {choices}", tuple(actor.short_id for actor in found))

    # Documents

    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents by publication day, the undated last; withdrawn ones too."""
        return read_documents(self.connection)

    def document(self, name: str) -> StoredDocument:
        """The document with a short id, a key or the beginning of one (8 characters), a file name or a path."""
        wanted = name.strip()
        number = _number(wanted, "d")
        found = read_documents(self.connection, "WHERE id = ?", (number,)) if number is not None else ()
        if not found and len(wanted) >= _KEY_LETTERS:
            found = read_documents(self.connection, "WHERE substr(key, 1, ?) = ?", (len(wanted), wanted.lower()))
        if not found:
            condition = "WHERE id IN (SELECT document FROM location WHERE path = ?1 OR name = ?1)"
            found = read_documents(self.connection, condition, (wanted,))
        if not found:
            raise NotFound(f"{name}: no such document; `zeitstrahl documents` lists them with their ids")
        if len(found) > 1:
            choices = ", ".join(f"{document.short_id} {document.name}" for document in found)
            raise Ambiguous(f"{name}: several documents: {choices}", tuple(document.short_id for document in found))
        return found[0]

    def text(self, document: StoredDocument | str) -> str:
        """The whole text of a document, given as such or by its key; "" where it was forgotten."""
        key = document if isinstance(document, str) else document.key
        found = self.connection.execute("SELECT text FROM document WHERE key = ?", (key,)).fetchone()
        if found is None:
            raise NotFound(f"{key}: no such document; `zeitstrahl documents` lists them with their ids")
        return str(found[0])

    def _event_rows(
        self, condition: str, values: Sequence[Any], order: str, limit: int | None
    ) -> list[tuple[Any, ...]]:
        # -1 is no limit.
        return self.connection.execute(
            f"SELECT {EVENT_COLUMNS} FROM event AS e WHERE {condition} ORDER BY {order} LIMIT ?",
            (*values, -1 if limit is None else limit),
        ).fetchall()

    def _bounded(self, selection: Selection, limit: int | None) -> Selection:
        """The selection by rows where an index tells the first events of one actor, who may have too many to sort."""
        plain = Selection(actors=selection.actors, everything=selection.everything)
        if limit is None or len(selection.actors) != 1 or selection != plain:
            return selection
        shown = "" if selection.everything else "AND is_shown"
        dated = f"FROM event_actor WHERE actor = ? {shown} AND start IS NOT NULL"
        actor = selection.actors[0]
        # Twice as far, since an actor may have two parts in one event; then all of that day, since the order goes on.
        query = f"SELECT start {dated} ORDER BY start LIMIT 1 OFFSET ?"
        last = self.connection.execute(query, (actor, 2 * limit)).fetchone()
        if last is None:
            return selection
        rows = self.connection.execute(f"SELECT DISTINCT event {dated} AND start <= ?", (actor, last[0]))
        return replace(selection, rows=tuple(row for (row,) in rows))

    def _event_row(self, name: str) -> int | None:
        number = _number(name, "k")
        if number is not None:
            found = self.connection.execute("SELECT key FROM event_number WHERE number = ?", (number,)).fetchone()
            return self._row_of_mention(found[0]) if found else None
        if name.startswith("e-"):
            return self._row_of_public_id(name)
        return self._row_of_mention(name)

    def _row_of_mention(self, key: str) -> int | None:
        """The event that holds the mention with a key, or the one that took its place."""
        found = self.connection.execute(
            f"SELECT event FROM event_mention WHERE mention = ({MENTION_BY_KEY})", mention_key_parts(key)
        ).fetchone()
        if found is not None:
            return int(found[0])
        former = self.connection.execute("SELECT current FROM former_key WHERE key = ?", (key,)).fetchone()
        return self._row_of_mention(former[0]) if former else None

    def _row_of_public_id(self, name: str) -> int | None:
        found = self.connection.execute("SELECT id FROM event WHERE public_id = ?", (name,)).fetchone()
        if found is not None:
            return int(found[0])
        for (key,) in self.connection.execute("SELECT key FROM event_number"):
            if public_id("e", key) == name:
                return self._row_of_mention(key)
        return None

    def _actor_rows(self, name: str) -> set[int]:
        number = _number(name, "a")
        if number is not None:
            found = self.connection.execute("SELECT key FROM actor_number WHERE number = ?", (number,)).fetchone()
            name = found[0] if found else name
        rows = self.connection.execute(
            "SELECT id FROM actor WHERE key = ?1 OR public_id = ?1 UNION"
            " SELECT actor FROM actor_member WHERE naming = ?1",
            (name,),
        ).fetchall()
        if not rows:
            folded = fold_transcribed(name)
            rows = self.connection.execute("SELECT actor FROM actor_name WHERE folded = ?", (folded,)).fetchall()
        return {row for (row,) in rows}

    def _like_actors(self, name: str) -> str:
        """Names that begin with one of the words."""
        words = [word for word in fold_transcribed(name).split() if len(word) > 2]
        close = self.connection.execute(
            "SELECT a.name FROM actor_name AS n JOIN actor AS a ON a.id = n.actor JOIN json_each(?) AS word"
            " ON instr(' ' || n.folded, ' ' || word.value) GROUP BY a.id"
            " ORDER BY count(DISTINCT word.value) DESC, sum(n.bearers) DESC, a.name LIMIT 5",
            (json_list(words),),
        ).fetchall()
        return f" (did you mean {', '.join(each for (each,) in close)}?)" if close else ""


def _number(name: str, letter: str) -> int | None:
    """The number of a short id, None for other names; SQLite takes no greater ones than 63 bits."""
    digits = name[1:]
    return (
        int(digits)
        if name[:1].lower() == letter and digits.isascii() and digits.isdecimal() and len(digits) < 18
        else None
    )


def _condition(selection: Selection) -> tuple[str, list[Any]]:
    """The selection in SQL, for a table `event` named e."""
    parts: list[str] = ["1" if selection.everything else "e.is_shown = 1"]
    values: list[Any] = []
    lists: tuple[tuple[Iterable[int | str] | None, str], ...] = (
        (selection.actors or None, f"e.id IN (SELECT event FROM event_actor WHERE actor {AMONG})"),
        (selection.places or None, f"e.place {AMONG}"),
        (selection.statuses or None, f"e.status {AMONG}"),
        (selection.kinds or None, f"e.kind {AMONG}"),
        (selection.documents or None, f"e.id IN (SELECT event FROM telling WHERE document {AMONG})"),
        (selection.rows, f"e.id {AMONG}"),
    )
    for wanted, condition in lists:
        if wanted is not None:
            parts.append(condition)
            values.append(json_list(wanted))
    if selection.is_checked is not None:
        parts.append(f"e.checked_by IS {'NOT ' if selection.is_checked else ''}NULL")
    if selection.since is not None:
        parts.append("e.start IS NOT NULL AND (e.latest IS NULL OR e.latest >= ?)")
        values.append(selection.since)
    if selection.until is not None:
        parts.append("e.start IS NOT NULL AND (e.earliest IS NULL OR e.earliest <= ?)")
        values.append(selection.until)
    return " AND ".join(parts), values
