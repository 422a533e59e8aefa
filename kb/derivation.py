"""Everything that follows from claims and judgements: actors, tellings, events and links, rewritten together."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from kb.actor_tables import LostMembers, drop_actors, forget_members, rewrite_actors
from kb.claims import delete_extraction
from kb.database import transaction
from kb.event_tables import forget_tellings, rewrite_events, tellings_of_mentions
from kb.judged import follow_former_keys, judged_actors, judged_events, read_judgements
from kb.word_lists import read_word_list

_DERIVED = ("link", "other_when", "event_actor", "event_mention", "event_text", "event", "telling_actor", "telling",
            "short_name", "naming_rule", "actor_member", "actor_name", "actor_form", "actor")  # fmt: skip

_RULES = ("folding.py", "states.py", "happenings.py", "actor_joining.py", "event_matching.py", "event_joining.py",
          "judged.py", "valuation.py", "actor_tables.py", "event_tables.py", "generic_actors.tsv", "concepts.tsv",
          "ordinals.tsv", "pointing_words.tsv", "regions.tsv")  # fmt: skip
_WORD_LISTS = ("states.tsv", "places.tsv", "surnames_first.tsv")


def derive(
    connection: sqlite3.Connection,
    documents: Iterable[int],
    *,
    lost: LostMembers = LostMembers(),  # noqa: B008 - a frozen value without parts
    tellings: Iterable[int] = (),
    mentions: Iterable[str] = (),
) -> None:
    """Rewrites what follows from the documents, and from tellings or mentions (keys) that a judgement is about.

    Inside a transaction of the caller.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    judgements = read_judgements(connection)
    actors = rewrite_actors(connection, documents, judged_actors(judgements), lost)
    current = follow_former_keys(connection)
    touched = set(tellings) | tellings_of_mentions(connection, map(current, mentions))
    rewrite_events(connection, actors.documents, judged_events(judgements, current), touched)
    drop_actors(connection, actors.unused)


def remove_claims(
    connection: sqlite3.Connection, document: int, *, keep_rows: bool = False
) -> tuple[LostMembers, set[int]]:
    """Takes a document out of all that follows from it, and its claims out of the file unless their rows are kept.

    What comes back goes to `derive`: the actors and the tellings that lost company.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    tellings = forget_tellings(connection, [document])
    lost = forget_members(connection, [document])
    if not keep_rows:
        delete_extraction(connection, document)
    return lost, tellings


def follow_rules(connection: sqlite3.Connection) -> None:
    """Rewrites all derived tables where other rules than those of this version made them."""
    digest = rules_digest()
    known = connection.execute("SELECT digest FROM rules").fetchall()
    if known != [(digest,)]:
        with transaction(connection):
            derive_all(connection)
            connection.execute("DELETE FROM rules")
            connection.execute("INSERT INTO rules VALUES (?)", (digest,))


@cache
def rules_digest() -> str:
    """A hash of the code and the word lists that joining and values follow from."""
    digest = hashlib.sha256()
    for name in _RULES:
        digest.update(files("kb").joinpath(name).read_bytes())
    for name in _WORD_LISTS:
        digest.update(repr(read_word_list(name)).encode("utf-8"))
    return digest.hexdigest()


def derive_all(connection: sqlite3.Connection) -> None:
    """Rewrites all derived tables from the claims and judgements. Inside a transaction of the caller."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table in _DERIVED:
        connection.execute(f"DELETE FROM {table}")
    derive(connection, [row for (row,) in connection.execute("SELECT id FROM document ORDER BY id")])
