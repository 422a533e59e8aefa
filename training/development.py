"""Scores on held-back sentences while training: gold words and sentences, weights not yet in 8 bits."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from events.parsing.decoding import best_names, iob_spans
from training.batches import Row, RowBuilder, collate, group
from training.network import NAMES, Network
from training.normalization import FEATURES
from training.sources import Lesson


class Development:
    """The held-back sentences of all lessons, by corpus."""

    def __init__(self, builder: RowBuilder, embedding: Tensor, lessons: Sequence[Lesson], punctuation: int) -> None:
        self._embedding = embedding
        self._punctuation = punctuation
        self._rows: dict[str, list[Row]] = {}
        for lesson in lessons:
            for example in lesson.develop:
                self._rows.setdefault(example.corpus, []).append(builder.build(example))

    @torch.no_grad()
    def report(self, network: Network) -> str:
        """One line of figures."""
        network.eval()
        parts = []
        for corpus, rows in self._rows.items():
            scores = self._trees(network, rows) if rows[0].is_tree else self._names(network, rows)
            parts.append(corpus + " " + " ".join(f"{name} {value:.1f}" for name, value in scores.items()))
        return " | ".join(parts)

    def _trees(self, network: Network, rows: list[Row]) -> dict[str, float]:
        counts: dict[str, list[int]] = {name: [0, 0] for name in ("UAS", "LAS", "pos", "tag", "Case", "features")}

        def count(name: str, right: Tensor, asked: Tensor) -> None:
            counts[name][0] += int((right & asked).sum())
            counts[name][1] += int(asked.sum())

        for part in group(rows, 3000, None):
            batch = collate(part)
            with torch.autocast("cpu", torch.bfloat16):
                words = network.words(self._embedding[batch.pieces], batch.bias, batch.first, batch.last)
            words = words.float() + network.treebank(batch.corpora)[:, None]
            arc_dependent, arc_head, label_dependent, label_head = network.arcs(words)
            head = network.score_arcs(arc_dependent, arc_head).masked_fill(~batch.allowed, -1e9).argmax(-1)
            relation = network.score_labels(label_dependent, label_head, head).argmax(-1)
            gold = batch.labels
            asked = (gold["heads"] >= 0) & (gold["relations"] != self._punctuation)
            count("UAS", head == gold["heads"], asked)
            count("LAS", (head == gold["heads"]) & (relation == gold["relations"]), asked)
            count("pos", network.pos(words).argmax(-1) == gold["pos"], gold["pos"] >= 0)
            count("tag", network.tag(words).argmax(-1) == gold["tags"], gold["tags"] >= 0)
            features = torch.stack([s.argmax(-1) for s in network.features(words).split(network.feature_sizes, -1)], -1)
            known = gold["features"] >= 0
            case = FEATURES.index("Case")
            count("Case", features[..., case] == gold["features"][..., case], known[..., case])
            count("features", ((features == gold["features"]) | ~known).all(-1), known.any(-1))
        return {name: 100 * right / max(1, total) for name, (right, total) in counts.items()}

    def _names(self, network: Network, rows: list[Row]) -> dict[str, float]:
        counts: dict[str, list[int]] = {}
        for part in group(rows, 3000, None):
            batch = collate(part)
            with torch.autocast("cpu", torch.bfloat16):
                words = network.words(self._embedding[batch.pieces], batch.bias, batch.first, batch.last)
            scores = network.names(words.float() + network.name_corpus(batch.corpora)[:, None])
            for number, row in enumerate(part):
                gold = set(iob_spans([NAMES[label] for label in row.names or ()]))
                found = set(best_names(scores[number, : len(row.first)].numpy(), NAMES))
                for name, kinds in (("F3", ("PER", "LOC", "ORG")), *((k, (k,)) for k in ("PER", "LOC", "ORG", "MISC"))):
                    a, b = {s for s in gold if s[2] in kinds}, {s for s in found if s[2] in kinds}
                    hits = counts.setdefault(name, [0, 0])
                    hits[0] += 2 * len(a & b)
                    hits[1] += len(a) + len(b)
        return {name: 100 * right / max(1, total) for name, (right, total) in counts.items()}
