"""Dossiers: selections of events that keep their order and texts whatever happens to the events."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.dossiers import (
    add_to_dossier,
    create_dossier,
    find_dossier,
    list_dossiers,
    order_dossier,
    remove_from_dossier,
)
from kb.errors import NotFound, RefusedJudgement
from kb.export import export_json
from kb.judgements import (
    list_judgements,
    merge_events,
    orphaned_judgements,
    undo_judgement,
)
from kb.store import KnowledgeBase
from kb.writing import reread_document, withdraw_document
from tests.kb.builders import NOW, add, article
from tests.kb.commands import CROSSING, HANOI, SINGAPORE, VLADIVOSTOK, Ran, run, small_base
from tests.kb.test_judgements import never


@pytest.fixture
def filled(base: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base with k1 to k4, and a dossier that holds k3, k1 and k2."""
    add(base, article(SINGAPORE, HANOI, CROSSING, VLADIVOSTOK))
    create_dossier(base, "Der Weg", author="Eva", now=NOW)
    add_to_dossier(base, "Der Weg", ["k3", "k1", "k2"], author="Eva", now=NOW)
    return base


def ids(base: KnowledgeBase, name: str = "Der Weg") -> list[str]:
    return [entry.event.short_id for entry in find_dossier(base, name).entries]


def undo_last(base: KnowledgeBase) -> None:
    standing = [each for each in list_judgements(base) if not each.is_undone and each.action != "undo"]
    undo_judgement(base, standing[-1].number, extract=never, author="Eva", now=NOW)


def test_events_stand_in_the_order_in_which_they_were_added(filled: KnowledgeBase) -> None:
    assert ids(filled) == ["k3", "k1", "k2"]
    assert add_to_dossier(filled, "der weg", ["k4", "k1"], author="Eva", now=NOW)
    assert ids(filled) == ["k3", "k1", "k2", "k4"]


def test_adding_what_is_there_writes_nothing(filled: KnowledgeBase) -> None:
    before = len(list_judgements(filled))
    assert not add_to_dossier(filled, "Der Weg", ["k1"], author="Eva", now=NOW)
    assert len(list_judgements(filled)) == before


@pytest.mark.parametrize(
    ("first", "order"),
    [(["k2"], ["k2", "k3", "k1"]), (["k1", "k3"], ["k1", "k3", "k2"]), ([], ["k1", "k2", "k3"])],
)
def test_named_events_come_first_and_none_means_order_of_time(
    filled: KnowledgeBase, first: list[str], order: list[str]
) -> None:
    order_dossier(filled, "Der Weg", first, author="Eva", now=NOW)
    assert ids(filled) == order


def test_texts_are_set_one_by_one_and_taken_away(filled: KnowledgeBase) -> None:
    add_to_dossier(filled, "Der Weg", ["k1"], texts={"line": "Die erste  Begegnung"}, author="Eva", now=NOW)
    add_to_dossier(filled, "Der Weg", ["k1"], texts={"heading": "2018", "note": "Foto"}, author="Eva", now=NOW)
    entry = find_dossier(filled, "Der Weg").entries[1]
    assert (entry.heading, entry.line, entry.note) == ("2018", "Die erste Begegnung", "Foto")
    add_to_dossier(filled, "Der Weg", ["k1"], texts={"line": ""}, author="Eva", now=NOW)
    entry = find_dossier(filled, "Der Weg").entries[1]
    assert (entry.heading, entry.line, entry.note) == ("2018", "", "Foto")


def test_each_step_is_taken_back_by_undo(filled: KnowledgeBase) -> None:
    remove_from_dossier(filled, "Der Weg", ["k1"], author="Eva", now=NOW)
    assert ids(filled) == ["k3", "k2"]
    undo_last(filled)
    assert ids(filled) == ["k3", "k1", "k2"]
    undo_last(filled)
    assert ids(filled) == []
    undo_last(filled)
    assert list_dossiers(filled) == ()


def test_a_merged_event_stands_once_and_comes_apart_again(filled: KnowledgeBase) -> None:
    merge_events(filled, ["k1", "k2"], author="Eva", now=NOW)
    assert ids(filled) == ["k3", "k1"]
    undo_last(filled)
    assert ids(filled) == ["k3", "k1", "k2"]


def test_a_dossier_survives_reading_anew_and_withdrawal(filled: KnowledgeBase) -> None:
    told = article(SINGAPORE, HANOI, CROSSING, VLADIVOSTOK)
    reread_document(filled, "d1", extract=lambda document: told.extraction)
    assert ids(filled) == ["k3", "k1", "k2"]
    withdraw_document(filled, "d1", reason="berichtigt", author="Eva", now=NOW)
    assert not any(entry.is_current for entry in find_dossier(filled, "Der Weg").entries)
    undo_last(filled)
    assert ids(filled) == ["k3", "k1", "k2"]


def test_dossiers_leave_export_and_values_alone(base: KnowledgeBase) -> None:
    add(base, article(SINGAPORE, HANOI))
    before = export_json(base, everything=True)
    create_dossier(base, "Der Weg", author="Eva", now=NOW)
    add_to_dossier(base, "Der Weg", ["k1"], texts={"line": "x"}, author="Eva", now=NOW)
    assert export_json(base, everything=True) == before
    assert orphaned_judgements(base) == ()


def test_a_dossier_is_in_the_history_of_its_events(filled: KnowledgeBase) -> None:
    assert [judgement.field for judgement in list_judgements(filled, "k1")] == ["add"]
    assert list_judgements(filled, "k4") == ()


def test_what_cannot_be_is_refused(filled: KnowledgeBase) -> None:
    with pytest.raises(RefusedJudgement, match="DER WEG"):
        create_dossier(filled, "DER WEG", author="Eva", now=NOW)
    with pytest.raises(RefusedJudgement, match="needs a name"):
        create_dossier(filled, "  ", author="Eva", now=NOW)
    with pytest.raises(NotFound, match="there are Der Weg"):
        find_dossier(filled, "Der Umweg")
    with pytest.raises(NotFound, match="k4: not in the dossier"):
        remove_from_dossier(filled, "Der Weg", ["k4"], author="Eva", now=NOW)


# On the command line --------------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier of three events: Vladivostok with texts of its own, a letter dated to a year, Singapore."""
    path = small_base(tmp_path)
    do(path, "dossier", "new", "Der Weg")
    do(path, "dossier", "add", "Der Weg", "Wladiwostok", "Brief", "k2")
    do(path, "dossier", "add", "Der Weg", "Wladiwostok", "--heading", "Am Ende", "--line", "Ein Gipfel am Pazifik",
       "--note", "Karte zeigen")  # fmt: skip
    return path


def do(path: Path, *arguments: str | Path) -> Ran:
    return run("--kb", path, *arguments)


def labels(ran: Ran) -> list[str]:
    return [event["label"].split()[0] for event in ran.json()["events"]]


def test_a_dossier_is_shown_with_its_own_lines(path: Path) -> None:
    lines = do(path, "dossier", "show", "Der Weg").out.splitlines()
    assert lines[0] == "Der Weg"
    assert "Am Ende: Ein Gipfel am Pazifik" in lines[1]
    assert "25. April 2019: Wladimir Putin traf Kim Jong Un" in lines[2]
    assert "Karte zeigen" in lines[3]
    entries = do(path, "dossier", "show", "Der Weg", "--json").json()["dossier"]["entries"]
    assert [entry["heading"] for entry in entries] == ["Am Ende", "", ""]
    assert do(path, "dossier", "list", "--json").json()["dossiers"][0]["name"] == "Der Weg"


def test_events_of_a_dossier_are_listed_in_its_order(path: Path) -> None:
    assert labels(do(path, "events", "--dossier", "der weg", "--json")) == ["Wladimir", "Kim", "Donald"]
    assert labels(do(path, "events", "--dossier", "Der Weg", "--limit", "1", "--json")) == ["Wladimir"]
    assert labels(do(path, "events", "--dossier", "Der Weg", "akteur:Trump", "--json")) == ["Kim", "Donald"]
    assert do(path, "events", "--dossier", "Umweg").code == 1


def test_what_a_person_chose_is_shown_unless_it_was_retracted(path: Path) -> None:
    hidden = do(path, "events", "--all", "abgereist", "--json").json()["events"][0]["id"]
    do(path, "dossier", "add", "Der Weg", hidden)
    assert len(labels(do(path, "events", "--dossier", "Der Weg", "--json"))) == 4
    do(path, "retract", hidden, "--reason", "nie geschehen")
    assert len(labels(do(path, "events", "--dossier", "Der Weg", "--json"))) == 3
    assert "[zurückgenommen]" in do(path, "dossier", "show", "Der Weg").out


def test_a_backgrounder_tells_a_dossier_in_its_order_and_words(path: Path, tmp_path: Path) -> None:
    assert do(path, "background", "--dossier", "Der Weg", "-o", tmp_path / "kasten.txt").code == 0
    blocks = (tmp_path / "kasten.txt").read_text(encoding="utf-8").split("\n\n")
    assert blocks[0] == "Der Weg"
    assert blocks[1].startswith("Am Ende: Ein Gipfel am Pazifik.")
    assert blocks[2].startswith("2018: ")
    assert blocks[3].startswith("12. Juni 2018: ")


def test_sheets_and_page_present_a_dossier(path: Path, tmp_path: Path) -> None:
    assert do(path, "handout", "--dossier", "Der Weg", "--sheet", "teacher", "-o", tmp_path / "blatt.html").code == 0
    sheet = (tmp_path / "blatt.html").read_text(encoding="utf-8")
    assert sheet.index("Ein Gipfel am Pazifik") < sheet.index("Singapur")
    assert "Karte zeigen" in sheet
    assert do(path, "timeline", "--dossier", "Der Weg", "-o", tmp_path / "seite.html").code == 0
    page = (tmp_path / "seite.html").read_text(encoding="utf-8")
    assert '"heading":"Am Ende"' in page.replace('": "', '":"')
    assert "<title>Der Weg</title>" in page
    assert "Karte zeigen" not in page, "notes are for the teacher alone"


def test_a_dossier_is_exported(path: Path) -> None:
    exported = do(path, "export", "--dossier", "Der Weg").json()
    assert len(exported["events"]) == 3
    assert "Moon Jae In" not in {actor["name"] for actor in exported["actors"]}


def test_undo_and_history_know_dossiers(path: Path) -> None:
    assert "Der Weg" in do(path, "history").out
    assert do(path, "undo").code == 0
    assert "Am Ende" not in do(path, "dossier", "show", "Der Weg").out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["dossier", "add", "Umweg", "k1"], 1, "there are Der Weg"),
        (["dossier", "add", "Der Weg", "k1", "k2", "--line", "x"], 2, "--line"),
        (["dossier", "delete", "Der Weg"], 2, "delete"),
        (["dossier", "show"], 2, "NAME"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_line_is_told(path: Path, arguments: list[str], code: int, message: str) -> None:
    ran = do(path, *arguments)
    assert ran.code == code
    assert message in ran.err


@pytest.mark.parametrize("ui", ["de", "en"])
@pytest.mark.parametrize("name", ["new", "add", "remove", "order", "show", "list"])
def test_every_command_of_dossier_has_help_with_its_example(name: str, ui: str) -> None:
    ran = run("dossier", name, "--help", ui=ui)
    assert ran.code == 0
    assert f"zeitstrahl dossier {name}" in ran.out
