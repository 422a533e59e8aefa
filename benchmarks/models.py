"""Figures of the language models on the test sets, from raw text, as they ship.

    python -m benchmarks.models --data FOLDER [--language de] [--fast | --model NAME] [--record]

FOLDER holds the corpora that `training/manifest.toml` lists. Trees: words, sentences, parts of speech, features and
relations are F1 over what stands at the same place in gold and system (CoNLL 2018); attachment leaves punctuation
out. Sentences of GSD come ten in a row, those of the others in their paragraphs. Names: F1 of exact spans with kind.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from events.analysis import Analysis, Analyzer, Token
from events.parsing import load_analyzer
from events.parsing.decoding import iob_spans
from training.corpora import Example
from training.normalization import FEATURES
from training.sources import read_tests

RECORDED = Path(__file__).parent / "recorded" / "models.json"
TREES = {"de": ("gsd-test", "pud-de"), "en": ("ewt-test", "pud-en")}
NAMES = {"de": ("germeval-test", "uner-pud-de"), "en": ("uner-ewt-test", "uner-pud-en")}
IN_A_ROW = 10  # sentences of a corpus without paragraphs
KINDS = ("PER", "LOC", "ORG")

Span = tuple[int, int]


def paragraphs(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """The sentences by paragraph, or ten by ten where the corpus knows none."""
    has_paragraphs = any(example.opens_paragraph for example in examples)
    current: list[Example] = []
    for example in examples:
        is_full = example.opens_paragraph if has_paragraphs else len(current) == IN_A_ROW
        if current and is_full:
            yield current
            current = []
        current.append(example)
    if current:
        yield current


def lay_out(examples: Iterable[Example]) -> tuple[str, list[list[Span]]]:
    """The text of some sentences, and where their words stand."""
    text, places = "", []
    for example in examples:
        if text and not text.endswith(" "):
            text += " "
        spans = []
        for word, space in zip(example.words, example.spaces, strict=True):
            spans.append((len(text), len(text) + len(word)))
            text += word + (" " if space else "")
        places.append(spans)
    return text.rstrip(), places


class Tally:
    """Right, gold and found ones by figure."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}

    def add(self, figure: str, *, right: int, gold: int, found: int) -> None:
        """Count some."""
        counts = self._counts.setdefault(figure, Counter())
        counts.update(right=right, gold=gold, found=found)

    def f1(self) -> dict[str, float]:
        """F1 of each figure in per cent."""
        return {
            figure: round(200 * c["right"] / max(1, c["gold"] + c["found"]), 2) for figure, c in self._counts.items()
        }


def score_trees(analyzer: Analyzer, examples: Sequence[Example]) -> dict[str, float]:
    """Figures of a treebank."""
    tally = Tally()
    for group in paragraphs(examples):
        text, places = lay_out(group)
        _count_trees(tally, analyzer.analyze(text, [(0, len(text))]), group, places)
    return tally.f1()


def _count_trees(tally: Tally, analysis: Analysis, group: list[Example], places: list[list[Span]]) -> None:
    """Count one paragraph."""
    found = {(token.start, token.end): token for token in analysis.tokens}
    tokens = len(analysis.tokens)
    gold_ends = {spans[-1][1] for spans in places}
    found_ends = {analysis.tokens[sentence.last - 1].end for sentence in analysis.sentences}
    tally.add("sentences", right=len(gold_ends & found_ends), gold=len(gold_ends), found=len(found_ends))
    punctuation = sum(token.pos == "PUNCT" for token in analysis.tokens)
    right: Counter[str] = Counter()
    gold = 0
    asked = 0
    for example, spans in zip(group, places, strict=True):
        tree = example.tree or ()
        particles = {w.head: w.text.lower() for w in tree if w.relation == "compound:prt" and w.head is not None}
        for position, (word, span) in enumerate(zip(tree, spans, strict=True)):
            gold += 1
            asked += word.relation != "punct"
            token = found.get(span)
            if token is None:
                continue
            head = None if word.head is None else spans[word.head]
            lemma = particles.get(position, "") + word.lemma if example.language == "de" else word.lemma
            right.update(_right_figures(token, analysis, word.relation, head))
            right["words"] += 1
            right["pos"] += token.pos == word.pos
            right["tags"] += token.tag == word.tag != ""
            right["lemmas"] += token.lemma == lemma
            right["Case"] += token.feature("Case") == word.features.get("Case", "")
            right["features"] += all(token.feature(name) == word.features.get(name, "") for name in FEATURES)
    has_tags = any(word.tag for example in group for word in example.tree or ())
    for figure in ("words", "pos", *(("tags",) if has_tags else ()), "features", "Case", "lemmas"):
        tally.add(figure, right=right[figure], gold=gold, found=tokens)
    for figure in ("UAS", "LAS"):
        tally.add(figure, right=right[figure], gold=asked, found=tokens - punctuation)


def _right_figures(token: Token, analysis: Analysis, relation: str, head: Span | None) -> Iterator[str]:
    """UAS and LAS where they are right; nothing for punctuation."""
    if relation == "punct":
        return
    above = analysis.tokens[token.head]
    found = None if token.head == token.index else (above.start, above.end)
    if found == head:
        yield "UAS"
        if token.relation == relation:
            yield "LAS"


def score_names(analyzer: Analyzer, examples: Sequence[Example]) -> dict[str, float]:
    """Figures of a name corpus; sentences stand alone, as they do in GermEval."""
    tally = Tally()
    for example in examples:
        text, (spans,) = lay_out([example])
        analysis = analyzer.analyze(text, [(0, len(text))])
        gold = {(spans[a][0], spans[b - 1][1], kind) for a, b, kind in iob_spans(example.names or ())}
        found = {
            (analysis.tokens[name.first].start, analysis.tokens[name.last - 1].end, name.kind)
            for name in analysis.names
        }
        for figure, kinds in (("names", KINDS), *((kind, (kind,)) for kind in (*KINDS, "MISC"))):
            if figure == "MISC" and not example.has_misc:
                continue
            a, b = {n for n in gold if n[2] in kinds}, {n for n in found if n[2] in kinds}
            tally.add(figure, right=len(a & b), gold=len(a), found=len(b))
    return tally.f1()


def measure_speed(analyzer: Analyzer, examples: Sequence[Example]) -> float:
    """Words per second of CPU time, the process having read some before."""
    text, _ = lay_out(examples[:400])
    warm = text[:2000]
    analyzer.analyze(warm, [(0, len(warm))])
    began = time.process_time()
    words = len(analyzer.analyze(text, [(0, len(text))]).tokens)
    return round(words / (time.process_time() - began))


def measure(data: Path, language: str, *, fast: bool, model: str | None) -> dict[str, object]:
    """All figures of one model and language."""
    began, wall = time.process_time(), time.perf_counter()
    analyzer = load_analyzer(language, fast=fast, model=model)
    analyzer.analyze("Das war 2011.", [(0, 13)])
    load = {"seconds": round(time.perf_counter() - wall, 2), "cpu_seconds": round(time.process_time() - began, 2)}
    tests = read_tests(data, (*TREES[language], *NAMES[language]))
    figures: dict[str, object] = {"model": analyzer.name, "language": language, "load": load}
    figures["words_per_cpu_second"] = measure_speed(analyzer, tests[NAMES[language][1]])
    figures["trees"] = {name: score_trees(analyzer, tests[name]) for name in TREES[language]}
    figures["names"] = {name: score_names(analyzer, tests[name]) for name in NAMES[language]}
    if (memory := peak_memory()) is not None:
        figures["peak_memory_mb"] = memory
    return figures


def peak_memory() -> int | None:
    """Largest memory of the process in megabytes, test sets included; `None` where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if platform.system() == "Darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1_000_000


def main() -> None:
    """Print the figures; with --record keep them beside this file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--language", choices=("de", "en"), action="append")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--model")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    for language in options.language or ("de", "en"):
        figures = measure(options.data, language, fast=options.fast, model=options.model)
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        if options.record:
            kept = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
            kept[f"{figures['model']} ({language})"] = figures
            RECORDED.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
