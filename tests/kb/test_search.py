"""From words to events: one table of queries, and what is safe or refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events import MalformedDate, to_day
from kb.errors import NotFound
from kb.search import MalformedQuery, Query, rank_events, read_date, read_query, select_events
from kb.store import KnowledgeBase, open_for_reading
from tests.kb.commands import small_base

QUERIES = [
    ("Gipfel Hanoi", Query(words=("Gipfel", "Hanoi"))),
    ('"zweiter Gipfel"', Query(phrases=("zweiter Gipfel",))),
    ("„zweiter Gipfel“", Query(phrases=("zweiter Gipfel",))),
    ("actor:Kim", Query(actors=("Kim",))),
    ("Akteur:Kim akteur:Moon", Query(actors=("Kim", "Moon"))),
    ('wer:"Kim Jong Un" Brief', Query(actors=("Kim Jong Un",), words=("Brief",))),
    ("place:Hanoi ort:Singapur", Query(places=("Hanoi", "Singapur"))),
    ("art:meeting", Query(kinds=("meeting",))),
    ("status:geplant", Query(statuses=("planned",))),
    ("status:möglich", Query(statuses=("possible",))),
    ("since:2018", Query(since=to_day(2018))),
    ("seit:2018-04", Query(since=to_day(2018, 4))),
    ("until:2018", Query(until=to_day(2018, 12, 31))),
    ("bis:24.4.2019", Query(until=to_day(2019, 4, 24))),
    ("after:2018", Query(since=to_day(2019))),
    ('nach:"April 2019"', Query(since=to_day(2019, 5))),
    ("before:2018", Query(until=to_day(2017, 12, 31))),
    ("vor:24.4.2019", Query(until=to_day(2019, 4, 23))),
    ("um 20:30 Uhr", Query(words=("um", "20:30", "Uhr"))),
    ('"http://example.org"', Query(phrases=("http://example.org",))),
    ('offen "ohne Ende', Query(words=("offen",), phrases=("ohne Ende",))),
    ("", Query()),
    ("   ", Query()),
    ("- * ( )", Query()),
]


@pytest.mark.parametrize(("text", "query"), QUERIES, ids=[text for text, _ in QUERIES])
def test_queries_are_read(text: str, query: Query) -> None:
    assert read_query(text) == query


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("farbe:rot", "farbe: is no field; fields are actor, place"),
        ("http://example.org", '"http://'),
        ("status:vielleicht", "occurred, planned"),
        ("seit:neulich", "2019-04-24"),
        ("seit:2019-02-30", "2019-02-30"),
        ('actor:""', "actor: has no value"),
    ],
)
def test_wrong_queries_are_refused_with_what_is_right(text: str, message: str) -> None:
    with pytest.raises(MalformedQuery) as refused:
        read_query(text)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2019", "2019"), ("2019-04", "2019-04"), ("24.4.2019", "2019-04-24"), ("24. 04. 2019", "2019-04-24"),
        ("4/2019", "2019-04"), ("April 2019", "2019-04"), ("24. April 2019", "2019-04-24"), ("Jänner 2019", "2019-01"),
        ("April 24, 2019", "2019-04-24"), ("24 April 2019", "2019-04-24"), ("201X", "201X"), ("März 2018", "2018-03"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_type_them(text: str, edtf: str) -> None:
    assert read_date(text).edtf == edtf


@pytest.mark.parametrize("text", ["gestern", "32.1.2019", "2019-13", "Foo 2019", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(MalformedDate):
        read_date(text)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    path: Path = small_base(tmp_path_factory.mktemp("search"))
    with open_for_reading(path) as opened:
        yield opened


RANKED = [
    ("Gipfel in Hanoi", "Hanoi"),
    ("Trump und Kim in Singapur", "Singapur"),
    ("Putin trifft Kim", "Wladiwostok"),
    ("Treffen von Putin und Kim in Wladiwostok", "Wladiwostok"),
    ("Lawrow lädt Kim nach Russland ein", "Lawrow"),
    ("pjoengjang", "Pjöngjang"),
    ("Pjöngjangs", "Pjöngjang"),
    ("Kim 24. April 2019", "Chassan"),
    ("April 2019 Grenze", "Chassan"),
    ("12.6.2018", "Singapur"),
    ("überquerte Grenzen", "Chassan"),
]


@pytest.mark.parametrize(("text", "label"), RANKED, ids=[text for text, _ in RANKED])
def test_words_find_the_event_that_is_meant(base: KnowledgeBase, text: str, label: str) -> None:
    ranked = rank_events(base, text)
    assert ranked
    assert label in ranked[0].label


@pytest.mark.parametrize("text", ["Mondlandung", "Mondlandung 1969", "Hanoi 1969", "", "???"])
def test_words_that_mean_no_event_find_none(base: KnowledgeBase, text: str) -> None:
    assert rank_events(base, text) == ()


def test_events_are_found_by_all_of_their_words(base: KnowledgeBase) -> None:
    found = select_events(base, read_query("Kim Gipfel"))
    assert [event.place and event.place.name for event in base.events(found.selection)] == ["Hanoi"]
    missing = select_events(base, read_query("Kim Xylophon"))
    assert base.events(missing.selection) == ()
    assert missing.missing == ("Xylophon",)


def test_an_actor_that_nobody_is_is_refused(base: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="Angela Merkel"):
        select_events(base, read_query('actor:"Angela Merkel"'))


def test_a_part_of_a_name_means_all_who_bear_it(base: KnowledgeBase) -> None:
    found = select_events(base, read_query("actor:Kim"))
    names = {role.actor.name for event in base.events(found.selection) for role in event.actors}
    assert "Kim Jong Un" in names
    with pytest.raises(NotFound):
        select_events(base, read_query("actor:Ki"))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("aK9 \"'*()-:^{}[]+~\\/%_,.;äß«»\x00\n")), st.text(max_size=30))
def test_no_input_breaks_the_search(base: KnowledgeBase, text: str, free: str) -> None:
    rank_events(base, text + free)
    try:
        query = read_query(text + free)
        base.events(select_events(base, query).selection)
    except (MalformedQuery, NotFound):
        pass
