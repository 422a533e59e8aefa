"""What is handed out: quotations cut at a clause, and how documents are cited."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import StoredDocument
from kb.quoting import LONGEST_QUOTE, cite_document, shorten_quote


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("Kim traf Putin.", 40, "Kim traf Putin."),
        ("Kim  traf\nPutin.", 40, "Kim traf Putin."),
        ("Kim traf Putin in Wladiwostok, danach reiste er mit dem Zug ab.", 45, "Kim traf Putin in Wladiwostok [...]"),
        ("Kim traf Putin gestern in Wladiwostok ohne Ergebnis", 40, "Kim traf Putin gestern in [...]"),
        ("Ja, Kim traf Putin gestern in Wladiwostok ohne Ergebnis", 40, "Ja, Kim traf Putin gestern in [...]"),
        ("Donaudampfschifffahrtsgesellschaftskapitän", 20, "Donaudampfschi [...]"),
    ],
)
def test_quotations_are_cut_at_a_clause_else_at_a_word(text: str, limit: int, shown: str) -> None:
    assert shorten_quote(text, limit) == shown


@given(st.text())
def test_no_quotation_is_longer_than_allowed(text: str) -> None:
    shown = shorten_quote(text)
    assert len(shown) <= LONGEST_QUOTE
    assert "\n" not in shown


def document(**known: object) -> StoredDocument:
    blank: dict[str, object] = {
        "row": 1, "key": "k", "short_id": "d1", "name": "datei.txt", "locations": (), "title": "", "published": None,
        "published_basis": "unknown", "language": "de", "outlet": "", "agency": "", "author": "", "url": "",
        "model": "", "events": 0, "added": datetime(2026, 1, 1, tzinfo=UTC), "remarks": (), "withdrawn_because": None,
    }  # fmt: skip
    return StoredDocument(**{**blank, **known})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "cited"),
    [
        ({"outlet": "Blatt", "title": "Gipfel", "published": date(2019, 4, 25)}, "Blatt, «Gipfel», 25.4.2019"),
        ({"agency": "dpa", "title": "Gipfel"}, "dpa, «Gipfel»"),
        ({"title": "Gipfel", "published": date(2019, 4, 25)}, "«Gipfel», 25.4.2019"),
        ({"published": date(2019, 4, 25)}, "datei.txt, 25.4.2019"),
        ({}, "datei.txt"),
    ],
)  # fmt: skip
def test_documents_are_cited_as_readers_know_them(known: dict[str, object], cited: str) -> None:
    assert cite_document(document(**known)) == cited
