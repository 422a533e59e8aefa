"""Where windows and sentences end."""

from __future__ import annotations

import pytest

from events.parsing.sentences import LONGEST_WINDOW, cut_windows, place_ends
from events.parsing.tokenizer import tokenize


def windows(text: str) -> list[str]:
    words = tokenize(text, "de")
    return [text[words[first][0] : words[last - 1][1]] for first, last in cut_windows(text, words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das geschah 2011. Dann kam Ruhe.", ["Das geschah 2011.", "Dann kam Ruhe."]),
        ("„Das ist gut.“ Er ging.", ["„Das ist gut.“", "Er ging."]),
        ("Am 24. April 2019 kam er.", ["Am 24. April 2019 kam er."]),
        ("Sie lud ihn ein. Er kam.", ["Sie lud ihn ein.", "Er kam."]),
        ("Der Verein FC. Bayern gewann.", ["Der Verein FC. Bayern gewann."]),
        ("„Es ist aus. Wir gehen“, sagte er.", ["„Es ist aus. Wir gehen“, sagte er."]),
        ("Moskau (dpa) - Russland lenkt ein.", ["Moskau (dpa) -", "Russland lenkt ein."]),
        ("Paris/London (AFP/dpa) – Es regnet.", ["Paris/London (AFP/dpa) –", "Es regnet."]),
        ("Die Partei (CDU) - sie regiert - gewann.", ["Die Partei (CDU) - sie regiert - gewann."]),
        ("Wer kommt? Niemand!", ["Wer kommt?", "Niemand!"]),
    ],
)
def test_only_certain_ends_cut(text: str, expected: list[str]) -> None:
    assert windows(text) == expected


def test_a_long_window_is_cut_at_a_mark() -> None:
    text = " ".join(["wort"] * 100) + ", " + " ".join(["wort"] * 100) + "."
    words = tokenize(text, "de")
    cuts = cut_windows(text, words)
    assert cuts == [(0, 101), (101, len(words))]
    assert all(last - first <= LONGEST_WINDOW for first, last in cuts)


def test_closing_marks_stay_with_their_sentence() -> None:
    text = "„Komm.“ Er kam."
    words = tokenize(text, "de")
    likely = [0.0, 0.0, 0.9, 0.0, 0.0, 0.0, 0.99]
    assert place_ends(text, words, likely) == [(0, 4), (4, 7)]


def test_a_word_ends_a_sentence_only_when_the_model_is_sure() -> None:
    text = "Ende gut alles gut"
    words = tokenize(text, "de")
    assert place_ends(text, words, [0.0, 0.7, 0.0, 1.0]) == [(0, 4)]
    assert place_ends(text, words, [0.0, 0.95, 0.0, 1.0]) == [(0, 2), (2, 4)]
