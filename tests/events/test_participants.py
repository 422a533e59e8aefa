"""Who takes part and in which role, and where it happened."""

from __future__ import annotations

import pytest

from tests.events.trees import mention, named, read, roles


@pytest.mark.parametrize(
    ("text", "word", "parts"),
    [
        ("particle", "lud", {("Menachem Begin", "agent"), ("Anwar as-Sadat", "patient")}),
        ("passive", "gestürzt", {("Salvador Allende", "patient")}),
        ("passive_agent", "verletzt", {("Ronald Reagan", "patient"), ("John Hinckley", "agent")}),
        ("reflexive", "traf", {("Helmut Kohl", "agent"), ("Michail Gorbatschow", "partner")}),
        ("angaben", "telefonierte", {("Wladimir Putin", "agent"), ("Joe Biden", "partner")}),
        ("dropped_subject", "traf", {("Konrad Adenauer", "agent"), ("Nikita Chruschtschow", "patient")}),
        ("relative_clause", "gereist", {("Anwar as-Sadat", "agent")}),
        ("both", "unterzeichneten", {("Helmut Kohl", "agent"), ("Michail Gorbatschow", "agent")}),
        ("called_off", "Treffen", {("Donald Trump", "agent"), ("Wladimir Putin", "partner")}),
        ("broken_off", "Gipfel", {("Donald Trump", "agent"), ("Kim Jong Un", "agent")}),
        ("genitive", "Besuch", {("Wladimir Putin", "agent")}),
        ("governments", "unterzeichneten", {("Russland", "agent"), ("USA", "agent")}),
        ("united_nations", "trat", {("Deutschland", "agent"), ("Vereinte Nationen", "recipient")}),
        ("epithet", "kündigte", {("Theresa May", "agent")}),
        ("two_dates", "traf", {("Harry Truman", "agent"), ("Josef Stalin", "patient")}),
        ("attack_against", "Anschlag", {("Adolf Hitler", "patient")}),
        ("mutmasslich_noun", "Anschlag", {("Sergej Skripal", "patient")}),
        ("victim_in_compound", "Hitler-Attentat", {("Adolf Hitler", "patient")}),
        ("en_assassination", "assassination", {("John F. Kennedy", "patient")}),
        ("en_jailed_for", "jailed", {("judge", "agent"), ("Nelson Mandela", "patient")}),
        ("en_cancelled", "summit", {("Donald Trump", "agent"), ("Kim Jong Un", "partner")}),
        ("en_possessive", "visit", {("Vladimir Putin", "agent")}),
        ("en_passive", "shot", {("John F. Kennedy", "patient")}),
    ],
)
def test_roles_are_read_off_the_tree(text: str, word: str, parts: set[tuple[str, str]]) -> None:
    assert roles(text, word) == parts


@pytest.mark.parametrize(
    ("text", "word", "absent"),
    [
        ("kims_father", "traf", "Kim Jong Un"),  # "Kims Vater Kim Jong Il"
        ("en_father", "met", "Kim Jong Un"),
        ("gandhis_mother", "ermordet", "Rajiv Gandhi"),
        ("former_president", "reiste", "Bill Clinton"),
        ("accusation_infinitive", "hinterzogen", "Staatsanwaltschaft"),
        ("suspect", "angezündet", "Ermittler"),
        ("en_accused", "selling", "Prosecutors"),
        ("en_acquitted", "killing", "jury"),
        ("en_jailed_for", "sabotage", "judge"),
        ("denied_claim", "vergiftet", "Russland"),
        ("laut_person", "verlegte", "Jens Stoltenberg"),  # who says so takes no part
        ("angaben", "telefonierte", "Kreml"),
        ("konjunktiv_passive", "vergiftet", "Achmed Sakajew"),
        ("pronoun_tie", "reiste", "Helmut Kohl"),
        ("pronoun_tie", "reiste", "Michail Gorbatschow"),
        ("denial_that", "vergiftet", "Russland"),
    ],
)
def test_nobody_takes_part_who_did_not(text: str, word: str, absent: str) -> None:
    assert absent not in {name for name, _ in roles(text, word)}


@pytest.mark.parametrize(
    ("text", "word", "role"),
    [
        ("accusation_infinitive", "hinterzogen", ("Uli Hoeneß", "agent")),
        ("accusation_passive", "verraten", ("Alfred Dreyfus", "agent")),
        ("denial_that", "vergiftet", ("Sergej Skripal", "patient")),
        ("kims_father", "traf", ("Kim Jong Il", "agent")),
        ("asked_to", "niederzureißen", ("Michail Gorbatschow", "agent")),
    ],
)
def test_who_is_said_to_have_acted_acts(text: str, word: str, role: tuple[str, str]) -> None:
    assert role in roles(text, word)


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("reflexive", "traf", "Moskau"),
        ("meeting_noun", "Treffen", "Erfurt"),
        ("kims_father", "traf", "Ulan-Ude"),
        ("wants", "besuchen", "Australien"),
        ("eigene_angaben", "verließ", "Hongkong"),
        ("after_noun", "reiste", "London"),  # not Potsdam, where he had been
        ("after_noun", "Besuch", "Potsdam"),
        ("called_off_passive", "Besuch", "Kopenhagen"),
        ("en_father", "met", "Ulan-Ude"),
        ("en_before_noun", "visited", "Houston"),
        ("passive", "gestürzt", ""),
    ],
)
def test_the_place_is_where_it_happened(text: str, word: str, place: str) -> None:
    assert named(read(text), mention(text, word).place) == place
