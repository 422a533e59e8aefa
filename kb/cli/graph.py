"""The command `graph`: actors as threads that meet in the events they share."""

from __future__ import annotations

from typing import Any

import click

from kb.cli.localized import LocalizedCommand
from kb.cli.picturing import page_options, write_page
from kb.cli.selecting import filter_options
from kb.cli.session import Session


@click.command("graph", cls=LocalizedCommand)
@filter_options
@page_options
@click.pass_obj
def graph_command(session: Session, /, **options: Any) -> None:
    """Write the page that opens with actors and events as a network laid out by time."""
    write_page(session, options, view="storyline", title=session.wording("graph.title"))
