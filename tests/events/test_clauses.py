"""What one predicate governs, with tense, mood, voice and subject."""

from __future__ import annotations

import pytest

from tests.events.trees import ids, steps


@pytest.mark.parametrize(
    ("text", "predicate", "tense", "mood"),
    [
        ("reflexive", "traf", "past", "indicative"),
        ("chronology", "landet", "present", "indicative"),
        ("news", "gewählt", "perfect", "indicative"),
        ("pluperfect", "gewonnen", "pluperfect", "indicative"),
        ("future", "treffen", "future", "indicative"),
        ("passive", "gestürzt", "past", "indicative"),
        ("hearsay_killing", "getötet", "present", "indicative"),
        ("denial", "angeordnet", "none", "indicative"),
        ("konjunktiv_speaker", "gewonnen", "perfect", "subjunctive1"),
        ("konjunktiv_passive", "vergiftet", "perfect", "subjunctive1"),
        ("conditional_mood", "treffen", "future", "subjunctive2"),
        ("en_said", "won", "pluperfect", "indicative"),
        ("en_passive", "shot", "past", "indicative"),
        ("en_was_accused", "sold", "none", "indicative"),
    ],
)
def test_tense_and_mood_are_read_off_the_finite_word(text: str, predicate: str, tense: str, mood: str) -> None:
    clause = steps(text).clause(predicate)
    assert (clause.tense, clause.mood) == (tense, mood)


@pytest.mark.parametrize(("text", "mood"), [("konjunktiv_nobody", "subjunctive1"), ("first_person", "indicative")])
def test_habe_is_konjunktiv_of_everybody_but_the_speaker(text: str, mood: str) -> None:
    clause = next(c for c in steps(text).clauses if any(a.lemma == "haben" for a in c.auxiliaries))
    assert clause.mood == mood


@pytest.mark.parametrize(
    ("text", "predicate", "passive"),
    [
        ("passive", "gestürzt", True),
        ("hearsay_passive", "getötet", True),
        ("konjunktiv_passive", "vergiftet", True),
        ("en_passive", "shot", True),
        ("succeeded", "gelungen", False),
        ("relative_clause", "gereist", False),
        ("news", "gewählt", False),
    ],
)
def test_a_perfect_with_sein_is_no_passive(text: str, predicate: str, passive: bool) -> None:
    assert steps(text).clause(predicate).passive is passive


@pytest.mark.parametrize(
    ("text", "predicate", "marker"),
    [
        ("condition", "verlässt", "wenn"),
        ("after_clause", "verhaftet", "nachdem"),
        ("before_clause", "landete", "bevor"),
        ("denial_that", "vergiftet", "dass"),
        ("en_condition", "leaves", "if"),
        ("en_after_clause", "resigned", "after"),
        ("passive", "gestürzt", ""),
    ],
)
def test_a_subordinate_clause_knows_its_conjunction(text: str, predicate: str, marker: str) -> None:
    assert steps(text).clause(predicate).marker == marker


@pytest.mark.parametrize(
    ("text", "predicate", "subjects"),
    [
        ("dropped_subject", "traf", ["Konrad"]),
        ("shared_and", "spielte", ["Mstislaw"]),
        ("denial", "angeordnet", ["Richard"]),
        ("refused", "räumen", ["Rosa"]),
        ("en_denied", "ordering", ["Richard"]),
        ("relative_clause", "gereist", ["der"]),
        ("promised", "landen", ["John"]),
        ("accusation_infinitive", "hinterzogen", ["Uli"]),
        ("accusation_passive", "verraten", ["Alfred"]),
        ("suspect", "angezündet", ["Beate"]),
        ("asked_to", "niederzureißen", ["Michail"]),
        ("en_accused", "selling", ["Alfred"]),
        ("en_was_accused", "sold", ["Alfred"]),
        ("en_convicted", "evading", ["Al"]),
        ("en_jailed_for", "plotting", ["Nelson"]),
        ("en_acquitted", "killing", ["O."]),
        ("seems", "ermordet", ["Lee"]),
        ("after_clause", "verhaftet", ["Günter"]),
    ],
)
def test_a_clause_without_subject_takes_the_one_that_is_meant(text: str, predicate: str, subjects: list[str]) -> None:
    read = steps(text)
    assert [read.tokens[i].text for i in read.clauses.subjects(read.clause(predicate))] == subjects


@pytest.mark.parametrize(
    ("text", "predicate"), [("negated", "trat"), ("no_noun", "gab"), ("without", "landen"), ("en_negated", "resign")]
)
def test_a_negation_is_known_to_its_clause(text: str, predicate: str) -> None:
    assert steps(text).clause(predicate).negated


def test_not_only_negates_nothing() -> None:
    assert not steps("not_only").clause("besuchte").negated


@pytest.mark.parametrize("text", ids())
def test_each_token_belongs_to_one_clause_and_spans_hold_the_predicate(text: str) -> None:
    read = steps(text)
    assert sorted(index for clause in read.clauses for index in clause.tokens) == list(range(len(read.tokens)))
    for clause in read.clauses:
        start, end = clause.span
        assert start <= clause.predicate.start < clause.predicate.end <= end
        assert clause.parent is None or clause.parent in read.clauses.clauses
