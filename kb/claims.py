"""Documents and what they say, in and out of the file: the rows that no rule of joining ever changes."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime

from events import Actor, Document, DocumentId, Extraction, LocalEvent, Mention, When, Zone

DESCRIBED = ("title", "outlet", "agency", "author", "url")  # metadata that people may correct, besides the day


def insert_document(connection: sqlite3.Connection, document: Document, added: datetime) -> int:
    """The row id of a document that was not there; `kb.describing` fills in its metadata."""
    cursor = connection.execute(
        "INSERT INTO document (key, text, language, as_read, added_at) VALUES (?, ?, ?, ?, ?)",
        (document.id, document.text, document.language,
         json.dumps({field: getattr(document, field) for field in DESCRIBED}, ensure_ascii=False),
         added.isoformat(timespec="seconds")),
    )  # fmt: skip
    row = cursor.lastrowid
    assert row is not None
    connection.executemany(
        "INSERT INTO zone VALUES (?, ?, ?, ?)", [(row, zone.start, zone.end, zone.kind) for zone in document.zones]
    )
    return row


def read_document(connection: sqlite3.Connection, row: int) -> Document:
    """The document as extraction takes it, with today's metadata."""
    (key, text, language, title, published, basis, outlet, agency, author, url) = connection.execute(
        "SELECT key, text, language, title, published, published_basis, outlet, agency, author, url"
        " FROM document WHERE id = ?",
        (row,),
    ).fetchone()
    zones = connection.execute(
        "SELECT kind, start_offset, end_offset FROM zone WHERE document = ? ORDER BY start_offset", (row,)
    )
    return Document(
        id=DocumentId(key), text=text, language=language, title=title,
        published=None if published is None else date.fromordinal(published), published_basis=basis, outlet=outlet,
        agency=agency, author=author, url=url, zones=tuple(Zone(kind=k, start=s, end=e) for k, s, e in zones),
    )  # fmt: skip


def insert_extraction(connection: sqlite3.Connection, row: int, extraction: Extraction) -> None:
    """Stores all that a document says; it must hold nothing from an earlier extraction."""
    connection.execute("UPDATE document SET model = ? WHERE id = ?", (extraction.model, row))
    connection.executemany(
        "INSERT INTO remark VALUES (?, ?, ?)", [(row, n, text) for n, text in enumerate(extraction.remarks)]
    )
    actors = {actor.key: _insert_actor(connection, row, actor) for actor in extraction.actors}
    mentions = {mention.key: mention for mention in extraction.mentions}
    for event in extraction.events:
        for position, key in enumerate(event.mentions):
            _insert_mention(connection, row, mentions[key], event, position, actors)
    connection.executemany(
        "INSERT INTO local_link VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (row, position, link.source, link.target, link.kind, link.evidence.start if link.evidence else None,
             link.evidence.end if link.evidence else None, link.rule)
            for position, link in enumerate(extraction.links)
        ],
    )  # fmt: skip


def delete_extraction(connection: sqlite3.Connection, row: int) -> None:
    """Removes all that a document says; its text and metadata stay.

    What follows from it must be gone before: members, tellings and mentions of events.
    """
    connection.execute("DELETE FROM local_link WHERE document = ?", (row,))
    connection.execute("DELETE FROM remark WHERE document = ?", (row,))
    connection.execute("DELETE FROM mention WHERE document = ?", (row,))
    connection.execute("DELETE FROM local_actor WHERE document = ?", (row,))


def when_columns(when: When | None) -> tuple[str | None, str | None, str | None, str | None, str | None]:
    """EDTF, words, basis, rule and what it was counted from."""
    if when is None:
        return None, None, None, None, None
    return when.edtf, when.text, when.basis, when.rule, when.counted_from


def when_from_columns(edtf: str | None, text: str, basis: str, rule: str, counted_from: str | None) -> When | None:
    """The When that `when_columns` wrote."""
    if edtf is None:
        return None
    return When.parse(edtf).with_provenance(text=text, basis=basis, rule=rule, counted_from=counted_from)  # type: ignore[arg-type]


def _insert_actor(connection: sqlite3.Connection, document: int, actor: Actor) -> int:
    cursor = connection.execute(
        "INSERT INTO local_actor (document, key, name, kind, aliases) VALUES (?, ?, ?, ?, ?)",
        (document, actor.key, actor.name, actor.kind, json.dumps(actor.aliases, ensure_ascii=False)),
    )
    row = cursor.lastrowid
    assert row is not None
    connection.executemany(
        "INSERT OR IGNORE INTO actor_mention VALUES (?, ?, ?, ?, ?)",
        [(row, mention.start, mention.end, mention.form, mention.rule) for mention in actor.mentions],
    )
    return row


_INSERT_MENTION = (
    "INSERT INTO mention (document, trigger_start, trigger_word, local_event, position, join_rule, start_offset,"
    " end_offset, kind, status, status_rule, when_edtf, when_text, when_basis, when_rule, when_counted_from, place,"
    " place_rule, is_reported, reported_by, reported_start, reported_end, reported_rule, label, label_rule, salience,"
    f" zone, is_saying, concept, rule) VALUES ({', '.join('?' * 30)})"
)


def _insert_mention(
    connection: sqlite3.Connection, document: int, mention: Mention, event: LocalEvent, position: int,
    actors: dict[str, int],
) -> None:  # fmt: skip
    reported = mention.reported
    join_rule = event.rules[position - 1] if 0 < position <= len(event.rules) else ""
    cursor = connection.execute(
        _INSERT_MENTION,
        (
            document, mention.trigger_start, mention.trigger, event.key, position, join_rule, mention.start,
            mention.end, mention.kind, mention.status, mention.status_rule, *when_columns(mention.when),
            actors[mention.place] if mention.place else None, mention.place_rule, reported is not None,
            actors[reported.by] if reported and reported.by else None, reported.start if reported else None,
            reported.end if reported else None, reported.rule if reported else None, mention.label,
            mention.label_rule, mention.salience, mention.zone, mention.is_saying, mention.concept, mention.rule,
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO mention_role VALUES (?, ?, ?, ?, ?)",
        [(cursor.lastrowid, n, actors[role.actor], role.role, role.rule) for n, role in enumerate(mention.roles)],
    )
