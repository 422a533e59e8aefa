"""From a checkpoint to what ships: a graph with 8-bit weights, the embeddings in their 4-bit blocks, and the labels."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.e5 import Weights
from training.network import NAMES, Inventory, Network, with_one

STYLES = {"de": ("gsd", "germeval"), "en": ("ewt", "uner_ewt")}  # whose conventions each language is read by
OUTPUTS = ("name_scores", "pos", "tags", "features", "ends", "arcs", "relations")


class Graph(nn.Module):
    """The network as it runs: one window, no padding, from embeddings to the scores of words.

    `arcs` is words x (root + words), `relations` words x (root + words) x relations.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, embedded: Tensor, first: Tensor, last: Tensor, trees: Tensor, names: Tensor
    ) -> tuple[Tensor, ...]:
        """Scores in the order of OUTPUTS, for a batch of one."""
        network = self.network
        encoder = network.encoder
        x = encoder.norm(embedded + encoder.positions.weight[torch.arange(embedded.shape[1])] + encoder.kind)
        for layer in encoder.layers:
            x = layer(x, torch.zeros(1, 1, 1, 1))
        places = (first[:, :, None].expand(-1, -1, x.shape[-1]), last[:, :, None].expand(-1, -1, x.shape[-1]))
        words = 0.5 * (torch.gather(x, 1, places[0]) + torch.gather(x, 1, places[1]))
        styled = words + trees
        heads = torch.cat([network.root.expand(1, 1, -1), styled], 1)

        def bent(linear: nn.Module, y: Tensor) -> Tensor:
            return functional.leaky_relu(linear(y), 0.1)

        arcs = (
            with_one(bent(network.arc_dependent, styled)) @ network.arc @ bent(network.arc_head, heads).transpose(1, 2)
        )
        dependents, governors = (
            with_one(bent(network.label_dependent, styled)),
            with_one(bent(network.label_head, heads)),
        )
        size, width = network.label.shape[0], network.label.shape[1]
        product = network.label.permute(1, 0, 2).reshape(width, size * width)  # one matrix for all relations
        halves = (dependents[0] @ product).view(-1, width)  # (words x relations) x width
        relations = (halves @ governors[0].transpose(0, 1)).view(1, -1, size, heads.shape[1]).transpose(2, 3)
        return (network.names(words + names), network.pos(styled), network.tag(styled), network.features(styled),
                network.ends(words), arcs, relations)  # fmt: skip


def export_graph(network: nn.Module, path: Path) -> None:
    """Write the graph in single precision, then with 8-bit weights in blocks of 32, to `path`.

    Activations are quantized by rows and blocks too, as the products need them: that costs no accuracy, where one
    scale for all words of a window (`quantize_dynamic`) costs 1.6 points of names and 0.7 of attachment.
    """
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    embedded, places = torch.randn(1, 24, 384), torch.randint(0, 24, (1, 15))
    style = torch.zeros(384)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            network, (embedded, places, places, style, style), str(full), opset_version=17, dynamo=False,
            input_names=["embedded", "first", "last", "trees", "names"], output_names=list(OUTPUTS),
            dynamic_axes={"embedded": {1: "pieces"}, "first": {1: "words"}, "last": {1: "words"}},
        )  # fmt: skip
        quantizer = MatMulNBitsQuantizer(onnx.load(full), bits=8, block_size=32, is_symmetric=True, accuracy_level=4)
        quantizer.process()
        quantizer.model.save_model_to_file(str(path), False)


def write_weights(graph: nn.Module, inventory: Inventory, styles: Mapping[str, tuple[Tensor, Tensor]], weights: Weights,
                  pieces: list[int], tokenizer: Path, folder: Path, *, name: str, version: str) -> None:  # fmt: skip
    """Write a folder that `events.parsing.encoder` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    export_graph(graph.eval(), folder / "encoder.onnx")
    tables = {"embedding": weights.embedding_blocks[pieces]}
    for language, (trees, names) in styles.items():
        tables[f"trees_{language}"] = trees.detach().float().numpy()
        tables[f"names_{language}"] = names.detach().float().numpy()
    np.savez(folder / "tables.npz", **tables)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    about = {
        "name": name,
        "version": version,
        "languages": list(styles),
        "labels": {"pos": inventory.pos, "tags": inventory.tags, "relations": inventory.relations, "names": NAMES},
        "features": inventory.features,
    }
    (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def export(network: Network, inventory: Inventory, weights: Weights, pieces: list[int], tokenizer: Path, folder: Path,
           *, version: str) -> None:  # fmt: skip
    """Write what ships, read by the conventions of STYLES."""
    styles = {
        language: (
            network.treebank.weight[inventory.treebanks.index(treebank)],
            network.name_corpus.weight[inventory.name_corpora.index(names)],
        )
        for language, (treebank, names) in STYLES.items()
    }
    write_weights(Graph(network), inventory, styles, weights, pieces, tokenizer, folder, name="zeitstrahl-news",
                  version=version)  # fmt: skip
