"""Values on the command line that click has no type for."""

from __future__ import annotations

import re
from datetime import date

import click

from kb.cli.session import session_of

_NUMERIC = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def read_day(context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """The callback of an option that takes one day, as 2019-04-25 or 25.4.2019; a usage error where it is none."""
    if value is None:
        return None
    text = value.strip()
    try:
        if match := _NUMERIC.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(session_of(context).wording("errors.bad_date", value=text)) from None


def read_when(context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The callback of a value that takes any date, as people type it, and gives its EDTF; "-" stays as it is."""
    if value is None or value.strip() == "-":
        return value
    from events import MalformedDate
    from kb.search import read_date

    try:
        return read_date(value).edtf
    except MalformedDate:
        raise click.BadParameter(session_of(context).wording("errors.bad_when", value=value)) from None
