"""The values that extraction hands out: documents, actors, mentions, events and links of one text.

All are frozen and hold plain data. Offsets are code points into `Document.text`; `end` is exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NewType

from events.when import When

DocumentId = NewType("DocumentId", str)  # SHA-256 of the bytes that the document was read from, hexadecimal

ZoneKind = Literal["headline", "dateline", "body", "caption", "credit", "menu", "byline"]
Status = Literal["occurred", "planned", "cancelled", "denied", "possible"]
ActorKind = Literal["person", "organisation", "state", "group", "place"]
LinkKind = Literal["before", "part_of", "causes", "same_story", "fulfils", "overtakes"]
RoleName = Literal["agent", "patient", "partner", "recipient", "topic", "from", "to"]

STATUSES: tuple[Status, ...] = ("occurred", "planned", "cancelled", "denied", "possible")


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A stretch of a document's text and what it is; zones are in order and do not overlap."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text with what is known about its publication."""

    id: DocumentId
    text: str
    language: str  # "de", "en"
    title: str = ""
    published: date | None = None
    published_basis: str = "unknown"  # option, metadata, file name, unknown or person
    outlet: str = ""
    agency: str = ""
    author: str = ""
    url: str = ""
    zones: tuple[Zone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place in a document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """A place that speaks of an actor."""

    start: int
    end: int
    form: Literal["name", "role", "pronoun", "adjective"]
    rule: str  # how it was tied to the actor, "de/actors#surname"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody or something that acts, is acted on, or is a place, as one document knows it.

    `key` is "first offset:name" and lasts as long as the text does.
    """

    key: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...]  # other names as written, each a name of this actor alone
    mentions: tuple[ActorMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One actor's part in one mention."""

    actor: str  # Actor.key
    role: RoleName
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The claim is somebody's: who says so and the words that show it."""

    by: str | None  # Actor.key; None where the text names nobody
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place that speaks of an event, with what *it* claims."""

    key: str  # "offset:word" of what evokes the event
    start: int  # the clause that speaks of it
    end: int
    trigger: str
    trigger_start: int
    kind: str  # one of events.kinds
    status: Status
    status_rule: str
    when: When | None
    roles: tuple[Role, ...]
    place: str | None  # Actor.key
    place_rule: str
    reported: Reported | None
    label: str
    label_rule: str
    salience: float  # 0 to 1: how far the document is about it
    zone: ZoneKind = "body"
    is_saying: bool = False  # a statement, a gesture: ranks below deeds
    concept: str = ""  # shared by verb and noun of one happening, in all languages: "meet"; "" where unknown
    rule: str = ""  # what found it, "de/verbs#treffen"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEvent:
    """Mentions of one document that speak of one event; `mentions` are keys, the best one first."""

    key: str  # the smallest key of its mentions, by offset
    mentions: tuple[str, ...]
    rules: tuple[str, ...] = ()  # why each further mention was joined, parallel to mentions[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A typed relation of two events of one document; explicit ones carry the words that say so."""

    source: str  # LocalEvent.key
    target: str
    kind: LinkKind
    evidence: Span | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one document says, a pure function of the document and the shipped data."""

    document: DocumentId
    model: str  # what analysed the language
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    events: tuple[LocalEvent, ...]
    links: tuple[Link, ...]
    remarks: tuple[str, ...] = ()  # for the reader: "Montag, 24. April 2019: the day is a Wednesday"
