"""Which corpora teach and test, and how often each is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from training.corpora import Example, read_mobie, read_names, read_smartdata, read_treebank
from training.holdout import without_overlap

GERMEVAL_TEST = 1_000  # the last sentences of germeval-test are a test set


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file that teaches; `share` is the part of its sentences read in one round, drawn anew each time;
    above 1 all are read, and some twice."""

    path: str
    share: float
    held_back: int  # sentences for development, every n-th of the file
    read: Callable[[Path], Iterator[Example]]


def _trees(language: str, corpus: str) -> Callable[[Path], Iterator[Example]]:
    return lambda path: read_treebank(path, language, corpus)


def _uner(language: str, corpus: str) -> Callable[[Path], Iterator[Example]]:
    return lambda path: read_names(path, language, corpus, has_misc=False)


def _germeval(path: Path) -> Iterator[Example]:
    return read_names(path, "de", "germeval")


def _germeval_test_rest(path: Path) -> Iterator[Example]:
    examples = list(_germeval(path))
    return iter(examples[:-GERMEVAL_TEST])


def germeval_test(path: Path) -> Iterator[Example]:
    """The part of germeval-test that is a test set."""
    return iter(list(_germeval(path))[-GERMEVAL_TEST:])


TREES = (
    Source(path="de/gsd-dev.conllu", share=1.5, held_back=100, read=_trees("de", "gsd")),
    Source(path="de/hdt-devbugs.conllu.gz", share=1.0, held_back=60, read=_trees("de", "hdt")),
    Source(path="de/hdt-testbugs.conllu.gz", share=1.0, held_back=60, read=_trees("de", "hdt")),
    Source(path="en/ewt-train.conllu.gz", share=0.35, held_back=0, read=_trees("en", "ewt")),
    Source(path="en/ewt-dev.conllu.gz", share=0.35, held_back=250, read=_trees("en", "ewt")),
    Source(path="other/da-ddt-dev.conllu", share=0.5, held_back=0, read=_trees("da", "ddt")),
    Source(path="other/da-ddt-test.conllu", share=0.5, held_back=0, read=_trees("da", "ddt")),
    Source(path="other/sv-talbanken-dev.conllu", share=0.5, held_back=0, read=_trees("sv", "talbanken")),
    Source(path="other/sv-talbanken-test.conllu.gz", share=0.5, held_back=0, read=_trees("sv", "talbanken")),
    Source(path="other/nl-lassysmall-dev.conllu.gz", share=0.35, held_back=0, read=_trees("nl", "lassy")),
    Source(path="other/nl-lassysmall-test.conllu.gz", share=0.35, held_back=0, read=_trees("nl", "lassy")),
)
NAMES = (
    Source(path="de/germeval-dev.tsv", share=0.8, held_back=250, read=_germeval),
    Source(path="de/germeval-test.tsv", share=0.8, held_back=0, read=_germeval_test_rest),
    Source(path="de/smartdata-dev.json.gz", share=0.4, held_back=0, read=read_smartdata),
    Source(path="de/smartdata-test.json.gz", share=0.4, held_back=0, read=read_smartdata),
    Source(path="de/mobie/train.conll2003", share=0.15, held_back=0, read=read_mobie),
    Source(path="de/mobie/dev.conll2003", share=0.15, held_back=0, read=read_mobie),
    Source(path="de/mobie/test.conll2003", share=0.15, held_back=0, read=read_mobie),
    Source(path="en/uner-ewt-dev.iob2", share=1.0, held_back=150, read=_uner("en", "uner_ewt")),
    Source(path="other/da-uner-train.iob2", share=0.3, held_back=0, read=_uner("da", "uner_ddt")),
    Source(path="other/da-uner-dev.iob2", share=0.3, held_back=0, read=_uner("da", "uner_ddt")),
    Source(path="other/da-uner-test.iob2", share=0.3, held_back=0, read=_uner("da", "uner_ddt")),
    Source(path="other/sv-uner-train.iob2", share=0.3, held_back=0, read=_uner("sv", "uner_talbanken")),
    Source(path="other/sv-uner-dev.iob2", share=0.3, held_back=0, read=_uner("sv", "uner_talbanken")),
    Source(path="other/sv-uner-test.iob2", share=0.3, held_back=0, read=_uner("sv", "uner_talbanken")),
)
TESTS: dict[str, tuple[str, Callable[[Path], Iterator[Example]]]] = {
    "gsd-test": ("de/gsd-test.conllu.gz", _trees("de", "gsd")),
    "ewt-test": ("en/ewt-test.conllu.gz", _trees("en", "ewt")),
    "pud-de": ("de/pud.conllu.gz", _trees("de", "pud")),
    "pud-en": ("en/pud.conllu.gz", _trees("en", "pud")),
    "germeval-test": ("de/germeval-test.tsv", germeval_test),
    "uner-pud-de": ("de/uner-pud.iob2", _uner("de", "uner_pud")),
    "uner-pud-en": ("en/uner-pud.iob2", _uner("en", "uner_pud")),
    "uner-ewt-test": ("en/uner-ewt-test.iob2", _uner("en", "uner_ewt")),
}


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """The sentences of one source: to learn from, and to look at while learning."""

    source: Source
    train: tuple[Example, ...]
    develop: tuple[Example, ...]


def read_tests(data: Path, names: Iterable[str] | None = None) -> dict[str, list[Example]]:
    """The test sets by name, all where none is given."""
    chosen = TESTS if names is None else {name: TESTS[name] for name in names}
    return {name: list(read(data / path)) for name, (path, read) in chosen.items()}


def read_lessons(data: Path, sources: Iterable[Source]) -> list[Lesson]:
    """Sentences of the sources; those that stand in a test set are left out."""
    tests = [example for examples in read_tests(data).values() for example in examples]
    lessons = []
    for source in sources:
        examples = without_overlap(source.read(data / source.path), tests)
        step = max(1, len(examples) // source.held_back) if source.held_back else 0
        develop = set(islice(range(0, len(examples), step), source.held_back)) if step else set()
        lessons.append(Lesson(source=source, train=tuple(e for i, e in enumerate(examples) if i not in develop),
                              develop=tuple(e for i, e in enumerate(examples) if i in develop)))  # fmt: skip
    return lessons
