"""One annotation for treebanks that differ: relations, parts of speech and features as our analyses give them.

Differences that remain (where a treebank attaches or how it cuts) are left to the model, which learns a vector for
each corpus; see `training.network`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

FEATURES = ("Case", "Number", "Gender", "Person", "Tense", "Mood", "VerbForm", "Degree", "PronType", "Definite",
            "Poss", "Reflex", "NumType")  # fmt: skip
# Features that a corpus annotates so poorly that they teach wrong things: HDT has no subjunctive at all.
UNTRUSTED = {"hdt": {"Mood", "Degree", "PronType", "NumType"}}

_RELATIONS = {
    "flat:name": "flat", "flat:foreign": "flat", "obl:tmod": "obl", "obl:npmod": "obl", "obl:unmarked": "obl",
    "obl:lmod": "obl", "nmod:npmod": "nmod", "nmod:unmarked": "nmod", "nmod:desc": "nmod", "nmod:tmod": "nmod",
    "expl:pv": "obj", "cc:preconj": "cc", "csubj:pass": "csubj", "csubj:outer": "csubj", "nsubj:outer": "nsubj",
    "advcl:relcl": "advcl", "advmod:lmod": "advmod", "det:predet": "det", "acl:cleft": "acl",
}  # fmt: skip
_RELATIVE_TAGS = {"PRELS", "PRELAT", "WDT"}
_CONTRACTIONS = {"im", "am", "zum", "zur", "vom", "beim", "ins", "ans", "aufs", "fürs", "ums", "durchs"}
_TAGS = {"PAV": "PROAV", "PIDAT": "PIAT"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a treebank sentence."""

    text: str
    space: bool
    lemma: str
    pos: str
    tag: str
    features: dict[str, str]
    relation: str
    head: int | None  # position in the sentence, None for its root


def normalize_tree(words: list[Word], language: str, corpus: str) -> list[Word]:
    """The words with relation, tag and features of our inventory."""
    children: dict[int, list[int]] = {}
    for position, word in enumerate(words):
        if word.head is not None:
            children.setdefault(word.head, []).append(position)
    has_own_tags = (language, corpus) != ("de", "pud")  # German PUD has Penn's
    return [
        replace(
            word,
            relation=_relation(words, children, position, language, corpus),
            tag=_tag(word, language) if has_own_tags else "",
            features=_features(word),
        )
        for position, word in enumerate(words)
    ]


def _relation(words: list[Word], children: dict[int, list[int]], position: int, language: str, corpus: str) -> str:
    """The relation without subtypes that only some treebanks know, with those that all can bear."""
    word = words[position]
    relation = _RELATIONS.get(word.relation, word.relation)
    if language != "de":
        return relation
    if relation == "nmod:poss":
        relation = "nmod"
    if relation == "acl" and _has_relative(words, children, position):
        return "acl:relcl"
    if relation == "det" and (word.tag == "PPOSAT" or word.features.get("Poss") == "Yes"):
        return "det:poss"
    has_case = any(words[child].relation == "case" for child in children.get(position, []))
    if relation in {"obj", "iobj"} and word.features.get("Case") == "Dat" and not has_case and corpus == "hdt":
        return "obl:arg"  # as GSD has datives
    return relation


def _has_relative(words: list[Word], children: dict[int, list[int]], position: int, depth: int = 0) -> bool:
    """Whether a relative pronoun hangs below."""
    return any(
        words[child].tag in _RELATIVE_TAGS or (depth < 2 and _has_relative(words, children, child, depth + 1))
        for child in children.get(position, [])
    )


def _tag(word: Word, language: str) -> str:
    """STTS with the pairs joined that corpora confuse; Penn tags; "" for the other languages."""
    if language == "en":
        return word.tag
    if language != "de":
        return ""
    if word.tag == "APPR" and word.text.lower() in _CONTRACTIONS:
        return "APPRART"
    return _TAGS.get(word.tag, word.tag)


def _features(word: Word) -> dict[str, str]:
    """Features of our inventory; of several values of PronType the first."""
    kept = {}
    for name in FEATURES:
        value = word.features.get(name)
        if value:
            kept[name] = value.split(",")[0] if name == "PronType" else value
    if word.pos not in {"VERB", "AUX"}:
        kept.pop("VerbForm", None)
    return kept
