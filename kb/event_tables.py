"""The tables of tellings, events and links, rewritten for what changed and what is tied to it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.actor_joining import OWN
from kb.actor_tables import public_id
from kb.claims import when_columns
from kb.event_joining import Constraints, Group, group_tellings
from kb.event_matching import (
    COARSEST,
    GUESSED,
    RECENT,
    SEASON,
    WIDEST,
    Dating,
    Place,
    Telling,
    kind_beside,
    match_plan,
    match_tellings,
)
from kb.folding import word_beginnings, write_out_umlauts
from kb.happenings import ordinal_in, points_away, recurrence
from kb.judged import JudgedEvents
from kb.model import ActorName, StoredMention
from kb.rows import AMONG, json_list, read_mentions
from kb.states import region_state, state_of_town
from kb.valuation import Source, Valued, hide_overtaken, value_event

_PARTICIPANTS = ("agent", "partner", "patient")


def forget_tellings(connection: sqlite3.Connection, documents: Iterable[int]) -> set[int]:
    """Takes what the documents tell out of the events; the tellings that lost company and must be grouped anew."""
    wanted = json_list(documents)
    mine = connection.execute(f"SELECT id, event FROM telling WHERE document {AMONG}", (wanted,)).fetchall()
    if not mine:
        return set()
    events = {event for _, event in mine}
    left = connection.execute(f"SELECT id FROM telling WHERE event {AMONG}", (json_list(events),)).fetchall()
    region = _Region(connection, Constraints())
    region.tellings = _read_tellings(connection, [row for row, _ in mine])
    # Without a second one that fits, a vague telling joins the other: those that matched what goes are concerned, too.
    concerned = {row for (row,) in left} | _plans_concerned(region) | region.matching(region.tellings.values())
    connection.execute(f"DELETE FROM event_mention WHERE telling {AMONG}", (json_list(row for row, _ in mine),))
    connection.execute(f"DELETE FROM telling WHERE document {AMONG}", (wanted,))
    _delete_events(connection, events)
    return concerned - {row for row, _ in mine}


def rewrite_events(
    connection: sqlite3.Connection, documents: Iterable[int], judged: JudgedEvents, touched: Iterable[int] = ()
) -> None:
    """Tells the documents anew, and groups their tellings and the touched ones with all that match them."""
    rows = set(documents)
    seeds = set(touched) | forget_tellings(connection, rows)
    for document in sorted(rows):
        seeds |= _write_tellings(connection, document, judged.constraints)
    region = _Region(connection, judged.constraints)
    region.spread(seeds)
    events = _write_groups(connection, group_tellings(region.tellings.values(), judged.constraints))
    plans = _plans_concerned(region)
    _write_values(connection, events | {region.event_of(plan) for plan in plans}, judged)
    _write_links(connection, events | {region.event_of(plan) for plan in plans}, region)


def tellings_of_mentions(connection: sqlite3.Connection, keys: Iterable[str]) -> set[int]:
    """The tellings that hold mentions with these keys; unknown keys are left out."""
    found = set()
    for key in keys:
        row = connection.execute(
            "SELECT em.telling FROM event_mention AS em WHERE em.mention = (" + MENTION_BY_KEY + ")",
            mention_key_parts(key),
        ).fetchone()
        if row is not None:
            found.add(row[0])
    return found


MENTION_BY_KEY = (
    "SELECT m.id FROM mention AS m JOIN document AS d ON d.id = m.document"
    " WHERE d.key = ? AND m.trigger_start = ? AND m.trigger_word = ?"
)


def mention_key_parts(key: str) -> tuple[str, int, str]:
    """Document key, offset and word of a mention's key; ("", -1, "") for what is no such key."""
    document, _, rest = key.partition(":")
    offset, _, word = rest.partition(":")
    return (document, int(offset), word) if offset.isdecimal() else ("", -1, "")


# Tellings -------------------------------------------------------------------------------------------------------------


def _write_tellings(connection: sqlite3.Connection, document: int, constraints: Constraints) -> set[int]:
    """Writes what one document tells, an event each; the new rows."""
    withdrawn = connection.execute("SELECT withdrawn_at FROM document WHERE id = ?", (document,)).fetchone()[0]
    if withdrawn is not None:
        return set()
    local = connection.execute(
        "SELECT id, local_event FROM mention WHERE document = ? ORDER BY trigger_start, trigger_word", (document,)
    ).fetchall()
    mentions = read_mentions(connection, [row for row, _ in local])
    sources = _read_sources(connection, {document})
    groups: dict[tuple[str, frozenset[int]], list[StoredMention]] = defaultdict(list)
    for row, local_event in local:
        sides = frozenset(n for n, (apart, _) in enumerate(constraints.split) if mentions[row].key in apart)
        groups[local_event, sides].append(mentions[row])
    names = _name_beginnings(connection, document)
    for members in groups.values():
        _write_telling(connection, document, members, sources, names)
    return {members[0].row for members in groups.values()}


def _write_telling(
    connection: sqlite3.Connection,
    document: int,
    members: Sequence[StoredMention],
    sources: Mapping[str, Source],
    names: frozenset[str],
) -> None:
    """One telling, known by its first mention; its words are those of the label that begin no name."""
    valued = value_event(members, sources)
    row = members[0].row
    words = word_beginnings(f"{valued.label} {members[0].trigger}") - names
    concepts = {member.concept for member in members} - {""}
    taking_part = {
        actor.row: actor
        for actor, role, _ in valued.actors
        if role in _PARTICIPANTS and not actor.key.startswith(("place:", "capital:"))
    }
    known = sum(not actor.key.startswith(OWN) for actor in taking_part.values())
    dating, earliest, latest = _date_telling(valued, sources[members[0].document].published, known)
    connection.execute(
        "INSERT INTO telling (id, document, kind, status, is_saying, dating, earliest, latest, place, actors, concepts,"
        " ordinal, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (row, document, valued.kind, valued.status, valued.is_saying, dating, earliest, latest,
         valued.place.row if valued.place else None, known, " ".join(sorted(concepts)), _ordinal(valued),
         " ".join(sorted(words))),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO event_mention (mention, telling) VALUES (?, ?)", [(member.row, row) for member in members]
    )
    if earliest is None and recurrence(concepts, "persons") != "once":
        return
    entries = [(actor, valued.kind, earliest or 0, row, 0) for actor in sorted(taking_part)]
    if valued.place:
        entries.append((valued.place.row, valued.kind, earliest or 0, row, 1))
    connection.executemany("INSERT INTO telling_actor VALUES (?, ?, ?, ?, ?)", entries)


def _date_telling(valued: Valued, published: int | None, known: int) -> tuple[Dating, int | None, int | None]:
    """How the telling came by its time, and the days in which joining seeks the event; `known` take part in it."""
    when = valued.when
    if when is not None and when.earliest is not None and when.latest is not None:
        if when.basis == "publication":
            return "guessed", when.latest - GUESSED, when.latest
        return "told", when.earliest, when.latest
    is_recent = known > 1 and valued.status == "occurred" and not valued.is_saying
    is_recent = is_recent and not any(points_away(mention.quote) for mention in valued.mentions)
    if when is None and published is not None and is_recent:
        return "undated", published - RECENT, published
    return "undated", None, None


def _ordinal(valued: Valued) -> str:
    """Which of its kind the event is: as the label has it, else as the clause of the best mention that tells one."""
    return ordinal_in(valued.label) or next(filter(None, (ordinal_in(m.quote) for m in valued.mentions)), "")


def _name_beginnings(connection: sqlite3.Connection, document: int) -> frozenset[str]:
    """The words of all names in a document."""
    found = connection.execute("SELECT name, aliases FROM local_actor WHERE document = ?", (document,))
    return word_beginnings(" ".join(" ".join([name, *json.loads(aliases)]) for name, aliases in found))


def _read_tellings(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, Telling]:
    wanted = json_list(rows)
    actors: dict[int, set[str]] = defaultdict(set)
    persons: dict[int, set[str]] = defaultdict(set)
    for telling, key, is_person in connection.execute(
        f"""SELECT ta.telling, a.key, a.kind = 'person' AND (a.key NOT LIKE '{OWN}%' OR EXISTS (
                    SELECT 1 FROM actor_member AS m JOIN actor_mention AS n ON n.local_actor = m.local_actor
                     WHERE m.actor = a.id AND n.form = 'name'))"""
        f" FROM telling_actor AS ta JOIN actor AS a ON a.id = ta.actor WHERE ta.telling {AMONG} AND NOT ta.is_place",
        (wanted,),
    ):
        actors[telling].add(key)
        if is_person:
            persons[telling].add(key)
    mentions: dict[int, set[str]] = defaultdict(set)
    for telling, document, start, word in connection.execute(
        "SELECT em.telling, d.key, m.trigger_start, m.trigger_word FROM event_mention AS em"
        " JOIN mention AS m ON m.id = em.mention JOIN document AS d ON d.id = m.document"
        f" WHERE em.telling {AMONG}",
        (wanted,),
    ):
        mentions[telling].add(f"{document}:{start}:{word}")
    found = connection.execute(
        f"""SELECT t.id, d.key, m.trigger_start, m.trigger_word, d.published, t.kind, t.status, t.is_saying, t.dating,
                   t.earliest, t.latest, p.key, t.concepts, t.ordinal, t.words
              FROM telling AS t JOIN mention AS m ON m.id = t.id JOIN document AS d ON d.id = t.document
              LEFT JOIN actor AS p ON p.id = t.place WHERE t.id {AMONG}""",
        (wanted,),
    )
    named = _read_company(connection, wanted)
    return {row[0]: _telling(row, actors[row[0]], persons[row[0]], named[row[0]], mentions[row[0]]) for row in found}


def _read_company(connection: sqlite3.Connection, wanted: str) -> dict[int, set[str]]:
    """For tellings of at most one actor, all whom their documents name."""
    named: dict[int, set[str]] = defaultdict(set)
    for telling, key in connection.execute(
        "SELECT t.id, a.key FROM telling AS t JOIN local_actor AS l ON l.document = t.document"
        " JOIN actor_member AS m ON m.local_actor = l.id JOIN actor AS a ON a.id = m.actor"
        f" WHERE t.id {AMONG} AND t.actors <= 1 AND t.earliest IS NOT NULL",
        (wanted,),
    ):
        named[telling].add(key)
    return named


def _telling(row: tuple[Any, ...], actors: set[str], persons: set[str], named: set[str], mentions: set[str]) -> Telling:
    (number, document, start, word, published, kind, status, is_saying, dating, earliest, latest, place_key, concepts,
     ordinal, words) = row  # fmt: skip
    return Telling(
        row=number, key=(document, start, word), published=published, kind=kind, status=status,
        is_saying=bool(is_saying), dating=dating, earliest=earliest, latest=latest, actors=frozenset(actors),
        persons=frozenset(persons), named=frozenset(named), place=None if place_key is None else _place(place_key),
        concepts=frozenset(concepts.split()), ordinal=ordinal, words=frozenset(words.split()),
        mentions=frozenset(mentions),
    )  # fmt: skip


def _place(key: str) -> Place:
    # From the key: the shown name depends on which documents there are.
    kind, _, name = key.partition(":")
    if kind == "state":
        return Place(key=key, state=name, kind="state")
    if kind == "capital":
        return Place(key=key, state=name, kind="capital")
    if (region := region_state(name)) is not None:
        return Place(key=key, state=region or None, kind="region")
    return Place(key=key, state=state_of_town(name), kind="town")


class _Region:
    """Tellings that are tied by matches or judgements: what must be grouped together."""

    def __init__(self, connection: sqlite3.Connection, constraints: Constraints) -> None:
        self.connection, self.constraints = connection, constraints
        self.tellings: dict[int, Telling] = {}

    def spread(self, seeds: Iterable[int]) -> None:
        """Takes in the seeds, and all tied to them directly or by others."""
        open_ = _read_tellings(self.connection, seeds)
        self.tellings.update(open_)
        while open_:
            found: dict[int, Telling] = {}
            for telling in open_.values():
                found.update(self._matches(telling))
                found.update(self._merged_with(telling))
            open_ = {row: telling for row, telling in found.items() if row not in self.tellings}
            self.tellings.update(open_)

    def matching(self, tellings: Iterable[Telling]) -> set[int]:
        """Rows of all that match one of the tellings."""
        return {row for telling in tellings for row in self._matches(telling)}

    def _matches(self, telling: Telling) -> dict[int, Telling]:
        return {row: other for row, other in self.candidates(telling).items() if match_tellings(telling, other)}

    def candidates(self, telling: Telling) -> dict[int, Telling]:
        """Tellings of the same kind about the same time that share somebody taking part, or the place.

        Where nobody takes part in one of them, those of the same days, or of the same month and ordinal; of what
        happens once to a person, all of that person.
        """
        rows = self._about_the_same_time(telling) if telling.earliest is not None else set()
        if telling.happens_once:
            rows |= self._of_the_same_life(telling)
        return _read_tellings(self.connection, rows - {telling.row})

    def _about_the_same_time(self, telling: Telling) -> set[int]:
        reach = WIDEST if telling.ordinal else SEASON if telling.is_seldom else COARSEST
        rows = self.connection.execute(
            """SELECT t.id FROM telling_actor AS mine
                 JOIN telling_actor AS other ON other.actor = mine.actor AND other.kind IN (mine.kind, ?10)
                  AND other.is_place = mine.is_place
                  AND other.earliest BETWEEN ?1 - CASE WHEN mine.is_place THEN ?4 ELSE ?3 END
                                         AND CASE WHEN mine.is_place OR ?2 - ?1 <= ?3 THEN ?2 ELSE ?1 END
                 JOIN telling AS t ON t.id = other.telling
                WHERE mine.telling = ?5 AND t.id <> ?5 AND t.latest >= ?1
                  AND (t.status = ?6 OR 'planned' IN (t.status, ?6))
               UNION SELECT t.id FROM telling AS t WHERE t.kind = ?7 AND t.earliest BETWEEN ?1 - 3 AND ?2
                  AND t.id <> ?5 AND ?2 - ?1 <= 3 AND (?8 OR t.actors = 0)
               UNION SELECT t.id FROM telling AS t WHERE t.kind IN (?7, ?10) AND t.ordinal = ?9 AND ?9 <> ''
                  AND t.earliest BETWEEN ?1 - ?4 AND ?2 AND t.latest >= ?1 AND (?8 OR t.actors = 0)""",
            (telling.earliest, telling.latest, reach, WIDEST, telling.row, telling.status, telling.kind,
             not telling.known, telling.ordinal, kind_beside(telling.kind)),
        )  # fmt: skip
        return {row for (row,) in rows}

    def _of_the_same_life(self, telling: Telling) -> set[int]:
        rows = self.connection.execute(
            "SELECT other.telling FROM telling_actor AS mine JOIN telling_actor AS other ON other.actor = mine.actor"
            " AND other.kind = mine.kind WHERE mine.telling = ? AND NOT mine.is_place AND NOT other.is_place",
            (telling.row,),
        )
        return {row for (row,) in rows}

    def event_of(self, telling: int) -> int:
        """The row of the event that the telling belongs to now."""
        return int(self.connection.execute("SELECT event FROM telling WHERE id = ?", (telling,)).fetchone()[0])

    def _merged_with(self, telling: Telling) -> dict[int, Telling]:
        keys = {key for group in self.constraints.merged if group & telling.mentions for key in group}
        return _read_tellings(self.connection, tellings_of_mentions(self.connection, keys - telling.mentions))


# Events ---------------------------------------------------------------------------------------------------------------


def _write_groups(connection: sqlite3.Connection, groups: Sequence[Group]) -> set[int]:
    """Gives each group its event's row, which is its number; values are still missing."""
    members = json_list(telling.row for group in groups for telling in group.tellings)
    old = connection.execute(f"SELECT DISTINCT event FROM telling WHERE id {AMONG} AND event IS NOT NULL", (members,))
    _delete_events(connection, {row for (row,) in old})
    events = set()
    for group in groups:
        number = _event_number(connection, group)
        events.add(number)
        connection.executemany(
            "UPDATE telling SET event = ?, rule = ? WHERE id = ?",
            [(number, rule, telling.row) for telling, rule in zip(group.tellings, group.rules, strict=True)],
        )
    return events


def _event_number(connection: sqlite3.Connection, group: Group) -> int:
    """The smallest number that any key of the group's mentions was ever given; a new one for the first key."""
    keys = json_list(sorted(key for telling in group.tellings for key in telling.mentions))
    number = connection.execute(
        f"SELECT min(number) FROM event_number WHERE key {AMONG}"
        f" OR key IN (SELECT key FROM former_key WHERE current {AMONG})",
        (keys, keys),
    ).fetchone()[0]
    if number is None:
        document, start, word = group.tellings[0].key
        number = connection.execute(
            "INSERT INTO event_number (key) VALUES (?)", (f"{document}:{start}:{word}",)
        ).lastrowid
    return int(number)


def _delete_events(connection: sqlite3.Connection, events: set[int]) -> None:
    connection.execute(f"DELETE FROM event_text WHERE rowid {AMONG}", (json_list(events),))
    connection.execute(f"DELETE FROM event WHERE id {AMONG}", (json_list(events),))


def _write_values(connection: sqlite3.Connection, events: set[int], judged: JudgedEvents) -> None:
    """Writes the rows of events from what their tellings' mentions claim."""
    _delete_events(connection, events)
    members: dict[int, list[int]] = defaultdict(list)
    for event, mention in connection.execute(
        "SELECT t.event, em.mention FROM telling AS t JOIN event_mention AS em ON em.telling = t.id"
        f" WHERE t.event {AMONG}",
        (json_list(events),),
    ):
        members[event].append(mention)
    mentions = read_mentions(connection, [row for rows in members.values() for row in rows])
    documents = {mention.document for mention in mentions.values()}
    sources = {source.key: source for source in _read_sources_by_key(connection, documents)}
    for event in sorted(members):
        claims = [mentions[row] for row in members[event]]
        about = judged.about(mention.key for mention in claims)
        valued = value_event(claims, sources, about, _actors_named_by(connection, about))
        _insert_event(connection, event, valued)


def _actors_named_by(connection: sqlite3.Connection, judgements: Sequence[Any]) -> dict[str, ActorName]:
    """Actors by the keys that corrections name, wherever these were joined since."""
    keys = {str(j.after) for j in judgements if j.field == "place" and j.after is not None}
    keys |= {key for j in judgements if j.field == "actors" for key, _ in j.after}
    found = {}
    for wanted in sorted(keys):
        row = connection.execute(
            "SELECT a.id, a.key, a.name, a.kind FROM actor AS a WHERE a.key = ?1 OR a.id ="
            " (SELECT actor FROM actor_member WHERE naming = ?1 LIMIT 1) ORDER BY a.key = ?1 DESC LIMIT 1",
            (wanted,),
        ).fetchone()
        if row is not None:
            found[wanted] = ActorName(row=row[0], key=row[1], short_id=f"a{row[0]}", name=row[2], kind=row[3])
    return found


def _insert_event(connection: sqlite3.Connection, row: int, valued: Valued) -> None:
    first = min(valued.mentions, key=lambda mention: (mention.document, mention.trigger_start, mention.trigger))
    when = valued.when
    edtf, words, basis, origin, counted_from = when_columns(when)
    is_shown = not valued.hidden_because
    start = int(when.sort_key[0]) if when else None
    connection.execute(
        f"INSERT INTO event VALUES ({', '.join('?' * 31)})",
        (
            row, first.key, public_id("e", first.key), valued.label, valued.label_rule, valued.language, valued.kind,
            valued.status, valued.status_rule, valued.is_reported,
            valued.reported_by.row if valued.reported_by else None, start, when.earliest if when else None,
            when.latest if when else None, when.sort_key[4] if when else 0, edtf, words, basis, origin, counted_from,
            valued.when_rule, valued.place.row if valued.place else None, valued.place_rule, valued.salience,
            valued.is_saying, valued.sources, len(valued.mentions), is_shown, valued.hidden_because, valued.is_pinned,
            valued.checked_by,
        ),
    )  # fmt: skip
    connection.executemany(
        "UPDATE event_mention SET event = ?, position = ? WHERE mention = ?",
        [(row, position, mention.row) for position, mention in enumerate(valued.mentions)],
    )
    roles: list[tuple[int, int, str, int, str, int | None, bool]]
    roles = [(row, actor.row, role, n, rule, start, is_shown) for n, (actor, role, rule) in enumerate(valued.actors)]
    if valued.place:
        roles.append((row, valued.place.row, "place", len(roles), valued.place_rule, start, is_shown))
    connection.executemany("INSERT INTO event_actor VALUES (?, ?, ?, ?, ?, ?, ?)", roles)
    connection.executemany(
        "INSERT INTO other_when VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(row, position, *when_columns(other)) for position, other in enumerate(valued.other_whens)],
    )
    _index_text(connection, row, valued)


def _index_text(connection: sqlite3.Connection, row: int, valued: Valued) -> None:
    quotations = dict.fromkeys(mention.quote for mention in valued.mentions)
    # As the documents write them: the shown name of an actor may change with documents that tell other events.
    names = connection.execute(
        f"""SELECT DISTINCT l.name FROM local_actor AS l JOIN (
              SELECT local_actor FROM mention_role WHERE mention {AMONG} UNION
              SELECT place FROM mention WHERE id {AMONG}) AS named ON named.local_actor = l.id ORDER BY l.name""",
        (json_list(mention.row for mention in valued.mentions),) * 2,
    ).fetchall()
    connection.execute(
        "INSERT INTO event_text (rowid, label, quotations, names) VALUES (?, ?, ?, ?)",
        (row, write_out_umlauts(valued.label), write_out_umlauts("\n".join(quotations)),
         write_out_umlauts("\n".join(name for (name,) in names))),
    )  # fmt: skip


def _read_sources(connection: sqlite3.Connection, documents: set[int]) -> dict[str, Source]:
    found = connection.execute(
        f"SELECT key, language, published FROM document WHERE id {AMONG}", (json_list(documents),)
    )
    return {key: Source(key=key, language=language, published=published) for key, language, published in found}


def _read_sources_by_key(connection: sqlite3.Connection, keys: set[str]) -> list[Source]:
    found = connection.execute(f"SELECT key, language, published FROM document WHERE key {AMONG}", (json_list(keys),))
    return [Source(key=key, language=language, published=published) for key, language, published in found]


# Links ----------------------------------------------------------------------------------------------------------------


def _plans_concerned(region: _Region) -> set[int]:
    """Tellings of plans that may have gained or lost an outcome: those of the region, and those it may bring about."""
    plans = {row for row, telling in region.tellings.items() if telling.status == "planned"}
    for telling in region.tellings.values():
        if telling.status in ("occurred", "cancelled"):
            plans |= {row for row, other in region.candidates(telling).items() if match_plan(other, telling)}
    return plans


def _write_links(connection: sqlite3.Connection, events: set[int], region: _Region) -> None:
    """All links that touch the events, and which plans they hide."""
    _write_stated_links(connection, events)
    plans = connection.execute(
        f"SELECT t.id FROM telling AS t WHERE t.event {AMONG} AND t.status = 'planned'", (json_list(events),)
    ).fetchall()
    for telling in _read_tellings(connection, [row for (row,) in plans]).values():
        _write_outcomes(connection, telling, region)
    _hide_plans(connection, events)


def _write_stated_links(connection: sqlite3.Connection, events: set[int]) -> None:
    """Links that documents state, of events that these documents speak of."""
    wanted = json_list(events)
    connection.execute(
        f"""WITH ends AS (SELECT m.document, m.trigger_start || ':' || m.trigger_word AS key, em.event
                           FROM mention AS m JOIN event_mention AS em ON em.mention = m.id
                          WHERE m.document IN (SELECT document FROM telling WHERE event {AMONG}))
            INSERT OR IGNORE INTO link
            SELECT DISTINCT s.event, t.event, l.kind, l.document, l.evidence_start, l.evidence_end, l.rule
              FROM local_link AS l JOIN ends AS s ON s.document = l.document AND s.key = l.source
              JOIN ends AS t ON t.document = l.document AND t.key = l.target
             WHERE s.event <> t.event AND (s.event {AMONG} OR t.event {AMONG})""",
        (wanted, wanted, wanted),
    )


def _write_outcomes(connection: sqlite3.Connection, plan: Telling, region: _Region) -> None:
    """Links a plan to what became of it, as told elsewhere; of several that a coarse date fits, to none."""
    outcomes: dict[int, tuple[str, str, bool]] = {}
    for row, other in sorted(region.candidates(plan).items(), key=lambda item: item[1].key):
        if match := match_plan(plan, other):
            kind = "fulfils" if other.status == "occurred" else "overtakes"
            event = region.event_of(row)
            if event not in outcomes or outcomes[event][2]:
                outcomes[event] = (kind, match.rule, match.is_doubtful)
    sharp = {event: outcome for event, outcome in outcomes.items() if not outcome[2]}
    if not sharp and len(outcomes) > 1:
        return
    target = region.event_of(plan.row)
    for event, (kind, rule, _) in (sharp or outcomes).items():
        known = connection.execute(
            "SELECT 1 FROM link WHERE source = ? AND target = ? AND kind = ?", (event, target, kind)
        ).fetchone()
        if event != target and known is None:
            connection.execute("INSERT INTO link VALUES (?, ?, ?, NULL, NULL, NULL, ?)", (event, target, kind, rule))


def _hide_plans(connection: sqlite3.Connection, events: set[int]) -> None:
    kinds: dict[int, set[str]] = defaultdict(set)
    for target, kind in connection.execute(f"SELECT target, kind FROM link WHERE target {AMONG}", (json_list(events),)):
        kinds[target].add(kind)
    for event, hidden_because, status, is_pinned in connection.execute(
        f"SELECT id, hidden_because, status, is_pinned FROM event WHERE id {AMONG}", (json_list(kinds),)
    ).fetchall():
        reason = hide_overtaken(hidden_because, status, kinds[event], bool(is_pinned))
        if reason != hidden_because:
            connection.execute(
                "UPDATE event SET hidden_because = ?, is_shown = ? WHERE id = ?", (reason, not reason, event)
            )
            connection.execute("UPDATE event_actor SET is_shown = ? WHERE event = ?", (not reason, event))
