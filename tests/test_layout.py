"""The layout that the design fixes: who may import whom, what is installed, and what no file may say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("events", "visualize", "kb")
MAY_IMPORT = {"events": set(), "visualize": {"events"}, "kb": {"events", "visualize"}}
NOT_IN_EVENTS = {"sqlite3", "plotly", "click", "networkx", "socket", "urllib.request", "http.client", "requests"}
HEAVY = (
    "spacy", "onnxruntime", "tokenizers", "simplemma", "trafilatura",
    "pandas", "plotly", "networkx", "numpy", "openpyxl",
)  # fmt: skip


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> list[tuple[str, int]]:
    """Every module that a file imports, anywhere in it, with the line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.module, node.lineno)]
    return found


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_go_one_way(package: str) -> None:
    wrong = [
        f"{place(path, line)} imports {module}"
        for path in sources(package)
        for module, line in imports(path)
        if (top := module.split(".")[0]) in PACKAGES and top != package and top not in MAY_IMPORT[package]
    ]
    assert wrong == []


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_import_one_another_from_the_facade_only(package: str) -> None:
    wrong = [
        f"{place(path, line)} imports {module}"
        for path in sources(package)
        for module, line in imports(path)
        if "." in module and module.split(".")[0] in PACKAGES and module.split(".")[0] != package
    ]
    assert wrong == []


def test_only_the_commands_know_pictures() -> None:
    wrong = [
        place(path, line)
        for path in sources("kb")
        for module, line in imports(path)
        if module.split(".")[0] == "visualize" and path.parent != ROOT / "kb" / "cli"
    ]
    assert wrong == []


def test_extraction_knows_no_store_picture_command_line_or_network() -> None:
    wrong = [
        f"{place(path, line)} imports {module}"
        for path in sources("events")
        for module, line in imports(path)
        if module in NOT_IN_EVENTS or module.split(".")[0] in NOT_IN_EVENTS
    ]
    assert wrong == []


def test_only_the_adapter_runs_language_models() -> None:
    wrong = [
        place(path, line)
        for path in sources("events")
        for module, line in imports(path)
        if module.split(".")[0] in ("spacy", "onnxruntime", "tokenizers") and "parsing" not in path.parts
    ]
    assert wrong == []


def loaded_modules(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(result.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("line", ["--version", "--help", "events --help", "add --help", "chain --help"])
def test_help_and_version_load_nothing_heavy(line: str) -> None:
    loaded = loaded_modules(f"from kb.cli.program import run_program\nrun_program({line.split()!r})")
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize("package", ["events", "kb", "visualize"])
def test_the_facades_load_nothing_heavy(package: str) -> None:
    assert loaded_modules(f"import {package}").isdisjoint(HEAVY)


def test_the_list_of_installed_packages_is_closed() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    include = setup["options.packages.find"]["include"].split()
    assert sorted(include) == ["events", "events.*", "kb", "kb.*", "visualize", "visualize.*"]


def test_every_data_file_is_installed() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    for package in PACKAGES:
        patterns = setup["options.package_data"][package].split()
        installed = {path for pattern in patterns for path in (ROOT / package).glob(pattern)}
        missing = [
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / package).rglob("*")
            if path.is_file() and path.suffix not in (".py", ".pyc", ".md") and path not in installed
        ]
        assert missing == [], f"add their kind to package_data of {package} in setup.cfg"


def test_every_import_has_its_requirement_and_every_requirement_its_import() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = setup["options"]["install_requires"].splitlines()
    required = {line.split(">")[0].strip().lower() for line in lines if line.strip()}
    distribution_of = packages_distributions()
    imported = {
        name.lower()
        for package in PACKAGES
        for path in sources(package)
        for module, _ in imports(path)
        if (top := module.split(".")[0]) not in sys.stdlib_module_names and top not in PACKAGES
        for name in distribution_of.get(top, [top])[:1]
    }
    extras = {"pandas", "python-docx", "docx", "spacy"}
    # justext, which trafilatura imports, asks for it by an extra that lxml 6 calls otherwise: pip leaves it out.
    indirect = {"lxml_html_clean"}
    assert imported - extras == required - indirect


def test_python_version_is_said_once() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    floor = setup["options"]["python_requires"].removeprefix(">=")
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert checked["mypy"]["python_version"] == floor
    assert checked["ruff"]["target-version"] == "py" + floor.replace(".", "")


def test_no_file_names_a_path_of_one_machine() -> None:
    pattern = re.compile(r"(?<![\w:])/(?:root|home/[a-z]+|Users/[A-Za-z]+)/")
    named = [
        path.relative_to(ROOT).as_posix()
        for package in (*PACKAGES, "tests", "docs", "benchmarks", "training")
        for path in (ROOT / package).rglob("*")
        if path.suffix in (".py", ".md", ".toml", ".tsv", ".sh") and path != Path(__file__)
        if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert named == []


def test_the_contract_of_imports_holds_for_indirect_ones_too() -> None:
    pytest.importorskip("importlinter", reason="import-linter is not installed (pip install '.[check]')")
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
