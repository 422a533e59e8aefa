"""The kinds of events and their printed names: the table `kinds.toml`; docs/kinds.md tells what belongs to each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def load_kinds() -> Mapping[str, Mapping[str, str]]:
    """For each kind its printed names by language ("de", "en") and its place in other schemes ("plover", "schema")."""
    table: dict[str, dict[str, str]] = tomllib.loads((files("events") / "kinds.toml").read_text(encoding="utf-8"))
    return table


def print_kind(kind: str, language: str) -> str:
    """The kind in words: "Treffen" for meeting; a kind that the table lacks as it stands."""
    return load_kinds().get(kind, {}).get(language, kind)


def read_kind(words: str) -> str | None:
    """The kind that a name in any language means, whatever its case; None for an unknown one."""
    wanted = words.strip().casefold()
    for kind, entry in load_kinds().items():
        if wanted in (kind, entry.get("de", "").casefold(), entry.get("en", "").casefold()):
            return kind
    return None
