"""The gold files point into their texts, and every quotation of the pairs and questions exists."""

import datetime
import hashlib
import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EXAMPLES = ROOT / "docs" / "examples"
GOLD = sorted(HERE.glob("*/*.gold.json"))
STATUSES = {"occurred", "planned", "cancelled", "denied", "possible"}


def gold_and_text(path: Path) -> tuple[dict[str, Any], str]:
    """A gold file and the text it annotates."""
    gold = json.loads(path.read_text("utf-8"))
    return gold, path.with_name(gold["document"] + ".txt").read_text("utf-8")


def test_both_halves_have_articles_in_two_languages() -> None:
    for half in ("tuned", "blind"):
        languages = [gold_and_text(path)[0]["language"] for path in GOLD if path.parent.name == half]
        assert len(languages) >= 6
        assert languages.count("en") >= 2


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name)
def test_a_gold_file_belongs_to_its_text(path: Path) -> None:
    gold, text = gold_and_text(path)
    assert gold["document"] + ".gold.json" == path.name
    assert hashlib.sha256(text.encode()).hexdigest() == gold["sha256"]
    assert path.name.startswith(datetime.date.fromisoformat(gold["published"]).isoformat())


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name)
def test_evidence_lies_in_the_text_and_on_no_other_event(path: Path) -> None:
    gold, text = gold_and_text(path)
    spans = sorted(tuple(span) for event in gold["events"] for span in event["evidence"])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name)
def test_every_event_has_a_known_status_a_date_and_evidence(path: Path) -> None:
    gold, _ = gold_and_text(path)
    ids = [event["id"] for event in gold["events"]]
    assert len(ids) == len(set(ids))
    for event in gold["events"]:
        assert event["status"] in STATUSES
        assert event["when"] and event["evidence"]
        assert all(actor and all(actor) for actor in event["actors"])
    assert all(step in ids for chain in gold.get("chains", ()) for step in chain["order"])


def test_questions_for_chains_name_days_and_words() -> None:
    questions = tomllib.loads((EXAMPLES / "questions.toml").read_text("utf-8"))["question"]
    assert len(questions) >= 10
    for question in questions:
        for step in (*question["accept"], *question.get("reject", ())):
            assert re.fullmatch(r"\d{4}[-\d/]*", step["when"]) and step["words"]
        assert question["core"]


def pairs() -> list[dict[str, Any]]:
    """The pairs of mentions, as they stand in the file."""
    found: list[dict[str, Any]] = tomllib.loads((HERE / "pairs.toml").read_text("utf-8"))["pair"]
    return found


def test_pairs_are_many_and_balanced() -> None:
    same = sum(pair["same"] for pair in pairs())
    assert len(pairs()) >= 60
    assert 0.4 <= same / len(pairs()) <= 0.6


def test_a_pair_quotes_two_documents_exactly_and_none_of_the_blind() -> None:
    for pair in pairs():
        assert pair["left"]["file"] != pair["right"]["file"]
        for side in (pair["left"], pair["right"]):
            assert "/blind/" not in side["file"]
            assert (ROOT / side["file"]).read_text("utf-8").count(side["quote"]) == 1, side["quote"]
            assert len(re.findall(rf"\b{side['word']}\b", side["quote"])) == 1, side


def test_no_chain_of_same_pairs_joins_what_another_pair_keeps_apart() -> None:
    group: dict[tuple[str, str], tuple[str, str]] = {}

    def root(mention: tuple[str, str]) -> tuple[str, str]:
        while (parent := group.setdefault(mention, mention)) != mention:
            mention = parent
        return mention

    sides = [(pair["same"], *((pair[s]["file"], pair[s]["quote"]) for s in ("left", "right"))) for pair in pairs()]
    for same, left, right in sides:
        if same:
            group[root(left)] = root(right)
    assert all(root(left) != root(right) for same, left, right in sides if not same)
