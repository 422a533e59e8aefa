"""Corpora as they are read for training; the corpora themselves are looked at only where they are present."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from training.corpora import Example, read_names, read_treebank
from training.holdout import fingerprint, without_overlap
from training.manifest import WrongCorpus, read_manifest, verify
from training.sources import NAMES, TESTS, TREES, read_lessons, read_tests

DATA = Path(os.environ.get("ZEITSTRAHL_CORPORA", Path(__file__).resolve().parents[3] / "shared/corpora/nlp-train"))
needs_corpora = pytest.mark.skipif(not DATA.is_dir(), reason="the corpora are not here")

CONTRACTION = """\
# text = Adenauer reiste im Sommer.
1	Adenauer	Adenauer	PROPN	NE	Case=Nom	2	nsubj	_	_
2	reiste	reisen	VERB	VVFIN	VerbForm=Fin	0	root	_	_
3-4	im	_	_	_	_	_	_	_	_
3	in	in	ADP	APPR	_	5	case	_	_
4	dem	der	DET	ART	Case=Dat|Definite=Def	5	det	_	_
5	Sommer	Sommer	NOUN	NN	Case=Dat	2	obl:tmod	_	SpaceAfter=No
6	.	.	PUNCT	$.	_	2	punct	_	_

"""
HYPHEN = """\
1	Der	der	DET	ART	_	4	det	_	_
2	Gaza	Gaza	PROPN	NE	_	4	compound	_	SpaceAfter=No
3	-	-	PUNCT	$(	_	4	punct	_	SpaceAfter=No
4	Streifen	Streifen	NOUN	NN	Case=Nom	0	root	_	_

"""
NAMES_IOB = "# source\n1\tKonrad\tI-PER\tO\n2\tAdenauer\tI-PER\tO\n3\tin\tO\tO\n4\tBonner\tB-LOCderiv\tO\n\n"


def read(tmp_path: Path, text: str) -> Example:
    path = tmp_path / "sample.conllu"
    path.write_text(text, encoding="utf-8")
    (example,) = read_treebank(path, "de", "gsd")
    return example


def test_a_contraction_is_one_word_with_the_features_of_both(tmp_path: Path) -> None:
    example = read(tmp_path, CONTRACTION)
    assert example.words == ("Adenauer", "reiste", "im", "Sommer", ".")
    assert example.tree is not None
    contraction = example.tree[2]
    assert (contraction.tag, contraction.head, contraction.relation) == ("APPRART", 3, "case")
    assert contraction.features == {"Case": "Dat", "Definite": "Def"}
    assert example.tree[3].relation == "obl"


def test_words_that_our_tokenizer_keeps_whole_are_joined(tmp_path: Path) -> None:
    example = read(tmp_path, HYPHEN)
    assert example.words == ("Der", "Gaza-Streifen")
    assert example.tree is not None
    assert (example.tree[0].head, example.tree[1].head, example.tree[1].pos) == (1, None, "NOUN")


def test_names_are_iob2_and_unknown_kinds_lie_outside(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(NAMES_IOB, encoding="utf-8")
    (example,) = read_names(path, "de", "germeval")
    assert example.names == ("B-PER", "I-PER", "O", "O")


def test_a_fingerprint_ignores_blanks_case_and_marks() -> None:
    assert fingerprint("Das war's , sagte er .") == fingerprint("das wars, sagte ER!")
    assert fingerprint("Das war 1955.") != fingerprint("Das war 1956.")


def test_sentences_of_a_test_set_are_left_out(tmp_path: Path) -> None:
    example = read(tmp_path, CONTRACTION)
    assert without_overlap([example], [example]) == []
    assert without_overlap([example], [read(tmp_path, HYPHEN)]) == [example]


def test_all_files_that_are_read_are_listed_with_a_licence() -> None:
    listed = {entry.path: entry for entry in read_manifest()}
    used = {source.path for source in (*TREES, *NAMES)} | {path for path, _ in TESTS.values()}
    assert used == set(listed)
    assert {entry.licence for entry in listed.values()} <= {"CC BY 4.0", "CC BY-SA 4.0", "CC BY-SA 3.0"}


def test_no_test_file_teaches() -> None:
    tests = {entry.path for entry in read_manifest() if entry.used == "test"}
    assert tests
    assert not tests & {source.path for source in (*TREES, *NAMES)}


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongCorpus, match="missing"):
        verify(tmp_path)


@needs_corpora
def test_no_training_sentence_stands_in_a_test_set() -> None:
    tests = {fingerprint(example.text) for examples in read_tests(DATA).values() for example in examples}
    for lesson in read_lessons(DATA, (*TREES, *NAMES)):
        assert lesson.train, lesson.source.path
        taught = {fingerprint(example.text) for example in (*lesson.train, *lesson.develop)}
        assert not taught & tests, lesson.source.path
