"""Sentences as tensors: pieces, words, and what each layer of annotation asks of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from events.parsing.tokenizer import normalize
from training.corpora import Example
from training.network import NAMES, Inventory
from training.normalization import FEATURES, UNTRUSTED

IGNORED = -100
START, PAD, STOP, UNKNOWN = 0, 1, 2, 3
LONGEST = 250  # pieces; a longer sentence is left out


@dataclass(slots=True, kw_only=True)
class Row:
    """One or several joined sentences, numbered; layers that are not annotated are `None`."""

    corpus: int
    is_tree: bool
    pieces: list[int]
    first: list[int]
    last: list[int]
    sentences: list[int]  # of each word, counted in the row
    heads: list[int] | None = None  # 0 is the root, else 1 + position in the row
    relations: list[int] | None = None
    pos: list[int] | None = None
    tags: list[int] | None = None
    features: list[list[int]] | None = None
    names: list[int] | None = None
    has_misc: bool = True
    has_mark: bool = False  # ends with a full stop or the like


def build_inventory(trees: Sequence[Example], names: Sequence[Example]) -> Inventory:
    """All labels of the training sentences."""
    words = [word for example in trees for word in example.tree or ()]
    return Inventory(
        pos=tuple(sorted({w.pos for w in words})),
        tags=tuple(sorted({w.tag for w in words if w.tag})),
        relations=tuple(sorted({w.relation for w in words})),
        features={
            name: ("", *sorted({w.features[name] for w in words if name in w.features and "," not in w.features[name]}))
            for name in FEATURES
        },
        treebanks=tuple(sorted({e.corpus for e in trees})),
        name_corpora=tuple(sorted({e.corpus for e in names})),
    )


class RowBuilder:
    """Turns sentences into rows; keeps the pieces of words that it has met."""

    def __init__(self, tokenizer: Tokenizer, inventory: Inventory) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        self._inventory = inventory
        self._pos = {label: i for i, label in enumerate(inventory.pos)}
        self._tags = {label: i for i, label in enumerate(inventory.tags)}
        self._relations = {label: i for i, label in enumerate(inventory.relations)}
        self._features = {name: {v: i for i, v in enumerate(values)} for name, values in inventory.features.items()}

    def pieces_of(self, words: Sequence[str]) -> list[list[int]]:
        """Pieces of each word, never none."""
        missing = [word for word in dict.fromkeys(words) if word not in self._known]
        read = [normalize(word) for word in missing]
        for word, encoding in zip(missing, self._tokenizer.encode_batch(read, add_special_tokens=False), strict=True):
            self._known[word] = encoding.ids or [UNKNOWN]
        return [self._known[word] for word in words]

    def build(self, example: Example) -> Row:
        """The row of one sentence."""
        pieces, first, last = [START], [], []
        for ids in self.pieces_of(example.words):
            first.append(len(pieces))
            pieces += ids
            last.append(len(pieces) - 1)
        is_tree = example.tree is not None
        corpora = self._inventory.treebanks if is_tree else self._inventory.name_corpora
        row = Row(
            corpus=corpora.index(example.corpus),
            is_tree=is_tree,
            pieces=[*pieces, STOP],
            first=first,
            last=last,
            sentences=[0] * len(first),
            has_misc=example.has_misc,
            has_mark=example.words[-1] in {".", "!", "?"},
        )
        if example.tree is not None:
            self._add_tree(row, example)
        if example.names is not None:
            row.names = [NAMES.index(label) for label in example.names]
        return row

    def _add_tree(self, row: Row, example: Example) -> None:
        tree = example.tree or ()
        untrusted = UNTRUSTED.get(example.corpus, set())
        has_features = example.language in {"de", "en"}
        row.heads = [0 if w.head is None else w.head + 1 for w in tree]
        row.relations = [self._relations.get(w.relation, IGNORED) for w in tree]
        row.pos = [self._pos.get(w.pos, IGNORED) for w in tree]
        row.tags = [self._tags.get(w.tag, IGNORED) for w in tree]
        row.features = [
            [self._features[name].get(w.features.get(name, ""), IGNORED) if has_features and name not in untrusted
             else IGNORED for name in FEATURES]
            for w in tree
        ]  # fmt: skip


def join(rows: Sequence[Row]) -> Row:
    """Sentences of one corpus in a row, as if printed one after the other."""
    merged = Row(corpus=rows[0].corpus, is_tree=rows[0].is_tree, pieces=[START], first=[], last=[], sentences=[],
                 has_misc=rows[0].has_misc)  # fmt: skip
    for name in ("heads", "relations", "pos", "tags", "features", "names"):
        if getattr(rows[0], name) is not None:
            setattr(merged, name, [])
    for number, row in enumerate(rows):
        shift, words = len(merged.pieces) - 1, len(merged.first)
        merged.pieces += row.pieces[1:-1]
        merged.first += [place + shift for place in row.first]
        merged.last += [place + shift for place in row.last]
        merged.sentences += [number] * len(row.first)
        if merged.heads is not None:
            merged.heads += [head + words if head else 0 for head in row.heads or ()]
        for name in ("relations", "pos", "tags", "features", "names"):
            if (layer := getattr(merged, name)) is not None:
                layer += getattr(row, name)
    merged.pieces.append(STOP)
    return merged


def group(rows: Sequence[Row], size: int, draw: random.Random | None) -> list[list[Row]]:
    """Batches of about equal length, at most `size` pieces with padding; shuffled where `draw` is given."""
    ordered = sorted(rows, key=lambda row: len(row.pieces) + (draw.random() * 4 if draw else 0))
    batches: list[list[Row]] = []
    current: list[Row] = []
    for row in ordered:
        if current and len(row.pieces) * (len(current) + 1) > size:
            batches.append(current)
            current = []
        current.append(row)
    if current:
        batches.append(current)
    if draw:
        draw.shuffle(batches)
    return batches


@dataclass(slots=True, kw_only=True)
class Batch:
    """Padded tensors; labels are IGNORED where nothing is asked."""

    pieces: Tensor
    bias: Tensor  # batch x 1 x 1 x pieces
    first: Tensor
    last: Tensor
    counts: Tensor
    corpora: Tensor
    is_tree: bool
    labels: dict[str, Tensor]
    allowed: Tensor  # batch x words x (1 + words): heads within the sentence
    has_misc: Tensor


def collate(rows: Sequence[Row]) -> Batch:
    """The tensors of some rows."""
    width, words = max(len(r.pieces) for r in rows), max(len(r.first) for r in rows)
    size = len(rows)
    pieces = np.full((size, width), PAD)
    places = np.zeros((2, size, words), np.int64)
    labels = {name: np.full((size, words), IGNORED) for name in ("heads", "relations", "pos", "tags", "names")}
    labels["features"] = np.full((size, words, len(FEATURES)), IGNORED)
    ends = np.full((size, words), float(IGNORED), np.float32)
    sentences = np.full((size, words), -1)
    for number, row in enumerate(rows):
        count = len(row.first)
        pieces[number, : len(row.pieces)] = row.pieces
        places[0, number, :count], places[1, number, :count] = row.first, row.last
        sentences[number, :count] = row.sentences
        ends[number, :count] = [a != b for a, b in zip(row.sentences, [*row.sentences[1:], -1], strict=True)]
        for name, array in labels.items():
            if (layer := getattr(row, name)) is not None:
                array[number, :count] = layer
    same = (sentences[:, :, None] == sentences[:, None, :]) & (sentences >= 0)[:, :, None]
    same[:, range(words), range(words)] = False
    allowed = np.concatenate([np.ones((size, words, 1), bool), same], 2)
    tensors = {name: torch.from_numpy(array) for name, array in labels.items()}
    tensors["ends"] = torch.from_numpy(ends)
    mask = torch.from_numpy(pieces != PAD)
    return Batch(pieces=torch.from_numpy(pieces), bias=torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None],
                 first=torch.from_numpy(places[0]), last=torch.from_numpy(places[1]),
                 counts=torch.tensor([len(r.first) for r in rows]), corpora=torch.tensor([r.corpus for r in rows]),
                 is_tree=rows[0].is_tree, labels=tensors, allowed=torch.from_numpy(allowed),
                 has_misc=torch.tensor([r.has_misc for r in rows]))  # fmt: skip
