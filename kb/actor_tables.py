"""The tables of actors, rewritten for the documents that changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from kb.actor_joining import OWN, LocalActor, Naming, name_actor, redirect_body, resolve_short
from kb.folding import fold_transcribed
from kb.judged import JudgedActors
from kb.rows import AMONG, json_list

Canonical = tuple[str, str]  # key of an actor, and the rule that gives it to a naming


@dataclass(frozen=True, slots=True, kw_only=True)
class LostMembers:
    """What actors lose when documents are taken out: what must be joined anew."""

    namings: frozenset[str] = frozenset()
    actors: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RewrittenActors:
    """What joining actors changed."""

    documents: frozenset[int]  # in which any actor became another
    unused: frozenset[int]  # actors without members, to be dropped when no event names them any more


def rewrite_actors(
    connection: sqlite3.Connection, documents: Iterable[int], judged: JudgedActors, lost: LostMembers
) -> RewrittenActors:
    """Joins the actors of the documents with all others."""
    rows = set(documents)
    before = _read_namings(connection, rows)
    namings = _name_actors(connection, rows)
    # The short forms of what is renamed must be known before they are overwritten.
    touched = set(before.values()) | lost.namings | judged.namings
    touched |= _bearers_of(connection, _shorts_of(connection, touched))
    _write_namings(connection, namings)
    touched |= {naming.key for naming in namings.values()}
    touched |= _bearers_of(connection, _shorts_of(connection, touched))
    return _assign(connection, touched, _Resolver(connection, judged), rows, set(lost.actors))


def forget_members(connection: sqlite3.Connection, documents: Iterable[int]) -> LostMembers:
    """Takes the documents' actors out of the joined ones."""
    wanted = json_list(documents)
    members = connection.execute(
        "SELECT m.naming, m.actor FROM actor_member AS m JOIN local_actor AS l ON l.id = m.local_actor"
        f" WHERE l.document {AMONG}",
        (wanted,),
    ).fetchall()
    namings = {naming for naming, _ in members}
    namings |= _bearers_of(connection, _shorts_of(connection, namings))
    for table in ("actor_member", "short_name"):
        connection.execute(
            f"DELETE FROM {table} WHERE local_actor IN (SELECT id FROM local_actor WHERE document {AMONG})", (wanted,)
        )
    return LostMembers(namings=frozenset(namings), actors=frozenset(actor for _, actor in members))


def drop_actors(connection: sqlite3.Connection, unused: Iterable[int]) -> None:
    """Removes actors that no event names any more."""
    connection.execute(f"DELETE FROM actor WHERE id {AMONG}", (json_list(unused),))


class _Resolver:
    """From namings to the keys of actors, as the documents and judgements of today say."""

    def __init__(self, connection: sqlite3.Connection, judged: JudgedActors) -> None:
        self.connection, self.judged = connection, judged
        self._known: dict[str, Canonical] = {}

    def canonical(self, naming: str) -> Canonical:
        """The key of the actor that a naming belongs to."""
        key, rule = self._joined(naming)
        for group in self.judged.merged:
            roots = sorted({self._joined(member)[0] for member in group if self._exists(member)})
            if key in roots[1:]:
                return roots[0], "person#merge"
        return key, rule

    def _exists(self, naming: str) -> bool:
        return self.connection.execute("SELECT 1 FROM actor_member WHERE naming = ?", (naming,)).fetchone() is not None

    def _joined(self, naming: str) -> Canonical:
        if naming not in self._known:
            if naming.startswith(OWN):
                self._resolve_own(naming)
            elif naming.startswith("organisation:"):
                self._resolve_body(naming)
            else:
                self._known[naming] = (naming, _RULES[naming.split(":")[0]])
        return self._known[naming]

    def _resolve_own(self, naming: str) -> None:
        self._known[naming] = (naming, "kb/actors#own")
        shorts = _shorts_of(self.connection, {naming})
        if len(shorts) != 1:
            return
        (short,) = shorts
        bearers: set[str] = set()
        candidates: set[str] = set()
        for other in _bearers_of(self.connection, {short}, all_=True):
            (bearers if other.startswith(OWN) else candidates).add(other)
        company = {bearer: self._company(bearer) for bearer in bearers}
        around = frozenset().union(*company.values())
        known = {candidate: self._company(candidate, around) for candidate in candidates}
        self._known.update(resolve_short(known, company))

    def _resolve_body(self, naming: str) -> None:
        candidates = _bearers_of(self.connection, {naming}, all_=True)
        joined = redirect_body(naming, candidates)
        rule = "kb/actors#same_body_name" if joined == naming else "kb/actors#only_abbreviation"
        self._known[naming] = (joined, rule)

    def _company(self, naming: str, among: frozenset[str] | None = None) -> frozenset[str]:
        """The persons and bodies named in the same documents."""
        found = self.connection.execute(
            f"""SELECT DISTINCT other.naming FROM actor_member AS mine JOIN local_actor AS l ON l.id = mine.local_actor
                  JOIN local_actor AS o ON o.document = l.document
                  JOIN actor_member AS other ON other.local_actor = o.id
                 WHERE mine.naming = ? AND other.naming <> mine.naming
                   AND (other.naming LIKE 'person:%' OR other.naming LIKE 'organisation:%')
                   {"" if among is None else f"AND other.naming {AMONG}"}""",
            (naming,) if among is None else (naming, json_list(among)),
        )
        return frozenset(key for (key,) in found)


_RULES = {
    "state": "kb/actors#state",
    "person": "kb/actors#same_full_name",
    "place": "kb/actors#same_place_name",
}


def _read_namings(connection: sqlite3.Connection, documents: set[int]) -> dict[int, str]:
    return dict(
        connection.execute(
            "SELECT m.local_actor, m.naming FROM actor_member AS m JOIN local_actor AS l ON l.id = m.local_actor"
            f" WHERE l.document {AMONG}",
            (json_list(documents),),
        ).fetchall()
    )


def _name_actors(connection: sqlite3.Connection, documents: set[int]) -> dict[int, Naming]:
    found = connection.execute(
        f"""SELECT l.id, d.key, l.key, l.name, l.kind, l.aliases,
                   EXISTS (SELECT 1 FROM actor_mention WHERE local_actor = l.id AND form = 'name')
              FROM local_actor AS l JOIN document AS d ON d.id = l.document
             WHERE l.document {AMONG} AND d.withdrawn_at IS NULL""",
        (json_list(documents),),
    )
    return {
        row: name_actor(
            LocalActor(document=document, key=key, name=name, kind=kind, aliases=tuple(json.loads(aliases)),
                       is_named=bool(is_named))
        )
        for row, document, key, name, kind, aliases, is_named in found
    }  # fmt: skip


def _write_namings(connection: sqlite3.Connection, namings: dict[int, Naming]) -> None:
    connection.execute(f"DELETE FROM short_name WHERE local_actor {AMONG}", (json_list(namings),))
    shorts = []
    for row, naming in namings.items():
        kind = "organisation" if naming.key.startswith("organisation:") else "person"
        shorts += [(f"{kind}:{short}", naming.key, row) for short in sorted(naming.shorts)]
    connection.executemany("INSERT INTO short_name VALUES (?, ?, ?)", shorts)
    # 0 stands for "not joined yet"; foreign keys are checked when the transaction ends.
    connection.executemany(
        "INSERT INTO actor_member VALUES (?, ?, 0, ?)"
        " ON CONFLICT (local_actor) DO UPDATE SET naming = excluded.naming, rule = excluded.rule",
        [(row, naming.key, naming.rule) for row, naming in namings.items()],
    )


def _shorts_of(connection: sqlite3.Connection, namings: set[str]) -> set[str]:
    found = connection.execute(
        "SELECT DISTINCT s.short FROM actor_member AS m JOIN short_name AS s ON s.local_actor = m.local_actor"
        f" WHERE m.naming {AMONG}",
        (json_list(namings),),
    )
    return {short for (short,) in found}


def _bearers_of(connection: sqlite3.Connection, shorts: set[str], *, all_: bool = False) -> set[str]:
    """Namings that bear one of the short forms: those whose actor depends on who else does, or all."""
    found = connection.execute(f"SELECT DISTINCT naming FROM short_name WHERE short {AMONG}", (json_list(shorts),))
    return {naming for (naming,) in found if all_ or naming.startswith((OWN, "organisation:"))}


def _assign(
    connection: sqlite3.Connection, namings: set[str], resolver: _Resolver, documents: set[int], stale: set[int]
) -> RewrittenActors:
    """Gives the members of the namings their actors; `stale` are actors that lost members before."""
    changed, rewritten = set(documents), set(stale)
    for naming in sorted(namings):
        members = connection.execute("SELECT 1 FROM actor_member WHERE naming = ? LIMIT 1", (naming,)).fetchone()
        if members is None:
            continue
        key, rule = resolver.canonical(naming)
        actor = _number(connection, key)
        rewritten.add(actor)
        for other, document in connection.execute(
            "SELECT m.actor, l.document FROM actor_member AS m JOIN local_actor AS l ON l.id = m.local_actor"
            " WHERE m.naming = ?1 AND (m.actor < ?2 OR m.actor > ?2)",
            (naming, actor),
        ).fetchall():
            rewritten.add(other)
            changed.add(document)
        connection.execute(
            "UPDATE actor_member SET actor = ?2, rule = ?3 WHERE naming = ?1 AND (actor <> ?2 OR rule <> ?3)",
            (naming, actor, rule),
        )
    unused = {actor for actor in sorted(rewritten - {0}) if not _rewrite_actor(connection, actor)}
    return RewrittenActors(documents=frozenset(changed), unused=frozenset(unused))


def _number(connection: sqlite3.Connection, key: str) -> int:
    connection.execute("INSERT OR IGNORE INTO actor_number (key) VALUES (?)", (key,))
    return int(connection.execute("SELECT number FROM actor_number WHERE key = ?", (key,)).fetchone()[0])


def _rewrite_actor(connection: sqlite3.Connection, actor: int) -> bool:
    """Writes an actor's row from its members; False where it has none."""
    members = connection.execute(
        "SELECT l.name, l.kind, l.aliases, l.document, m.naming FROM actor_member AS m"
        " JOIN local_actor AS l ON l.id = m.local_actor WHERE m.actor = ?",
        (actor,),
    ).fetchall()
    if not members:
        return False
    key = connection.execute("SELECT key FROM actor_number WHERE number = ?", (actor,)).fetchone()[0]
    bearers: dict[str, set[int]] = {}
    mains: dict[str, set[int]] = {}
    kinds: dict[str, set[int]] = {}
    is_own = all(naming.startswith(OWN) for *_, naming in members)
    for name, kind, aliases, document, naming in members:
        kinds.setdefault(kind, set()).add(document)
        # A bare surname names the actor only where no document has more.
        if is_own or not naming.startswith(OWN):
            mains.setdefault(name, set()).add(document)
        for each in {name, *json.loads(aliases)}:
            bearers.setdefault(each, set()).add(document)
    name = min(mains, key=lambda each: (-len(mains[each]), each))
    kind = "state" if key.startswith("state:") else min(kinds, key=lambda each: (-len(kinds[each]), each))
    connection.execute(
        "INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " name = excluded.name, kind = excluded.kind, documents = excluded.documents",
        (actor, key, public_id("a", key), name, kind, len({document for *_, document, _ in members})),
    )
    connection.execute("DELETE FROM actor_name WHERE actor = ?", (actor,))
    connection.executemany(
        "INSERT INTO actor_name VALUES (?, ?, ?, ?)",
        [(actor, each, fold_transcribed(each), len(documents)) for each, documents in bearers.items()],
    )
    return True


def public_id(letter: str, key: str) -> str:
    """An id for exports and pages: the same wherever the same documents were read."""
    return f"{letter}-{hashlib.sha256(key.encode('utf-8')).hexdigest()[:16]}"
