"""Rows of a knowledge base as values, read in batches."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from events import When
from kb.claims import when_from_columns
from kb.model import (
    ActorName,
    StoredActor,
    StoredDocument,
    StoredEvent,
    StoredLink,
    StoredMention,
    StoredReported,
    StoredRole,
)

# What SQLite takes as one list: `IN (SELECT value FROM json_each(?))` has no limit on its length.
AMONG = "IN (SELECT value FROM json_each(?))"


def json_list(values: Iterable[int | str]) -> str:
    """A list as `AMONG` takes it."""
    return json.dumps(list(values))


def read_actor_names(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, ActorName]:
    """Actors as events name them, by row."""
    found = connection.execute(f"SELECT id, key, name, kind FROM actor WHERE id {AMONG}", (json_list(set(rows)),))
    return {
        row: ActorName(row=row, key=key, short_id=f"a{row}", name=name, kind=kind) for row, key, name, kind in found
    }


def read_mentions(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, StoredMention]:
    """Mentions by row, with the actors that their documents' actors were joined to."""
    wanted = json_list(rows)
    roles = _read_mention_roles(connection, wanted)
    claims = connection.execute(
        f"""SELECT m.id, d.key, d.id, m.start_offset, m.end_offset,
                   substr(d.text, m.start_offset + 1, m.end_offset - m.start_offset), m.trigger_word, m.trigger_start,
                   m.kind, m.status, m.status_rule, m.when_edtf, m.when_text, m.when_basis, m.when_rule,
                   m.when_counted_from, place.actor, m.place_rule, m.is_reported, speaker.actor,
                   substr(d.text, m.reported_start + 1, m.reported_end - m.reported_start), m.reported_rule,
                   m.label, m.label_rule, m.salience, m.zone, m.is_saying, m.concept, m.rule
              FROM mention AS m JOIN document AS d ON d.id = m.document
              LEFT JOIN actor_member AS place ON place.local_actor = m.place
              LEFT JOIN actor_member AS speaker ON speaker.local_actor = m.reported_by
             WHERE m.id {AMONG}""",
        (wanted,),
    ).fetchall()
    named = {row[16] for row in claims} | {row[19] for row in claims} | {a for r in roles.values() for a, _, _ in r}
    actors = read_actor_names(connection, (actor for actor in named if actor is not None))
    return {row[0]: _mention(row, roles[row[0]], actors) for row in claims}


def read_event_roles(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, tuple[StoredRole, ...]]:
    """For each event who has which role in it, agents first; the place is none of them."""
    found = connection.execute(
        f"""SELECT ea.event, ea.role, ea.rule, a.id, a.key, a.name, a.kind FROM event_actor AS ea
              JOIN actor AS a ON a.id = ea.actor
             WHERE ea.event {AMONG} AND ea.role <> 'place' ORDER BY ea.event, ea.position""",
        (json_list(rows),),
    )
    roles: dict[int, list[StoredRole]] = defaultdict(list)
    for event, role, rule, actor, key, name, kind in found:
        named = ActorName(row=actor, key=key, short_id=f"a{actor}", name=name, kind=kind)
        roles[event].append(StoredRole(actor=named, role=role, rule=rule))
    return {event: tuple(rows_) for event, rows_ in roles.items()}


EVENT_COLUMNS = """e.id, e.key, e.public_id, e.label, e.label_rule, e.kind, e.language, e.status, e.status_rule,
    e.is_reported, e.reported_by, e.when_edtf, e.when_text, e.when_basis, e.when_origin, e.when_counted_from,
    e.when_rule, e.place, e.place_rule, e.salience, e.is_saying, e.sources, e.mentions, e.is_shown, e.hidden_because,
    e.is_pinned, e.checked_by"""


def events_from_rows(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> tuple[StoredEvent, ...]:
    """Events from rows of `EVENT_COLUMNS`, in the same order."""
    numbers = [row[0] for row in rows]
    roles = read_event_roles(connection, numbers)
    others = _read_other_whens(connection, numbers)
    actors = read_actor_names(connection, {row[10] for row in rows} | {row[17] for row in rows} - {None})
    return tuple(_event(row, roles.get(row[0], ()), others.get(row[0], ()), actors) for row in rows)


def read_documents(
    connection: sqlite3.Connection, condition: str = "", values: Sequence[Any] = ()
) -> tuple[StoredDocument, ...]:
    """Documents by publication day, the undated last."""
    found = connection.execute(
        f"""SELECT id, key, title, published, published_basis, language, outlet, agency, author, url, model, added_at,
                   withdrawn_because,
                   (SELECT count(DISTINCT e.id) FROM telling AS t JOIN event AS e ON e.id = t.event
                     WHERE t.document = document.id AND e.is_shown)
              FROM document {condition} ORDER BY published IS NULL, published, id""",
        tuple(values),
    ).fetchall()
    rows = json_list(row[0] for row in found)
    places: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for document, path, name in connection.execute(
        f"SELECT document, path, name FROM location WHERE document {AMONG} ORDER BY document, name, path", (rows,)
    ):
        places[document].append((path, name))
    remarks: dict[int, list[str]] = defaultdict(list)
    for document, text in connection.execute(
        f"SELECT document, text FROM remark WHERE document {AMONG} ORDER BY document, position", (rows,)
    ):
        remarks[document].append(text)
    return tuple(_document(row, places[row[0]], remarks[row[0]]) for row in found)


def read_actors(
    connection: sqlite3.Connection, condition: str = "", values: Sequence[Any] = ()
) -> tuple[StoredActor, ...]:
    """Actors, those in most shown events first."""
    found = connection.execute(
        f"""SELECT id, key, public_id, name, kind,
                   (SELECT count(DISTINCT l.document) FROM actor_member AS m JOIN local_actor AS l
                        ON l.id = m.local_actor WHERE m.actor = actor.id) AS documents,
                   (SELECT count(DISTINCT event) FROM event_actor WHERE actor = actor.id AND is_shown) AS events
              FROM actor {condition} ORDER BY events DESC, documents DESC, name, key""",
        tuple(values),
    ).fetchall()
    rows = json_list(row[0] for row in found)
    names: dict[int, list[str]] = defaultdict(list)
    for actor, name in connection.execute(
        f"SELECT actor, name FROM actor_name WHERE actor {AMONG} ORDER BY actor, bearers DESC, name", (rows,)
    ):
        names[actor].append(name)
    rules: dict[int, list[str]] = defaultdict(list)
    for actor, rule in connection.execute(
        "SELECT DISTINCT m.actor, r.rule FROM actor_member AS m JOIN naming_rule AS r ON r.naming = m.naming"
        f" WHERE m.actor {AMONG} ORDER BY m.actor, r.rule",
        (rows,),
    ):
        rules[actor].append(rule)
    return tuple(
        StoredActor(
            row=row, key=key, short_id=f"a{row}", public_id=public_id, name=name, kind=kind,
            aliases=tuple(alias for alias in names[row] if alias != name), events=events, documents=documents,
            rules=tuple(rules[row]),
        )
        for row, key, public_id, name, kind, documents, events in found
    )  # fmt: skip


def read_links(
    connection: sqlite3.Connection, condition: str = "", values: Sequence[Any] = ()
) -> tuple[StoredLink, ...]:
    """Links in order of source, target and kind."""
    found = connection.execute(
        f"""SELECT l.source, l.target, l.kind, d.key, l.evidence_start, l.evidence_end,
                   coalesce(substr(d.text, l.evidence_start + 1, l.evidence_end - l.evidence_start), ''), l.rule
              FROM link AS l LEFT JOIN document AS d ON d.id = l.document {condition}
             ORDER BY l.source, l.target, l.kind, d.key, l.evidence_start""",
        tuple(values),
    )
    return tuple(
        StoredLink(source=source, target=target, kind=kind, document=document, start=start, end=end, quote=quote,
                   rule=rule)
        for source, target, kind, document, start, end, quote, rule in found
    )  # fmt: skip


def _read_mention_roles(connection: sqlite3.Connection, wanted: str) -> dict[int, list[tuple[int, Any, str]]]:
    roles: dict[int, list[tuple[int, Any, str]]] = defaultdict(list)
    for mention, actor, role, rule in connection.execute(
        f"""SELECT r.mention, m.actor, r.role, r.rule FROM mention_role AS r
              JOIN actor_member AS m ON m.local_actor = r.local_actor
             WHERE r.mention {AMONG} ORDER BY r.mention, r.position""",
        (wanted,),
    ):
        roles[mention].append((actor, role, rule))
    return roles


def _read_other_whens(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, tuple[When, ...]]:
    whens: dict[int, list[When]] = defaultdict(list)
    for event, *columns in connection.execute(
        f"SELECT event, edtf, text, basis, rule, counted_from FROM other_when WHERE event {AMONG}"
        " ORDER BY event, position",
        (json_list(rows),),
    ):
        when = when_from_columns(*columns)
        if when is not None:
            whens[event].append(when)
    return {event: tuple(found) for event, found in whens.items()}


def _mention(row: tuple[Any, ...], roles: list[tuple[int, Any, str]], actors: dict[int, ActorName]) -> StoredMention:
    (number, document, document_row, start, end, quote, trigger, trigger_start, kind, status, status_rule, edtf, words,
     basis, when_rule, counted_from, place, place_rule, is_reported, speaker, reported_words, reported_rule, label,
     label_rule, salience, zone, is_saying, concept, rule) = row  # fmt: skip
    reported = None
    if is_reported:
        by = None if speaker is None else actors[speaker]
        reported = StoredReported(by=by, quote=reported_words or "", rule=reported_rule or "")
    return StoredMention(
        row=number, key=f"{document}:{trigger_start}:{trigger}", document=document, document_id=f"d{document_row}",
        start=start, end=end, quote=quote, trigger=trigger, trigger_start=trigger_start, kind=kind, status=status,
        status_rule=status_rule, when=when_from_columns(edtf, words, basis, when_rule, counted_from),
        roles=tuple(StoredRole(actor=actors[actor], role=role, rule=why) for actor, role, why in roles),
        place=None if place is None else actors[place], place_rule=place_rule, reported=reported, label=label,
        label_rule=label_rule, salience=salience, zone=zone, is_saying=bool(is_saying), concept=concept, rule=rule,
    )  # fmt: skip


def _event(
    row: tuple[Any, ...], roles: tuple[StoredRole, ...], others: tuple[When, ...], actors: dict[int, ActorName]
) -> StoredEvent:
    (number, key, public_id, label, label_rule, kind, language, status, status_rule, is_reported, reported_by, edtf,
     words, basis, origin, counted_from, when_rule, place, place_rule, salience, is_saying, sources, mentions, is_shown,
     hidden_because, is_pinned, checked_by) = row  # fmt: skip
    return StoredEvent(
        row=number, key=key, short_id=f"k{number}", public_id=public_id, label=label, label_rule=label_rule, kind=kind,
        language=language, status=status, status_rule=status_rule, is_reported=bool(is_reported),
        reported_by=None if reported_by is None else actors[reported_by],
        when=when_from_columns(edtf, words, basis, origin, counted_from), other_whens=others, when_rule=when_rule,
        actors=roles, place=None if place is None else actors[place], place_rule=place_rule, salience=salience,
        is_saying=bool(is_saying), sources=sources, mentions=mentions, is_shown=bool(is_shown),
        hidden_because=hidden_because, is_pinned=bool(is_pinned), checked_by=checked_by,
    )  # fmt: skip


def _document(row: tuple[Any, ...], places: list[tuple[str, str]], remarks: list[str]) -> StoredDocument:
    (number, key, title, published, basis, language, outlet, agency, author, url, model, added, withdrawn,
     events) = row  # fmt: skip
    return StoredDocument(
        row=number, key=key, short_id=f"d{number}", name=places[0][1] if places else "",
        locations=tuple(path for path, _ in places), title=title,
        published=None if published is None else date.fromordinal(published), published_basis=basis, language=language,
        outlet=outlet, agency=agency, author=author, url=url, model=model, events=events,
        added=datetime.fromisoformat(added), remarks=tuple(remarks), withdrawn_because=withdrawn,
    )  # fmt: skip
