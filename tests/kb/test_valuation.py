"""Which value an event has when its mentions differ: each rule with an example."""

from __future__ import annotations

import pytest

from events import When
from kb.judgements import merge_events
from kb.store import KnowledgeBase
from kb.valuation import SHOWN_FROM
from tests.kb.builders import NOW, Told, add, article

PAIR = ("Kim Jong Un", "Wladimir Putin")


def told(text: str, **more: object) -> Told:
    return Told(text=text, who=more.pop("who", PAIR), **more)  # type: ignore[arg-type]


WHENS = [
    ("the most precise", ["2019-04", "2019-04-25"], "2019-04-25", []),
    ("stated before inherited", ["?2019-04-25", "2019-04"], "2019-04", []),
    ("the longer of two that are as precise", ["2019-02-28", "2019-02-27/2019-02-28"], "2019-02-27/2019-02-28", []),
    ("the earlier in the text of two that contradict", ["2019-04-24", "2019-04-25"], "2019-04-24", ["2019-04-25"]),
    ("an unknown one", [None, None], None, []),
    ("a year, where nothing is finer", ["2019", None], "2019", []),
]


@pytest.mark.parametrize(("why", "whens", "shown", "others"), WHENS)
def test_the_date_of_an_event(
    base: KnowledgeBase, why: str, whens: list[str | None], shown: str | None, others: list[str]
) -> None:
    first, second = (told(f"Kim Jong Un traf Wladimir Putin {n} Mal.", when=when) for n, when in enumerate(whens))
    add(base, article(told(first.text, when=first.when, more=(second,))))
    (event,) = base.events()
    assert (event.when and event.when.edtf) == shown, why
    assert [other.edtf for other in event.other_whens] == others, why


def test_of_two_days_the_one_that_more_documents_tell_is_shown(base: KnowledgeBase) -> None:
    days = (("2019-04-24", "2019-04-25"), ("2019-04-25", "2019-04-26"), ("2019-04-25", "2019-04-27"))
    add(base, *(article(told("Kim Jong Un traf Wladimir Putin.", when=when), published=day) for when, day in days))
    merge_events(base, [event.short_id for event in base.events()], author="me", now=NOW)
    (event,) = base.events()
    assert (event.when, event.other_whens) == (When.parse("2019-04-25"), (When.parse("2019-04-24"),))


def test_what_is_asserted_flatly_gives_the_date(base: KnowledgeBase) -> None:
    hearsay = told("Es soll am 24. gewesen sein.", when="2019-04-24", reported_by="")
    add(base, article(told("Kim Jong Un traf Wladimir Putin.", when="2019-04-25", more=(hearsay,))))
    (event,) = base.events()
    assert (event.when, event.other_whens) == (When.parse("2019-04-25"), (When.parse("2019-04-24"),))


def test_the_place_is_that_of_most_mentions_and_a_town_before_its_state(base: KnowledgeBase) -> None:
    more = (told("Sie sprachen in Russland.", place="Russland"), told("Sie saßen in Russland.", place="Russland"),
            told("Sie aßen in Berlin.", place="Berlin"), told("Sie standen in Wladiwostok.", place="Wladiwostok"),
            told("Sie gingen in Wladiwostok.", place="Wladiwostok"))  # fmt: skip
    add(base, article(told("Kim Jong Un traf Wladimir Putin.", when="2019-04-25", more=more)))
    (event,) = base.events()
    assert event.place is not None
    assert event.place.name == "Wladiwostok"


def test_an_actor_has_the_role_that_most_mentions_give(base: KnowledgeBase) -> None:
    more = (told("Putin half.", who=("Wladimir Putin:agent",)), told("Putin ging.", who=("Wladimir Putin:agent",)))
    add(base, article(told("Kim Jong Un traf Wladimir Putin.", when="2019-04-25", more=more)))
    (event,) = base.events()
    assert {role.actor.name: role.role for role in event.actors} == dict.fromkeys(PAIR, "agent")


def test_the_label_is_that_of_the_mention_that_knows_most(base: KnowledgeBase) -> None:
    poor = told("Das Treffen.", who=())
    add(base, article(told(poor.text, who=(), when="2019-04-25", more=(told("Kim Jong Un traf Wladimir Putin."),))))
    assert base.events()[0].label == "Kim Jong Un traf Wladimir Putin"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, ""),
        ({"salience": SHOWN_FROM}, ""),
        ({"salience": SHOWN_FROM - 0.01}, "minor"),
        ({"is_saying": True}, "saying"),
        ({"when": None}, ""),
        ({"status": "planned"}, ""),
    ],
)
def test_what_is_shown(base: KnowledgeBase, more: dict[str, object], reason: str) -> None:
    add(base, article(told("Kim Jong Un traf Wladimir Putin.", **{"when": "2019-04-25", **more})))
    assert base.event("k1").hidden_because == reason


def test_the_threshold_is_that_of_extraction() -> None:
    from events import SHOWN

    assert SHOWN_FROM == SHOWN
