"""The command `timeline`: the interactive page, its values mapped from those of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from events import print_when
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.selecting import filter_options, is_filtered, read_selection
from kb.cli.session import Session
from kb.cli.streams import print_remark, print_result, write_file
from kb.cli.wording import UiLanguage
from kb.errors import NotFound
from kb.model import ActorName, StoredDocument, StoredEvent, StoredMention
from kb.quoting import cite_document, shorten_quote
from kb.store import KnowledgeBase, open_for_reading
from visualize import (
    Quotation,
    Timeline,
    TimelineActor,
    TimelineEvent,
    TimelineLink,
    TimelineSource,
    write_timeline,
)


@click.command("timeline", cls=LocalizedCommand)
@filter_options
@localized_option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", required=True)
@localized_option("--title", metavar="TEXT")
@click.pass_obj
def timeline_command(session: Session, /, output: Path, title: str | None, **options: Any) -> None:
    """Write the interactive page."""
    with open_for_reading(session.path) as base:
        found = base.events(read_selection(session, base, options))
        if not found:
            raise NotFound(session.wording("list.none_filtered" if is_filtered(options) else "list.none"))
        timeline = _timeline_of(base, found, title or session.wording("timeline.title"), session.language)
    write_file(output, write_timeline(timeline, ui=session.language), session.wording)
    print_remark(session.wording.count("timeline.summary", len(found)))
    print_result(session.wording("timeline.written", path=output))


def _timeline_of(base: KnowledgeBase, events: Sequence[StoredEvent], title: str, language: UiLanguage) -> Timeline:
    mentions = base.mentions(events)
    cited = {mention.document for event in events for mention in mentions[event.key]}
    ids = {event.row: event.short_id for event in events}
    return Timeline(
        title=title,
        events=tuple(_timeline_event(event, mentions[event.key], language) for event in events),
        actors=tuple(_actors(events)),
        sources=tuple(_source(document) for document in base.documents() if document.key in cited),
        links=tuple(
            TimelineLink(
                source=ids[link.source], target=ids[link.target], kind=link.kind, words=shorten_quote(link.quote)
            )
            for link in base.links(events)
            if link.source in ids and link.target in ids
        ),
        language=language,
    )


def _timeline_event(event: StoredEvent, mentions: Sequence[StoredMention], page_language: UiLanguage) -> TimelineEvent:
    return TimelineEvent(
        id=event.short_id,
        label=event.label,
        language=event.language,
        when=event.when,
        other_dates=tuple(print_when(when, page_language) for when in event.other_whens),
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
    )


def _quotations(event: StoredEvent, mentions: Sequence[StoredMention]) -> Iterable[Quotation]:
    """One quotation for each document, the best: what is handed out never holds a whole article."""
    seen = set()
    for mention in mentions:
        if mention.document not in seen:
            seen.add(mention.document)
            yield Quotation(source=mention.document_id, text=shorten_quote(mention.quote), language=event.language)


def _actors(events: Sequence[StoredEvent]) -> Iterable[TimelineActor]:
    found: dict[int, ActorName] = {}
    for event in events:
        for actor in (*(role.actor for role in event.actors), event.place):
            if actor is not None:
                found[actor.row] = actor
    for actor in found.values():
        yield TimelineActor(id=actor.short_id, name=actor.name, kind=actor.kind)


def _source(document: StoredDocument) -> TimelineSource:
    return TimelineSource(
        id=document.short_id, label=cite_document(document), language=document.language, url=document.url
    )
