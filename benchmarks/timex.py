"""Time expressions against gold corpora, beside HeidelTime's figures; documents per CPU second and the time to load.

    python -m benchmarks.timex [--shared FOLDER] [--record] [--errors]

Scored are KRAUTS (German) and MEANTIME (English) in FOLDER (default: `../shared` beside the checkout), each in an open
and a blind part: files whose name's SHA-256 begins with 0 to 4 are scored and never looked at, so `--errors` lists the
open part alone. Fails where a figure lies below the recorded floor. The tagger runs alone, without a language model.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from benchmarks.recording import Figures, compare, read_recorded, record
from events import find_time_expressions, read_tml, write_tml
from events.timex.grammar import read_grammar

ROOT = Path(__file__).resolve().parents[1]
NAME = "timex"
CORPORA = {"de": "krauts-dev", "en": "meantime-dev"}
METRICS = ("value", "relaxed", "strict", "type")
# HeidelTime 2.2 with TreeTagger on the whole of krauts-dev, a warm JVM.
HEIDELTIME: Figures = {"value": 64.7, "relaxed": 81.0, "strict": 71.8, "docs / CPU s": 1.5, "load CPU s": 3.0}
TOLERANCE = 0.05  # points below the recorded figure that count as rounding
SPEEDS = ("docs / CPU s", "load CPU s")  # differ from machine to machine: shown, held to the goals of the project only
FASTEST_LOAD, SLOWEST_TAGGING = 0.3, {"de": 300.0, "en": 300.0}


def is_blind(name: str) -> bool:
    """Whether a file belongs to the part that nobody looks at."""
    return hashlib.sha256(name.encode()).hexdigest()[0] in "01234"


def measure(corpus: Path, language: str, scorer: Path, *, errors: bool) -> dict[str, Figures]:
    """Figures of the whole corpus and of both parts."""
    speed = _time_tagging(corpus, language)
    measured: dict[str, Figures] = {}
    for part in ("all", "open", "blind"):
        with tempfile.TemporaryDirectory() as folder:
            gold, system = Path(folder, "gold"), Path(folder, "system")
            for path in _part(corpus, part):
                _write_pair(path, corpus, language, gold, system)
            if errors and part == "open":
                subprocess.run([sys.executable, scorer, gold, system, "--errors"], check=True)
            measured[f"{language} {part}"] = _score(gold, system, scorer)
    measured[f"{language} all"].update(speed)
    return measured


def _part(corpus: Path, part: str) -> Iterator[Path]:
    for path in sorted((corpus / "raw").glob("*.tml")):
        if part == "all" or (part == "blind") == is_blind(path.name):
            yield path


def _write_pair(path: Path, corpus: Path, language: str, gold: Path, system: Path) -> None:
    document = read_tml(path.read_text(encoding="utf-8"), path.name)
    found = find_time_expressions(document.text, language=language, published=document.published)
    for folder in (gold, system):
        folder.mkdir(exist_ok=True)
    shutil.copy(corpus / "gold" / path.name, gold / path.name)
    (system / path.name).write_text(write_tml(document, found), encoding="utf-8")


def _score(gold: Path, system: Path, scorer: Path) -> Figures:
    result = subprocess.run(
        [sys.executable, scorer, gold, system, "--json"], check=True, capture_output=True, encoding="utf-8"
    )
    report = json.loads(result.stdout)
    return {name: round(100 * report[name]["f1"], 1) for name in METRICS}


def _time_tagging(corpus: Path, language: str) -> Figures:
    """CPU time of loading the rules and of tagging each document once, the best of three rounds."""
    folder = files("events") / "lang" / language
    loading = min(_cpu_seconds(lambda: read_grammar(language, folder)) for _ in range(3))
    documents = [read_tml(path.read_text(encoding="utf-8"), path.name) for path in _part(corpus, "all")]

    def tag() -> None:
        for document in documents:
            find_time_expressions(document.text, language=language, published=document.published)

    tag()
    tagging = min(_cpu_seconds(tag) for _ in range(3))
    return {"docs / CPU s": round(len(documents) / tagging), "load CPU s": round(loading, 3)}


def _cpu_seconds(work: object) -> float:
    start = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - start


def falls(measured: dict[str, Figures], recorded: dict[str, Figures]) -> list[str]:
    """What lies below the recorded floor or the goals for speed, in words."""
    faults = []
    for name, figures in measured.items():
        for key, value in figures.items():
            floor = recorded.get(name, {}).get(key)
            if key not in SPEEDS and floor is not None and value < floor - TOLERANCE:
                faults.append(f"{name}, {key}: {value} is below the recorded {floor}; say why, then --record")
        if figures.get("load CPU s", 0.0) > FASTEST_LOAD:
            faults.append(f"{name}: loading takes more than {FASTEST_LOAD} s")
        if figures.get("docs / CPU s", float("inf")) < SLOWEST_TAGGING[name[:2]]:
            faults.append(f"{name}: fewer than {SLOWEST_TAGGING[name[:2]]:.0f} documents per CPU second")
    return faults


def main() -> int:
    """Score what is there, print it beside the recorded figures, and fail below the floor."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--record", action="store_true", help="keep the figures as those to compare with")
    parser.add_argument("--errors", action="store_true", help="list what is wrong, in the open parts")
    options = parser.parse_args()
    scorer = options.shared / "eval" / "timex_score.py"
    measured: dict[str, Figures] = {}
    for language, name in CORPORA.items():
        corpus = options.shared / "corpora" / name
        if corpus.is_dir() and scorer.is_file():
            measured.update(measure(corpus, language, scorer, errors=options.errors))
    if not measured:
        print(f"no corpora in {options.shared}: nothing to measure")
        return 0
    recorded = read_recorded(NAME)
    rival = {"HeidelTime 2.2, de": HEIDELTIME}
    print(compare({**rival, **measured}, {**rival, **recorded}))
    faults = falls(measured, recorded)
    for fault in faults:
        print(fault, file=sys.stderr)
    if options.record:
        record(NAME, measured)
    return 1 if faults and not options.record else 0


if __name__ == "__main__":
    sys.exit(main())
