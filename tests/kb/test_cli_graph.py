"""`graph` and the views of `timeline`: the same events, opened as threads or as lanes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kb.commands import run, small_base


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_base(tmp_path_factory.mktemp("base"))


@pytest.mark.parametrize(
    ("arguments", "view"),
    [
        (["graph"], "storyline"),
        (["timeline"], "lanes"),
        (["timeline", "--view", "lanes"], "lanes"),
        (["timeline", "--view", "storyline"], "storyline"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_the_page_opens_in_the_view_that_was_asked_for(
    path: Path, tmp_path: Path, arguments: list[str], view: str
) -> None:
    page = tmp_path / "seite.html"
    ran = run("--kb", path, *arguments, "--actor", "Donald Trump", "--title", "Trump & Kim", "-o", page)
    assert ran.code == 0, ran.err
    assert ran.out.strip() == str(page)
    assert "3 Ereignisse" in ran.err
    text = page.read_text(encoding="utf-8")
    assert f'"view":"{view}"' in text.replace(" ", "")
    assert "Trump &amp; Kim" in text
    assert "Chassan" not in text


@pytest.mark.parametrize(
    ("command", "ui", "title"),
    [("graph", "de", "Akteure und Ereignisse"), ("graph", "en", "Actors and events"), ("timeline", "de", "Zeittafel")],
)
def test_a_page_without_a_title_is_named_by_what_it_shows(
    path: Path, tmp_path: Path, command: str, ui: str, title: str
) -> None:
    assert run("--kb", path, command, "-o", tmp_path / "seite.html", ui=ui).code == 0
    assert f"<title>{title}</title>" in (tmp_path / "seite.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "-o DATEI.html"),
        (["--since", "2030", "-o", "leer.html"], 1, "Kein Ereignis erfüllt alle Bedingungen"),
        (["--png", "bild.png", "--browser", "no-browser-here"], 1, "no-browser-here"),
        (["--view", "lanes", "-o", "seite.html"], 2, "--view"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_drawn_is_said_and_leaves_no_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("--kb", path, "graph", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert list(tmp_path.iterdir()) == []
