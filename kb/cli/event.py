"""The commands `show` and `explain`: one event with its quotations, and with what stands behind each value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import click

from events import When, print_kind, print_when
from kb.cli.completing import complete_events
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.records import actor_reference, event_record, printed_date, printed_status, when_record
from kb.cli.selecting import find_event
from kb.cli.session import Session
from kb.cli.streams import print_result
from kb.cli.tables import write_json
from kb.cli.wording import Wording
from kb.model import Reason, StoredDocument, StoredEvent, StoredLink, StoredMention
from kb.quoting import cite_document
from kb.store import open_for_reading

_event_argument = click.argument("words", nargs=-1, required=True, metavar="EVENT", shell_complete=complete_events)
_json_option = localized_option("--json", "as_json", is_flag=True)


@click.command("show", cls=LocalizedCommand)
@_event_argument
@_json_option
@click.pass_obj
def show_command(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """Everything about one event, with each quotation."""
    with open_for_reading(session.path) as base:
        event = find_event(session, base, " ".join(words))
        mentions = base.mentions([event])[event.key]
        documents = {document.key: document for document in base.documents()}
        links = base.links([event])
        others = {other.row: other for other in base.events_by_row(sorted(_far_ends(links, event)))}
    if as_json:
        write_json("event", _event_object(session, event, mentions, links, others))
        return
    for line in _event_lines(session, event):
        print_result(line)
    for number, mention in enumerate(mentions, start=1):
        for line in _mention_lines(session, number, mention, documents[mention.document]):
            print_result(line)
    for line in _link_lines(session, event, links, others):
        print_result(line)


def _event_lines(session: Session, event: StoredEvent) -> Iterable[str]:
    wording = session.wording
    yield f"{event.short_id}  {event.label}"
    yield from _fields(
        (wording("event.date"), print_when(event.when, session.language, status=event.status)),
        (wording("event.other_dates"), "; ".join(printed_date(session, when) for when in event.other_whens)),
        (wording("event.actors"), "; ".join(_roles(wording, event))),
        (wording("event.place"), event.place.name if event.place else ""),
        (wording("event.status"), _status_with_speaker(wording, event)),
        (wording("event.kind"), print_kind(event.kind, session.language)),
    )
    if not event.is_shown:
        reason = wording.lookup(f"hidden.{event.hidden_because}") or event.hidden_because
        yield wording("event.hidden", reason=reason)
    if event.checked_by:
        yield wording("event.checked", name=event.checked_by)
    yield ""
    yield wording.count("event.sources", event.sources)


def _fields(*pairs: tuple[str, str]) -> Iterable[str]:
    told = [(name, value) for name, value in pairs if value]
    width = max(len(name) for name, _ in told)
    for name, value in told:
        yield f"  {name:<{width}}  {value}"


def _roles(wording: Wording, event: StoredEvent) -> Iterable[str]:
    roles: dict[str, list[str]] = {}
    for role in event.actors:
        roles.setdefault(role.actor.name, []).append(wording(f"role.{role.role}"))
    return [f"{name} ({', '.join(dict.fromkeys(parts))})" for name, parts in roles.items()]


def _status_with_speaker(wording: Wording, event: StoredEvent) -> str:
    status = printed_status(wording, event)
    if event.is_reported and event.reported_by is not None:
        return f"{status} ({wording('event.reported_by', name=event.reported_by.name)})"
    return status


def _mention_lines(session: Session, number: int, mention: StoredMention, document: StoredDocument) -> Iterable[str]:
    wording = session.wording
    where = wording("event.in_document", start=mention.start, end=mention.end)
    claims = [printed_date(session, mention.when)]
    if mention.status != "occurred" or mention.reported is None:
        claims.append(wording(f"status.{mention.status}"))
    if mention.reported is not None:
        claims.append(_reported(wording, mention))
    yield f"  {number:>2}. »{' '.join(mention.quote.split())}«"
    yield f"      {mention.document_id}  {cite_document(document)}  ({where})"
    yield f"      {'; '.join(claims)}"


def _reported(wording: Wording, mention: StoredMention) -> str:
    if mention.reported is not None and mention.reported.by is not None:
        return wording("event.reported_by", name=mention.reported.by.name)
    return wording("event.reported")


def _link_lines(
    session: Session, event: StoredEvent, links: Sequence[StoredLink], others: dict[int, StoredEvent]
) -> Iterable[str]:
    wording = session.wording
    shown = [link for link in links if _far_end(link, event) in others]
    if shown:
        yield ""
        yield wording("event.links")
    for link in shown:
        other = others[_far_end(link, event)]
        arrow = "→" if link.source == event.row else "←"
        words = f"  »{' '.join(link.quote.split())}«" if link.quote else ""
        yield f"  {arrow} {wording(f'link.{link.kind}')}: {other.short_id} {other.label}{words}"


def _far_end(link: StoredLink, event: StoredEvent) -> int:
    return link.target if link.source == event.row else link.source


def _far_ends(links: Sequence[StoredLink], event: StoredEvent) -> set[int]:
    return {_far_end(link, event) for link in links}


def _event_object(
    session: Session,
    event: StoredEvent,
    mentions: Sequence[StoredMention],
    links: Sequence[StoredLink],
    others: dict[int, StoredEvent],
) -> dict[str, Any]:
    ids = {row: other.short_id for row, other in others.items()} | {event.row: event.short_id}
    return {
        "event": event_record(session, event),
        "mentions": [_mention_record(session, mention) for mention in mentions],
        "links": [
            {"source": ids[link.source], "target": ids[link.target], "kind": link.kind, "quote": link.quote}
            for link in links
            if link.source in ids and link.target in ids
        ],
    }


def _mention_record(session: Session, mention: StoredMention) -> dict[str, Any]:
    reported = mention.reported
    return {
        "document": mention.document_id,
        "start": mention.start,
        "end": mention.end,
        "quote": mention.quote,
        "trigger": mention.trigger,
        "trigger_start": mention.trigger_start,
        "when": when_record(session, mention.when),
        "status": mention.status,
        "reported": None if reported is None else {"by": actor_reference(reported.by), "quote": reported.quote},
        "zone": mention.zone,
    }


@click.command("explain", cls=LocalizedCommand)
@_event_argument
@_json_option
@click.pass_obj
def explain_command(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """Which rule, model or person stands behind each value."""
    with open_for_reading(session.path) as base:
        event = find_event(session, base, " ".join(words))
        reasons = base.explain(event)
    if as_json:
        write_json("reasons", {"event": event.short_id, "reasons": [_reason_record(reason) for reason in reasons]})
        return
    print_result(f"{event.short_id}  {event.label}")
    for reason in reasons:
        for line in _reason_lines(session, event, reason):
            print_result(line)


def _reason_lines(session: Session, event: StoredEvent, reason: Reason) -> Iterable[str]:
    wording = session.wording
    name = wording.lookup(f"value.{reason.value}") or reason.value
    yield f"  {name}: {_reason_shown(session, event, reason)}"
    yield f"      {wording('columns.rule')} {reason.rule}" + (f"; {reason.note}" if reason.note else "")
    origin = reason.origin
    if origin is None:
        return
    quote = " ".join(origin.quote.split())
    yield "      " + wording(
        "event.from_words", quote=quote, document=origin.document_id, start=origin.start, end=origin.end
    )
    if reason.value == "when" and origin.when is not None:
        yield "      " + _counting(wording, origin.when)


def _reason_shown(session: Session, event: StoredEvent, reason: Reason) -> str:
    """The value as people read it: no ISO date, no name of a status or role as programs know it."""
    wording = session.wording
    if reason.value == "when":
        return printed_date(session, reason.origin.when if reason.origin else event.when)
    if reason.value == "kind":
        return print_kind(reason.shown, session.language)
    if reason.value in ("status", "shown", "reported"):
        table = "status" if reason.value == "status" else "words"
        return wording.lookup(f"{table}.{reason.shown}") or reason.shown
    if reason.value == "actor" and (match := re.fullmatch(r"(.+) \((\w+)\)", reason.shown)):
        return f"{match[1]} ({wording.lookup(f'role.{match[2]}') or match[2]})"
    return reason.shown


def _counting(wording: Wording, when: When) -> str:
    """How the date was read from its words, and what it was counted from."""
    if when.basis == "counted":
        key = "when_basis.counted" if when.counted_from else "when_basis.counted_unknown"
        basis = wording(key, origin=when.counted_from or "")
    else:
        basis = wording(f"when_basis.{when.basis}")
    words = f"»{when.text}«: " if when.text else ""
    return f"{words}{basis} ({when.rule})" if when.rule else f"{words}{basis}"


def _reason_record(reason: Reason) -> dict[str, Any]:
    origin = reason.origin
    return {
        "value": reason.value,
        "shown": reason.shown,
        "rule": reason.rule,
        "note": reason.note,
        "origin": None
        if origin is None
        else {"document": origin.document_id, "start": origin.start, "end": origin.end, "quote": origin.quote},
    }
