"""`doctor`: what it finds sound, and each fault that it names."""

from __future__ import annotations

import sqlite3
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

import events
import kb.cli.doctor
from events import MissingModel
from kb.cli.installation import Intruder
from tests.kb.commands import PlainAnalyzer, Ran, run, small_base


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(events, "load_analyzer", lambda language: PlainAnalyzer())
    return small_base(tmp_path)


def doctor(path: Path) -> Ran:
    return run("--kb", path, "doctor")


def faults(ran: Ran) -> list[str]:
    return [line.strip() for line in ran.out.splitlines() if line.strip().startswith("! ")]


def test_a_sound_installation_and_knowledge_base(path: Path) -> None:
    before = path.read_bytes()
    ran = doctor(path)
    assert (ran.code, faults(ran)) == (0, []), ran.out
    assert "Sprachmodell de: plain" in ran.out
    assert path.read_bytes() == before


def test_no_knowledge_base_is_no_fault(path: Path) -> None:
    ran = doctor(path.with_name("none.db"))
    assert ran.code == 0
    assert "nichts zu prüfen" in ran.out
    assert not path.with_name("none.db").exists()


def test_a_file_that_is_no_knowledge_base(path: Path) -> None:
    path.write_bytes(b"not a database, but long enough to look at" * 20)
    ran = doctor(path)
    assert ran.code == 1
    assert any(path.name in fault for fault in faults(ran))


def test_derived_values_that_do_not_follow_from_the_claims(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE event SET label = 'Falsche Zeile' WHERE id = 1")
    connection.close()
    ran = doctor(path)
    assert ran.code == 1
    assert len(faults(ran)) == 1


def test_a_repair_computes_anew_what_does_not_follow_from_the_claims(path: Path) -> None:
    exported = run("--kb", path, "export", "--all").out
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE event SET label = 'Falsche Zeile' WHERE id = 1")
    connection.close()
    ran = run("--kb", path, "doctor", "--repair")
    assert (ran.code, faults(ran)) == (0, []), ran.out
    assert ran.out.count("✓ repariert: event: 2 rows do not follow from the documents\n") == 1
    assert run("--kb", path, "export", "--all").out == exported
    assert "repariert" not in run("--kb", path, "doctor", "--repair").out


@pytest.mark.parametrize("content", [None, b"", b"not a database, but long enough to look at" * 20])
def test_a_repair_makes_no_knowledge_base_and_leaves_what_is_none(path: Path, content: bytes | None) -> None:
    other = path.with_name("other.db")
    if content is not None:
        other.write_bytes(content)
    ran = run("--kb", other, "doctor", "--repair")
    assert (ran.code, len(faults(ran))) == ((0, 0) if content is None else (1, 1))
    assert (other.read_bytes() if other.exists() else None) == content


def test_a_missing_model(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(language: str) -> PlainAnalyzer:
        raise MissingModel(f"no model for {language}")

    monkeypatch.setattr(events, "load_analyzer", missing)
    ran = doctor(path)
    assert ran.code == 1
    assert faults(ran) == ["! Sprachmodell de: no model for de", "! Sprachmodell en: no model for en"]


def test_a_foreign_package(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    intruder = Intruder(distribution="kb 0.3", package="kb")
    monkeypatch.setattr(kb.cli.doctor, "find_intruders", lambda: (intruder,))
    ran = doctor(path)
    assert ran.code == 1
    assert any("kb gehört zu kb 0.3" in fault for fault in faults(ran))


def test_two_installations_that_were_mixed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kb.cli.doctor, "find_strays", lambda: (("events", Path("elsewhere")),))
    assert any("events liegt in elsewhere" in fault for fault in faults(doctor(path)))


def test_a_missing_library(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(kb.cli.doctor, "requires", lambda name: ["plotly>=6", "pandas; extra == 'frames'"])
    monkeypatch.setattr(kb.cli.doctor, "version", version)
    assert faults(doctor(path)) == ["! plotly fehlt: Zeitstrahl neu installieren"]
