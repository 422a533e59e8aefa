"""Make the language models that ship: `python -m training --data FOLDER`.

Stages, each of which may be run alone: `lemmas` (tables of base forms), `encoder` (fine-tune E5), `export` (what
onnxruntime runs), `small` (spaCy pipelines that learn from the corpora and from the encoder).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from training.manifest import verify
from training.sources import NAMES, TREES, Source, read_lessons

STAGES = ("lemmas", "encoder", "export", "small")
PACKAGE = Path(__file__).resolve().parent.parent / "events" / "parsing"
STEPS = 6_000
SMALL_STEPS = 4_000
VERSION = "1.0.0"


def parse_options() -> argparse.Namespace:
    """The options of the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora of manifest.toml")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for what is in between")
    parser.add_argument("--out", type=Path, default=PACKAGE / "weights", help="folder of the weights")
    parser.add_argument("--stage", choices=STAGES, action="append", help="run this stage only; may be repeated")
    parser.add_argument("--steps", type=int, default=STEPS, help="of the encoder, in each process")
    parser.add_argument("--small-steps", type=int, default=SMALL_STEPS)
    parser.add_argument("--minutes", type=float, help="end sooner: the learning rate then follows the clock")
    parser.add_argument("--processes", type=int, default=1, help="of one thread each, instead of threads")
    parser.add_argument("--start", type=Path, help="a checkpoint of the encoder to go on from")
    parser.add_argument("--rate", type=float, default=1.0, help="of the usual learning rates, with --start")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    """Run the chosen stages."""
    options = parse_options()
    options.work.mkdir(parents=True, exist_ok=True)
    verify(options.data)
    stages = options.stage or STAGES
    if "lemmas" in stages:
        write_lemmas(options.data)
    if "encoder" in stages:
        train_encoder(options)
    if "export" in stages:
        export_encoder(options.work, options.out)
    if "small" in stages:
        train_pipelines(options)


def write_lemmas(data: Path) -> None:
    """Tables of base forms, beside the code that reads them."""
    from training.lemma_tables import write_table

    examples = [example for lesson in read_lessons(data, TREES) for example in (*lesson.train, *lesson.develop)]
    for language in ("de", "en"):
        print(f"base forms {language}: {write_table(examples, language, PACKAGE / 'data')} rows")


def train_encoder(options: argparse.Namespace) -> None:
    """Fine-tune, and keep checkpoint, pieces, tokenizer and log in the work folder."""
    from training.finetune import finetune
    from training.fit import Plan

    plan = Plan(steps=options.steps, seed=options.seed, minutes=options.minutes, start=options.start, rate=options.rate,
                processes=options.processes, checkpoint=options.work / "checkpoint.pt")  # fmt: skip
    finetune(options.data, options.work, plan, options.work / "log.txt")


def export_encoder(work: Path, weights: Path) -> None:
    """Write what onnxruntime runs."""
    from training.e5 import read_weights
    from training.export import export
    from training.finetune import e5_weights
    from training.fit import load

    network, inventory = load(work / "checkpoint.pt")
    pieces = json.loads((work / "pieces.json").read_text(encoding="utf-8"))
    export(network, inventory, read_weights(e5_weights()), pieces, work / "tokenizer.json", weights / "encoder",
           version=VERSION)  # fmt: skip


def train_pipelines(options: argparse.Namespace) -> None:
    """Train the spaCy pipelines with the encoder that was exported."""
    from events.parsing.encoder import EncoderAnalyzer
    from training.small import train_small

    for language in ("de", "en"):
        lessons = read_lessons(options.data, _of_language(language))
        examples = [example for lesson in lessons for example in (*lesson.train, *lesson.develop)]
        analyzer = EncoderAnalyzer(options.out / "encoder", language)
        train_small(language, examples, analyzer, options.out / f"small_{language}", steps=options.small_steps,
                    minutes=options.minutes, report=print)  # fmt: skip


def _of_language(language: str) -> list[Source]:
    """Sources in one language."""
    return [source for source in (*TREES, *NAMES) if source.path.startswith(language + "/")]


if __name__ == "__main__":
    main()
