"""`add`: what is read, what is skipped and why, and what the summary tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kb.commands import plain_models as plain_models
from tests.kb.commands import run

ARTICLE = (
    "Kim und Trump treffen sich\n\nSINGAPUR - Nordkoreas Machthaber Kim Jong Un und US-Präsident Donald Trump haben"
    " sich am Dienstag in Singapur getroffen. Das Treffen dauerte fünf Stunden. Danach reisten beide ab.\n"
)
PAGE = "<html><head><title>Anmelden</title></head><body><nav>Start</nav><form><input name=q></form></body></html>"


@pytest.fixture
def folder(tmp_path: Path, plain_models: None) -> Path:
    (tmp_path / "artikel").mkdir()
    return tmp_path / "artikel"



def documents(folder: Path) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = run("--kb", folder.parent / "kb.db", "documents", "--json").json()["documents"]
    return listed


BAD = {
    "leer.txt": b"",
    "leerzeichen.txt": b" \n\t \n",
    "binaer.txt": bytes(range(256)) * 40,
    "bild.jpg": b"\xff\xd8\xff\xe0",
    "login.html": PAGE.encode(),
    "franzoesisch.txt": ("Le président français s'est rendu à Berlin pour rencontrer la chancelière. " * 5).encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(name: str, folder: Path) -> None:
    (folder / "2018-06-12_gut.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / name).write_bytes(BAD[name])
    ran = run("--kb", folder.parent / "kb.db", "add", folder / name, folder / "2018-06-12_gut.txt")
    assert ran.code == 1
    assert "1 Dokument aufgenommen" in ran.out
    line = next(line for line in ran.err.splitlines() if name in line)
    assert len(line) > len(str(folder / name)) + 10, "with the reason"
    assert [document["name"] for document in documents(folder)] == ["2018-06-12_gut.txt"]


def test_a_path_that_is_not_there_is_named(folder: Path) -> None:
    ran = run("--kb", folder.parent / "kb.db", "add", folder / "fehlt.txt")
    assert ran.code == 1
    assert "fehlt.txt" in ran.err


def test_one_line_of_five_megabytes_is_refused_in_time(folder: Path) -> None:
    (folder / "lang.txt").write_text("Kim traf Trump. " * 330_000, encoding="utf-8")
    ran = run("--kb", folder.parent / "kb.db", "add", folder / "lang.txt")
    assert ran.code == 1
    assert "lang.txt" in ran.err


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "latin-1"])
def test_legacy_encodings_are_read(encoding: str, folder: Path) -> None:
    (folder / "alt.txt").write_text(ARTICLE, encoding=encoding)
    assert run("--kb", folder.parent / "kb.db", "add", folder / "alt.txt").code == 0
    export = run("--kb", folder.parent / "kb.db", "export", "--all").json()
    assert "US-Präsident" in export["documents"][0]["text"]


def test_adding_again_changes_nothing(folder: Path) -> None:
    (folder / "2018-06-12_gut.txt").write_text(ARTICLE, encoding="utf-8")
    assert run("--kb", folder.parent / "kb.db", "add", folder).code == 0
    before = run("--kb", folder.parent / "kb.db", "export", "--all").out
    ran = run("--kb", folder.parent / "kb.db", "add", folder, folder / "2018-06-12_gut.txt")
    assert ran.code == 0
    assert "0 Dokumente aufgenommen, 1 schon bekannt" in ran.out
    assert run("--kb", folder.parent / "kb.db", "export", "--all").out == before


def test_the_option_dates_a_new_file_and_corrects_a_known_one(folder: Path) -> None:
    (folder / "artikel.txt").write_text(ARTICLE, encoding="utf-8")
    undated = run("--kb", folder.parent / "kb.db", "add", folder / "artikel.txt")
    assert undated.code == 0
    assert "Ohne Tag der Veröffentlichung" in undated.err
    assert "document d1 --published JJJJ-MM-TT" in undated.err
    dated = run("--kb", folder.parent / "kb.db", "add", "--published", "12.6.2018", folder / "artikel.txt")
    assert dated.code == 0
    assert "1 neu datiert" in dated.out
    assert "Ohne Tag" not in dated.err
    assert [(d["published"], d["published_basis"]) for d in documents(folder)] == [("2018-06-12", "option")]


def test_the_correction_of_a_day_is_kept(folder: Path) -> None:
    (folder / "2018-06-11_artikel.txt").write_text(ARTICLE, encoding="utf-8")
    run("--kb", folder.parent / "kb.db", "add", folder)
    ran = run("--kb", folder.parent / "kb.db", "document", "d1", "--published", "2018-06-12")
    assert ran.code == 0
    assert "2018-06-12 (von Hand berichtigt)" in ran.out
    run("--kb", folder.parent / "kb.db", "add", folder)
    assert documents(folder)[0]["published"] == "2018-06-12"


def test_a_language_model_that_is_not_there_is_named(folder: Path) -> None:
    (folder / "2018-06-12_gut.txt").write_text(ARTICLE, encoding="utf-8")
    ran = run("--kb", folder.parent / "kb.db", "add", "--nlp-model", "de_no_such_model", folder)
    assert ran.code == 1
    assert "de_no_such_model" in ran.err


def test_standard_input_is_read(folder: Path) -> None:
    ran = run("--kb", folder.parent / "kb.db", "add", "-", "--published", "2018-06-12", stdin=ARTICLE.encode())
    assert ran.code == 0
    assert "1 Dokument aufgenommen" in ran.out


def test_a_folder_is_read_recursively_in_the_order_of_names(folder: Path) -> None:
    (folder / "b").mkdir()
    for number, name in enumerate(["z.txt", "b/2018-06-13_y.txt", "a.md"]):
        (folder / name).write_text(ARTICLE + f"Es war der {number}. Versuch.\n", encoding="utf-8")
    assert run("--kb", folder.parent / "kb.db", "add", folder).code == 0
    assert {document["name"] for document in documents(folder)} == {"z.txt", "2018-06-13_y.txt", "a.md"}


def test_a_folder_without_articles_is_named(folder: Path) -> None:
    ran = run("--kb", folder.parent / "kb.db", "add", folder)
    assert ran.code == 1
    assert "artikel" in ran.err


def test_a_knowledge_base_that_cannot_be_made_is_named(folder: Path) -> None:
    (folder / "2018-06-12_gut.txt").write_text(ARTICLE, encoding="utf-8")
    ran = run("--kb", folder.parent / "keiner" / "kb.db", "add", folder)
    assert ran.code == 1
    assert "keiner" in ran.err


def test_a_knowledge_base_of_another_kind_stays_as_it_is(folder: Path) -> None:
    (folder / "2018-06-12_gut.txt").write_text(ARTICLE, encoding="utf-8")
    other = folder.parent / "brief.docx"
    other.write_bytes(b"PK\x03\x04 no database")
    ran = run("--kb", other, "add", folder)
    assert ran.code == 1
    assert other.read_bytes() == b"PK\x03\x04 no database"
