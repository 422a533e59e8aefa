"""Repairs of trees: subjects, accusatives of time, separable verbs, the subjunctive."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from events.analysis import Analysis, Token
from events.parsing.cases import possible_cases
from events.parsing.changes import listed_words, set_features, with_changes

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
            case = _case_of(analysis, token)
            relation = "obl:arg" if case == "Dat" else "dep" if has_object else "obj"
            has_object = has_object or relation == "obj"
            changes[token.index] = replace(token, relation=relation)
    return with_changes(analysis, changes)


def _subject_rank(analysis: Analysis, token: Token, numbers: set[str]) -> tuple[bool, bool, bool]:
    """How well a word does for a subject: nominative, number of the finite verb, not marked as another case."""
    case = _case_of(analysis, token)
    agrees = not numbers or not token.feature("Number") or token.feature("Number") in numbers
    return case in {"Nom", ""}, agrees, case == "Nom"


def _case_of(analysis: Analysis, token: Token) -> str:
    """The case of a noun group as the model has it, unless its article tells otherwise."""
    case, possible = token.feature("Case"), possible_cases(analysis, token)
    return case if case in possible else next(iter(possible)) if len(possible) == 1 else ""


def correct_subjects(analysis: Analysis) -> Analysis:
    """No subject whose article or pronoun shows another case; an object that can be nominative takes its place.

    "Den Vertrag schloss Adenauer": whoever acts and whatever is acted on must never change places.
    """
    changes: dict[int, Token] = {}
    for verb in analysis.tokens:
        below = [analysis.tokens[child] for child in analysis.children[verb.index]]
        subjects = [token for token in below if token.relation in _SUBJECTS]
        wrong = [token for token in subjects if "Nom" not in possible_cases(analysis, token)]
        if not wrong:
            continue
        objects = [token for token in below if token.relation == "obj" and "Nom" in possible_cases(analysis, token)]
        for token in wrong:
            relation = "obj" if "Acc" in possible_cases(analysis, token) else "obl:arg"
            changes[token.index] = replace(token, relation=relation)
        if len(wrong) == len(subjects) and len(objects) == 1 and _case_of(analysis, objects[0]) != "Dat":
            changes[objects[0].index] = replace(objects[0], relation=wrong[0].relation)
    return with_changes(analysis, changes)


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
            is_free = _case_of(analysis, token) == "Acc" and any(other.relation in _SUBJECTS for other in siblings)
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
