"""Changes of frozen analyses, and the word lists that repairs go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import resources

from events.analysis import Analysis, Token


@lru_cache(maxsize=8)
def listed_words(name: str) -> frozenset[str]:
    """Words of a file in `data`."""
    text = (resources.files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def with_changes(analysis: Analysis, changes: Mapping[int, Token]) -> Analysis:
    """The analysis with some tokens replaced, by their index."""
    if not changes:
        return analysis
    return replace(analysis, tokens=tuple(changes.get(token.index, token) for token in analysis.tokens))


def set_features(features: str, **values: str) -> str:
    """UD features with some set, in order of their names."""
    pairs = dict(pair.split("=", 1) for pair in features.split("|") if pair)
    pairs.update(values)
    return "|".join(f"{name}={pairs[name]}" for name in sorted(pairs))
