"""The word lists of extraction, as far as joining needs them: states, towns, family names that come first."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_word_list(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table under `events/lang`, those of all languages together."""
    rows: list[tuple[str, ...]] = []
    for language in sorted(files("events").joinpath("lang").iterdir(), key=lambda entry: entry.name):
        table = language.joinpath(name)
        if table.is_file():
            lines = table.read_text(encoding="utf-8").splitlines()
            rows += [tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#")]
    return tuple(rows)
