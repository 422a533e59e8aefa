"""One file read into a document: which reader, which day of publication, which language."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from events.errors import UnreadableSource, UnsupportedLanguage
from events.layout import languages, load_layout
from events.model import Document, DocumentId, Zone
from events.sources.decoding import decode_text
from events.sources.details import Details, parse_date
from events.sources.finding import MAX_BYTES, SUFFIXES
from events.sources.markdown import has_front_matter, read_markdown
from events.sources.web_page import is_page, read_page
from events.zones import SILENT, find_agency, find_author, find_title, find_zones

MAX_CHARACTERS = 1_000_000  # of text in one document, some 400 pages of a book

_DATED_NAME = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_LEAST_ARTICLE = 80  # characters of text that a page must hold beside headline and menus


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text of a file and what is known of it before its language and zones are."""

    id: DocumentId  # SHA-256 of the file's bytes
    name: str  # the path as given, or "standard input", for messages
    text: str
    title: str
    published: date | None
    published_basis: str  # option, metadata, file name or unknown
    language: str  # of the option or the metadata; "" where it must be detected
    outlet: str
    agency: str
    author: str
    url: str
    known: tuple[Zone, ...] = field(default=(), repr=False)  # headings, captions, list items that markup told of
    is_page: bool = False
    remarks: tuple[str, ...] = ()  # on this reading, for the reader: replaced bytes, a date not understood


def read_source(
    path: Path | None, data: bytes, *, published: date | None = None, language: str | None = None
) -> Document:
    """The document in the bytes of a file, with its zones. `path` is None for standard input.

    The suffix chooses the reader; standard input may be any kind that we read. Use `open_source` and `to_document`
    for the remarks on the reading. Raises UnreadableSource and UnsupportedLanguage.
    """
    return to_document(open_source(path, data, published=published, language=language))


def open_source(
    path: Path | None, data: bytes, *, published: date | None = None, language: str | None = None
) -> Source:
    """Text and metadata of a file, its language not yet detected.

    The day of publication is that of the option, else the file's metadata, else its name, else unknown.
    """
    name = str(path) if path is not None else "standard input"
    if language and _supported(language) is None:
        raise UnsupportedLanguage(f"no language data for {language!r}; there is {', '.join(languages())}")
    if len(data) > MAX_BYTES:
        raise UnreadableSource(f"{name}: {len(data) / 1e6:.0f} MB, more than {MAX_BYTES / 1e6:.0f} MB; split it")
    text, known, details, is_page = _read(path, data, name)
    day, basis = _published(path, published, details)
    return Source(
        id=DocumentId(hashlib.sha256(data).hexdigest()),
        name=name,
        text=text,
        title=details.title,
        published=day,
        published_basis=basis,
        language=_supported(language or "") or _supported(details.language) or "",
        outlet=details.outlet,
        agency=details.agency,
        author=details.author,
        url=details.url,
        known=known,
        is_page=is_page,
        remarks=details.remarks,
    )


def to_document(source: Source) -> Document:
    """The document of a source: language detected where it is not known, zones told apart, title, agency, author."""
    language = source.language or _detected(source)
    zones = find_zones(source.text, language, source.known)
    if source.is_page and _length_of_article(zones) < _LEAST_ARTICLE:
        raise UnreadableSource(
            f"{source.name}: no article on the page, perhaps a login or an error page; save the article's text as .txt"
        )
    author, agency = _writers(source, zones, language)
    return Document(
        id=source.id,
        text=source.text,
        language=language,
        title=source.title or find_title(source.text, zones),
        published=source.published,
        published_basis=source.published_basis,
        outlet=source.outlet,
        agency=agency,
        author=author,
        url=source.url,
        zones=zones,
    )


def _read(path: Path | None, data: bytes, name: str) -> tuple[str, tuple[Zone, ...], Details, bool]:
    """Text, zones that the markup tells, metadata, and whether it is a page, by the reader for the file's kind."""
    suffix = path.suffix.lower() if path is not None else ""
    if path is not None and suffix not in SUFFIXES:
        raise UnreadableSource(f"{name}: unknown kind of file; Zeitstrahl reads {', '.join(SUFFIXES)}")
    page = suffix in (".html", ".htm") or (path is None and is_page(data))
    decoded = decode_text(data, name, is_page=page)
    if page:
        assembly, details = read_page(decoded.text, name)
    else:
        _check_length(decoded.text, name)  # Markdown takes its time
        if suffix != ".md" and not (path is None and has_front_matter(decoded.text)):
            return decoded.text, (), Details(remarks=decoded.remarks), False
        assembly, details = read_markdown(decoded.text)
    if not assembly.blocks:
        raise UnreadableSource(f"{name}: holds no text beside its metadata")
    text = assembly.text()
    _check_length(text, name)
    return text, assembly.known(), replace(details, remarks=decoded.remarks + details.remarks), page


def _check_length(text: str, name: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSource(f"{name}: {len(text):,} characters are more than {MAX_CHARACTERS:,}; split it")


def _published(path: Path | None, option: date | None, details: Details) -> tuple[date | None, str]:
    """The day of publication and where it comes from. Never today and never the file's own time."""
    if option is not None:
        return option, "option"
    if details.published is not None:
        return details.published, "metadata"
    if path is not None and (match := _DATED_NAME.match(path.name)) and (day := parse_date(match.group())):
        return day, "file name"
    return None, "unknown"


def _supported(language: str) -> str | None:
    """The code of a language that we have data for: "de" for "de-DE", None for "fr"."""
    code = re.split(r"[-_]", language.strip().casefold())[0]
    return code if code in languages() else None


def _detected(source: Source) -> str:
    """The language of the text. Raises UnsupportedLanguage where we have no data for it."""
    from events.parsing.detection import detect_language

    try:
        found = detect_language(source.text)
    except UnsupportedLanguage as error:
        raise UnsupportedLanguage(f"{source.name}: {error}") from error
    if found not in languages():
        raise UnsupportedLanguage(
            f"{source.name}: the text seems to be in {found!r}, which cannot be read; if it is in one of "
            f"{', '.join(languages())}, say so with --lang"
        )
    return found


def _length_of_article(zones: tuple[Zone, ...]) -> int:
    return sum(zone.end - zone.start for zone in zones if zone.kind not in SILENT and zone.kind != "headline")


def _writers(source: Source, zones: tuple[Zone, ...], language: str) -> tuple[str, str]:
    """Author and agency; an author of the metadata who is an agency ("dpa") is one."""
    agencies, is_agency = load_layout(language).agencies(source.author)
    author = "" if is_agency else source.author
    agency = source.agency or ("/".join(agencies) if is_agency else "")
    return author or find_author(source.text, zones, language), agency or find_agency(source.text, zones, language)
