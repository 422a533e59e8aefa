"""A line that a reader understands alone, with every hedge of the text."""

from __future__ import annotations

import pytest

from events.labels import LONGEST
from tests.events.trees import ids, mention, read, steps


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        # actor first, present tense, no date, full names
        ("inversion", "betrat", "Neil Armstrong betritt den Mond"),
        ("reflexive", "traf", "Helmut Kohl trifft sich mit Michail Gorbatschow in Moskau"),
        ("particle", "lud", "Menachem Begin lädt Anwar as-Sadat nach Jerusalem ein"),
        ("undated", "trat", "Erich Honecker tritt zurück"),
        ("passive", "gestürzt", "Salvador Allende wird gestürzt"),
        ("passive_agent", "verletzt", "Ronald Reagan wird von John Hinckley verletzt"),
        ("sharp_s", "begrüßt", "Nelson Mandela wird in Lusaka begrüßt"),
        ("dropped_subject", "traf", "Konrad Adenauer trifft Nikita Chruschtschow"),
        ("kims_father", "traf", "Kim Jong Il trifft in Ulan-Ude Dmitri Medwedew"),
        ("kennedys", "gewann", "Robert Kennedy gewinnt die Vorwahl in Kalifornien"),
        ("chancellor", "unterzeichnete", "Willy Brandt unterzeichnet den Vertrag"),
        ("gandhis_mother", "ermordet", "Rajiv Gandhis Mutter wird ermordet"),
        ("both", "unterzeichneten", "Helmut Kohl und Michail Gorbatschow unterzeichnen eine Erklärung"),
        ("pronoun_subject", "reiste", "Helmut Kohl reist ab"),
        ("two_dates", "Präsident", "Harry Truman wird Präsident"),
        ("succeeded", "gelungen", "Die Verpflanzung eines Herzens gelingt Christiaan Barnard in Kapstadt"),
        # plans
        ("wants", "besuchen", "Emmanuel Macron will Australien besuchen"),
        ("shall", "öffnen", "Der Flughafen BER soll öffnen"),
        ("future", "treffen", "Angela Merkel wird Joe Biden treffen"),
        ("wanted_friday", "reisen", "Angela Merkel will nach Moskau reisen"),
        # what became of them
        ("called_off", "Treffen", "Donald Trump sagt das Treffen mit Wladimir Putin ab"),
        ("called_off_passive", "Besuch", "Besuch von Donald Trump in Kopenhagen abgesagt"),
        ("planned_noun", "Gipfel", "Die Kanzlerin verschiebt den geplanten Gipfel mit Xi Jinping"),
        ("broken_off", "Gipfel", "Gipfel von Donald Trump und Kim Jong Un in Hanoi gescheitert"),
        ("genitive", "Besuch", "Besuch von Wladimir Putin in Wien beginnt"),
        # nouns
        ("meeting_noun", "Treffen", "Treffen von Willy Brandt und Willi Stoph in Erfurt"),
        ("before_noun", "Treffen", "Treffen mit Helmut Kohl"),
        ("attack_against", "Anschlag", "Anschlag gegen Adolf Hitler gescheitert"),
        ("victim_in_compound", "Hitler-Attentat", "Hitler-Attentat gescheitert"),
        # what is open
        ("question", "Trifft", "Joe Biden trifft Wladimir Putin (möglich)"),
        ("conditional_mood", "treffen", "Joe Biden trifft Wladimir Putin in Genf (möglich)"),
    ],
)
def test_a_german_line(text: str, word: str, label: str) -> None:
    assert mention(text, word).label == label


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("hearsay_killing", "getötet", "Ein Kommando aus Riad soll Jamal Khashoggi in Istanbul getötet haben"),
        ("hearsay_passive", "getötet", "Jamal Khashoggi soll im Konsulat getötet worden sein"),
        ("laut_person", "verlegte", "Laut Jens Stoltenberg verlegt Russland Truppen an die Grenze"),
        ("laut_body", "landete", "Laut NASA landet die Sonde Curiosity auf dem Mars"),
        ("angaben", "telefonierte", "Laut Kreml telefoniert Wladimir Putin mit Joe Biden"),
        ("eigene_angaben", "verließ", "Nach eigenen Angaben verlässt Edward Snowden Hongkong"),
        ("angeblich", "besuchte", "Angeblich besucht Lee Harvey Oswald Mexiko"),
        ("mutmasslich", "griff", "Angeblich greift der russische Geheimdienst den Bundestag an"),
        ("mutmasslich_noun", "Anschlag", "Angeblich: Anschlag auf Sergej Skripal"),
        ("konjunktiv_speaker", "gewonnen", "Nach eigenen Angaben gewinnt Lance Armstrong die Tour de France"),
        ("konjunktiv_passive", "vergiftet", "Laut Achmed Sakajew wird Alexander Litwinenko vergiftet"),
        ("konjunktiv_nobody", "gefälscht", "Angeblich fälscht Konrad Kujau die Tagebücher"),
        ("accusation_infinitive", "hinterzogen", "Laut Staatsanwaltschaft hinterzieht Uli Hoeneß Steuern"),
        ("accusation_passive", "verraten", "Angeblich verrät Alfred Dreyfus Dokumente an Deutschland"),
        ("suspect", "angezündet", "Laut Ermittler zündet Beate Zschäpe das Haus in Zwickau an"),
        ("denial", "angeordnet", "Richard Nixon ordnet den Einbruch an (dementiert)"),
        ("denial_that", "vergiftet", "Agenten vergiften Sergej Skripal (dementiert)"),
        # "by own account" of Kim would put the claim into a wrong mouth
        ("said_of_other", "geschrieben", "Laut Donald Trump schreibt Kim Jong Un Donald Trump"),
        ("en_said_of_other", "praised", "According to Donald Trump, Kim Jong Un praises Donald Trump in Singapore"),
        ("suspicion", "verraten", "Angeblich: «Dokumente verraten zu haben»"),
        ("denied_claim", "vergiftet", "Angeblich: «Alexander Litwinenko vergiftet zu haben» (dementiert)"),
        ("seems", "ermordet", "Lee Harvey Oswald ermordet John F. Kennedy (möglich)"),
        ("en_acquitted", "killing", "O. J. Simpson kills Nicole Brown (denied)"),
        ("en_allegedly", "poisoned", "Allegedly, Russian agents poison Alexei Navalny in Tomsk"),
        ("en_accused", "selling", "According to Prosecutors, Alfred Dreyfus sells secrets to Germany"),
        ("en_was_accused", "sold", "Allegedly, Alfred Dreyfus sells secrets to Germany"),
        ("en_denied", "ordering", "Richard Nixon orders the burglary (denied)"),
        ("en_said", "won", "By own account, Lance Armstrong wins the race in Paris"),
        ("en_is_said", "landed", "Allegedly, Amelia Earhart lands on an island"),
    ],
)
def test_a_line_keeps_the_hedge(text: str, word: str, label: str) -> None:
    assert mention(text, word).label == label


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("en_plan", "meet", "Donald Trump plans to meet Kim Jong Un in Singapore"),
        ("en_cancelled", "summit", "Donald Trump cancels the summit with Kim Jong Un"),
        ("en_passive", "shot", "John F. Kennedy is shot in Dallas"),
        ("en_pair", "signed", "Ronald Reagan and Mikhail Gorbachev sign a statement"),
        ("en_father", "met", "Kim Jong Il meets Dmitry Medvedev in Ulan-Ude"),
        ("en_because_of", "evacuated", "Officials evacuate Pripyat because of the explosion"),
        ("en_before_noun", "visited", "John F. Kennedy visits Houston before the visit to Dallas"),
        ("en_after_clause", "resigned", "Richard Nixon resigns"),
    ],
)
def test_an_english_line_has_english_word_order(text: str, word: str, label: str) -> None:
    assert mention(text, word).label == label


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("no_subject", "reiste", "«Am 16. Juli 1990 reiste er ab»"),
        ("pronoun_tie", "reiste", "«Er reiste am 16. Juli 1990 ab»"),
        ("first_person", "gesündigt", "Laut Jimmy Swaggart: «Ich habe gesündigt»"),
        ("accusation_infinitive", "warf", "«Die Staatsanwaltschaft warf Uli Hoeneß vor, Steuern hinterzogen zu haben»"),
        ("not_only", "besuchte", "«Willy Brandt besuchte 1970 nicht nur Moskau, sondern auch Warschau»"),
        ("konjunktiv_speaker", "sagte", "«Lance Armstrong sagte, er habe die Tour de France sauber gewonnen»"),
        ("en_said", "said", "“Lance Armstrong said he had won the race in Paris”"),
    ],
)
def test_the_clause_itself_stands_rather_than_a_wrong_sentence(text: str, word: str, label: str) -> None:
    assert mention(text, word).label == label


def test_a_clause_that_is_too_long_ends_between_two_words() -> None:
    found = mention("long", "unterzeichneten")
    words = found.label.strip("«»").removesuffix(" …")
    assert found.label.endswith(" …»")
    assert steps("long").tree.text.startswith(words + " ")


@pytest.mark.parametrize("text", ids())
def test_lines_are_short_whole_and_name_nobody_by_a_pronoun(text: str) -> None:
    pronouns = {"er", "sie", "ihn", "ihm", "ihnen", "he", "she", "him", "they", "them"}
    for found in read(text).mentions:
        assert 0 < len(found.label) <= LONGEST
        assert found.label == " ".join(found.label.split())
        assert found.label[0].isupper() or not found.label[0].isalpha()
        assert found.label[0] in "«“" or "«" in found.label or not pronouns & set(found.label.split())


@pytest.mark.parametrize("text", ids())
def test_a_line_names_only_persons_of_its_event(text: str) -> None:
    """Those who take part, who say so, or whom the clause names: "Treffen mit X" from nowhere would be a false line."""
    extraction = read(text)
    mentions = {m.key: m for m in extraction.mentions}
    for event in extraction.events:
        members = [mentions[key] for key in event.mentions]
        allowed = {role.actor for m in members for role in m.roles}
        allowed |= {m.reported.by for m in members if m.reported is not None}
        for actor in extraction.actors:
            if actor.kind != "person" or " " not in actor.name or actor.key in allowed:
                continue
            if any(m.start <= place.start < m.end for m in members for place in actor.mentions):
                continue
            assert not any(actor.name in m.label for m in members if m.label[0] not in "«“"), (members, actor.name)
