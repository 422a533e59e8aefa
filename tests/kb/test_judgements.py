"""What people decide stays, and can be taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import Document, Extraction, MalformedDate, When
from kb.checking import check_knowledge_base
from kb.errors import NotFound, RefusedJudgement
from kb.export import export_json
from kb.judgements import (
    confirm_event,
    correct_event,
    list_judgements,
    merge_actors,
    merge_events,
    orphaned_judgements,
    pin_event,
    prefer_date,
    retract_event,
    split_event,
    undo_judgement,
)
from kb.model import Selection
from kb.store import KnowledgeBase, open_for_writing
from kb.writing import describe_document, forget_document, recompute, reread_document, withdraw_document
from tests.kb.builders import NOW, Article, Told, add, article
from tests.kb.test_reproducible import articles

PAIR = ("Kim Jong Un", "Wladimir Putin")
MEETING = Told(text="Kim Jong Un traf Wladimir Putin in Wladiwostok.", who=PAIR, when="2019-04-25", place="Wladiwostok")
DINNER = Told(text="Kim Jong Un aß mit Wladimir Putin zu Abend.", who=PAIR, when="2019-04-25", kind="dinner")
SUMMIT = Told(
    text="Der Gipfel von Kim Jong Un und Donald Trump.", who=("Kim Jong Un", "Donald Trump"), when="2018-06-12"
)
ALL = Selection(everything=True)


def never(document: Document) -> Extraction:
    raise AssertionError("nothing is to be read anew")


def undo(base: KnowledgeBase, number: int) -> None:
    undo_judgement(base, number, extract=never, author="me", now=NOW)


def test_merged_events_are_one_and_stay_so(base: KnowledgeBase) -> None:
    add(base, article(MEETING, DINNER))
    merge_events(base, ["k1", "k2"], author="me", now=NOW)
    assert [event.short_id for event in base.events()] == ["k1"]
    assert base.event("k2").key == base.event("k1").key
    add(base, article(DINNER, published="2019-04-26"))
    (event,) = base.events()
    assert event.sources == 2


def test_merge_and_undo_give_equal_bytes(base: KnowledgeBase) -> None:
    add(base, article(MEETING, DINNER, SUMMIT))
    before = export_json(base, everything=True)
    number = merge_events(base, ["k1", "k2", "k3"], author="me", now=NOW)
    assert export_json(base, everything=True) != before
    undo(base, number)
    assert export_json(base, everything=True) == before
    assert {event.short_id for event in base.events()} == {"k1", "k2", "k3"}


def test_an_undoing_can_be_undone(base: KnowledgeBase) -> None:
    add(base, article(MEETING, DINNER))
    number = merge_events(base, ["k1", "k2"], author="me", now=NOW)
    merged = export_json(base, everything=True)
    undo(base, number)
    undo(base, list_judgements(base)[-1].number)
    assert export_json(base, everything=True) == merged
    with pytest.raises(RefusedJudgement, match="taken back already"):
        undo(base, number + 1)


def test_a_split_holds_across_documents(base: KnowledgeBase) -> None:
    add(base, article(MEETING), article(MEETING, published="2019-04-26"))
    (event,) = base.events()
    apart = base.mentions([event])[event.key][1]
    before = export_json(base, everything=True)
    number = split_event(base, event.short_id, [apart.key], author="me", now=NOW)
    assert [each.sources for each in base.events()] == [1, 1]
    assert check_knowledge_base(base) == ()
    undo(base, number)
    assert export_json(base, everything=True) == before


def test_a_split_divides_what_one_document_tells(base: KnowledgeBase) -> None:
    again = Told(text="Bei dem Treffen ging es um Raketen.", kind="meeting")
    add(base, article(Told(text=MEETING.text, who=PAIR, when="2019-04-25", more=(again,))))
    apart = base.mentions(base.events())[base.event("k1").key][1]
    split_event(base, "k1", [apart.key], author="me", now=NOW)
    assert [(event.mentions, event.when is None) for event in base.events()] == [(1, False), (1, True)]
    assert check_knowledge_base(base) == ()


def test_a_later_merge_overrules_a_split(base: KnowledgeBase) -> None:
    add(base, article(MEETING), article(MEETING, published="2019-04-26"))
    (event,) = base.events()
    split_event(base, "k1", [base.mentions([event])[event.key][1].key], author="me", now=NOW)
    merge_events(base, [each.short_id for each in base.events()], author="me", now=NOW)
    assert [each.sources for each in base.events()] == [2]
    assert check_knowledge_base(base) == ()


def test_merged_actors_are_one(base: KnowledgeBase) -> None:
    pope = Told(
        text="Jorge Mario Bergoglio reiste ab.", who=("Jorge Mario Bergoglio",), when="2013-03-13", kind="travel"
    )
    francis = Told(text="Papst Franziskus reiste an.", who=("Papst Franziskus",), when="2013-07-22", kind="travel")
    add(base, article(pope), article(francis))
    before = export_json(base, everything=True)
    number = merge_actors(base, ["Papst Franziskus", "Jorge Mario Bergoglio"], author="me", now=NOW)
    (actor,) = base.actors()
    assert {actor.name, *actor.aliases} == {"Papst Franziskus", "Jorge Mario Bergoglio"}
    assert actor.events == 2
    assert check_knowledge_base(base) == ()
    undo(base, number)
    assert export_json(base, everything=True) == before


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("label", "Gipfel von Wladiwostok", "Gipfel von Wladiwostok"),
        ("when", "2019-04", "2019-04"),
        ("when", None, None),
        ("status", "cancelled", "cancelled"),
        ("kind", "summit", "summit"),
        ("place", None, None),
        ("place", "donald trump", "person:donald trump"),
        ("actors", "Donald Trump:agent; KIM:topic", ["Donald Trump agent", "Kim Jong Un topic"]),
        ("actors", "", []),
    ],
)
def test_each_value_can_be_corrected(base: KnowledgeBase, field: str, value: str | None, shown: object) -> None:
    add(base, article(MEETING, SUMMIT))
    before = export_json(base, everything=True)
    wanted = value.replace("KIM", base.actor("Kim Jong Un").short_id) if value else value
    (number,) = correct_event(base, "k1", {field: wanted}, author="Eva", now=NOW)
    event = base.event("k1")
    values = {
        "label": event.label, "when": event.when and event.when.edtf, "status": event.status, "kind": event.kind,
        "place": event.place and event.place.key,
        "actors": [f"{role.actor.name} {role.role}" for role in event.actors],
    }  # fmt: skip
    assert values[field] == shown
    assert check_knowledge_base(base) == ()
    assert correct_event(base, "k1", {field: wanted}, author="Eva", now=NOW) == ()
    undo(base, number)
    assert export_json(base, everything=True) == before


def test_a_corrected_date_is_a_persons_and_the_stated_one_stays_visible(base: KnowledgeBase) -> None:
    add(base, article(MEETING))
    correct_event(base, "k1", {"when": "2019-04-24"}, author="Eva", now=NOW)
    event = base.event("k1")
    assert event.when is not None
    assert (event.when.basis, event.when_rule) == ("person", "person:Eva")
    assert event.other_whens == (When.parse("2019-04-25"),)


def test_one_of_two_stated_dates_can_be_preferred(base: KnowledgeBase) -> None:
    other = Told(text=MEETING.text, who=PAIR, when="2019-04-24")
    add(base, article(Told(text=MEETING.text, who=PAIR, when="2019-04-25", more=(other,))))
    prefer_date(base, "k1", "2019-04-24", author="me", now=NOW)
    event = base.event("k1")
    assert (event.when, event.other_whens) == (When.parse("2019-04-24"), (When.parse("2019-04-25"),))
    with pytest.raises(RefusedJudgement, match="no mention of k1 says so"):
        prefer_date(base, "k1", "2018", author="me", now=NOW)


def test_pinned_confirmed_and_retracted_events(base: KnowledgeBase) -> None:
    minor = Told(text="Wladimir Putin trank Tee.", who=("Wladimir Putin",), salience=0.1, kind="other")
    add(base, article(MEETING, minor))
    pin_event(base, "k2", author="me", now=NOW)
    confirm_event(base, "k1", author="Eva", now=NOW)
    assert [(event.short_id, event.is_pinned, event.checked_by) for event in base.events()] == [
        ("k1", False, "Eva"),
        ("k2", True, None),
    ]
    pin_event(base, "k2", is_pinned=False, author="me", now=NOW)
    retract_event(base, "k1", reason="a test", author="me", now=NOW)
    assert base.events() == ()
    assert base.event("k1").hidden_because == "retracted"


@pytest.mark.parametrize(
    ("judge", "error"),
    [
        (lambda base: merge_events(base, ["k1", "k1"], author="me", now=NOW), RefusedJudgement),
        (lambda base: merge_events(base, ["k1", "k9"], author="me", now=NOW), NotFound),
        (lambda base: merge_actors(base, ["Kim Jong Un", "kim jong-un"], author="me", now=NOW), RefusedJudgement),
        (lambda base: split_event(base, "k1", [], author="me", now=NOW), RefusedJudgement),
        (lambda base: split_event(base, "k1", ["x"], author="me", now=NOW), NotFound),
        (lambda base: correct_event(base, "k1", {"when": "morgen"}, author="me", now=NOW), MalformedDate),
        (lambda base: correct_event(base, "k1", {"status": "sure"}, author="me", now=NOW), RefusedJudgement),
        (lambda base: correct_event(base, "k1", {"label": " "}, author="me", now=NOW), RefusedJudgement),
        (lambda base: correct_event(base, "k1", {"colour": "red"}, author="me", now=NOW), NotFound),
        (lambda base: correct_event(base, "k1", {"place": "Atlantis"}, author="me", now=NOW), NotFound),
        (
            lambda base: correct_event(base, "k1", {"actors": "Kim Jong Un:king"}, author="me", now=NOW),
            RefusedJudgement,
        ),
        (lambda base: undo(base, 7), NotFound),
    ],
)
def test_a_senseless_judgement_is_refused_and_leaves_no_trace(
    base: KnowledgeBase, judge: Callable[[KnowledgeBase], object], error: type[Exception]
) -> None:
    add(base, article(MEETING))
    before = list(base.connection.iterdump())
    with pytest.raises(error):
        judge(base)
    assert list(base.connection.iterdump()) == before


def test_a_judgement_finds_its_subject_when_a_newer_extractor_reads_otherwise(base: KnowledgeBase) -> None:
    """The trigger was "traf", and becomes "in": another key, the same clause."""
    one = article(MEETING)
    add(base, one)
    correct_event(base, "k1", {"label": "Gipfel"}, author="me", now=NOW)
    reread_document(base, "d1", extract=lambda _: _with_trigger(one, "in"))
    (event,) = base.events()
    assert (event.short_id, event.label) == ("k1", "Gipfel")
    reread_document(base, "d1", extract=lambda _: one.extraction)
    assert base.event("k1").label == "Gipfel"


def test_a_judgement_whose_subject_is_gone_is_listed(base: KnowledgeBase) -> None:
    one = article(MEETING, SUMMIT)
    add(base, one)
    number = pin_event(base, "k1", author="me", now=NOW)
    assert orphaned_judgements(base) == ()
    reread_document(base, "d1", extract=lambda _: Extraction(
        document=one.document.id, model="newer", actors=(), mentions=(), events=(), links=()))  # fmt: skip
    assert [judgement.number for judgement in orphaned_judgements(base)] == [number]


def test_history_tells_who_decided_what_when(base: KnowledgeBase) -> None:
    add(base, article(MEETING, SUMMIT))
    correct_event(base, "k1", {"label": "Gipfel"}, author="Eva", now=NOW)
    confirm_event(base, "k2", author="Uwe", now=NOW)
    (judgement,) = list_judgements(base, "k1")
    assert (judgement.author, judgement.made_at, judgement.action) == ("Eva", NOW, "correct")
    assert (judgement.before, judgement.after) == ("Kim Jong Un traf Wladimir Putin in Wladiwostok", "Gipfel")
    assert len(list_judgements(base)) == 2


def test_judgements_are_never_changed(base: KnowledgeBase) -> None:
    add(base, article(MEETING))
    pin_event(base, "k1", author="me", now=NOW)
    for statement in ("UPDATE judgement SET author = 'x'", "DELETE FROM judgement"):
        with pytest.raises(Exception, match="judgements are never"):
            base.connection.execute(statement)


def test_a_withdrawn_document_leaves_every_view_and_can_come_back(base: KnowledgeBase) -> None:
    one = article(MEETING)
    add(base, one, article(MEETING, published="2019-04-26"), article(SUMMIT))
    before = export_json(base, everything=True)
    withdraw_document(base, "d1", reason="invented", author="me", now=NOW)
    assert base.document("d1").withdrawn_because == "invented"
    assert one.document.id not in export_json(base, everything=True)
    assert [event.sources for event in base.events()] == [1, 1]
    assert add(base, one) == ["withdrawn"]
    undo(base, list_judgements(base)[-1].number)
    assert export_json(base, everything=True) == before


def test_a_forgotten_document_leaves_no_word_in_the_file(tmp_path: Path) -> None:
    secret = Told(text="Kim Jong Un traf den Zwetschgenmann.", who=("Kim Jong Un",), when="2019-04-25")
    one = article(secret, path="geheim.txt")
    with open_for_writing(tmp_path / "test.db") as base:
        add(base, one, article(MEETING))
        forget_document(base, "d1", reason="by law", author="me", now=NOW)
        assert check_knowledge_base(base) == ()
        assert add(base, one) == ["forgotten"]
        assert base.text(one.document.id) == ""
        assert base.document(one.document.id).withdrawn_because == "by law"
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Wladimir" in data
    for word in (b"wetschgenmann", b"geheim.txt"):
        assert word not in data


def test_corrected_metadata_survive_reading_anew(base: KnowledgeBase) -> None:
    one = article(MEETING)
    add(base, one)
    describe_document(base, "d1", {"outlet": "Die Zeitung"}, extract=lambda _: one.extraction, author="me", now=NOW)
    reread_document(base, "d1", extract=lambda _: one.extraction)
    assert base.document("d1").outlet == "Die Zeitung"
    number = list_judgements(base)[-1].number
    undo_judgement(base, number, extract=lambda _: one.extraction, author="me", now=NOW)
    assert base.document("d1").outlet == "Beispielzeitung"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents=st.lists(articles(), min_size=2, max_size=5, unique_by=lambda each: each.document.id), data=st.data())
def test_any_judgements_follow_from_rows_and_can_be_taken_back(documents: list[Article], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, open_for_writing(Path(folder) / "test.db") as base:
        add(base, *documents)
        before = export_json(base, everything=True)
        for _ in range(data.draw(st.integers(1, 4))):
            _judge_somehow(base, data)
            assert check_knowledge_base(base) == ()
        judged = export_json(base, everything=True)
        again = data.draw(st.sampled_from(documents))
        reread_document(base, again.document.id, extract=lambda _: again.extraction)
        assert export_json(base, everything=True) == judged
        recompute(base)
        assert export_json(base, everything=True) == judged
        for judgement in reversed(list_judgements(base)):
            undo(base, judgement.number)
        assert export_json(base, everything=True) == before


def _judge_somehow(base: KnowledgeBase, data: st.DataObject) -> None:
    events = base.events(ALL)
    event = data.draw(st.sampled_from(events))
    action = data.draw(st.sampled_from(("merge", "split", "retract", "correct", "pin", "actors")))
    mentions = [mention.key for mention in base.mentions([event])[event.key]]
    if action == "merge" and len(events) > 1:
        other = data.draw(st.sampled_from([each for each in events if each.key != event.key]))
        merge_events(base, [event.key, other.key], author="me", now=NOW)
    elif action == "split" and len(mentions) > 1:
        apart = data.draw(st.lists(st.sampled_from(mentions), min_size=1, max_size=len(mentions) - 1, unique=True))
        split_event(base, event.key, apart, author="me", now=NOW)
    elif action == "retract":
        retract_event(base, event.key, reason="", author="me", now=NOW)
    elif action == "correct":
        correct_event(base, event.key, {"when": "2019-04-20", "status": "occurred"}, author="me", now=NOW)
    elif action == "actors" and len(base.actors(everything=True)) > 1:
        first, second = base.actors(everything=True)[:2]
        merge_actors(base, [first.key, second.key], author="me", now=NOW)
    else:
        pin_event(base, event.key, author="me", now=NOW)


def _with_trigger(one: Article, word: str) -> Extraction:
    from dataclasses import replace

    (mention,) = one.extraction.mentions
    start = one.document.text.index(f" {word} ") + 1
    key = f"{start}:{word}"
    (event,) = one.extraction.events
    return replace(
        one.extraction,
        mentions=(replace(mention, key=key, trigger=word, trigger_start=start),),
        events=(replace(event, key=key, mentions=(key,)),),
    )
