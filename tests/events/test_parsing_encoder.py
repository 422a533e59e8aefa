"""The models as they ship; skipped where their weights are not installed."""

from __future__ import annotations

import pytest

from events.analysis import Analysis, Analyzer
from events.parsing import load_analyzer
from events.parsing.loading import weights_folder

pytestmark = pytest.mark.skipif(
    not (weights_folder() / "encoder" / "model.json").is_file(), reason="the weights are not here"
)

SENTENCES = (
    "Am 8. September 1955 traf Bundeskanzler Konrad Adenauer in Moskau ein.",
    "Er verhandelte mit Nikita Chruschtschow über die Rückkehr der Kriegsgefangenen.",
    "Den Vertrag unterzeichneten beide Seiten am 13. September.",
)


@pytest.fixture(scope="module")
def german() -> Analyzer:
    return load_analyzer("de", model=str(weights_folder() / "encoder"))


@pytest.fixture(scope="module")
def english() -> Analyzer:
    return load_analyzer("en", model=str(weights_folder() / "encoder"))


def read(analyzer: Analyzer, text: str) -> Analysis:
    return analyzer.analyze(text, [(0, len(text))])


def shape(analysis: Analysis, sentence: int) -> list[tuple[str, str, str, str, int, str]]:
    """What is known of the words of a sentence, by its own counting."""
    first = analysis.sentences[sentence].first
    return [
        (t.text, t.lemma, t.pos, t.features, t.head - first, t.relation)
        for t in analysis.tokens_of(analysis.sentences[sentence])
    ]


def test_a_sentence_reads_the_same_alone_and_among_others(german: Analyzer) -> None:
    together = read(german, " ".join(SENTENCES))
    assert len(together.sentences) == len(SENTENCES)
    for number, sentence in enumerate(SENTENCES):
        assert shape(together, number) == shape(read(german, sentence), 0)


def test_the_same_text_gives_equal_values_whatever_ran_before(german: Analyzer) -> None:
    text = " ".join(SENTENCES)
    before = read(german, text)
    read(german, SENTENCES[1] * 3)
    assert read(german, text) == before


def test_offsets_lead_back_to_the_text(german: Analyzer) -> None:
    text = "Titel\n\n" + SENTENCES[0]
    analysis = german.analyze(text, [(0, 5), (7, len(text))])
    assert all(text[token.start : token.end] == token.text for token in analysis.tokens)
    assert [sentence.block for sentence in analysis.sentences] == [0, 1]


def test_no_block_gives_no_words(german: Analyzer) -> None:
    assert german.analyze("x", []).tokens == ()
    assert german.analyze("   ", [(0, 3)]).tokens == ()


def test_every_sentence_is_a_tree(german: Analyzer) -> None:
    analysis = read(german, " ".join(SENTENCES))
    for sentence in analysis.sentences:
        roots = [token for token in analysis.tokens_of(sentence) if token.head == token.index]
        assert [token.relation for token in roots] == ["root"]
        assert analysis.subtree(roots[0].index) == list(range(sentence.first, sentence.last))


def relation_of(analysis: Analysis, word: str) -> str:
    return next(token.relation for token in analysis.tokens if token.text == word)


def test_german_subjects_objects_and_names(german: Analyzer) -> None:
    analysis = read(german, " ".join(SENTENCES))
    assert relation_of(analysis, "Seiten") == "nsubj"
    assert relation_of(analysis, "Vertrag") == "obj"
    names = {analysis.tokens[name.last - 1].text: name.kind for name in analysis.names}
    assert names["Adenauer"] == names["Chruschtschow"] == "PER"
    assert names["Moskau"] == "LOC"
    assert next(token.lemma for token in analysis.tokens if token.text == "traf") == "eintreffen"


def test_english_subjects_objects_and_names(english: Analyzer) -> None:
    analysis = read(english, "In 1955 Konrad Adenauer visited Moscow. He signed the treaty with Nikita Khrushchev.")
    assert len(analysis.sentences) == 2
    assert relation_of(analysis, "Adenauer") in {"nsubj", "flat"}
    assert relation_of(analysis, "treaty") == "obj"
    assert {analysis.tokens[name.last - 1].text: name.kind for name in analysis.names} == {
        "Adenauer": "PER",
        "Moscow": "LOC",
        "Khrushchev": "PER",
    }


@pytest.mark.parametrize(("language", "subject", "verb"), [("de", "Adenauer", "besuchte"), ("en", "He", "visited")])
def test_the_small_pipelines_read_through_the_same_seam(language: str, subject: str, verb: str) -> None:
    text = {"de": "Im Jahr 1955 besuchte Adenauer Moskau. Er blieb fünf Tage.", "en": "He visited Moscow. It rained."}
    analyzer = load_analyzer(language, model=str(weights_folder() / f"small_{language}"))
    analysis = read(analyzer, text[language])
    assert analysis.model.startswith("zeitstrahl-small")
    assert len(analysis.sentences) == 2
    token = next(token for token in analysis.tokens if token.text == subject)
    assert (token.relation, analysis.tokens[token.head].text) == ("nsubj", verb)
    assert read(analyzer, text[language]) == analysis
