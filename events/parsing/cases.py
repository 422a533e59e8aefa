"""German cases as articles and pronouns show them, whatever a model thinks."""

from __future__ import annotations

from dataclasses import replace

from events.analysis import Analysis, Token
from events.parsing.changes import set_features, with_changes

_ALL = frozenset({"Nom", "Gen", "Dat", "Acc"})
_DETERMINERS = {
    "der": "Nom Dat Gen", "die": "Nom Acc", "das": "Nom Acc", "den": "Acc Dat", "dem": "Dat", "des": "Gen",
    "ein": "Nom Acc", "kein": "Nom Acc",
}  # fmt: skip
_DETERMINER_ENDINGS = (
    ("em", "Dat"), ("en", "Acc Dat Gen"), ("es", "Nom Acc Gen"), ("er", "Nom Dat Gen"), ("e", "Nom Acc"),
)  # fmt: skip
_EIN_ENDINGS = (("einem", "Dat"), ("einen", "Acc"), ("eines", "Gen"), ("einer", "Dat Gen"), ("eine", "Nom Acc"))
_PRONOUNS = {
    "ich": "Nom", "du": "Nom", "er": "Nom", "wir": "Nom", "man": "Nom", "wer": "Nom", "ihn": "Acc", "mich": "Acc",
    "dich": "Acc", "wen": "Acc", "ihm": "Dat", "mir": "Dat", "dir": "Dat", "ihnen": "Dat", "wem": "Dat",
    "denen": "Dat", "dem": "Dat", "den": "Acc", "der": "Nom Dat", "die": "Nom Acc", "das": "Nom Acc", "es": "Nom Acc",
    "sich": "Acc Dat", "uns": "Acc Dat", "euch": "Acc Dat",
}  # fmt: skip
_ARTICLE_RELATIONS = frozenset({"det", "det:poss"})


def possible_cases(analysis: Analysis, token: Token) -> frozenset[str]:
    """The cases that a noun group can have by the form of its article or pronoun; all four where none tells."""
    if token.pos in {"PRON", "DET"} and token.text.lower() in _PRONOUNS:
        return frozenset(_PRONOUNS[token.text.lower()].split())
    if token.pos not in {"NOUN", "PROPN"}:
        return _ALL
    for child in analysis.children[token.index]:
        other = analysis.tokens[child]
        if other.relation in _ARTICLE_RELATIONS and other.index < token.index:
            return _by_determiner(other.text.lower(), token)
    return _ALL


def _by_determiner(form: str, noun: Token) -> frozenset[str]:
    """Cases of an article, possessive or the like; "den" is accusative of one, dative of many."""
    found = _DETERMINERS.get(form)
    if found is None:
        table = _EIN_ENDINGS if "ein" in form else _DETERMINER_ENDINGS
        found = next((cases for ending, cases in table if form.endswith(ending)), "Nom Acc Dat Gen")
    cases = frozenset(found.split())
    if form in {"den", "diesen"} and noun.feature("Number") in {"Sing", "Plur"}:
        return frozenset({"Dat" if noun.feature("Number") == "Plur" else "Acc"})
    return cases


def restore_cases(analysis: Analysis) -> Analysis:
    """The case of a noun group where its article or pronoun leaves but one: "den Vertrag" is accusative."""
    changes: dict[int, Token] = {}
    for token in analysis.tokens:
        possible = possible_cases(analysis, token)
        if token.feature("Case") in possible or len(possible) != 1:
            continue
        (case,) = possible
        group = [analysis.tokens[child] for child in analysis.children[token.index]]
        for member in (token, *(other for other in group if other.relation in {*_ARTICLE_RELATIONS, "amod"})):
            changes[member.index] = replace(member, features=set_features(member.features, Case=case))
    return with_changes(analysis, changes)
