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
