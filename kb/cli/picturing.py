"""Events of a knowledge base as the values that pictures are drawn from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from events import print_when
from kb.cli.records import event_record
from kb.cli.session import Session
from kb.model import ActorName, StoredDocument, StoredEvent, StoredMention
from kb.quoting import cite_document, shorten_quote
from kb.store import KnowledgeBase
from visualize import ChainStep, Quotation, Timeline, TimelineActor, TimelineEvent, TimelineLink, TimelineSource


def timeline_of(
    session: Session,
    base: KnowledgeBase,
    events: Sequence[StoredEvent],
    title: str,
    *,
    steps: Sequence[ChainStep] = (),
) -> Timeline:
    """The timeline of these events, with their quotations, sources and the links among them."""
    mentions = base.mentions(events)
    cited = {mention.document for event in events for mention in mentions[event.key]}
    ids = {event.row: event.short_id for event in events}
    return Timeline(
        title=title,
        events=tuple(_timeline_event(session, event, mentions[event.key]) for event in events),
        actors=tuple(_actors(base, events)),
        sources=tuple(_source(document) for document in base.documents() if document.key in cited),
        links=tuple(
            TimelineLink(
                source=ids[link.source], target=ids[link.target], kind=link.kind, words=shorten_quote(link.quote)
            )
            for link in base.links(events)
            if link.source in ids and link.target in ids
        ),
        steps=tuple(steps),
        language=session.language,
    )


def _timeline_event(session: Session, event: StoredEvent, mentions: Sequence[StoredMention]) -> TimelineEvent:
    return TimelineEvent(
        id=event.short_id,
        label=event.label,
        language=event.language,
        when=event.when,
        other_dates=tuple(print_when(when, session.language) for when in event.other_whens),
        kind=event.kind,
        status=event.status,
        is_reported=event.is_reported,
        reported_by=event.reported_by.name if event.reported_by else "",
        actors=tuple(dict.fromkeys(role.actor.short_id for role in event.actors)),
        place=event.place.short_id if event.place else "",
        salience=event.salience,
        is_pinned=event.is_pinned,
        is_checked=event.checked_by is not None,
        is_saying=event.is_saying,
        quotations=tuple(_quotations(event, mentions)),
        record=json.dumps(event_record(session, event), ensure_ascii=False),
    )


def _quotations(event: StoredEvent, mentions: Sequence[StoredMention]) -> Iterable[Quotation]:
    """One quotation for each document, the best: what is handed out never holds a whole article."""
    seen = set()
    for mention in mentions:
        if mention.document not in seen:
            seen.add(mention.document)
            yield Quotation(source=mention.document_id, text=shorten_quote(mention.quote), language=event.language)


def _actors(base: KnowledgeBase, events: Sequence[StoredEvent]) -> Iterable[TimelineActor]:
    found: dict[int, ActorName] = {}
    for event in events:
        for actor in (*(role.actor for role in event.actors), event.place):
            if actor is not None:
                found[actor.row] = actor
    aliases = {actor.row: actor.aliases for actor in base.actors(everything=True) if actor.row in found}
    for actor in found.values():
        short = _short_name(actor, aliases.get(actor.row, ()))
        yield TimelineActor(id=actor.short_id, name=actor.name, kind=actor.kind, short_name=short)


def _short_name(actor: ActorName, aliases: Sequence[str]) -> str:
    """One word of a person's name by which the texts call it, "" where they never do."""
    parts = actor.name.split()
    if actor.kind != "person" or len(parts) < 2:
        return ""
    return next((alias for alias in aliases if alias in parts), "")


def _source(document: StoredDocument) -> TimelineSource:
    return TimelineSource(
        id=document.short_id, label=cite_document(document), language=document.language, url=document.url
    )
