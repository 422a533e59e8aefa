"""`chain` as it is asked: through an actor, within a time, so long, with alternatives, with one end left open."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.kb.commands import run, small_base

# Of the small knowledge base: k1 invitation, k2 Singapore, k3 Pyongyang, k4 Hanoi, k5 border, k6 Vladivostok,
# k7 (planned) Beijing, k8 without a date, k9 some day of 2018.


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_base(tmp_path_factory.mktemp("base"))


@pytest.mark.parametrize(
    ("arguments", "events"),
    [
        (["k2", "k6"], "k2 k4 k5 k6"),
        (["k2", "--to", "k6"], "k2 k4 k5 k6"),
        (["--from", "k2", "k6"], "k2 k4 k5 k6"),
        (["--from", "k2", "--to", "k6"], "k2 k4 k5 k6"),
        (["k2", "k6", "--steps", "1"], "k2 k4 k6"),
        (["k2", "k6", "--steps", "1", "--via", "Moon Jae In"], "k2 k3 k6"),
        (["k2", "k6", "--steps", "2", "--via", "Moon Jae In"], "k2 k3 k4 k6"),
        (["k2", "k6", "--steps", "2", "--since", "2019"], "k2 k4 k5 k6"),
        (["k2", "k6", "--until", "2018"], "k2 k3 k6"),
        (["k2", "k6", "--since", "2018-10", "--until", "März 2019"], "k2 k4 k6"),
        (["k2", "k6", "--steps", "4"], "k2 k6"),
        (["k2", "k6", "--via", "Sergej Lawrow"], "k2 k6"),
        (["--to", "k4"], "k1 k2 k4"),
        (["--to", "k4", "--steps", "1"], "k2 k4"),
        (["--to", "k4", "--via", "Moon Jae In", "--steps", "1"], "k3 k4"),
        (["--from", "k4"], "k4 k5 k6"),
        (["--from", "k4", "--status", "geplant"], "k4 k7"),
        (["--from", "k6", "--status", "planned"], "k6 k7"),
        (["--from", "k4", "--status", "planned", "--status", "occurred"], "k4 k5 k6 k7"),
        (["--from", "k6"], "k6"),
        (["--to", "k1"], "k1"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_each_question_has_its_chain(path: Path, arguments: list[str], events: str) -> None:
    chain = run("--kb", path, "chain", *arguments, "--json").json()
    assert " ".join(event["id"] for event in chain["events"]) == events
    assert len(chain["steps"]) == len(chain["events"]) - 1
    days = [(event["when"]["earliest"], event["when"]["latest"]) for event in chain["events"]]
    assert all(first[1] < second[0] for first, second in pairwise(days))


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["k2", "k6", "--steps", "4"], "Keine Kette in sicherer Reihenfolge hat genau 4 Ereignisse dazwischen."),
        (["k2", "k6", "--via", "Sergej Lawrow"], "Keine Kette in sicherer Reihenfolge führt über Sergej Lawrow."),
        (["k2", "k6", "--until", "2018"], "Nur 1 Ereignis liegt in sicherer Reihenfolge dazwischen."),
        (["k2", "k6", "--between", "1"], "Von Donald Trump traf Kim Jong Un in Singapur"),
        (["--from", "k6"], "Nichts, was mit k6 verbunden ist, liegt in sicherer Reihenfolge danach."),
        (["--to", "k1"], "Nichts, was mit k1 verbunden ist, liegt in sicherer Reihenfolge davor."),
        (["--to", "k4"], "Was vorausging: "),
        (["--from", "k4"], "Was folgte auf: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_not_as_asked_for_is_said(path: Path, arguments: list[str], line: str) -> None:
    ran = run("--kb", path, "chain", *arguments)
    assert ran.code == 0, ran.err
    assert line in ran.out
    assert ran.out.splitlines()[-1] == "Die Reihenfolge der Ereignisse sagt nichts über Ursachen."


def test_alternatives_follow_and_quote_nothing_twice(path: Path) -> None:
    out = run("--kb", path, "chain", "k2", "k6", "--steps", "1", "--alternatives", "2").out
    assert out.count("Andere Kette") == 2
    assert out.index("Andere Kette (2)") < out.index("Andere Kette (3)")
    assert out.count("»Wladimir Putin traf Kim Jong Un in Wladiwostok.«") == 1
    chain = run("--kb", path, "chain", "k2", "k6", "--steps", "1", "--alternatives", "9", "--json").json()
    found = [tuple(event["id"] for event in each["events"]) for each in (chain, *chain["alternatives"])]
    assert sorted(found) == [("k2", "k3", "k6"), ("k2", "k4", "k6"), ("k2", "k5", "k6")]
    assert all(len(each["steps"]) == 2 for each in chain["alternatives"])


def test_one_end_alone_has_neither_open_order_nor_what_came_before(path: Path) -> None:
    chain = run("--kb", path, "chain", "--to", "k4", "--json").json()
    assert (chain["direct"], chain["open"], chain["prehistory"], chain["alternatives"]) == ([], [], [], [])


def test_a_page_presents_what_led_to_an_event(path: Path, tmp_path: Path) -> None:
    page = tmp_path / "kette.html"
    ran = run("--kb", path, "chain", "--to", "k4", "--alternatives", "1", "-o", page)
    assert (ran.code, ran.out.strip()) == (0, str(page))
    text = page.read_text(encoding="utf-8")
    assert "<title>Was vorausging: Der zweite Gipfel" in text
    assert "gemeinsam: Donald Trump, Kim Jong Un" in text or "gemeinsam: Kim Jong Un" in text


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "FROM und TO"),
        (["k2"], 2, "FROM und TO"),
        (["k2", "k6", "--to", "k4"], 2, "FROM und TO"),
        (["k2", "--from", "k4", "--to", "k6"], 2, "FROM und TO"),
        (["k2", "k6", "--steps", "2", "--between", "2-3"], 2, "schließen einander aus"),
        (["--to", "k6", "--between", "2-3"], 2, "--steps"),
        (["k2", "k6", "--steps", "0"], 2, "--steps"),
        (["k2", "k6", "--via", "Angela Merkel"], 1, "Angela Merkel"),
        (["k2", "k6", "--since", "vorgestern"], 1, "vorgestern"),
        (["k2", "k6", "--status", "vielleicht"], 1, "vielleicht"),
        (["--to", "k8"], 1, "k8 hat kein Datum"),
        (["--from", "k99"], 1, "k99"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_question_that_makes_no_sense_is_refused(path: Path, arguments: list[str], code: int, message: str) -> None:
    ran = run("--kb", path, "chain", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
