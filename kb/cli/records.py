"""Events, actors and documents as the commands print them: for people, as rows of a sheet, and as JSON records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from events import When, iso_day, print_kind, print_when
from kb.cli.session import Session
from kb.cli.tables import Column
from kb.cli.wording import Wording
from kb.model import ActorName, StoredActor, StoredDocument, StoredEvent


def printed_date(session: Session, when: When | None) -> str:
    """A date as people read it, in the language of the interface."""
    return print_when(when, session.language)


def printed_status(wording: Wording, event: StoredEvent) -> str:
    """The status in words, with the hedge where no source asserts the event flatly."""
    status = wording(f"status.{event.status}")
    if not event.is_reported:
        return status
    reported = wording("status.reported")
    return reported if event.status == "occurred" else f"{status}, {reported}"


def printed_actors(event: StoredEvent) -> str:
    """The names of those that take part, each once."""
    return "; ".join(dict.fromkeys(role.actor.name for role in event.actors))


def event_columns(session: Session) -> tuple[Column[StoredEvent], ...]:
    """The timeline for people."""
    wording = session.wording
    return (
        Column(heading="id", cell=lambda event: event.short_id),
        Column(heading="date", cell=lambda event: printed_date(session, event.when), is_wide=True, share=3),
        Column(heading="label", cell=lambda event: event.label, is_wide=True, share=6),
        Column(heading="actors", cell=printed_actors, is_wide=True, share=2),
        Column(heading="place", cell=lambda event: event.place.name if event.place else "", is_wide=True),
        Column(heading="status", cell=lambda event: printed_status(wording, event)),
        Column(heading="sources", cell=lambda event: str(event.sources)),
    )


def event_sheet(session: Session) -> tuple[Column[StoredEvent], ...]:
    """The timeline for a spreadsheet: the date as text, its outer days, and EDTF."""
    identifier, date, *rest = event_columns(session)
    return (
        identifier,
        date,
        Column(heading="earliest", cell=lambda event: (iso_day(event.when.earliest) or "") if event.when else ""),
        Column(heading="latest", cell=lambda event: (iso_day(event.when.latest) or "") if event.when else ""),
        Column(heading="edtf", cell=lambda event: event.when.edtf if event.when else ""),
        *rest,
        Column(heading="kind", cell=lambda event: print_kind(event.kind, session.language)),
    )


def when_record(session: Session, when: When | None) -> Mapping[str, Any] | None:
    """A date as JSON: EDTF, outer days, the words it was read from, and how people read it."""
    if when is None:
        return None
    return {
        "printed": printed_date(session, when),
        "edtf": when.edtf,
        "earliest": iso_day(when.earliest),
        "latest": iso_day(when.latest),
        "text": when.text,
        "basis": when.basis,
    }


def actor_reference(actor: ActorName | None) -> Mapping[str, str] | None:
    """An actor as JSON names it elsewhere than in its own list."""
    return None if actor is None else {"id": actor.short_id, "name": actor.name}


def event_record(session: Session, event: StoredEvent) -> dict[str, Any]:
    """An event as JSON."""
    return {
        "id": event.short_id,
        "public_id": event.public_id,
        "label": event.label,
        "kind": event.kind,
        "status": event.status,
        "reported": {"by": actor_reference(event.reported_by)} if event.is_reported else None,
        "when": when_record(session, event.when),
        "other_whens": [when_record(session, when) for when in event.other_whens],
        "actors": [{**(actor_reference(role.actor) or {}), "role": role.role} for role in event.actors],
        "place": actor_reference(event.place),
        "sources": event.sources,
        "mentions": event.mentions,
        "salience": round(event.salience, 4),
        "pinned": event.is_pinned,
        "checked_by": event.checked_by,
        "shown": event.is_shown,
    }


def actor_columns(session: Session) -> tuple[Column[StoredActor], ...]:
    """The list of actors."""
    wording = session.wording
    return (
        Column(heading="id", cell=lambda actor: actor.short_id),
        Column(heading="name", cell=lambda actor: actor.name),
        Column(heading="kind", cell=lambda actor: wording(f"actor_kind.{actor.kind}")),
        Column(heading="events", cell=lambda actor: str(actor.events)),
        Column(heading="documents", cell=lambda actor: str(actor.documents)),
        Column(heading="aliases", cell=lambda actor: "; ".join(actor.aliases), is_wide=True),
    )


def actor_record(actor: StoredActor) -> dict[str, Any]:
    """An actor as JSON."""
    return {
        "id": actor.short_id,
        "public_id": actor.public_id,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
        "events": actor.events,
        "documents": actor.documents,
    }


def document_columns(session: Session) -> tuple[Column[StoredDocument], ...]:
    """The list of documents."""
    wording = session.wording
    return (
        Column(heading="id", cell=lambda document: document.short_id),
        Column(heading="published", cell=lambda document: _published(wording, document)),
        Column(heading="published_basis", cell=lambda document: printed_basis(wording, document.published_basis)),
        Column(heading="title", cell=lambda document: document.title, is_wide=True),
        Column(heading="outlet", cell=lambda document: document.outlet or document.agency),
        Column(heading="language", cell=lambda document: document.language),
        Column(heading="events", cell=lambda document: str(document.events)),
        Column(heading="file", cell=lambda document: document.name, is_wide=True),
    )


def printed_basis(wording: Wording, basis: str) -> str:
    """How a publication day is known, in words."""
    return wording.lookup(f"basis.{basis}") or basis


def _published(wording: Wording, document: StoredDocument) -> str:
    return document.published.isoformat() if document.published else wording("list.unknown")


def document_record(document: StoredDocument) -> dict[str, Any]:
    """A document as JSON, without its text."""
    return {
        "id": document.short_id,
        "key": document.key,
        "name": document.name,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "published_basis": document.published_basis,
        "language": document.language,
        "outlet": document.outlet,
        "agency": document.agency,
        "author": document.author,
        "url": document.url,
        "model": document.model,
        "events": document.events,
        "remarks": list(document.remarks),
        "withdrawn_because": document.withdrawn_because,
    }
