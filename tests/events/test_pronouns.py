"""Whom a pronoun stands for, and when for nobody."""

from __future__ import annotations

import pytest

from tests.events.trees import steps

PAIR = ("Helmut Kohl", "Michail Gorbatschow")


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("pronoun_subject", "Er", ("Helmut Kohl",)),  # the subject is closer than the object
        ("she_of_two", "sie", ("Margaret Thatcher",)),  # by gender
        ("before_clause", "er", ("John F. Kennedy",)),
        ("konjunktiv_speaker", "er", ("Lance Armstrong",)),
        ("konjunktiv_free", "Er", ("Lance Armstrong",)),
        ("en_said", "he", ("Lance Armstrong",)),
        ("both", "Beide", PAIR),
        ("they", "Sie", PAIR),
        ("en_pair", "They", ("Ronald Reagan", "Mikhail Gorbachev")),
        ("relative_clause", "der", ("Anwar as-Sadat",)),
        ("two_dates", "der", ("Harry Truman",)),
        ("epithet", "62-Jährige", ("Theresa May",)),
        ("epithet", "ihren", ("Theresa May",)),
    ],
)
def test_a_pronoun_goes_to_the_best_candidate(text: str, word: str, meant: tuple[str, ...]) -> None:
    assert tuple(entity.name for entity in steps(text).at(word)) == meant


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("pronoun_tie", "Er"),  # two men in one sentence, both objects
        ("no_subject", "er"),  # nobody was named
        ("first_person", "Ich"),
        ("no_noun", "es"),
    ],
)
def test_a_wrong_person_is_worse_than_none(text: str, word: str) -> None:
    assert steps(text).at(word) == ()
