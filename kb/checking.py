"""Whether a knowledge base is sound: the file, the references, and that all derived tables say what the claims say."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kb.database import transaction
from kb.derivation import derive_all
from kb.store import KnowledgeBase
from kb.writing import recompute

# What recomputing must give again: columns without row ids, which depend on the order of adding.
_COMPARED = {
    "actor": "SELECT key, name, kind FROM actor",
    "actor_name": "SELECT a.key, n.name, n.folded, n.bearers FROM actor_name AS n JOIN actor AS a ON a.id = n.actor",
    "actor_member": "SELECT m.local_actor, m.naming, a.key, r.rule FROM actor_member AS m"
    " JOIN actor AS a ON a.id = m.actor LEFT JOIN naming_rule AS r ON r.naming = m.naming",
    "event": "SELECT id, key, label, kind, status, when_edtf, other, salience, sources, mentions, is_shown,"
    " hidden_because, is_pinned, checked_by FROM (SELECT e.*, (SELECT group_concat(edtf, ' ') FROM (SELECT edtf"
    " FROM other_when WHERE event = e.id ORDER BY position)) AS other FROM event AS e)",
    "event_actor": "SELECT e.key, a.key, ea.role, ea.position, ea.rule, ea.start, ea.is_shown FROM event_actor AS ea"
    " JOIN event AS e ON e.id = ea.event JOIN actor AS a ON a.id = ea.actor",
    "event_mention": "SELECT em.mention, e.key, em.position FROM event_mention AS em"
    " JOIN event AS e ON e.id = em.event",
    "link": "SELECT s.key, t.key, l.kind, l.document, l.evidence_start, l.rule FROM link AS l"
    " JOIN event AS s ON s.id = l.source JOIN event AS t ON t.id = l.target",
    "event_text": "SELECT rowid, label, quotations, names FROM event_text",
}


def check_knowledge_base(base: KnowledgeBase) -> tuple[str, ...]:
    """What is wrong with the knowledge base, a sentence each; empty where all is sound.

    Works on a copy in memory and changes nothing.
    """
    connection = base.connection
    faults = [f"the file is damaged: {text}" for text in _integrity(connection)]
    if faults:
        return tuple(faults)
    faults += [f"{table}: {count} rows refer to something that is gone" for table, count in _dangling(connection)]
    faults += _unquotable(connection)
    return (*faults, *_stale(connection))


def repair_knowledge_base(base: KnowledgeBase) -> tuple[str, ...]:
    """Recomputes all that follows from documents and judgements; what was wrong before and no longer is.

    A damaged file is left as it is: writing would make it worse.
    """
    if _integrity(base.connection):
        return ()
    before = check_knowledge_base(base)
    recompute(base)
    after = check_knowledge_base(base)
    return tuple(fault for fault in before if fault not in after)


def backup(base: KnowledgeBase, path: Path) -> None:
    """Copies the knowledge base into a file while others read and write; the file is whole or not there."""
    partial = path.with_name(f"{path.name}.part")
    partial.unlink(missing_ok=True)
    copy = sqlite3.connect(partial)
    try:
        base.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    partial.replace(path)


def _integrity(connection: sqlite3.Connection) -> list[str]:
    return [text for (text,) in connection.execute("PRAGMA integrity_check(5)") if text != "ok"]


def _dangling(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        counts[table] = counts.get(table, 0) + 1
    return sorted(counts.items())


def _unquotable(connection: sqlite3.Connection) -> list[str]:
    """Mentions whose offsets do not fit the text."""
    (count,) = connection.execute(
        "SELECT count(*) FROM mention AS m JOIN document AS d ON d.id = m.document WHERE m.start_offset < 0"
        " OR m.end_offset <= m.start_offset OR m.end_offset > length(d.text)"
        " OR substr(d.text, m.trigger_start + 1, length(m.trigger_word)) <> m.trigger_word"
    ).fetchone()
    return [f"{count} mentions do not fit the text of their document"] if count else []


def _stale(connection: sqlite3.Connection) -> list[str]:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(copy)
        before = _compared(copy)
        with transaction(copy):
            derive_all(copy)
        after = _compared(copy)
    finally:
        copy.close()
    return [
        f"{table}: {len(before[table] ^ after[table])} rows do not follow from the documents; run `zeitstrahl doctor"
        " --repair`"
        for table in _COMPARED
        if before[table] != after[table]
    ]


def _compared(connection: sqlite3.Connection) -> dict[str, frozenset[tuple[object, ...]]]:
    return {table: frozenset(connection.execute(query).fetchall()) for table, query in _COMPARED.items()}
