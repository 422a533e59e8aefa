"""The command `document`: what is known about one document, and its correction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import click

from kb.cli.arguments import read_day
from kb.cli.completing import complete_documents
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.records import document_record, printed_basis
from kb.cli.session import Session, current_user
from kb.cli.streams import print_remark, print_result
from kb.cli.tables import write_json
from kb.model import Selection, StoredDocument
from kb.store import open_for_reading, open_for_writing


@click.command("document", cls=LocalizedCommand)
@click.argument("name", metavar="DOCUMENT", shell_complete=complete_documents)
@localized_option("--published", callback=read_day, metavar="DATE")
@localized_option("--title", metavar="TEXT")
@localized_option("--outlet", metavar="TEXT")
@localized_option("--json", "as_json", is_flag=True)
@click.pass_obj
def document_command(
    session: Session, name: str, published: date | None, title: str | None, outlet: str | None, as_json: bool
) -> None:
    """Look at a document or correct it."""
    given = {"published": published.isoformat() if published else None, "title": title, "outlet": outlet}
    changes = {field: value for field, value in given.items() if value is not None}
    if changes:
        _correct(session, name, changes)
    with open_for_reading(session.path) as base:
        document = base.document(name)
    if as_json:
        write_json("document", {"document": document_record(document)})
    else:
        _print(session, document)


def _correct(session: Session, name: str, changes: Mapping[str, str]) -> None:
    from kb.ingest import read_document_events
    from kb.writing import describe_document

    with open_for_reading(session.path) as base:
        row = base.document(name).row  # an unknown name, or no knowledge base, must not make a file
    with open_for_writing(session.path) as base:
        has_changed = describe_document(
            base, name, changes, extract=read_document_events, author=current_user(), now=datetime.now(UTC)
        )
        if has_changed and "published" in changes:
            events = base.events(Selection(documents=(row,), everything=True))
            dated = sum(event.when is not None for event in events)
            print_remark(session.wording("document.redated", dated=dated, events=len(events)))
    if not has_changed:
        print_remark(session.wording("document.unchanged"))


def _print(session: Session, document: StoredDocument) -> None:
    wording = session.wording
    day = document.published.isoformat() if document.published else wording("list.unknown")
    fields = [
        ("title", document.title),
        ("published", f"{day} ({printed_basis(wording, document.published_basis)})"),
        ("outlet", document.outlet),
        ("agency", document.agency),
        ("author", document.author),
        ("url", document.url),
        ("language", document.language),
        ("model", document.model),
        ("events", str(document.events)),
        ("places", "; ".join(document.locations)),
        ("remarks", "; ".join(document.remarks)),
    ]
    print_result(f"{document.short_id}  {document.name}")
    width = max(len(wording(f"document.{key}")) for key, _ in fields)
    for key, value in fields:
        if value:
            print_result(f"  {wording(f'document.{key}'):<{width}}  {value}")
    if document.withdrawn_because is not None:
        print_result("  " + wording("document.withdrawn", reason=document.withdrawn_because))
