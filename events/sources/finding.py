"""Files to read, found in folders, and their bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from events.errors import UnreadableSource

SUFFIXES = (".txt", ".md", ".html", ".htm")
MAX_BYTES = 20_000_000  # a saved page with its pictures inside is rarely half as large

_COMPANIONS = ("_files", "-Dateien", "_Dateien", ".files")  # browsers put what belongs to PAGE.html into PAGE_files


def find_sources(paths: Sequence[Path]) -> Iterator[Path]:
    """The files that the paths name or hold, each once: named files as they come, those of a folder sorted.

    Below a folder only files with one of SUFFIXES count; hidden files and folders and what a browser saved beside a
    page are left out. A named path that is no such file, or a folder without one, comes out all the same: reading it
    (`read_bytes`, `read_source`) says why it cannot be read.
    """
    seen: set[Path] = set()
    for path in paths:
        inside = _files_below(path) if path.is_dir() else []
        for file in inside or [path]:
            if file not in seen:
                seen.add(file)
                yield file


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableSource where there is none, it may not be read, or it is far too large."""
    if path.is_dir():
        raise UnreadableSource(f"{path}: a folder without readable files; Zeitstrahl reads {', '.join(SUFFIXES)}")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableSource(f"{path}: {_megabytes(size)}, more than {_megabytes(MAX_BYTES)}; split it")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableSource(f"{path}: no such file") from error
    except PermissionError as error:
        raise UnreadableSource(f"{path}: may not be read; check its permissions") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UnreadableSource(f"{path}: cannot be read: {error}") from error


def _files_below(folder: Path) -> list[Path]:
    """The files to read in a folder and its folders, in the order of their paths, the same on every system."""
    found: list[Path] = []
    for root, folders, names in os.walk(folder):
        pages = {Path(name).stem for name in names if Path(name).suffix.lower() in (".html", ".htm")}
        companions = {page + ending for page in pages for ending in _COMPANIONS}
        folders[:] = [name for name in folders if not name.startswith(".") and name not in companions]
        found.extend(
            Path(root, name) for name in names if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES
        )
    return sorted(found, key=lambda path: path.parts)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"
