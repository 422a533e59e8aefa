"""Words of German and English text, with offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.parsing.tokenizer import normalize, tokenize


def words(text: str, language: str) -> str:
    return " ".join(text[start:end] for start, end in tokenize(text, language))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 24. April 2019 kam er.", "Am 24. April 2019 kam er ."),
        ("Das war 2011.", "Das war 2011 ."),
        ("z. B. Dr. Merkel usw.", "z. B. Dr. Merkel usw."),
        ("„Ja“, sagte sie.", "„ Ja “ , sagte sie ."),
        ("Innen- und Außenpolitik", "Innen- und Außenpolitik"),
        ("5% von 20€ um 20.30 Uhr", "5 % von 20 € um 20.30 Uhr"),
        ("Moskau/Kiew (dpa) - Gestern", "Moskau / Kiew ( dpa ) - Gestern"),
        ("von 1990–1995", "von 1990 – 1995"),
        ("Ludwig XIV. starb 1715.", "Ludwig XIV. starb 1715 ."),
        ("Strauss' Oper und das 'Haus'", "Strauss' Oper und das ' Haus '"),
        ("siehe www.bundestag.de/presse.", "siehe www.bundestag.de/presse ."),
        ("Wirklich?! Ja...", "Wirklich ?! Ja ..."),
        ("24/7 am 5.5.2005", "24/7 am 5.5.2005"),
    ],
)
def test_german_words(text: str, expected: str) -> None:
    assert words(text, "de") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He didn't, it's Smith's.", "He did n't , it 's Smith 's ."),
        ("You cannot pay $5.6bn", "You can not pay $ 5.6bn"),
        ("the U.S. President arrived on Jan. 5.", "the U.S. President arrived on Jan. 5 ."),
        ("Kim Jong-un's UN-led talks", "Kim Jong-un 's UN - led talks"),
        ("a Moscow-based e-mail", "a Moscow - based e-mail"),
        ("No. 5 said no.", "No. 5 said no ."),
    ],
)
def test_english_words(text: str, expected: str) -> None:
    assert words(text, "en") == expected


@given(st.text(max_size=60), st.sampled_from(["de", "en"]))
def test_words_cover_all_but_blanks_in_order(text: str, language: str) -> None:
    spans = tokenize(text, language)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans) == "".join(text.split())


def test_offsets_count_in_the_whole_text() -> None:
    text = "Überschrift\n\nDas war gut."
    assert [text[start:end] for start, end in tokenize(text, "de", 13, len(text))] == ["Das", "war", "gut", "."]


@pytest.mark.parametrize(("word", "read"), [("„", '"'), ("»", '"'), ("geht’s", "geht's"), ("Haus", "Haus")])
def test_models_read_one_kind_of_quotation_mark_and_apostrophe(word: str, read: str) -> None:
    assert normalize(word) == read
