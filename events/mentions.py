"""Words that evoke an event: verbs, event nouns, and nouns carried by a verb that adds nothing but tense.

"Kam es zu einem Gipfel" is a summit carried by "kam"; "sagte den Besuch ab" is a visit with the aspect `cancel`.
States, opinions and perceptions evoke nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.analysis import Token
from events.clauses import Clause, ClauseTree
from events.lexicon import Lexicon, WordEntry

_CARRIERS = ("light", "begin", "continue", "end", "cancel", "fail", "plan")
_NOUN_EVENTS = ("event", "saying")
_CARRIED = ("event", "saying", "process", "weak", "plan", "result")
_UNKNOWN_VERB = WordEntry(lemma="", category="weak", kind="other", concept="", frame=())


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """A word that evokes an event, before anything is known of the event."""

    token: int
    clause: Clause  # the clause that it stands in, or that carries it
    is_noun: bool
    category: str  # event, saying, gesture, process, weak
    kind: str
    concept: str
    frame: tuple[str, ...]  # of a noun: how its participants stand
    aspect: str  # "" or the category of the verb that carries it: begin, end, cancel, fail, plan
    carried: bool  # its clause's verb says nothing else
    lemma: str
    rule: str


class TriggerFinder:
    """Finds the triggers of one document."""

    def __init__(self, clauses: ClauseTree, lexicon: Lexicon) -> None:
        self.clauses, self.lexicon = clauses, lexicon
        self.tokens = clauses.analysis.tokens
        self.children = clauses.analysis.children
        self._dated: frozenset[int] = frozenset()

    def find(self, dated: frozenset[int]) -> tuple[Trigger, ...]:
        """All triggers in order of text; `dated` holds the tokens that a time expression hangs on."""
        found: dict[int, Trigger] = {}
        self._dated = dated
        for clause in self.clauses:
            for trigger in self._of_predicate(clause):
                found.setdefault(trigger.token, trigger)
        for token in self.tokens:
            if token.index not in found and token.pos in ("NOUN", "PROPN"):
                noun = self._of_noun(token, token.index in dated)
                if noun is not None:
                    found[token.index] = noun
        return tuple(found[index] for index in sorted(found))

    # ------------------------------------------------------------ predicates

    def _of_predicate(self, clause: Clause) -> Iterator[Trigger]:
        token = clause.predicate
        if (change := self._of_becoming(clause)) is not None:
            yield change
            return
        if token.pos not in ("VERB", "ADJ", "AUX") or (token.pos != "VERB" and not self._is_participle(clause)):
            return
        lemma, entry = self.verb_entry(clause)
        if token.pos == "ADJ" and entry is _UNKNOWN_VERB and not clause.passive:
            return  # "will be available"
        if (performed := self._performed(clause, lemma)) is not None:
            yield performed
            return
        if (announced := self._announced(clause, entry)) is not None:
            yield announced
            return
        if entry.category in _CARRIERS:
            carried = [self._carried(clause, entry, noun) for noun in self._nouns_of(clause, entry)]
            yield from carried
            if carried or (not self._is_dated(clause) and (entry.category == "light" or not entry.kind)):
                return
        if entry.category == "state" and self._is_intended(clause):
            entry = WordEntry(
                lemma=lemma, category="event", kind=entry.kind or "other", concept=entry.concept, frame=()
            )
        if entry.category in ("event", "saying", "gesture", "weak", *_CARRIERS):
            yield Trigger(
                token=clause.head,
                clause=clause,
                is_noun=False,
                kind=entry.kind or "other",
                concept=entry.concept,
                category="event" if entry.category in _CARRIERS else entry.category,
                frame=(),
                lemma=lemma,
                aspect=entry.category if entry.category in _CARRIERS else "",
                carried=False,
                rule=f"{self.lexicon.language}/verbs#{lemma}",
            )

    def _performed(self, clause: Clause, lemma: str) -> Trigger | None:
        """“Erklärt ihren Rücktritt”: who says so does so."""
        if lemma not in self.lexicon.grammar["words"]["performing"]:
            return None
        for index in clause.members("obj", "nsubj:pass"):
            noun = self.lexicon.noun(self.tokens[index].lemma)
            if noun is not None and noun.kind == "resignation":
                return self._carried(
                    clause, WordEntry(lemma=lemma, category="light", kind="", concept="", frame=()), index
                )
        return None

    def _announced(self, clause: Clause, entry: WordEntry) -> Trigger | None:
        """“Lädt am Samstag zum Konzert ein”: what is announced is the concert, and the date is the concert's."""
        words = self.lexicon.grammar["words"]
        if entry.concept != "invite" or clause.tense != "present" or not self._is_dated(clause):
            return None
        for index in clause.members("obl", "obl:arg"):
            cases = {self.tokens[c].text.casefold() for c in self.children[index] if self.tokens[c].relation == "case"}
            noun = self.lexicon.noun(self.tokens[index].lemma)
            if cases & set(words["announcing"]) and noun is not None and noun.category == "event":
                plan = WordEntry(lemma=entry.lemma, category="plan", kind="", concept="", frame=())
                return self._carried(clause, plan, index)
        return None

    def _is_dated(self, clause: Clause) -> bool:
        return any(index in self._dated for index in clause.tokens)

    def _is_intended(self, clause: Clause) -> bool:
        """“Wollte noch am Freitag bleiben”: a state that somebody plans is an event of his plan."""
        return bool(self.lexicon.grammar["modal"].get(clause.modal, {}).get("intends", False))

    def _of_becoming(self, clause: Clause) -> Trigger | None:
        """“Wurde Präsident”: what somebody became, by a copula of change and a noun."""
        token = self._predicate_noun(clause)
        becoming = self.lexicon.grammar["words"]["becoming"]
        changed = any(a.lemma in becoming and self.tokens[a.token].relation == "cop" for a in clause.auxiliaries)
        changed = changed or (clause.predicate.lemma in becoming and token is not clause.predicate)
        if token.pos not in ("NOUN", "PROPN") or not changed:
            return None
        office = self.lexicon.office(token.lemma)
        kind = "appointment" if office is not None and office.kind == "person" else "other"
        return Trigger(
            token=token.index,
            clause=clause,
            is_noun=False,
            category="event",
            kind=kind,
            concept="become",
            frame=(),
            aspect="",
            carried=False,
            lemma=token.lemma,
            rule=f"{self.lexicon.language}/grammar#becoming",
        )

    def _predicate_noun(self, clause: Clause) -> Token:
        """The noun of "wurde Präsident", also where the model took it for a second subject."""
        nominals = [self.tokens[i] for i in clause.members("nsubj", "xcomp", "obj")]
        second = [t for t in nominals[1:] if t.pos == "NOUN"]
        return second[-1] if second and clause.predicate.pos == "AUX" else clause.predicate

    def _is_participle(self, clause: Clause) -> bool:
        return clause.passive or clause.predicate.feature("VerbForm") == "Part"

    def verb_entry(self, clause: Clause) -> tuple[str, WordEntry]:
        """The lemma of the predicate with its particle, and what the lexicon says of it."""
        token = clause.predicate
        particle = self.particle(clause)
        stray = "" if particle else next((self.tokens[c].text.casefold() for c in clause.members("compound:prt")), "")
        bare = token.lemma.removeprefix(stray) if token.lemma not in self.lexicon.verbs else token.lemma
        lemma = self.lexicon.infinitive(self._with_particle(bare, particle))
        reflexive = any(
            self.tokens[c].text.casefold() in self.lexicon.grammar["words"]["reflexives"]
            for c in self.children[clause.head]
        )
        if lemma in self.lexicon.grammar["words"]["impersonal_carriers"] and self._is_impersonal(clause):
            return lemma, WordEntry(lemma=lemma, category="light", kind="", concept="", frame=())
        if (phrase := self._phrase(clause, lemma)) is not None:
            return lemma, phrase
        names = (f"sich {lemma}", lemma) if reflexive else (lemma,)
        entry = next((self.lexicon.verbs[name] for name in names if name in self.lexicon.verbs), _UNKNOWN_VERB)
        if entry.frame and any(self.tokens[c].lemma in entry.frame for c in self.children[clause.head]):
            entry = WordEntry(lemma=lemma, category="state", kind="", concept="", frame=())
        return lemma, entry

    def _phrase(self, clause: Clause, lemma: str) -> WordEntry | None:
        """The longest phrase of the lexicon that the clause holds: "kamen ums Leben" is no coming."""
        first = lemma.partition(" ")[0]  # "set off" stands under "set"
        rows = [*self.lexicon.phrases.get(lemma, ()), *(self.lexicon.phrases.get(first, ()) if first != lemma else ())]
        below = [self.tokens[i] for i in clause.tokens if i != clause.head]
        words = {word for token in below for word in (token.text, token.text.casefold(), token.lemma)}
        return next(
            (
                entry
                for beside, entry in rows
                if all(self._stands_in(word, words) for word in beside) and not self._is_stray(clause, beside)
            ),
            None,
        )

    def _is_stray(self, clause: Clause, beside: frozenset[str]) -> bool:
        """“Settled out of court in 1981” is no settling in: a preposition alone belongs to the verb it follows."""
        places = [i for i in clause.tokens if self.tokens[i].text.casefold() in beside and i != clause.head]
        follows = self.lexicon.grammar["words"]["particle_follows"]  # "spricht in Genf mit ihm" is no English phrase
        only = follows and len(beside) == 1 and bool(places) and all(self.tokens[i].pos == "ADP" for i in places)
        return only and not any(i == clause.head + 1 or self.tokens[i].relation == "compound:prt" for i in places)

    @staticmethod
    def _stands_in(word: str, words: set[str]) -> bool:
        """Whether a word, or a compound with it for its head, is among the words of a clause."""
        if word in words:
            return True
        return word[:1].isupper() and len(word) > 3 and any(other.endswith(word.casefold()) for other in words)

    def _is_impersonal(self, clause: Clause) -> bool:
        """“Es kam zu einem Gipfel”: nobody comes."""
        words = self.lexicon.grammar["words"]["expletives"]
        subjects = [self.tokens[i] for i in clause.members("nsubj", "expl", "expl:pv")]
        return any(token.text.casefold() in words for token in subjects)

    def _with_particle(self, lemma: str, particle: str) -> str:
        """“Einladen” of "lud ... ein", "carry out" of "carried out": where a particle stands is the language's."""
        if not particle or lemma.startswith(particle) or lemma.endswith(" " + particle):
            return lemma
        return f"{lemma} {particle}" if self.lexicon.grammar["words"]["particle_follows"] else particle + lemma

    def particle(self, clause: Clause) -> str:
        """The separated particle of a verb ("lud ... ein": ein), "" where none."""
        found = next((self.tokens[c].text.casefold() for c in clause.members("compound:prt")), "")
        base = clause.predicate.lemma.removeprefix(found)
        joined = self._with_particle(base, found)
        # "Vereinbarten von November an": an does not belong to the verb.
        return "" if joined not in self.lexicon.verbs and base in self.lexicon.verbs else found

    def _nouns_of(self, clause: Clause, entry: WordEntry) -> list[int]:
        """Event nouns that the verb carries: object, subject of a passive or of "stattfinden", "zu" of "kommen zu"."""
        relations = ["obj", "nsubj:pass"]
        if entry.category != "light" or entry.kind == "intransitive" or not clause.members("obj"):
            relations.append("nsubj")
        groups = [clause.members(*relations)]
        if entry.category == "light":
            groups.append(clause.members("obl", "obl:arg"))
        for group in groups:
            nouns = [index for top in group for index in (top, *self._conjuncts(top)) if self._may_carry(index, entry)]
            if nouns:
                return nouns
        return []

    def _conjuncts(self, index: int) -> list[int]:
        return [child for child in self.children[index] if self.tokens[child].relation == "conj"]

    def _may_carry(self, index: int, entry: WordEntry) -> bool:
        noun = self.lexicon.noun(self.tokens[index].lemma) if self.tokens[index].pos == "NOUN" else None
        if noun is None or noun.category not in _CARRIED:
            return False
        return entry.category != "light" or noun.category in _NOUN_EVENTS

    def _carried(self, clause: Clause, entry: WordEntry, noun: int) -> Trigger:
        row = self.lexicon.noun(self.tokens[noun].lemma)
        assert row is not None
        return Trigger(
            token=noun,
            clause=clause,
            is_noun=True,
            kind=row.kind or entry.kind or "other",
            concept=row.concept,
            category="saying" if row.category == "saying" else "event",
            frame=row.frame,
            lemma=self.tokens[noun].lemma,
            aspect="" if entry.category == "light" else entry.category,
            carried=True,
            rule=f"{self.lexicon.language}/nouns#{row.lemma} carried by verbs#{clause.predicate.lemma}",
        )

    # ------------------------------------------------------------ nouns

    def _of_noun(self, token: Token, dated: bool) -> Trigger | None:
        row = self.lexicon.noun(token.lemma)
        if row is None or row.category == "not_event":
            return None
        guessed = row.lemma not in self.lexicon.nouns  # by its ending alone
        if row.category not in _NOUN_EVENTS and not (dated and not guessed and row.category in ("process", "weak")):
            return None
        return Trigger(
            token=token.index,
            clause=self.clauses.of(token.index),
            is_noun=True,
            kind=row.kind or "other",
            concept=row.concept,
            category=row.category,
            frame=row.frame,
            aspect="",
            carried=False,
            lemma=token.lemma,
            rule=f"{self.lexicon.language}/nouns#{row.lemma}",
        )


def by_clause(triggers: Sequence[Trigger]) -> dict[int, Trigger]:
    """The trigger that a clause's own date belongs to: its verb, else the noun that it carries."""
    found: dict[int, Trigger] = {}
    for trigger in triggers:
        if trigger.token == trigger.clause.head or not trigger.is_noun:
            found[trigger.clause.head] = trigger
        elif trigger.carried:
            found.setdefault(trigger.clause.head, trigger)
    return found
