"""What joining knows of words for happenings: concepts that may be one, that recur seldom, and ordinals."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Literal

from kb.folding import fold

Recurrence = Literal["", "seldom", "once"]


def tell_of_one(left: Collection[str], right: Collection[str]) -> bool:
    """Whether a concept of one side is that of the other, or names the same more broadly: a test, a missile test."""
    narrower = _narrower()
    return any(a == b or b in narrower.get(a, ()) or a in narrower.get(b, ()) for a, b in product(left, right))


def recurrence(concepts: Iterable[str], to: str) -> Recurrence:
    """How often what the concepts name happens to the same "persons" or "states"; "" where nothing is known."""
    known = {_recurrences().get((concept, to), "") for concept in concepts}
    return "once" if "once" in known else "seldom" if "seldom" in known else ""


def ordinal_in(text: str) -> str:
    """The number that the only ordinal of the text means, "2" for "zweites Treffen"; "" for none and for several."""
    found = {number for word in fold(text).split() if (number := _ordinals().get(word))}
    return found.pop() if len(found) == 1 else ""


def points_away(text: str) -> bool:
    """Whether a word points away from the news of the day: "damals", "previous"."""
    return not _pointing_words().isdisjoint(fold(text).split())


@cache
def _narrower() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1].split()) for row in _rows("concepts.tsv") if row[1]}


@cache
def _recurrences() -> dict[tuple[str, str], Recurrence]:
    return {(row[0], row[3]): row[2] for row in _rows("concepts.tsv") if row[2]}  # type: ignore[misc]


@cache
def _ordinals() -> dict[str, str]:
    return {word: row[0] for row in _rows("ordinals.tsv") for word in row[1].split()}


@cache
def _pointing_words() -> frozenset[str]:
    return frozenset(row[0] for row in _rows("pointing_words.tsv"))


def _rows(name: str) -> list[list[str]]:
    lines = files("kb").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
