"""Tables: columns for people in a terminal, one JSON object, CSV, or an Excel sheet."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import click

from kb.cli.localized import Decorated, localized_option
from kb.cli.session import Session
from kb.cli.streams import cut_text, print_remark, print_result, text_width, write_bytes

Row = TypeVar("Row")

_GAP = 2
_NARROWEST = 12
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column: `heading` is a key below `columns` in the tables of words."""

    heading: str
    cell: Callable[[Row], str]
    is_wide: bool = False  # gives way where the terminal is too narrow
    share: int = 1  # of the room that there is for wide columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[Row]):
    """Rows with their three forms; `name` is the list's key in the JSON object."""

    name: str
    rows: Sequence[Row]
    shown: tuple[Column[Row], ...]  # for people: begins with the short id
    sheet: tuple[Column[Row], ...]  # for CSV and Excel
    record: Callable[[Row], Mapping[str, Any]]  # for JSON
    empty: str = ""  # a key: what people are told instead of an empty table


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """What the options --json, --csv and --excel chose; none of them means a table for people."""

    json: bool = False
    csv: bool = False
    excel: Path | None = None

    @property
    def is_for_people(self) -> bool:
        """Whether a person reads it in a terminal."""
        return not (self.json or self.csv or self.excel)


def table_options(command: Decorated) -> Decorated:
    """Adds --json, --csv and --excel FILE; `read_format` reads them."""
    for option in (
        localized_option("--excel", "excel", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE"),
        localized_option("--csv", "csv", is_flag=True),
        localized_option("--json", "json", is_flag=True),
    ):
        command = option(command)
    return command


def read_format(session: Session, options: Mapping[str, Any]) -> TableFormat:
    """The chosen format; more than one is a usage error."""
    chosen = TableFormat(json=options["json"], csv=options["csv"], excel=options["excel"])
    if sum((chosen.json, chosen.csv, chosen.excel is not None)) > 1:
        raise click.UsageError(session.wording("errors.one_format"))
    return chosen


def write_table(session: Session, table: Table[Row], chosen: TableFormat) -> None:
    """The table in the chosen format, to standard output or into the Excel file."""
    if chosen.json:
        write_json(table.name, {table.name: [table.record(row) for row in table.rows]})
    elif chosen.csv:
        write_bytes(_as_csv(session, table))
    elif chosen.excel is not None:
        _write_excel(session, table, chosen.excel)
        print_remark(session.wording("list.written", path=chosen.excel, rows=len(table.rows)))
    elif table.rows:
        for line in _lines(session, table):
            print_result(line)
    elif table.empty:
        print_remark(session.wording(table.empty))


def write_json(kind: str, content: Mapping[str, Any]) -> None:
    """One JSON object, headed by what it is: {"format": "zeitstrahl-KIND", "version": 1, ...}."""
    document = {"format": f"zeitstrahl-{kind}", "version": 1, **content}
    write_bytes(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _headings(session: Session, columns: Sequence[Column[Row]]) -> list[str]:
    return [session.wording(f"columns.{column.heading}") for column in columns]


def _lines(session: Session, table: Table[Row]) -> list[str]:
    cells = [_headings(session, table.shown)]
    cells += [[" ".join(column.cell(row).split()) for column in table.shown] for row in table.rows]
    widths = [max(map(text_width, column)) for column in zip(*cells, strict=True)]
    if sys.stdout.isatty():
        shares = [column.share if column.is_wide else 0 for column in table.shown]
        widths = _fitted(widths, shares, shutil.get_terminal_size().columns)
    return [_line(row, widths) for row in cells]


def _fitted(widths: list[int], shares: list[int], room: int) -> list[int]:
    """The widths, columns with a share made narrower until the line fits (or nothing gives way any more).

    The next to give way is the one that is widest for its share.
    """
    fitted = list(widths)
    while sum(fitted) + _GAP * (len(fitted) - 1) > room:
        giving = [i for i, share in enumerate(shares) if share and fitted[i] > _NARROWEST]
        if not giving:
            break
        fitted[max(giving, key=lambda i: fitted[i] / shares[i])] -= 1
    return fitted


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = []
    for cell, width in zip(cells, widths, strict=True):
        shown = cut_text(cell, width)
        padded.append(shown + " " * (width - text_width(shown)))
    return (" " * _GAP).join(padded).rstrip()


def _as_csv(session: Session, table: Table[Row]) -> str:
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(_headings(session, table.sheet))
    for row in table.rows:
        writer.writerow([formula_safe(column.cell(row)) for column in table.sheet])
    return sheet.getvalue()


def formula_safe(cell: str) -> str:
    """The text, made harmless where a spreadsheet would run it as a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _write_excel(session: Session, table: Table[Row], path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    sheet.append(_headings(session, table.sheet))
    for row in table.rows:
        cells = []
        for column in table.sheet:
            cell = WriteOnlyCell(sheet)
            cell.value = _UNPRINTABLE.sub("", column.cell(row))
            # Text by type and by format: no spreadsheet turns "2019-02" into a day or "=..." into a formula.
            cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    try:
        book.save(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(session.wording("errors.open_elsewhere", path=path, reason=reason)) from error
