"""The command `chain`: the events that lead from one to another, and what ties each to the one before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from events import TimelineError
from kb.cli.completing import complete_events
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.records import actor_reference, event_record, printed_date, printed_status
from kb.cli.selecting import find_event
from kb.cli.session import Session
from kb.cli.streams import print_result, write_file
from kb.cli.tables import write_json
from kb.model import StoredActor, StoredEvent, StoredLink, StoredMention
from kb.quoting import cite_document, shorten_quote
from kb.store import KnowledgeBase, open_for_reading

if TYPE_CHECKING:
    from kb.chains import Chain, ChainGraph

_BETWEEN = (2, 3, 4)  # one event between two that share an actor is no news, more than four nobody reads
_LONGER = (5, 6, 7, 8)
_OPEN_SHOWN, _BEFORE_SHOWN, _TOLD_SHOWN = 5, 3, 3


class UnorderedEnds(TimelineError):
    """Two events between which no chain can run: the same one, undated, or in no certain order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """All that is printed of a chain."""

    events: tuple[StoredEvent, ...]  # in order, both ends among them
    shared: tuple[tuple[StoredActor, ...], ...]  # for each step what both events share, rarest first
    told: tuple[tuple[str, ...], ...]  # for each step the keys of the documents that tell of both
    stated: tuple[tuple[StoredLink, ...], ...]  # for each step the links that documents state
    strengths: tuple[float, ...]
    direct: tuple[StoredLink, ...]  # links that documents state between the two ends
    open: tuple[StoredEvent, ...]
    prehistory: tuple[StoredEvent, ...]
    quotations: dict[str, StoredMention]  # by the event's key
    citations: dict[str, str]  # by the document's key


@click.command("chain", cls=LocalizedCommand)
@click.argument("source", metavar="FROM", shell_complete=complete_events)
@click.argument("target", metavar="TO", shell_complete=complete_events)
@localized_option("--between", metavar="N")
@localized_option("--strict", is_flag=True)
@localized_option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@localized_option("--json", "as_json", is_flag=True)
@click.pass_obj
def chain_command(
    session: Session, source: str, target: str, between: str | None, strict: bool, output: Path | None, as_json: bool
) -> None:
    """The event chain between two events."""
    wanted = _read_between(session, between)
    with open_for_reading(session.path) as base:
        first = find_event(session, base, source, strict=strict)
        last = find_event(session, base, target, strict=strict)
        _check_ends(session, first, last)
        story = _tell(session, base, first, last, wanted)
        page = _page(session, base, story) if output is not None else ""
    if output is not None:
        write_file(output, page, session.wording)
        print_result(str(output))
    elif as_json:
        write_json("chain", _chain_object(session, story))
    else:
        for line in _lines(session, story, wanted):
            print_result(line)


def _read_between(session: Session, text: str | None) -> tuple[int, ...]:
    if text is None:
        return _BETWEEN
    match = re.fullmatch(r"\s*(\d{1,2})(?:\s*-\s*(\d{1,2}))?\s*", text)
    if match is None or int(match[2] or match[1]) < int(match[1]):
        raise click.UsageError(session.wording("errors.bad_between", value=text))
    return tuple(range(int(match[1]), int(match[2] or match[1]) + 1))


def _check_ends(session: Session, first: StoredEvent, last: StoredEvent) -> None:
    wording = session.wording
    if first.row == last.row:
        raise UnorderedEnds(wording("chain.same", first=first.short_id, second=last.short_id))
    for event in (first, last):
        if event.when is None:
            raise UnorderedEnds(wording("chain.undated", id=event.short_id))
    if first.when and last.when and last.when.certainly_before(first.when):
        raise UnorderedEnds(wording("chain.reversed", first=first.short_id, second=last.short_id))


def _find_chain(
    session: Session, graph: ChainGraph, first: StoredEvent, last: StoredEvent, wanted: tuple[int, ...]
) -> Chain | None:
    from kb.chains import UncertainOrder, find_best_chain

    # Where the wanted length cannot be had, the longest shorter chain, then a longer one.
    fallbacks = [*((n,) for n in range(min(wanted) - 1, 0, -1)), *((n,) for n in _LONGER if n not in wanted)]
    chains = (find_best_chain(graph, first.row, last.row, between) for between in (wanted, *fallbacks))
    try:
        return next((found for found in chains if found is not None), None)
    except UncertainOrder as error:
        dates = [printed_date(session, event.when) for event in (first, last)]
        message = session.wording(
            "chain.uncertain", first=first.short_id, second=last.short_id, first_date=dates[0], second_date=dates[1]
        )
        raise UnorderedEnds(message) from error


def _tell(
    session: Session, base: KnowledgeBase, first: StoredEvent, last: StoredEvent, wanted: tuple[int, ...]
) -> _Story:
    from kb.chains import direct_step, find_open_between, find_prehistory, read_graph

    graph, links = read_graph(base, (first, last))
    chain = _find_chain(session, graph, first, last, wanted)
    rows = chain.events if chain else (first.row, last.row)
    steps = chain.steps if chain else (direct_step(graph, first.row, last.row),)
    inside = set(rows)
    open_ = [row for row in find_open_between(graph, first.row, last.row, _OPEN_SHOWN) if row not in inside]
    before = find_prehistory(graph, first.row, _BEFORE_SHOWN)
    actors = {actor.row: actor for actor in base.actors(everything=True)}
    documents = {document.row: document for document in base.documents()}
    events = base.events_by_row(rows)
    mentions = base.mentions(events)
    return _Story(
        events=events,
        shared=tuple(tuple(actors[row] for row in step.actors) for step in steps),
        told=tuple(tuple(documents[row].key for row in step.documents) for step in steps),
        stated=tuple(tuple(links[number] for number in step.links) for step in steps),
        strengths=tuple(step.strength for step in steps),
        direct=tuple(links[number] for number in direct_step(graph, first.row, last.row).links),
        open=base.events_by_row(open_),
        prehistory=base.events_by_row(before),
        quotations={event.key: mentions[event.key][0] for event in events if mentions.get(event.key)},
        citations={document.key: cite_document(document) for document in documents.values()},
    )


# For people -----------------------------------------------------------------------------------------------------------


def _lines(session: Session, story: _Story, wanted: tuple[int, ...]) -> Iterable[str]:
    wording = session.wording
    notes = _Footnotes(story.citations)
    yield wording("chain.title", source=story.events[0].label, target=story.events[-1].label)
    if story.direct:
        yield wording("chain.direct", tie="; ".join(_stated(session, story.direct, notes)))
    between = len(story.events) - 2
    if between == 0:
        yield wording("chain.none_between")
    elif between < min(wanted):
        yield wording.count("chain.fewer", between)
    yield ""
    for number, event in enumerate(story.events):
        if number:
            yield f"      ↓ {'; '.join(_ties(session, story, number - 1, notes))}"
        yield from _event_lines(session, event, story.quotations.get(event.key), notes)
    for heading, events in (
        (wording("chain.open"), story.open),
        (wording("chain.prehistory"), story.prehistory),
    ):
        if events:
            yield ""
            yield heading
            yield from (f"  {_one_line(session, event)}" for event in events)
    yield ""
    yield wording("chain.sources")
    yield from notes.lines()
    yield ""
    yield wording("chain.not_cause")


class _Footnotes:
    """Numbers the documents that were cited, in the order of their first citation."""

    def __init__(self, citations: dict[str, str]) -> None:
        self._citations = citations
        self._numbers: dict[str, int] = {}

    def number(self, document: str) -> int:
        """The footnote of a document."""
        return self._numbers.setdefault(document, len(self._numbers) + 1)

    def lines(self) -> Iterable[str]:
        """All footnotes so far."""
        for document, number in self._numbers.items():
            yield f"  [{number}] {self._citations.get(document, '')}"


def _ties(session: Session, story: _Story, step: int, notes: _Footnotes | None) -> Iterable[str]:
    if stated := story.stated[step]:
        yield from _stated(session, stated, notes)
    if shared := story.shared[step]:
        yield session.wording("chain.shared", actors=", ".join(actor.name for actor in shared))
    if notes is not None and (told := story.told[step][:_TOLD_SHOWN]):
        yield session.wording("chain.told", numbers="".join(f"[{notes.number(document)}]" for document in told))


def _stated(session: Session, links: Sequence[StoredLink], notes: _Footnotes | None) -> Iterable[str]:
    """What documents state, with its words and the footnote; without footnotes where the page numbers its own."""
    wording = session.wording
    for link in links:
        relation = wording(f"link.{link.kind}")
        if link.document is None or not link.quote:
            # A cause needs words that say so; without them the link is no more than a tie.
            yield wording("link.same_story") if link.kind == "causes" else relation
        else:
            words = shorten_quote(link.quote)
            stated = wording("chain.stated", relation=relation, words=words)
            yield stated if notes is None else f"{stated} [{notes.number(link.document)}]"


def _event_lines(
    session: Session, event: StoredEvent, mention: StoredMention | None, notes: _Footnotes
) -> Iterable[str]:
    yield _one_line(session, event)
    if mention is not None:
        yield f"      »{shorten_quote(mention.quote)}« [{notes.number(mention.document)}]"


def _one_line(session: Session, event: StoredEvent) -> str:
    wording = session.wording
    status = "" if event.status == "occurred" and not event.is_reported else f", {printed_status(wording, event)}"
    count = wording.count("chain.sources_count", event.sources)
    return f"{printed_date(session, event.when)}: {event.label} ({event.short_id}, {count}{status})"


# For readers ----------------------------------------------------------------------------------------------------------


def _page(session: Session, base: KnowledgeBase, story: _Story) -> str:
    """The page with the chain as the steps of its presentation, and what belongs between in open order."""
    from kb.cli.picturing import timeline_of
    from visualize import ChainStep, write_timeline

    wording = session.wording
    steps = [
        ChainStep(event=event.short_id, tie="; ".join(_ties(session, story, number - 1, None)) if number else "")
        for number, event in enumerate(story.events)
    ]
    title = wording("chain.title", source=story.events[0].label, target=story.events[-1].label)
    timeline = timeline_of(session, base, (*story.events, *story.open), title, steps=steps)
    return write_timeline(timeline, ui=session.language)


# For programs ---------------------------------------------------------------------------------------------------------


def _chain_object(session: Session, story: _Story) -> dict[str, Any]:
    return {
        "events": [_chain_event(session, story, event) for event in story.events],
        "steps": [
            {
                "shared": [{"id": actor.short_id, "name": actor.name} for actor in shared],
                "documents": list(told),
                "stated": [{"kind": link.kind, "quote": link.quote, "document": link.document} for link in stated],
                "strength": round(strength, 3),
            }
            for shared, told, stated, strength in zip(
                story.shared, story.told, story.stated, story.strengths, strict=True
            )
        ],
        "direct": [{"kind": link.kind, "quote": link.quote, "document": link.document} for link in story.direct],
        "open": [event_record(session, event) for event in story.open],
        "prehistory": [event_record(session, event) for event in story.prehistory],
    }


def _chain_event(session: Session, story: _Story, event: StoredEvent) -> dict[str, Any]:
    mention = story.quotations.get(event.key)
    quotation = None
    if mention is not None:
        quotation = {
            "text": shorten_quote(mention.quote),
            "document": mention.document_id,
            "source": story.citations.get(mention.document, ""),
            "start": mention.start,
            "end": mention.end,
            "reported_by": actor_reference(mention.reported.by) if mention.reported else None,
        }
    return {**event_record(session, event), "quotation": quotation}
