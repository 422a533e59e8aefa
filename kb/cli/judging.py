"""The commands by which people decide: confirm, correct, merge, split, retract, pin, undo, and the history of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click

from kb.cli.arguments import read_when
from kb.cli.completing import complete_documents, complete_events
from kb.cli.localized import Decorated, LocalizedCommand, localized_option
from kb.cli.records import printed_date
from kb.cli.selecting import find_event
from kb.cli.session import Session, current_user
from kb.cli.streams import print_remark, print_result
from kb.cli.tables import Column, Table, read_format, table_options, write_table
from kb.errors import NotFound
from kb.judged import Judgement
from kb.model import StoredEvent
from kb.store import KnowledgeBase, open_for_reading, open_for_writing

_ACTOR_ID = re.compile(r"a\d+", re.IGNORECASE)


def author_option(command: Decorated) -> Decorated:
    """Adds --author: whose decision it is, by default the user of the computer."""
    return localized_option("--author", envvar="ZEITSTRAHL_AUTHOR", default=current_user, metavar="NAME")(command)


@contextmanager
def open_existing(session: Session) -> Iterator[KnowledgeBase]:
    """A knowledge base that may change but must exist: a mistyped name makes no file."""
    with open_for_reading(session.path):
        pass
    with open_for_writing(session.path) as base:
        yield base


def _name(session: Session, base: KnowledgeBase, words: str) -> str:
    """The short id of the event that words mean; where several fit, a person has to choose."""
    return find_event(session, base, words, strict=True).short_id


def _show(session: Session, base: KnowledgeBase, name: str) -> None:
    event = base.event(name)
    print_result(f"{event.short_id}  {printed_date(session, event.when)}: {event.label}")


@click.command("confirm", cls=LocalizedCommand)
@click.argument("names", nargs=-1, required=True, metavar="EVENT...", shell_complete=complete_events)
@author_option
@click.pass_obj
def confirm_command(session: Session, names: tuple[str, ...], author: str) -> None:
    """Mark events as checked."""
    from kb.judgements import confirm_event

    with open_existing(session) as base:
        for name in names:
            event = _name(session, base, name)
            confirm_event(base, event, author=author, now=datetime.now(UTC))
            _show(session, base, event)


@click.command("retract", cls=LocalizedCommand)
@click.argument("name", metavar="EVENT", shell_complete=complete_events)
@localized_option("--reason", metavar="TEXT", required=True)
@author_option
@click.pass_obj
def retract_command(session: Session, name: str, reason: str, author: str) -> None:
    """Take an event out of every view."""
    from kb.judgements import retract_event

    with open_existing(session) as base:
        event = _name(session, base, name)
        retract_event(base, event, reason=reason, author=author, now=datetime.now(UTC))
        _tell_undo(session, base)


@click.command("pin", cls=LocalizedCommand)
@click.argument("names", nargs=-1, required=True, metavar="EVENT...", shell_complete=complete_events)
@localized_option("--off", "is_off", is_flag=True)
@author_option
@click.pass_obj
def pin_command(session: Session, names: tuple[str, ...], is_off: bool, author: str) -> None:
    """Mark events as key moments."""
    from kb.judgements import pin_event

    with open_existing(session) as base:
        for name in names:
            event = _name(session, base, name)
            pin_event(base, event, is_pinned=not is_off, author=author, now=datetime.now(UTC))
            _show(session, base, event)


@click.command("merge", cls=LocalizedCommand)
@click.argument("names", nargs=-1, required=True, metavar="EVENT...", shell_complete=complete_events)
@author_option
@click.pass_obj
def merge_command(session: Session, names: tuple[str, ...], author: str) -> None:
    """Make one event, or one actor, of several."""
    from kb.judgements import merge_actors, merge_events

    with open_existing(session) as base:
        if all(_ACTOR_ID.fullmatch(name) for name in names):
            merge_actors(base, names, author=author, now=datetime.now(UTC))
            actor = base.actor(names[0])
            print_result(f"{actor.short_id}  {'; '.join((actor.name, *actor.aliases))}")
            return
        events = [_name(session, base, name) for name in names]
        merge_events(base, events, author=author, now=datetime.now(UTC))
        _show(session, base, events[0])


@click.command("split", cls=LocalizedCommand)
@click.argument("name", metavar="EVENT", shell_complete=complete_events)
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="NUMBER...")
@author_option
@click.pass_obj
def split_command(session: Session, name: str, numbers: tuple[int, ...], author: str) -> None:
    """Make some quotations of an event an event of their own."""
    from kb.judgements import split_event

    with open_existing(session) as base:
        event = base.event(_name(session, base, name))
        mentions = base.mentions([event])[event.key]
        if wrong := [number for number in numbers if not 1 <= number <= len(mentions)]:
            message = session.wording("judging.no_quotation", number=wrong[0], id=event.short_id, count=len(mentions))
            raise NotFound(message)
        keys = [mentions[number - 1].key for number in numbers]
        split_event(base, event.short_id, keys, author=author, now=datetime.now(UTC))
        for number in (keys[0], event.short_id):
            _show(session, base, number)


@click.command("correct", cls=LocalizedCommand)
@click.argument("name", metavar="EVENT", shell_complete=complete_events)
@localized_option("--label", metavar="TEXT")
@localized_option("--date", "when", metavar="DATE", callback=read_when)
@localized_option("--status", metavar="STATUS")
@localized_option("--kind", metavar="KIND")
@localized_option("--place", metavar="NAME")
@localized_option("--actors", metavar="NAMES")
@author_option
@click.pass_obj
def correct_command(session: Session, /, name: str, author: str, **values: str | None) -> None:
    """Set values of an event by hand."""
    from kb.judgements import correct_event

    changes = _changes(values)
    if not changes:
        raise click.UsageError(session.wording("judging.nothing_given"))
    with open_existing(session) as base:
        event = _name(session, base, name)
        done = correct_event(base, event, changes, author=author, now=datetime.now(UTC))
        if not done:
            print_remark(session.wording("document.unchanged"))
        _show(session, base, event)


def _changes(values: Mapping[str, str | None]) -> dict[str, str | None]:
    from events import read_kind
    from kb.search import read_status

    changes: dict[str, str | None] = {field: value for field, value in values.items() if value is not None}
    if status := changes.get("status"):
        changes["status"] = read_status(status)
    if kind := changes.get("kind"):
        changes["kind"] = read_kind(kind) or kind
    # "-" takes a value away: an event without a place, a date that nobody knows.
    return {field: None if value == "-" and field in ("when", "place") else value for field, value in changes.items()}


@click.command("prefer", cls=LocalizedCommand)
@click.argument("name", metavar="EVENT", shell_complete=complete_events)
@click.argument("date", metavar="DATE", callback=read_when)
@author_option
@click.pass_obj
def prefer_command(session: Session, name: str, date: str, author: str) -> None:
    """Show one of the dates that sources give."""
    from kb.judgements import prefer_date

    with open_existing(session) as base:
        event = _name(session, base, name)
        prefer_date(base, event, date, author=author, now=datetime.now(UTC))
        _show(session, base, event)


@click.command("undo", cls=LocalizedCommand)
@click.argument("number", type=int, required=False, metavar="[NUMBER]")
@author_option
@click.pass_obj
def undo_command(session: Session, number: int | None, author: str) -> None:
    """Take a decision back, the last one where none is named."""
    from kb.ingest import read_document_events
    from kb.judgements import list_judgements, undo_judgement

    with open_existing(session) as base:
        if number is None:
            standing = [each for each in list_judgements(base) if not each.is_undone and each.action != "undo"]
            if not standing:
                raise NotFound(session.wording("judging.nothing_to_undo"))
            number = standing[-1].number
        undone = undo_judgement(base, number, extract=read_document_events, author=author, now=datetime.now(UTC))
        print_result(session.wording("judging.undone", number=undone.number, action=_action(session, undone)))


@click.command("history", cls=LocalizedCommand)
@click.argument("name", required=False, metavar="[EVENT]", shell_complete=complete_events)
@table_options
@click.pass_obj
def history_command(session: Session, /, name: str | None, **options: Any) -> None:
    """The decisions of people, oldest first."""
    from kb.judgements import list_judgements

    chosen = read_format(session, options)
    with open_for_reading(session.path) as base:
        event = None if name is None else find_event(session, base, name).short_id
        judgements = list_judgements(base, event)
        subjects = _subjects(base, judgements)
    columns: tuple[Column[Judgement], ...] = (
        Column(heading="number", cell=lambda judgement: str(judgement.number)),
        Column(heading="made_at", cell=lambda judgement: f"{judgement.made_at:%Y-%m-%d %H:%M}"),
        Column(heading="author", cell=lambda judgement: judgement.author),
        Column(heading="action", cell=lambda judgement: _action(session, judgement)),
        Column(heading="subject", cell=lambda judgement: subjects.get(judgement.number, ""), is_wide=True),
        Column(heading="change", cell=lambda judgement: _change(session, judgement), is_wide=True),
    )
    table = Table(
        name="history",
        rows=judgements,
        shown=columns,
        sheet=columns,
        record=_record,
        empty="judging.no_history",
    )
    write_table(session, table, chosen)


def _subjects(base: KnowledgeBase, judgements: Sequence[Judgement]) -> dict[int, str]:
    """For each judgement the short id and name of what it is about, where that is still there."""
    found = {}
    for judgement in judgements:
        if judgement.action == "dossier":
            found[judgement.number] = judgement.subject
            continue
        try:
            event: StoredEvent = base.event(judgement.subject)
            found[judgement.number] = f"{event.short_id} {event.label}"
        except NotFound:
            document = next((each for each in base.documents() if each.key == judgement.subject), None)
            found[judgement.number] = f"{document.short_id} {document.name}" if document else ""
    return found


def _action(session: Session, judgement: Judgement) -> str:
    wording = session.wording
    action = wording.lookup(f"action.{judgement.action}") or judgement.action
    if judgement.undoes is not None:
        action = f"{action} {judgement.undoes}"
    return f"{action} ({wording('judging.taken_back')})" if judgement.is_undone else action


def _change(session: Session, judgement: Judgement) -> str:
    if judgement.action == "dossier":
        count = f" ({len(judgement.others)})" if judgement.others else ""
        return session.wording(f"dossier_change.{judgement.field}") + count
    if judgement.reason:
        return judgement.reason
    if judgement.field in ("", "event", "actor") or judgement.before == judgement.after:
        return ""
    return f"{judgement.field}: {_shown(judgement.before)} → {_shown(judgement.after)}"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(":".join(map(str, part)) if isinstance(part, list) else str(part) for part in value)
    return "-" if value is None else str(value)


def _record(judgement: Judgement) -> dict[str, Any]:
    return {
        "number": judgement.number,
        "made_at": judgement.made_at.isoformat(),
        "author": judgement.author,
        "action": judgement.action,
        "subject": judgement.subject,
        "others": list(judgement.others),
        "field": judgement.field,
        "before": judgement.before,
        "after": judgement.after,
        "reason": judgement.reason,
        "undoes": judgement.undoes,
        "undone": judgement.is_undone,
    }


def _tell_undo(session: Session, base: KnowledgeBase) -> None:
    from kb.judgements import list_judgements

    number = list_judgements(base)[-1].number
    print_result(session.wording("judging.done", number=number, command=session.command(f"undo {number}")))


@click.command("withdraw", cls=LocalizedCommand)
@click.argument("name", metavar="DOCUMENT", shell_complete=complete_documents)
@localized_option("--reason", metavar="TEXT", required=True)
@author_option
@click.pass_obj
def withdraw_command(session: Session, name: str, reason: str, author: str) -> None:
    """Take a document out of every view."""
    from kb.writing import withdraw_document

    with open_existing(session) as base:
        withdraw_document(base, name, reason=reason, author=author, now=datetime.now(UTC))
        _tell_undo(session, base)


@click.command("forget", cls=LocalizedCommand)
@click.argument("name", metavar="DOCUMENT", shell_complete=complete_documents)
@localized_option("--reason", metavar="TEXT", required=True)
@localized_option("--yes", "is_sure", is_flag=True)
@author_option
@click.pass_obj
def forget_command(session: Session, name: str, reason: str, is_sure: bool, author: str) -> None:
    """Purge a document for good."""
    from kb.writing import forget_document

    with open_existing(session) as base:
        document = base.document(name)
        if not is_sure:
            question = session.wording("judging.forget_sure", id=document.short_id, name=document.name)
            click.confirm(question, abort=True, err=True)
        forget_document(base, document.short_id, reason=reason, author=author, now=datetime.now(UTC))
        print_result(session.wording("judging.forgotten", id=document.short_id))
