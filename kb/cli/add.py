"""The command `add`: articles into the knowledge base, with a summary of what was read and what was not."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.arguments import read_day
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.session import Session
from kb.cli.streams import print_remark, print_result
from kb.model import Selection, StoredDocument
from kb.store import KnowledgeBase, open_for_writing

if TYPE_CHECKING:
    from kb.ingest import Ingested


@click.command("add", cls=LocalizedCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, allow_dash=True))
@localized_option("--published", callback=read_day, metavar="DATE")
@localized_option("--lang", "language", metavar="de|en", type=click.Choice(["de", "en"]))
@localized_option("--nlp-model", "model", metavar="NAME")
@localized_option("--fast", "fast", is_flag=True)
@click.pass_obj
def add_command(
    session: Session,
    paths: tuple[Path, ...],
    published: date | None,
    language: str | None,
    model: str | None,
    fast: bool,
) -> int:
    """Read articles into the knowledge base; exit code 1 where a file could not be read."""
    from kb.ingest import ingest_files, list_files, reader_with

    extract_with = reader_with(model=model, fast=fast) if model or fast else None
    files = list_files(paths)
    results: list[Ingested] = []
    with open_for_writing(session.path) as base:
        with click.progressbar(
            length=len(files), label=session.wording("add.reading"), file=sys.stderr, hidden=not sys.stderr.isatty(),
            item_show_func=lambda item: item or "",
        ) as bar:  # fmt: skip
            for result in ingest_files(
                base,
                files,
                published=published,
                language=language,
                clock=lambda: datetime.now(UTC),
                extract_with=extract_with,
            ):
                results.append(result)
                bar.update(1, result.name)
        _summarize(session, base, results)
    return 1 if any(result.failure for result in results) else 0


def _summarize(session: Session, base: KnowledgeBase, results: Sequence[Ingested]) -> None:
    wording = session.wording
    counts = Counter(result.addition for result in results)
    documents = _touched(base, results)
    parts = [wording.count("add.documents", counts["added"])]
    parts += [wording.count("add.known", counts["known"])] if counts["known"] else []
    parts += [wording.count("add.redated", counts["changed"])] if counts["changed"] else []
    gone = counts["withdrawn"] + counts["forgotten"]
    parts += [wording.count("add.gone", gone)] if gone else []
    print_result(", ".join(parts) + "; " + _describe_events(session, base, documents))
    _tell_failures(session, results)
    _tell_remarks(session, results, documents)
    _tell_undated(session, documents)
    if counts["added"]:
        print_remark(wording("add.next", command=session.command("events")))


def _touched(base: KnowledgeBase, results: Sequence[Ingested]) -> list[StoredDocument]:
    keys = {result.key for result in results}
    return [document for document in base.documents() if document.key in keys]


def _describe_events(session: Session, base: KnowledgeBase, documents: Sequence[StoredDocument]) -> str:
    """The events of these documents: how many, with and without a date."""
    events = []
    if documents:
        rows = tuple(document.row for document in documents)
        found = base.events(Selection(documents=rows, everything=True))
        events = [event for event in found if event.is_shown or event.hidden_because == "undated"]
    dated = sum(event.when is not None for event in events)
    wording = session.wording
    counted = wording.count("add.events", len(events))
    return f"{counted} ({wording('add.dated', dated=dated, undated=len(events) - dated)})"


def _tell_failures(session: Session, results: Sequence[Ingested]) -> None:
    failed = [result for result in results if result.failure]
    if failed:
        print_remark(session.wording("add.skipped"))
    for result in failed:
        # Most reasons begin with the path; what came up deeper does not know it.
        named = result.failure if result.name in result.failure else f"{result.name}: {result.failure}"
        print_remark(f"  {named}")


def _tell_remarks(session: Session, results: Sequence[Ingested], documents: Sequence[StoredDocument]) -> None:
    """What a person should look at, of documents that are new or were dated anew."""
    new = {result.key: result for result in results if result.addition in ("added", "changed")}
    remarks = [(result.name, remark) for result in new.values() for remark in result.remarks]
    remarks += [(document.name, remark) for document in documents if document.key in new for remark in document.remarks]
    if remarks:
        print_remark(session.wording("add.remarks"))
    for name, remark in dict.fromkeys(remarks):
        print_remark(session.wording("add.remark_item", name=name, remark=remark))


def _tell_undated(session: Session, documents: Sequence[StoredDocument]) -> None:
    undated = [document for document in documents if document.published is None and not document.withdrawn_because]
    if not undated:
        return
    print_remark(session.wording("add.undated_documents"))
    for document in undated:
        print_remark(session.wording("add.undated_item", id=document.short_id, name=document.name))
    command = session.command(f"document {undated[0].short_id}")
    print_remark(session.wording("add.mend", command=command))
