"""The program as a process of its own: start-up, streams, pipes, exit codes, completion, and a damaged installation."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kb.cli.version import VERSION
from tests.kb.commands import small_base

ROOT = Path(__file__).parents[1]


def zeitstrahl(
    *arguments: str | Path, cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kb.cli", *map(str, arguments)],
        capture_output=True, cwd=cwd, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ZEITSTRAHL_UI": "de", **(environment or {})},
    )  # fmt: skip


def cpu_seconds(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> float:
    """The lowest of three runs, user and system."""
    taken = []
    for _ in range(3):
        before = os.times()
        zeitstrahl(*arguments, environment=environment)
        after = os.times()
        taken.append(
            after.children_user - before.children_user + after.children_system - before.children_system
        )
    return min(taken)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_base(tmp_path_factory.mktemp("process"))


def test_the_version_is_printed() -> None:
    ran = zeitstrahl("--version")
    assert (ran.returncode, ran.stdout.decode().strip()) == (0, f"zeitstrahl {VERSION}")


def test_no_command_at_all_is_answered_with_the_help() -> None:
    ran = zeitstrahl()
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(b"Aufruf: zeitstrahl")


COMPLETION = {"_ZEITSTRAHL_COMPLETE": "bash_complete", "COMP_WORDS": "zeitstrahl ev", "COMP_CWORD": "1"}


def test_completion_offers_commands() -> None:
    ran = zeitstrahl(environment=COMPLETION)
    assert ran.stdout.decode().split() == ["plain,events"]


@pytest.mark.parametrize(
    ("line", "word", "offered"),
    [
        ("zeitstrahl show k", 2, ["k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"]),
        ("zeitstrahl show Donald", 2, ["k2", "k4", "k9"]),
        ("zeitstrahl events --actor Mo", 3, ["Moon Jae In"]),
        ("zeitstrahl document rueck", 2, ["d4"]),
        ("zeitstrahl events --ac", 2, ["--actor"]),
    ],
)
def test_completion_offers_ids(base: Path, line: str, word: int, offered: list[str]) -> None:
    environment = {
        "_ZEITSTRAHL_COMPLETE": "fish_complete", "COMP_WORDS": line, "COMP_CWORD": line.split()[word],
        "ZEITSTRAHL_KB": str(base),
    }  # fmt: skip
    lines = zeitstrahl(environment=environment).stdout.decode().splitlines()
    if offered == ["Moon Jae In"]:
        assert [text.partition("\t")[2] for text in lines] == offered
    else:
        assert sorted(text.partition(",")[2].partition("\t")[0] for text in lines) == offered


def test_completion_without_a_knowledge_base_offers_nothing(tmp_path: Path) -> None:
    environment = {"_ZEITSTRAHL_COMPLETE": "fish_complete", "COMP_WORDS": "zeitstrahl show k", "COMP_CWORD": "k"}
    ran = zeitstrahl(cwd=tmp_path, environment=environment)
    assert (ran.stdout.strip(), ran.stderr) == (b"", b"")


@pytest.mark.skipif(not hasattr(os, "times") or os.name == "nt", reason="no CPU times of children here")
@pytest.mark.parametrize(
    ("arguments", "bound"),
    [
        (["--version"], 0.15), (["--help"], 0.15), ([], 0.15),
        (["events"], 0.4), (["show", "k6"], 0.4), (["chain", "k2", "k6"], 0.4),
    ],
    ids=lambda value: " ".join(value) or "completion" if isinstance(value, list) else "",
)  # fmt: skip
def test_commands_start_quickly(base: Path, arguments: list[str], bound: float) -> None:
    # Twice the promise: machines differ, and what this guards against (a heavy import) costs far more than that.
    environment = {"ZEITSTRAHL_KB": str(base), **({} if arguments else COMPLETION)}
    assert cpu_seconds(*arguments, environment=environment) <= 2 * bound


def test_the_environment_names_the_knowledge_base(base: Path, tmp_path: Path) -> None:
    ran = zeitstrahl("documents", "--json", cwd=tmp_path, environment={"ZEITSTRAHL_KB": str(base)})
    assert ran.returncode == 0
    assert b"rueckblick.txt" in ran.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_default_lies_in_the_working_folder(tmp_path: Path) -> None:
    ran = zeitstrahl("events", cwd=tmp_path)
    assert ran.returncode == 1
    assert b"zeitstrahl.db: no knowledge base here" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_results_and_remarks_go_different_ways(base: Path) -> None:
    ran = zeitstrahl("--kb", base, "events")
    assert b"9 Ereignisse" not in ran.stdout
    assert b"9 Ereignisse" in ran.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
@pytest.mark.parametrize("arguments", [["chain", "k2", "k6"], ["--help"], ["evnts"], ["show", "k99"]], ids=" ".join)
def test_no_encoding_of_the_streams_breaks_a_command(base: Path, arguments: list[str], encoding: str) -> None:
    ran = zeitstrahl("--kb", base, *arguments, environment={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert b"Traceback" not in ran.stderr
    assert ran.stdout or ran.stderr


def test_programs_read_utf_8_whatever_the_terminal_speaks(base: Path) -> None:
    for arguments in (["events", "--csv"], ["events", "--json"], ["export"]):
        ran = zeitstrahl("--kb", base, *arguments, environment={"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"})
        assert "Pjöngjang" in ran.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="needs a shell with pipes")
def test_a_reader_that_leaves_early_is_no_error(base: Path) -> None:
    line = f'for i in 1 2 3; do "{sys.executable}" -m kb.cli --kb "{base}" export; done | head -c 10'
    ran = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, cwd=ROOT, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert ran.stderr == b""


def overwritten(folder: Path, package: str) -> Path:
    """A place with our packages, into one of which another distribution has installed its `__init__.py`."""
    for name in ("events", "kb", "visualize"):
        (folder / name).mkdir()
        for entry in (ROOT / name).iterdir():
            if entry.name not in ("__pycache__", "__init__.py" if name == package else ""):
                (folder / name / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())
    (folder / package / "__init__.py").write_text("def subscribe(): ...\n", encoding="utf-8")
    info = folder / f"{package}_toolkit-4.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}-toolkit\nVersion: 4.2\n", encoding="utf-8")
    (info / "RECORD").write_text(f"{package}/__init__.py,,\n", encoding="utf-8")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
@pytest.mark.parametrize(("package", "command"), [("events", "events"), ("events", "doctor"), ("kb", "doctor")])
def test_a_distribution_that_overwrote_our_modules_is_named(
    package: str, command: str, tmp_path: Path, base: Path
) -> None:
    place = overwritten(tmp_path, package)
    program = f"import sys; sys.argv = ['zeitstrahl', '{command}']; from kb.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(place), "ZEITSTRAHL_KB": str(base), "ZEITSTRAHL_UI": "de"}
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=tmp_path, env=environment, check=False
    )
    output = (ran.stdout + ran.stderr).decode()
    assert ran.returncode == 1, output
    assert f"{package}-toolkit 4.2" in output
    assert "Traceback" not in output
