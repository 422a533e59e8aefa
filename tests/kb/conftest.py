"""What the tests of the knowledge base share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.store import KnowledgeBase, open_for_writing


@pytest.fixture
def base(tmp_path: Path) -> Iterator[KnowledgeBase]:
    """A new knowledge base, open for writing."""
    with open_for_writing(tmp_path / "test.db") as opened:
        yield opened
