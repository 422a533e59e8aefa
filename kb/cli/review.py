"""The command `review`: doubtful events first, decided one key each or in a spreadsheet."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from kb.cli.judging import author_option, open_existing
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.records import printed_actors, printed_date
from kb.cli.selecting import filter_options, read_selection
from kb.cli.session import Session
from kb.cli.streams import print_remark, print_result, write_file
from kb.cli.tables import formula_safe
from kb.judgements import confirm_event, correct_event, retract_event, undo_judgement
from kb.model import Selection, StoredEvent
from kb.quoting import cite_document, shorten_quote
from kb.review import COLUMNS, Doubtful, apply_rulings, find_doubtful, read_rulings
from kb.store import KnowledgeBase, open_for_reading

_FILE = click.Path(dir_okay=False, path_type=Path)
_QUOTED = 3  # quotations that are shown of one event
_KEYS = ("confirm", "correct", "retract", "skip", "undo", "quit")


@click.command("review", cls=LocalizedCommand)
@filter_options
@localized_option("--limit", type=click.IntRange(min=0), default=0, metavar="N")
@localized_option("--csv", "sheet", type=_FILE, metavar="FILE")
@localized_option("--apply", "filled", type=_FILE, metavar="FILE")
@author_option
@click.pass_obj
def review_command(
    session: Session, /, sheet: Path | None, filled: Path | None, limit: int, author: str, **options: Any
) -> None:
    """Doubtful events first, each with its reasons."""
    if sheet is not None and filled is not None:
        raise click.UsageError(session.wording("review.one_of"))
    if filled is not None:
        _apply_sheet(session, filled, author)
    elif sheet is not None:
        with open_for_reading(session.path) as base:
            found = _find(session, base, options, limit)
            write_file(sheet, _sheet(session, base, found), session.wording)
        print_remark(session.wording("list.written", path=sheet, rows=len(found)))
    else:
        with open_existing(session) as base:
            found = _find(session, base, options, limit)
            if not found:
                print_remark(session.wording("review.none"))
            _Sitting(session=session, base=base, author=author, found=found).run()


def _find(session: Session, base: KnowledgeBase, options: dict[str, Any], limit: int) -> tuple[Doubtful, ...]:
    return find_doubtful(base, read_selection(session, base, options))[: limit or None]


def _reasons(session: Session, doubtful: Doubtful) -> str:
    """What speaks against an event, in words."""
    dates = "; ".join(printed_date(session, when) for when in doubtful.event.other_whens)
    values = {"dates": dates, "names": ", ".join(doubtful.guessed)}
    return "; ".join(session.wording(f"doubt.{doubt}", **values) for doubt in doubtful.doubts)


# Spreadsheets ---------------------------------------------------------------------------------------------------------


def _sheet(session: Session, base: KnowledgeBase, found: Sequence[Doubtful]) -> bytes:
    """UTF-8 that spreadsheets recognise; with the separator that they expect where German is spoken."""
    mentions = base.mentions(doubtful.event for doubtful in found)
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";" if session.language == "de" else ",", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for doubtful in found:
        event = doubtful.event
        best = mentions[event.key][0]
        cells = [
            event.short_id, printed_date(session, event.when), event.label, printed_actors(event),
            event.place.name if event.place else "", _reasons(session, doubtful), " ".join(best.quote.split()),
            base.document(best.document).name, "", "", "", "",
        ]  # fmt: skip
        writer.writerow(map(formula_safe, cells))
    return sheet.getvalue().encode("utf-8-sig")


def _apply_sheet(session: Session, path: Path, author: str) -> None:
    rulings = read_rulings(path)
    with open_existing(session) as base:
        counts = apply_rulings(base, rulings, author=author, now=datetime.now(UTC))
    wording = session.wording
    done = [f"{count} {wording(f'action.{decision}')}" for decision, count in counts.items()]
    print_result(", ".join(done) or wording("review.nothing_decided"))


# In the terminal ------------------------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Sitting:
    """Events one after the other, each decided by one key; what was decided is stored at once."""

    session: Session
    base: KnowledgeBase
    author: str
    found: Sequence[Doubtful]
    position: int = 0
    made: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)  # position, numbers of judgements

    def run(self) -> None:
        """Until the last event, the key that ends it, or the end of the input."""
        wording = self.session.wording
        keys = {wording(f"review_key.{action}"): action for action in _KEYS}
        shown = -1
        while self.position < len(self.found):
            if shown != self.position:
                self._show()
            shown = self.position
            print_remark(wording("review.keys"))
            pressed = _read_key()
            action = keys.get(pressed.casefold(), "quit" if not pressed else "")
            if action == "quit":
                break
            if not action or not getattr(self, f"_{action}")():
                continue
            shown = -1
        if self.found:
            decided = wording.count("review.decided", len(self.made))
            print_remark(f"{decided}, {wording.count('review.left', len(self.found) - self.position)}")

    def _event(self) -> StoredEvent:
        """The event as it is now."""
        return self.base.event(self.found[self.position].event.key)

    def _show(self) -> None:
        event, wording = self._event(), self.session.wording
        # Asked anew: a correction may have answered some of the doubts.
        alone = Selection(rows=(event.row,), everything=True, is_checked=event.checked_by is not None)
        doubts = "; ".join(_reasons(self.session, doubtful) for doubtful in find_doubtful(self.base, alone))
        date = printed_date(self.session, event.when)
        print_result("")
        print_result(f"{self.position + 1}/{len(self.found)}  {event.short_id}  {date}: {event.label}")
        for name, value in (
            ("event.actors", printed_actors(event)),
            ("event.place", event.place.name if event.place else ""),
            ("review.doubt", doubts),
        ):
            if value:
                print_result(f"  {wording(name)}: {value}")
        for mention in self.base.mentions([event])[event.key][:_QUOTED]:
            source = cite_document(self.base.document(mention.document))
            print_result(f"  »{shorten_quote(mention.quote)}« ({source})")

    def _keep(self, *numbers: int) -> None:
        if numbers:
            self.made.append((self.position, numbers))

    def _confirm(self) -> bool:
        self._keep(confirm_event(self.base, self._event().short_id, author=self.author, now=datetime.now(UTC)))
        return self._skip()

    def _skip(self) -> bool:
        self.position += 1
        return True

    def _correct(self) -> bool:
        """Asks for label and date; the event is shown again, for it still has to be confirmed."""
        from events import MalformedDate
        from kb.search import read_date

        wording, event = self.session.wording, self._event()
        label = _ask(wording("review.ask_label"))
        date = _ask(wording("review.ask_date"))
        changes: dict[str, str | None] = {"label": label} if label else {}
        try:
            if date:
                changes["when"] = None if date == "-" else read_date(date).edtf
        except MalformedDate:
            print_remark(wording("errors.bad_when", value=date))
            return False
        if changes:
            self._keep(*correct_event(self.base, event.short_id, changes, author=self.author, now=datetime.now(UTC)))
        return bool(changes)

    def _retract(self) -> bool:
        reason = _ask(self.session.wording("review.ask_reason"))
        if not reason:
            return False
        event = self._event().short_id
        self._keep(retract_event(self.base, event, reason=reason, author=self.author, now=datetime.now(UTC)))
        return self._skip()

    def _undo(self) -> bool:
        """Takes the last decision of this sitting back and returns to its event."""
        from kb.ingest import read_document_events

        if not self.made:
            print_remark(self.session.wording("judging.nothing_to_undo"))
            return False
        self.position, numbers = self.made.pop()
        for number in reversed(numbers):
            undo_judgement(
                self.base, number, extract=read_document_events, author=self.author, now=datetime.now(UTC)
            )  # fmt: skip
        return True


def _read_key() -> str:
    """One key in a terminal, elsewhere the first letter of a line; "" at the end."""
    if sys.stdin.isatty():
        return click.getchar()
    for line in _lines():
        return line.strip()[:1] or " "
    return ""


def _ask(question: str) -> str:
    print_remark(question)
    return next(iter(_lines()), "").strip()


def _lines() -> Iterable[str]:
    """The next line of the input, none at its end."""
    line = sys.stdin.readline()
    return (line,) if line else ()
