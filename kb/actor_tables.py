"""The tables of actors, rewritten for the documents that changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
        "SELECT m.naming, m.actor, m.local_actor FROM actor_member AS m JOIN local_actor AS l ON l.id = m.local_actor"
        f" WHERE l.document {AMONG}",
        (wanted,),
    ).fetchall()
    for actor in {actor for _, actor, _ in members}:
        _count_forms(connection, actor, [member for _, other, member in members if other == actor], -1)
    namings = {naming for naming, _, _ in members}
    namings |= _bearers_of(connection, _shorts_of(connection, namings))
    for table in ("actor_member", "short_name"):
        connection.execute(
            f"DELETE FROM {table} WHERE local_actor IN (SELECT id FROM local_actor WHERE document {AMONG})", (wanted,)
        )
    return LostMembers(namings=frozenset(namings), actors=frozenset(actor for _, actor, _ in members))


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
    "capital": "kb/actors#capital",
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
        "INSERT INTO actor_member VALUES (?, ?, 0) ON CONFLICT (local_actor) DO UPDATE SET naming = excluded.naming",
        [(row, naming.key) for row, naming in namings.items()],
    )


def _shorts_of(connection: sqlite3.Connection, namings: Iterable[str]) -> set[str]:
    """Short forms that the bearers of the namings use."""
    return {short for naming in namings for short in _distinct(connection, "short", "naming", naming)}


def _bearers_of(connection: sqlite3.Connection, shorts: Iterable[str], *, all_: bool = False) -> set[str]:
    """Namings that bear one of the short forms: those whose actor depends on who else does, or all."""
    found = {naming for short in shorts for naming in _distinct(connection, "naming", "short", short)}
    return {naming for naming in found if all_ or naming.startswith((OWN, "organisation:"))}


def _distinct(connection: sqlite3.Connection, wanted: str, given: str, value: str) -> Iterator[str]:
    """The distinct values of a column of `short_name`; DISTINCT would read a row for each document that names Trump."""
    last = ""
    query = f"SELECT min({wanted}) FROM short_name WHERE {given} = ? AND {wanted} > ?"
    while (found := connection.execute(query, (value, last)).fetchone()[0]) is not None:
        last = found
        yield last


def _assign(
    connection: sqlite3.Connection, namings: set[str], resolver: _Resolver, documents: set[int], stale: set[int]
) -> RewrittenActors:
    """Gives the members of the namings their actors; `stale` are actors that lost members before."""
    changed, rewritten = set(documents), set(stale)
    for naming in sorted(namings):
        members = connection.execute("SELECT 1 FROM actor_member WHERE naming = ? LIMIT 1", (naming,)).fetchone()
        if members is None:
            connection.execute("DELETE FROM naming_rule WHERE naming = ?", (naming,))
            continue
        key, rule = resolver.canonical(naming)
        actor = _number(connection, key)
        rewritten.add(actor)
        moved: dict[int, list[int]] = {}
        for member, other, document in connection.execute(
            "SELECT m.local_actor, m.actor, l.document FROM actor_member AS m"
            " JOIN local_actor AS l ON l.id = m.local_actor WHERE m.naming = ?1 AND (m.actor < ?2 OR m.actor > ?2)",
            (naming, actor),
        ).fetchall():
            moved.setdefault(other, []).append(member)
            changed.add(document)
        for other, members in moved.items():
            _move_members(connection, members, other, actor)
        rewritten |= moved.keys()
        connection.execute("INSERT OR REPLACE INTO naming_rule VALUES (?, ?)", (naming, rule))
    unused = {actor for actor in sorted(rewritten - {0}) if not _rewrite_actor(connection, actor)}
    return RewrittenActors(documents=frozenset(changed), unused=frozenset(unused))


def _number(connection: sqlite3.Connection, key: str) -> int:
    connection.execute("INSERT OR IGNORE INTO actor_number (key) VALUES (?)", (key,))
    return int(connection.execute("SELECT number FROM actor_number WHERE key = ?", (key,)).fetchone()[0])


def _move_members(connection: sqlite3.Connection, members: Sequence[int], source: int, target: int) -> None:
    if source:
        _count_forms(connection, source, members, -1)
    _count_forms(connection, target, members, +1)
    connection.execute(f"UPDATE actor_member SET actor = ? WHERE local_actor {AMONG}", (target, json_list(members)))


def _count_forms(connection: sqlite3.Connection, actor: int, local_actors: Iterable[int], by: int) -> None:
    """Adds members to, or takes them from, the counts of how an actor is written."""
    connection.execute(
        f"""INSERT INTO actor_form (actor, name, kind, aliases, is_own, bearers)
            SELECT ?, l.name, l.kind, l.aliases, m.naming LIKE '{OWN}%', sum(?) FROM local_actor AS l
              JOIN actor_member AS m ON m.local_actor = l.id WHERE l.id {AMONG} GROUP BY 2, 3, 4, 5
            ON CONFLICT DO UPDATE SET bearers = bearers + excluded.bearers""",
        (actor, by, json_list(local_actors)),
    )
    connection.execute("DELETE FROM actor_form WHERE actor = ? AND bearers = 0", (actor,))


def _rewrite_actor(connection: sqlite3.Connection, actor: int) -> bool:
    """Writes an actor's row from how its members are written; False where it has none."""
    forms = connection.execute(
        "SELECT name, kind, aliases, is_own, bearers FROM actor_form WHERE actor = ?", (actor,)
    ).fetchall()
    if not forms:
        return False
    key = connection.execute("SELECT key FROM actor_number WHERE number = ?", (actor,)).fetchone()[0]
    bearers: Counter[str] = Counter()
    mains: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    is_own = all(own for *_, own, _ in forms)
    for name, kind, aliases, own, count in forms:
        kinds[kind] += count
        # A bare surname names the actor only where no document has more.
        if is_own or not own:
            mains[name] += count
        for each in {name, *json.loads(aliases)}:
            bearers[each] += count
    kind = "state" if key.startswith("state:") else _most_frequent(kinds)
    connection.execute(
        "INSERT INTO actor VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " kind = excluded.kind",
        (actor, key, public_id("a", key), _most_frequent(mains), kind),
    )
    connection.execute("DELETE FROM actor_name WHERE actor = ?", (actor,))
    connection.executemany(
        "INSERT INTO actor_name VALUES (?, ?, ?, ?)",
        [(actor, each, fold_transcribed(each), count) for each, count in bearers.items()],
    )
    return True


def _most_frequent(counts: Counter[str]) -> str:
    return min(counts, key=lambda each: (-counts[each], each))


def public_id(letter: str, key: str) -> str:
    """An id for exports and pages: the same wherever the same documents were read."""
    return f"{letter}-{hashlib.sha256(key.encode('utf-8')).hexdigest()[:16]}"
