"""The values that a knowledge base hands out: what all documents together say, with where each says it.

All are frozen and hold plain data. `row` is the row id in the file that was read: good for joining with SQL while that
file is open, and for nothing else. Keys last: an event's is the smallest mention key among its mentions, an actor's is
made of its name, a document's is the SHA-256 of its bytes. Short ids (`k7`, `a3`, `d2`) are for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from events import ActorKind, LinkKind, RoleName, Status, When, ZoneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """One document as known today, without its text (`KnowledgeBase.text`)."""

    row: int
    key: str  # SHA-256 of the bytes it was read from, hexadecimal
    short_id: str  # "d2"
    name: str  # the file's own name; of several places the alphabetically first
    locations: tuple[str, ...]  # where it was found, as given
    title: str
    published: date | None
    published_basis: str  # option, metadata, file name, unknown or person
    language: str
    outlet: str
    agency: str
    author: str
    url: str
    model: str  # what analysed the language
    events: int  # shown events that it speaks of
    added: datetime
    remarks: tuple[str, ...]  # what extraction wants the reader to know
    withdrawn_because: str | None  # a reason where the document no longer counts


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorName:
    """An actor as events name it."""

    row: int
    key: str
    short_id: str  # "a3"
    name: str
    kind: ActorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredActor:
    """Somebody or something, joined from all documents; stands once with all its names."""

    row: int
    key: str
    short_id: str  # "a3"
    public_id: str  # "a-" and a hash of the key: the id in exports, equal wherever the same documents were read
    name: str
    kind: ActorKind
    aliases: tuple[str, ...]  # in order of frequency, without `name`
    events: int  # shown events in which it has a role or is the place
    documents: int  # that name it
    rules: tuple[str, ...]  # why what several documents call by these names is one actor


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRole:
    """An actor's part in an event."""

    actor: ActorName
    role: RoleName
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReported:
    """The claim is somebody's."""

    by: ActorName | None  # None where the text names nobody
    quote: str  # the words that show it
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMention:
    """One place that speaks of an event, with what it claims; `quote` is the text from `start` to `end`."""

    row: int
    key: str  # "document key:offset:word"
    document: str  # StoredDocument.key
    document_id: str  # StoredDocument.short_id
    start: int  # code points into the document's text
    end: int  # exclusive
    quote: str
    trigger: str
    trigger_start: int
    kind: str
    status: Status
    status_rule: str
    when: When | None
    roles: tuple[StoredRole, ...]
    place: ActorName | None
    place_rule: str
    reported: StoredReported | None
    label: str
    label_rule: str
    salience: float
    zone: ZoneKind
    is_saying: bool
    concept: str  # shared by verb and noun of one happening, in all languages; "" where unknown
    rule: str  # what found it


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event with its current values, each by a named rule from its mentions (`KnowledgeBase.mentions`)."""

    row: int
    key: str
    short_id: str  # "k7"
    public_id: str  # "e-" and a hash of the key: the id in exports and pages
    label: str
    label_rule: str
    kind: str
    language: str  # of the label
    status: Status
    status_rule: str
    is_reported: bool  # no mention asserts it flatly
    reported_by: ActorName | None
    when: When | None
    other_whens: tuple[When, ...]  # what other mentions state and the shown date does not agree with
    when_rule: str  # why this date is shown and not another
    actors: tuple[StoredRole, ...]  # agents first
    place: ActorName | None
    place_rule: str
    salience: float
    is_saying: bool
    sources: int  # documents that speak of it
    mentions: int
    is_shown: bool  # by default
    hidden_because: str  # "" where shown: saying, minor, undated, fulfilled, overtaken, retracted, withdrawn
    is_pinned: bool  # a key moment
    checked_by: str | None  # who confirmed it


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLink:
    """A typed relation of two events; explicit ones carry the words that say so."""

    source: int  # StoredEvent.row
    target: int
    kind: LinkKind
    document: str | None  # StoredDocument.key of the evidence, None where a rule of joining found it
    start: int | None
    end: int | None
    quote: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What stands behind one value of an event."""

    value: str  # label, when, status, actor, place, reported, kind, mention, shown
    shown: str  # the value in words
    rule: str
    origin: StoredMention | None  # the mention whose claim it is
    note: str = ""  # what a date was counted from; who decided and when


Order = Literal["time", "salience", "rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which events to read; every condition must hold, several values of one condition are alternatives.

    Events without a date fall out as soon as `since` or `until` is given.
    """

    actors: tuple[int, ...] = ()  # StoredActor.row; in any role, or the place
    places: tuple[int, ...] = ()  # StoredActor.row
    since: int | None = None  # day, `events.days`; an event that may reach it stays
    until: int | None = None
    statuses: tuple[Status, ...] = ()
    kinds: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()  # StoredDocument.row
    rows: tuple[int, ...] | None = None  # only these events, as a search found them
    everything: bool = False  # those too that are not shown by default
    is_checked: bool | None = None  # only those that a person confirmed, or that nobody did
    order: Order = "time"  # "rows" keeps the order of `rows`, as a dossier has it
