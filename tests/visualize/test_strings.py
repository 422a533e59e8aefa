"""The interface says the same in each language, and every word of it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from events import STATUSES
from visualize.strings import count_phrase, strings_for

PACKAGE = Path(__file__).parents[2] / "visualize"


def flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, entry in table.items():
        if isinstance(entry, dict):
            yield from flat(entry, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", entry


def test_both_languages_have_the_same_entries_with_the_same_names_in_them() -> None:
    german, english = dict(flat(strings_for("de"))), dict(flat(strings_for("en")))
    ignored = "help_keys."  # the keys themselves bear names: "Pos1", "Home"
    assert {key for key in german if not key.startswith(ignored)} == {
        key for key in english if not key.startswith(ignored)
    }
    for key, text in german.items():
        if key.startswith(ignored):
            continue
        assert sorted(re.findall(r"\{\w+\}", str(text))) == sorted(re.findall(r"\{\w+\}", str(english[key]))), key


def test_every_entry_is_used_somewhere() -> None:
    files = [path for pattern in ("*.py", "page/*.js", "page/*.html") for path in PACKAGE.glob(pattern)]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert [key for key in strings_for("de") if not re.search(rf"\b{key}\b", source)] == []


def test_all_statuses_have_words() -> None:
    assert set(strings_for("de")["statuses"]) == set(STATUSES)


@pytest.mark.parametrize(
    ("ui", "count", "words"),
    [
        ("de", 1, "1 Ereignis"),
        ("de", 12_345, "12.345 Ereignisse"),
        ("en", 12_345, "12,345 events"),
        ("en", 1, "1 event"),
    ],
)
def test_counts_agree_with_their_nouns(ui: Any, count: int, words: str) -> None:
    assert count_phrase(strings_for(ui), "events_count", count) == words
