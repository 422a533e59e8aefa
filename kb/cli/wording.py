"""The words of the command line, one table per language under `text/`; both hold the same keys."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

UiLanguage = Literal["de", "en"]
UI_LANGUAGES: tuple[UiLanguage, ...] = ("de", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language; calling it with a dotted key gives the text with its places filled."""

    language: UiLanguage
    table: Mapping[str, Any]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text behind a key such as "add.summary"; a key that is missing is a fault of ours: KeyError."""
        text = self.lookup(key)
        if text is None:
            raise KeyError(f"text/{self.language}.toml: no entry {key}")
        return text.format(**values)

    def lookup(self, key: str) -> str | None:
        """The text as it stands in the table, None where there is none."""
        node: Any = self.table
        for part in key.split("."):
            if not isinstance(node, Mapping) or part not in node:
                return None
            node = node[part]
        return node if isinstance(node, str) else None

    def count(self, key: str, number: int) -> str:
        """A number with its noun: the key holds the forms `one` and `other`."""
        return self(f"{key}.{'one' if number == 1 else 'other'}", n=number)


@cache
def load_wording(language: UiLanguage) -> Wording:
    """The words of one language."""
    text = (Path(__file__).parent / "text" / f"{language}.toml").read_text(encoding="utf-8")
    return Wording(language, tomllib.loads(text))


def preferred_language(environment: Mapping[str, str] = os.environ) -> UiLanguage:
    """The language of the surroundings: ZEITSTRAHL_UI, else the locale, else German.

    A locale that says nothing about a language (C, POSIX, none at all) gives German, any other foreign one English.
    """
    chosen = environment.get("ZEITSTRAHL_UI", "").lower()
    if chosen in UI_LANGUAGES:
        return "de" if chosen == "de" else "en"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable):
            name = value.split(".")[0].split("_")[0].lower()
            return "de" if name in ("de", "german", "c", "posix") else "en"
    return "de"
