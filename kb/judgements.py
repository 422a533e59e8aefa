"""Decisions of people about events, actors and documents: made, undone, listed. Kept as rows, never as overwrites.

A judgement names events by the keys of mentions, so that it finds its subject when documents are added, read anew or
joined otherwise. What stands is applied whenever values are computed (`kb.valuation`, `kb.event_joining`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from events import STATUSES, When
from kb.database import transaction
from kb.derivation import derive
from kb.errors import NotFound, RefusedJudgement
from kb.event_tables import MENTION_BY_KEY, mention_key_parts
from kb.judged import Judgement, follow_former_keys, read_judgements
from kb.model import StoredEvent
from kb.store import KnowledgeBase
from kb.valuation import ROLES
from kb.writing import Extract, insert_judgement, refresh_description, refresh_withdrawal


def confirm_event(base: KnowledgeBase, name: str, *, author: str, now: datetime) -> int:
    """Marks an event as checked, with the dates that it has; the number of the judgement.

    A date that contradicts all of these, told later, opens the event again.
    """
    event = base.event(name)
    known = [when.edtf for when in (event.when, *event.other_whens) if when is not None]
    return _judge_event(base, event, "confirm", author=author, now=now, before=event.checked_by, after={"whens": known})


def retract_event(base: KnowledgeBase, name: str, *, reason: str, author: str, now: datetime) -> int:
    """Takes an event out of every view: it is none, or says what is not so."""
    return _judge_event(base, base.event(name), "retract", author=author, now=now, reason=reason)


def pin_event(base: KnowledgeBase, name: str, *, is_pinned: bool = True, author: str, now: datetime) -> int:
    """Marks an event as a key moment, which is always shown, or no longer."""
    event = base.event(name)
    return _judge_event(base, event, "pin", author=author, now=now, before=event.is_pinned, after=is_pinned)


def merge_events(base: KnowledgeBase, names: Sequence[str], *, author: str, now: datetime) -> int:
    """Makes one event of several, for good: what is read later about any of them belongs to it."""
    events = [base.event(name) for name in names]
    keys = list(dict.fromkeys(event.key for event in events))
    if len(keys) < 2:
        raise RefusedJudgement(f"{', '.join(names)}: one event already; give two that differ")
    with transaction(base.connection):
        number = insert_judgement(
            base.connection, "merge", keys[0], author=author, now=now, others=tuple(keys[1:]), field="event"
        )
        derive(base.connection, [], mentions=keys)
    return number


def merge_actors(base: KnowledgeBase, names: Sequence[str], *, author: str, now: datetime) -> int:
    """Makes one actor of several that are the same person, body or place."""
    actors = [base.actor(name) for name in names]
    keys = list(dict.fromkeys(actor.key for actor in actors))
    if len(keys) < 2:
        raise RefusedJudgement(f"{', '.join(names)}: one actor already; give two that differ")
    with transaction(base.connection):
        number = insert_judgement(
            base.connection, "merge", keys[0], author=author, now=now, others=tuple(keys[1:]), field="actor"
        )
        derive(base.connection, [])
    return number


def split_event(base: KnowledgeBase, name: str, mentions: Iterable[str], *, author: str, now: datetime) -> int:
    """Makes the mentions with these keys an event of their own, for good."""
    event = base.event(name)
    keys = {mention.key for mention in base.mentions([event])[event.key]}
    apart = set(mentions)
    if unknown := apart - keys:
        raise NotFound(f"{', '.join(sorted(unknown))}: no mention of {event.short_id}; `show` lists them")
    if not apart or apart == keys:
        raise RefusedJudgement(f"{event.short_id}: a split needs a mention that goes and one that stays")
    with transaction(base.connection):
        number = insert_judgement(
            base.connection, "split", event.key, author=author, now=now, others=tuple(sorted(apart)), field="event",
            before=sorted(keys - apart),
        )  # fmt: skip
        _rederive(base, keys)
    return number


def correct_event(
    base: KnowledgeBase, name: str, changes: Mapping[str, str | None], *, author: str, now: datetime
) -> tuple[int, ...]:
    """Sets values of an event by hand; the numbers of the judgements, one for each value that differed.

    `changes` are "label", "when" (EDTF, None for unknown), "status", "kind", "place" (name or id of an actor, None for
    none) and "actors" ("Kim Jong Un:agent; a7:partner").
    """
    event = base.event(name)
    now_so = _current_values(event)
    decisions = [(field, _parse_value(base, field, value)) for field, value in changes.items()]
    with transaction(base.connection):
        numbers = [
            insert_judgement(
                base.connection, "correct", event.key, author=author, now=now, field=field, before=now_so[field],
                after=value,
            )
            for field, value in decisions
            if value != now_so[field]
        ]  # fmt: skip
        derive(base.connection, [], mentions=[event.key])
    return tuple(numbers)


def prefer_date(base: KnowledgeBase, name: str, edtf: str, *, author: str, now: datetime) -> int:
    """Shows one of the dates that mentions state for an event."""
    event, wanted = base.event(name), When.parse(edtf)
    known = [when for when in (event.when, *event.other_whens) if when is not None]
    if wanted not in known:
        stated = ", ".join(when.edtf for when in known) or "none"
        raise RefusedJudgement(f"{edtf}: no mention of {event.short_id} says so (stated: {stated}); use `correct`")
    before = event.when.edtf if event.when else None
    return _judge_event(base, event, "prefer", author=author, now=now, field="when", before=before, after=wanted.edtf)


def undo_judgement(base: KnowledgeBase, number: int, *, extract: Extract, author: str, now: datetime) -> Judgement:
    """Takes a judgement back, or an undoing; the judgement that was taken back."""
    found = {judgement.number: judgement for judgement in read_judgements(base.connection)}
    judgement = found.get(number)
    if judgement is None:
        raise NotFound(f"{number}: no such judgement; `zeitstrahl history` lists them")
    if judgement.is_undone:
        raise RefusedJudgement(f"{number}: taken back already")
    if judgement.action == "forget":
        raise RefusedJudgement(f"{number}: what was forgotten is gone; add the document again under its own hash")
    with transaction(base.connection):
        insert_judgement(base.connection, "undo", judgement.subject, author=author, now=now, undoes=number)
        _apply_undo(base, _root(found, judgement), extract)
    return judgement


def list_judgements(base: KnowledgeBase, name: str | None = None) -> tuple[Judgement, ...]:
    """The history of one event, or of the whole knowledge base, oldest first."""
    judgements = read_judgements(base.connection)
    if name is None:
        return judgements
    event = base.event(name)
    keys = {mention.key for mention in base.mentions([event])[event.key]}
    current = follow_former_keys(base.connection)
    return tuple(j for j in judgements if {current(key) for key in (j.subject, *j.others)} & keys)


def orphaned_judgements(base: KnowledgeBase) -> tuple[Judgement, ...]:
    """Judgements that stand but whose subject is in no document any more."""
    current = follow_former_keys(base.connection)
    return tuple(
        judgement
        for judgement in read_judgements(base.connection)
        if not judgement.is_undone and judgement.action != "undo" and not _has_subject(base, judgement, current)
    )


def _judge_event(
    base: KnowledgeBase, event: StoredEvent, action: str, *, author: str, now: datetime, field: str = "",
    before: object = None, after: object = None, reason: str = "",
) -> int:  # fmt: skip
    with transaction(base.connection):
        number = insert_judgement(
            base.connection, action, event.key, author=author, now=now, field=field, before=before, after=after,
            reason=reason,
        )  # fmt: skip
        derive(base.connection, [], mentions=[event.key])
    return number


def _current_values(event: StoredEvent) -> dict[str, object]:
    return {
        "label": event.label,
        "when": event.when.edtf if event.when else None,
        "status": event.status,
        "kind": event.kind,
        "place": event.place.key if event.place else None,
        "actors": [[role.actor.key, role.role] for role in event.actors],
    }


def _parse_value(base: KnowledgeBase, field: str, value: str | None) -> object:
    """What is kept of a value given by hand."""
    if field == "when":
        return None if value is None else When.parse(value).edtf
    if field == "place":
        return None if value is None else base.actor(value).key
    if field == "actors":
        return [_parse_role(base, entry) for entry in (value or "").split(";") if entry.strip()]
    if field not in ("label", "kind", "status"):
        raise NotFound(f"{field}: no such value; there are label, when, status, kind, place and actors")
    if not value or not value.strip():
        raise RefusedJudgement(f"{field}: may not be empty")
    if field == "status" and value not in STATUSES:
        raise RefusedJudgement(f"{value}: no such status; there are {', '.join(STATUSES)}")
    return value.strip()


def _parse_role(base: KnowledgeBase, entry: str) -> list[str]:
    name, _, role = entry.rpartition(":")
    if not name:
        name, role = role, "agent"
    if role.strip() not in ROLES:
        raise RefusedJudgement(f"{role.strip()}: no such role; there are {', '.join(ROLES)}")
    return [base.actor(name).key, role.strip()]


def _root(found: Mapping[int, Judgement], judgement: Judgement) -> Judgement:
    """What an undoing, or the undoing of one, is about in the end."""
    while judgement.undoes is not None:
        judgement = found[judgement.undoes]
    return judgement


def _apply_undo(base: KnowledgeBase, judgement: Judgement, extract: Extract) -> None:
    if judgement.action == "dossier":
        return
    if judgement.action in ("withdraw", "add", "describe"):
        row = base.document(judgement.subject).row
        if judgement.action != "describe":
            refresh_withdrawal(base.connection, row)
        else:
            refresh_description(base.connection, row, extract)
        return
    keys = {judgement.subject, *judgement.others}
    if judgement.action == "split":
        keys |= set(judgement.before or ())
    if judgement.field == "actor":
        derive(base.connection, [])
    else:
        _rederive(base, keys)


def _rederive(base: KnowledgeBase, keys: Iterable[str]) -> None:
    """Groups the events of mentions anew; their documents tell anew, for a split may divide what one of them tells."""
    current = follow_former_keys(base.connection)
    mentions = {current(key) for key in keys}
    documents = set()
    for key in mentions:
        found = base.connection.execute(
            f"SELECT document FROM mention WHERE id = ({MENTION_BY_KEY})", mention_key_parts(key)
        ).fetchone()
        if found is not None:
            documents.add(found[0])
    derive(base.connection, documents, mentions=mentions)


def _has_subject(base: KnowledgeBase, judgement: Judgement, current: Callable[[str], str]) -> bool:
    connection = base.connection
    if judgement.action in ("add", "withdraw", "forget", "describe"):
        query, values = "SELECT 1 FROM document WHERE key = ?", (judgement.subject,)
        return connection.execute(query, values).fetchone() is not None
    if judgement.action == "dossier":
        return all(_has_mention(base, current(key)) for key in judgement.others)
    if judgement.field == "actor":
        keys = (judgement.subject, *judgement.others)
        query = "SELECT 1 FROM actor_member WHERE naming = ?"
        return all(connection.execute(query, (key,)).fetchone() for key in keys)
    return _has_mention(base, current(judgement.subject))


def _has_mention(base: KnowledgeBase, key: str) -> bool:
    return base.connection.execute(MENTION_BY_KEY, mention_key_parts(key)).fetchone() is not None
