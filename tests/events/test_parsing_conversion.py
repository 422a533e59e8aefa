"""Trees of TIGER and ClearNLP as Universal Dependencies."""

from __future__ import annotations

import pytest

from events.parsing.conversion import Tree, convert_tree, name_kind


def converted(language: str, rows: str) -> str:
    """Words as form/relation/head's form, from lines of form, part of speech, tag, head (from 0) and relation."""
    columns = [line.split() for line in rows.strip().splitlines()]
    words, pos, tags, heads, relations = zip(*columns, strict=True)
    tree = convert_tree(
        language, Tree(words=words, pos=pos, tags=tags, heads=[int(head) for head in heads], relations=list(relations))
    )
    return " ".join(
        f"{word}/{relation}/{words[head]}"
        for word, relation, head in zip(words, tree.relations, tree.heads, strict=True)
    )


def test_tiger_perfect_and_preposition() -> None:
    assert converted("de", """
        Adenauer PROPN NE    1 sb
        ist      AUX   VAFIN 1 ROOT
        nach     ADP   APPR  4 mo
        Moskau   PROPN NE    2 nk
        gereist  VERB  VVPP  1 oc
        .        PUNCT $.    1 punct
        """) == "Adenauer/nsubj/gereist ist/aux/gereist nach/case/Moskau Moskau/obl/gereist gereist/root/gereist ./punct/gereist"  # fmt: skip  # noqa: E501


def test_tiger_passive_with_agent_and_genitive() -> None:
    assert converted("de", """
        Die      DET   ART   1 nk
        Mauer    NOUN  NN    4 sb
        der      DET   ART   3 nk
        Stadt    NOUN  NN    1 ag
        wurde    AUX   VAFIN 4 ROOT
        von      ADP   APPR  7 sbp
        Arbeitern NOUN NN    5 nk
        gebaut   VERB  VVPP  4 oc
        """) == (
        "Die/det/Mauer Mauer/nsubj:pass/gebaut der/det/Stadt Stadt/nmod/Mauer wurde/aux:pass/gebaut "
        "von/case/Arbeitern Arbeitern/obl:agent/gebaut gebaut/root/gebaut"
    )  # fmt: skip


def test_tiger_copula_and_coordination() -> None:
    assert converted("de", """
        Bonn    PROPN NE    3 sb
        und     CCONJ KON   0 cd
        Berlin  PROPN NE    1 cj
        waren   AUX   VAFIN 3 ROOT
        Hauptstädte NOUN NN 3 pd
        """) == (
        "Bonn/nsubj/Hauptstädte und/cc/Berlin Berlin/conj/Bonn waren/cop/Hauptstädte Hauptstädte/root/Hauptstädte"
    )  # fmt: skip


def test_clearnlp_preposition_and_passive() -> None:
    assert converted("en", """
        Talks    NOUN  NNS 2 nsubjpass
        were     AUX   VBD 2 auxpass
        held     VERB  VBN 2 ROOT
        by       ADP   IN  2 agent
        ministers NOUN NNS 3 pobj
        in       ADP   IN  2 prep
        Geneva   PROPN NNP 5 pobj
        """) == (
        "Talks/nsubj:pass/held were/aux:pass/held held/root/held by/case/ministers ministers/obl:agent/held "
        "in/case/Geneva Geneva/obl/held"
    )  # fmt: skip


def test_clearnlp_copula_and_conjuncts() -> None:
    assert converted("en", """
        Paris  PROPN NNP 5 nsubj
        ,      PUNCT ,   0 punct
        Rome   PROPN NNP 0 conj
        and    CCONJ CC  2 cc
        Bonn   PROPN NNP 2 conj
        were   AUX   VBD 5 ROOT
        capitals NOUN NNS 5 attr
        """) == (
        "Paris/nsubj/capitals ,/punct/Paris Rome/conj/Paris and/cc/Bonn Bonn/conj/Paris were/cop/capitals "
        "capitals/root/capitals"
    )  # fmt: skip


@pytest.mark.parametrize(("label", "kind"), [("GPE", "LOC"), ("PERSON", "PER"), ("DATE", None), ("NORP", "MISC")])
def test_kinds_of_names(label: str, kind: str | None) -> None:
    assert name_kind(label) == kind
