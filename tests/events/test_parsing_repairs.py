"""Repairs over analyses written by hand."""

from __future__ import annotations

import pytest

from events.analysis import Analysis, Name, Sentence, Token
from events.parsing.cases import restore_cases
from events.parsing.clause_repairs import (
    correct_subjects,
    free_time_accusatives,
    join_particles,
    keep_one_subject,
    restore_subjunctives,
)
from events.parsing.name_repairs import (
    find_missed_names,
    join_names,
    name_datelines,
    restore_genitives,
    trim_names,
    vote_on_kinds,
)


def analysis(rows: str, names: tuple[tuple[int, int, str], ...] = (), language: str = "de") -> Analysis:
    """One word a line: form lemma pos tag features head relation; the head counts from 0, "." stands for nothing.

    An empty line ends a sentence; heads then count from its beginning.
    """
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for block in rows.strip().split("\n\n"):
        first = len(tokens)
        for line in block.strip().splitlines():
            form, lemma, pos, tag, features, head, relation = line.split()
            start = tokens[-1].end + 1 if tokens else 0
            tokens.append(
                Token(index=len(tokens), start=start, end=start + len(form), text=form, lemma=lemma, pos=pos, tag=tag,
                      features="" if features == "." else features, head=first + int(head), relation=relation,
                      sentence=len(sentences))
            )  # fmt: skip
        sentences.append(Sentence(index=len(sentences), first=first, last=len(tokens), block=0))
    return Analysis(language=language, model="hand", tokens=tuple(tokens), sentences=tuple(sentences),
                    names=tuple(Name(first=a, last=b, kind=kind) for a, b, kind in names))  # fmt: skip


def relations(repaired: Analysis) -> list[str]:
    return [token.relation for token in repaired.tokens]


def kinds(repaired: Analysis) -> list[tuple[int, int, str]]:
    return [(name.first, name.last, name.kind) for name in repaired.names]


def test_of_two_subjects_the_nominative_stays_and_the_accusative_becomes_object() -> None:
    read = analysis("""
        Den        der         DET  ART   Case=Acc             1 det
        Vertrag    Vertrag     NOUN NN    Case=Acc|Number=Sing 2 nsubj
        schloss    schließen   VERB VVFIN Number=Sing|VerbForm=Fin 2 root
        Adenauer   Adenauer    PROPN NE   Case=Nom|Number=Sing 2 nsubj
        """)
    assert relations(keep_one_subject(read)) == ["det", "obj", "root", "nsubj"]


def test_of_two_nominatives_the_one_that_agrees_is_subject() -> None:
    read = analysis("""
        Verträge schließen NOUN NN    Case=Nom|Number=Plur 1 nsubj
        schloss  schließen VERB VVFIN Number=Sing|VerbForm=Fin 1 root
        Bonn     Bonn      PROPN NE   Case=Nom|Number=Sing 1 nsubj
        """)
    assert relations(keep_one_subject(read)) == ["obj", "root", "nsubj"]


def test_a_dative_taken_for_a_second_subject_becomes_an_oblique_argument() -> None:
    read = analysis("""
        Brandt    Brandt   PROPN NE   Case=Nom 1 nsubj
        half      helfen   VERB VVFIN VerbForm=Fin 1 root
        Kollegen  Kollege  NOUN NN    Case=Dat 1 nsubj
        """)
    assert relations(keep_one_subject(read)) == ["nsubj", "root", "obl:arg"]


@pytest.mark.parametrize(
    ("article", "noun", "number", "case"),
    [
        ("den", "Vertrag", "Sing", "Acc"),
        ("den", "Verträgen", "Plur", "Dat"),
        ("dem", "Vertrag", "Sing", "Dat"),
        ("einen", "Vertrag", "Sing", "Acc"),
        ("seinem", "Vertrag", "Sing", "Dat"),
        ("des", "Vertrags", "Sing", "Gen"),
        ("die", "Verträge", "Plur", "Nom"),
        ("dieser", "Vertrag", "Sing", "Nom"),
    ],
)
def test_an_article_that_leaves_one_case_decides(article: str, noun: str, number: str, case: str) -> None:
    read = analysis(f"""
        {article} der     DET  ART Case=Nom 1 det
        {noun}    Vertrag NOUN NN  Case=Nom|Number={number} 1 root
        """)
    assert restore_cases(read).tokens[1].feature("Case") == case
    assert restore_cases(read).tokens[0].feature("Case") == case


def test_who_acts_and_what_is_acted_on_change_places_where_the_article_says_so() -> None:
    read = analysis("""
        Den        der         DET  ART   Case=Nom             1 det
        Vertrag    Vertrag     NOUN NN    Case=Nom|Number=Sing 2 nsubj
        schloss    schließen   VERB VVFIN Number=Sing|VerbForm=Fin 2 root
        Adenauer   Adenauer    PROPN NE   Number=Sing 2 obj
        """)
    assert relations(correct_subjects(read)) == ["det", "obj", "root", "nsubj"]


def test_a_relative_pronoun_in_the_accusative_is_no_subject() -> None:
    read = analysis("""
        den     der     PRON PRELS Case=Nom 3 nsubj
        die     der     DET  ART   Case=Nom 2 det
        Polizei Polizei NOUN NN    Case=Nom|Number=Sing 3 obj
        sperrte sperren VERB VVFIN VerbForm=Fin 3 root
        """)
    assert relations(correct_subjects(read)) == ["obj", "det", "nsubj", "root"]


@pytest.mark.parametrize(
    ("determiner", "noun", "verb", "relation"),
    [
        ("ganzen/amod", "Tag", "warten", "obl"),
        ("zwei/nummod", "Jahr", "regieren", "obl"),
        ("diese/det", "Woche", "beraten", "obl"),
        ("ganzen/amod", "Tag", "verbringen", "obj"),
        ("den/det", "Tag", "loben", "obj"),
        ("ganzen/amod", "Vertrag", "lesen", "obj"),
    ],
)
def test_accusatives_of_time_are_no_objects(determiner: str, noun: str, verb: str, relation: str) -> None:
    form, role = determiner.split("/")
    read = analysis(f"""
        Er      er      PRON PPER  Case=Nom 1 nsubj
        verb    {verb}  VERB VVFIN VerbForm=Fin 1 root
        {form}  x       X    X     .        3 {role}
        {noun}  {noun}  NOUN NN    Case=Acc 1 obj
        """)
    assert free_time_accusatives(read).tokens[3].relation == relation


def test_a_separated_verb_has_its_particle_in_the_base_form() -> None:
    read = analysis("""
        Er  er    PRON PPER  .  1 nsubj
        lud laden VERB VVFIN .  1 root
        sie sie   PRON PPER  .  1 obj
        ein ein   ADP  PTKVZ .  1 compound:prt
        """)
    assert join_particles(read).tokens[1].lemma == "einladen"
    assert join_particles(join_particles(read)).tokens[1].lemma == "einladen"


def test_a_particle_that_hangs_from_a_noun_goes_to_the_finite_verb_before_it() -> None:
    read = analysis("""
        Er     er     PRON PPER  . 1 nsubj
        nahm   nehmen VERB VVFIN . 1 root
        Platz  Platz  NOUN NN    . 1 obj
        ein    ein    ADP  PTKVZ . 2 compound:prt
        """)
    repaired = join_particles(read)
    assert repaired.tokens[1].lemma == "einnehmen"
    assert repaired.tokens[3].head == 1


@pytest.mark.parametrize(
    ("subject", "form", "lemma", "mood"),
    [
        ("er", "sei", "sein", "Sub"),
        ("er", "habe", "haben", "Sub"),
        ("ich", "habe", "haben", "Ind"),
        ("sie", "komme", "kommen", "Sub"),
        ("ich", "komme", "kommen", "Ind"),
        ("er", "sagte", "sagen", "Ind"),
        ("er", "hatte", "haben", "Ind"),
        ("ich", "hätte", "haben", "Sub"),
    ],
)
def test_the_subjunctive_is_known_by_form_and_person(subject: str, form: str, lemma: str, mood: str) -> None:
    read = analysis(f"""
        {subject} {subject} PRON PPER  Case=Nom 1 nsubj
        {form}    {lemma}   VERB VVFIN Mood=Ind|Number=Sing|VerbForm=Fin 1 root
        """)
    assert restore_subjunctives(read).tokens[1].feature("Mood") == mood


def names_of(*words: str, names: tuple[tuple[int, int, str], ...]) -> Analysis:
    rows = "\n".join(f"{word} {word} {'PROPN' if word[0].isupper() else 'VERB'} NE . 0 dep" for word in words)
    return analysis(rows, names)


def test_a_full_name_decides_what_its_last_word_is_when_alone() -> None:
    read = names_of("Angela", "Merkel", "reiste", "Merkel", names=((0, 2, "PER"), (3, 4, "LOC")))
    assert kinds(vote_on_kinds(read)) == [(0, 2, "PER"), (3, 4, "PER")]


def test_without_a_majority_a_name_keeps_its_kind() -> None:
    read = names_of("Bonn", "x", "Bonn", names=((0, 1, "LOC"), (2, 3, "ORG")))
    assert kinds(vote_on_kinds(read)) == [(0, 1, "LOC"), (2, 3, "ORG")]


def test_the_majority_decides_on_the_kind_of_a_name() -> None:
    read = names_of("Bonn", "x", "Bonn", "y", "Bonn", names=((0, 1, "LOC"), (2, 3, "ORG"), (4, 5, "LOC")))
    assert {name.kind for name in vote_on_kinds(read).names} == {"LOC"}


def test_a_name_that_was_missed_is_found_where_it_stands_alone() -> None:
    read = names_of("Angela", "Merkel", "x", "Merkel", "y", "Merkel", "Straße", names=((0, 2, "PER"),))
    assert kinds(find_missed_names(read)) == [(0, 2, "PER"), (3, 4, "PER")]


@pytest.mark.parametrize(
    ("words", "cases", "lemma"),
    [
        (("Putins", "Putin"), ("Gen", "Nom"), "Putin"),
        (("Kims", "x"), ("Gen", "Nom"), "Kim"),
        (("Paris", "x"), ("Gen", "Nom"), "Paris"),
        (("Bayerns", "Bayerns"), ("Gen", "Nom"), "Bayerns"),
        (("Strauß'", "x"), (".", "Nom"), "Strauß"),
        (("Kims", "x"), ("Nom", "Nom"), "Kims"),
    ],
)
def test_german_genitives_are_brought_to_their_base(words: tuple[str, str], cases: tuple[str, str], lemma: str) -> None:
    features = ["." if case == "." else f"Case={case}" for case in cases]
    rows = "\n".join(f"{word} {word} PROPN NE {case} 0 dep" for word, case in zip(words, features, strict=True))
    assert restore_genitives(analysis(rows)).tokens[0].lemma == lemma


def test_names_lose_marks_and_articles_at_their_rims() -> None:
    read = analysis(
        """
        der     der     DET   ART . 1 det
        Kreml   Kreml   PROPN NE  . 1 root
        "       "       PUNCT $(  . 1 punct
        """,
        ((0, 3, "ORG"), (2, 3, "LOC")),
    )
    assert kinds(trim_names(read)) == [(1, 2, "ORG")]


def test_parts_of_one_name_are_joined_where_the_tree_holds_them_together() -> None:
    read = analysis(
        """
        North   North   PROPN NNP . 1 compound
        Korea   Korea   PROPN NNP . 2 nsubj
        waits   wait    VERB  VBZ . 2 root
        """,
        ((0, 1, "LOC"), (1, 2, "LOC")),
        "en",
    )
    assert kinds(join_names(read)) == [(0, 2, "LOC")]
    loose = analysis("Bonn Bonn PROPN NE . 1 nmod\nBerlin Berlin PROPN NE . 1 root", ((0, 1, "LOC"), (1, 2, "LOC")))
    assert kinds(join_names(loose)) == [(0, 1, "LOC"), (1, 2, "LOC")]


def test_a_dateline_names_places_only() -> None:
    read = analysis(
        """
        Moskau Moskau PROPN NE . 0 root
        /      /      PUNCT $( . 0 punct
        Kiew   Kiew   PROPN NE . 0 conj
        (      (      PUNCT $( . 0 punct
        dpa    dpa    PROPN NE . 0 appos
        )      )      PUNCT $( . 0 punct
        -      -      PUNCT $( . 0 punct
        """,
        ((0, 1, "PER"), (4, 5, "ORG")),
    )
    assert kinds(name_datelines(read)) == [(0, 1, "LOC"), (2, 3, "LOC")]


def test_repairs_leave_a_sound_reading_as_it_is() -> None:
    read = analysis(
        """
        Adenauer  Adenauer PROPN NE   Case=Nom|Number=Sing 1 nsubj
        besuchte  besuchen VERB VVFIN Mood=Ind|Number=Sing|VerbForm=Fin 1 root
        Moskau    Moskau   PROPN NE   Case=Acc 1 obj
        """,
        ((0, 1, "PER"), (2, 3, "LOC")),
    )
    repaired = read
    for step in (trim_names, join_names, restore_cases, restore_genitives, vote_on_kinds, find_missed_names,
                 keep_one_subject, join_particles, restore_subjunctives):  # fmt: skip
        repaired = step(repaired)
    assert repaired == read
