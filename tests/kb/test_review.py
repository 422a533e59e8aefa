"""What to check first, in the terminal and in a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from events import ActorMention, UnreadableSource
from kb.errors import RefusedJudgement
from kb.judgements import confirm_event, correct_event, list_judgements, merge_events
from kb.model import Selection
from kb.review import Ruling, apply_rulings, find_doubtful, read_rulings
from kb.store import KnowledgeBase
from tests.kb.builders import NOW, Article, Told, add, article
from tests.kb.commands import CROSSING, HEARSAY, SINGAPORE, VLADIVOSTOK, Ran, run, small_base
from tests.kb.commands import plain_models as plain_models

PAIR = ("Kim Jong Un", "Wladimir Putin")


def doubts(base: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    return {each.event.label: each.doubts for each in find_doubtful(base)}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Told(text="Kim Jong Un traf Wladimir Putin.", who=PAIR, when="2019-04-25"), ("label_composed",)),
        (Told(text="Kim Jong Un traf Wladimir Putin.", who=PAIR, when="?2019-04-25"),
         ("from_context", "label_composed")),
        (Told(text="Kim Jong Un traf Wladimir Putin.", who=PAIR), ("undated", "label_composed")),
        (Told(text="Kim Jong Un traf Wladimir Putin.", who=PAIR, when="2019-04-25", reported_by=""),
         ("reported", "label_composed")),
    ],
)  # fmt: skip
def test_each_doubt_has_its_reason(base: KnowledgeBase, told: Told, expected: tuple[str, ...]) -> None:
    add(base, article(told))
    assert list(doubts(base).values()) == [expected]


def test_sources_that_differ_are_a_doubt_until_a_person_decides(base: KnowledgeBase) -> None:
    first = Told(text="Kim Jong Un traf Wladimir Putin.", who=PAIR, when="2019-04-25")
    second = Told(text="Kim Jong Un sah Wladimir Putin.", who=PAIR, when="2019-04-24")
    add(base, article(Told(text=first.text, who=PAIR, when=first.when, more=(second,))))
    assert next(iter(doubts(base).values())) == ("sources_differ", "label_composed")
    correct_event(base, "k1", {"when": "2019-04-24", "label": "Putin trifft Kim"}, author="Eva", now=NOW)
    assert doubts(base) == {}


def with_pronoun(told: Article, name: str) -> Article:
    """The article as if one actor stood there as a pronoun only."""
    from dataclasses import replace

    def as_pronoun(mention: ActorMention) -> ActorMention:
        return replace(mention, form="pronoun")

    actors = tuple(
        replace(actor, mentions=tuple(map(as_pronoun, actor.mentions))) if actor.name == name else actor
        for actor in told.extraction.actors
    )
    return replace(told, extraction=replace(told.extraction, actors=actors))


def test_who_stands_there_as_a_pronoun_only_is_named(base: KnowledgeBase) -> None:
    add(base, with_pronoun(article(VLADIVOSTOK), "Wladimir Putin"))
    (found,) = find_doubtful(base)
    assert found.doubts == ("actor_guessed", "label_composed")
    assert found.guessed == ("Wladimir Putin",)


def test_salience_times_doubt_gives_the_order(base: KnowledgeBase) -> None:
    light = Told(text="Kim Jong Un schrieb Wladimir Putin.", who=PAIR, salience=0.55, kind="message")
    heavy = Told(text="Kim Jong Un traf Wladimir Putin.", who=PAIR, salience=0.95)
    sure = Told(text="Kim Jong Un besuchte Wladimir Putin.", who=PAIR, when="2019-04-25", salience=1.0, kind="visit")
    add(base, article(light, heavy, sure))
    assert [each.event.label.split()[3] for each in find_doubtful(base)] == ["traf", "schrieb", "besuchte"]


def test_what_is_confirmed_is_no_longer_asked(base: KnowledgeBase) -> None:
    add(base, article(CROSSING, SINGAPORE))
    confirm_event(base, "k1", author="Eva", now=NOW)
    assert [each.event.short_id for each in find_doubtful(base)] == ["k2"]


@pytest.mark.parametrize(
    ("told_later", "is_open"), [("2019-04-25", False), ("2019-04", False), (None, False), ("2019-04-24", True)]
)
def test_a_date_that_contradicts_opens_a_confirmed_event_again(
    base: KnowledgeBase, told_later: str | None, is_open: bool
) -> None:
    minor = Told(text="Kim Jong Un traf Wladimir Putin.", who=PAIR, when="2019-04-25", salience=0.3)
    later = Told(text="Kim Jong Un sah Wladimir Putin.", who=PAIR, when=told_later, salience=0.3)
    add(base, article(minor))
    confirm_event(base, "k1", author="Eva", now=NOW)
    add(base, article(later, published="2019-04-26"))
    if base.count_events(Selection(everything=True)) > 1:
        merge_events(base, ["k1", "k2"], author="Eva", now=NOW)
    assert (base.event("k1").checked_by is None) == is_open
    assert base.event("k1").is_shown


# Spreadsheets ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_base(tmp_path)


def do(path: Path, *arguments: str | Path, stdin: str = "", ui: str = "de") -> Ran:
    return run("--kb", path, *arguments, stdin=stdin.encode(), ui=ui)


def written(path: Path, sheet: Path, ui: str = "de") -> list[dict[str, str]]:
    assert do(path, "review", "--csv", sheet, ui=ui).code == 0
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";" if ui == "de" else ","))


def fill(sheet: Path, rows: list[dict[str, str]], separator: str = ";") -> None:
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("ui", ["de", "en"])
def test_a_sheet_is_written_filled_in_and_applied(path: Path, tmp_path: Path, ui: str) -> None:
    sheet = tmp_path / "sheet.csv"
    rows = written(path, sheet, ui)
    assert rows[0]["reasons"]
    first, second, third, *_ = rows
    first.update(decision="ok")
    second.update(new_label="=Neue Zeile", new_date="Mai 2019")
    third.update(decision="Retract", reason="kein Ereignis")
    fill(sheet, rows, ";" if ui == "de" else ",")
    ran = do(path, "review", "--apply", sheet, "--author", "Eva")
    assert ran.out == "1 geprüft, 1 berichtigt, 1 herausgenommen\n"
    events = {event["id"]: event for event in do(path, "events", "--all", "--json").json()["events"]}
    assert events[first["event"]]["checked_by"] == "Eva"
    assert events[second["event"]]["label"] == "=Neue Zeile"
    assert events[second["event"]]["when"]["edtf"] == "2019-05"
    assert not events[third["event"]]["shown"]
    again = do(path, "review", "--apply", sheet)
    assert (again.code, again.out) == (0, "Keine Entscheidungen.\n"), again.err


def test_a_formula_in_a_label_is_written_as_text_and_read_back(path: Path, tmp_path: Path) -> None:
    do(path, "correct", "k8", "--label", "=SUMME(A1)")
    sheet = tmp_path / "sheet.csv"
    row = next(row for row in written(path, sheet) if row["event"] == "k8")
    assert row["label"] == "'=SUMME(A1)"
    row.update(decision="confirm")
    fill(sheet, [row])
    assert do(path, "review", "--apply", sheet).out == "1 geprüft\n"


WRONG = [
    ({"decision": "vielleicht"}, "line 3: 'vielleicht' is no decision"),
    ({"decision": "retract"}, "line 3: to retract needs a reason"),
    ({"decision": "correct"}, "line 3: nothing to correct"),
    ({"new_date": "neulich"}, "line 3: new_date"),
    ({"label": "Selbst geändert"}, "line 3: label"),
    ({"event": "k99", "decision": "ok"}, "line 3: k99"),
]


@pytest.mark.parametrize(("change", "message"), WRONG, ids=[str(change) for change, _ in WRONG])
def test_a_wrong_row_names_its_line_and_nothing_is_applied(
    path: Path, tmp_path: Path, change: dict[str, str], message: str
) -> None:
    sheet = tmp_path / "sheet.csv"
    rows = written(path, sheet)
    rows[0].update(decision="ok")
    rows[1].update(change)
    fill(sheet, rows)
    ran = do(path, "review", "--apply", sheet)
    assert ran.code == 1
    assert message in ran.err
    assert do(path, "history").out == ""


def test_rows_before_the_wrong_one_are_taken_back(base: KnowledgeBase) -> None:
    add(base, article(CROSSING, HEARSAY))
    label = base.event("k1").label
    good = Ruling(where="line 2", event="k1", label=label, decision="confirm", changes=(), reason="")
    bad = Ruling(where="line 3", event="k9", label="", decision="confirm", changes=(), reason="")
    with pytest.raises(RefusedJudgement, match="line 3"):
        apply_rulings(base, [good, bad], author="Eva", now=NOW)
    assert list_judgements(base) == ()
    assert base.event("k1").checked_by is None


def test_a_sheet_without_the_columns_is_refused(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="no column event, label, decision"):
        read_rulings(sheet)


# In the terminal ------------------------------------------------------------------------------------------------------


def first_ids(path: Path, tmp_path: Path) -> list[str]:
    return [row["event"] for row in written(path, tmp_path / "order.csv")]


def event(path: Path, name: str) -> dict[str, object]:
    found: dict[str, object] = do(path, "show", name, "--json").json()["event"]
    return found


def test_one_key_each_decides(path: Path, tmp_path: Path) -> None:
    first, second, third, *_ = first_ids(path, tmp_path)
    ran = do(path, "review", "--author", "Eva", stdin="b\nw\nh\nkein Ereignis\ne\n")
    assert ran.code == 0, ran.err
    assert "Zu prüfen: " in ran.out
    assert event(path, first)["checked_by"] == "Eva"
    assert event(path, second)["checked_by"] is None
    assert event(path, third)["shown"] is False
    assert "2 Entscheidungen" in ran.err


def test_a_corrected_event_is_shown_again_to_be_confirmed(path: Path, tmp_path: Path) -> None:
    first, *_ = first_ids(path, tmp_path)
    ran = do(path, "review", stdin="k\nNeue Zeile\n24.4.2019\nb\n")
    assert ran.out.count(f"{first}  24. April 2019: Neue Zeile") == 1
    shown_again = ran.out.split("Neue Zeile")[1].split("\n\n")[0]
    assert "maschinell" not in shown_again, "a person has worded the line now"
    assert "2 Entscheidungen, " in ran.err
    assert event(path, first)["label"] == "Neue Zeile"
    assert event(path, first)["checked_by"]


def test_undo_returns_to_the_event_decided_last(path: Path, tmp_path: Path, plain_models: None) -> None:
    before = do(path, "export", "--all").out
    first, *_ = first_ids(path, tmp_path)
    ran = do(path, "review", stdin="b\nz\nk\nNeu\n\nz\nz\n")
    assert ran.out.count(f"  {first}  ") == 4, "at first, taken back, corrected, taken back"
    assert "keine Entscheidung" in ran.err
    assert do(path, "export", "--all").out == before


@pytest.mark.parametrize("stdin", ["", "?\n", "h\n\n", "k\n\n\n", "k\n\nneulich\n"])
def test_what_decides_nothing_changes_nothing(path: Path, stdin: str) -> None:
    assert do(path, "review", stdin=stdin).code == 0
    assert do(path, "history").out == ""


def test_filters_narrow_what_is_reviewed(path: Path) -> None:
    assert do(path, "review", "Gipfel", "--unchecked").out.count("  »") == 1
    assert "1/1" in do(path, "review", "Gipfel").out
    assert "Nichts Zweifelhaftes" in do(path, "review", "Gipfel", "--checked").err
    do(path, "confirm", "k4")
    assert do(path, "events", "--checked", "--json").json()["events"][0]["id"] == "k4"
    assert "k4" not in {each["id"] for each in do(path, "events", "--unchecked", "--json").json()["events"]}
    assert do(path, "review", "--csv", "a.csv", "--apply", "b.csv").code == 2
