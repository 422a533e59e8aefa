"""Where a text is cut before a model reads it, and where the sentences end that the model saw.

A window is what the model reads at once: mostly one sentence. Cuts that the print makes certain are made here, all
others are left to the model. So the reading of a sentence does not depend on its neighbours unless print leaves
open where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_WINDOW = 120  # words; longer ones are cut at the best mark
_QUOTES = frozenset('"„“”»«‟')
_CLOSERS = frozenset("\"“”»«'’‘)]")
_OPENERS = frozenset("\"„“”»«'‚‘([–—-")
_VOWELS = frozenset("aeiouyäöü")
_SHORTEST_LAST_WORD = 4  # "Abt." may be an abbreviation that no list knows, "Abteilung." is none

Span = tuple[int, int]

_DATELINE = re.compile(
    r"(?i)[^\W\d_][^().!?\n]{1,60}\s?\((?:[\w.-]+/)?"
    r"(?:dpa|afp|apa?|sda|kna|epd|sid|ddp|dapd|adn|rtr|reuters|tass|ansa|efe|xinhua|kyodo|yonhap|bloomberg|upi|pa|ots)"
    r"(?:[/, -]+\w+)*\)\s?[-–—]{1,2}(?=\s)"
)


def cut_windows(text: str, words: Sequence[Span]) -> list[Span]:
    """First and last (exclusive) word of each window; together they hold all words."""
    windows: list[Span] = []
    first = position = dateline_length(text, words)
    if first:
        windows.append((0, first))
    while position < len(words):
        after = _certain_end(text, words, first, position)
        position = after if after else position + 1
        if after and position < len(words):
            windows.extend(_shorten(text, words, first, position))
            first = position
    if first < len(words):
        windows.extend(_shorten(text, words, first, len(words)))
    return windows


def dateline_length(text: str, words: Sequence[Span]) -> int:
    """Number of words of the dateline that the block begins with ("Wladiwostok (dpa) -"), 0 without one.

    It is read apart: in a sentence the place would be taken for a subject.
    """
    if not words:
        return 0
    found = _DATELINE.match(text, words[0][0], words[-1][1])
    return sum(start < found.end() for start, _ in words) if found else 0


def _certain_end(text: str, words: Sequence[Span], first: int, position: int) -> int:
    """Index after the sentence that certainly ends with the mark at `position`, 0 where that is not certain."""
    start, end = words[position]
    if text[start:end] not in {".", "!", "?"} or position == first:
        return 0
    after = position + 1
    while after < len(words) and text[words[after][0]] in _CLOSERS and words[after][0] == words[after - 1][1]:
        after += 1
    if after == len(words):
        return after
    if words[after][0] == words[after - 1][1] or not _begins_sentence(text, words, after):
        return 0
    if text[start] == "." and not _ends_word(text, words[position - 1], start):
        return 0
    marks = sum(text[a] in _QUOTES for a, _ in words[first:after])
    return after if marks % 2 == 0 else 0


def _begins_sentence(text: str, words: Sequence[Span], position: int) -> bool:
    """Whether the word, after marks that open, has a capital."""
    while position + 1 < len(words) and text[words[position][0]] in _OPENERS:
        position += 1
    return text[words[position][0]].isupper()


def _ends_word(text: str, word: Span, mark: int) -> bool:
    """Whether the stop after this word can be no part of an abbreviation."""
    written = text[slice(*word)]
    if word[1] != mark:
        return False
    if written[-1] in _CLOSERS or written.isdigit():
        return True
    if written.islower() and len(written) > 1 and any(letter in _VOWELS for letter in written):
        return True  # the lists know those that are abbreviated: "geb.", "bzw."
    return len(written) >= _SHORTEST_LAST_WORD and written[-1].isalpha()


def _shorten(text: str, words: Sequence[Span], first: int, last: int) -> list[Span]:
    """The window, cut at a semicolon, colon, dash, comma or blank where it is too long for the model."""
    if last - first <= LONGEST_WINDOW:
        return [(first, last)]
    middle = range(first + LONGEST_WINDOW // 2, first + LONGEST_WINDOW)
    for marks in (".!?", ";", ":", "–—", ","):
        cuts = [i + 1 for i in middle if text[words[i][0]] in marks]
        if cuts:
            return [(first, cuts[-1]), *_shorten(text, words, cuts[-1], last)]
    cut = first + LONGEST_WINDOW
    return [(first, cut), *_shorten(text, words, cut, last)]


def place_ends(text: str, words: Sequence[Span], likely: Sequence[float]) -> list[Span]:
    """First and last (exclusive) word of each sentence of a window, given how likely each word ends one.

    Marks that close a quotation or a bracket stay with the sentence before them.
    """
    sentences: list[Span] = []
    first = position = 0
    while position < len(words) - 1:
        is_mark = not any(c.isalnum() for c in text[slice(*words[position])])
        position += 1
        if likely[position - 1] < (0.5 if is_mark else 0.9):
            continue
        while (
            position < len(words)
            and text[words[position][0]] in _CLOSERS
            and words[position][0] == words[position - 1][1]
        ):
            position += 1
        if position < len(words):
            sentences.append((first, position))
            first = position
    sentences.append((first, len(words)))
    return sentences
