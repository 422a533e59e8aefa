"""The commands by which people decide, and how they are taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kb.commands import Ran, plain_models, run, small_base

__all__ = ["plain_models"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_base(tmp_path)


def do(path: Path, *arguments: str) -> Ran:
    return run("--kb", path, *arguments)


def event(path: Path, name: str) -> dict[str, object]:
    found: dict[str, object] = do(path, "show", name, "--json").json()["event"]
    return found


def export(path: Path) -> str:
    return do(path, "export", "--all").out


DECISIONS = [
    (["confirm", "k1", "k2", "--author", "Eva"], "k1", "checked_by", "Eva"),
    (["pin", "k5"], "k5", "pinned", True),
    (["correct", "k5", "--label", "Grenzübertritt bei Chassan"], "k5", "label", "Grenzübertritt bei Chassan"),
    (["correct", "k7", "--status", "abgesagt"], "k7", "status", "cancelled"),
    (["correct", "k7", "--kind", "Besuch"], "k7", "kind", "visit"),
    (["correct", "k6", "--place", "-"], "k6", "place", None),
    (["retract", "k9", "--reason", "kein Ereignis"], "k9", "shown", False),
]


@pytest.mark.parametrize(("arguments", "name", "field", "value"), DECISIONS)
def test_a_decision_holds_and_its_undoing_leaves_no_trace(
    path: Path, arguments: list[str], name: str, field: str, value: object, plain_models: None
) -> None:
    before = export(path)
    ran = do(path, *arguments)
    assert ran.code == 0, ran.err
    assert event(path, name)[field] == value
    for _ in do(path, "history", "--json").json()["history"]:
        assert do(path, "undo").code == 0
    assert export(path) == before


def test_a_date_is_corrected_as_people_write_it(path: Path) -> None:
    ran = do(path, "correct", "k5", "--date", "Mai 2019")
    assert "Mai 2019" in ran.out
    when = event(path, "k5")["when"]
    assert isinstance(when, dict)
    assert (when["edtf"], when["basis"]) == ("2019-05", "person")


def test_events_are_merged_and_split(path: Path) -> None:
    assert do(path, "merge", "k4", "k5").code == 0
    assert event(path, "k4")["mentions"] == 2
    assert do(path, "split", "k4", "2").code == 0
    assert event(path, "k4")["mentions"] == 1
    assert event(path, "k5")["mentions"] == 1


def test_actors_are_merged_by_their_ids(path: Path) -> None:
    ids = {actor["name"]: actor["id"] for actor in do(path, "actors", "--json").json()["actors"]}
    ran = do(path, "merge", ids["Sergej Lawrow"], ids["Moon Jae In"])
    assert ran.code == 0
    assert "Sergej Lawrow" in ran.out
    assert "Moon Jae In" in ran.out


def test_the_history_tells_who_decided_what(path: Path) -> None:
    do(path, "confirm", "k1", "--author", "Eva")
    do(path, "correct", "k2", "--label", "Gipfel in Singapur", "--author", "Ali")
    lines = do(path, "history").out.splitlines()
    assert "Eva" in lines[1]
    assert "geprüft" in lines[1]
    assert "label: Donald Trump traf Kim Jong Un in Singapur → Gipfel in Singapur" in lines[2]
    assert len(do(path, "history", "k1", "--json").json()["history"]) == 1


def test_a_document_is_withdrawn_and_forgotten(path: Path) -> None:
    assert do(path, "withdraw", "d2", "--reason", "berichtigt").code == 0
    assert "Moon Jae In" not in do(path, "events").out
    assert "zurückgezogen: berichtigt" in do(path, "document", "d2").out
    assert do(path, "forget", "d2", "--reason", "Widerruf", "--yes").code == 0
    assert "empfing Moon" not in export(path)


def test_forgetting_asks_first(path: Path) -> None:
    ran = run("--kb", path, "forget", "d2", "--reason", "Widerruf", stdin=b"n\n")
    assert ran.code == 130
    assert "Moon Jae In" in do(path, "events").out


def test_a_backup_is_a_knowledge_base(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "sicherung.db"
    assert do(path, "backup", str(target)).code == 0
    assert export(target) == export(path)
    assert do(path, "backup", str(tmp_path / "none" / "x.db")).code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["correct", "k1"], 2, "--label"),
        (["correct", "k1", "--date", "neulich"], 2, "neulich ist kein Datum"),
        (["confirm", "Kim"], 1, "mehrere Ereignisse"),
        (["merge", "k1", "k1"], 1, "k1"),
        (["split", "k1", "7"], 1, "k1 hat kein Zitat 7, nur 1 bis 1"),
        (["undo"], 1, "keine Entscheidung"),
        (["undo", "99"], 1, "99"),
        (["retract", "k1"], 2, "--reason"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_decision_that_cannot_be_made_is_refused(path: Path, arguments: list[str], code: int, message: str) -> None:
    ran = do(path, *arguments)
    assert ran.code == code
    assert message in ran.err


@pytest.mark.parametrize(
    "arguments", [["confirm", "k1"], ["undo"], ["history"], ["backup", "b.db"], ["forget", "d1", "--reason", "x"]]
)
def test_nothing_is_made_where_there_is_no_knowledge_base(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).code == 1
    assert list(tmp_path.iterdir()) == []
