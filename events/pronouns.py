"""Whom a pronoun stands for: by gender, number, sentence distance and how much the text is about somebody.

A plain salience ranking after Lappin and Leass (1994), Computational Linguistics 20(4), with few factors. Where two
candidates are as good as each other, nobody is chosen: a wrong actor is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence

from events.actors import Cast, Entity, joined
from events.analysis import Analysis, Token
from events.clauses import SUBJECTS, ClauseTree
from events.lexicon import Lexicon

_REACH = 3  # sentences back that a pronoun looks


class PronounResolver:
    """Resolves the pronouns of one document, in order of text."""

    def __init__(self, analysis: Analysis, cast: Cast, clauses: ClauseTree, lexicon: Lexicon) -> None:
        self.analysis, self.cast, self.clauses = analysis, cast, clauses
        self.tokens = analysis.tokens
        self.forms: dict[str, str] = lexicon.grammar.get("pronouns", {})
        self.words = lexicon.grammar["words"]
        self.lexicon = lexicon
        self.at: dict[int, tuple[Entity, ...]] = dict(cast.at)
        self.subjects = {self.cast.inside.get(t.index, t.index) for t in self.tokens if t.relation in SUBJECTS}
        self.speech = _quoted(analysis)

    def resolve(self) -> Cast:
        """The cast with its pronouns added."""
        for token in self.tokens:
            found: tuple[Entity, ...] = ()
            if (token.pos == "PRON" and token.feature("PronType") == "Rel") or token.tag in ("PRELS", "WP"):
                found = self._antecedent(token)
            elif token.text.casefold() in self.forms and (token.pos in ("PRON", "DET") or self._is_pair_word(token)):
                found = self._resolved(token)
            elif self._is_epithet(token):
                found = self._ranked(token, [f"{code}s" for code in self._genders(token)])
            elif self._is_state_word(token):
                found = self._ranked(token, ["ns"])
            for entity in found:
                self.at[token.index] = found
                entity.mentions.setdefault(token.index, (token.index, token.index + 1, "pronoun", "pronouns#salience"))
        inside = dict(self.cast.inside) | {index: index for index in self.at if index not in self.cast.inside}
        return Cast(entities=self.cast.entities, at=self.at, inside=inside)

    def _is_pair_word(self, token: Token) -> bool:
        """“Die beiden” as subject or object, not "die beiden Länder"."""
        return "up2" in self.forms[token.text.casefold()] and token.relation not in ("amod", "nummod", "det", "advmod")

    def _is_epithet(self, token: Token) -> bool:
        """“Die 60-Jährige”, "der CDU-Politiker": a definite noun that adds a trait of somebody just named."""
        if token.pos != "NOUN" or token.feature("Number") == "Plur":
            return False
        entities = self.at.get(token.index, ())
        if token.index in self.cast.inside and not (len(entities) == 1 and entities[0].described):
            return False
        word = token.text.casefold()
        articles = {self.tokens[c].text.casefold() for c in self.analysis.children[token.index]}
        return bool(articles & set(self.words["articles"])) and word.endswith(tuple(self.words["epithets"]))

    def _is_state_word(self, token: Token) -> bool:
        """“Das Land” or "es" as a subject that acts: the state just spoken of."""
        word = token.text.casefold()
        if word in self.words["state_epithets"]:
            articles = {self.tokens[c].text.casefold() for c in self.analysis.children[token.index]}
            return token.index not in self.cast.inside and bool(articles & set(self.words["definite"]))
        if word != self.words["neuter"] or token.relation != "nsubj":
            return False
        verb = self.lexicon.verbs.get(self.clauses.of(token.index).predicate.lemma)
        return verb is not None and verb.category in ("event", "saying")

    def _genders(self, token: Token) -> str:
        """Grammatical gender of an epithet, by its article where the model has none."""
        known = {"Masc": "m", "Fem": "f"}.get(token.feature("Gender"))
        return known or "mf"

    def _antecedent(self, token: Token) -> tuple[Entity, ...]:
        """The noun that a relative clause hangs on; for one that stands apart the one person who agrees."""
        clause = self.clauses.of(token.index)
        if clause.parent is None:
            return ()
        if not clause.relation.startswith("acl"):
            return self._agreeing(token, clause.parent)
        above = clause.predicate.head
        before = self.analysis.subtree(clause.head)[0] - 1
        while before > above and self.tokens[before].pos == "PUNCT":
            before -= 1
        named = self.at.get(self.cast.inside.get(before, before), ())
        if named and any(entity.kind == "person" for entity in named):
            return named  # "unter Kim, der ...": the name next to it
        return self.at.get(self.cast.inside.get(above, above), ())

    def _agreeing(self, token: Token, parent: int) -> tuple[Entity, ...]:
        """The one person of a clause whose gender a relative pronoun bears ("stieg Hunold ein, der ...")."""
        gender = {"Masc": "m", "Fem": "f"}.get(token.feature("Gender"), "")
        if not gender or token.feature("Number") == "Plur":
            return ()
        members = self.clauses.clauses[parent].tokens
        found = _unique([e for i in members if i < token.index for e in self.at.get(i, ()) if _fits(e, gender + "s")])
        return found if len(found) == 1 else ()

    def _resolved(self, token: Token) -> tuple[Entity, ...]:
        codes = self.forms[token.text.casefold()].split()
        if token.index in self.speech:
            return ()
        possessive = token.text.casefold() in self.words["possessives"] and token.pos != "PRON"
        if possessive and (own := self._subject_of_clause(token)):
            return own if self._agrees(own, codes) else self._ranked(token, codes)
        plural = self._is_plural(token)
        if "up2" in codes:
            return self._pair(token)
        if plural and any(code[1] == "p" for code in codes):
            return self._pair(token)
        return self._ranked(token, [code for code in codes if code[1] == "s"])

    def _is_plural(self, token: Token) -> bool:
        """Number by the verb for a subject ("sie trafen"), else by the pronoun's own feature."""
        if token.relation in SUBJECTS:
            clause = self.clauses.of(token.index)
            finite = [self.tokens[a.token] for a in clause.auxiliaries if a.tense != "none"] or [clause.predicate]
            number = finite[0].feature("Number")
            if number:
                return number == "Plur"
            return any(len(self.at.get(i, ())) > 1 for i in self.clauses.subjects(clause))
        return token.feature("Number") == "Plur"

    def _subject_of_clause(self, token: Token) -> tuple[Entity, ...]:
        clause = self.clauses.of(token.index)
        for index in self.clauses.subjects(clause):
            if token.index in self.analysis.subtree(index):
                return ()
            return self._expanded(index)
        return ()

    def _expanded(self, index: int) -> tuple[Entity, ...]:
        """The actors of a noun and of those joined to it by "and"."""
        rows = joined(self.analysis, self.cast, index)
        found = [e for row in rows for e in self.at.get(self.cast.inside.get(row, row), ())]
        return _unique(found)

    def _agrees(self, entities: Sequence[Entity], codes: list[str]) -> bool:
        if len(entities) > 1:
            return any(code[1] == "p" for code in codes)
        return any(_fits(entities[0], code) for code in codes if code[1] == "s")

    def _ranked(self, token: Token, codes: list[str]) -> tuple[Entity, ...]:
        """The best person before the pronoun, nobody where the first two tie."""
        scores: list[tuple[float, int, Entity]] = []
        for number, entity in enumerate(self.cast.entities):
            if any(_fits(entity, code) for code in codes):
                score = self._score(entity, token)
                if score > 0:
                    scores.append((score, number, entity))
        scores.sort(key=lambda row: (-row[0], row[1]))
        if not scores:
            return self._protagonist(token, codes)
        if len(scores) > 1 and scores[0][0] - scores[1][0] < 0.15:
            return ()
        return (scores[0][2],)

    def _protagonist(self, token: Token, codes: list[str]) -> tuple[Entity, ...]:
        """Whom a text that begins with a pronoun is about: the one person named often, if nobody was named yet."""
        persons = [e for e in self.cast.entities if e.kind == "person" and not e.described]
        if any(head < token.index for e in persons for head in e.mentions):
            return ()
        ranked = sorted((e for e in persons if any(_fits(e, code) for code in codes)), key=lambda e: -len(e.mentions))
        if not ranked or len(ranked[0].mentions) < 3:
            return ()
        second = len(ranked[1].mentions) if len(ranked) > 1 else 0
        return (ranked[0],) if len(ranked[0].mentions) >= 2 * second else ()

    def _score(self, entity: Entity, token: Token) -> float:
        """Closeness of the last mention, more for a subject, a little for the frequency so far."""
        best = 0.0
        before = [head for head in entity.mentions if head < token.index]
        if entity.described:  # "einer der besten Läufer" is nobody that one goes on to speak of
            before = [head for head in before if head in self.subjects]
        for head in before:
            distance = token.sentence - self.tokens[head].sentence
            if distance > _REACH or (distance == 0 and self._same_clause(head, token)):
                continue
            weight = (1.0 + (0.4 if head in self.subjects else 0.0)) / (1 + distance)
            weight *= 0.5 if entity.described else 1.0  # "eine Frau" is less in mind than one with a name
            best = max(best, weight)
        return best + min(len(before), 10) * 0.02 if best else 0.0

    def _same_clause(self, head: int, token: Token) -> bool:
        """A personal pronoun never stands for a fellow member of its clause."""
        possessive = token.text.casefold() in self.words["possessives"]
        return not possessive and self.clauses.clause_of[head] == self.clauses.clause_of[token.index]

    def _pair(self, token: Token) -> tuple[Entity, ...]:
        """The two persons, else two bodies or states, that the sentence or the one before it names."""
        for wanted in (("person",), ("group", "organisation", "state")):
            for distance in range(2):
                found = self._named_in(token.sentence - distance, wanted, token.index)
                if len(found) == 2:
                    return found
                if len(found) > 2 or (found and wanted == ("person",)):
                    break  # somebody else came between: the pair before is not meant
        return ()

    def _named_in(self, sentence: int, kinds: tuple[str, ...], before: int) -> tuple[Entity, ...]:
        if sentence < 0:
            return ()
        row = self.analysis.sentences[sentence]
        named = [e for i in range(row.first, min(row.last, before)) for e in self.at.get(i, ()) if not e.described]
        found = [e for e in named if e.kind in kinds]  # "der Gastgeber" may be one of the two that have names
        return _unique(found)


def _fits(entity: Entity, code: str) -> bool:
    """Whether an actor may be spoken of by a pronoun of that gender and number."""
    gender, number = code[0], code[1]
    if number == "p":
        return entity.kind in ("group", "organisation")
    if gender == "n":
        return entity.kind == "state"
    return entity.kind == "person" and (entity.gender == gender or (not entity.gender and gender in "mf"))


def _unique(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    return tuple(dict.fromkeys(entities))


def _quoted(analysis: Analysis) -> frozenset[int]:
    """Tokens within quotation marks: "er" there is not whom the reporter means."""
    inside, open_ = set(), False
    for token in analysis.tokens:
        if token.text in ("„", "«", "»", "“", "”", '"', "``", "''"):
            open_ = {"„": True, "``": True, "''": False}.get(token.text, not open_)
        elif '"' in token.text:  # a mark within a word, as in "Dolomiten"-Leser
            open_ = open_ != (token.text.count('"') % 2 == 1)
        elif open_:
            inside.add(token.index)
        if token.index == analysis.sentences[token.sentence].last - 1 and (
            token.sentence + 1 < len(analysis.sentences)
            and analysis.sentences[token.sentence + 1].block != analysis.sentences[token.sentence].block
        ):
            open_ = False  # an unclosed mark ends with its paragraph
    return frozenset(inside)
