"""CPU seconds of single commands on the example articles, the lowest of five runs each.

    python -m benchmarks.startup [--record]
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks.recording import Figures, compare, read_recorded, record
from benchmarks.running import ROOT, run_zeitstrahl

NAME = "startup"
RUNS = 5
TO_REACH = {"--version": 0.15, "--help": 0.15, "completion": 0.15, "events": 0.4, "show": 0.4, "chain": 0.4}


def measure() -> dict[str, Figures]:
    """For each command the lowest CPU seconds and the bound."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder, "examples.db")
        run_zeitstrahl("--kb", base, "add", ROOT / "docs" / "examples" / "korea")
        commands: dict[str, list[str | Path]] = {
            "--version": ["--version"],
            "--help": ["--help"],
            "completion": [],
            "events": ["--kb", base, "events"],
            "show": ["--kb", base, "show", "Singapur"],
            "chain": ["--kb", base, "chain", "Singapur", "Putin trifft Kim"],
        }
        lowest = {name: min(_seconds(name, line) for _ in range(RUNS)) for name, line in commands.items()}
    return {"CPU s": lowest, "to reach": dict(TO_REACH)}


def _seconds(name: str, line: list[str | Path]) -> float:
    if name == "completion":
        os.environ.update({"_ZEITSTRAHL_COMPLETE": "bash_complete", "COMP_WORDS": "zeitstrahl ev", "COMP_CWORD": "1"})
    try:
        return run_zeitstrahl(*line, may_fail=True).cpu_seconds
    finally:
        os.environ.pop("_ZEITSTRAHL_COMPLETE", None)


def main() -> None:
    """Time the commands and print them against the last recorded figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", action="store_true", help="keep the figures as those to compare with")
    options = parser.parse_args()
    measured = measure()
    print(compare(measured, read_recorded(NAME)))
    if options.record:
        record(NAME, measured)


if __name__ == "__main__":
    main()
