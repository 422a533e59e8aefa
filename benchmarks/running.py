"""The program as a user starts it, in a process of its own, with the CPU seconds it took."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What one command line left behind."""

    code: int
    output: str
    cpu_seconds: float  # user and system; wall time says little on a shared machine


def run_zeitstrahl(*arguments: str | Path, may_fail: bool = False) -> Finished:
    """Run one command line with this interpreter and the packages of this checkout."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "ZEITSTRAHL_UI": "de"}
    before = os.times()
    process = subprocess.run(
        [sys.executable, "-m", "kb.cli", *map(str, arguments)],
        stdout=subprocess.PIPE, encoding="utf-8", env=environment, check=False,
    )  # fmt: skip
    after = os.times()
    if process.returncode and not may_fail:
        raise SystemExit(f"zeitstrahl {' '.join(map(str, arguments))}: exit code {process.returncode}")
    seconds = after.children_user - before.children_user + after.children_system - before.children_system
    return Finished(code=process.returncode, output=process.stdout, cpu_seconds=seconds)
