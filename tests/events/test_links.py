"""Links that the text states, each with the words that state it."""

from __future__ import annotations

import pytest

from tests.events.trees import event, ids, read, tree


@pytest.mark.parametrize(
    ("text", "source", "kind", "target", "words"),
    [
        ("after_noun", "Besuch", "before", "reiste", "Nach dem Besuch"),
        ("before_noun", "besuchte", "before", "Treffen", "Vor dem Treffen"),
        ("after_clause", "verhaftet", "before", "trat", "Nachdem Günter Guillaume verhaftet worden war"),
        ("before_clause", "besuchte", "before", "landete", "Bevor John F. Kennedy in Dallas landete"),
        ("because_of", "Einbruchs", "causes", "trat", "Wegen des Einbruchs"),
        ("thereupon", "überfiel", "causes", "erklärte", "Daraufhin"),
        ("hours_later", "trat", "before", "öffneten", "Stunden später"),
        ("en_hours_later", "struck", "before", "sank", "Hours later"),
        ("en_after_clause", "resigned", "before", "became", "after Richard Nixon resigned on 9 August 1974"),
        ("en_before_noun", "visited", "before", "visit", "Before the visit"),
        ("en_because_of", "explosion", "causes", "evacuated", "Because of the explosion"),
        ("plan_fulfilled", "landete", "fulfils", "landen", ""),
    ],
)
def test_a_link_carries_its_words(text: str, source: str, kind: str, target: str, words: str) -> None:
    [link] = read(text).links
    assert (link.source, link.kind, link.target) == (event(text, source).key, kind, event(text, target).key)
    found = link.evidence
    assert (tree(text).text[found.start : found.end] if found else "") == words


@pytest.mark.parametrize(
    "text", ["two_summits", "kennedys", "relative_clause", "plan_and_deed", "undated", "condition"]
)
def test_an_order_that_only_follows_from_dates_is_no_link(text: str) -> None:
    assert read(text).links == ()


@pytest.mark.parametrize("text", ids())
def test_links_join_two_events_of_the_text_and_lie_in_it(text: str) -> None:
    extraction = read(text)
    keys = {each.key for each in extraction.events}
    for link in extraction.links:
        assert {link.source, link.target} <= keys
        assert link.source != link.target
        assert link.rule.startswith("links#")
        if link.evidence is not None:
            words = tree(text).text[link.evidence.start : link.evidence.end]
            assert words and words == words.strip()
