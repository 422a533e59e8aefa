"""Zones of a text: headline, dateline, body, caption, credit, menu and byline told apart by form.

Works on plain text as it was copied from a page or sent by an agency. The lead, the first paragraph of running text,
divides the head (menu, headline, byline, captions) from the body; what follows the last such paragraph is the tail
(teasers, marks of the agency). The text stays whole: zones are offsets. In doubt a paragraph is body.

A headline inside the body keeps the kind body: only what stands above the lead speaks of the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from events.layout import Layout, load_layout
from events.model import Document, Zone, ZoneKind
from events.paragraphs import begins_with_bullet, begins_with_date, ends_sentence, split_paragraphs

SILENT: frozenset[ZoneKind] = frozenset({"menu", "credit", "byline"})  # nobody acts and nothing happens there

_LONGEST_HEADLINE = 200  # code points
_LONGEST_CAPTION = 600  # a longer paragraph with a credit at its end is an article with its source
_LONGEST_TEASER = 15  # words
_LONGEST_SUBTITLE = 24
_INNER_STOP = re.compile(r"[^\W\d_]{3,}[.!?…][\"'»«”“’)]*\s+[\"'„“»«(]?[A-ZÀ-ÖØ-Þ]")


def find_zones(text: str, language: str, known: Sequence[Zone] = ()) -> tuple[Zone, ...]:
    """The zones of a text in order, one for each paragraph or part of one; they hold all that is not blank.

    `known` are headings and captions that markup tells of; a zone of `known` counts for the paragraph at its start.
    Raises UnsupportedLanguage for a language without data.
    """
    return tuple(_Page(text, load_layout(language), known).zones())


def blocks_of(document: Document) -> tuple[tuple[int, int, ZoneKind], ...]:
    """Start, end and kind of the stretches to be analysed: no sentence goes beyond one.

    Menus, credits and bylines are left out; a dateline stands apart from the sentence that it opens.
    """
    return tuple((zone.start, zone.end, zone.kind) for zone in document.zones if zone.kind not in SILENT)


def find_title(text: str, zones: Sequence[Zone]) -> str:
    """The words of the headline, "" where there is none.

    A kicker ("Nordkorea", "Gipfel in Wladiwostok:") gives way to the longer line below it.
    """
    headlines = [" ".join(text[zone.start : zone.end].split()) for zone in zones if zone.kind == "headline"]
    full = (line for line in headlines if len(line.split()) > 2 and not line.endswith(":"))
    return next(full, headlines[0] if headlines else "")


def find_author(text: str, zones: Sequence[Zone], language: str) -> str:
    """The writer whom a byline of the text names, else ""."""
    layout = load_layout(language)
    authors = (layout.author(text[zone.start : zone.end]) for zone in zones if zone.kind == "byline")
    return next((author for author in authors if author), "")


def find_agency(text: str, zones: Sequence[Zone], language: str) -> str:
    """The news agency that the dateline names, else a byline or the mark after the text; several joined by "/".

    The credit of a picture says nothing about the text and is not looked at.
    """
    layout = load_layout(language)
    for kind in ("dateline", "byline", "credit"):
        for zone in zones:
            words = text[zone.start : zone.end]
            if zone.kind != kind or (kind == "credit" and layout.credit_start(words) == 0):
                continue
            for part in re.findall(r"[\w/,; -]+", words):
                if found := layout.agencies(part)[0] or _first_agency(layout, part):
                    return "/".join(found)
    return ""


def _first_agency(layout: Layout, text: str) -> tuple[str, ...]:
    """The first word that is the name of an agency, in capitals or as the data spells it."""
    for word in text.split():
        if word in (found := layout.agencies(word)[0]):
            return found
    return ()


class _Page:
    """The paragraphs of one text on their way to being told apart. The steps build on each other in their order."""

    def __init__(self, text: str, layout: Layout, known: Sequence[Zone]) -> None:
        self.layout = layout
        self.paragraphs = split_paragraphs(text)
        self.texts = [text[paragraph.start : paragraph.end] for paragraph in self.paragraphs]
        marked = {zone.start: zone.kind for zone in known}
        self.marked = [marked.get(paragraph.start) for paragraph in self.paragraphs]
        self.kinds: list[ZoneKind | None] = [None] * len(self.paragraphs)

    def zones(self) -> Iterator[Zone]:
        """The zones, once every paragraph has its kind."""
        self._mark_what_stands_alone()
        self._mark_captions()
        running = [index for index in self._open() if self._is_running(index)]
        if running:
            self._mark_head(running[0])
            self._mark_tail(running)
        elif len(open_ := self._open()) > 1 and self._can_be_headline(open_[0]):
            self.kinds[open_[0]] = "headline"
        opening = 0
        for index, paragraph in enumerate(self.paragraphs):
            kind = self.kinds[index] or "body"
            opening += kind == "body"
            is_opening = kind == "body" and opening <= 2 and len(self.texts[index]) > 60
            yield from self._parts(paragraph.start, self.texts[index], kind, is_opening)

    def _open(self) -> list[int]:
        """The paragraphs that no step has claimed so far."""
        return [index for index, kind in enumerate(self.kinds) if kind is None]

    def _mark_what_stands_alone(self) -> None:
        """Menus, bylines and credits that a known form gives away, and the teasers below "Mehr zum Thema"."""
        below_teaser_heading = False
        for index, text in enumerate(self.texts):
            self.kinds[index] = self._kind_by_form(index)
            if self.kinds[index] is None and below_teaser_heading and self._is_teaser(index):
                self.kinds[index] = "menu"
            below_teaser_heading = self.layout.is_teaser_heading(text) or (
                below_teaser_heading and self.kinds[index] is not None
            )

    def _kind_by_form(self, index: int) -> ZoneKind | None:
        """The kind that the paragraph alone gives away, None where it takes a look at the others."""
        text = self.texts[index]
        if self.layout.is_menu(text):
            return "menu"
        is_labelled = self._adjoins(index) and self.layout.is_caption_label(self.texts[index - 1])
        if self.marked[index] == "caption" or is_labelled or self.layout.opens_caption(text):
            return "caption"
        if self.layout.is_byline(text):
            return "byline"
        return "credit" if self.layout.is_credit(text) else None

    def _mark_captions(self) -> None:
        """What a credit ends or follows on the next line, and the short title of the picture on the line above."""
        first = next(iter(self._open()), -1)  # may be the headline, whatever stands below it
        for index in range(len(self.texts)):
            if self.marked[index] != "caption" and not self._is_caption(index, first):
                continue
            self.kinds[index] = "caption"
            above = index - 1
            if self._adjoins(index) and self.kinds[above] is None and above != first and self._is_label(above):
                self.kinds[above] = "caption"

    def _is_caption(self, index: int, first: int) -> bool:
        """Whether a credit ends the paragraph, or stands alone on the line below a short one."""
        text = self.texts[index]
        if self.kinds[index] is not None or self.marked[index] is not None or len(text) > _LONGEST_CAPTION:
            return False
        if self.layout.credit_start(text):
            return True
        if index == first or len(text) > _LONGEST_HEADLINE or not self._adjoins(index + 1):
            return False
        return self.kinds[index + 1] == "credit" and self.layout.credit_start(self.texts[index + 1]) == 0

    def _mark_head(self, lead: int) -> None:
        """What stands above the lead: trails of menus, headlines, the day of publication."""
        head = [index for index in self._open() if index < lead]
        for index in self._crumbs(head):
            self.kinds[index] = "menu"
        dates = [index for index in self._open() if self.layout.is_date_line(self.texts[index])]
        for index in head:
            if self.kinds[index] is None:
                self.kinds[index] = self._kind_in_head(index, is_date=index in dates, is_chronology=len(dates) > 2)

    def _kind_in_head(self, index: int, *, is_date: bool, is_chronology: bool) -> ZoneKind | None:
        """The kind of a short line above the lead, None where it can be body."""
        if self.marked[index] == "headline":
            return "headline"
        if is_date:
            return None if is_chronology else "dateline"
        return "headline" if self._can_be_headline(index) else None

    def _crumbs(self, head: list[int]) -> list[int]:
        """Lines of one or two words beside a known line of a menu, or in a numbered list with one.

        At least one line of the head is left, so that the headline is never lost.
        """
        found: list[int] = []
        for index in head:
            if self._stands_by_menu(index, index - 1, found) or self._stands_by_menu(index, index + 1, found):
                found.append(index)
        if len(head) >= 8:  # a menu of which the data knows no line
            found.extend(index for index in head if index not in found and len(self.texts[index].split()) <= 2)
        return found if len(found) < len(head) else []

    def _stands_by_menu(self, index: int, neighbour: int, found: list[int]) -> bool:
        """Whether the line is as short as a crumb and its neighbour is part of a menu."""
        if not 0 <= neighbour < len(self.texts) or not self._adjoins(max(index, neighbour)):
            return False
        if self.kinds[neighbour] != "menu" and neighbour not in found:
            return False
        numbered = [begins_with_bullet(self.texts[line]) for line in (index, neighbour)]
        words = len(self.texts[index].split()) - numbered[0]
        return words <= (4 if all(numbered) else 2)

    def _mark_tail(self, running: list[int]) -> None:
        """Titles of other articles below the last paragraph of running text."""
        if len(running) < 2 and len(self.texts[running[0]]) < _LONGEST_HEADLINE:
            return
        tail = [index for index in self._open() if index > running[-1]]
        # Years and numbers make references ("Stuttgart 1988, 150 Seiten") or data as often as teasers.
        doubtful = {self.paragraphs[index].group for index in tail if any(map(str.isdigit, self.texts[index]))}
        for index in tail:
            text = self.texts[index]
            is_title = self._is_teaser(index) and not begins_with_bullet(text) and not ends_sentence(text)
            if is_title and self.paragraphs[index].group not in doubtful:
                self.kinds[index] = "menu"

    def _parts(self, start: int, text: str, kind: ZoneKind, is_opening: bool) -> Iterator[Zone]:
        """The paragraph as zones: dateline and agency's mark, or the credit of a picture, apart from the text."""
        first, last = 0, len(text)
        closing = None
        if kind == "body":
            first = self.layout.dateline_end(text, is_opening=is_opening)
            closing = self.layout.source_start(text)
        if kind in ("body", "caption"):
            closing = self.layout.credit_start(text) if closing is None else closing
        if closing is not None and closing > first:
            last = closing
        stretches: tuple[tuple[ZoneKind, int, int], ...] = (
            ("dateline", 0, first), (kind, first, last), ("credit", last, len(text)),
        )  # fmt: skip
        for zone_kind, left, right in stretches:
            words = text[left:right]
            if words.strip():
                left += len(words) - len(words.lstrip())
                yield Zone(kind=zone_kind, start=start + left, end=start + left + len(words.strip()))

    def _adjoins(self, index: int) -> bool:
        """Whether the paragraph stands on the line right below the one before it."""
        return 0 < index < len(self.paragraphs) and self.paragraphs[index].group == self.paragraphs[index - 1].group

    def _is_running(self, index: int) -> bool:
        """Whether the paragraph is running text: sentences, or a line of a chronology."""
        text = self.texts[index]
        if self.marked[index] == "headline" or self.layout.is_date_line(text):
            return False
        words = len(text.split())
        if len(text) > _LONGEST_HEADLINE or (words > 3 and begins_with_date(text)):
            return True
        if not ends_sentence(text):
            return words > _LONGEST_SUBTITLE and self.layout.function_words(text) >= 4
        # "Wie weiter mit Nordkorea?" heads a text as often as not.
        is_question = text.rstrip("\"'»«”“’)")[-1:] in "?!"
        return words >= (13 if is_question else 5) or (words >= 12 and _INNER_STOP.search(text) is not None)

    def _can_be_headline(self, index: int) -> bool:
        text = self.texts[index]
        return len(text) <= _LONGEST_HEADLINE and not begins_with_bullet(text) and not begins_with_date(text)

    def _is_label(self, index: int) -> bool:
        """Whether it is a line of a few words that no full stop ends."""
        text = self.texts[index]
        return len(text.split()) <= 8 and not ends_sentence(text) and not begins_with_date(text)

    def _is_teaser(self, index: int) -> bool:
        """Whether it can be the title of another article, and surely is no sentence of this one."""
        text = self.texts[index]
        if begins_with_date(text) or self.layout.is_date_line(text):
            return False
        words = len(text.split())
        is_short = words <= 8 or (words <= _LONGEST_TEASER and self.layout.function_words(text) < 4)
        return self.marked[index] == "headline" or (is_short and not (ends_sentence(text) and text[-1] not in "?!"))
