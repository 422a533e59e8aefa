"""The word lists are well formed, agree between the languages, and say of a sample of words what a reader expects."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from events.lexicon import lexicon_of

ROOT = Path(__file__).resolve().parents[2]
LANG = ROOT / "events" / "lang"
LANGUAGES = ("de", "en")
HEADERS = {
    "verbs": "#lemma\tclass\tkind\tconcept\tnever",
    "nouns": "#lemma\tclass\tkind\tconcept\tholder",
    "suffixes": "#suffix\tclass\tkind",
    "offices": "#lemma\tgender\tkind\tof",
    "states": "#iso\tname\tvariants\tadjective\tdemonyms\tcapital\tgovernment",
    "places": "#name\tvariants\tiso",
    "firstnames": "#name\tgender",
    "surnames_first": "#surname\tiso",
    "titles": "#title\tgender",
}
LEAST = {
    ("de", "verbs"): 1500,
    ("en", "verbs"): 1200,
    ("de", "nouns"): 900,
    ("en", "nouns"): 700,
    ("de", "offices"): 500,
    ("en", "offices"): 400,
    ("de", "places"): 1500,
    ("en", "places"): 1500,
    ("de", "firstnames"): 2000,
    ("en", "firstnames"): 2000,
    ("de", "states"): 197,
    ("en", "states"): 197,
}
ASPECTS = {"begin", "continue", "end", "cancel", "fail", "plan", "avoid"}
VERB_CLASSES = ASPECTS | {"event", "saying", "state", "cognition", "light", "deny", "gesture", "weak"}
NOUN_CLASSES = ASPECTS | {"event", "saying", "process", "result", "not_event", "weak", "deny", "gesture"}
HAPPENING = {"event", "saying", "gesture", "deny"}
PREPOSITIONS = {
    "de": {
        "an",
        "auf",
        "aus",
        "bei",
        "durch",
        "für",
        "gegen",
        "in",
        "mit",
        "nach",
        "um",
        "von",
        "vor",
        "zu",
        "zwischen",
        "über",
    },
    "en": {
        "about",
        "against",
        "at",
        "before",
        "between",
        "by",
        "for",
        "from",
        "in",
        "into",
        "on",
        "over",
        "to",
        "with",
    },
}
FILES = [(language, name) for language in LANGUAGES for name in HEADERS]


@cache
def lines_of(language: str, name: str) -> tuple[str, ...]:
    return tuple((LANG / language / f"{name}.tsv").read_text(encoding="utf-8").split("\n"))


@cache
def rows_of(language: str, name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split("\t")) for line in lines_of(language, name)[1:] if line)


@cache
def kinds() -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOT / "events" / "kinds.toml").read_text(encoding="utf-8"))


def concepts_of(language: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in ("verbs", "nouns"):
        for row in rows_of(language, name):
            if row[3]:
                found.setdefault(row[3], set()).add(row[0])
    return found


@pytest.mark.parametrize(("language", "name"), FILES)
def test_each_list_is_sorted_unique_and_as_wide_as_its_header(language: str, name: str) -> None:
    lines, rows = lines_of(language, name), rows_of(language, name)
    assert lines[0] == HEADERS[name]
    assert lines[-1] == ""
    keys = [row[0] for row in rows]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))
    width = HEADERS[name].count("\t") + 1
    assert [row for row in rows if len(row) != width or not row[0]] == []
    assert [row for row in rows if any(field != field.strip() or "  " in field for field in row)] == []


@pytest.mark.parametrize(("language", "name"), FILES)
def test_each_list_is_as_broad_as_promised(language: str, name: str) -> None:
    assert len(rows_of(language, name)) >= LEAST.get((language, name), 40)


@pytest.mark.parametrize("language", LANGUAGES)
def test_classes_and_kinds_are_known(language: str) -> None:
    known = {"", *kinds()}
    for name, classes in (("verbs", VERB_CLASSES), ("nouns", NOUN_CLASSES), ("suffixes", NOUN_CLASSES)):
        wrong = [row[:3] for row in rows_of(language, name) if row[1] not in classes or row[2] not in known]
        assert wrong == []
        assert [row[0] for row in rows_of(language, name) if row[1] in HAPPENING and not row[2]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_speak_of_another_event_have_no_concept(language: str) -> None:
    rows = rows_of(language, "verbs") + rows_of(language, "nouns")
    assert [row[0] for row in rows if row[3] and row[1] in ASPECTS | {"state", "cognition", "light", "not_event"}] == []


def test_every_concept_exists_in_both_languages() -> None:
    german, english = concepts_of("de"), concepts_of("en")
    assert {c: words for c, words in german.items() if c not in english} == {}
    assert {c: words for c, words in english.items() if c not in german} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_concepts_are_short_names(language: str) -> None:
    assert [c for c in concepts_of(language) if not re.fullmatch(r"[a-z0-9_]{2,25}", c)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_holders_are_genitives_or_prepositions(language: str) -> None:
    known = {"gen", "gen=patient", *PREPOSITIONS[language]}
    rows = rows_of(language, "nouns")
    assert {row[0]: row[4] for row in rows if not set(row[4].split()) <= known} == {}
    assert [row[0] for row in rows if {"gen", "gen=patient"} <= set(row[4].split())] == []


def test_german_phrases_end_in_their_verb() -> None:
    phrases = [row[0] for row in rows_of("de", "verbs") if " " in row[0]]
    assert [p for p in phrases if not re.fullmatch(r"[a-zäöüß]+n|tun", p.split()[-1])] == []


def test_german_nouns_are_capitalised_and_verbs_are_not() -> None:
    assert [row[0] for row in rows_of("de", "nouns") if not row[0][0].isupper()] == []
    assert [row[0] for row in rows_of("de", "verbs") if " " not in row[0] and not row[0][0].islower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_in_two_parts_of_a_list_of_states(language: str) -> None:
    names: dict[str, str] = {}
    for iso, name, variants, *_ in rows_of(language, "states"):
        for word in (name, *filter(None, variants.split("|"))):
            assert names.setdefault(word, iso) == iso, word


@pytest.mark.parametrize("language", LANGUAGES)
def test_genders_kinds_and_countries_of_persons_are_known(language: str) -> None:
    states = {row[0] for row in rows_of(language, "states")}
    for lemma, gender, kind, of in rows_of(language, "offices"):
        assert gender in {"m", "f", "u", ""}, lemma
        assert kind in {"person", "organisation", "group", "relative", ""}, lemma
        assert (gender != "") == (kind in {"person", "relative"}) or kind == "group", lemma
        assert of == "" or of in states, lemma
    for name in ("firstnames", "titles"):
        assert {row[1] for row in rows_of(language, name)} <= {"m", "f", "u"}
    assert {row[2] for row in rows_of(language, "places")} - states <= {"", "AQ"}
    assert {row[1] for row in rows_of(language, "surnames_first")} <= states


@pytest.mark.parametrize("language", LANGUAGES)
def test_states_bear_the_names_that_the_locale_data_gives_them(language: str) -> None:
    babel = pytest.importorskip("babel", reason="Babel holds the locale data to compare with")
    territories = babel.Locale(language).territories
    names = {row[0]: {row[1], *row[2].split("|")} for row in rows_of(language, "states")}
    missing = {iso: territories[iso] for iso in names if iso in territories and territories[iso] not in names[iso]}
    assert missing == {}


def test_states_are_the_same_in_both_languages() -> None:
    assert [row[0] for row in rows_of("de", "states")] == [row[0] for row in rows_of("en", "states")]


def test_places_are_in_the_same_states_in_both_languages() -> None:
    german = {row[0]: row[2] for row in rows_of("de", "places")}
    english = {row[0]: row[2] for row in rows_of("en", "places")}
    assert {n: (german[n], english[n]) for n in german.keys() & english.keys() if german[n] != english[n]} == {}


def test_kinds_are_documented_as_they_stand_in_the_data() -> None:
    document = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
    table = {
        match[1]: (match[2].strip(), match[3].strip())
        for match in re.finditer(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|([^|]*)\|$", document, re.MULTILINE)
    }
    assert table == {name: (kind["plover"], kind["schema"]) for name, kind in kinds().items()}
    assert all(kind["de"] and kind["en"] for kind in kinds().values())


VERBS = {
    "de": {
        "treffen": "event meeting meet",
        "besuchen": "event visit visit",
        "eintreffen": "event travel arrive",
        "überqueren": "event travel cross",
        "einladen": "event meeting invite",
        "ums Leben kommen": "event death die",
        "sterben": "event death die",
        "zurücktreten": "event resignation resign",
        "verurteilen": "event trial convict",
        "freisprechen": "event trial acquit",
        "unterzeichnen": "event agreement sign",
        "verunglücken": "event accident crash",
        "festnehmen": "event arrest arrest",
        "in Kraft treten": "event law come_into_force",
        "heiraten": "event birth marry",
        "gründen": "event founding found",
        "ankündigen": "saying statement announce",
        "kritisieren": "saying statement criticize",
        "dementieren": "deny statement deny",
        "absagen": "cancel other ",
        "scheitern": "fail other ",
        "abbrechen": "fail other ",
        "beginnen": "begin  ",
        "fortsetzen": "continue  ",
        "enden": "end  ",
        "planen": "plan  ",
        "verhindern": "avoid  ",
        "stattfinden": "light  ",
        "lächeln": "gesture other smile",
        "aufhören": "event resignation resign",
        "gewinnen": "event sport win",
        "umbenennen": "event other rename",
        "frühstücken": "weak  ",
    },
    "en": {
        "meet": "event meeting meet",
        "visit": "event visit visit",
        "arrive": "event travel arrive",
        "cross": "event travel cross",
        "invite": "event meeting invite",
        "die": "event death die",
        "resign": "event resignation resign",
        "step down": "event resignation resign",
        "acquit": "event trial acquit",
        "sign": "event agreement sign",
        "arrest": "event arrest arrest",
        "come into force": "event law come_into_force",
        "announce": "saying statement announce",
        "deny": "deny statement deny",
        "cancel": "cancel other ",
        "fail": "fail other ",
        "begin": "begin  ",
        "plan": "plan  ",
        "take place": "light  ",
        "shake hands": "gesture other handshake",
    },
}
NO_EVENT = {
    "de": "sein haben gehören kosten gelten wohnen liegen heißen stehen bestehen fehlen glauben hoffen erwarten wissen",
    "en": "be have belong cost live mean consist believe hope expect know think",
}
NOUNS = {
    "de": {
        "Gipfel": "event meeting summit",
        "Treffen": "event meeting meet",
        "Visite": "event visit visit",
        "Anschlag": "event attack attack",
        "Rücktritt": "event resignation resign",
        "Erdbeben": "event disaster earthquake",
        "Unterzeichnung": "event agreement sign",
        "Ermordung": "event attack kill",
        "Wiedervereinigung": "event founding unite",
        "Erklärung": "saying statement say",
        "Drohung": "saying statement threaten",
        "Abkommen": "result agreement treaty",
        "Absage": "cancel  ",
        "Beginn": "begin  ",
        "Vorhaben": "plan  ",
        "Handschlag": "gesture other handshake",
    },
    "en": {
        "summit": "event meeting summit",
        "visit": "event visit visit",
        "attack": "event attack attack",
        "resignation": "event resignation resign",
        "earthquake": "event disaster earthquake",
        "signing": "event agreement sign",
        "statement": "saying statement say",
        "treaty": "result agreement treaty",
        "cancellation": "cancel  ",
        "handshake": "gesture other handshake",
    },
}
NO_HAPPENING = {
    "de": "Wohnung Zeitung Regierung Meinung Abteilung Nation Position Region Bildung Gipfelkreuz Berggipfel Wahllokal "
    "Wahlkreis Unfallstelle Tatort Sonderzug Beispiel Schauspiel Vorurteil Ausrede Einwohner Todesopfer",
    "en": "nation position region government department apartment television polling_station crime_scene battlefield",
}
LASTING = {"de": "Zusammenarbeit Entwicklung Konflikt Krise Streit Wahlkampf", "en": "cooperation development crisis"}


def spot(row: tuple[str, ...]) -> str:
    return " ".join(row[1:4])


@pytest.mark.parametrize("language", LANGUAGES)
def test_verbs_say_what_a_reader_expects(language: str) -> None:
    rows = {row[0]: row for row in rows_of(language, "verbs")}
    assert {lemma: spot(rows[lemma]) for lemma in VERBS[language]} == VERBS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_states_and_opinions_are_no_events(language: str) -> None:
    rows = {row[0]: row for row in rows_of(language, "verbs")}
    assert {w: rows[w][1] for w in NO_EVENT[language].split() if rows[w][1] not in {"state", "cognition"}} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nouns_say_what_a_reader_expects(language: str) -> None:
    rows = {row[0]: row for row in rows_of(language, "nouns")}
    assert {lemma: spot(rows[lemma]) for lemma in NOUNS[language]} == NOUNS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_things_and_bodies_are_no_happenings(language: str) -> None:
    lexicon = lexicon_of(language)
    found = {w: lexicon.noun(w.replace("_", " ")) for w in NO_HAPPENING[language].split()}
    assert {w: entry.category for w, entry in found.items() if entry and entry.category != "not_event"} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_lasts_is_background(language: str) -> None:
    lexicon = lexicon_of(language)
    entries = [lexicon.noun(word) for word in LASTING[language].split()]
    assert [entry.category if entry else None for entry in entries] == ["process"] * len(entries)


@pytest.mark.parametrize(
    ("compound", "concept"),
    [
        ("Atomgipfel", "summit"),
        ("Staatsbesuch", "visit"),
        ("Bundestagswahl", "elect"),
        ("Putin-Besuch", "visit"),
        ("Gasexplosion", "explode"),
        ("Brückeneinsturz", "crash"),
        ("Nobelpreisverleihung", "award_ceremony"),
    ],
)
def test_compounds_mean_what_their_head_means(compound: str, concept: str) -> None:
    entry = lexicon_of("de").noun(compound)
    assert entry is not None
    assert (entry.category, entry.concept) == ("event", concept)


@pytest.mark.parametrize(
    ("language", "word", "iso"),
    [
        ("de", "Kreml", "RU"),
        ("de", "Weißes Haus", "US"),
        ("de", "Downing Street", "GB"),
        ("en", "White House", "US"),
        ("en", "Kremlin", "RU"),
    ],
)
def test_words_for_the_government_stand_for_the_state(language: str, word: str, iso: str) -> None:
    assert lexicon_of(language).state_governments[word].iso == iso


@pytest.mark.parametrize(
    ("language", "word", "iso"),
    [
        ("de", "nordkoreanischen", "KP"),
        ("de", "US-amerikanische", "US"),
        ("de", "persische", "IR"),
        ("de", "weißrussischer", "BY"),
        ("en", "North Korean", "KP"),
    ],
)
def test_each_adjective_of_a_state_leads_to_it(language: str, word: str, iso: str) -> None:
    state = lexicon_of(language).adjective_state(word)
    assert state is not None
    assert state.iso == iso


@pytest.mark.parametrize(
    ("language", "lemma", "expected"),
    [
        ("de", "Kanzlerin", ("f", "person", "")),
        ("de", "Bundespräsident", ("m", "person", "")),
        ("de", "Kremlchef", ("m", "person", "RU")),
        ("de", "Staatsanwältin", ("f", "person", "")),
        ("de", "Rechtsanwältin", ("f", "person", "")),
        ("de", "Angeklagter", ("m", "person", "")),
        ("de", "Angeklagte", ("u", "person", "")),
        ("de", "Polizei", ("", "organisation", "")),
        ("de", "Witwe", ("f", "relative", "")),
        ("de", "Bundeskriminalamt", ("", "organisation", "DE")),
        ("en", "president", ("u", "person", "")),
        ("en", "spokeswoman", ("f", "person", "")),
        ("en", "widow", ("f", "relative", "")),
        ("en", "police", ("", "organisation", "")),
    ],
)
def test_offices_have_gender_kind_and_country(language: str, lemma: str, expected: tuple[str, str, str]) -> None:
    office = lexicon_of(language).offices[lemma]
    assert (office.gender, office.kind, office.state) == expected


@pytest.mark.parametrize("word", ["Entführung", "Kindesentführung", "Autobahn", "Datenbank", "Sekunde", "Oberschenkel"])
def test_words_that_only_end_like_an_office_are_none(word: str) -> None:
    assert lexicon_of("de").office(word) is None


@pytest.mark.parametrize(
    ("language", "name", "gender"),
    [
        ("de", "Angela", "f"),
        ("de", "Wladimir", "m"),
        ("de", "Andrea", "f"),
        ("de", "Kim", "u"),
        ("en", "Vladimir", "m"),
        ("en", "Theresa", "f"),
        ("en", "Recep", "m"),
    ],
)
def test_given_names_tell_the_gender(language: str, name: str, gender: str) -> None:
    assert lexicon_of(language).first_names[name] == gender


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_common_word_is_a_given_name_and_no_given_name_a_place_only(language: str) -> None:
    names = {row[0] for row in rows_of(language, "firstnames")}
    common = {"de": {"Will", "Can", "Per", "Mai", "Rose", "Base", "Art"}, "en": {"Can", "Even", "Mine", "Per", "Order"}}
    assert names & common[language] == set()
