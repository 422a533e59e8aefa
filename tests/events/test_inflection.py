"""Present-tense forms for labels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.inflection import Conjugator
from events.labels import label_rules
from events.lexicon import lexicon_of


def conjugator(language: str) -> Conjugator:
    lexicon = lexicon_of(language)
    return Conjugator(lexicon.present, label_rules(language), lexicon.verbs)


@pytest.mark.parametrize(
    ("verb", "singular", "plural"),
    [
        ("reisen", "reist", "reisen"),
        ("landen", "landet", "landen"),
        ("öffnen", "öffnet", "öffnen"),
        ("treffen", "trifft", "treffen"),
        ("treten", "tritt", "treten"),
        ("zurückweisen", "zurückweist", "zurückweisen"),
        ("betreten", "betritt", "betreten"),  # prefix of an irregular verb
        ("verlassen", "verlässt", "verlassen"),
        ("gewinnen", "gewinnt", "gewinnen"),
        ("stürzen", "stürzt", "stürzen"),
        ("wechseln", "wechselt", "wechseln"),
        ("fordern", "fordert", "fordern"),
        ("atmen", "atmet", "atmen"),
        ("filmen", "filmt", "filmen"),
        ("werden", "wird", "werden"),
        ("sollen", "soll", "sollen"),
        ("wollen", "will", "wollen"),
        ("haben", "hat", "haben"),
        ("sein", "ist", "sind"),
    ],
)
def test_german_third_person(verb: str, singular: str, plural: str) -> None:
    assert (conjugator("de").present(verb, False), conjugator("de").present(verb, True)) == (singular, plural)


@pytest.mark.parametrize(
    ("verb", "singular", "plural"),
    [
        ("meet", "meets", "meet"),
        ("reach", "reaches", "reach"),
        ("carry", "carries", "carry"),
        ("play", "plays", "play"),
        ("go", "goes", "go"),
        ("pass", "passes", "pass"),
        ("have", "has", "have"),
        ("be", "is", "are"),
    ],
)
def test_english_third_person(verb: str, singular: str, plural: str) -> None:
    assert (conjugator("en").present(verb, False), conjugator("en").present(verb, True)) == (singular, plural)


@pytest.mark.parametrize(
    ("lemma", "seen", "parts"),
    [
        ("einladen", "ein", ("ein", "laden")),
        ("einladen", "", ("ein", "laden")),
        ("zurücktreten", "", ("zurück", "treten")),
        ("bekanntgeben", "bekannt", ("bekannt", "geben")),
        ("umbringen", "um", ("um", "bringen")),
        ("umarmen", "", ("", "umarmen")),
        ("besuchen", "", ("", "besuchen")),
        ("anordnen", "an", ("an", "ordnen")),
        ("treffen", "", ("", "treffen")),
    ],
)
def test_particles_part_from_their_verb(lemma: str, seen: str, parts: tuple[str, str]) -> None:
    assert conjugator("de").split(lemma, seen) == parts


@settings(deadline=None)
@given(st.sampled_from(sorted(v for v in lexicon_of("de").verbs if " " not in v)), st.booleans())
def test_every_listed_german_verb_has_a_form_without_a_break(verb: str, plural: bool) -> None:
    particle, rest = conjugator("de").split(verb, "")
    form = conjugator("de").present(rest, plural)
    assert particle + rest == verb
    assert form and " " not in form
    assert plural or not form.endswith("en") or rest == form


@settings(deadline=None)
@given(st.sampled_from(sorted(v for v in lexicon_of("en").verbs if " " not in v)))
def test_every_listed_english_verb_ends_in_s(verb: str) -> None:
    assert conjugator("en").present(verb, False).endswith("s") or verb in lexicon_of("en").present
