"""Which model reads a language, and which language a text is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.errors import MissingModel, UnsupportedLanguage
from events.parsing import detect_language, load_analyzer
from events.parsing.lemmas import find_lemma, name_base
from events.parsing.loading import MODELS_VARIABLE, weights_folder

TEXT = {
    "de": "Bundeskanzler Adenauer reiste am 8. September 1955 nach Moskau. Dort wurde über die Gefangenen verhandelt.",
    "en": "Chancellor Adenauer travelled to Moscow on 8 September 1955. He didn't stay long.",
}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT["de"], "de"),
        (TEXT["en"], "en"),
        ("Le président de la République a reçu hier le chancelier allemand à Paris.", "fr"),
        ("De minister-president heeft gisteren in Den Haag met de bonden overlegd.", "nl"),
        ("...", "de"),
    ],
)
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_language_that_no_model_reads_is_named() -> None:
    with pytest.raises(UnsupportedLanguage, match="'fr'"):
        load_analyzer("fr")


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(MissingModel, match="de_no_such_model"):
        load_analyzer("de", model="de_no_such_model")


def test_other_weights_are_found_by_the_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    assert weights_folder() == tmp_path


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        ("Verhandlungen", "NOUN", "Verhandlung"),
        ("reiste", "VERB", "reisen"),
        ("im", "ADP", "in"),
        ("Zwei", "NUM", "zwei"),
        ("großen", "ADJ", "groß"),
    ],
)
def test_german_base_forms(form: str, pos: str, lemma: str) -> None:
    assert find_lemma(form, pos, "", "de") == lemma


@pytest.mark.parametrize(
    ("form", "base"), [("Adenauers", "Adenauer"), ("Strauß'", "Strauß"), ("Max", "Max"), ("Jens", "Jen")]
)
def test_a_genitive_loses_its_ending(form: str, base: str) -> None:
    assert name_base(form, "de", is_genitive=True) == base
