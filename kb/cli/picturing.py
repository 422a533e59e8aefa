"""Events of a knowledge base as the values that pictures are drawn from, and the pages that commands write of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from events import print_when
from kb.cli.localized import Decorated, localized_option
from kb.cli.records import event_record
from kb.cli.selecting import is_filtered, read_selection
from kb.cli.session import Session
from kb.cli.streams import print_remark, print_result, write_file
from kb.dossiers import find_dossier
from kb.errors import NotFound
from kb.model import ActorName, StoredDocument, StoredEvent, StoredMention
from kb.quoting import cite_document, shorten_quote
from kb.store import KnowledgeBase, open_for_reading
from visualize import (
    CAPTURE_FORMS,
    ChainStep,
    PageView,
    Quotation,
    Timeline,
    TimelineActor,
    TimelineEvent,
    TimelineLink,
    TimelineSource,
    capture_page,
    write_timeline,
)

FILE = click.Path(dir_okay=False, path_type=Path)


def page_options(command: Decorated) -> Decorated:
    """Adds where the page goes and which pictures are taken of it; `write_page` reads them."""
    for option in (
        localized_option("--title", metavar="TEXT"),
        localized_option("--plotlyjs", type=FILE, metavar="FILE"),
        localized_option("--browser", type=click.Path(path_type=Path), metavar="PROGRAM"),
        *(localized_option(f"--{form}", type=FILE, metavar="FILE") for form in reversed(CAPTURE_FORMS)),
        localized_option("-o", "--output", type=FILE, metavar="FILE"),
    ):
        command = option(command)
    return command


def write_page(session: Session, options: Mapping[str, Any], *, view: PageView, title: str) -> None:
    """Writes the page of the events that filters mean, and the pictures of it; `title` is for a page without one."""
    pictures = {form: options[form] for form in CAPTURE_FORMS if options[form] is not None}
    if options["output"] is None and not pictures:
        raise click.UsageError(session.wording("timeline.no_output"))
    with open_for_reading(session.path) as base:
        found = select_shown(session, base, options)
        timeline = draw_selection(session, base, found, options, title)
    page = write_timeline(timeline, ui=session.language, view=view, plotlyjs=options["plotlyjs"])
    print_remark(session.wording.count("timeline.summary", len(found)))
    if options["output"] is not None:
        write_file(options["output"], page, session.wording)
        print_result(str(options["output"]))
    for form, path in pictures.items():
        write_file(path, capture_page(page, form, browser=options["browser"]), session.wording)
        print_result(str(path))


def select_shown(session: Session, base: KnowledgeBase, options: Mapping[str, Any]) -> tuple[StoredEvent, ...]:
    """The events that words and filters mean; NotFound where there are none, since nobody wants an empty page."""
    found = base.events(read_selection(session, base, options))
    if not found:
        raise NotFound(session.wording("list.none_filtered" if is_filtered(options) else "list.none"))
    return found


def draw_selection(
    session: Session, base: KnowledgeBase, events: Sequence[StoredEvent], options: Mapping[str, Any], title: str
) -> Timeline:
    """The timeline of the events that filters mean; that of a dossier bears its name and presents its own lines."""
    if options["dossier"] is None:
        return timeline_of(session, base, events, options["title"] or title)
    dossier = find_dossier(base, options["dossier"])
    among = {event.row for event in events}
    steps = [
        ChainStep(event=entry.event.short_id, heading=entry.heading, line=entry.line, note=entry.note)
        for entry in dossier.entries
        if entry.event.row in among
    ]
    return timeline_of(session, base, events, options["title"] or dossier.name, steps=steps)


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
