"""The same documents, in whatever order they came, make the same knowledge base."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.checking import check_knowledge_base
from kb.export import export_json
from kb.store import KnowledgeBase, open_for_writing
from kb.writing import describe_document, recompute, reread_document, withdraw_document
from tests.kb.builders import NOW, Article, Told, add, article

PERSONS = (
    "Kim Jong Un",
    "Kim Jong-un",
    "Kim Jong Il",
    "Wladimir Putin",
    "Vladimir Putin",
    "Putin",
    "Kim",
    "Donald Trump",
)
BODIES = ("Nordkorea", "NATO", "Nordatlantikpakt", "Außenministerium")
PLACES = ("Hanoi", "Wladiwostok", "Vladivostok", "Singapur", None)
WHENS = (
    "2019-04-25", "2019-04-24", "2019-04", "[2019-04-21..2019-04-30]", "2019", "2019-04-24/2019-04-25", "?2019-04-25",
    None,
)  # fmt: skip
WORDS = ("trafen", "sprachen über Raketen", "verhandelten über Raketen", "stritten")

tellings = st.builds(
    lambda who, words, when, place, kind, status, reported: Told(
        text=f"{' und '.join(who)} {words} in {place or 'Asien'}.", who=tuple(who), when=when, place=place, kind=kind,
        status=status, reported_by=reported,
    ),
    who=st.lists(st.sampled_from(PERSONS + BODIES), min_size=1, max_size=3, unique=True),
    words=st.sampled_from(WORDS),
    when=st.sampled_from(WHENS),
    place=st.sampled_from(PLACES),
    kind=st.sampled_from(("meeting", "meeting", "talks")),
    status=st.sampled_from(("occurred", "occurred", "planned", "cancelled")),
    reported=st.sampled_from((None, None, None, "")),
)  # fmt: skip


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """A document of up to four events, some with short forms of the names in it."""
    told = draw(st.lists(tellings, min_size=1, max_size=4))
    links = []
    if len(told) > 1 and draw(st.booleans()):
        told = [*told[:-1], replace(told[-1], name="last")]
        told = [replace(told[0], name="first"), *told[1:]]
        links = [("first", "last", draw(st.sampled_from(("before", "fulfils", "same_story"))))]
    aliases = {"Kim Jong Un": ["Kim"], "NATO": ["Nordatlantikpakt"]} if draw(st.booleans()) else {}
    published = f"2019-04-{draw(st.integers(23, 28))}"
    return article(*told, published=published, aliases=aliases, links=links)


def fill(folder: Path, documents: Sequence[Article], name: str) -> str:
    """The export of a new knowledge base with these documents."""
    with open_for_writing(folder / name) as base:
        add(base, *documents)
        assert check_knowledge_base(base) == ()
        return export_json(base, everything=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents=st.lists(articles(), min_size=2, max_size=7), seed=st.integers(0, 999))
def test_any_order_gives_equal_bytes(documents: list[Article], seed: int) -> None:
    shuffled = list(documents)
    random.Random(seed).shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder:
        once = fill(Path(folder), documents, "once.db")
        again = fill(Path(folder), [*shuffled, *documents], "again.db")
    assert once == again


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents=st.lists(articles(), min_size=2, max_size=6, unique_by=lambda each: each.document.id), data=st.data())
def test_a_document_that_is_taken_out_leaves_no_trace(documents: list[Article], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(documents))
    rest = [each for each in documents if each is not gone]
    with tempfile.TemporaryDirectory() as folder:
        without = fill(Path(folder), rest, "without.db")
        with open_for_writing(Path(folder) / "with.db") as base:
            add(base, *documents)
            withdraw_document(base, gone.document.id, reason="test", author="me", now=NOW)
            assert check_knowledge_base(base) == ()
            assert export_json(base, everything=True) == without


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents=st.lists(articles(), min_size=2, max_size=6, unique_by=lambda each: each.document.id), data=st.data())
def test_reading_a_document_anew_changes_only_what_it_says(documents: list[Article], data: st.DataObject) -> None:
    """A newer extractor sees one event less; the old one again sees them all."""
    changed = data.draw(st.sampled_from(documents))
    less = _without_last_event(changed)
    with tempfile.TemporaryDirectory() as folder:
        expected = fill(Path(folder), [less if each is changed else each for each in documents], "fresh.db")
        with open_for_writing(Path(folder) / "reread.db") as base:
            add(base, *documents)
            before = export_json(base, everything=True)
            reread_document(base, changed.document.id, extract=lambda _: less.extraction)
            assert check_knowledge_base(base) == ()
            assert export_json(base, everything=True) == expected
            reread_document(base, changed.document.id, extract=lambda _: changed.extraction)
            assert export_json(base, everything=True) == before


def test_recomputing_changes_nothing(tmp_path: Path) -> None:
    told = Told(text="Kim Jong Un traf Wladimir Putin.", who=("Kim Jong Un", "Wladimir Putin"), when="2019-04-25")
    with open_for_writing(tmp_path / "test.db") as base:
        add(base, article(told), article(told, published="2019-04-26"))
        before = export_json(base, everything=True), base.events()
        recompute(base)
        assert (export_json(base, everything=True), base.events()) == before


def test_metadata_of_the_surest_place_count_in_any_order(tmp_path: Path) -> None:
    told = Told(text="Kim Jong Un traf Wladimir Putin.", who=("Kim Jong Un", "Wladimir Putin"), when="2019-04-25")
    sure, unsure = article(told, basis="metadata"), article(told, basis="file name", path="a.txt")
    exports = []
    for order, name in (((sure, unsure), "one.db"), ((unsure, sure), "two.db")):
        with open_for_writing(tmp_path / name) as base:
            add(base, *order)
            exports.append(export_json(base, everything=True))
            assert base.documents()[0].published_basis == "metadata"
    assert exports[0] == exports[1]


@pytest.mark.parametrize("fault", ["UPDATE event SET label = 'x'", "DELETE FROM event_mention WHERE mention = 1",
                                   "UPDATE actor SET name = 'x'", "UPDATE document SET text = 'kurz'"])  # fmt: skip
def test_checking_finds_what_does_not_follow_from_the_documents(base: KnowledgeBase, fault: str) -> None:
    told = Told(text="Kim Jong Un traf Wladimir Putin.", who=("Kim Jong Un", "Wladimir Putin"), when="2019-04-25")
    add(base, article(told))
    assert check_knowledge_base(base) == ()
    base.connection.execute(fault)
    assert check_knowledge_base(base) != ()


def test_a_described_document_is_as_if_it_had_come_so(base: KnowledgeBase) -> None:
    told = Told(text="Kim Jong Un traf Wladimir Putin.", who=("Kim Jong Un", "Wladimir Putin"), when="2019-04-25")
    one = article(told)
    add(base, one)
    describe_document(base, "d1", {"title": "Treffen"}, extract=lambda _: one.extraction, author="me", now=NOW)
    assert base.document("d1").title == "Treffen"
    assert check_knowledge_base(base) == ()


def _without_last_event(one: Article) -> Article:
    kept = one.extraction.events[:-1]
    keys = {key for event in kept for key in event.mentions}
    extraction = replace(
        one.extraction,
        events=kept,
        mentions=tuple(mention for mention in one.extraction.mentions if mention.key in keys),
        links=(),
    )
    return Article(document=one.document, extraction=extraction, path=one.path)


def test_what_other_rules_made_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(text="Kim Jong Un traf Wladimir Putin.", who=("Kim Jong Un", "Wladimir Putin"), when="2019-04-25")
    with open_for_writing(tmp_path / "test.db") as base:
        add(base, article(told))
        base.connection.execute("UPDATE event SET label = 'by an older rule'")
    with open_for_writing(tmp_path / "test.db") as base:
        assert base.events()[0].label == "by an older rule"
    monkeypatch.setattr("kb.derivation.rules_digest", lambda: "newer rules")
    with open_for_writing(tmp_path / "test.db") as base:
        assert base.events()[0].label == "Kim Jong Un traf Wladimir Putin"
        assert check_knowledge_base(base) == ()
