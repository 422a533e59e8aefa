"""The small pipelines of spaCy: for `--fast`, and where onnxruntime has no wheel.

A convolutional network for each language, learned from the corpora and, for the layers that a corpus does not have,
from what the encoder reads in it: trees on name corpora and names on treebanks.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example as SpacyExample
from spacy.training.batchers import minibatch_by_words
from spacy.util import compounding

from events.analysis import Analysis, Analyzer
from events.parsing.tokenizer import normalize
from training.corpora import Example
from training.normalization import FEATURES, UNTRUSTED, Word

VERSION = "1.0.0"
_TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [4000, 1000, 2000, 1000],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 96,
        "window_size": 1,
        "maxout_pieces": 3,
        "depth": 4,
    },
}
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}


def build_pipeline(language: str) -> Language:
    """An untrained pipeline whose components share one network for words."""
    pipeline = spacy.blank(language)
    pipeline.add_pipe("tok2vec", config={"model": _TOK2VEC})
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": _LISTENER}
    pipeline.add_pipe("tagger", config={"model": tagger})
    pipeline.add_pipe("morphologizer", config={"model": tagger})
    for name, kind in (("parser", "parser"), ("ner", "ner")):
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": kind,
            "extra_state_tokens": False,
            "hidden_width": 64,
            "maxout_pieces": 2,
            "use_upper": True,
            "nO": None,
            "tok2vec": _LISTENER,
        }
        pipeline.add_pipe(name, config={"model": model, **({"min_action_freq": 10} if kind == "parser" else {})})
    pipeline.meta.update(name=f"zeitstrahl-small-{language}", version=VERSION, license="CC BY-SA 4.0")
    return pipeline


def annotate(example: Example, analyzer: Analyzer, pipeline: Language) -> Doc:
    """The sentence with its own layers, and with what the encoder reads for the others where words agree."""
    text = example.text
    read = analyzer.analyze(text, [(0, len(text))])
    agrees = tuple(token.text for token in read.tokens) == example.words
    layers: dict[str, list[object]] = {}
    if example.tree is not None:
        layers.update(_tree_layers(example.tree, example.corpus, read if agrees else None))
    elif agrees:
        layers.update(_read_layers(read))
    if example.names is not None and (example.has_misc or not agrees):
        layers["ents"] = list(example.names)
    elif agrees:
        layers["ents"] = list(_merge_names(example.names, read))
    return Doc(pipeline.vocab, words=[normalize(word) for word in example.words], spaces=list(example.spaces), **layers)  # type: ignore[arg-type]


def _tree_layers(tree: tuple[Word, ...], corpus: str, read: Analysis | None) -> dict[str, list[object]]:
    """Layers of a treebank sentence; features that the treebank is not trusted with come from the encoder."""
    untrusted = UNTRUSTED.get(corpus, set())
    morphs: list[object] = []
    for position, word in enumerate(tree):
        features = {name: word.features[name] for name in FEATURES if name in word.features and name not in untrusted}
        for name in untrusted:
            value = read.tokens[position].feature(name) if read else ""
            if value:
                features[name] = value
        morphs.append("|".join(f"{name}={features[name]}" for name in sorted(features)))
    return {
        "tags": [word.tag for word in tree],
        "pos": [word.pos for word in tree],
        "morphs": morphs,
        "heads": [position if word.head is None else word.head for position, word in enumerate(tree)],
        "deps": ["ROOT" if word.head is None else word.relation for word in tree],
        "sent_starts": [position == 0 for position in range(len(tree))],
    }


def _read_layers(read: Analysis) -> dict[str, list[object]]:
    """Layers that the encoder read."""
    return {
        "tags": [token.tag for token in read.tokens],
        "pos": [token.pos for token in read.tokens],
        "morphs": [token.features for token in read.tokens],
        "heads": [token.head for token in read.tokens],
        "deps": ["ROOT" if token.head == token.index else token.relation for token in read.tokens],
        "sent_starts": [read.sentences[token.sentence].first == token.index for token in read.tokens],
    }


def _merge_names(own: Sequence[str] | None, read: Analysis) -> Iterable[str]:
    """Names of the corpus; of those that the encoder read all where the corpus has none, else MISC outside its own."""
    labels = ["O"] * len(read.tokens)
    for name in read.names:
        if own is None or (name.kind == "MISC" and all(own[i] == "O" for i in range(name.first, name.last))):
            for index in range(name.first, name.last):
                labels[index] = f"{'B' if index == name.first else 'I'}-{name.kind}"
    if own is None:
        return labels
    return [label if label != "O" else mine for label, mine in zip(labels, own, strict=True)]


def train_small(language: str, examples: Sequence[Example], analyzer: Analyzer, folder: Path, *, steps: int,
                minutes: float | None, report: Callable[[str], None], seed: int = 1) -> None:  # fmt: skip
    """Train a pipeline and write it to a folder."""
    spacy.util.fix_random_seed(seed)
    draw = random.Random(seed)
    pipeline = build_pipeline(language)
    docs = [annotate(example, analyzer, pipeline) for example in examples]
    report(f"{language}: {len(docs)} sentences annotated")
    draw.shuffle(docs)
    docs = join_some(docs, draw)
    taught = [SpacyExample(_bare(doc), doc) for doc in docs]
    optimizer = pipeline.initialize(lambda: taught)
    optimizer.learn_rate = 0.001
    step, began = 0, time.monotonic()
    sizes = compounding(300, 1500, 1.002)
    passed = 0.0
    while passed < 1:
        draw.shuffle(taught)
        losses: dict[str, float] = {}
        for batch in minibatch_by_words(taught, size=sizes):
            passed = step / steps
            if minutes is not None:
                passed = max(passed, (time.monotonic() - began) / 60 / minutes)
            if passed >= 1:
                break
            optimizer.learn_rate = 0.0015 * (1 - passed)
            pipeline.update(batch, drop=0.15, sgd=optimizer, losses=losses)
            step += 1
        report(f"{language}: {(time.monotonic() - began) / 60:.1f} min, step {step}, "
               + " ".join(f"{name} {value:.0f}" for name, value in losses.items()))  # fmt: skip
    write_pipeline(pipeline, folder, optimizer.averages)


def _bare(doc: Doc) -> Doc:
    """The words of a sentence without annotation."""
    return Doc(doc.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc])


def join_some(docs: Sequence[Doc], draw: random.Random) -> list[Doc]:
    """A part of the sentences joined by twos, so that the parser learns where they end."""
    joined: list[Doc] = []
    position = 0
    while position < len(docs):
        count = 2 if draw.random() < 0.15 else 1
        part = list(docs[position : position + count])
        joined.append(Doc.from_docs(part) or part[0] if len(part) > 1 else part[0])
        position += len(part)
    return joined


def write_pipeline(pipeline: Language, folder: Path, averages: object) -> None:
    """Write the pipeline with its averaged weights, without the words it met."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with pipeline.use_params(averages):  # type: ignore[arg-type]
        pipeline.to_disk(folder, exclude=["tokenizer"])
