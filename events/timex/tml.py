"""TimeML files as TempEval-3 uses them: creation time and text in, the same text with inline TIMEX3 out."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from events.errors import UnreadableSource
from events.timex.tagger import TimeExpression

_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMLDocument:
    """A TimeML document: the text inside TEXT without markup, the day it was created, and its source."""

    text: str
    published: date | None
    source: str


def read_tml(source: str, name: str) -> TimeMLDocument:
    """The document in a TimeML string; `name` stands in the messages of UnreadableSource."""
    try:
        root = ElementTree.fromstring(source)
    except ElementTree.ParseError as error:
        raise UnreadableSource(f"{name}: not well-formed XML ({error})") from error
    body = root if root.tag == "TEXT" else root.find(".//TEXT")
    if body is None:
        raise UnreadableSource(f"{name}: no <TEXT> element")
    return TimeMLDocument(text="".join(body.itertext()), published=_published(root, name), source=source)


def _published(root: ElementTree.Element, name: str) -> date | None:
    for timex in root.iterfind("./DCT/TIMEX3"):
        value = timex.get("value", "")[:10]
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise UnreadableSource(f"{name}: creation time {value!r} is no day like 2019-04-24") from error
    return None


def write_tml(document: TimeMLDocument, expressions: Sequence[TimeExpression]) -> str:
    """The document's source with a TIMEX3 element for each expression, in place of any markup inside TEXT."""
    pieces, position = [], 0
    for number, expression in enumerate(expressions, 1):
        pieces.append(escape(document.text[position : expression.start]))
        pieces.append(_element(expression, number))
        position = expression.end
    pieces.append(escape(document.text[position:]))
    body = "<TEXT>" + "".join(pieces) + "</TEXT>"
    if not _TEXT.search(document.source):
        return body
    return _TEXT.sub(lambda _: body, document.source, count=1)


def _element(expression: TimeExpression, number: int) -> str:
    mod = f" mod={quoteattr(expression.mod)}" if expression.mod else ""
    return (
        f'<TIMEX3 tid="t{number}" type="{expression.type}" value={quoteattr(expression.value)}{mod}>'
        f"{escape(expression.text)}</TIMEX3>"
    )
