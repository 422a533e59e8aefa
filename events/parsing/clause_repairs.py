"""Repairs of trees: subjects, accusatives of time, separable verbs, the subjunctive."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import resources

from events.analysis import Analysis, Token

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_FINITE_VERBS = frozenset({"VVFIN", "VVIMP", "VVIZU"})
_CALENDAR_NAME = re.compile(
    r"(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend"
    r"|Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
)
_POINTING = re.compile(r"(?i)(?:dies|jed|all|ein|mehrere|viele|einige)")  # "diesen Montag", "jede Woche", "ein Jahr"
_SUBJUNCTIVES: Mapping[str, str] = {
    **dict.fromkeys(("sei", "seist", "seien", "seiet"), "Pres"),
    **dict.fromkeys(("könne", "müsse", "solle", "dürfe", "wolle", "möge", "werde", "habe"), "Pres"),
    **dict.fromkeys(("wäre", "wären", "wärest", "hätte", "hätten", "hättest", "würde", "würden", "würdest"), "Past"),
    **dict.fromkeys(("könnte", "könnten", "müsste", "müssten", "dürfte", "dürften", "möchte", "möchten"), "Past"),
    **dict.fromkeys(("ginge", "gingen", "käme", "kämen", "gäbe", "gäben", "bliebe", "ließe", "ließen"), "Past"),
}


@lru_cache(maxsize=8)
def listed_words(name: str) -> frozenset[str]:
    """Words of a file beside this module."""
    text = (resources.files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def with_changes(analysis: Analysis, changes: Mapping[int, Token]) -> Analysis:
    """The analysis with some tokens replaced."""
    if not changes:
        return analysis
    return replace(analysis, tokens=tuple(changes.get(token.index, token) for token in analysis.tokens))


def keep_one_subject(analysis: Analysis) -> Analysis:
    """At most one subject for each verb: the nominative that agrees, else the first; the rest become objects.

    "Den Vertrag unterschrieb der Präsident" has one subject, whatever stands first.
    """
    changes: dict[int, Token] = {}
    for verb in analysis.tokens:
        below = [analysis.tokens[child] for child in analysis.children[verb.index]]
        subjects = [token for token in below if token.relation in _SUBJECTS]
        if len(subjects) < 2:
            continue
        numbers = {token.feature("Number") for token in (verb, *below) if token.feature("VerbForm") == "Fin"} - {""}
        best = max(subjects, key=lambda token: (*_subject_rank(analysis, token, numbers), -token.index))
        has_object = any(token.relation == "obj" for token in below)
        for token in subjects:
            if token is best:
                continue
            case = noun_case(analysis, token)
            relation = "obl:arg" if case == "Dat" else "dep" if has_object else "obj"
            has_object = has_object or relation == "obj"
            changes[token.index] = replace(token, relation=relation)
    return with_changes(analysis, changes)


def _subject_rank(analysis: Analysis, token: Token, numbers: set[str]) -> tuple[bool, bool, bool]:
    """How well a word does for a subject: nominative, number of the finite verb, not marked as another case."""
    case = noun_case(analysis, token)
    agrees = not numbers or not token.feature("Number") or token.feature("Number") in numbers
    return case in {"Nom", ""}, agrees, case == "Nom"


def noun_case(analysis: Analysis, token: Token) -> str:
    """The case of a noun group: that of its head, else that of an article or adjective."""
    for index in (token.index, *analysis.children[token.index]):
        candidate = analysis.tokens[index]
        if index == token.index or candidate.relation in {"det", "det:poss", "amod"}:
            case = candidate.feature("Case")
            if case:
                return case
    return ""


def free_time_accusatives(analysis: Analysis) -> Analysis:
    """Accusatives that say when are no objects: "nächste Woche", "den ganzen Tag"; nor are they second subjects."""
    nouns, verbs = listed_words("time_nouns_de"), listed_words("time_verbs_de")
    changes: dict[int, Token] = {}
    for token in analysis.tokens:
        if token.lemma not in nouns or token.relation not in {"obj", "iobj", "obl:arg", *_SUBJECTS}:
            continue
        verb = analysis.tokens[token.head]
        siblings = [analysis.tokens[child] for child in analysis.children[verb.index] if child != token.index]
        if token.relation in _SUBJECTS:
            is_free = noun_case(analysis, token) == "Acc" and any(other.relation in _SUBJECTS for other in siblings)
        else:
            is_free = verb.lemma not in verbs and _says_when(analysis, token)
        if is_free:
            changes[token.index] = replace(token, relation="obl")
    return with_changes(analysis, changes)


def _says_when(analysis: Analysis, token: Token) -> bool:
    """Whether the group looks like one of time: a weekday or month, or one that counts, points or says how long."""
    below = [analysis.tokens[child] for child in analysis.children[token.index]]
    relations = {other.relation for other in below}
    if relations & {"nmod", "acl:relcl", "conj"}:
        return False
    if relations & {"case", "amod", "nummod"} or _CALENDAR_NAME.fullmatch(token.lemma):
        return True
    return any(other.relation == "det" and _POINTING.match(other.text) for other in below)


def join_particles(analysis: Analysis) -> Analysis:
    """The base form of a separated verb holds its particle: "lud ... ein" is of "einladen".

    A particle that hangs from no finite verb before it goes to the nearest one.
    """
    changes: dict[int, Token] = {}
    for particle in analysis.tokens:
        if particle.relation != "compound:prt" or particle.tag not in {"PTKVZ", "", "ADV", "APPR", "ADJD"}:
            continue
        verb = analysis.tokens[particle.head]
        if verb.pos not in {"VERB", "AUX"} or verb.index > particle.index:
            nearest = _finite_verb_before(analysis, particle)
            if nearest is None:
                continue
            verb = nearest
            changes[particle.index] = replace(particle, head=verb.index)
        verb = changes.get(verb.index, verb)
        prefix = particle.text.lower()
        if not verb.lemma.startswith(prefix):
            changes[verb.index] = replace(verb, lemma=prefix + verb.lemma)
    return with_changes(analysis, changes)


def _finite_verb_before(analysis: Analysis, particle: Token) -> Token | None:
    """The nearest finite full verb of the sentence that stands before the particle."""
    first = analysis.sentences[particle.sentence].first
    for index in range(particle.index - 1, first - 1, -1):
        if analysis.tokens[index].tag in _FINITE_VERBS:
            return analysis.tokens[index]
    return None


def restore_subjunctives(analysis: Analysis) -> Analysis:
    """Mood and tense of German subjunctive forms, which models often take for the indicative.

    "sei", "habe", "komme" under a third person are the subjunctive of reported speech, "wäre", "hätte" the other one.
    """
    changes = {
        token.index: replace(token, features=set_features(token.features, Mood="Sub", Tense=tense, VerbForm="Fin"))
        for token in analysis.tokens
        if (tense := _subjunctive_tense(analysis, token)) and token.features != ""
    }
    return with_changes(analysis, changes)


def _subjunctive_tense(analysis: Analysis, token: Token) -> str:
    """Pres or Past of a form of the subjunctive, "" for all others."""
    if token.pos not in {"VERB", "AUX"} or not token.tag.endswith("FIN"):
        return ""
    form = token.text.lower()
    tense = _SUBJUNCTIVES.get(form, "")
    is_regular = len(form) > 2 and form.endswith("e") and token.lemma.endswith(form + "n")
    if not tense and not is_regular:
        return ""
    if tense == "Past" or form.startswith("sei"):
        return tense
    return "" if _has_first_person(analysis, token) else "Pres"


def _has_first_person(analysis: Analysis, token: Token) -> bool:
    """Whether the subject may be "ich": it stands below the verb, or below what the auxiliary belongs to."""
    verb = analysis.tokens[token.head] if token.relation in {"aux", "aux:pass", "cop"} else token
    subjects = [analysis.tokens[child] for child in analysis.children[verb.index]]
    subjects = [subject for subject in subjects if subject.relation in _SUBJECTS]
    if not subjects:
        return True  # "Habe gestern ..." leaves "ich" out; an imperative has none
    return any(subject.text.lower() == "ich" for subject in subjects)


def set_features(features: str, **values: str) -> str:
    """UD features with some set, in order of their names."""
    pairs = dict(pair.split("=", 1) for pair in features.split("|") if pair)
    pairs.update(values)
    return "|".join(f"{name}={pairs[name]}" for name in sorted(pairs))
