"""Words of a text with their offsets, for German and English.

One tokenization serves training and every model, so that what was learned is what is read. It keeps hyphenated
words, ordinals ("24."), abbreviations and addresses whole, and takes English clitics ("n't", "'s") apart. A full
stop after a year ends a sentence more often than it makes an ordinal: "2011." is two words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

_OPENING = "\"'`„“”‚‘’«»‹›([{<¿¡*•·–—-…"
_CLOSING = "\"'`“”„‘’‚«»‹›)]}>,;:!?…*·–—-"
_APOSTROPHES = "'’‘`"

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"„“”»«]*[^\s<>\"„“”»«.,;:!?)\]]"  # web addresses, without the stop that follows
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:de|com|org|net|at|ch|eu|info|gov|edu|uk|ru)\b(?:/[^\s<>\"„“”»«]*[\w/])?"
)
_SYMBOL_NUMBER = re.compile(r"(?P<symbol>[$€£¥§#])(?P<number>\d.*)", re.DOTALL)
_NUMBER_SYMBOL = re.compile(r"(?P<number>[\d.,]*\d)(?P<symbol>[%‰€$£°]C?|°C)")
_INFIX = re.compile(
    r"\.{2,}|…|[–—]|--+"  # dots and dashes stand alone wherever they are
    r"|(?<=[^\W\d_])/(?=[^\W\d_])"  # Moskau/Kiew, but 24/7 and 5/2014 stay
    r"|(?<=[^\W\d_])[\"„“”»«](?=[^\W\d_])"
    r"|(?<=[a-zäöüß)\]])[,;:!?](?=[^\W\d_])"  # a blank was forgotten
    r"|(?<=[a-zäöüß]{2})[.](?=[A-ZÄÖÜ][a-zäöüß])"
)
_ENGLISH_CLITIC = re.compile(r"(?i)(?P<stem>.*[^\W\d_])(?P<clitic>n['’]t|['’](?:s|re|ve|ll|d|m))")
_ENGLISH_NEGATION = re.compile(r"(?i)cannot")
# English compounds are several words ("Moscow-based", "two-year-old"), words with such a prefix are one ("e-mail").
_ENGLISH_HYPHEN = re.compile(r"(?<=[^\W\d_]{2})-(?=[^\W_])|(?<=\d)-(?=[^\W\d_])")
_ENGLISH_PREFIX = re.compile(
    r"(?i)(?:anti|bi|co|counter|de|ex|extra|inter|mid|mini|mis|multi|non|over|post|pre|pro|quasi|re|self|semi|sub|super|trans|"
    r"ultra|un|under|uh|al|el|bin)"
)
# Given names of two syllables ("Jong-un", "Jae-in", "Kai-shek") are one word.
_SYLLABLES = re.compile(
    r"[A-Z][a-z]{1,5}-(?:un|il|in|hee|jong|jin|woo|ho|hyun|sung|suk|seok|young|yong|ju|jung|jae|bin|hwan|hwa|kyu|min|soo|sik|"
    r"chul|nam|won|wook|hyok|hyon|chol|sun|song|hui|kyung|kyong|eun|joo|chan|kwan|hoon|ki|moon|wen|jeou|shek|ying|chin)"
    r"(?:['’]s)?"
)
_ENGLISH_SMILEY = re.compile(r"[:;=8][-o']?[()DPp/|]+|\([-']?[:;=]")
_GERMAN_ORDINAL = re.compile(r"\d{1,3}\.")
_ROMAN_ORDINAL = re.compile(r"[IVXLC]{1,7}\.")
_INITIAL = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.)*")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})?")
_BLANK = re.compile(r"\s+")
_CHUNK = re.compile(r"\S+")


@lru_cache(maxsize=4)
def abbreviations(language: str) -> frozenset[str]:
    """Words that keep their full stop; empty for a language without a list.

    One with a capital is meant in this very spelling ("No. 5", but "no."), others in any.
    """
    listed = resources.files(__package__) / "data" / f"abbreviations_{language}.txt"
    if not listed.is_file():
        return frozenset()
    lines = listed.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def tokenize(text: str, language: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Start and end of each word between two offsets, counted in `text`; blanks belong to no word."""
    spans: list[tuple[int, int]] = []
    for chunk in _CHUNK.finditer(text, start, len(text) if end is None else end):
        spans.extend(_split_chunk(text, chunk.start(), chunk.end(), language))
    return spans


def _split_chunk(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """Words of a stretch without blanks: what opens, what closes, and the core between them."""
    before: list[tuple[int, int]] = []
    after: list[tuple[int, int]] = []
    while start < end and not _is_whole(text[start:end], language):
        if text[start] in _OPENING and not _is_elision(text, start, end):
            width = _run(text, start, end)
            before.append((start, start + width))
            start += width
            continue
        width = _closing_width(text, start, end, language)
        if width == 0:
            break
        after.append((end - width, end))
        end -= width
    core = _split_core(text, start, end, language) if start < end else []
    return before + core + after[::-1]


def _is_whole(word: str, language: str) -> bool:
    """Whether nothing may be taken off: an abbreviation, an ordinal, an initial, an address, a smiley's dots."""
    if len(word) == 1:
        return True
    if word[-1] == ".":
        known = abbreviations(language)
        if word in known or word.lower() in known or _INITIAL.fullmatch(word) or _DATE.fullmatch(word):
            return True
        if language != "en" and (_GERMAN_ORDINAL.fullmatch(word) or _ROMAN_ORDINAL.fullmatch(word)):
            return True
        return set(word) == {"."}
    if language == "en" and _ENGLISH_SMILEY.fullmatch(word):
        return True
    if word[0] == "-" and language != "en" and word[1:].isalpha() and len(word) > 2:
        return True  # "-politik" of "Innen- und -politik"
    return _ADDRESS.fullmatch(word) is not None


def _is_elision(text: str, start: int, end: int) -> bool:
    """Whether the apostrophe belongs to a shortened word: 's, 'n, '90s, or a minus to its number."""
    rest = text[start + 1 : end]
    if text[start] in _APOSTROPHES:
        return rest in {"s", "n", "ne", "nen", "em", "ner"} or re.match(r"\d0s?\b", rest) is not None
    return text[start] == "-" and rest[:1].isdigit()


def _run(text: str, start: int, end: int) -> int:
    """Length of the mark at `start`: dots and dashes of one kind form one word."""
    width = 1
    while text[start] in ".-`'*" and start + width < end and text[start + width] == text[start]:
        width += 1
    return width


def _closing_width(text: str, start: int, end: int, language: str) -> int:
    """How many characters to take off the end as one word, 0 for none."""
    last = text[end - 1]
    for marks in (".", "!?"):
        if last in marks:
            width = 1
            while end - width > start and text[end - width - 1] in marks:
                width += 1
            return width
    if last == "-" and end - start > 1 and text[end - 2].isalpha():
        return 0  # "Innen-" of "Innen- und Außenpolitik"
    if last in _APOSTROPHES and end - start > 1 and text[end - 2] in "sxzßSXZ" and not _has_opened(text, start):
        return 0  # "Johannes' Rede"
    if last in _CLOSING:
        width = 1
        while last in "-'`*" and end - width > start and text[end - width - 1] == last:
            width += 1
        return width
    return 0


def _has_opened(text: str, position: int) -> bool:
    """Whether a single quotation mark was opened shortly before."""
    window = text[max(0, position - 80) : position]
    opened = max(window.rfind("‚"), window.rfind("‘"), window.rfind(" '"), window.rfind("`"))
    if window.startswith("'") or window.endswith("'"):
        opened = max(opened, window.rfind("'"))
    return opened >= 0


def _split_core(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """Words within a stretch that neither opens nor closes anything."""
    word = text[start:end]
    if len(word) == 1 or _is_whole(word, language):
        return [(start, end)]
    parts: list[tuple[int, int]] = []
    position = start
    for infix in _INFIX.finditer(text, start, end):
        if infix.start() > position:
            parts.extend(_split_affix(text, position, infix.start(), language))
        parts.append(infix.span())
        position = infix.end()
    if position < end:
        parts.extend(_split_affix(text, position, end, language))
    return parts


def _split_affix(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """A number and its unit, an English word and its clitic; else the word itself."""
    word = text[start:end]
    if match := _SYMBOL_NUMBER.fullmatch(word):
        cut = start + match.end("symbol")
        return [(start, cut), *_split_affix(text, cut, end, language)] if word[0] != "#" else [(start, end)]
    if match := _NUMBER_SYMBOL.fullmatch(word):
        return [(start, start + match.end("number")), (start + match.end("number"), end)]
    if language == "en":
        if _ENGLISH_NEGATION.fullmatch(word):
            return [(start, start + 3), (start + 3, end)]
        if match := _ENGLISH_CLITIC.fullmatch(word):
            cut = start + match.end("stem")
            return [*_split_affix(text, start, cut, language), (cut, end)]
        hyphen = None if _SYLLABLES.fullmatch(word) else _ENGLISH_HYPHEN.search(text, start, end)
        if hyphen and not _is_prefix(text[start : hyphen.start()]):
            rest = _split_affix(text, hyphen.end(), end, language)
            return [(start, hyphen.start()), hyphen.span(), *rest]
    return [(start, end)]


def _is_prefix(part: str) -> bool:
    """Whether the first part of an English compound makes one word with the rest; "UN" is none, "un" is."""
    return _ENGLISH_PREFIX.fullmatch(part) is not None and not (len(part) > 1 and part.isupper())


_QUOTES = frozenset(("„", "“", "”", "»", "«", "‟", "``", "''"))
_APOSTROPHE_TABLE = str.maketrans(dict.fromkeys("’‘‚‛´", "'"))


def normalize(word: str) -> str:
    """The word as models read it: one quotation mark and one apostrophe for all, whatever the paper prints."""
    return '"' if word in _QUOTES else word.translate(_APOSTROPHE_TABLE)
