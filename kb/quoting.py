"""What of a document is handed out: short quotations, cut at a clause, and how readers cite it."""

from __future__ import annotations

import re

from kb.model import StoredDocument

LONGEST_QUOTE = 250  # characters; what is handed out never holds a whole article

_SPACE = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"[.;:!?]|,\s| – | - ")
_OMITTED = " [...]"


def shorten_quote(text: str, limit: int = LONGEST_QUOTE) -> str:
    """The quotation on one line, cut after a clause (else after a word) with [...] where it is longer than allowed."""
    line = _SPACE.sub(" ", text).strip()
    if len(line) <= limit:
        return line
    room = line[: limit - len(_OMITTED) + 1]
    ends = [match.start() for match in _CLAUSE_END.finditer(room)]
    # A cut that leaves less than half is worse than one inside a clause.
    end = ends[-1] if ends and ends[-1] >= limit // 2 else room.rfind(" ")
    return line[: end if end > 0 else limit - len(_OMITTED)].rstrip(" ,;:-–") + _OMITTED


def cite_document(document: StoredDocument) -> str:
    """How readers cite a document: outlet or agency, headline and day; its name only where nothing else is known."""
    origin = document.outlet or document.agency or document.author
    title = f"«{shorten_quote(document.title, 120)}»" if document.title else ""
    day = document.published
    published = f"{day.day}.{day.month}.{day.year}" if day is not None else ""
    known = [part for part in (origin, title, published) if part]
    return ", ".join(known) if origin or title else ", ".join([document.name, *known])
