"""What a language model says about a text, as frozen values: the only view of it that our steps have.

The values are filled by `events.parsing`; tests may write them by hand. Relations and parts of speech are
those of Universal Dependencies 2 (UPOS, `nsubj`, `obl`, ...), whatever the model was trained on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of the text; contractions such as "im" are one token."""

    index: int  # position in Analysis.tokens
    start: int  # code points into the text of the document
    end: int  # exclusive
    text: str
    lemma: str
    pos: str  # UPOS
    tag: str  # STTS for German, Penn for English; "" where the model has none
    features: str  # UD features, "Case=Nom|Number=Sing"; "" where none
    head: int  # index of the governing token; its own index for the root of a sentence
    relation: str  # UD relation with subtype, "nsubj:pass"; "ROOT" never: it is "root"
    sentence: int  # position in Analysis.sentences

    def feature(self, name: str) -> str:
        """The value of one UD feature, "" where the token does not bear it."""
        for pair in self.features.split("|"):
            if pair.startswith(name + "="):
                return pair[len(name) + 1 :]
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A run of tokens; never crosses the blocks that the text was analysed in."""

    index: int
    first: int  # index of the first token
    last: int  # index after the last token
    block: int  # position of the block among those analysed


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A proper name, as a run of tokens."""

    first: int
    last: int  # exclusive
    kind: str  # PER, LOC, ORG or MISC


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """Tokens with their tree, sentences and names of one document."""

    language: str
    model: str  # name and version of what read the text
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of those it governs, in order of text."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                below[token.head].append(token.index)
        return tuple(tuple(row) for row in below)

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of one sentence."""
        return self.tokens[sentence.first : sentence.last]

    def subtree(self, index: int) -> list[int]:
        """The token and all that hangs below it, in order of text."""
        found, open_ = [], [index]
        while open_:
            current = open_.pop()
            found.append(current)
            open_.extend(self.children[current])
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """The governors of a token, nearest first, up to the root."""
        while (head := self.tokens[index].head) != index:
            yield head
            index = head


class Analyzer(Protocol):
    """A language model for one language, whatever stands behind it."""

    @property
    def name(self) -> str:
        """Name and version, as `explain` prints them."""

    def analyze(self, text: str, blocks: Sequence[tuple[int, int]]) -> Analysis:
        """The analysis of the given stretches of a text (code points); no sentence crosses a stretch.

        Depends on the text and the stretches alone: the same call gives equal values, whatever ran before.
        """
