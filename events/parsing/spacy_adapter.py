"""Models of spaCy behind the seam; the only module that imports spaCy.

A model is given our words and our windows, so that tokens and certain sentence ends are the same whatever reads a
document. Labels of other schemes are brought to Universal Dependencies by `events.parsing.conversion`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from events.analysis import Analysis
from events.errors import MissingModel
from events.parsing.assembly import Reading, assemble
from events.parsing.conversion import Tree, convert_tree, name_kind
from events.parsing.repairs import repair
from events.parsing.sentences import Span, cut_windows
from events.parsing.tokenizer import normalize, tokenize


class SpacyAnalyzer:
    """Reads documents of one language with a spaCy pipeline, ours or one of spaCy's own."""

    def __init__(self, pipeline: Language, language: str) -> None:
        self._pipeline = pipeline
        self._language = language
        self._is_ours = pipeline.meta.get("name", "").startswith("zeitstrahl")

    @classmethod
    def load(cls, name: str, language: str) -> SpacyAnalyzer:
        """The pipeline of that name or in that folder; raises MissingModel where there is none."""
        try:
            return cls(spacy.load(name, exclude=["lemmatizer", "tokenizer"]), language)
        except (OSError, ImportError, ValueError) as error:
            where = Path(name).name
            raise MissingModel(
                f"{where}: spaCy cannot load it ({error}); install it or leave --nlp-model out"
            ) from error

    @property
    def name(self) -> str:
        """Name and version as the pipeline states them."""
        meta = self._pipeline.meta
        return f"{'' if self._is_ours else meta['lang'] + '_'}{meta['name']} {meta['version']}"

    def analyze(self, text: str, blocks: Sequence[tuple[int, int]]) -> Analysis:
        """The analysis of the given stretches of a text; see `events.analysis.Analyzer`."""
        windows: list[tuple[int, list[Span]]] = []
        for number, (start, end) in enumerate(blocks):
            words = tokenize(text, self._language, start, end)
            windows += [(number, words[first:last]) for first, last in cut_windows(text, words)]
        docs = [self._make_doc(text, words) for _, words in windows]
        readings = [
            reading
            for (block, words), doc in zip(windows, self._pipeline.pipe(docs), strict=True)
            for reading in self._read(words, doc, block)
        ]
        return repair(assemble(text, readings, language=self._language, model=self.name))

    def _make_doc(self, text: str, words: Sequence[Span]) -> Doc:
        """The window as spaCy takes it."""
        spaces = [after[0] > word[1] for word, after in pairwise(words)] + [False]
        return Doc(self._pipeline.vocab, words=[normalize(text[a:b]) for a, b in words], spaces=spaces)

    def _read(self, words: list[Span], doc: Doc, block: int) -> list[Reading]:
        """The sentences of one window."""
        sentences = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
        return [self._read_sentence(words, sentence, block) for sentence in sentences]

    def _read_sentence(self, words: list[Span], sentence: SpacySpan, block: int) -> Reading:
        tokens = list(sentence)
        tree = Tree(
            words=[token.text for token in tokens],
            pos=[token.pos_ or "X" for token in tokens],
            tags=[token.tag_ for token in tokens],
            heads=[token.head.i - sentence.start for token in tokens],
            relations=["root" if token.dep_ == "ROOT" else token.dep_ for token in tokens],
        )
        if not self._is_ours:
            convert_tree(self._language, tree)
        names = (
            (entity.start - sentence.start, entity.end - sentence.start, kind)
            for entity in sentence.ents
            if (kind := name_kind(entity.label_)) is not None
        )
        return Reading(
            block=block,
            words=tuple(words[sentence.start : sentence.end]),
            heads=tuple(tree.heads),
            relations=tuple(tree.relations),
            pos=tuple(tree.pos),
            tags=tuple(tree.tags),
            features=tuple(str(token.morph) for token in tokens),
            names=tuple(names),
        )
