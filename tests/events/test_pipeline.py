"""A document in, its extraction out: pure, with offsets that hold, and whole on odd input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from events.analysis import Analysis, Analyzer, Name, Sentence, Token
from events.errors import MissingModel
from events.model import Document, DocumentId, Extraction, Zone
from events.parsing import load_analyzer
from events.pipeline import extract
from events.zones import find_zones
from tests.events.trees import ids, read, tree

ODD = [
    "",
    " ",
    "\n\n\n",
    "Gipfel",
    "Gipfel in Wien",
    "Er traf sie.",
    "Der. Die. Das.",
    "😀 🎉 👩‍🚀",
    "😀 Merkel traf Putin 🎉 am Freitag.",
    "Merkel reiste ab.\r\nPutin blieb.\r\n\r\nDas Treffen endete am Montag.\r\n",
    "12. Juni 2018: Trump trifft Kim.\n27. Februar 2019: Trump trifft Kim.",
    "„Ich komme“, sagte er. „Morgen!“",
    "?!…—;:()[]{}«»„“",
    "A" * 5000,
    "und " * 2000,
    "Kim Kim Kim Kim traf Kim Kim.",
    "\ufeffAm Freitag.",
    "Treffen\u2028Treffen\u00a0am\u00ad 3.\u202fMai",
    "Le président a rencontré Mme Merkel à Paris le 3 mai 2019.",
    "www.beispiel.de/a?b=c @konto #tag",
]


def check_offsets(document: Document, extraction: Extraction) -> None:
    """All that points into the text points at what it says."""
    text = document.text
    actors = {actor.key for actor in extraction.actors}
    assert len({m.key for m in extraction.mentions}) == len(extraction.mentions)
    for mention in extraction.mentions:
        assert text.startswith(mention.trigger, mention.trigger_start)
        assert 0 <= mention.start <= mention.trigger_start
        assert mention.trigger_start + len(mention.trigger) <= mention.end <= len(text)
        assert text[mention.start : mention.end] == text[mention.start : mention.end].strip()
        assert mention.key == f"{mention.trigger_start}:{mention.trigger}"
        assert {role.actor for role in mention.roles} <= actors
        assert mention.place is None or mention.place in actors
        assert 0.0 <= mention.salience <= 1.0
        if mention.reported is not None:
            assert 0 <= mention.reported.start < mention.reported.end <= len(text)
            assert mention.reported.by is None or mention.reported.by in actors
    for actor in extraction.actors:
        assert all(0 <= place.start < place.end <= len(text) for place in actor.mentions)
    for link in extraction.links:
        assert link.evidence is None or 0 <= link.evidence.start < link.evidence.end <= len(text)


@pytest.mark.parametrize("name", ids())
def test_extraction_is_pure(name: str) -> None:
    source = tree(name)
    assert extract(source.document, source) == extract(replace(source.document), source) == read(name)


@pytest.mark.parametrize("name", ids())
def test_offsets_hold(name: str) -> None:
    check_offsets(tree(name).document, read(name))


@settings(deadline=None)
@given(st.sampled_from(ids()), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_the_publication_day_moves_dates_and_never_who_took_part(name: str, day: date) -> None:
    source = tree(name)
    later = extract(replace(source.document, published=day), source)
    assert [(m.key, m.roles, m.place) for m in later.mentions] == [
        (m.key, m.roles, m.place) for m in read(name).mentions
    ]


@settings(deadline=None)
@given(st.sampled_from(ids()), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_hedge_does_not_depend_on_the_publication_day(name: str, day: date) -> None:
    source = tree(name)
    later = {m.key: m.reported for m in extract(replace(source.document, published=day), source).mentions}
    assert later == {m.key: m.reported for m in read(name).mentions}


@pytest.mark.parametrize("name", ["particle", "en_passive"])
def test_the_extraction_names_document_and_model(name: str) -> None:
    assert (read(name).document, read(name).model) == (tree(name).document.id, "hand")


# --------------------------------------------------------------------------------------------------- any tree at all

_FORMS = [
    "Merkel",
    "Putin",
    "traf",
    "Gipfel",
    "soll",
    "haben",
    "sagte",
    "er",
    "am",
    "Freitag",
    "nicht",
    ",",
    ".",
    "in",
    "Wien",
    "laut",
    "wurde",
    "und",
    "dass",
    "Präsident",
    "1989",
    "beide",
]
_RELATIONS = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "nmod",
    "aux",
    "aux:pass",
    "cop",
    "conj",
    "cc",
    "xcomp",
    "ccomp",
    "advcl",
    "acl:relcl",
    "parataxis",
    "appos",
    "flat",
    "case",
    "det",
    "mark",
    "punct",
    "advmod",
    "compound:prt",
]
_POS = ["NOUN", "PROPN", "VERB", "AUX", "ADP", "DET", "PRON", "ADJ", "ADV", "PUNCT", "NUM", "CCONJ", "SCONJ"]
_FEATURES = [
    "",
    "VerbForm=Fin|Tense=Past|Mood=Ind|Number=Sing",
    "VerbForm=Fin|Mood=Sub|Tense=Pres",
    "VerbForm=Part",
    "VerbForm=Inf",
    "Case=Nom|Number=Plur",
    "Case=Gen|Gender=Fem",
]


class Wild:
    """An analyzer that gives whatever tree it was made with."""

    name = "wild"

    def __init__(self, rows: Sequence[tuple[str, str, str, str, int]], names: Sequence[tuple[int, int, str]]) -> None:
        self.rows, self.names = rows, names
        self.text = " ".join(row[0] for row in rows)

    def analyze(self, text: str, blocks: Sequence[tuple[int, int]]) -> Analysis:
        tokens, start = [], 0
        for index, (form, pos, features, relation, head) in enumerate(self.rows):
            above = head % index if index else 0  # only towards the left: a tree, with the first word as its root
            tokens.append(
                Token(index=index, start=start, end=start + len(form), text=form, lemma=form, pos=pos, tag="",
                      features=features, head=above, relation=relation if index else "root", sentence=0)
            )  # fmt: skip
            start += len(form) + 1
        found, last = [], 0
        for first, length, kind in sorted(self.names):
            end = min(first + length, len(tokens))
            if last <= first < end:
                found.append(Name(first=first, last=end, kind=kind))
                last = end
        return Analysis(language="de", model=self.name, tokens=tuple(tokens), names=tuple(found),
                        sentences=(Sentence(index=0, first=0, last=len(tokens), block=0),))  # fmt: skip


_ROWS = st.lists(
    st.tuples(st.sampled_from(_FORMS), st.sampled_from(_POS), st.sampled_from(_FEATURES), st.sampled_from(_RELATIONS),
              st.integers(0, 30)), min_size=1, max_size=14)  # fmt: skip
_NAMES = st.lists(
    st.tuples(st.integers(0, 13), st.integers(1, 3), st.sampled_from(["PER", "LOC", "ORG", "MISC"])), max_size=4
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_ROWS, _NAMES)
def test_no_tree_whatever_breaks_the_steps(
    rows: list[tuple[str, str, str, str, int]], names: list[tuple[int, int, str]]
) -> None:
    wild = Wild(rows, names)
    document = Document(id=DocumentId("0"), text=wild.text, language="de", published=date(2019, 4, 26),
                        zones=(Zone(kind="body", start=0, end=len(wild.text)),))  # fmt: skip
    check_offsets(document, extract(document, wild))


# ----------------------------------------------------------------------------------------------- with a language model


@pytest.fixture(scope="module", params=["de", "en"])
def reader(request: pytest.FixtureRequest) -> tuple[str, Analyzer]:
    """A language and its model."""
    try:
        return request.param, load_analyzer(request.param)
    except MissingModel as error:
        pytest.skip(f"no language model is installed: {error}")


def document_of(text: str, language: str) -> Document:
    return Document(id=DocumentId("0"), text=text, language=language, published=date(2019, 4, 26),
                    zones=find_zones(text, language=language))  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_documents_are_read_without_an_exception(text: str, reader: tuple[str, Analyzer]) -> None:
    language, analyzer = reader
    document = document_of(text, language)
    check_offsets(document, extract(document, analyzer))


@example(text="Merkel traf\u0085Putin")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text_is_read_without_an_exception(text: str, reader: tuple[str, Analyzer]) -> None:
    language, analyzer = reader
    document = document_of(text, language)
    check_offsets(document, extract(document, analyzer))


def test_two_readings_are_equal_whatever_was_read_between(reader: tuple[str, Analyzer]) -> None:
    text = "Willy Brandt reiste am 7. Dezember 1970 nach Warschau. Der Kanzler unterzeichnete dort den Vertrag."
    language, analyzer = reader
    document = document_of(text, language)
    first = extract(document, analyzer)
    extract(document_of("Egon Bahr verhandelte in Moskau.", language), analyzer)
    assert extract(document, analyzer) == first
