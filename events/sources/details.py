"""What a file tells of its text's origin, before it is weighed against options and file name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Metadata as the file gives it, "" or None where it gives none."""

    title: str = ""
    published: date | None = None
    outlet: str = ""
    agency: str = ""
    author: str = ""
    url: str = ""
    language: str = ""  # as written there, "de-DE"
    remarks: tuple[str, ...] = ()


def parse_date(written: str) -> date | None:
    """The day that the string begins with, 2019-04-25 or 25.4.2019, whatever hour follows; None for anything else."""
    if match := _ISO.match(written):
        year, month, day = match.groups()
    elif match := _GERMAN.match(written):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
