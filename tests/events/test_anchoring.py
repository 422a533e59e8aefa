"""When a mention says that its event happened, and on what basis."""

from __future__ import annotations

import pytest

from tests.events.trees import ids, mention, read, tree


@pytest.mark.parametrize(
    ("text", "word", "when", "basis"),
    [
        ("particle", "lud", "1977-11-15", "stated"),
        ("hearsay_killing", "getötet", "2018-10-02", "stated"),
        ("wants", "besuchen", "2018-05", "stated"),
        ("relative_clause", "gereist", "1977", "stated"),
        ("relative_clause", "unterzeichnete", "1978-09-17", "stated"),
        ("two_dates", "Präsident", "1945-04-12", "stated"),
        ("two_dates", "traf", "1945-07-17", "stated"),
        ("after_clause", "trat", "1974-05-06", "stated"),
        ("two_summits", "traf", "1985-11", "stated"),
        ("thereupon", "erklärte", "1939-09-03", "stated"),
        ("chronology", "landet", "2014-11-12", "stated"),  # the date that opens the line
        ("shared_and", "spielte", "1989-11-11", "context"),  # shared over "und"
        ("dropped_subject", "traf", "1955-09-08", "context"),
        ("hours_later", "öffneten", "1989-11-09", "counted"),  # "Stunden später"
        ("headline", "traf", "1970-03-19", "counted"),  # "am Donnerstag"
        ("epithet", "kündigte", "2019-05-24", "counted"),
        ("called_off", "Treffen", "2018-11-29", "counted"),  # "ab" is a particle here
        ("wanted_friday", "reisen", "2015-02-06", "counted"),  # the Friday ahead
        ("news", "gewählt", "2021-12-08", "publication"),
        ("undated", "trat", "1989-11-12", "publication"),
        ("en_hours_later", "sank", "1912-04-14", "counted"),
        ("en_after_clause", "resigned", "1974-08-09", "stated"),
        ("en_passive", "shot", "1963-11-22", "stated"),
    ],
)
def test_a_mention_takes_the_date_that_governs_it(text: str, word: str, when: str, basis: str) -> None:
    found = mention(text, word).when
    assert found is not None
    assert (found.edtf, found.basis) == (when, basis)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("news", "besuchte"),  # no news: it does not open the document
        ("undated", "besuchte"),
        ("pluperfect", "gewonnen"),  # background is not today
        ("en_pluperfect", "met"),
        ("caption", "landete"),  # "am Morgen" of whichever day the picture was taken
        ("after_clause", "verhaftet"),
        ("before_clause", "landete"),
        ("after_noun", "Besuch"),
        ("hearsay_passive", "getötet"),  # told today, done who knows when
        ("konjunktiv_nobody", "gefälscht"),
        ("accusation_infinitive", "hinterzogen"),
        ("denial", "angeordnet"),
        ("en_was_accused", "sold"),
    ],
)
def test_what_no_words_date_has_no_date(text: str, word: str) -> None:
    assert mention(text, word).when is None


@pytest.mark.parametrize("text", ["news", "undated", "headline", "called_off", "epithet", "wanted_friday"])
def test_without_a_publication_day_nothing_counts_from_it(text: str) -> None:
    from dataclasses import replace

    from events.pipeline import extract

    source = tree(text)
    mentions = extract(replace(source.document, published=None), source).mentions
    assert [m.when.basis for m in mentions if m.when is not None and m.when.earliest is not None] == []


@pytest.mark.parametrize("text", ids())
def test_each_date_carries_rule_and_words(text: str) -> None:
    for found in (m.when for m in read(text).mentions):
        if found is not None:
            assert found.rule
            assert found.basis in ("stated", "counted", "context", "publication")
            assert found.basis == "publication" or found.text
