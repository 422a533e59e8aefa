"""Words that evoke an event, and words that do not."""

from __future__ import annotations

import pytest

from tests.events.trees import read, steps


@pytest.mark.parametrize(
    ("text", "word", "lemma", "kind"),
    [
        ("particle", "lud", "einladen", "meeting"),
        ("negated", "trat", "zurücktreten", "resignation"),
        ("reflexive", "traf", "treffen", "meeting"),
        ("passive_agent", "verletzt", "verletzen", "attack"),
        ("news", "gewählt", "wählen", "election"),
        ("en_passive", "shot", "shoot", "attack"),
        ("en_after_clause", "resigned", "resign", "resignation"),
    ],
)
def test_a_verb_evokes_an_event_of_its_kind(text: str, word: str, lemma: str, kind: str) -> None:
    trigger = steps(text).trigger(word)
    assert (trigger.lemma, trigger.kind, trigger.is_noun) == (lemma, kind, False)


@pytest.mark.parametrize(
    ("text", "word", "aspect"),
    [
        ("meeting_noun", "Treffen", ""),
        ("called_off", "Treffen", "cancel"),
        ("called_off_passive", "Besuch", "cancel"),
        ("broken_off", "Gipfel", "fail"),
        ("genitive", "Besuch", "begin"),
        ("en_cancelled", "summit", "cancel"),
        ("en_possessive", "visit", "begin"),
        ("en_particle", "protest", ""),
    ],
)
def test_a_noun_carried_by_a_verb_is_the_event_and_the_verb_its_aspect(text: str, word: str, aspect: str) -> None:
    read_steps = steps(text)
    trigger = read_steps.trigger(word)
    assert (trigger.is_noun, trigger.carried, trigger.aspect) == (True, True, aspect)
    assert trigger.clause.head not in {t.token for t in read_steps.triggers}


def test_what_somebody_became_is_an_appointment() -> None:
    trigger = steps("two_dates").trigger("Präsident")
    assert (trigger.kind, trigger.concept) == ("appointment", "become")


@pytest.mark.parametrize(
    ("verb", "noun"),
    [(("reflexive", "traf"), ("meeting_noun", "Treffen")), (("news", "besuchte"), ("genitive", "Besuch"))],
)
def test_verb_and_noun_of_one_happening_share_a_concept(verb: tuple[str, str], noun: tuple[str, str]) -> None:
    assert steps(verb[0]).trigger(verb[1]).concept == steps(noun[0]).trigger(noun[1]).concept != ""


@pytest.mark.parametrize(
    ("german", "english"),
    [
        (("reflexive", "traf"), ("en_pair", "met")),
        (("genitive", "Besuch"), ("en_possessive", "visit")),
        (("negated", "trat"), ("en_after_clause", "resigned")),
        (("konjunktiv_passive", "vergiftet"), ("en_allegedly", "poisoned")),
    ],
)
def test_german_and_english_words_share_a_concept(german: tuple[str, str], english: tuple[str, str]) -> None:
    assert steps(german[0]).trigger(german[1]).concept == steps(english[0]).trigger(english[1]).concept != ""


@pytest.mark.parametrize(
    ("text", "state"), [("kims_father", "regiert"), ("genitive", "regiert"), ("inversion", "wartete")]
)
def test_a_state_evokes_nothing(text: str, state: str) -> None:
    assert state not in {mention.trigger for mention in read(text).mentions}


@pytest.mark.parametrize("text", ["negated", "no_noun", "en_negated"])
def test_what_is_negated_is_no_event(text: str) -> None:
    assert read(text).mentions == ()


@pytest.mark.parametrize(("text", "deed"), [("refused", "räumen"), ("without", "landen")])
def test_what_somebody_refused_or_left_undone_is_no_event(text: str, deed: str) -> None:
    assert deed not in {mention.trigger for mention in read(text).mentions}
