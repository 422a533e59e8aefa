"""The words of the interface: two tables that say the same, and help that shows them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

import kb.cli
from kb.cli.program import COMMANDS
from kb.cli.wording import load_wording, preferred_language
from tests.kb.commands import run

FOLDER = Path(kb.cli.__file__).parent


def entries(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield prefix + key, value
        else:
            yield from entries(value, f"{prefix}{key}.")


def table(language: str) -> dict[str, str]:
    return dict(entries(tomllib.loads((FOLDER / "text" / f"{language}.toml").read_text(encoding="utf-8"))))


def test_both_languages_have_the_same_keys() -> None:
    assert sorted(table("de")) == sorted(table("en"))


def test_both_languages_fill_in_the_same_values() -> None:
    german, english = table("de"), table("en")
    differing = [
        key for key in german if sorted(re.findall(r"{\w+}", german[key])) != sorted(re.findall(r"{\w+}", english[key]))
    ]
    assert differing == []


def test_every_key_in_the_code_has_its_words() -> None:
    known = table("de")
    missing = []
    for path in FOLDER.glob("*.py"):
        code = path.read_text(encoding="utf-8")
        keys = re.findall(r'wording\(\s*"([\w.]+)"', code)
        keys += [f"{key}.one" for key in re.findall(r'wording\.count\("([\w.]+)"', code)]
        missing += [f"{path.name}: {key}" for key in keys if key not in known]
    assert missing == []


def test_every_entry_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    # Tables that are looked up by a value: their entries never stand in the code as a whole.
    by_value = (
        "commands", "options", "columns", "status", "actor_kind", "basis", "role", "when_basis", "link", "value",
        "hidden", "action", "help", "document", "words", "dossier_change", "review_key", "doubt",
    )  # fmt: skip
    unused = [
        key
        for key in table("de")
        if key.split(".")[0] not in by_value and key.removesuffix(".one").removesuffix(".other") not in code
    ]
    assert unused == []


@pytest.mark.parametrize("ui", ["de", "en"])
@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_with_an_example(name: str, ui: str) -> None:
    ran = run(name, "--help", ui=ui)
    assert ran.code == 0
    assert load_wording("de" if ui == "de" else "en")("help.example") in ran.out
    assert "zeitstrahl " + name in ran.out


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_option_has_its_help(name: str) -> None:
    command = getattr(import_module(COMMANDS[name][0]), COMMANDS[name][1])
    context = command.make_context(name, [], resilient_parsing=True)
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            record = parameter.get_help_record(context)
            assert record is not None
            assert record[1].split("[")[0].strip(), f"{record[0]} of {name} has no help"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "de"),
        ({}, "de"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "ZEITSTRAHL_UI": "en"}, "en"),
    ],
)
def test_the_surroundings_choose_the_language(environment: dict[str, str], language: str) -> None:
    assert preferred_language(environment) == language
