"""Our own model: one multilingual encoder for German and English, run by onnxruntime with 8-bit weights.

A folder of weights holds `model.json` (labels, languages, version), `tokenizer.json` (pieces), `encoder.onnx` (the
network from the pieces' embeddings to the scores of words) and `tables.npz` (embeddings in 4 bits, and the vectors of
the corpora whose conventions we follow). `training` writes it.

Each window of words is run alone and unpadded, on one thread, so that the reading of a sentence depends on nothing that
stands beside it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from events.analysis import Analysis
from events.parsing.assembly import Reading, assemble
from events.parsing.decoding import best_names, best_tree
from events.parsing.repairs import repair
from events.parsing.sentences import Span, cut_windows, place_ends
from events.parsing.tokenizer import normalize, tokenize

_START, _STOP, _UNKNOWN = 0, 2, 3
_LONGEST = 500  # pieces that the network has positions for
_KNOWN_WORDS = 50_000
_OUTPUTS = ("name_scores", "pos", "tags", "features", "ends", "arcs", "relations")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What a folder of weights holds, opened once for all languages."""

    name: str
    labels: dict[str, list[str]]
    features: dict[str, list[str]]
    styles: dict[str, tuple[Floats, Floats]]  # language -> vectors of its treebank and its name corpus
    embedding: npt.NDArray[np.uint8]
    tokenizer: Tokenizer
    session: onnxruntime.InferenceSession


@lru_cache(maxsize=2)
def open_weights(folder: Path) -> Weights:
    """The weights of a folder."""
    about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    tables = np.load(folder / "tables.npz")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return Weights(
        name=f"{about['name']} {about['version']}",
        labels=about["labels"],
        features=about["features"],
        styles={
            language: (tables[f"trees_{language}"], tables[f"names_{language}"]) for language in about["languages"]
        },
        embedding=tables["embedding"],
        tokenizer=tokenizer,
        session=onnxruntime.InferenceSession(
            (folder / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        ),
    )


def languages_of(folder: Path) -> tuple[str, ...]:
    """The languages that the weights of a folder read."""
    return tuple(json.loads((folder / "model.json").read_text(encoding="utf-8"))["languages"])


class EncoderAnalyzer:
    """Reads documents of one language with the encoder."""

    def __init__(self, folder: Path, language: str) -> None:
        self._weights = open_weights(folder)
        self._language = language
        self._trees, self._names = self._weights.styles[language]
        self._pieces: dict[str, list[int]] = {}

    @property
    def name(self) -> str:
        """Name and version of the weights."""
        return self._weights.name

    def analyze(self, text: str, blocks: Sequence[tuple[int, int]]) -> Analysis:
        """The analysis of the given stretches of a text; see `events.analysis.Analyzer`."""
        readings: list[Reading] = []
        for number, (start, end) in enumerate(blocks):
            words = tokenize(text, self._language, start, end)
            for first, last in cut_windows(text, words):
                readings.extend(self._read(text, words[first:last], number))
        return repair(assemble(text, readings, language=self._language, model=self.name))

    def _read(self, text: str, words: list[Span], block: int) -> list[Reading]:
        """The sentences of one window."""
        pieces = self._pieces_of([text[a:b] for a, b in words])
        if sum(map(len, pieces)) > _LONGEST:
            middle = len(words) // 2
            return self._read(text, words[:middle], block) + self._read(text, words[middle:], block)
        scores = self._run(pieces)
        ends = 1 / (1 + np.exp(-np.clip(scores["ends"][:, 0], -30, 30)))
        return [
            self._sentence(words, scores, first, last, block) for first, last in place_ends(text, words, ends.tolist())
        ]

    def _pieces_of(self, words: Sequence[str]) -> list[list[int]]:
        """Numbers of the pieces of each word, never none."""
        missing = [word for word in dict.fromkeys(words) if word not in self._pieces]
        if len(self._pieces) + len(missing) > _KNOWN_WORDS:
            self._pieces.clear()
            missing = list(dict.fromkeys(words))
        if missing:
            encodings = self._weights.tokenizer.encode_batch([normalize(w) for w in missing], add_special_tokens=False)
            for word, encoding in zip(missing, encodings, strict=True):
                self._pieces[word] = (encoding.ids or [_UNKNOWN])[:_LONGEST]
        return [self._pieces[word] for word in words]

    def _run(self, pieces: Sequence[Sequence[int]]) -> dict[str, Floats]:
        """Scores of the words, one row each."""
        numbers = [_START]
        first, last = [], []
        for row in pieces:
            first.append(len(numbers))
            numbers.extend(row)
            last.append(len(numbers) - 1)
        numbers.append(_STOP)
        inputs = {
            "embedded": dequantize(self._weights.embedding[numbers])[None],
            "first": np.array([first], np.int64),
            "last": np.array([last], np.int64),
            "trees": self._trees,
            "names": self._names,
        }
        arrays = self._weights.session.run(_OUTPUTS, inputs)
        return {name: array[0] for name, array in zip(_OUTPUTS, arrays, strict=True)}

    def _sentence(self, words: list[Span], scores: dict[str, Floats], first: int, last: int, block: int) -> Reading:
        """The best tree, labels and names of one sentence."""
        rows = slice(first, last)
        nodes = [0, *range(first + 1, last + 1)]  # the root stands before the words
        heads = best_tree(scores["arcs"][rows][:, nodes])
        relations = scores["relations"][range(first, last), [nodes[head + 1] for head in heads]]
        labels = self._weights.labels
        relations[:, labels["relations"].index("root")] = -np.inf  # that of the root is no choice
        return Reading(
            block=block,
            words=tuple(words[rows]),
            heads=tuple(number if head < 0 else head for number, head in enumerate(heads)),
            relations=tuple(
                "root" if head < 0 else labels["relations"][int(row)]
                for head, row in zip(heads, relations.argmax(1), strict=True)
            ),
            pos=tuple(labels["pos"][int(row)] for row in scores["pos"][rows].argmax(1)),
            tags=tuple(labels["tags"][int(row)] for row in scores["tags"][rows].argmax(1)),
            features=self._features(scores["features"][rows]),
            names=tuple(best_names(log_softmax(scores["name_scores"][rows]), labels["names"])),
        )

    def _features(self, scores: Floats) -> tuple[str, ...]:
        """UD features of each word, in order of their names."""
        columns: list[tuple[str, list[str], list[int]]] = []
        position = 0
        for name, values in self._weights.features.items():
            columns.append((name, values, scores[:, position : position + len(values)].argmax(1).tolist()))
            position += len(values)
        columns.sort(key=lambda column: column[0])
        return tuple(
            "|".join(f"{name}={values[chosen[row]]}" for name, values, chosen in columns if values[chosen[row]])
            for row in range(scores.shape[0])
        )


def dequantize(blocks: npt.NDArray[np.uint8]) -> Floats:
    """Values of 4-bit blocks (pieces x 12 x 18 bytes): a half-precision scale, 16 bytes of pairs."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    pairs = blocks[..., 2:]
    values = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32)
    values -= 8
    values *= scale
    return values.reshape(blocks.shape[0], -1)


def log_softmax(scores: Floats) -> Floats:
    """Logarithms of the probabilities of each row."""
    shifted: Floats = scores - scores.max(1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return result
