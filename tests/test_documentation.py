"""The documentation keeps its word: every command line in README and in the help of the commands is run."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from events import MissingModel, load_analyzer
from kb.cli.program import COMMANDS
from kb.cli.wording import load_wording
from tests.kb.commands import Ran, run

ROOT = Path(__file__).parents[1]

NEEDED_FIRST = {"undo": "zeitstrahl confirm k1"}
OF_SOME_EVENT = ("prefer", "split")  # their examples need an event that sources date differently, or tell twice


def readme_lines() -> list[str]:
    """The command lines of the README's tour, in order."""
    return re.findall(r"^\$ (zeitstrahl .+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as after the first command of the tour: the example articles, read into a knowledge base."""
    try:
        for language in ("de", "en"):
            load_analyzer(language)
    except MissingModel as error:
        pytest.skip(f"no language model: {error}")
    folder = tmp_path_factory.mktemp("tour")
    shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        added = run("add", "docs/examples/korea")
    assert (added.code, added.err.count("Übersprungen")) == (0, 0), added.err
    return folder


@pytest.fixture
def fresh(examples: Path, tmp_path: Path) -> Path:
    """The same, for one test alone."""
    return Path(shutil.copytree(examples, tmp_path / "tour"))


def run_line(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Ran:
    monkeypatch.chdir(folder)
    program, *arguments = shlex.split(line)
    assert program == "zeitstrahl"
    return run(*arguments)


@pytest.mark.parametrize("line", readme_lines())
def test_every_line_of_the_tour_runs(line: str, examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run_line(line, examples, monkeypatch)
    assert ran.code == 0, ran.err
    assert ran.out


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in OF_SOME_EVENT])
def test_every_example_in_the_help_runs(
    command: str, language: str, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if command in NEEDED_FIRST:
        assert run_line(NEEDED_FIRST[command], fresh, monkeypatch).code == 0
    wording = load_wording("de" if language == "de" else "en")
    for line in wording(f"commands.{command}.example").strip().splitlines():
        ran = run_line(line, fresh, monkeypatch)
        assert ran.code == 0, ran.err


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}" not in text] == []


def test_every_option_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    shown = "".join(run(name, "--help").out for name in COMMANDS)
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", shown)) - {"--help"}
    assert sorted(option for option in options if option not in text) == []


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda p: p.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []
