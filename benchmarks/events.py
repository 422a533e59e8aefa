"""Events against hand-made gold timelines, through the commands `add` and `export` as a user runs them.

    python -m benchmarks.events [--shared FOLDER] [--record] [--errors]

Scored are the development articles in FOLDER (default: `../shared` beside the checkout) and the gold articles of our
own in `tests/gold`, both halves; the scorer is FOLDER's `eval/event_score.py`. `--errors` lists misses of the open sets
only: the blind half is scored and never looked at.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.recording import Figures, compare, read_recorded, record
from benchmarks.running import run_zeitstrahl

ROOT = Path(__file__).resolve().parents[1]
NAME = "events"
SHOWN = ("timeline F1", "timeline P", "timeline R", "found", "precision", "date", "narrowed", "actors", "place",
         "status", "status F1", "order", "duplicates", "spurious")  # fmt: skip


def gold_sets(shared: Path) -> dict[str, Path]:
    """The folders with gold files that are there, by name."""
    folders = {
        "events-dev": shared / "corpora" / "events-dev",
        "own, tuned": ROOT / "tests" / "gold" / "tuned",
        "own, blind": ROOT / "tests" / "gold" / "blind",
    }
    return {name: folder for name, folder in folders.items() if any(folder.glob("*.gold.json"))}


def score(gold: Path, scorer: Path, *, errors: bool = False) -> Figures:
    """The figures of one folder, by the scorer; the articles are read into a new knowledge base."""
    with tempfile.TemporaryDirectory() as folder:
        base, export = Path(folder, "bench.db"), Path(folder, "export.json")
        articles = sorted(gold.glob("*.txt"))
        seconds = run_zeitstrahl("--kb", base, "add", *articles).cpu_seconds
        run_zeitstrahl("--kb", base, "export", "--format", "json", "-o", export)
        if errors:
            subprocess.run([sys.executable, scorer, gold, export, "--errors"], check=True)
        result = subprocess.run(
            [sys.executable, scorer, gold, export, "--json"], check=True, capture_output=True, encoding="utf-8"
        )
    figures: Figures = {key: value for key, value in json.loads(result.stdout).items() if key in SHOWN}
    return {**figures, "CPU s": round(seconds, 1)}


def main() -> None:
    """Score what is there and print it against the last recorded figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--record", action="store_true", help="keep the figures as those to compare with")
    parser.add_argument("--errors", action="store_true", help="list what is wrong, in the open sets")
    options = parser.parse_args()
    scorer = options.shared / "eval" / "event_score.py"
    if not scorer.is_file():
        print(f"{scorer}: no scorer; nothing was measured (--shared names its folder)")
        return
    measured = {
        name: score(gold, scorer, errors=options.errors and "blind" not in name)
        for name, gold in gold_sets(options.shared).items()
    }
    print(compare(measured, read_recorded(NAME)))
    if options.record:
        record(NAME, measured)


if __name__ == "__main__":
    main()
