"""The commands `events`, `actors` and `documents`: tables of what a knowledge base holds."""

from __future__ import annotations

from typing import Any

import click

from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.records import (
    actor_columns,
    actor_record,
    document_columns,
    document_record,
    event_columns,
    event_record,
    event_sheet,
)
from kb.cli.selecting import filter_options, is_filtered, read_selection
from kb.cli.session import Session
from kb.cli.streams import print_remark
from kb.cli.tables import Table, read_format, table_options, write_table
from kb.store import open_for_reading

_limit_option = localized_option("--limit", type=click.IntRange(min=0), default=0, metavar="N")


@click.command("events", cls=LocalizedCommand)
@filter_options
@_limit_option
@table_options
@click.pass_obj
def events_command(session: Session, /, limit: int, **options: Any) -> None:
    """The timeline as a table."""
    chosen = read_format(session, options)
    with open_for_reading(session.path) as base:
        selection = read_selection(session, base, options)
        found = base.events(selection, limit=limit or None)
        total = len(found) if not limit or len(found) < limit else base.count_events(selection)
        table = Table(
            name="events",
            rows=found,
            shown=event_columns(session),
            sheet=event_sheet(session),
            record=lambda event: event_record(session, event),
            empty="list.none_filtered" if is_filtered(options) else "list.none",
        )
        write_table(session, table, chosen)
    if chosen.is_for_people and found:
        _tell_rest(session, total, len(found))


@click.command("actors", cls=LocalizedCommand)
@localized_option("--all", "everything", is_flag=True)
@_limit_option
@table_options
@click.pass_obj
def actors_command(session: Session, /, limit: int, everything: bool, **options: Any) -> None:
    """Actors and places with their number of events."""
    chosen = read_format(session, options)
    with open_for_reading(session.path) as base:
        actors = base.actors(everything=everything)
    columns = actor_columns(session)
    table = Table(
        name="actors",
        rows=actors[: limit or None],
        shown=columns,
        sheet=columns,
        record=actor_record,
        empty="list.no_actors",
    )
    write_table(session, table, chosen)
    if chosen.is_for_people and limit and len(actors) > limit:
        print_remark(session.wording("list.and_more", n=len(actors) - limit))


@click.command("documents", cls=LocalizedCommand)
@table_options
@click.pass_obj
def documents_command(session: Session, /, **options: Any) -> None:
    """Documents with their publication day."""
    chosen = read_format(session, options)
    with open_for_reading(session.path) as base:
        documents = base.documents()
    columns = document_columns(session)
    table = Table(
        name="documents",
        rows=documents,
        shown=columns,
        sheet=columns,
        record=document_record,
        empty="list.no_documents",
    )
    write_table(session, table, chosen)


def _tell_rest(session: Session, total: int, shown: int) -> None:
    if total > shown:
        print_remark(session.wording("list.and_more", n=total - shown))
    else:
        print_remark(session.wording.count("list.events", total))
