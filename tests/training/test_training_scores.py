"""Figures of the models, counted over readings written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.models import lay_out, paragraphs, score_names, score_trees
from events.analysis import Analysis
from events.parsing.assembly import Reading, assemble
from events.parsing.tokenizer import tokenize
from training.corpora import Example
from training.normalization import Word


class Fixed:
    """Reads every word as a noun that hangs from the first, and the first as a person."""

    name = "fixed"

    def analyze(self, text: str, blocks: Sequence[tuple[int, int]]) -> Analysis:
        words = tokenize(text, "de")
        count = len(words)
        reading = Reading(
            block=0,
            words=tuple(words),
            heads=(0,) * count,
            relations=("root",) + ("nmod",) * (count - 1),
            pos=("NOUN",) * count,
            tags=("NN",) * count,
            features=("",) * count,
            names=((0, 1, "PER"),),
        )
        return assemble(text, [reading], language="de", model=self.name)


def word(text: str, pos: str, relation: str, head: int | None) -> Word:
    return Word(text=text, space=True, lemma=text, pos=pos, tag="NN", features={}, relation=relation, head=head)


def example(*tree: Word, names: tuple[str, ...] | None = None) -> Example:
    return Example(language="de", corpus="gsd", words=tuple(w.text for w in tree), spaces=(True,) * len(tree),
                   tree=tree, names=names)  # fmt: skip


def test_trees_are_counted_word_by_word() -> None:
    gold = example(word("Bonn", "PROPN", "root", None), word("Rat", "NOUN", "nmod", 0), word("Tag", "NOUN", "obj", 1))
    scores = score_trees(Fixed(), [gold])
    assert scores["words"] == scores["sentences"] == 100
    assert scores["pos"] == 66.67
    assert scores["UAS"] == scores["LAS"] == 66.67


def test_sentences_that_are_run_together_cost_their_ends() -> None:
    gold = example(word("Bonn", "PROPN", "root", None))
    assert score_trees(Fixed(), [gold, gold])["sentences"] == 66.67


def test_names_count_with_their_exact_span_and_kind() -> None:
    person = example(word("Adenauer", "PROPN", "root", None), names=("B-PER",))
    place = example(word("Bonn", "PROPN", "root", None), names=("B-LOC",))
    scores = score_names(Fixed(), [person, place])
    assert scores["names"] == 50
    assert scores["PER"] == 66.67
    assert scores["LOC"] == 0


def test_text_is_laid_out_as_the_corpus_prints_it() -> None:
    text, places = lay_out([example(word("Bonn", "PROPN", "root", None)), example(word("Rat", "NOUN", "root", None))])
    assert text == "Bonn Rat"
    assert places == [[(0, 4)], [(5, 8)]]


def test_paragraphs_follow_the_corpus_or_hold_ten_sentences() -> None:
    gold = example(word("Bonn", "PROPN", "root", None))
    assert [len(group) for group in paragraphs([gold] * 12)] == [10, 2]
