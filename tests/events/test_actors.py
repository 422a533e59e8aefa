"""Who and what a text speaks of: two persons are never one, and one person is never two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.actors import fold_name, fold_place
from tests.events.trees import ids, steps


def names(text: str, word: str, occurrence: int = 1) -> list[str]:
    """Whom a word of a text stands for."""
    return [entity.name for entity in steps(text).at(word, occurrence)]


@pytest.mark.parametrize(
    ("text", "word", "occurrence", "meant"),
    [
        ("kennedys", "Kennedy", 1, "John F. Kennedy"),
        ("kennedys", "Kennedy", 2, "Robert Kennedy"),
        ("kennedys", "Kennedy", 3, "Robert Kennedy"),  # the other one has died in the text
        ("kims_father", "Il", 1, "Kim Jong Il"),
        ("kims_father", "Un", 1, "Kim Jong Un"),
        ("en_father", "Il", 1, "Kim Jong Il"),
        ("bushs", "Bush", 1, "George H. W. Bush"),
        ("bushs", "Bush", 2, "George W. Bush"),
        ("genitive", "Putins", 1, "Wladimir Putin"),
        ("gandhis_mother", "Gandhis", 1, "Rajiv Gandhi"),
        ("laut_person", "Stoltenberg", 1, "Jens Stoltenberg"),
    ],
)
def test_a_name_goes_to_the_one_who_bears_it(text: str, word: str, occurrence: int, meant: str) -> None:
    assert names(text, word, occurrence) == [meant]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("kennedys", ["John F. Kennedy", "Robert Kennedy"]),
        ("kims_father", ["Dmitri Medwedew", "Kim Jong Il", "Kim Jong Un"]),
        ("bushs", ["George H. W. Bush", "George W. Bush", "Michail Gorbatschow", "Wladimir Putin"]),
        ("genitive", ["Wladimir Putin"]),
        ("epithet", ["Theresa May"]),
        ("two_summits", ["Michail Gorbatschow", "Ronald Reagan"]),
        ("en_father", ["Dmitry Medvedev", "Kim Jong Il", "Kim Jong Un"]),
    ],
)
def test_each_person_stands_once(text: str, persons: list[str]) -> None:
    cast = steps(text).cast.entities
    assert sorted(e.name for e in cast if e.kind == "person" and not e.described) == persons


@pytest.mark.parametrize(
    ("text", "word", "holder"),
    [
        ("chancellor", "Kanzler", "Willy Brandt"),
        ("former_president", "Präsident", "Barack Obama"),
        ("former_president", "Präsidenten", "Bill Clinton"),
    ],
)
def test_an_office_goes_to_whom_the_text_gives_it(text: str, word: str, holder: str) -> None:
    last = sum(token.text == word for token in steps(text).tokens)
    assert names(text, word, last) == [holder]


def test_the_office_alone_is_never_the_former_holder() -> None:
    assert "Bill Clinton" not in names("former_president", "Präsident", 2)


@pytest.mark.parametrize(("text", "word"), [("gandhis_mother", "Mutter"), ("kims_father", "Kims")])
def test_a_relative_of_somebody_is_somebody_else(text: str, word: str) -> None:
    owner = {"gandhis_mother": "Rajiv Gandhi", "kims_father": "Kim Jong Il"}[text]
    assert owner not in names(text, word)


def test_a_noun_for_persons_before_a_name_is_no_apposition_where_both_are_members_of_the_verb() -> None:
    assert names("denial_that", "Agenten") == ["Agenten"]
    assert names("denial_that", "Skripal") == ["Sergej Skripal"]


@pytest.mark.parametrize(
    ("text", "word", "name", "kind"),
    [
        ("governments", "Moskau", "Russland", "state"),
        ("governments", "Washington", "USA", "state"),
        ("denial_that", "Moskau", "Russland", "state"),
        ("genitive", "Moskau", "Moskau", "place"),
        ("wanted_friday", "Moskau", "Moskau", "place"),
        ("news", "Moskau", "Moskau", "place"),
        ("before_noun", "Washington", "Washington", "place"),
    ],
)
def test_a_capital_that_acts_is_a_government_and_else_a_place(text: str, word: str, name: str, kind: str) -> None:
    [entity] = steps(text).at(word)
    assert (entity.name, entity.kind) == (name, kind)


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("united_nations", "Nationen", "Vereinte Nationen"),
        ("united_nations", "Bundesrepublik", "Deutschland"),
        ("en_condition", "Britain", "United Kingdom"),
        ("en_condition", "Union", "European Union"),
    ],
)
def test_names_stand_in_the_form_that_a_heading_would_use(text: str, word: str, name: str) -> None:
    assert names(text, word) == [name]


@pytest.mark.parametrize("text", ids())
def test_keys_of_actors_are_their_own_and_mentions_lie_in_the_text(text: str) -> None:
    read = steps(text)
    actors = [entity.freeze(read.analysis) for entity in read.cast.entities if entity.mentions]
    assert len({actor.key for actor in actors}) == len(actors)
    for actor in actors:
        assert actor.name not in actor.aliases
        for place in actor.mentions:
            assert 0 <= place.start < place.end <= len(read.tree.text)
            assert read.tree.text[place.start : place.end].strip() == read.tree.text[place.start : place.end]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_folding_a_name_twice_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@pytest.mark.parametrize(
    ("left", "right"), [("Wladiwostok", "Wladiwostock"), ("Ulan-Ude", "Ulan Ude"), ("Hannover", "Hanover")]
)
def test_spellings_of_one_place_fold_to_one(left: str, right: str) -> None:
    assert fold_place(left) == fold_place(right)
