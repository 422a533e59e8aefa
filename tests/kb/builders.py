"""Documents and extractions written by hand, in a few words each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from events import (
    Actor,
    ActorKind,
    ActorMention,
    Document,
    DocumentId,
    Extraction,
    Link,
    LinkKind,
    LocalEvent,
    Mention,
    Reported,
    Role,
    RoleName,
    Status,
    When,
)
from kb.store import KnowledgeBase
from kb.writing import Addition, add_document

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One event as a document tells it: a sentence, and what it claims."""

    text: str  # a sentence; the trigger is its first word that is no name of an actor
    who: Sequence[str] = ()  # "Name" or "Name:role"; the first is the agent, others partners
    when: str | None = None  # EDTF; "?" marks the basis context, "!" the basis publication
    place: str | None = None
    kind: str = "meeting"
    status: Status = "occurred"
    reported_by: str | None = None  # "" for hearsay
    salience: float = 0.8
    is_saying: bool = False
    concept: str = ""
    more: Sequence[Told] = ()  # further mentions of the same event
    name: str = ""  # for links within the document


@dataclass(frozen=True, kw_only=True)
class Article:
    """A document with its extraction."""

    document: Document
    extraction: Extraction
    path: str


KINDS: dict[str, ActorKind] = {
    "Nordkorea": "state", "Südkorea": "state", "Russland": "state", "Vietnam": "state", "USA": "state",
    "North Korea": "state", "Russia": "state", "Hanoi": "place", "Singapur": "place", "Singapore": "place",
    "Wladiwostok": "place", "Vladivostok": "place", "Ulan-Ude": "place", "Panmunjom": "place", "Berlin": "place",
    "Kreml": "organisation", "NATO": "organisation", "Nordatlantikpakt": "organisation",
    "Außenministerium": "organisation", "Odessa": "place", "Charkiw": "place", "Peking": "place",
    "Beijing": "place", "Pjöngjang": "place", "Moskau": "place", "Sibirien": "place",
}  # fmt: skip


@dataclass
class _Writer:
    text: str = ""
    actors: dict[str, list[ActorMention]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    events: list[LocalEvent] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def article(
    *told: Told,
    published: str | None = "2019-04-25",
    basis: str = "metadata",
    aliases: dict[str, Sequence[str]] | None = None,
    links: Sequence[tuple[str, str, LinkKind]] = (),
    language: str = "de",
    path: str = "",
    also: Sequence[str] = (),  # actors that the text names without a role
    outlet: str = "Beispielzeitung",
) -> Article:
    """A document whose text is the sentences told."""
    writer = _Writer()
    for name in also:
        writer.text += name + ". "
        writer.actors[name] = [_actor_mention(len(writer.text) - len(name) - 2, name)]
    for event in told:
        members = [_write(writer, each, event) for each in (event, *event.more)]
        local = LocalEvent(key=members[0], mentions=tuple(members), rules=("test#same",) * (len(members) - 1))
        writer.events.append(local)
        writer.names[event.name or event.text] = local.key
    text = writer.text.rstrip() + "\n"
    # Equal documents must have equal extractions, so the key depends on all that goes into both.
    seen = repr((text, published, told, sorted((aliases or {}).items()), links))
    key = DocumentId(hashlib.sha256(seen.encode()).hexdigest())
    document = Document(
        id=key, text=text, language=language, title=told[0].text if told else "",
        published=date.fromisoformat(published) if published else None,
        published_basis=basis if published else "unknown", outlet=outlet,
    )  # fmt: skip
    known = aliases or {}
    actors = tuple(
        Actor(key=_actor_key(name, found), name=name, kind=KINDS.get(name, "person"),
              aliases=tuple(known.get(name, ())), mentions=tuple(found))
        for name, found in writer.actors.items()
    )  # fmt: skip
    stated = tuple(
        Link(source=writer.names[source], target=writer.names[target], kind=kind, evidence=None, rule="test#link")
        for source, target, kind in links
    )
    extraction = Extraction(
        document=key, model="hand", actors=actors, mentions=tuple(writer.mentions), events=tuple(writer.events),
        links=stated,
    )  # fmt: skip
    return Article(document=document, extraction=extraction, path=path or f"{key[:6]}.txt")


def add(
    base: KnowledgeBase, *articles: Article, extract: Callable[[Document], Extraction] | None = None
) -> list[Addition]:
    """Adds articles with the extractions that they bring along."""
    return [
        add_document(
            base, each.document, path=f"/news/{each.path}", name=each.path,
            extract=extract or (lambda document, each=each: each.extraction), now=NOW,  # type: ignore[misc]
        )
        for each in articles
    ]  # fmt: skip


def fresh_path(folder: Path, name: str = "test.db") -> Path:
    """A path where there is no knowledge base yet."""
    path = folder / name
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    return path


def _write(writer: _Writer, told: Told, event: Told) -> str:
    """Writes the sentence; the key of its mention."""
    start = len(writer.text)
    writer.text += told.text + " "
    end = start + len(told.text)
    roles = []
    for position, entry in enumerate(told.who):
        name, _, role = entry.partition(":")
        _mention_actor(writer, name, start, told.text)
        given: RoleName = role or ("partner" if position else "agent")  # type: ignore[assignment]
        roles.append((name, given))
    for other in (told.place, told.reported_by):
        if other:
            _mention_actor(writer, other, start, told.text)
    trigger_start, trigger = _trigger(told.text, start, [name for name, _ in roles])
    key = f"{trigger_start}:{trigger}"
    writer.mentions.append(
        Mention(
            key=key, start=start, end=end, trigger=trigger, trigger_start=trigger_start, kind=told.kind,
            status=told.status, status_rule="test#status", when=_when(told.when),
            roles=tuple(Role(actor=_actor_key(n, writer.actors[n]), role=r, rule="test#role") for n, r in roles),
            place=_actor_key(told.place, writer.actors[told.place]) if told.place else None, place_rule="test#place",
            reported=None if told.reported_by is None else Reported(
                by=_actor_key(told.reported_by, writer.actors[told.reported_by]) if told.reported_by else None,
                start=start, end=start + 4, rule="test#reported"),
            label=told.text.rstrip("."), label_rule="test#label", salience=told.salience, is_saying=told.is_saying,
            concept=told.concept, rule="test#trigger",
        )
    )  # fmt: skip
    return key


def _mention_actor(writer: _Writer, name: str, start: int, text: str) -> None:
    at = text.find(name)
    offset = start + at if at >= 0 else start
    mention = _actor_mention(offset, name)
    known = writer.actors.setdefault(name, [])
    if mention not in known:
        known.append(mention)


def _actor_mention(offset: int, name: str) -> ActorMention:
    return ActorMention(start=offset, end=offset + len(name), form="name", rule="test#name")


def _actor_key(name: str, mentions: Sequence[ActorMention]) -> str:
    return f"{mentions[0].start}:{name}"


def _trigger(text: str, start: int, names: Sequence[str]) -> tuple[int, str]:
    inside = {word for name in names for word in name.split()}
    offset = 0
    for word in text.split():
        at = text.index(word, offset)
        plain = word.strip(".,")
        if plain not in inside:
            return start + at, plain
        offset = at + len(word)
    return start, text.split()[0]


def _when(edtf: str | None) -> When | None:
    if edtf is None:
        return None
    basis = {"?": "context", "!": "publication"}.get(edtf[0], "stated")
    plain = edtf.lstrip("?!")
    return When.parse(plain).with_provenance(text=plain, basis=basis, rule="test#when")  # type: ignore[arg-type]
