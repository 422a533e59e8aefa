"""The command `export`: the knowledge base in the documented format."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from kb.cli.completing import complete_dossiers
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.selecting import within_dossier
from kb.cli.session import Session
from kb.cli.streams import print_result, write_bytes, write_file
from kb.export import export_json
from kb.model import Selection
from kb.store import open_for_reading


@click.command("export", cls=LocalizedCommand)
@localized_option("--format", "format", type=click.Choice(["json"]), default="json")
@localized_option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@localized_option("--all", "everything", is_flag=True)
@localized_option("--dossier", metavar="NAME", shell_complete=complete_dossiers)
@click.pass_obj
def export_command(session: Session, format: str, output: Path | None, everything: bool, dossier: str | None) -> None:
    """The knowledge base as JSON."""
    with open_for_reading(session.path) as base:
        selection = Selection(everything=everything)
        text = export_json(base, selection if dossier is None else within_dossier(base, selection, dossier))
    if output is None:
        write_bytes(text)
    else:
        write_file(output, text, session.wording)


@click.command("backup", cls=LocalizedCommand)
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.pass_obj
def backup_command(session: Session, target: Path) -> None:
    """Copy the knowledge base, while others may read and write."""
    from kb.checking import backup

    with open_for_reading(session.path) as base:
        try:
            backup(base, target)
        except (OSError, sqlite3.OperationalError) as error:
            message = session.wording("errors.open_elsewhere", path=target, reason=error)
            raise click.ClickException(message) from error
    print_result(str(target))
