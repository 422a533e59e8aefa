"""The values that pictures are drawn from: what a reader sees of events, actors, sources and chains.

They are smaller than those of `events`: no offsets, no rules, no bytes of articles. Whoever calls maps its own values
onto these; nothing in this package looks anything up. Text in them is plain text and may hold anything: escaping is the
work of what writes it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from events import ActorKind, LinkKind, Status, When

UiLanguage = Literal["de", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineSource:
    """One document as readers cite it."""

    id: str  # unique within the timeline
    label: str  # 'dpa, «Headline», 25.4.2019'; never a file name
    language: str  # "de", "en"
    url: str = ""  # shown as a link only where it begins with http:// or https://


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The words of one source that speak of an event."""

    source: str  # TimelineSource.id
    text: str  # at most 250 characters, already cut; "" cites the source without its words
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineActor:
    """Somebody or something that takes part in events, or the place of one."""

    id: str
    name: str
    kind: ActorKind
    short_name: str = ""  # what a text may call it after the first time, "Putin"; "" where only the full name will do


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One event as it is shown."""

    id: str  # the short id that people see, "k7"; unique within the timeline, and lasts in links to the page
    label: str  # keeps its hedge where no source asserts the event flatly
    language: str  # of the label
    when: When | None  # None: undated, listed last under a heading of its own
    date: str = ""  # the printed date where the caller wants its own; "" prints `when` in the page's language
    other_dates: tuple[str, ...] = ()  # printed dates that other sources give
    kind: str = ""  # as events/kinds names it
    status: Status = "occurred"
    is_reported: bool = False  # the claim is somebody's
    reported_by: str = ""  # name of the speaker, "" where unknown
    actors: tuple[str, ...] = ()  # TimelineActor.id, the main one first: those that take part, never the place
    place: str = ""  # TimelineActor.id of the place
    salience: float = 0.0  # 0 to 1
    is_pinned: bool = False  # a person chose it as a key moment
    is_checked: bool = False  # a person has confirmed it
    is_saying: bool = False  # a statement or gesture: ranks below deeds
    quotations: tuple[Quotation, ...] = ()  # the best one first
    note: str = ""  # for the teacher's sheet; never on the page itself
    record: str = ""  # the event as JSON, as the caller exports it; the page hands it out as a download


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLink:
    """A typed relation of two events of the timeline."""

    source: str  # TimelineEvent.id
    target: str
    kind: LinkKind
    words: str = ""  # the words of a document that say so


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One event of a chain, or one step of a presentation."""

    event: str  # TimelineEvent.id
    tie: str = ""  # in the page's language: what ties it to the step before; "" for the first
    heading: str = ""  # takes the place of the event's date
    line: str = ""  # takes the place of the event's label
    note: str = ""  # for the teacher's sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All that one page shows, in any order: the page sorts by date, widest period first."""

    title: str
    events: tuple[TimelineEvent, ...]
    actors: tuple[TimelineActor, ...]
    sources: tuple[TimelineSource, ...]
    links: tuple[TimelineLink, ...] = ()
    steps: tuple[ChainStep, ...] = ()  # a dossier or a chain to present; empty: the key moments are presented
    summary: str = ""  # one or two sentences under the title; "" lets the page say what it covers
    language: str = "de"  # of title and summary
