"""The commands `add-event` and `import`: events that people write down themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.arguments import read_when
from kb.cli.completing import complete_actors
from kb.cli.judging import author_option
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.records import printed_date
from kb.cli.session import Session
from kb.cli.streams import print_remark, print_result
from kb.store import open_for_writing

if TYPE_CHECKING:
    from kb.model import StoredEvent


@click.command("add-event", cls=LocalizedCommand)
@localized_option("--label", metavar="TEXT", required=True)
@localized_option("--date", "when", metavar="DATE", callback=read_when)
@localized_option("--actor", "actors", multiple=True, metavar="NAME", shell_complete=complete_actors)
@localized_option("--place", metavar="NAME", default="", shell_complete=complete_actors)
@localized_option("--source", metavar="TEXT", default="")
@localized_option("--status", metavar="STATUS", default="occurred", show_default=False)
@localized_option("--kind", metavar="KIND", default="other", show_default=False)
@author_option
@click.pass_obj
def add_event_command(
    session: Session, label: str, when: str | None, actors: tuple[str, ...], place: str, source: str, status: str,
    kind: str, author: str,
) -> None:  # fmt: skip
    """Add an event by hand."""
    from events import When, read_kind
    from kb.by_hand import HandMade, add_event
    from kb.search import read_status

    known = "other" if kind == "other" else read_kind(kind)
    if known is None:
        raise click.UsageError(session.wording("by_hand.no_kind", kind=kind))
    made = HandMade(
        label=label, when=When.parse(when) if when and when != "-" else None, actors=actors, place=place,
        source=source, kind=known, status=read_status(status), language=session.language,
    )  # fmt: skip
    with open_for_writing(session.path) as base:
        _print_event(session, add_event(base, made, author=author, now=datetime.now(UTC)))


@click.command("import", cls=LocalizedCommand)
@click.argument("table", type=click.Path(dir_okay=False, path_type=Path), metavar="TABLE.csv")
@author_option
@click.pass_obj
def import_command(session: Session, table: Path, author: str) -> None:
    """Add the events of a table."""
    from kb.by_hand import import_events, read_table

    made = tuple(read_table(table))  # before a knowledge base is made for it
    with open_for_writing(session.path) as base:
        found = import_events(base, made, author=author, now=datetime.now(UTC))
    for event in found:
        _print_event(session, event)
    print_remark(session.wording.count("list.events", len(found)))


def _print_event(session: Session, event: StoredEvent) -> None:
    print_result(f"{event.short_id}  {printed_date(session, event.when)}: {event.label}")
