"""How the word lists are read and asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.errors import MalformedLanguageData, UnsupportedLanguage
from events.lexicon import Lexicon, compound_head, lexicon_of


@pytest.mark.parametrize(
    ("noun", "head", "kind"),
    [
        ("Gipfel", "Gipfel", "meeting"),
        ("Atomgipfel", "Gipfel", "meeting"),  # the head of a compound says what it is
        ("Putin-Kim-Gipfel", "Gipfel", "meeting"),
        ("Staatsbesuch", "Besuch", "visit"),
        ("Bombenanschlag", "Anschlag", "attack"),
    ],
)
def test_a_compound_is_what_its_head_is(noun: str, head: str, kind: str) -> None:
    entry = lexicon_of("de").noun(noun)
    assert entry is not None
    assert (entry.lemma, entry.kind) == (head if noun not in lexicon_of("de").nouns else noun, kind)


@pytest.mark.parametrize("noun", ["Xylophon", "Tisch", "Gi"])
def test_a_noun_for_a_thing_is_no_event(noun: str) -> None:
    entry = lexicon_of("de").noun(noun)
    assert entry is None or entry.category == "not_event"


@pytest.mark.parametrize(
    ("language", "word", "iso"),
    [
        ("de", "nordkoreanischen", "KP"),
        ("de", "Russische", "RU"),
        ("de", "deutsches", "DE"),
        ("en", "Russian", "RU"),
    ],
)
def test_an_adjective_in_any_form_belongs_to_its_state(language: str, word: str, iso: str) -> None:
    state = lexicon_of(language).adjective_state(word)
    assert state is not None
    assert state.iso == iso


@pytest.mark.parametrize("word", ["rote", "", "en", "kalten"])
def test_other_adjectives_belong_to_no_state(word: str) -> None:
    assert lexicon_of("de").adjective_state(word) is None


@pytest.mark.parametrize("noun", ["Bundeskanzler", "Vizekanzler", "US-Präsident", "Ministerpräsidentin"])
def test_an_office_is_found_by_its_head(noun: str) -> None:
    office = lexicon_of("de").office(noun)
    assert office is not None
    assert office.kind == "person"


@pytest.mark.parametrize(
    ("words", "folded"),
    [("hearsay", "mutmasslich"), ("hearsay", "mutmaßlich")],
)
def test_words_with_sharp_s_are_listed_as_steps_compare_them(words: str, folded: str) -> None:
    assert folded in lexicon_of("de").grammar["words"][words]
    assert "anschliessend" in lexicon_of("de").grammar["connectives"]["after"]
    assert "gemäss" in lexicon_of("de").grammar["prepositions"]["source"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_states_know_name_capital_and_code(language: str) -> None:
    lexicon = lexicon_of(language)
    assert len({state.iso for state in lexicon.states}) == len(lexicon.states)
    for state in lexicon.states:
        assert lexicon.state_names[state.name] is state
        assert state.name.strip() == state.name != ""


def test_german_and_english_know_the_same_states() -> None:
    assert set(lexicon_of("de").state_by_iso) == set(lexicon_of("en").state_by_iso)


def test_a_language_without_data_is_named() -> None:
    with pytest.raises(UnsupportedLanguage, match="'fr'"):
        Lexicon("fr")


def test_a_line_with_too_many_fields_is_named_by_file_and_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    from pathlib import Path

    import events.lexicon as module

    folder = Path(str(tmp_path)) / "lang" / "de"
    folder.mkdir(parents=True)
    (folder / "verbs.tsv").write_text("#lemma\tclass\nlaufen\tevent\t\t\t\tone\ttoo many\n", encoding="utf-8")
    monkeypatch.setattr(module, "files", lambda _: Path(str(tmp_path)))
    with pytest.raises(MalformedLanguageData, match=r"verbs\.tsv, line 2"):
        Lexicon("de")


def test_broken_toml_is_named_by_file(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    from pathlib import Path

    import events.lexicon as module

    folder = Path(str(tmp_path)) / "lang" / "de"
    folder.mkdir(parents=True)
    (folder / "grammar.toml").write_text("[words\n", encoding="utf-8")
    monkeypatch.setattr(module, "files", lambda _: Path(str(tmp_path)))
    with pytest.raises(MalformedLanguageData, match=r"grammar\.toml"):
        Lexicon("de")


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Pd"]), max_size=25))
def test_any_word_may_be_asked_for(word: str) -> None:
    for language in ("de", "en"):
        lexicon = lexicon_of(language)
        lexicon.noun(word)
        lexicon.office(word)
        lexicon.adjective_state(word)


@settings(deadline=None)
@given(st.sampled_from(sorted(lexicon_of("de").nouns)), st.sampled_from(["Atom", "Sonder", "Landes"]))
def test_a_compound_of_a_listed_noun_ends_in_a_listed_noun(noun: str, first: str) -> None:
    if not noun.isalpha() or len(noun) < 4 or not noun[0].isupper() or not noun[1:].islower():
        return
    head = compound_head(first + noun.lower(), lexicon_of("de").nouns)
    assert head is not None
    assert (first + noun.lower()).casefold().endswith(head.rpartition("-")[2].casefold())
