"""Which tellings are one event, and which actors one actor: tables as specification."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.event_joining import Constraints, group_tellings
from kb.event_matching import GUESSED, RECENT, Dating, Place, Telling, contradict, match_plan, match_tellings
from kb.model import Selection
from kb.store import KnowledgeBase
from tests.kb.builders import Told, add, article

ALL = Selection(everything=True)
KIM, TRUMP, MOON = "Kim Jong Un", "Donald Trump", "Moon Jae In"


def meets(*who: str, when: str | None, place: str | None = None, text: str = "", **more: object) -> Told:
    words = text or f"{' und '.join(who)} trafen sich."
    return Told(text=words, who=who, when=when, place=place, **more)  # type: ignore[arg-type]


SAME = [
    ("the same day, both actors", meets(KIM, TRUMP, when="2018-06-12"), meets(TRUMP, KIM, when="2018-06-12")),
    ("a day within late February", meets(KIM, TRUMP, when="2019-02-27"),
     meets(KIM, TRUMP, when="[2019-02-21..2019-02-28]")),
    ("one of two days", meets(KIM, TRUMP, when="2019-02-27/2019-02-28"), meets(KIM, TRUMP, when="2019-02-28")),
    ("spellings of a name", meets("Kim Jong-un", "Vladimir Putin", when="2019-04-25"),
     meets(KIM, "Wladimir Putin", when="2019-04-25")),
    ("a capital in two languages", meets(KIM, when="2019-01-08", place="Peking"),
     meets(KIM, when="2019-01-08", place="Beijing")),
    ("a state and its capital", meets(KIM, TRUMP, when="2019-02-27", place="Hanoi"),
     meets(KIM, TRUMP, when="2019-02-27", place="Vietnam")),
    ("a year, in a town that is no capital", meets("Kim Jong Il", when="2011", place="Ulan-Ude"),
     meets("Kim Jong Il", when="2011-08-24", place="Ulan-Ude")),
    ("one word for it, in two languages", Told(text="Nordkorea zündet eine Bombe.", who=("Nordkorea",),
     when="2017-09-03", kind="test", concept="test"), Told(text="North Korea sets off a device.", who=("North Korea",),
     when="2017-09-03", kind="test", concept="test")),
    ("a broader word for it", Told(text="Nordkorea testet eine Bombe.", who=("Nordkorea",), when="2017-09-03",
     kind="test", concept="test"), Told(text="North Korea sets off a device.", who=("North Korea",),
     when="2017-09-03", kind="test", concept="nuclear_test")),
    ("what happens seldom, in a month and on a day", Told(text="Nordkorea zündet eine Bombe.", who=("Nordkorea",),
     when="2017-09", kind="test", concept="nuclear_test"), Told(text="North Korea sets off a device.",
     who=("North Korea",), when="2017-09-03", kind="test", concept="nuclear_test")),
    ("the second one, in a year and on a day", Told(text="Nordkorea zündet seine zweite Bombe.", who=("Nordkorea",),
     when="2009", kind="test", concept="nuclear_test"), Told(text="Pyongyang's second test.", who=("North Korea",),
     when="2009-05-25", kind="test", concept="nuclear_test")),
    ("the first one, as a blast and as a test", Told(text="Nordkorea zündet seine erste.", who=("Nordkorea",),
     when="2006-10-09", kind="attack", concept="bomb"), Told(text="Nordkorea testet seine erste Bombe.",
     who=("Nordkorea",), when="2006-10-09", kind="test", concept="nuclear_test")),
    ("a death without a date", Told(text="Kim Jong Il starb.", who=("Kim Jong Il",), when=None, kind="death",
     concept="die"), Told(text="Kim Jong Il erlag einem Infarkt.", who=("Kim Jong Il",), when="2011-12-17",
     kind="death", concept="die")),
    ("a region and a town in it", meets("Kim Jong Il", "Dmitri Medwedew", when="2011-08-24", place="Sibirien"),
     meets("Kim Jong Il", "Dmitri Medwedew", when="2011-08-23/2011-08-24", place="Ulan-Ude")),
    ("no date, on the day before publication", meets(KIM, TRUMP, when="2019-04-24"), meets(KIM, TRUMP, when=None)),
]  # fmt: skip

NOT_SAME = [
    ("another year", meets(KIM, TRUMP, when="2018-06-12"), meets(KIM, TRUMP, when="2019-06-12")),
    ("the next day", meets(KIM, TRUMP, when="2018-06-12"), meets(KIM, TRUMP, when="2018-06-13")),
    ("a year alone", meets(KIM, MOON, when="2018"), meets(KIM, MOON, when="2018-04-27")),
    ("father and son", meets("Kim Jong Il", MOON, when="2018-04-27"), meets(KIM, MOON, when="2018-04-27")),
    ("another guest", meets(KIM, TRUMP, when="2018-06-12"), meets(KIM, MOON, when="2018-06-12")),
    ("another kind", meets(KIM, MOON, when="2018-04-27"), meets(KIM, MOON, when="2018-04-27", kind="agreement")),
    ("another town", meets(KIM, when="2018-06-12", place="Singapur", kind="travel"),
     meets(KIM, when="2018-06-12", place="Wladiwostok", kind="travel")),
    ("he comes and goes", meets(KIM, when="2018-06-12", place="Singapur", kind="travel", concept="arrive"),
     meets(KIM, when="2018-06-12", place="Singapur", kind="travel", concept="depart")),
    ("a plan and what became of it", meets(KIM, TRUMP, when="2018-06-12", status="planned"),
     meets(KIM, TRUMP, when="2018-06-12")),
    ("no date", meets(KIM, TRUMP, when=None), meets(KIM, TRUMP, when="2018-06-12")),
    ("two sayings of one day", meets(KIM, when="2018-06-12", is_saying=True, text="Kim Jong Un lobte den Nachbarn."),
     meets(KIM, when="2018-06-12", is_saying=True, text="Kim Jong Un warnte vor Raketen.")),
    ("two deeds of one day", Told(text="Russland griff den Hafen an.", who=("Russland",), when="2022-03-01",
     kind="attack", place="Odessa"), Told(text="Russland griff den Bahnhof an.", who=("Russland",), when="2022-03-01",
     kind="attack", place="Charkiw")),
    ("two narrower words", Told(text="Nordkorea testet eine Rakete.", who=("Nordkorea",), when="2017-09-03",
     kind="test", concept="missile_test"), Told(text="North Korea sets off a device.", who=("North Korea",),
     when="2017-09-03", kind="test", concept="nuclear_test")),
    ("what happens often, in a month and on a day", Told(text="Nordkorea testet eine Rakete.", who=("Nordkorea",),
     when="2017-07", kind="test", concept="missile_test"), Told(text="North Korea fires a missile.",
     who=("North Korea",), when="2017-07-04", kind="test", concept="missile_test")),
    ("the first and the second in a year", Told(text="Nordkorea zündet seine vierte Bombe.", who=("Nordkorea",),
     when="2016", kind="test", concept="nuclear_test"), Told(text="North Korea sets off its fifth device.",
     who=("North Korea",), when="2016-09-09", kind="test", concept="nuclear_test")),
    ("a blast and a test of one day", Told(text="Nordkorea bombardiert die Insel.", who=("Nordkorea",),
     when="2006-10-09", kind="attack", concept="bomb"), Told(text="Nordkorea testet eine Bombe.",
     who=("Nordkorea",), when="2006-10-09", kind="test", concept="nuclear_test")),
    ("deaths of two", Told(text="Kim Jong Il starb.", who=("Kim Jong Il",), when=None, kind="death", concept="die"),
     Told(text="Roh Moo Hyun starb.", who=("Roh Moo Hyun",), when="2009-05-23", kind="death", concept="die")),
    ("no date, long before publication", meets(KIM, TRUMP, when="2018-06-12"), meets(KIM, TRUMP, when=None)),
    ("no date, and a word that points away", meets(KIM, TRUMP, when="2019-04-24"),
     meets(KIM, TRUMP, when=None, text="Kim Jong Un und Donald Trump trafen sich damals.")),
    ("no date, and another ordinal", meets(KIM, TRUMP, when="2019-04-24", text="Kim Jong Un und Trump trafen sich."),
     meets(KIM, TRUMP, when=None, text="Kim Jong Un und Donald Trump trafen sich zum ersten Mal.")),
    ("an invitation to a meeting of the same two", meets(KIM, TRUMP, when="2018-06-12", concept="meet"),
     meets(KIM, TRUMP, when="2018-06-12", concept="invite")),
]  # fmt: skip


@pytest.mark.parametrize(("why", "left", "right"), SAME)
def test_one_event_told_twice_is_one(base: KnowledgeBase, why: str, left: Told, right: Told) -> None:
    add(base, article(left), article(right, published="2019-05-01"))
    assert [event.sources for event in base.events(ALL)] == [2], why


@pytest.mark.parametrize(("why", "left", "right"), NOT_SAME)
def test_two_events_stay_two(base: KnowledgeBase, why: str, left: Told, right: Told) -> None:
    add(base, article(left), article(right, published="2019-05-01"))
    assert [event.sources for event in base.events(ALL)] == [1, 1], why


def test_a_vague_telling_that_fits_two_events_joins_neither(base: KnowledgeBase) -> None:
    april, may = meets(KIM, MOON, when="2018-04-27"), meets(KIM, MOON, when="2018-04-30")
    add(base, article(april), article(may), article(meets(KIM, MOON, when="2018-04")))
    assert len(base.events(ALL)) == 3


def test_late_february_finds_the_day_before_february_finds_both(base: KnowledgeBase) -> None:
    whens = ("2019-02", "[2019-02-21..2019-02-28]", "2019-02-27")
    add(base, *(article(meets(KIM, TRUMP, when=when)) for when in whens))
    assert [event.sources for event in base.events(ALL)] == [3]


def test_a_telling_of_one_joins_that_of_both_where_its_document_names_them(base: KnowledgeBase) -> None:
    one = meets(KIM, when="2018-06-12", text="Kim Jong Un begrüßte ihn.")
    add(base, article(meets(KIM, TRUMP, when="2018-06-12")))
    add(base, article(one))
    assert len(base.events(ALL)) == 2
    add(base, article(one, published="2018-06-13", also=(TRUMP,)))
    assert max(event.sources for event in base.events(ALL)) >= 2


def test_the_news_of_a_document_without_a_day_finds_the_day_before(base: KnowledgeBase) -> None:
    """The day of publication is a guess at when the news happened: the days before fit as well."""
    told = Told(text="Nordkorea zündet die Bombe.", who=("Nordkorea",), when="2006-10-09", kind="test",
                concept="nuclear_test")  # fmt: skip
    guess = replace(told, when="!2006-10-10")
    late, early = replace(told, when="!2006-10-14"), replace(told, when="!2006-10-08")
    add(base, article(told), article(guess, published="2006-10-10"))
    assert [event.sources for event in base.events(ALL)] == [2]
    add(base, article(late, published="2006-10-14"), article(early, published="2006-10-08"))
    assert sorted(event.sources for event in base.events(ALL)) == [1, 1, 2]


def test_a_telling_of_nobody_joins_by_whom_its_document_names(base: KnowledgeBase) -> None:
    bomb = "Nordkorea zündet eine Bombe."
    test = Told(text=bomb, who=("Nordkorea",), when="2017-09-03", kind="test", concept="test")
    bare = Told(text="Sechster Atomtest.", when="2017-09-03", kind="test", concept="test")
    add(base, article(test), article(bare))
    assert len(base.events(ALL)) == 2
    add(base, article(bare, also=("Nordkorea",)))
    assert sorted(event.sources for event in base.events(ALL)) == [1, 2]


def test_of_two_that_fit_the_same_ordinal_decides(base: KnowledgeBase) -> None:
    rocket = Told(text="Nordkorea erprobt Zünder.", who=("Nordkorea",), when="2013-02-12", kind="test", concept="test")
    bomb = Told(text="Nordkorea zündet seine dritte Bombe.", who=("Nordkorea",), when="2013-02-12", kind="test",
                concept="nuclear_test")  # fmt: skip
    bare = Told(text="Dritter Atomtest.", when="2013-02-12", kind="test", concept="nuclear_test")
    add(base, article(rocket, bomb), article(bare, also=("Nordkorea",)))
    assert {event.label: event.sources for event in base.events(ALL)}[bomb.text.rstrip(".")] == 2


@pytest.mark.parametrize(
    ("status", "published", "kind"),
    [("occurred", "2018-06-13", "fulfils"), ("cancelled", "2018-05-25", "overtakes"), ("occurred", "2018-04-01", None)],
)
def test_a_plan_that_came_about_or_was_dropped_leaves_the_view(
    base: KnowledgeBase, status: str, published: str, kind: str | None
) -> None:
    plan = meets(KIM, TRUMP, when="2018-06-12", status="planned", text="Kim Jong Un will Donald Trump treffen.")
    add(base, article(plan, published="2018-05-01"))
    add(base, article(meets(KIM, TRUMP, when="2018-06-12", status=status), published=published))
    assert [link.kind for link in base.links()] == ([kind] if kind else [])
    hidden = {event.status: event.hidden_because for event in base.events(ALL)}
    assert hidden["planned"] == {"fulfils": "fulfilled", "overtakes": "overtaken", None: ""}[kind]


@pytest.mark.parametrize(
    ("names", "other_names", "is_one"),
    [
        ((KIM,), ("Kim Jong-un",), True),
        (("Jürgen Müller",), ("Juergen Mueller",), True),
        (("Wladimir Putin",), ("Vladimir Putin",), True),
        (("Dmitri Medwedew",), ("Dmitri Anatoljewitsch Medwedew",), True),
        (("George W. Bush",), ("George Bush",), True),
        (("Nordkorea",), ("North Korea",), True),
        (("NATO", "Nordatlantikpakt"), ("Nordatlantikpakt",), True),
        ((KIM,), ("Kim Jong Il",), False),
        (("Kim Jong Il",), ("Kim Yong Il",), False),
        (("Angela Merkel",), ("Max Merkel",), False),
        (("Außenministerium",), ("Außenministerium",), False),
        (("Nordkorea",), ("Südkorea",), False),
    ],
)
def test_names_that_mean_one_actor(
    base: KnowledgeBase, names: tuple[str, ...], other_names: tuple[str, ...], is_one: bool
) -> None:
    for names_of_one, when in ((names, "2019-01-01"), (other_names, "2019-03-01")):
        name, *aliases = names_of_one
        add(base, article(Told(text=f"{name} handelte.", who=(name,), when=when), aliases={name: aliases}))
    found = base.actors()
    assert (len(found) == 1) == is_one
    if is_one:
        assert {*names, *other_names} == {found[0].name, *found[0].aliases}


def test_a_surname_alone_is_its_only_bearer_in_the_same_company(base: KnowledgeBase) -> None:
    full = Told(text="Wladimir Putin traf Kim Jong Un.", who=("Wladimir Putin", KIM), when="2019-04-25")
    short = Told(text="Putin lud Kim Jong Un ein.", who=("Putin", KIM), when="2018-05-01", kind="agreement")
    stranger = Told(text="Putin gewann das Rennen.", who=("Putin",), when="2015-05-01", kind="sport")
    add(base, article(full), article(short), article(stranger))
    assert {(actor.name, actor.events) for actor in base.actors()} == {("Wladimir Putin", 2), (KIM, 2), ("Putin", 1)}


def test_a_surname_of_two_is_nobodys(base: KnowledgeBase) -> None:
    first = Told(text="Jürgen Müller traf Kim Jong Un.", who=("Jürgen Müller", KIM), when="2019-04-25")
    second = Told(text="Petra Müller traf Kim Jong Un.", who=("Petra Müller", KIM), when="2019-05-25")
    short = Told(text="Müller traf Kim Jong Un.", who=("Müller", KIM), when="2019-06-25")
    add(base, article(first), article(short))
    assert len(base.actors()) == 2
    add(base, article(second))
    assert sorted(actor.name for actor in base.actors()) == [
        "Jürgen Müller", KIM, "Müller", "Petra Müller",
    ]  # fmt: skip


CONCEPTS = ("test", "nuclear_test", "bomb", "die", "invite")


@st.composite
def any_telling(draw: st.DrawFn) -> Telling:
    """A telling as the tables would hold it."""
    datings: tuple[Dating, ...] = ("told", "guessed", "undated")
    dating = draw(st.sampled_from(datings))
    earliest = draw(st.integers(10, 13))
    width = {"told": draw(st.sampled_from((0, 1, 9, 30, 364))), "guessed": GUESSED, "undated": RECENT}[dating]
    has_time = dating != "undated" or draw(st.booleans())
    row = draw(st.integers(0, 10_000))
    actors = frozenset(draw(st.lists(st.sampled_from(("p:a", "p:b", "p:c", "own:d", "state:KP")), max_size=2)))
    named = frozenset(draw(st.lists(st.sampled_from(("p:a", "p:b", "state:KP"))))) | actors
    place = draw(st.sampled_from((None, "place:x", "place:y")))
    return Telling(
        row=row, key=(f"d{row}", 0, "w"), published=draw(st.sampled_from((None, 10, 20))),
        kind=draw(st.sampled_from(("meeting", "test", "attack", "death", "other"))),
        status=draw(st.sampled_from(("occurred", "planned"))), is_saying=False, dating=dating,
        earliest=earliest if has_time else None, latest=earliest + width if has_time else None, actors=actors,
        persons=frozenset(actor for actor in actors if actor.startswith("p:")),
        named=named if len(actors) < 2 else frozenset(),
        place=None if place is None else Place(key=place, state=None, kind="town"),
        concepts=frozenset(draw(st.lists(st.sampled_from(CONCEPTS), max_size=1))),
        ordinal=draw(st.sampled_from(("", "1", "2"))),
        words=frozenset(draw(st.lists(st.sampled_from(("uv", "vw"))))), mentions=frozenset({f"d{row}:0:w"}),
    )  # fmt: skip


tellings = any_telling()


@given(left=tellings, right=tellings)
def test_no_side_is_the_first(left: Telling, right: Telling) -> None:
    assert match_tellings(left, right) == match_tellings(right, left)
    assert contradict(left, right) == contradict(right, left)
    assert match_tellings(left, right) is None or not contradict(left, right)
    assert match_plan(left, right) is None or match_plan(right, left) is None


@settings(max_examples=200)
@given(found=st.lists(tellings, max_size=9, unique_by=lambda telling: telling.row), seed=st.integers(0, 99))
def test_groups_do_not_depend_on_order_and_hold_no_contradiction(found: list[Telling], seed: int) -> None:
    groups = group_tellings(found, Constraints())
    shuffled = list(found)
    random.Random(seed).shuffle(shuffled)
    assert group_tellings(shuffled, Constraints()) == groups
    assert sorted(telling.row for group in groups for telling in group.tellings) == sorted(each.row for each in found)
    for group in groups:
        assert not any(contradict(a, b) for a in group.tellings for b in group.tellings if a is not b)
