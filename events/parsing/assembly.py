"""What a model read, sentence by sentence, put together to the analysis of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.analysis import Analysis, Name, Sentence, Token
from events.parsing.lemmas import find_lemma


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One sentence as a model reads it; every tuple has one entry for each word, positions count in the sentence."""

    block: int
    words: tuple[tuple[int, int], ...]  # code points into the text
    heads: tuple[int, ...]  # the root's is itself
    relations: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    features: tuple[str, ...]
    names: tuple[tuple[int, int, str], ...]  # first word, last (exclusive), kind
    lemmas: tuple[str, ...] | None = None  # None: ours


def assemble(text: str, readings: Sequence[Reading], *, language: str, model: str) -> Analysis:
    """The analysis of a document, with lemmas."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[Name] = []
    for number, reading in enumerate(readings):
        base = len(tokens)
        for position, (start, end) in enumerate(reading.words):
            written = text[start:end]
            pos, features = reading.pos[position], reading.features[position]
            tokens.append(
                Token(
                    index=base + position,
                    start=start,
                    end=end,
                    text=written,
                    lemma=reading.lemmas[position] if reading.lemmas else find_lemma(written, pos, features, language),
                    pos=pos,
                    tag=reading.tags[position],
                    features=features,
                    head=base + reading.heads[position],
                    relation=reading.relations[position],
                    sentence=number,
                )
            )
        sentences.append(Sentence(index=number, first=base, last=len(tokens), block=reading.block))
        names.extend(Name(first=base + first, last=base + last, kind=kind) for first, last, kind in reading.names)
    return Analysis(
        language=language, model=model, tokens=tuple(tokens), sentences=tuple(sentences), names=tuple(names)
    )
