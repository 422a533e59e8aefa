"""The network: E5's twelve layers, and heads for parts of speech, features, trees, names and sentence ends.

A word is read at its first and its last piece. To the vector of each word the heads add one that belongs to the
corpus, so that conventions of the treebanks stay apart; what ships adds that of GSD for German and EWT for English.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.e5 import LAYERS, WIDTH, Weights, dequantize
from training.normalization import FEATURES

HEADS, INNER, POSITIONS = 12, 1536, 512
ARC, LABEL = 256, 96
NAMES = ("O", *(f"{prefix}-{kind}" for kind in ("PER", "LOC", "ORG", "MISC") for prefix in "BI"))


@dataclass(frozen=True, kw_only=True)
class Inventory:
    """What the heads choose from."""

    pos: tuple[str, ...]
    tags: tuple[str, ...]
    relations: tuple[str, ...]
    features: dict[str, tuple[str, ...]]  # "" first: the word does not bear it
    treebanks: tuple[str, ...]
    name_corpora: tuple[str, ...]


class Layer(nn.Module):
    """One layer of the encoder (post-norm)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, 1e-12)
        self.wide = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Vectors after the layer; `bias` is 0 for pieces and very low for padding (batch x 1 x 1 x pieces)."""
        batch, length, _ = x.shape
        size = WIDTH // HEADS
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, size).permute(2, 0, 3, 1, 4)
        rows = batch * HEADS
        flat_bias = bias.to(q.dtype).expand(batch, HEADS, length, length).reshape(rows, length, length)
        # One baddbmm and no fused attention: on CPUs in bfloat16 it is 1.5 times as fast.
        scores = torch.baddbmm(flat_bias, q.reshape(rows, length, size), k.reshape(rows, length, size).transpose(1, 2),
                               alpha=size**-0.5)  # fmt: skip
        mixed = (scores.softmax(-1) @ v.reshape(rows, length, size)).view(batch, HEADS, length, size)
        x = self.attention_norm(x + self.output(mixed.transpose(1, 2).reshape(batch, length, WIDTH)))
        return self.norm(x + self.narrow(functional.gelu(self.wide(x))))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """E5 without its word embeddings, which are looked up outside and never trained."""

    def __init__(self, frozen: int) -> None:
        super().__init__()
        self.frozen = frozen
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def fixed(self) -> list[nn.Parameter]:
        """Parameters that are not trained: positions and the lowest layers."""
        low = [p for layer in self.layers[: self.frozen] for p in layer.parameters()]
        return [*self.positions.parameters(), self.kind, *self.norm.parameters(), *low]

    def forward(self, embedded: Tensor, bias: Tensor) -> Tensor:
        """Vectors of all pieces."""
        with torch.no_grad():
            x = self.norm(embedded + self.positions.weight[: embedded.shape[1]] + self.kind)
            for layer in self.layers[: self.frozen]:
                x = layer(x, bias)
        for layer in self.layers[self.frozen :]:
            x = layer(x, bias)
        return x


class Network(nn.Module):
    """Encoder and heads; `forward` gives what the runtime needs of one batch."""

    def __init__(self, inventory: Inventory, frozen: int = 2) -> None:
        super().__init__()
        self.encoder = Encoder(frozen)
        self.drop = nn.Dropout(0.25)
        self.treebank = nn.Embedding(len(inventory.treebanks), WIDTH)
        self.name_corpus = nn.Embedding(len(inventory.name_corpora), WIDTH)
        nn.init.normal_(self.treebank.weight, std=0.02)
        nn.init.normal_(self.name_corpus.weight, std=0.02)
        self.names = nn.Linear(WIDTH, len(NAMES))
        self.pos = nn.Linear(WIDTH, len(inventory.pos))
        self.tag = nn.Linear(WIDTH, len(inventory.tags))
        self.feature_sizes = [len(inventory.features[name]) for name in FEATURES]
        self.features = nn.Linear(WIDTH, sum(self.feature_sizes))
        self.ends = nn.Linear(WIDTH, 1)
        self.arc_head, self.arc_dependent = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.label_head, self.label_dependent = nn.Linear(WIDTH, LABEL), nn.Linear(WIDTH, LABEL)
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.02)
        self.label = nn.Parameter(torch.randn(len(inventory.relations), LABEL + 1, LABEL + 1) * 0.02)

    def load_e5(self, weights: Weights) -> None:
        """Start from E5."""
        arrays = {name: torch.from_numpy(array) for name, array in weights.arrays.items()}
        encoder = self.encoder
        encoder.positions.weight.data = arrays["emb.pos"].view(POSITIONS, WIDTH)
        encoder.kind.data = arrays["emb.type"][:WIDTH]
        encoder.norm.weight.data, encoder.norm.bias.data = arrays["emb.ln.w"], arrays["emb.ln.b"]
        for number, layer in enumerate(encoder.layers):
            parts = [arrays[f"l{number}.{name}.w"].view(WIDTH, WIDTH) for name in "qkv"]
            layer.qkv.weight.data = torch.cat(parts)
            layer.qkv.bias.data = torch.cat([arrays[f"l{number}.{name}.b"] for name in "qkv"])
            for ours, theirs in (("output", "ao"), ("wide", "fi"), ("narrow", "fo")):
                linear = getattr(layer, ours)
                linear.weight.data = arrays[f"l{number}.{theirs}.w"].view(linear.weight.shape)
                linear.bias.data = arrays[f"l{number}.{theirs}.b"]
            for ours, theirs in (("attention_norm", "aln"), ("norm", "oln")):
                norm = getattr(layer, ours)
                norm.weight.data, norm.bias.data = arrays[f"l{number}.{theirs}.w"], arrays[f"l{number}.{theirs}.b"]

    def words(self, embedded: Tensor, bias: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Vectors of the words."""
        x = self.encoder(embedded, bias)

        def pick(places: Tensor) -> Tensor:
            return torch.gather(x, 1, places[:, :, None].expand(-1, -1, WIDTH))

        return 0.5 * (pick(first) + pick(last))

    def arcs(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Vectors of words as dependents and (the root before them) as heads: for arcs, then for labels."""
        heads = torch.cat([self.root.to(words.dtype).expand(words.shape[0], 1, -1), words], 1)

        def bent(linear: nn.Module, x: Tensor) -> Tensor:
            return self.drop(functional.leaky_relu(linear(x), 0.1))  # type: ignore[no-any-return]

        return (bent(self.arc_dependent, words), bent(self.arc_head, heads),
                bent(self.label_dependent, words), bent(self.label_head, heads))  # fmt: skip

    def score_arcs(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Score of each word under each head: batch x words x (1 + words)."""
        return with_one(dependent) @ self.arc @ head.transpose(1, 2)

    def score_labels(self, dependent: Tensor, head: Tensor, chosen: Tensor) -> Tensor:
        """Score of each relation between each word and its chosen head."""
        picked = torch.gather(head, 1, chosen[:, :, None].expand(-1, -1, head.shape[-1]))
        return torch.einsum("bni,lij,bnj->bnl", with_one(dependent), self.label, with_one(picked))


def with_one(x: Tensor) -> Tensor:
    """The vectors with a 1 appended, the bias of a biaffine product."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def embedding_table(weights: Weights, pieces: list[int]) -> Tensor:
    """Word embeddings of the kept pieces."""
    return torch.from_numpy(dequantize(weights.embedding_blocks[pieces]))
