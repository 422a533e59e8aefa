"""Changing a knowledge base: adding documents, correcting their metadata, withdrawing and forgetting them.

Each function is one transaction: a failure, or the end of the process, leaves all as it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Literal, TypeAlias

from events import Document, Extraction
from kb.claims import DESCRIBED, insert_document, insert_extraction, read_document
from kb.database import transaction
from kb.derivation import derive, derive_all, remove_claims
from kb.errors import NotFound, RefusedJudgement
from kb.judged import Judgement, read_judgements
from kb.store import KnowledgeBase

Extract: TypeAlias = Callable[[Document], Extraction]
Addition = Literal["added", "known", "changed", "withdrawn", "forgotten"]

BY_HAND = "person:"  # beginning of Extraction.model where a person wrote the document to say what happened
_BASES = ("option", "metadata", "file name", "unknown")  # the surest first


def add_document(
    base: KnowledgeBase, document: Document, *, path: str, name: str, extract: Extract, now: datetime
) -> Addition:
    """Adds a document that was found at a place, or the place to a document that is there.

    A publication day given as an option for a known document corrects it, as `describe_document` does; a further place
    that tells the day better changes it, too: then the dates are resolved anew ("changed"). What was withdrawn or
    forgotten is not added again.
    """
    connection = base.connection
    if _find(connection, document.id) is None:
        # Outside the transaction: reading takes seconds, and others may write meanwhile.
        extraction = extract(document)
        with transaction(connection):
            if _find(connection, document.id) is None:
                row = insert_document(connection, document, now)
                _insert_location(connection, row, document, path, name)
                _refresh_metadata(connection, row)
                if read_document(connection, row) != document:
                    # Somebody described it before, and then it was removed and came again.
                    extraction = extract(read_document(connection, row))
                insert_extraction(connection, row, extraction)
                derive(connection, [row])
                return "added"
    return _add_location(base, document, path, name, extract, now)


def add_by_hand(
    base: KnowledgeBase, document: Document, extraction: Extraction, *, author: str, now: datetime
) -> Addition:
    """Adds a document that a person wrote to say what happened; `undo` takes it back."""
    connection = base.connection
    with transaction(connection):
        found = _find(connection, document.id)
        if found is not None and found[1] is None:
            return "known"
        number = insert_judgement(connection, "add", document.id, author=author, now=now)
        if found is not None:
            # Taken back before: this judgement makes it count again.
            refresh_withdrawal(connection, found[0])
            return "changed"
        row = insert_document(connection, document, now)
        _insert_location(connection, row, document, f"judgement {number}", document.title)
        _refresh_metadata(connection, row)
        insert_extraction(connection, row, extraction)
        derive(connection, [row])
        return "added"


def describe_document(
    base: KnowledgeBase, name: str, changes: Mapping[str, str | None], *, extract: Extract, author: str, now: datetime
) -> bool:
    """Corrects the metadata of a document; False where all was so already.

    `changes` are "published" (ISO day, None for unknown), "title", "outlet", "agency", "author" and "url". The
    document is read anew, and the dates that count from its day change.
    """
    row = base.document(name).row
    with transaction(base.connection):
        return _describe(base.connection, row, changes, extract, author, now)


def reread_document(base: KnowledgeBase, name: str, *, extract: Extract) -> None:
    """Reads the stored text anew, with a newer extractor for one."""
    row = base.document(name).row
    document = read_document(base.connection, row)
    with transaction(base.connection):
        _replace_extraction(base.connection, row, extract, document)


def withdraw_document(base: KnowledgeBase, name: str, *, reason: str, author: str, now: datetime) -> None:
    """Takes a document out of every view; its text stays, and `undo` brings it back."""
    found = base.document(name)
    if found.withdrawn_because is not None:
        raise RefusedJudgement(f"{found.short_id}: withdrawn already ({found.withdrawn_because})")
    with transaction(base.connection):
        insert_judgement(base.connection, "withdraw", found.key, author=author, now=now, reason=reason)
        refresh_withdrawal(base.connection, found.row)


def forget_document(base: KnowledgeBase, name: str, *, reason: str, author: str, now: datetime) -> None:
    """Purges text, quotations and places of a document for good; its hash, the day and the reason stay."""
    found = base.document(name)
    connection = base.connection
    connection.execute("PRAGMA secure_delete = ON")
    with transaction(connection):
        insert_judgement(connection, "forget", found.key, author=author, now=now, reason=reason)
        lost, tellings = remove_claims(connection, found.row)
        for table in ("zone", "location"):
            connection.execute(f"DELETE FROM {table} WHERE document = ?", (found.row,))
        connection.execute(
            "UPDATE document SET text = '', title = '', outlet = '', agency = '', author = '', url = '',"
            " as_read = '{}', forgotten_at = ?, withdrawn_at = coalesce(withdrawn_at, ?), withdrawn_because = ?"
            " WHERE id = ?",
            (_stamp(now), _stamp(now), reason, found.row),
        )
        derive(connection, [], lost=lost, tellings=tellings)
        # Deleted words stay in the segments of the full-text index until these are merged.
        connection.execute("INSERT INTO event_text (event_text) VALUES ('optimize')")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")


def recompute(base: KnowledgeBase) -> None:
    """Rewrites all that follows from claims and judgements."""
    with transaction(base.connection):
        derive_all(base.connection)


def insert_judgement(
    connection: sqlite3.Connection, action: str, subject: str, *, author: str, now: datetime,
    others: tuple[str, ...] = (), field: str = "", before: object = None, after: object = None, reason: str = "",
    undoes: int | None = None,
) -> int:  # fmt: skip
    """Adds the row of a judgement; its number."""
    cursor = connection.execute(
        "INSERT INTO judgement (made_at, author, action, subject, others, field, before, after, reason, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_stamp(now), author, action, subject, _json(others), field, _json(before), _json(after), reason, undoes),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def refresh_withdrawal(connection: sqlite3.Connection, row: int) -> None:
    """Makes a document count or not, as the judgements that stand say. Inside a transaction of the caller."""
    (key,) = connection.execute("SELECT key FROM document WHERE id = ?", (row,)).fetchone()
    lost, tellings = remove_claims(connection, row, keep_rows=True)
    connection.execute(
        "UPDATE document SET withdrawn_at = ?, withdrawn_because = ? WHERE id = ?",
        (*_withdrawal(connection, key), row),
    )
    derive(connection, [row], lost=lost, tellings=tellings)


def _withdrawal(connection: sqlite3.Connection, key: str) -> tuple[str, str] | tuple[None, None]:
    """When and why a document was taken out of every view, as the last decision about that says."""
    about = [j for j in read_judgements(connection) if j.subject == key and j.action in ("withdraw", "add")]
    if standing := [j for j in about if j.action == "withdraw" and not j.is_undone]:
        return _stamp(standing[-1].made_at), standing[-1].reason
    additions = [j for j in about if j.action == "add"]
    if additions and all(j.is_undone for j in additions):
        return _stamp(additions[-1].made_at), "added by hand and taken back"
    return None, None


def refresh_description(connection: sqlite3.Connection, row: int, extract: Extract) -> bool:
    """Brings a document's metadata up to date; True where that changed them. Inside a transaction of the caller."""
    before = read_document(connection, row)
    _refresh_metadata(connection, row)
    after = read_document(connection, row)
    if before != after:
        _replace_extraction(connection, row, extract, after)
    return before != after


def _add_location(
    base: KnowledgeBase, document: Document, path: str, name: str, extract: Extract, now: datetime
) -> Addition:
    connection = base.connection
    found = _find(connection, document.id)
    assert found is not None
    row, withdrawn, forgotten = found
    if forgotten or withdrawn:
        return "forgotten" if forgotten else "withdrawn"
    if document.published_basis == "option" and read_document(connection, row).published != document.published:
        day = document.published.isoformat() if document.published else None
        with transaction(connection):
            _describe(connection, row, {"published": day}, extract, "option", now)
        return "changed"
    known = connection.execute("SELECT 1 FROM location WHERE document = ? AND path = ?", (row, path)).fetchone()
    if known is not None:
        return "known"
    with transaction(connection):
        _insert_location(connection, row, document, path, name)
        return "changed" if refresh_description(connection, row, extract) else "known"


def _find(connection: sqlite3.Connection, key: str) -> tuple[int, str | None, str | None] | None:
    found: tuple[int, str | None, str | None] | None = connection.execute(
        "SELECT id, withdrawn_at, forgotten_at FROM document WHERE key = ?", (key,)
    ).fetchone()
    return found


def _insert_location(connection: sqlite3.Connection, row: int, document: Document, path: str, name: str) -> None:
    day = document.published.toordinal() if document.published else None
    connection.execute(
        "INSERT OR IGNORE INTO location VALUES (?, ?, ?, ?, ?)", (row, path, name, day, document.published_basis)
    )


def _refresh_metadata(connection: sqlite3.Connection, row: int) -> None:
    """What the file itself says, the surest of its places, and over it what people said."""
    key, as_read = connection.execute("SELECT key, as_read FROM document WHERE id = ?", (row,)).fetchone()
    values: dict[str, str] = json.loads(as_read)
    places = connection.execute(
        "SELECT published_basis, published, name FROM location WHERE document = ?", (row,)
    ).fetchall()
    basis, day, _ = min(places, key=lambda place: (_BASES.index(place[0]), place[1] or 0, place[2]))
    for judgement in _standing(connection, key):
        if judgement.action != "describe":
            continue
        if judgement.field == "published":
            day = date.fromisoformat(judgement.after).toordinal() if judgement.after else None
            basis = "option" if judgement.author == "option" else "person"
        else:
            values[judgement.field] = judgement.after or ""
    connection.execute(
        "UPDATE document SET published = ?, published_basis = ?, title = ?, outlet = ?, agency = ?, author = ?,"
        " url = ? WHERE id = ?",
        (day, basis, *(values[field] for field in DESCRIBED), row),
    )


def _describe(
    connection: sqlite3.Connection, row: int, changes: Mapping[str, str | None], extract: Extract, author: str,
    now: datetime,
) -> bool:  # fmt: skip
    document = read_document(connection, row)
    differs = False
    for field, after in changes.items():
        if field not in ("published", *DESCRIBED):
            raise NotFound(f"{field}: no such value of a document; there are published, {', '.join(DESCRIBED)}")
        before = (
            document.published and document.published.isoformat() if field == "published" else getattr(document, field)
        )
        if before != after:
            differs = True
            insert_judgement(
                connection, "describe", document.id, author=author, now=now, field=field, before=before, after=after
            )
    if differs:
        refresh_description(connection, row, extract)
    return differs


def _replace_extraction(connection: sqlite3.Connection, row: int, extract: Extract, document: Document) -> None:
    """Reads a document anew; what a person wrote is not for machines to read."""
    (model,) = connection.execute("SELECT model FROM document WHERE id = ?", (row,)).fetchone()
    if model.startswith(BY_HAND):
        lost, tellings = remove_claims(connection, row, keep_rows=True)
        derive(connection, [row], lost=lost, tellings=tellings)
        return
    extraction = extract(document)
    spans = _mention_spans(connection, row)
    lost, tellings = remove_claims(connection, row)
    insert_extraction(connection, row, extraction)
    _keep_former_keys(connection, row, spans)
    derive(connection, [row], lost=lost, tellings=tellings)


def _mention_spans(connection: sqlite3.Connection, row: int) -> dict[str, tuple[int, int, int]]:
    """For each key of the document's mentions the offsets of its word and clause."""
    return {
        f"{key}:{trigger}:{word}": (trigger, start, end)
        for key, trigger, word, start, end in connection.execute(
            "SELECT d.key, m.trigger_start, m.trigger_word, m.start_offset, m.end_offset"
            " FROM mention AS m JOIN document AS d ON d.id = m.document WHERE d.id = ?",
            (row,),
        )
    }


def _keep_former_keys(connection: sqlite3.Connection, row: int, former: dict[str, tuple[int, int, int]]) -> None:
    """Leads keys that are gone to the nearest mention in the same clause, so that short ids and judgements find it."""
    current = _mention_spans(connection, row)
    connection.execute(
        "DELETE FROM former_key WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(list(current)),)
    )
    for key, (trigger, start, end) in former.items():
        if key in current:
            continue
        near = [
            (abs(other - trigger), candidate)
            for candidate, (other, first, last) in current.items()
            if first < end and start < last
        ]
        if near:
            connection.execute("INSERT OR REPLACE INTO former_key VALUES (?, ?)", (key, min(near)[1]))
            connection.execute("UPDATE former_key SET current = ? WHERE current = ?", (min(near)[1], key))


def _standing(connection: sqlite3.Connection, subject: str) -> list[Judgement]:
    return [j for j in read_judgements(connection) if j.subject == subject and not j.is_undone]


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
