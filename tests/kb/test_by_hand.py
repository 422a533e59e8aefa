"""Events that people add."""

from __future__ import annotations

from pathlib import Path

import pytest

from events import UnreadableSource, When
from kb.by_hand import HandMade, add_event, import_events, read_table
from kb.checking import check_knowledge_base
from kb.errors import RefusedJudgement
from kb.export import export_json
from kb.judgements import list_judgements, undo_judgement
from kb.model import Selection
from kb.store import KnowledgeBase
from kb.writing import describe_document
from tests.kb.builders import NOW, Told, add, article
from tests.kb.test_judgements import never

LANDING = HandMade(
    label="Mondlandung von Apollo 11", when=When.parse("1969-07-20"), actors=("Neil Armstrong", "Buzz Aldrin"),
    place="Mare Tranquillitatis", source="NASA",
)  # fmt: skip


def test_an_added_event_is_a_persons_and_has_a_source(base: KnowledgeBase) -> None:
    event = add_event(base, LANDING, author="Eva", now=NOW)
    assert (event.label, event.is_shown, event.sources) == (LANDING.label, True, 1)
    assert event.when is not None
    assert (event.when.edtf, event.when.basis, event.when.rule) == ("1969-07-20", "person", "person:Eva")
    assert [role.actor.name for role in event.actors] == ["Neil Armstrong", "Buzz Aldrin"]
    assert event.place is not None
    (mention,) = base.mentions([event])[event.key]
    assert mention.quote == LANDING.label
    assert base.document(mention.document_id).outlet == "NASA"
    assert check_knowledge_base(base) == ()


def test_the_same_line_again_changes_nothing(base: KnowledgeBase) -> None:
    first = add_event(base, LANDING, author="Eva", now=NOW)
    before = list(base.connection.iterdump())
    assert add_event(base, LANDING, author="Eva", now=NOW) == first
    assert list(base.connection.iterdump()) == before


def test_an_added_event_can_be_taken_back_and_added_again(base: KnowledgeBase) -> None:
    before = export_json(base, everything=True)
    add_event(base, LANDING, author="Eva", now=NOW)
    added = export_json(base, everything=True)
    undo_judgement(base, list_judgements(base)[-1].number, extract=never, author="Eva", now=NOW)
    assert export_json(base, everything=True) == before
    add_event(base, LANDING, author="Eva", now=NOW)
    assert export_json(base, everything=True) == added


def test_a_corrected_source_leaves_the_event(base: KnowledgeBase) -> None:
    event = add_event(base, LANDING, author="Eva", now=NOW)
    document = base.documents()[0]
    assert describe_document(base, document.short_id, {"outlet": "Archiv"}, extract=never, author="Eva", now=NOW)
    assert base.event(event.short_id).label == LANDING.label


def test_an_added_event_joins_what_documents_tell(base: KnowledgeBase) -> None:
    pair = ("Kim Jong Un", "Wladimir Putin")
    add(base, article(Told(text="Kim Jong Un traf Wladimir Putin.", who=pair, when="2019-04-25")))
    made = HandMade(label="Treffen in Wladiwostok", when=When.parse("2019-04-25"), kind="meeting",
                    actors=("kim jong-un", "Vladimir Putin"))  # fmt: skip
    assert add_event(base, made, author="Eva", now=NOW).sources == 2


def test_a_label_is_needed(base: KnowledgeBase) -> None:
    with pytest.raises(RefusedJudgement):
        add_event(base, HandMade(label=" ", when=None), author="Eva", now=NOW)


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_table_is_imported(base: KnowledgeBase, tmp_path: Path, separator: str) -> None:
    lines = [
        ("Date", "Label", "Actors", "Place", "Source"),
        ("1969-07-20", "Mondlandung", "Neil Armstrong|Buzz Aldrin", "", "NASA"),
        ("1957", '"Start von Sputnik"', "", "Baikonur", ""),
        ("", "Ohne Datum", "", "", ""),
    ]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(separator.join(line) for line in lines), encoding="utf-8-sig")
    import_events(base, read_table(path), author="Eva", now=NOW)
    assert [event.label for event in base.events(Selection())] == ["Start von Sputnik", "Mondlandung", "Ohne Datum"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("date,what\n1969,x\n", "no columns date and label"),
        ("", "no columns date and label"),
        ("date,label\nirgendwann,Mondlandung\n", "line 2: 'irgendwann'"),
        ("date,label\n1969,\n", "line 2: no label"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_with_its_line(tmp_path: Path, table: str, message: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(UnreadableSource, match=message):
        list(read_table(path))
