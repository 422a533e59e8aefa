"""What the parts around the body of news text look like in one language, compiled from `lang/LANGUAGE/zones.toml`.

Each question is about one paragraph or line alone; `events.zones` weighs the answers against the neighbours.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from events.errors import MalformedLanguageData, UnsupportedLanguage

_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
_NAME_PARTICLE = r"(?:von|van|de|der|den|und|and|al|bin|di|da|le|la|&)"
_WORDS = rf"{_NAME}(?: {_NAME}){{0,4}}"
_NAMES = rf"{_NAME}(?: {_NAME_PARTICLE}| {_NAME}){{0,6}} {_NAME}"
_PLACE_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w.'’/-]*|am|an|der|im|bei|ob|of|the|de|la|el|del|upon|den|\d{1,2}\.?|\d{4})"
_PLACE = rf"{_PLACE_WORD},?(?: {_PLACE_WORD},?){{0,7}}"
_DASH = r"(?:[–—]|-{1,2})"
_OPENS = r"(?=[\"'„“”«»‘’(]?[A-ZÀ-ÖØ-Þ0-9])"

_IN_BRACKETS = r"[(\[](?P<mark>[^()\[\]]{2,40})[)\]]"
_BRACKETED_MARK = re.compile(rf"(?:{_PLACE}\s*\.?\s*)?{_IN_BRACKETS}\s*(?:{_DASH}|:|\.)\s*(?=\S)")
_LEADING_MARK = re.compile(rf"{_IN_BRACKETS}\s*(?=\S)")
_PIPED_MARK = re.compile(rf"{_PLACE} (?P<mark>[\w/-]{{2,20}}) ?\|\s*(?=\S)")
_JOINED_MARK = re.compile(rf"(?:{_NAME},? ){{1,3}}{_IN_BRACKETS}\s*{_OPENS}")
_SHOUTED_PLACE = re.compile(rf"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/ -]{{2,40}}(?:, {_PLACE})?\s*{_DASH}\s+{_OPENS}")
_DASHED_PLACE = re.compile(rf"(?:{_NAME}[ /]?){{1,3}}(?:, {_PLACE})?\s+{_DASH}\s+(?=(?P<next>[^\W\d_]+)\s)")
_STOPPED_PLACE = re.compile(rf"{_NAME}(?:[ /]{_NAME})?\s?\.\s+(?=(?P<next>[^\W\d_]+)\s)")
_CLOSING_MARK = re.compile(rf"{_IN_BRACKETS}\.?$")

_RIMS = re.compile(r"^(?:\d{1,2}[.)]\s+)?[\W_]+|^\d{1,2}[.)]\s+|[\W_]+$")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*|\d+")
_CRUMBS = re.compile(r"\s*[>›»|/·•→]\s*")
_NUMERIC_DATE = re.compile(r"\b\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{2}){1,2}\b|\b\d{4}-\d{2}-\d{2}\b")
_INITIALS = re.compile(r"[a-zäöü]{2,4}")
_SENTENCE_WITHIN = re.compile(r"[^\W\d_]{3,}[.!?] +[A-ZÀ-ÖØ-Þ]")

_MARKS = " -–—•·|/()[]*"
_LONGEST_MENU = 300  # code points of a paragraph that a menu, byline or credit pattern may claim
_LONGEST_CREDIT = 160  # also of a dateline


def languages() -> tuple[str, ...]:
    """The languages whose texts can be read, as ISO 639-1 codes, sorted."""
    folders = (folder for folder in (files("events") / "lang").iterdir() if folder.is_dir())
    return tuple(sorted(folder.name for folder in folders if (folder / "zones.toml").is_file()))


@cache
def load_layout(language: str) -> Layout:
    """The layout of news text in a language. Raises UnsupportedLanguage and MalformedLanguageData."""
    path = files("events") / "lang" / language / "zones.toml"
    if not path.is_file():
        raise UnsupportedLanguage(f"no language data for {language!r}; there is {', '.join(languages())}")
    try:
        return Layout(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        raise MalformedLanguageData(f"{path}: {error}") from error


class Layout:
    """The signs of one language by which headlines, credits, bylines and menus are known."""

    def __init__(self, data: Mapping[str, Mapping[str, list[str]]]) -> None:
        dateline, credit, menu = data["dateline"], data["credit"], data["menu"]
        self._agencies = {name.casefold(): name for name in dateline["agencies"]}
        self._months = _folded(dateline["months"])
        self._date_words = self._months | _folded(dateline["weekdays"]) | _folded(dateline["date_words"])
        self._openers = _folded(dateline["sentence_openers"])
        self._function_words = _folded(data["prose"]["function_words"])
        agencies = _alternatives(dateline["agencies"])
        self._credit_marker = _marker(credit["markers"])
        self._source_marker = _marker(credit["sources"])
        self._photo_mark = re.compile(
            rf"[(\[]?\b(?:(?:{agencies})[ -]Photo|REUTERS|(?-i:AFP|EPA|AP)|Getty Images|picture alliance|imago)"
            rf"(?: images)? ?/ ?(?-i:{_NAME})[^.!?()]{{0,60}}[)\]]?\.?$",
            re.IGNORECASE,
        )
        self._bracketed_credit = re.compile(
            rf"[(\[](?-i:{_NAME})[^()\[\].!?]{{1,60}}/ ?(?:{agencies}|EPA|Getty Images?)"
            rf"(?: via [^()]{{2,30}})?[)\]]\.?$",
            re.IGNORECASE,
        )
        self._caption_openers = tuple(data["caption"]["openers"])
        self._caption_labels = _folded(data["caption"]["openers"])
        self._credit_patterns = _patterns(credit["patterns"], agencies)
        self._byline_patterns = _patterns(data["byline"]["patterns"], agencies)
        self._menu_patterns = _patterns(menu["patterns"], agencies)
        self._menu_lines = _folded(menu["lines"])
        self._teaser_headings = _folded(menu["teaser_headings"])

    def is_menu(self, text: str) -> bool:
        """Whether it is a known line of a menu, a trail of crumbs, an invitation to share, read or subscribe."""
        if len(text) > _LONGEST_MENU:
            return False
        if _bare(text) in self._menu_lines | self._teaser_headings | self._caption_labels:
            return True
        crumbs = [_bare(part) for part in _CRUMBS.split(text)]
        if len(crumbs) > 1 and all(len(crumb.split()) <= 3 for crumb in crumbs) and self._menu_lines & set(crumbs):
            return not _NUMERIC_DATE.search(text)
        words = _bare(text).split()
        if len(words) != 1 and all(word in self._menu_lines for word in words):  # no word: a line of dashes or stars
            return True
        return any(pattern.fullmatch(text) for pattern in self._menu_patterns)

    def is_teaser_heading(self, text: str) -> bool:
        """Whether short lines below it lead to other articles: "Mehr zum Thema"."""
        return len(text) <= 60 and _bare(text) in self._teaser_headings

    def is_credit(self, text: str) -> bool:
        """Whether the whole paragraph says whose the picture or the text is."""
        if len(text) > _LONGEST_MENU:
            return False
        if self.credit_start(text) == 0 or any(pattern.fullmatch(text) for pattern in self._credit_patterns):
            return True
        # "Quelle: dpa", but not "Sources: Trump to meet Kim".
        return self.source_start(text) == 0 and any(self.agencies(part)[0] for part in re.split(r"[:|,]", text))

    def is_caption_label(self, text: str) -> bool:
        """Whether the line says no more than that the next one is a caption."""
        return len(text) <= 60 and _bare(text) in self._caption_labels

    def opens_caption(self, text: str) -> bool:
        """Whether a word for it says that the line is a caption: "Image caption, Kim at the border"."""
        return text.startswith(self._caption_openers)

    def is_byline(self, text: str) -> bool:
        """Whether it names who wrote the text, or when it was put online or changed, or how long it takes to read."""
        if len(text) > _LONGEST_MENU:
            return False
        forms = (text, text.strip(_MARKS))
        if self.agencies(text)[1]:
            return True
        return any(pattern.fullmatch(form) for pattern in self._byline_patterns for form in forms)

    def author(self, byline: str) -> str:
        """The writer whom a byline names, "" where it names none."""
        for pattern in self._byline_patterns:
            match = pattern.fullmatch(byline)
            if match and "author" in pattern.groupindex and match["author"]:
                return match["author"].rstrip(",")
        return ""

    def is_date_line(self, text: str) -> bool:
        """Whether the line holds a day, with its weekday and hour at most, and nothing else."""
        if len(text) > 60 or not any(character.isdigit() for character in text):
            return False
        words = _bare(text).split()
        is_date = _NUMERIC_DATE.search(text) is not None or any(word in self._months for word in words)
        return is_date and all(word.isdigit() or word in self._date_words for word in words)

    def credit_start(self, text: str) -> int | None:
        """Offset of the picture credit that ends the paragraph, None where there is none."""
        tail = max(0, len(text) - _LONGEST_CREDIT)
        for pattern in (self._photo_mark, self._bracketed_credit):
            match = pattern.search(text, tail)
            if match and not self.agencies(match.group())[1]:  # "(AFP/Reuters)" marks the text
                return match.start()
        return self._marked_start(self._credit_marker, text)

    def source_start(self, text: str) -> int | None:
        """Offset of "(dpa)" or "Quelle: dpa" that ends a paragraph of the body, None where there is none."""
        match = _CLOSING_MARK.search(text, max(0, len(text) - 50))
        if match and self.agencies(match["mark"])[1]:
            return match.start()
        return self._marked_start(self._source_marker, text)

    def _marked_start(self, marker: re.Pattern[str], text: str) -> int | None:
        """Where the last marker stands, if what follows can be the name of a photographer or an agency."""
        found = None
        for match in marker.finditer(text, max(0, len(text) - _LONGEST_CREDIT)):
            found = match
        if found is None:
            return None
        owner = text[found.end() :].strip(" ()[].")
        words = _WORD.findall(owner)
        if not 1 <= len(words) <= 14 or _SENTENCE_WITHIN.search(owner) or owner[-1:] in "!?:;":
            return None
        if not owner[0].isupper() and not self.agencies(owner)[0]:
            return None
        if sum(word.casefold() in self._function_words for word in words) > 1:
            return None
        return found.start("credit")

    def dateline_end(self, text: str, *, is_opening: bool) -> int:
        """Length of "Berlin (dpa) - " before the text, 0 where there is none.

        Only in a paragraph that may open the report is a place enough without the mark of an agency.
        """
        opening = text[:_LONGEST_CREDIT]
        for pattern in (_BRACKETED_MARK, _PIPED_MARK, _LEADING_MARK):
            match = pattern.match(opening)
            if match and self.agencies(match["mark"])[0]:
                return match.end()
        if is_opening and (match := _SHOUTED_PLACE.match(opening)):
            return match.end()
        return self._place_end(opening) if is_opening else 0

    def _place_end(self, opening: str) -> int:
        """Length of "Berlin (dpa) ", or of "Berlin - " or "Berlin. " before a word that begins sentences, else 0."""
        first = next(iter(_WORD.findall(opening)), "").casefold()
        if first in self._openers:
            return 0
        match = _JOINED_MARK.match(opening)
        if match and self.agencies(match["mark"])[1]:
            return match.end()
        for pattern in (_DASHED_PLACE, _STOPPED_PLACE):
            match = pattern.match(opening)
            if match and match["next"][0].isupper() and match["next"].casefold() in self._openers:
                return match.end()
        return 0

    def agencies(self, mark: str) -> tuple[tuple[str, ...], bool]:
        """The agencies that a mark names ("dpa/AFP"), and whether it holds only them and initials ("jek/dpa")."""
        parts = [part for part in re.split(r"\s*[/,;+&]\s*|\s+und\s+|\s+and\s+", mark.strip(" ()[].")) if part]
        known = [self._agencies[part.casefold()] for part in parts if part.casefold() in self._agencies]
        initials = [part for part in parts if part.casefold() not in self._agencies and _INITIALS.fullmatch(part)]
        return tuple(dict.fromkeys(known)), bool(known) and len(known) + len(initials) == len(parts)

    def function_words(self, text: str) -> int:
        """How many words of the text are such as running text needs: articles, prepositions, auxiliaries."""
        return sum(word.casefold() in self._function_words for word in _WORD.findall(text))


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(_bare(word) for word in words)


def _bare(text: str) -> str:
    """Words in lower case, without what stands at the rims: bullets, numbers of a list, arrows, colons."""
    return " ".join(word.casefold() for word in _WORD.findall(_RIMS.sub("", text)))


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _marker(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\s(\[./|]))(?P<credit>[(\[]?(?:{_alternatives(words)})\s?(?::|©|\bby\b)\s*)(?=\S)")


def _patterns(sources: list[str], agencies: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of the data; {names} stands for persons with first and last name, {words} for words with capitals,
    {agencies} for any mark of an agency."""
    values = {"{names}": _NAMES, "{words}": _WORDS, "{agencies}": agencies}
    filled = (re.sub(r"\{[a-z]+\}", lambda match: values[match.group()], source) for source in sources)
    return tuple(re.compile(source, re.IGNORECASE) for source in filled)
