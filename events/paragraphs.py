"""Paragraphs of a text as it was saved: lines of one hard-wrapped paragraph together, lines of a list apart.

A text file has no paragraphs, only line breaks, and they mean three things: the end of a paragraph (one line each,
as web pages are copied), the wrap of a line at 70 columns (as agencies and mailers send), or the next line of a list
or chronology. Which it is shows in the widths: a wrapping program breaks a line only where the next word does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 10_000  # code points; longer paragraphs are cut, so that no language model gets a whole book at once

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_NARROWEST, _WIDEST = 40, 110  # columns that a program or a person would wrap at
_CLOSERS = "\"'»«”“’‘)]"
_SENTENCE_END = re.compile(rf"[.!?…:;][\s`{re.escape(_CLOSERS)}]*$")
_BULLET = re.compile(r"(?:[-–—*•·▪‣+]|\d{1,3}[.)]|[a-z]\))\s+(?=\S)")  # "- ", "1. ", "a) "
_DATED = re.compile(
    r"(?:[*•–-]\s+)?(?:(?:\d{1,2}\.|\d{1,4}|[A-Z][a-zä]{2,8}\.?)[\s,/–.-]{0,3}){1,6}\s?(?::(?!\d)|\s[–—-]\s)"
)
_HAS_DIGIT = re.compile(r"\d")
_SENTENCE_BREAK = re.compile(rf"[.!?…][{re.escape(_CLOSERS)}]*\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A stretch of text that belongs together, without blanks at its ends; `group` counts runs between blank lines."""

    start: int  # code points
    end: int  # exclusive
    group: int


def begins_with_date(text: str) -> bool:
    """Whether it is a line of a chronology: a date with a colon or a dash, "12. Juni 2018: ...", "2006 - ..."."""
    match = _DATED.match(text[:60])
    return match is not None and _HAS_DIGIT.search(match.group()) is not None


def begins_with_bullet(text: str) -> bool:
    """Whether it is an item of a list: a dash, bullet, number or letter stands before it."""
    return _BULLET.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a full stop or the like, quotation marks and brackets aside."""
    return _SENTENCE_END.search(text[-8:]) is not None


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs in order; together they hold every character that is not blank. Any line ending counts."""
    groups = _groups_of_lines(text)
    width = max((end - start for lines in groups for start, end in lines if " " in text[start:end]), default=0)
    width = width if _NARROWEST <= width <= _WIDEST else 0
    found: list[Paragraph] = []
    for number, lines in enumerate(groups):
        for start, end in _joined(text, lines, width):
            found.extend(Paragraph(start=left, end=right, group=number) for left, right in _cut(text, start, end))
    return tuple(found)


def _groups_of_lines(text: str) -> list[list[tuple[int, int]]]:
    """Lines without the blanks around them, in groups as blank lines divide them."""
    groups: list[list[tuple[int, int]]] = []
    previous_end: int | None = None
    for match in _LINE.finditer(text):
        line = match.group()
        if not line.strip():
            continue
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if previous_end is None or len(_BREAK.findall(text, previous_end, start)) > 1:
            groups.append([])
        groups[-1].append((start, end))
        previous_end = end
    return groups


def _joined(text: str, lines: list[tuple[int, int]], width: int) -> Iterator[tuple[int, int]]:
    """Stretches of the lines of one group that belong together. `width` is 0 where no line is wrapped by width."""
    start, end = lines[0]
    line = lines[0]
    for following in lines[1:]:
        if _goes_on(text[start : start + 20], text[slice(*line)], text[slice(*following)], width):
            end = following[1]
        else:
            yield start, end
            start, end = following
        line = following
    yield start, end


def _goes_on(opening: str, line: str, following: str, width: int) -> bool:
    """Whether the following line continues the paragraph that begins with `opening` and so far ends with `line`."""
    if begins_with_date(following):
        return False
    # "am\n24. April" begins like an item of a list, and a wrapped line may begin with a dash.
    if begins_with_bullet(following) and (begins_with_bullet(opening) or ends_sentence(line)):
        return False
    if len(line) >= _NARROWEST and (line[-1] in ",-" or (following[0].islower() and not ends_sentence(line))):
        return True
    return bool(width) and len(line) + 1 + len(following.split(maxsplit=1)[0]) > width


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraph itself, or pieces of it where it is too long for one: at the end of a sentence, or at a blank."""
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        breaks = [match.end() for match in _SENTENCE_BREAK.finditer(window, LONGEST // 2)]
        cut = breaks[-1] if breaks else window.rfind(" ") + 1
        cut = cut or LONGEST
        piece = text[start : start + cut].rstrip()
        if piece:
            yield start, start + len(piece)
        rest = text[start + cut : end]
        start = end - len(rest.lstrip())
    if start < end:
        yield start, end
