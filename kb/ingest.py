"""Files into a knowledge base: reading, extracting, adding, one after the other."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from events import (
    Analyzer,
    Document,
    Extraction,
    MissingModel,
    UnreadableSource,
    UnsupportedLanguage,
    extract,
    find_sources,
    load_analyzer,
    open_source,
    read_bytes,
    to_document,
)
from kb.store import KnowledgeBase
from kb.writing import Addition, Extract, add_document

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of one file."""

    name: str  # the file's own name
    key: str  # of the document; "" where the file could not be read
    addition: Addition | None  # None where it failed
    failure: str = ""  # what is wrong with the file, and what to do
    remarks: tuple[str, ...] = ()  # on the reading of the file; those of extraction are the document's


def list_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that paths and folders hold, each once; "-" stands for standard input."""
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys([path] if path == STANDARD_INPUT else find_sources([path])))
    return tuple(found)


def ingest_files(
    base: KnowledgeBase,
    files: Sequence[Path],
    *,
    published: date | None = None,
    language: str | None = None,
    clock: Callable[[], datetime],
    extract_with: Extract | None = None,
) -> Iterator[Ingested]:
    """Adds the files one by one; a file that cannot be read is told, and the rest goes on.

    `extract_with` reads the documents; by default `read_document_events`.
    """
    for file in files:
        name = "standard input" if file == STANDARD_INPUT else file.name
        try:
            yield _ingest(base, file, name, published, language, clock, extract_with or read_document_events)
        except (UnreadableSource, UnsupportedLanguage, MissingModel) as error:
            yield Ingested(name=name, key="", addition=None, failure=str(error))


def read_document_events(document: Document) -> Extraction:
    """The extraction of a document with the language model that is installed for its language."""
    return extract(document, _analyzer(document.language))


def reader_with(*, model: str | None = None, fast: bool = False) -> Extract:
    """Extraction with a named language model, or with the small one; loaded when a document needs it."""

    def read(document: Document) -> Extraction:
        return extract(document, load_analyzer(document.language, model=model, fast=fast))

    return read


def _ingest(
    base: KnowledgeBase,
    file: Path,
    name: str,
    published: date | None,
    language: str | None,
    clock: Callable[[], datetime],
    extract_with: Extract,
) -> Ingested:
    if file == STANDARD_INPUT:
        path, data, place = None, sys.stdin.buffer.read(), "standard input"
    else:
        path, data, place = file, read_bytes(file), str(file.absolute())
    key = hashlib.sha256(data).hexdigest()
    if published is None and _is_known(base, key, place):
        return Ingested(name=name, key=key, addition="known")
    source = open_source(path, data, published=published, language=language)
    document = to_document(source)
    addition = add_document(base, document, path=place, name=name, extract=extract_with, now=clock())
    return Ingested(name=name, key=document.id, addition=addition, remarks=source.remarks)


def _is_known(base: KnowledgeBase, key: str, place: str) -> bool:
    """Whether nothing about the file is new: its name may tell its day, so the place counts, too."""
    found = base.connection.execute(
        "SELECT 1 FROM location AS l JOIN document AS d ON d.id = l.document WHERE d.key = ? AND l.path = ?",
        (key, place),
    ).fetchone()
    return found is not None


@cache
def _analyzer(language: str) -> Analyzer:
    return load_analyzer(language)
