"""The command `dossier`: named, ordered selections of events, each event with texts of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from kb.cli.completing import complete_dossiers, complete_events
from kb.cli.judging import author_option, open_existing
from kb.cli.localized import LocalizedCommand, LocalizedFormatter, localized_option
from kb.cli.records import event_record, printed_date
from kb.cli.selecting import find_event
from kb.cli.session import Session, session_of
from kb.cli.streams import print_remark, print_result
from kb.cli.tables import Column, Table, read_format, table_options, write_json, write_table
from kb.cli.wording import Wording
from kb.dossiers import (
    TEXTS,
    Dossier,
    DossierEntry,
    add_to_dossier,
    create_dossier,
    find_dossier,
    list_dossiers,
    order_dossier,
    remove_from_dossier,
)
from kb.store import KnowledgeBase, open_for_reading


class _DossierCommand(LocalizedCommand):
    """One of the commands of `dossier`; its example is its line among those of the whole."""

    @property
    def words(self) -> str:
        return f"dossier.{self.name}"

    def example(self, wording: Wording) -> str | None:
        lines = wording("commands.dossier.example").strip().splitlines()
        return "\n".join(line for line in lines if line.startswith(f"zeitstrahl dossier {self.name}")) or None


class _DossierGroup(LocalizedCommand, click.Group):
    """The commands of `dossier`, with their help in the interface language."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        wording = session_of(ctx).wording
        assert isinstance(formatter, LocalizedFormatter)
        with formatter.section(wording("help.headings.Commands")):
            formatter.write_dl([(name, wording(f"commands.dossier.{name}.short")) for name in self.commands])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            wording = session_of(ctx).wording
            message = wording("errors.no_such_command", command=args[0])
            raise click.UsageError(message + wording("errors.near", options=", ".join(self.commands)), ctx)
        return super().resolve_command(ctx, args)


@click.group("dossier", cls=_DossierGroup)
def dossier_command() -> None:
    """Named, ordered selections of events."""


_name_argument = click.argument("name", metavar="NAME", shell_complete=complete_dossiers)
_events_argument = click.argument("events", nargs=-1, required=True, metavar="EVENT...", shell_complete=complete_events)


@dossier_command.command("new", cls=_DossierCommand)
@click.argument("name", metavar="NAME")
@author_option
@click.pass_obj
def new_command(session: Session, name: str, author: str) -> None:
    """Make an empty dossier."""
    with open_existing(session) as base:
        create_dossier(base, name, author=author, now=datetime.now(UTC))
        print_result(find_dossier(base, name).name)


@dossier_command.command("add", cls=_DossierCommand)
@_name_argument
@_events_argument
@localized_option("--heading", metavar="TEXT")
@localized_option("--line", metavar="TEXT")
@localized_option("--note", metavar="TEXT")
@author_option
@click.pass_obj
def add_command(session: Session, /, name: str, events: tuple[str, ...], author: str, **texts: str | None) -> None:
    """Append events, or give one other texts."""
    given = {text: "" if value == "-" else value for text, value in texts.items() if value is not None}
    if given and len(events) > 1:
        raise click.UsageError(session.wording("dossier.one_event"))
    with open_existing(session) as base:
        found = _ids(session, base, events)
        if not add_to_dossier(base, name, found, texts=given, author=author, now=datetime.now(UTC)):
            print_remark(session.wording("document.unchanged"))
        _print_dossier(session, find_dossier(base, name))


@dossier_command.command("remove", cls=_DossierCommand)
@_name_argument
@_events_argument
@author_option
@click.pass_obj
def remove_command(session: Session, name: str, events: tuple[str, ...], author: str) -> None:
    """Take events out of a dossier."""
    with open_existing(session) as base:
        remove_from_dossier(base, name, _ids(session, base, events), author=author, now=datetime.now(UTC))
        _print_dossier(session, find_dossier(base, name))


@dossier_command.command("order", cls=_DossierCommand)
@_name_argument
@click.argument("events", nargs=-1, metavar="[EVENT...]", shell_complete=complete_events)
@author_option
@click.pass_obj
def order_command(session: Session, name: str, events: tuple[str, ...], author: str) -> None:
    """Put events first in this order, or all in order of time."""
    with open_existing(session) as base:
        order_dossier(base, name, _ids(session, base, events), author=author, now=datetime.now(UTC))
        _print_dossier(session, find_dossier(base, name))


@dossier_command.command("show", cls=_DossierCommand)
@_name_argument
@localized_option("--json", "as_json", is_flag=True)
@click.pass_obj
def show_command(session: Session, name: str, as_json: bool) -> None:
    """The events of a dossier with its own texts."""
    with open_for_reading(session.path) as base:
        dossier = find_dossier(base, name)
    if as_json:
        write_json("dossier", {"dossier": _record(session, dossier)})
    else:
        _print_dossier(session, dossier)


@dossier_command.command("list", cls=_DossierCommand)
@table_options
@click.pass_obj
def list_command(session: Session, /, **options: Any) -> None:
    """All dossiers."""
    chosen = read_format(session, options)
    with open_for_reading(session.path) as base:
        dossiers = list_dossiers(base)
    columns: tuple[Column[Dossier], ...] = (
        Column(heading="name", cell=lambda dossier: dossier.name, is_wide=True),
        Column(heading="events", cell=lambda dossier: str(len(dossier.entries))),
    )
    table = Table(
        name="dossiers",
        rows=dossiers,
        shown=columns,
        sheet=columns,
        record=lambda dossier: {"name": dossier.name, "events": [e.event.short_id for e in dossier.entries]},
        empty="dossier.none",
    )
    write_table(session, table, chosen)


def _ids(session: Session, base: KnowledgeBase, events: Sequence[str]) -> list[str]:
    """The short ids of the events that words mean; where several fit, a person has to choose."""
    return [find_event(session, base, words, strict=True).short_id for words in events]


def _print_dossier(session: Session, dossier: Dossier) -> None:
    wording = session.wording
    print_result(dossier.name)
    if not dossier.entries:
        print_remark(wording("dossier.empty"))
    for number, entry in enumerate(dossier.entries, start=1):
        for line in _entry_lines(session, number, entry):
            print_result(line)
    if dossier.lost:
        print_remark(wording.count("dossier.lost", len(dossier.lost)))


def _entry_lines(session: Session, number: int, entry: DossierEntry) -> Iterable[str]:
    wording, event = session.wording, entry.event
    date = printed_date(session, event.when)
    hidden = "" if entry.is_current else f" [{wording(f'hidden.{event.hidden_because}')}]"
    yield f"{number:>3}  {event.short_id}  {entry.heading or date}: {entry.line or event.label}{hidden}"
    if entry.heading or entry.line:
        yield "     " + wording("dossier.instead", date=date, label=event.label)
    if entry.note:
        yield "     " + wording("dossier.note", note=entry.note)


def _record(session: Session, dossier: Dossier) -> dict[str, Any]:
    entries = [
        {**{text: getattr(entry, text) for text in TEXTS}, "event": event_record(session, entry.event)}
        for entry in dossier.entries
    ]
    return {"name": dossier.name, "entries": entries, "lost": list(dossier.lost)}
