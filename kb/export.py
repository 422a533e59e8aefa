"""The export format: one JSON object that holds a knowledge base for other programs.

The bytes depend on the documents, judgements and shipped data alone: no clock, row id or path of a machine is in them,
and the order in which documents were added makes no difference. docs/export-format.md describes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from events import When, iso_day
from kb.actor_tables import public_id
from kb.model import (
    ActorName,
    Selection,
    StoredActor,
    StoredDocument,
    StoredEvent,
    StoredLink,
    StoredMention,
    StoredReported,
)
from kb.store import KnowledgeBase

FORMAT, VERSION = "zeitstrahl", 1

_Record = dict[str, Any]


def export_json(base: KnowledgeBase, selection: Selection | None = None, *, everything: bool = False) -> str:
    """The knowledge base as the JSON of the export format: what the timeline shows, or everything.

    A selection narrows the events, and with them the actors and links; all documents stay.
    """
    record = export_record(base, selection or Selection(everything=everything))
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def export_record(base: KnowledgeBase, selection: Selection) -> _Record:
    """The export format as an object that JSON can hold."""
    # The rows of the file are in order of adding; only what is read here may set the order.
    events = sorted(base.events(selection), key=_event_order)
    mentions = base.mentions(events)
    documents = [document for document in base.documents() if document.withdrawn_because is None]
    rows = {event.row: event.public_id for event in events}
    links = [link for link in base.links(events) if link.source in rows and link.target in rows]
    actors = _named_actors(base, events, mentions, everything=selection.everything and selection.rows is None)
    return {
        "format": FORMAT,
        "version": VERSION,
        "documents": [_document(each, base.text(each)) for each in sorted(documents, key=_document_order)],
        "actors": [_actor(actor) for actor in actors],
        "events": [_event(event, mentions[event.key]) for event in events],
        "links": sorted((_link(link, rows) for link in links), key=_link_order),
    }


def document_id(key: str) -> str:
    """The id of a document in exports."""
    return f"d-{key[:16]}"


def _named_actors(
    base: KnowledgeBase,
    events: Iterable[StoredEvent],
    mentions: Mapping[str, Sequence[StoredMention]],
    *,
    everything: bool,
) -> list[StoredActor]:
    """Everybody whom the exported events name, in order of ids."""
    if everything:
        found = base.actors(everything=True)
    else:
        named: set[int] = set()
        for event in events:
            named |= {role.actor.row for role in event.actors}
            named |= {actor.row for actor in (event.place, event.reported_by) if actor is not None}
            for mention in mentions[event.key]:
                named |= {role.actor.row for role in mention.roles}
                speaker = mention.reported.by if mention.reported else None
                named |= {actor.row for actor in (mention.place, speaker) if actor is not None}
        found = base.actors_by_row(named)
    return sorted(found, key=lambda actor: actor.public_id)


def _document_order(document: StoredDocument) -> tuple[bool, str, str]:
    return document.published is None, str(document.published), document.key


def _event_order(event: StoredEvent) -> tuple[bool, Any, str]:
    return event.when is None, event.when.sort_key if event.when else 0, event.key


def _document(document: StoredDocument, text: str) -> _Record:
    return {
        "id": document_id(document.key),
        "path": document.name,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "published_basis": document.published_basis,
        "language": document.language,
        "outlet": document.outlet,
        "agency": document.agency,
        "author": document.author,
        "url": document.url,
        "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        "text": text,
    }


def _actor(actor: StoredActor) -> _Record:
    return {"id": actor.public_id, "name": actor.name, "kind": actor.kind, "aliases": sorted(actor.aliases)}


def _event(event: StoredEvent, mentions: Sequence[StoredMention]) -> _Record:
    return {
        "id": event.public_id,
        "label": event.label,
        "kind": event.kind,
        "status": event.status,
        "salience": event.salience,
        "pinned": event.is_pinned,
        "checked_by": event.checked_by,
        "reported": {"by": _actor_id(event.reported_by)} if event.is_reported else None,
        "when": _when(event.when),
        "other_whens": [_other_when(when, mentions) for when in event.other_whens],
        "actors": [{"actor": _actor_id(role.actor), "role": role.role} for role in event.actors],
        "place": _actor_id(event.place),
        "mentions": [_mention(mention) for mention in mentions],
    }


def _mention(mention: StoredMention) -> _Record:
    return {
        "document": document_id(mention.document),
        "start": mention.start,
        "end": mention.end,
        "quote": mention.quote,
        "trigger": mention.trigger,
        "trigger_start": mention.trigger_start,
        "when": _when(mention.when),
        "status": mention.status,
        "reported": _reported(mention.reported),
        "roles": [{"actor": _actor_id(role.actor), "role": role.role} for role in mention.roles],
    }


def _reported(reported: StoredReported | None) -> _Record | None:
    return None if reported is None else {"by": _actor_id(reported.by)}


def _when(when: When | None) -> _Record | None:
    if when is None:
        return None
    return {
        "edtf": when.edtf,
        "earliest": iso_day(when.earliest),
        "latest": iso_day(when.latest),
        "granularity": when.granularity,
        "text": when.text,
        "basis": when.basis,
        "rule": when.rule,
    }


def _other_when(when: When, mentions: Sequence[StoredMention]) -> _Record:
    record = _when(when)
    assert record is not None
    tellers = [mention for mention in mentions if mention.when == when]
    record["mentions"] = [
        {"document": document_id(mention.document), "trigger_start": mention.trigger_start} for mention in tellers
    ]
    return record


def _link(link: StoredLink, rows: Mapping[int, str]) -> _Record:
    evidence = None
    if link.document is not None and link.start is not None:
        evidence = {"document": document_id(link.document), "start": link.start, "end": link.end}
    return {"source": rows[link.source], "target": rows[link.target], "kind": link.kind, "evidence": evidence}


def _link_order(link: _Record) -> tuple[str, str, str, str]:
    return link["source"], link["target"], link["kind"], json.dumps(link["evidence"], sort_keys=True)


def _actor_id(actor: ActorName | None) -> str | None:
    return None if actor is None else public_id("a", actor.key)
