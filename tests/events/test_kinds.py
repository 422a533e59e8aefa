"""The names of the kinds of events."""

from __future__ import annotations

import pytest

from events import print_kind, read_kind
from events.kinds import load_kinds


@pytest.mark.parametrize(
    ("kind", "language", "name"),
    [("meeting", "de", "Treffen"), ("meeting", "en", "Meeting"), ("wedding", "de", "wedding")],
)
def test_kinds_are_printed(kind: str, language: str, name: str) -> None:
    assert print_kind(kind, language) == name


@pytest.mark.parametrize(
    ("words", "kind"), [("Treffen", "meeting"), ("treffen", "meeting"), ("meeting", "meeting"), ("Hochzeiten", None)]
)
def test_kinds_are_read_in_every_language(words: str, kind: str | None) -> None:
    assert read_kind(words) == kind


def test_no_two_kinds_share_a_name() -> None:
    for language in ("de", "en"):
        names = [entry[language].casefold() for entry in load_kinds().values()]
        assert len(names) == len(set(names))
