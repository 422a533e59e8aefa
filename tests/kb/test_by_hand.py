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
from tests.kb.commands import run, small_base
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


def test_german_columns_and_dates_as_people_type_them_are_read(tmp_path: Path) -> None:
    path = tmp_path / "tafel.csv"
    path.write_text('Datum;Ereignis;Akteure\n20.7.1969;"Mondlandung\nvon Apollo 11";Neil Armstrong\n', encoding="utf-8")
    (made,) = read_table(path)
    assert (made.when, made.actors) == (When.parse("1969-07-20"), ("Neil Armstrong",))
    assert " ".join(made.label.split()) == "Mondlandung von Apollo 11"


def test_a_table_with_a_wrong_line_adds_nothing(base: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("date,label\n1969,Mondlandung\nirgendwann,Sputnik\n", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="line 3"):
        import_events(base, read_table(path), author="Eva", now=NOW)
    assert base.events(Selection(everything=True)) == ()
    assert list_judgements(base) == ()


def test_an_event_is_added_from_the_command_line(tmp_path: Path) -> None:
    path = small_base(tmp_path)
    ran = run("--kb", path, "add-event", "--label", "Genfer Rahmenabkommen", "--date", "21.10.1994", "--actor", "USA",
              "--actor", "Nordkorea", "--place", "Genf", "--source", "IAEA", "--kind", "Vereinbarung")  # fmt: skip
    assert ran.code == 0, ran.err
    assert "21. Oktober 1994: Genfer Rahmenabkommen" in ran.out
    event = run("--kb", path, "show", ran.out.split()[0], "--json").json()["event"]
    assert [(actor["name"], actor["role"]) for actor in event["actors"]] == [("USA", "agent"), ("Nordkorea", "partner")]
    assert (event["place"]["name"], event["kind"], event["status"]) == ("Genf", "agreement", "occurred")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["add-event", "--date", "1994"], 2, "--label"),
        (["add-event", "--label", "x", "--date", "neulich"], 2, "neulich"),
        (["add-event", "--label", "x", "--kind", "Xylophon"], 2, "Xylophon"),
        (["import", "nirgends.csv"], 1, "nirgends.csv"),
    ],
)
def test_a_wrong_line_by_hand_is_told(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    ran = run("--kb", small_base(tmp_path), *arguments)
    assert ran.code == code
    assert message in ran.err


def test_a_table_is_imported_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    table = Path(__file__).parents[2] / "docs" / "examples" / "before-2006.csv"
    ran = run("--kb", path, "import", table)
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) == 3
    assert run("--kb", path, "import", table).out == ran.out, "the same table again changes nothing"
