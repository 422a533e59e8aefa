"""Questions for chains on the example articles, judged by the answers that a journalist would accept.

    python -m benchmarks.chains [--record] [--show]

The questions and the rules by which an answer is right stand in `docs/examples/questions.toml`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.recording import Figures, compare, read_recorded, record
from benchmarks.running import ROOT, run_zeitstrahl
from events import When

NAME = "chains"
EXAMPLES = ROOT / "docs" / "examples"
ENOUGH = 2 / 3  # of the steps between must be accepted


def read_questions() -> list[dict[str, Any]]:
    """All questions, as the file has them."""
    questions: list[dict[str, Any]] = tomllib.loads((EXAMPLES / "questions.toml").read_text("utf-8"))["question"]
    return questions


def judge(question: Mapping[str, Any], chain: Mapping[str, Any]) -> list[str]:
    """What is wrong with an answer, empty for a right one; `chain` is the object of `chain --json`."""
    events: Sequence[Mapping[str, Any]] = chain.get("events", ())
    if not events:
        return ["no chain"]
    faults = [
        f"{name} is {events[place]['label']!r}"
        for name, place in (("from", 0), ("to", -1))
        if not _lies_within(events[place], question[f"{name}_when"])
    ]
    steps = events[1:-1]
    if not steps:
        return [*faults, "nothing between"]
    ordered = [_bounds(first)[1] < _bounds(second)[0] for first, second in pairwise(events)]
    if not all(by_date or step["stated"] for by_date, step in zip(ordered, chain["steps"], strict=True)):
        faults.append("not in certain order")
    faults += [
        f"rejected: {step['label']!r}" for step in steps for bad in question.get("reject", ()) if _fits(step, bad)
    ]
    if not any(_lies_within(step, when) for step in steps for when in question["core"]):
        faults.append("no step at the core of the story")
    accepted = [step for step in steps if any(_fits(step, good) for good in question["accept"])]
    if len(accepted) < ENOUGH * len(steps):
        faults.append(f"{len(accepted)} of {len(steps)} steps accepted")
    return faults


def _fits(step: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    names = [actor["name"] for actor in step["actors"]] + ([step["place"]["name"]] if step["place"] else [])
    text = " ".join([step["label"], *names, (step["quotation"] or {}).get("text", "")]).casefold()
    return _lies_within(step, entry["when"]) and any(word.casefold() in text for word in entry["words"])


def _bounds(event: Mapping[str, Any]) -> tuple[str, str]:
    when = event["when"] or {}
    return when.get("earliest") or "", when.get("latest") or "9999"


def _lies_within(event: Mapping[str, Any], edtf: str) -> bool:
    return event["when"] is not None and When.parse(edtf).contains(When.parse(event["when"]["edtf"]))


def measure(*, show: bool) -> dict[str, Figures]:
    """The share of questions answered well, with the reasons of the others where wanted."""
    questions, right, cpu = read_questions(), 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder, "examples.db")
        run_zeitstrahl("--kb", base, "add", EXAMPLES / "korea")
        for question in questions:
            ran = run_zeitstrahl("--kb", base, "chain", "--json", question["from"], question["to"], may_fail=True)
            cpu += ran.cpu_seconds
            chain = json.loads(ran.output) if ran.code == 0 else {}
            faults = judge(question, chain)
            right += not faults
            if show:
                print(f"{'right' if not faults else 'WRONG'}  {question['id']}: {'; '.join(faults)}")
                for event in chain.get("events", ()):
                    print(f"         {(event['when'] or {}).get('edtf')}  {event['label']}")
    return {
        "examples": {
            "questions": len(questions), "right": right, "share": right / len(questions),
            "CPU s a question": cpu / len(questions),
        }
    }  # fmt: skip


def main() -> None:
    """Ask all questions and print the share answered well against the last recorded one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", action="store_true", help="keep the figures as those to compare with")
    parser.add_argument("--show", action="store_true", help="print each chain and what is wrong with it")
    options = parser.parse_args()
    measured = measure(show=options.show)
    print(compare(measured, read_recorded(NAME)))
    if options.record:
        record(NAME, measured)


if __name__ == "__main__":
    main()
