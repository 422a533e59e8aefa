"""Events that people add themselves: from a line of their own, or from a table. Its source becomes a document."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from events import (
    Actor,
    ActorKind,
    ActorMention,
    Document,
    DocumentId,
    Extraction,
    LocalEvent,
    MalformedDate,
    Mention,
    Role,
    Status,
    UnreadableSource,
    When,
    Zone,
)
from kb.database import transaction
from kb.errors import Ambiguous, NotFound, RefusedJudgement
from kb.model import StoredEvent
from kb.search import read_date
from kb.states import state_code
from kb.store import KnowledgeBase
from kb.writing import BY_HAND, add_by_hand

COLUMNS = ("date", "label", "actors", "place", "source")
_GERMAN = {"datum": "date", "ereignis": "label", "akteure": "actors", "ort": "place", "quelle": "source"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandMade:
    """An event as a person writes it down."""

    label: str
    when: When | None
    actors: tuple[str, ...] = ()  # names; the first acts, the others take part
    place: str = ""
    source: str = ""  # where it stands: a book, an interview, own knowledge
    kind: str = "other"
    status: Status = "occurred"
    language: str = "de"


def add_event(base: KnowledgeBase, event: HandMade, *, author: str, now: datetime) -> StoredEvent:
    """Adds an event by hand; it may join one that documents tell, as any telling may.

    The same line again changes nothing and gives the same event.
    """
    document, extraction = _write_down(base, event, author)
    add_by_hand(base, document, extraction, author=author, now=now)
    mention = extraction.mentions[0]
    return base.event(f"{document.id}:{mention.key}")


def read_table(path: Path) -> Iterator[HandMade]:
    """The events of a CSV table with the columns date, label, actors, place and source, in any order.

    Their German names do as well. UTF-8, comma or semicolon; dates as people type them or as EDTF ("27.2.2019",
    "2019-02", "2011"), actors apart by semicolons or "|".
    Raises UnreadableSource with the line that is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{path}: cannot be read as UTF-8 text ({error}); save it as CSV UTF-8") from error
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    written = [(name or "").strip().casefold() for name in rows.fieldnames or ()]
    names = [_GERMAN.get(name, name) for name in written]
    if "label" not in names or "date" not in names:
        raise UnreadableSource(f"{path}: no columns date and label; the first line names them: {','.join(COLUMNS)}")
    rows.fieldnames = names
    for row in rows:
        values = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
        if any(values.values()):
            yield _from_row(values, f"{path}, line {rows.line_num}")


def _from_row(values: dict[str, str], where: str) -> HandMade:
    if not values.get("label"):
        raise UnreadableSource(f"{where}: no label")
    try:
        when = read_date(values["date"]) if values.get("date") else None
    except MalformedDate as error:
        raise UnreadableSource(f"{where}: {error}") from error
    names = values.get("actors", "").replace("|", ";").split(";")
    return HandMade(
        label=values["label"], when=when, actors=tuple(name.strip() for name in names if name.strip()),
        place=values.get("place", ""), source=values.get("source", ""),
    )  # fmt: skip


def import_events(
    base: KnowledgeBase, made: Iterable[HandMade], *, author: str, now: datetime
) -> tuple[StoredEvent, ...]:
    """Adds events by hand, all of them or, where one of them is refused, none."""
    with transaction(base.connection):
        return tuple(add_event(base, event, author=author, now=now) for event in made)


def _write_down(base: KnowledgeBase, event: HandMade, author: str) -> tuple[Document, Extraction]:
    """A document whose text is the line, and its only event."""
    label, place = " ".join(event.label.split()), event.place.strip()
    if not label:
        raise RefusedJudgement("an event needs a label; say in a line what happened")
    names = list(dict.fromkeys(name.strip() for name in (*event.actors, place) if name.strip()))
    date = event.when.edtf if event.when else ""
    text = "\n".join([label, date, *names, event.source.strip()]) + "\n"
    document = Document(
        id=DocumentId(hashlib.sha256(text.encode("utf-8")).hexdigest()), text=text, language=event.language,
        title=label, outlet=event.source.strip(), zones=(Zone(kind="body", start=0, end=len(label)),),
    )  # fmt: skip
    actors = _actors(base, names, place, text, len(label) + len(date) + 2)
    mention = _mention(event, label, {name: actor.key for name, actor in actors.items()}, f"{BY_HAND}{author}")
    extraction = Extraction(
        document=document.id, model=mention.rule, actors=tuple(actors.values()), mentions=(mention,),
        events=(LocalEvent(key=mention.key, mentions=(mention.key,)),), links=(),
    )  # fmt: skip
    return document, extraction


def _mention(event: HandMade, label: str, keys: Mapping[str, str], rule: str) -> Mention:
    """The line as a mention, every value by the person's rule; `keys` of actors by their names."""
    trigger = label.split()[0]
    when = event.when.with_provenance(text=event.when.edtf, basis="person", rule=rule) if event.when else None
    roles = tuple(
        Role(actor=keys[name], role="partner" if position else "agent", rule=rule)
        for position, name in enumerate(dict.fromkeys(name.strip() for name in event.actors))
    )
    return Mention(
        key=f"0:{trigger}", start=0, end=len(label), trigger=trigger, trigger_start=0, kind=event.kind,
        status=event.status, status_rule=rule, when=when, roles=roles, place=keys.get(event.place.strip()),
        place_rule=rule, reported=None, label=label, label_rule=rule, salience=1.0, rule=rule,
    )  # fmt: skip


def _actors(base: KnowledgeBase, names: Sequence[str], place: str, text: str, offset: int) -> dict[str, Actor]:
    """For each name as written the actor; those that are known go by the name and kind that they are known by."""
    found: dict[str, Actor] = {}
    for name in names:
        known_name, kind = _known(base, name, is_place=name == place)
        start = text.index(name, offset)
        offset = start + len(name)
        mention = ActorMention(start=start, end=offset, form="name", rule="person")
        aliases = (name,) if known_name != name else ()
        found[name] = Actor(
            key=f"{start}:{known_name}", name=known_name, kind=kind, aliases=aliases, mentions=(mention,)
        )
    return found


def _known(base: KnowledgeBase, name: str, *, is_place: bool) -> tuple[str, ActorKind]:
    try:
        actor = base.actor(name)
    except (NotFound, Ambiguous):
        if state_code(name):
            return name, "state"
        return name, "place" if is_place else "person" if " " in name else "organisation"
    return actor.name, actor.kind
