"""Pairs of mentions in the example articles that are, or are not, one event."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from events import MissingModel, load_analyzer
from kb.ingest import ingest_files, list_files
from kb.store import KnowledgeBase, open_for_writing

ROOT = Path(__file__).parents[2]
PAIRS: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/gold/pairs.toml").read_text(encoding="utf-8"))["pair"]
# What must hold; the figures of today stand in docs/knowledge-base.md.
LEAST_PRECISION, LEAST_RECALL = 0.97, 0.45


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """The articles of the pairs, read with the models that ship."""
    for language in ("de", "en"):
        try:
            load_analyzer(language)
        except MissingModel as error:
            pytest.skip(str(error))
    files = sorted({ROOT / pair[side]["file"] for pair in PAIRS for side in ("left", "right")})
    with open_for_writing(tmp_path_factory.mktemp("pairs") / "test.db") as base:
        results = list(ingest_files(base, list_files(files), clock=lambda: datetime.now(UTC)))
        assert not [result.failure for result in results if result.failure]
        yield base


def test_hardly_any_two_events_are_made_one(filled: KnowledgeBase) -> None:
    counts = Counter(outcome for pair in PAIRS if (outcome := _outcome(filled, pair)) is not None)
    joined, wrong, apart = counts[True, True], counts[False, True], counts[True, False]
    precision, recall = joined / max(joined + wrong, 1), joined / max(joined + apart, 1)
    print(f"precision {precision:.2f}, recall {recall:.2f} of {counts.total()} pairs with both mentions found")
    assert precision >= LEAST_PRECISION
    assert recall >= LEAST_RECALL


def _outcome(base: KnowledgeBase, pair: dict[str, Any]) -> tuple[bool, bool] | None:
    """Whether the two are one event, and whether we say so; None where a mention was not found."""
    left, right = (_event_of(base, pair[side]) for side in ("left", "right"))
    return None if left is None or right is None else (pair["same"], left == right)


def _event_of(base: KnowledgeBase, side: dict[str, str]) -> int | None:
    document = base.document(Path(side["file"]).name)
    text = base.text(document)
    start = text.find(side["quote"])
    if start < 0:
        return None
    found = base.connection.execute(
        "SELECT em.event FROM event_mention AS em JOIN mention AS m ON m.id = em.mention"
        " WHERE m.document = ? AND m.trigger_start = ?",
        (document.row, text.index(side["word"], start)),
    ).fetchone()
    return found[0] if found else None
