"""The files that training reads, with their licences; a file that differs is refused."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from events.errors import TimelineError

MANIFEST = Path(__file__).with_name("manifest.toml")


class WrongCorpus(TimelineError):
    """A corpus file that is missing or not the one that was listed."""


@dataclass(frozen=True, kw_only=True)
class CorpusFile:
    """One listed file."""

    path: str  # below the data folder
    source: str
    licence: str
    used: str  # trees, names or test
    sha256: str


def read_manifest() -> tuple[CorpusFile, ...]:
    """All listed files."""
    listed = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["file"]
    return tuple(CorpusFile(**entry) for entry in listed)


def verify(data: Path) -> None:
    """Raise WrongCorpus unless all files below `data` are those of the manifest."""
    for entry in read_manifest():
        path = data / entry.path
        if not path.is_file():
            raise WrongCorpus(f"{path}: missing; get {entry.source} ({entry.licence}) and put it there")
        if hashlib.sha256(path.read_bytes()).hexdigest() != entry.sha256:
            raise WrongCorpus(f"{path}: not the file of the manifest; another release gives other models")
