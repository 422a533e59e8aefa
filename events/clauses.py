"""Clauses of a text with tense, mood, voice and members, read off the dependencies of an `Analysis`.

A clause is what one predicate governs, less what other predicates below it govern. Tense and mood come from the
finite word: a closed table of auxiliaries first (`grammar.toml`), the model's features for full verbs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from events.analysis import Analysis, Token
from events.lexicon import Lexicon

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass")
_CLAUSAL = ("acl", "acl:relcl", "advcl", "ccomp", "csubj", "csubj:pass", "parataxis", "xcomp", "advcl:relcl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Auxiliary:
    """One auxiliary or modal of a clause."""

    token: int
    lemma: str
    tense: str  # present, past, none
    mood: str  # indicative, subjunctive1, subjunctive2


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One predicate with its members, all as indices of tokens."""

    analysis: Analysis
    head: int
    tokens: tuple[int, ...]
    auxiliaries: tuple[Auxiliary, ...]
    tense: str  # present, past, perfect, pluperfect, future, none (no finite word)
    mood: str  # indicative, subjunctive1, subjunctive2
    passive: bool
    modal: str  # lemma of a modal, "" where none
    negated: bool
    marker: str  # subordinating word, lower case: "wenn", "dass"; "" in a main clause
    parent: int | None  # head of the clause that this one hangs on
    relation: str  # of the head: root, conj, advcl, ...

    @property
    def predicate(self) -> Token:
        """The token of the predicate."""
        return self.analysis.tokens[self.head]

    def members(self, *relations: str) -> list[int]:
        """The dependents of the predicate with one of the relations, in order."""
        tokens = self.analysis.tokens
        return [child for child in self.analysis.children[self.head] if tokens[child].relation in relations]

    @cached_property
    def span(self) -> tuple[int, int]:
        """First code point of the clause and the one after its last, without outer punctuation."""
        tokens = self.analysis.tokens
        inner = [index for index in self.tokens if tokens[index].pos != "PUNCT"] or [self.head]
        return tokens[inner[0]].start, tokens[inner[-1]].end


class ClauseTree:
    """All clauses of a text; each token belongs to exactly one."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon) -> None:
        self.analysis = analysis
        self._lexicon = lexicon
        self._forms = _auxiliary_forms(lexicon)
        heads = {token.index for token in analysis.tokens if self._is_head(token)}
        self.clause_of = {token.index: self._nearest(token.index, heads) for token in analysis.tokens}
        members: dict[int, list[int]] = {head: [] for head in heads}
        for index, head in self.clause_of.items():
            members[head].append(index)
        self.clauses = {head: self._build(head, tuple(members[head])) for head in sorted(heads)}

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.clauses.values())

    def of(self, index: int) -> Clause:
        """The clause that a token stands in."""
        return self.clauses[self.clause_of[index]]

    def subjects(self, clause: Clause) -> list[int]:
        """Subjects of a clause; a clause joined by "and" and an infinitive share that of the clause above."""
        for _ in range(6):  # chains of shared subjects are short; a cycle cannot occur in a tree
            own = self._nominative(clause) or self._left_open(clause)
            if clause.tense == "none" and clause.marker in self._lexicon.grammar["words"]["infinitive_marks"]:
                own = []  # "Litwinenko vergiftet zu haben" has no subject of its own, whatever a model says
            if not own and self._is_controlled(clause):
                return self._controller(self.clauses[self.clause_of[clause.predicate.head]])
            if not own and (clause.relation == "appos" or (clause.relation == "acl" and clause.passive)):
                return [clause.predicate.head]
            if own or clause.parent is None or clause.relation not in ("conj", "xcomp", "advcl"):
                return own
            if clause.relation == "advcl" and clause.tense != "none":
                return own
            clause = self.clauses[clause.parent]
        return []

    def _left_open(self, clause: Clause) -> list[int]:
        """What the repairs after the parse left without a relation: the subject of a clause that has none."""
        tokens = self.analysis.tokens
        named = [c for c in clause.members("dep") if tokens[c].pos in ("NOUN", "PROPN")]
        named += [c for c in clause.members("obl") if tokens[c].pos == "PROPN" and tokens[c].feature("Case") == "Nom"]
        return [c for c in named if not any(self._is_preposition(b) for b in self.analysis.children[c])][:1]

    def _is_preposition(self, index: int) -> bool:
        """Whether a token is a case mark, and not the "Von" of a name that opens a sentence."""
        token = self.analysis.tokens[index]
        opens = index == self.analysis.sentences[token.sentence].first
        particle = token.text.casefold() in self._lexicon.grammar["words"]["name_prefixes"]
        return token.relation == "case" and not (opens and particle and self.analysis.tokens[token.head].pos == "PROPN")

    def _nominative(self, clause: Clause) -> list[int]:
        """The subjects, less those whose article says that they are none; the object then is what acts."""
        subjects = clause.members(*SUBJECTS)
        oblique = self._lexicon.grammar["words"]["oblique_articles"]
        wrong = [
            s for s in subjects
            if any(self.analysis.tokens[c].text.casefold() in oblique and self.analysis.tokens[c].relation == "det"
                   and self.analysis.tokens[c].feature("PronType") != "Rel" and self.analysis.tokens[s].pos != "PROPN"
                   for c in self.analysis.children[s])
        ]  # fmt: skip
        if wrong and len(wrong) == len(subjects):
            return clause.members("obj")[:1]
        return [s for s in subjects if s not in wrong]

    def _is_controlled(self, clause: Clause) -> bool:
        """An infinitive that tells what somebody else is accused of, or asked for."""
        if clause.parent is None or clause.tense != "none" or clause.relation not in ("xcomp", "advcl", "ccomp"):
            return False
        governors = self._lexicon.grammar["governors"]
        above = self.clauses[clause.parent]
        lemma = above.predicate.lemma
        if clause.marker in self._lexicon.grammar["words"]["object_marks"] and above.members("obj"):
            return True
        return lemma in governors["accused"] or lemma in governors["controlling"]

    def _controller(self, clause: Clause) -> list[int]:
        """Whom the accusation or request is addressed to: object, else dative; subject of a passive."""
        if clause.passive:
            return clause.members(*SUBJECTS)
        tokens, reflexives = self.analysis.tokens, self._lexicon.grammar["words"]["reflexives"]
        for relations in (("obj",), ("iobj", "obl:arg", "obl")):
            found = [
                index
                for index in clause.members(*relations)
                if tokens[index].text.casefold() not in reflexives
                and not any(tokens[c].relation == "case" for c in self.analysis.children[index])
                and (relations == ("obj",) or tokens[index].feature("Case") == "Dat")
            ]
            if found:
                return found[:1]
        return []

    def _is_head(self, token: Token) -> bool:
        if token.head == token.index or token.relation in _CLAUSAL:
            return token.pos in ("VERB", "AUX") or token.head == token.index or self._has_predicate_marks(token)
        if token.relation in ("appos", "dep") and token.pos == "VERB":
            return True  # "Dahlmeier, 1993 in Garmisch geboren, ..."
        if token.relation == "conj":
            return (token.pos in ("VERB", "AUX") and token.pos == self.analysis.tokens[token.head].pos) or (
                self._has_predicate_marks(token)
            )
        return False

    def _has_predicate_marks(self, token: Token) -> bool:
        below = [self.analysis.tokens[child].relation for child in self.analysis.children[token.index]]
        return any(r in ("cop", "aux", "aux:pass") or r in SUBJECTS for r in below)

    def _nearest(self, index: int, heads: set[int]) -> int:
        if index in heads:
            return index
        return next(above for above in self.analysis.ancestors(index) if above in heads)

    def _build(self, head: int, tokens: tuple[int, ...]) -> Clause:
        analysis, token = self.analysis, self.analysis.tokens[head]
        auxiliaries = tuple(self._auxiliaries(head))
        parent = self.clause_of[token.head] if token.head != head else None
        below = [analysis.tokens[child] for child in analysis.children[head]]
        tense, mood = self._tense(token, auxiliaries)
        grammar = self._lexicon.grammar["words"]
        return Clause(
            analysis=analysis,
            head=head,
            tokens=tokens,
            auxiliaries=auxiliaries,
            tense=tense,
            mood=mood,
            passive=self._is_passive(token, below, auxiliaries),
            modal=next((a.lemma for a in auxiliaries if a.lemma in grammar["modals"]), ""),
            negated=self._is_negated(tokens),
            marker=next((t.text.casefold() for t in below if t.relation == "mark"), ""),
            parent=parent,
            relation=token.relation,
        )

    def _is_passive(self, token: Token, below: Sequence[Token], auxiliaries: tuple[Auxiliary, ...]) -> bool:
        """“Wurde operiert”, but not "ist gelungen": models take the perfect with "sein" for a passive now and then."""
        if token.relation == "acl" and token.tag in ("VBN", "VVPP") and not auxiliaries:
            return True  # "a deal reached in 2012"
        if not any(t.relation in ("aux:pass", "nsubj:pass") for t in below):
            return False
        return not auxiliaries or any(a.lemma in self._lexicon.grammar["tenses"]["passive"] for a in auxiliaries)

    def _auxiliaries(self, head: int) -> Iterator[Auxiliary]:
        for child in self.analysis.children[head]:
            token = self.analysis.tokens[child]
            if token.relation in ("aux", "aux:pass", "cop"):
                lemma, tense, mood = self._forms.get(token.text.casefold(), (token.lemma, _tense(token), _mood(token)))
                if mood == "subjunctive1" and self._is_first_person(head):
                    mood = "indicative"  # "ich habe", but "er habe"
                if tense != "none" and token.feature("VerbForm") == "Inf":
                    tense = "none"
                yield Auxiliary(token=child, lemma=lemma, tense=tense, mood=mood)

    def _is_first_person(self, head: int) -> bool:
        words = self._lexicon.grammar["words"]["first_person"]
        below = (self.analysis.tokens[child] for child in self.analysis.children[head])
        return any(t.relation in SUBJECTS and t.text.casefold() in words for t in below)

    def _tense(self, token: Token, auxiliaries: tuple[Auxiliary, ...]) -> tuple[str, str]:
        finite = next((a for a in auxiliaries if a.tense != "none"), None)
        if finite is None:
            if token.pos in ("VERB", "AUX") and token.feature("VerbForm") in ("Fin", ""):
                known = self._forms.get(token.text.casefold())
                return (known[1], known[2]) if known else (_tense(token), _mood(token))
            return "none", "indicative"
        grammar = self._lexicon.grammar["tenses"]
        others = {a.lemma for a in auxiliaries if a is not finite}
        full = token.feature("VerbForm") or ("Part" if token.tag in ("VVPP", "VBN") else "")
        if finite.lemma in grammar["perfect"] and (full == "Part" or others & set(grammar["passive"])):
            relation = self.analysis.tokens[finite.token].relation
            if relation == "aux" or others:
                return ("pluperfect" if finite.tense == "past" else "perfect"), finite.mood
        if (
            finite.lemma in grammar["future"]
            and self.analysis.tokens[finite.token].relation == "aux"
            and full != "Part"
        ):
            return "future", finite.mood
        return finite.tense, finite.mood

    def _is_negated(self, tokens: tuple[int, ...]) -> bool:
        words, all_tokens = self._lexicon.grammar["words"], self.analysis.tokens
        for index in tokens:
            word = all_tokens[index].text.casefold()
            following = all_tokens[index + 1].text.casefold() if index + 1 < len(all_tokens) else ""
            if word in words["negations"] and following not in words["not_negating"]:
                return True
            if word in words["excluding"] and all_tokens[index].relation == "mark":
                return True
        return False


def _auxiliary_forms(lexicon: Lexicon) -> dict[str, tuple[str, str, str]]:
    forms: dict[str, tuple[str, str, str]] = {}
    for lemma, rows in lexicon.grammar["auxiliaries"].items():
        for key, words in rows.items():
            tense, mood = ("present", key) if key.startswith("subjunctive") else (key, "indicative")
            for word in words.split():
                forms.setdefault(word, (lemma, tense, mood))
    return forms


def _tense(token: Token) -> str:
    if token.feature("VerbForm") in ("Inf", "Part", "Ger"):
        return "none"
    return {"Past": "past", "Pres": "present"}.get(token.feature("Tense"), "present")


def _mood(token: Token) -> str:
    if token.feature("Mood") in ("Sub", "Cnd"):
        return "subjunctive2" if token.feature("Tense") == "Past" else "subjunctive1"
    return "indicative"
