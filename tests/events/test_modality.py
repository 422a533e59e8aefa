"""How sure a text is: what it tells as done, as plan, as somebody's claim."""

from __future__ import annotations

import pytest

from tests.events.trees import mention, named, read, rehung, tree


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("reflexive", "traf", "occurred"),
        ("succeeded", "gelungen", "occurred"),
        ("broken_off", "Gipfel", "occurred"),  # what broke off after it began has occurred
        ("genitive", "Besuch", "occurred"),
        ("wants", "besuchen", "planned"),
        ("shall", "öffnen", "planned"),
        ("future", "treffen", "planned"),
        ("wanted_friday", "reisen", "planned"),
        ("promised", "landen", "planned"),
        ("called_off", "Treffen", "cancelled"),
        ("called_off_passive", "Besuch", "cancelled"),
        ("postponed", "Spiele", "cancelled"),
        ("planned_noun", "Gipfel", "cancelled"),
        ("question", "Trifft", "possible"),
        ("condition", "verlässt", "possible"),
        ("conditional_mood", "treffen", "possible"),
        ("asked_to", "niederzureißen", "possible"),
        ("denial", "angeordnet", "denied"),
        ("denial_that", "vergiftet", "denied"),
        ("seems", "ermordet", "possible"),
        ("denied_claim", "vergiftet", "denied"),
        ("not_only", "besuchte", "occurred"),
        ("en_acquitted", "killing", "denied"),
        ("en_plan", "meet", "planned"),
        ("en_cancelled", "summit", "cancelled"),
        ("en_question", "meet", "possible"),
        ("en_condition", "leaves", "possible"),
        ("en_denied", "ordering", "denied"),
    ],
)
def test_status_is_what_the_clause_claims(text: str, word: str, status: str) -> None:
    assert mention(text, word).status == status


REPORTED = [
    ("hearsay_killing", "getötet", ""),
    ("hearsay_passive", "getötet", ""),
    ("laut_person", "verlegte", "Jens Stoltenberg"),
    ("laut_body", "landete", "NASA"),
    ("angaben", "telefonierte", "Kreml"),
    ("eigene_angaben", "verließ", "Edward Snowden"),
    ("angeblich", "besuchte", ""),
    ("mutmasslich", "griff", ""),
    ("mutmasslich_noun", "Anschlag", ""),
    ("suspect_by_adjective", "floh", ""),
    ("konjunktiv_speaker", "gewonnen", "Lance Armstrong"),
    ("konjunktiv_passive", "vergiftet", "Achmed Sakajew"),
    ("konjunktiv_free", "gewonnen", "Lance Armstrong"),
    ("konjunktiv_nobody", "gefälscht", ""),
    ("accusation_infinitive", "hinterzogen", "Staatsanwaltschaft"),
    ("accusation_passive", "verraten", ""),
    ("suspect", "angezündet", "Ermittler"),
    ("said_of_other", "geschrieben", "Donald Trump"),
    ("en_said_of_other", "praised", "Donald Trump"),
    ("suspicion", "verraten", ""),
    ("denied_claim", "vergiftet", ""),
    ("first_person", "gesündigt", "Jimmy Swaggart"),
    ("en_allegedly", "poisoned", ""),
    ("en_according", "called", "Kremlin"),
    ("en_accused", "selling", "Prosecutors"),
    ("en_was_accused", "sold", ""),
    ("en_said", "won", "Lance Armstrong"),
    ("en_is_said", "landed", ""),
]


@pytest.mark.parametrize(("text", "word", "speaker"), REPORTED)
def test_a_claim_is_reported_with_who_makes_it(text: str, word: str, speaker: str) -> None:
    reported = mention(text, word).reported
    assert reported is not None
    assert named(read(text), reported.by) == speaker


@pytest.mark.parametrize(
    ("text", "word", "words"),
    [
        ("hearsay_killing", "getötet", "soll"),
        ("laut_person", "verlegte", "Laut Jens Stoltenberg"),
        ("angaben", "telefonierte", "Nach Angaben des Kreml"),
        ("eigene_angaben", "verließ", "nach eigenen Angaben"),
        ("angeblich", "besuchte", "angeblich"),
        ("mutmasslich", "griff", "mutmaßlich"),
        ("konjunktiv_passive", "vergiftet", "sagte"),
        ("accusation_passive", "verraten", "beschuldigt"),
        ("en_allegedly", "poisoned", "allegedly"),
    ],
)
def test_the_words_that_report_are_kept(text: str, word: str, words: str) -> None:
    reported = mention(text, word).reported
    assert reported is not None
    assert tree(text).text[reported.start : reported.end].strip(" ,") == words


@pytest.mark.parametrize("text", ["hearsay_killing", "hearsay_passive"])
def test_soll_getan_haben_is_never_planned(text: str) -> None:
    assert mention(text, "getötet").status == "occurred"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("mutmasslich_noun", "verurteilte"),  # only the attack is alleged
        ("accusation_infinitive", "warf"),
        ("accusation_passive", "beschuldigt"),
        ("konjunktiv_speaker", "sagte"),
        ("chancellor", "unterzeichnete"),
        ("news", "gewählt"),
        ("en_accused", "accused"),
    ],
)
def test_what_the_text_itself_asserts_is_not_reported(text: str, word: str) -> None:
    assert mention(text, word).reported is None


UNPROVEN = [(text, word) for text, word, _ in REPORTED] + [
    ("denial", "angeordnet"),
    ("denial_that", "vergiftet"),
    ("seems", "ermordet"),
    ("en_denied", "ordering"),
    ("en_acquitted", "killing"),
]
HEDGES = ("soll ", "Laut ", "Angeblich", "Nach eigenen Angaben", "(dementiert)", "(möglich)")
HEDGES += ("According to", "Allegedly", "By own account", "(denied)", "(possible)")


@pytest.mark.parametrize(("text", "word"), UNPROVEN)
def test_an_unproven_deed_is_never_flat_and_its_line_says_so(text: str, word: str) -> None:
    found = mention(text, word)
    assert found.reported is not None or found.status in ("denied", "possible")
    assert any(hedge in found.label for hedge in HEDGES), found.label


@pytest.mark.parametrize(
    ("text", "changes", "word"),
    [
        ("en_is_said", {"landed": ("said", "advcl")}, "landed"),
        ("en_was_accused", {"having": ("accused", "advcl"), "sold": ("having", "xcomp")}, "sold"),
        ("suspicion", {"verraten": ("stand", "ccomp"), "Dokumente": ("verraten", "nsubj")}, "verraten"),
        ("denied_claim", {"vergiftet": ("wies", "ccomp"), "Alexander": ("vergiftet", "nsubj")}, "vergiftet"),
        ("accusation_infinitive", {"hinterzogen": ("warf", "ccomp")}, "hinterzogen"),
        ("suspect", {"angezündet": ("verdächtigten", "ccomp")}, "angezündet"),
    ],
)
def test_a_claim_survives_a_tree_that_is_wrong(text: str, changes: dict[str, tuple[str, str]], word: str) -> None:
    found = next(m for m in rehung(text, changes).extraction.mentions if m.trigger == word)
    assert found.reported is not None
    assert any(hedge in found.label for hedge in HEDGES), found.label


def test_the_victim_of_a_claim_is_no_culprit_where_a_model_takes_him_for_the_subject() -> None:
    source = rehung("denied_claim", {"vergiftet": ("wies", "ccomp"), "Alexander": ("vergiftet", "nsubj")})
    found = next(m for m in source.extraction.mentions if m.trigger == "vergiftet")
    assert "agent" not in {role.role for role in found.roles}


def test_one_flat_mention_makes_the_event_flat() -> None:
    flat, hedged = (m for m in sorted(read("flat_and_hedged").mentions, key=lambda m: m.reported is not None))
    [event] = read("flat_and_hedged").events
    assert event.mentions == (flat.key, hedged.key)
