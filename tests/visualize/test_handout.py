"""The printed sheets: what each shows and what it must not give away."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from tests.visualize.samples import chain_timeline, hostile_timeline, korean_timeline
from visualize import HANDOUT_SHEETS, write_handout
from visualize.handout import mask_dates
from visualize.model import ChainStep

DATES = re.compile(r"\b(?:19|20)\d\d\b|Januar|Februar|April|Juni|\d\.\d")


def text_of(page: str) -> str:
    body = page[page.index("<body>") :]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def test_the_handout_tells_each_event_with_its_best_source() -> None:
    text = text_of(write_handout(chain_timeline(), "handout"))
    assert (
        "27./28. Februar 2019 Der Gipfel von Donald Trump und Kim Jong Un in Hanoi endet ohne Einigung [3] [1]" in text
    )
    assert "„Trump und Kim brachen ihren Gipfel am Donnerstag ohne gemeinsame Erklärung ab.“" in text
    assert "Beispieldienst, «Gipfel von Hanoi ohne Ergebnis», 28.2.2019" in text
    assert "Nordkoreas Atomtests" not in text, "a source that no entry cites"


def test_notes_are_for_the_teacher_alone() -> None:
    timeline = replace(chain_timeline(), steps=(ChainStep(event="k24", note="Nach dem Veto fragen"),))
    assert "Nach dem Veto fragen" in text_of(write_handout(timeline, "teacher"))
    for sheet in ("handout", "cards", "solution"):
        assert "Nach dem Veto fragen" not in text_of(write_handout(timeline, sheet))  # type: ignore[arg-type]


def test_cards_give_no_date_away() -> None:
    text = text_of(write_handout(korean_timeline(), "cards"))
    assert "Donald Trump und Kim Jong Un treffen sich in Singapur" in text
    assert not DATES.search(text)


def test_the_solution_fits_the_cards() -> None:
    cards = re.findall(r'"letter">(\w+)<.*?"line"[^>]*>([^<]+)<', write_handout(korean_timeline(), "cards"))
    solution = re.findall(
        r"<tr><td>(\w+)</td><td>[^<]+</td><td[^>]*>([^<]+)</td>", write_handout(korean_timeline(), "solution")
    )
    assert sorted(cards) == sorted(solution)
    assert [letter for letter, _ in cards] == sorted(letter for letter, _ in cards)
    assert [letter for letter, _ in solution] != sorted(letter for letter, _ in solution)


@pytest.mark.parametrize("sheet", HANDOUT_SHEETS)
def test_hostile_text_stays_text(sheet: str) -> None:
    page = write_handout(hostile_timeline(), sheet)  # type: ignore[arg-type]
    assert not set(re.findall(r"<(\w+)", page)) & {
        "script",
        "img",
        "iframe",
        "svg",
        "link",
        "base",
        "object",
        "video",
        "a",
    }
    assert write_handout(hostile_timeline(), sheet) == page  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "masked"),
    [
        ("Gipfel vom 12. Juni 2018 in Singapur", "Gipfel vom … in Singapur"),
        ("Der Test von 2006", "Der Test von …"),
        ("Treffen am 27./28. Februar 2019", "Treffen am …"),
        ("Start einer Hwasong-15", "Start einer Hwasong-15"),
        ("Am 25.4.2019 reist Kim ab", "Am … reist Kim ab"),
        ("Die Maifeier", "Die Maifeier"),
    ],
)
def test_every_date_is_masked(label: str, masked: str) -> None:
    assert mask_dates(label, "de") == masked
