"""Saved web pages: the article with headline and captions, and the page's metadata, by trafilatura and htmldate.

Nothing is loaded from a network, and no result depends on the clock: both libraries would else take today as the
last possible day. The free text of a page is not searched for a day of publication: it is full of other days.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from events.errors import UnreadableSource
from events.sources.assembly import Assembly
from events.sources.details import Details, parse_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What the libraries let out on pages that nobody would write: a text made of tags at random found each of them.
_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_MIN_DATE, _MAX_DATE = "1995-01-01", "2099-12-31"
_INLINE_DATA = re.compile(r"data:[\w.+-]{1,40}/[\w.+;=-]{1,80},[^\"'\s)>]*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_MAX_CHARACTERS = 5_000_000  # of markup, once inlined pictures are taken out
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,3}<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_RUNNING_TEXT = ("p", "li", "h1", "h2", "h3", "h4", "title", "blockquote", "figure", "td", "dd", "footer")
_DATED_ELEMENT = re.compile(r"date|datum|time|zeit|publish|veröff|meta|byline|stand", re.IGNORECASE)
_NOT_PUBLICATION = re.compile(r"image|modif|updat|revis|expir|unpublish|geändert|aktualis", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s+(?P<mark>[|–—·»-])\s+(?P<site>[^|–—·»]{2,40})$")
_LONGEST_CAPTION = 600  # code points


def is_page(data: bytes) -> bool:
    """Whether the bytes begin as an HTML document does."""
    return _PAGE.match(data[:4096]) is not None


def read_page(markup: str, name: str) -> tuple[Assembly, Details]:
    """The article of a page as paragraphs, and what the page tells of it.

    The headline stands first, taken from the page where the extracted text lacks it. Raises UnreadableSource, which
    calls the page `name`, where no article is found.
    """
    markup = _CONTROLS.sub(" ", _INLINE_DATA.sub("data:,", markup))
    if len(markup) > _MAX_CHARACTERS:
        raise UnreadableSource(f"{name}: more than {_MAX_CHARACTERS:,} characters of HTML; save its text as .txt")
    tree = _parse(markup)
    if tree is None:
        raise UnreadableSource(f"{name}: holds no HTML; if it is plain text, name it .txt")
    details = _read_details(tree)
    captions = _keep_captions(tree)
    assembly = _extract(tree, captions)
    if not assembly.blocks:
        raise UnreadableSource(f"{name}: no article found on the page; save its text as .txt")
    assembly.put_headline_first(_headline(tree, details.outlet) or details.title)
    return assembly, details


def _parse(markup: str) -> HtmlElement | None:
    from lxml.etree import LxmlError
    from trafilatura import load_html

    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).setLevel(logging.CRITICAL)  # they warn on stderr of what is reported here
    try:
        return load_html(markup)
    except (LxmlError, *_FAULTS):
        return None


def _read_details(tree: HtmlElement) -> Details:
    """What the page tells of the article; empty where the library fails on what is written there."""
    from lxml.etree import LxmlError
    from trafilatura.metadata import extract_metadata

    date_config = {"original_date": True, "extensive_search": False, "max_date": _MAX_DATE, "min_date": _MIN_DATE}
    try:
        found = extract_metadata(copy.deepcopy(tree), date_config=date_config, extensive=False)
    except (LxmlError, *_FAULTS):
        return Details(language=tree.get("lang") or "", remarks=("the page's metadata could not be read",))
    outlet = found.sitename or (found.hostname or "").removeprefix("www.")
    return Details(
        title=_without_site(" ".join((found.title or "").split()), outlet),
        published=_published(tree),
        outlet=outlet,
        # trafilatura makes "Der Redaktion" out of "Von der Redaktion".
        author=(found.author or _one_word_author(tree)).removeprefix("Der "),
        url=found.url or "",
        language=tree.get("lang") or "",
    )


def _without_site(title: str, outlet: str) -> str:
    """The title less the name of the site behind a bar, or behind a dash if it is the outlet's."""
    match = _SITE_SUFFIX.search(title)
    if match is None or (match["mark"] != "|" and match["site"].casefold() != outlet.casefold()):
        return title
    return title[: match.start()]


def _one_word_author(tree: HtmlElement) -> str:
    """An author of one word in the header, "dpa": trafilatura takes none for an author, but it can be an agency."""
    names = (str(name).strip() for name in tree.xpath("//meta[@name='author']/@content"))
    return next((name for name in names if name and " " not in name), "")


def _published(tree: HtmlElement) -> date | None:
    """The day that header, linked data or an element for it give; None rather than a guess from other words."""
    from htmldate import find_date
    from lxml.etree import LxmlError

    pruned = copy.deepcopy(tree)
    _drop_running_text(pruned)
    try:
        found = find_date(pruned, extensive_search=False, original_date=True, min_date=_MIN_DATE, max_date=_MAX_DATE)
    except (LxmlError, *_FAULTS):
        return None
    return parse_date(found) if found else None


def _drop_running_text(tree: HtmlElement) -> None:
    """Take out headline and paragraphs, whose days are those of events, but not "<p class=date>"."""
    for element in list(tree.iter(*_RUNNING_TEXT)):
        names = " ".join((element.get("class", ""), element.get("id", ""), element.get("itemprop", "")))
        if not _DATED_ELEMENT.search(names) and element.getparent() is not None:
            element.drop_tree()
    for element in tree.xpath("//meta | //time"):
        names = " ".join(element.get(key, "") for key in ("property", "name", "itemprop", "http-equiv", "class"))
        if _NOT_PUBLICATION.search(names):
            element.drop_tree()


def _keep_captions(tree: HtmlElement) -> frozenset[str]:
    """Move each caption out of its figure, where trafilatura would lose it, and return the captions' words."""
    from lxml.html import Element

    captions: list[str] = []
    for figure in list(tree.iter("figure")):
        words = [" ".join(caption.text_content().split()) for caption in figure.iter("figcaption")]
        parent = figure.getparent()
        for text in reversed(words):
            if not text or len(text) > _LONGEST_CAPTION or parent is None or text in captions:
                continue
            paragraph = Element("p")
            paragraph.text = text
            figure.addnext(paragraph)
            paragraph.tail, figure.tail = figure.tail, None
            captions.append(text)
    return frozenset(captions)


def _extract(tree: HtmlElement, captions: frozenset[str]) -> Assembly:
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    assembly = Assembly()
    try:
        found = bare_extraction(copy.deepcopy(tree), include_comments=False, include_tables=True, deduplicate=False)
    except (LxmlError, *_FAULTS):
        return assembly
    body = getattr(found, "body", None)
    if body is not None:
        _walk(body, assembly, captions)
    return assembly


def _walk(parent: HtmlElement, assembly: Assembly, captions: frozenset[str]) -> None:
    """Append the blocks below an element of trafilatura's tree in the order of the page."""
    assembly.add(parent.text or "")
    for element in parent:
        match element.tag:
            case "head":
                assembly.add(_words(element), "headline")
            case "list":
                _add_list(element, assembly)
            case "table":
                for row in element.iter("row"):
                    assembly.add_row([_words(cell) for cell in row.iter("cell")])
            case _ if element.xpath("./p | ./head | ./list | ./quote | ./table"):
                _walk(element, assembly, captions)
            case str():
                for line in _lines(element):
                    assembly.add(line, "caption" if " ".join(line.split()) in captions else None)
        assembly.add(element.tail or "")


def _add_list(element: HtmlElement, assembly: Assembly) -> None:
    """Append the items of a list; a term and its definition become one line."""
    term = ""
    for item in element.iter("item"):
        rend = item.get("rend") or ""
        if rend.startswith("dt"):
            if term:
                assembly.add(term, "body")
            term = _words(item)
        elif rend.startswith("dd") and term:
            assembly.add_row([term, _words(item)])
            term = ""
        else:
            assembly.add(_words(item), "body")
    if term:
        assembly.add(term, "body")


def _words(element: HtmlElement) -> str:
    return " ".join(_lines(element))


def _lines(element: HtmlElement) -> list[str]:
    """The words of an element, apart where the page breaks the line."""
    return "".join(_pieces(element)).split("\v")


def _pieces(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "lb":
            yield "\v"
        elif child.tag == "list":
            pass  # a list within an item has items of its own
        elif isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""


def _headline(tree: HtmlElement, outlet: str) -> str:
    """The page's one first-order heading, unless that is the name of the site; "" where it has none or several."""
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    headings = [heading for heading in headings if heading and heading.casefold() != outlet.casefold()]
    return headings[0] if len(headings) == 1 and len(headings[0]) <= 200 else ""
