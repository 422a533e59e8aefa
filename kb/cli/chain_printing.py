"""A chain of events as people read it, as a page, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kb.cli.records import actor_reference, event_record, printed_date, printed_status
from kb.cli.session import Session
from kb.model import StoredActor, StoredEvent, StoredLink, StoredMention
from kb.quoting import shorten_quote
from kb.store import KnowledgeBase

_TOLD_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPath:
    """One chain; all but `events` has an entry for each step."""

    events: tuple[StoredEvent, ...]  # in order, both ends among them
    shared: tuple[tuple[StoredActor, ...], ...]  # what both events share, rarest first
    told: tuple[tuple[str, ...], ...]  # the keys of the documents that tell of both
    stated: tuple[tuple[StoredLink, ...], ...]  # the links that documents state
    strengths: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All that is printed of an answer."""

    title: str
    remark: str  # what is not as it was asked for, "" where all is
    paths: tuple[ChainPath, ...]  # the best one first, at least one
    direct: tuple[StoredLink, ...]  # links that documents state between the two ends
    open: tuple[StoredEvent, ...]
    prehistory: tuple[StoredEvent, ...]
    quotations: dict[str, StoredMention]  # by the event's key
    citations: dict[str, str]  # by the document's key


# For people -----------------------------------------------------------------------------------------------------------


def chain_lines(session: Session, story: Story) -> Iterable[str]:
    """The chain in words: each event with its quotation, what ties it to the one before, and the numbered sources."""
    wording = session.wording
    notes = _Footnotes(story.citations)
    yield story.title
    if story.direct:
        yield wording("chain.direct", tie="; ".join(_stated(session, story.direct, notes)))
    if story.remark:
        yield story.remark
    quoted: set[str] = set()
    for number, path in enumerate(story.paths):
        yield ""
        if number:
            yield wording("chain.alternative", number=number + 1)
        yield from _path_lines(session, story, path, notes, quoted)
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


def _path_lines(session: Session, story: Story, path: ChainPath, notes: _Footnotes, quoted: set[str]) -> Iterable[str]:
    """The events of one chain; what an earlier chain has quoted is not quoted again."""
    for number, event in enumerate(path.events):
        if number:
            yield f"      ↓ {'; '.join(_ties(session, path, number - 1, notes))}".rstrip()
        yield _one_line(session, event)
        mention = story.quotations.get(event.key)
        if mention is not None and event.key not in quoted:
            quoted.add(event.key)
            yield f"      »{shorten_quote(mention.quote)}« [{notes.number(mention.document)}]"


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


def _ties(session: Session, path: ChainPath, step: int, notes: _Footnotes | None) -> Iterable[str]:
    if stated := path.stated[step]:
        yield from _stated(session, stated, notes)
    if shared := path.shared[step]:
        yield session.wording("chain.shared", actors=", ".join(actor.name for actor in shared))
    if notes is not None and (told := path.told[step][:_TOLD_SHOWN]):
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


def _one_line(session: Session, event: StoredEvent) -> str:
    wording = session.wording
    status = "" if event.status == "occurred" and not event.is_reported else f", {printed_status(wording, event)}"
    count = wording.count("chain.sources_count", event.sources)
    return f"{printed_date(session, event.when)}: {event.label} ({event.short_id}, {count}{status})"


# For readers ----------------------------------------------------------------------------------------------------------


def chain_page(session: Session, base: KnowledgeBase, story: Story) -> str:
    """The page with the chain as the steps of its presentation, and what belongs between in open order."""
    from kb.cli.picturing import timeline_of
    from visualize import ChainStep, write_timeline

    path, *others = story.paths
    steps = [
        ChainStep(event=event.short_id, tie="; ".join(_ties(session, path, number - 1, None)) if number else "")
        for number, event in enumerate(path.events)
    ]
    told = (*path.events, *(event for other in others for event in other.events), *story.open)
    events = tuple({event.row: event for event in told}.values())
    timeline = timeline_of(session, base, events, story.title, steps=steps)
    return write_timeline(timeline, ui=session.language)


# For programs ---------------------------------------------------------------------------------------------------------


def chain_object(session: Session, story: Story) -> dict[str, Any]:
    """The chain as JSON."""
    path, *others = story.paths
    return {
        **_path_object(session, story, path),
        "alternatives": [_path_object(session, story, other) for other in others],
        "direct": [_link_object(link) for link in story.direct],
        "open": [event_record(session, event) for event in story.open],
        "prehistory": [event_record(session, event) for event in story.prehistory],
    }


def _path_object(session: Session, story: Story, path: ChainPath) -> dict[str, Any]:
    steps = zip(path.shared, path.told, path.stated, path.strengths, strict=True)
    return {
        "events": [_chain_event(session, story, event) for event in path.events],
        "steps": [
            {
                "shared": [{"id": actor.short_id, "name": actor.name} for actor in shared],
                "documents": list(told),
                "stated": [_link_object(link) for link in stated],
                "strength": round(strength, 3),
            }
            for shared, told, stated, strength in steps
        ],
    }


def _link_object(link: StoredLink) -> dict[str, Any]:
    return {"kind": link.kind, "quote": link.quote, "document": link.document}


def _chain_event(session: Session, story: Story, event: StoredEvent) -> dict[str, Any]:
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
