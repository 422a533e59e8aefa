"""The judge of chains: what it accepts, and each thing that it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.chains import judge, read_questions
from benchmarks.recording import compare
from events import When, iso_day

QUESTION = {
    "id": "test", "from_when": "2018-06-12", "to_when": "2019-04-25", "core": ["2019-02-27/2019-02-28"],
    "accept": [
        {"when": "2019-02", "words": ["Hanoi"]},
        {"when": "2018-09", "words": ["Pjöngjang"]},
    ],
    "reject": [{"when": "2018-09", "words": ["Stadion"]}],
}  # fmt: skip


def event(edtf: str, label: str) -> dict[str, Any]:
    when = When.parse(edtf)
    bounds = {"earliest": iso_day(when.earliest), "latest": iso_day(when.latest)}
    return {"label": label, "when": {"edtf": edtf, **bounds}, "actors": [], "place": None, "quotation": None}


def chain(*events: dict[str, Any], stated: bool = False) -> dict[str, Any]:
    return {"events": list(events), "steps": [{"stated": [{}] if stated else []} for _ in events[1:]]}


FROM, TO = event("2018-06-12", "Singapur"), event("2019-04-25", "Wladiwostok")
HANOI, PYONGYANG = event("2019-02-27/2019-02-28", "Gipfel in Hanoi"), event("2018-09-19", "Moon in Pjöngjangs Palast")


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (chain(FROM, PYONGYANG, HANOI, TO), None),
        (chain(FROM, HANOI, TO), None),
        ({}, "no chain"),
        (chain(FROM, TO), "nothing between"),
        (chain(PYONGYANG, HANOI, TO), "from is"),
        (chain(FROM, HANOI, HANOI), "to is"),
        (chain(FROM, PYONGYANG, TO), "no step at the core"),
        (chain(FROM, HANOI, PYONGYANG, TO), "not in certain order"),
        (chain(FROM, event("2018-09-19", "Moon im Stadion von Pjöngjang"), HANOI, TO), "rejected"),
        (chain(FROM, event("2018-07", "Regen"), event("2018-08", "Sturm"), HANOI, TO), "1 of 3 steps accepted"),
    ],
)
def test_chains_are_judged_by_the_rules_of_the_questions(answer: dict[str, Any], fault: str | None) -> None:
    faults = judge(QUESTION, answer)
    if fault is None:
        assert faults == []
    else:
        assert any(fault in found for found in faults)


def test_stated_order_needs_no_dates() -> None:
    assert judge(QUESTION, chain(FROM, event("2019-02", "Hanoi"), HANOI, TO, stated=True)) == []


def test_every_question_can_be_read() -> None:
    for question in read_questions():
        for edtf in (question["from_when"], question["to_when"], *question["core"]):
            When.parse(edtf)
        for entry in (*question["accept"], *question.get("reject", ())):
            When.parse(entry["when"])
            assert entry["words"]


def test_figures_are_printed_beside_the_recorded_ones() -> None:
    lines = compare({"a": {"F1": 0.5, "n": 3}}, {"a": {"F1": 0.25}}).splitlines()
    assert "0.500 (+0.250)" in lines[1]
    assert "3    (new)" in lines[2]
