"""Who takes part in what an event mention claims, by role, and where it happened: read off the dependencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.actors import Cast, Entity, joined
from events.clauses import ClauseTree
from events.lexicon import Lexicon
from events.mentions import Trigger
from events.model import RoleName

_OBLIQUE = ("obl", "obl:arg", "obl:agent", "nmod", "obl:mod", "obl:tmod")
_LOCATED = ("place", "state", "organisation")
_HOSTILE = ("attack", "conflict", "protest", "sanction")  # "Anschlag gegen X": X is no partner
ONLY_PLACE = "the only place of the clause"  # a guess: it says nothing against another place
_MEETS = ("meeting", "agreement", "visit")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One actor's part in a mention, before actors have keys."""

    entity: Entity
    role: RoleName
    rule: str
    token: int


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where a mention says that it happened."""

    entity: Entity
    rule: str
    token: int


class ParticipantFinder:
    """Finds the parts and the place of each trigger of one document."""

    def __init__(self, clauses: ClauseTree, cast: Cast, lexicon: Lexicon) -> None:
        self.clauses, self.cast, self.lexicon = clauses, cast, lexicon
        self.analysis = clauses.analysis
        self.tokens = self.analysis.tokens
        self.prepositions: dict[str, list[str]] = lexicon.grammar["prepositions"]

    def parts(self, trigger: Trigger, timed: frozenset[int]) -> tuple[Part, ...]:
        """Each actor once, in order of text; `timed` holds tokens of time expressions, which take no part."""
        found = [*self._of_noun(trigger)] if trigger.is_noun else []
        if not trigger.is_noun or trigger.token == trigger.clause.head or trigger.carried:
            found += self._of_clause(trigger, timed)
        elif trigger.is_noun:
            found += self._of_surroundings(trigger, found)
        unique: dict[Entity, Part] = {}
        for part in found:
            if part.token not in timed and not (part.entity in unique and part.role == "patient"):
                unique.setdefault(part.entity, part)
        return tuple(sorted(unique.values(), key=lambda part: part.token))

    def things(self, trigger: Trigger) -> frozenset[str]:
        """Lemmas of subject and object that are no actors."""
        if trigger.is_noun and not trigger.carried:
            return frozenset()
        core = [*self.clauses.subjects(trigger.clause), *trigger.clause.members("obj")]
        return frozenset(
            self.tokens[i].lemma
            for i in core
            if self.tokens[i].pos == "NOUN" and not self.entities_at(i) and i != trigger.token
        )

    # ------------------------------------------------------------ of the clause

    def _of_clause(self, trigger: Trigger, timed: frozenset[int]) -> Iterator[Part]:
        clause = trigger.clause
        for subject in self.clauses.subjects(clause):
            role: RoleName = "patient" if clause.passive else "agent"
            if subject != trigger.token:
                yield from self._named(subject, role, "subject")
        # `dep` is what the repairs after the parse leave of a second subject: as a rule the object.
        for relation, role in (("obj", "patient"), ("iobj", "recipient"), ("dep", "patient")):
            for index in clause.members(relation):
                if index != trigger.token and index not in timed and not self._is_destination(index, trigger):
                    yield from self._named(index, role, relation)
        for index in clause.members(*_OBLIQUE):
            if index != trigger.token:
                yield from self._oblique(index, clause.passive, trigger)
        for index in clause.members("xcomp", "ccomp"):
            if self.tokens[index].pos in ("NOUN", "PROPN"):
                yield from self._named(index, "patient", "complement")

    def _oblique(self, index: int, passive: bool, trigger: Trigger) -> Iterator[Part]:
        word = self.preposition(index)
        if word in self.prepositions["agent"] and passive:
            yield from self._named(index, "agent", f"{word} in a passive")
        elif word in self.prepositions["target"] and trigger.kind in _HOSTILE:
            yield from self._named(index, "patient", word)
        elif word in self.prepositions["between"] or word in self.prepositions["partner"]:
            yield from self._named(index, "partner", word)
        elif not word and self.tokens[index].feature("Case") == "Dat":
            yield from self._named(index, "recipient", "dative")
        elif word in self.prepositions["recipient"] and self._persons(index):
            yield from self._named(index, "recipient", word)
        elif word in self.prepositions["origin"] and trigger.kind == "agreement":
            yield from self._named(index, "partner", word)

    def _persons(self, index: int) -> bool:
        return any(entity.kind == "person" for entity in self.entities_at(index))

    # ------------------------------------------------------------ of a noun

    def _of_noun(self, trigger: Trigger) -> Iterator[Part]:
        for child in self.analysis.children[trigger.token]:
            token = self.tokens[child]
            word = self.preposition(child)
            if token.pos == "DET" and self.cast.at.get(child):
                for entity in self.cast.at[child]:
                    yield self._part(entity, self._owner_role(trigger), "possessive", child)
            elif token.pos == "ADJ" and (state := self.lexicon.adjective_state(token.text)) is not None:
                yield from (
                    self._part(e, "agent", "adjective", child) for e in self.cast.entities if e.state == state.iso
                )
            elif token.relation == "compound" and self._is_described(child):
                continue  # "press conference", "consumer demand": a kind, nobody
            elif token.relation in ("nmod", "nmod:poss", "appos", "obl", "flat", "flat:name", "compound", "obl:arg"):
                yield from self._complement(trigger, child, word)
        yield from self._in_compound(trigger)

    def _is_described(self, index: int) -> bool:
        return any(entity.described for entity in self.cast.at.get(self.cast.inside.get(index, index), ()))

    def _complement(self, trigger: Trigger, child: int, word: str) -> Iterator[Part]:
        if word in self.prepositions["target"] and trigger.kind in _HOSTILE:
            yield from self._named(child, "patient", word)
        elif word in self.prepositions["partner"] or word in self.prepositions["between"]:
            yield from self._named(child, "partner", word)
        elif self._is_visited(trigger, child, word):
            return
        elif word in self.prepositions["agent"] or (not word and self._is_genitive(child)):
            yield from self._named(child, self._owner_role(trigger), word or "genitive")
        elif word in self.prepositions["recipient"] and self._persons(child):
            yield from self._named(child, "recipient", word)

    def _is_genitive(self, index: int) -> bool:
        """Whether a name without a preposition bears the mark of a genitive, where the language has one.

        In "stellt Medwedew Rückkehr in Aussicht" the return is not Medwedew's.
        """
        ending = self.lexicon.grammar["words"]["genitive"]
        head = self.cast.inside.get(index, index)
        spans = [entity.mentions[head] for entity in self.cast.at.get(head, ()) if head in entity.mentions]
        if not ending or not spans or spans[0][2] != "name":
            return True
        last = self.tokens[spans[0][1] - 1]
        return last.text.endswith((ending, "’", "'", "x", "z", "ß")) or self.tokens[head].feature("Case") == "Gen"

    def _is_visited(self, trigger: Trigger, child: int, word: str) -> bool:
        """“A tour of Asia”, "the Malaysia visit": where to, not who."""
        beside = self.tokens[child].relation == "compound" or word == "of"
        entities = self.cast.at.get(self.cast.inside.get(child, child), ())
        return trigger.kind in ("visit", "travel") and beside and any(e.kind in ("state", "place") for e in entities)

    def _owner_role(self, trigger: Trigger) -> RoleName:
        return "patient" if "gen=patient" in trigger.frame else "agent"

    def _in_compound(self, trigger: Trigger) -> Iterator[Part]:
        """“Putin-Kim-Gipfel”: names before the head of the compound."""
        word = self.tokens[trigger.token].text
        if trigger.kind in ("visit", "travel"):
            return  # "Russland-Reise": where to, not who
        suffers = trigger.kind in ("attack", "arrest", "crime", "death", "trial", "election", "resignation")
        role: RoleName = "patient" if suffers else "agent"  # the "Hitler-Attentat" was none by Hitler
        for piece in word.split("-")[:-1]:
            for entity in self.cast.entities:
                names = {entity.name, *entity.aliases}
                state = self.lexicon.state_names.get(piece)
                if piece in names or (state is not None and entity.state == state.iso):
                    yield self._part(entity, role, "compound", trigger.token)
                    break

    def _of_surroundings(self, trigger: Trigger, own: Sequence[Part]) -> Iterator[Part]:
        """In "bei einem Treffen mit Putin" and in what a list holds the subject of the clause took part, too."""
        if self._is_listed(trigger.token) and not own:
            for subject in self.clauses.subjects(trigger.clause):
                yield from self._named(subject, "agent", "subject of a list")
            return
        word = self.preposition(trigger.token)
        meets = trigger.kind in _MEETS and word in ("bei", "beim", "zu", "zum", "during", "at", "in")
        if not meets or any(part.role == "agent" for part in own) or not own:
            return
        if self.tokens[trigger.token].head == trigger.clause.head:
            for subject in self.clauses.subjects(trigger.clause):
                yield from self._named(subject, "agent", "subject of the clause")

    def _is_listed(self, index: int) -> bool:
        """Whether a noun is one of a list after a colon: "gewann drei Medaillen: Gold 2001, Silber 2002"."""
        if self.preposition(index):
            return False
        head = self.clauses.clause_of[index]
        return any(token.text == ":" for token in self.tokens[head:index])

    # ------------------------------------------------------------ place

    def place(self, trigger: Trigger) -> Setting | None:
        """The nearest place that the noun itself, else its clause, names."""
        if not trigger.is_noun:
            for index in trigger.clause.members("obj"):
                if self._is_destination(index, trigger):
                    return Setting(entity=self.entities_at(index)[0], rule="object of going", token=index)
        for top in dict.fromkeys((trigger.token, trigger.clause.head)):
            if top != trigger.token and not trigger.carried and not self._is_core(trigger.token, top):
                continue
            # "Lädt ihn nach Russland ein" did not happen in Russia.
            for wanted in ("place", "goal") if trigger.kind in ("travel", "visit") else ("place",):
                for index in self.analysis.children[top]:
                    setting = self._setting(index, wanted)
                    if setting is not None:
                        return setting
        return self._only_place(trigger)

    def _only_place(self, trigger: Trigger) -> Setting | None:
        """The one place that the clause names with a preposition, however deep: "a fire in the church in Paris"."""
        free = trigger.is_noun and not trigger.carried
        inner = self.analysis.subtree(trigger.token) if free else trigger.clause.tokens
        found: dict[Entity, int] = {}
        for index in inner:
            if self.preposition(index) in self.prepositions["place"]:
                for entity in self.cast.at.get(self.cast.inside.get(index, index), ()):
                    if entity.kind in ("place", "state"):
                        found.setdefault(entity, index)
        if len(found) != 1:
            return None
        entity, token = next(iter(found.items()))
        return Setting(entity=entity, rule=ONLY_PLACE, token=token)

    def _is_core(self, index: int, predicate: int) -> bool:
        """Whether a noun is subject or object of a predicate: then it happened where the clause says."""
        token = self.tokens[index]
        return token.head == predicate and token.relation in ("nsubj", "nsubj:pass", "obj")

    def _setting(self, index: int, wanted: str) -> Setting | None:
        token = self.tokens[index]
        if token.relation not in _OBLIQUE or self.preposition(index) not in self.prepositions[wanted]:
            return None
        if self._is_time_of_event(index):
            return None
        for inner in (index, *self.analysis.subtree(index)):
            for entity in self.cast.at.get(self.cast.inside.get(inner, inner), ()):
                if entity.kind in ("place", "state") and self._is_local(inner, index):
                    return Setting(entity=entity, rule=f"{wanted}: {self.preposition(index)}", token=inner)
        return None

    def _is_time_of_event(self, index: int) -> bool:
        """“Nach dem Besuch in Potsdam”: says when, not where."""
        order = self.lexicon.grammar["connectives"]
        entry = self.lexicon.noun(self.tokens[index].lemma) if self.tokens[index].pos == "NOUN" else None
        return (
            self.preposition(index) in (*order["after_prepositions"], *order["before_prepositions"])
            and entry is not None
            and entry.category == "event"
        )

    def _is_local(self, inner: int, top: int) -> bool:
        """Not a name deep inside another phrase: "in seinen Gesprächen mit China" happens nowhere."""
        if inner == top or self.cast.inside.get(inner) == self.cast.inside.get(top, top):
            return True
        token = self.tokens[inner]
        return (
            token.head == top
            and self.preposition(inner) in ("", "in", "im", "of")
            and (token.relation in ("appos", "nmod", "flat", "flat:name", "compound", "nmod:poss"))
        )

    # ------------------------------------------------------------ reading the tree

    def preposition(self, index: int) -> str:
        """The lower-case preposition of a phrase, "" where it has none."""
        for child in self.analysis.children[index]:
            if self.tokens[child].relation == "case" and not self._is_of_name(child, index):
                return self.tokens[child].text.casefold()
        return ""

    def _is_of_name(self, index: int, head: int) -> bool:
        """Whether a word that looks like a preposition is part of the name: "Von der Leyen wurde geboren"."""
        inside = self.cast.inside
        return index in inside and inside.get(index) == inside.get(head)

    def entities_at(self, index: int) -> tuple[Entity, ...]:
        """The actors that a token is part of the name of."""
        return self.cast.at.get(self.cast.inside.get(index, index), ())

    def _is_destination(self, index: int, trigger: Trigger) -> bool:
        """“Besuchte Moskau”, "verließ Wien": the object is where, not whom."""
        entities = self.entities_at(index)
        return trigger.kind in ("visit", "travel") and any(e.kind in ("place", "state") for e in entities)

    @staticmethod
    def _counts(entity: Entity, role: RoleName) -> bool:
        """A body that only a noun names takes part where it acts: "übernahm das Amt" is about no authority."""
        return not entity.described or entity.kind in ("person", "group") or role == "agent"

    def _named(self, index: int, role: RoleName, rule: str) -> Iterator[Part]:
        """The actors of a phrase and of those joined to it; for a thing its owner ("Kims Sonderzug")."""
        for top in self._joined(index):
            entities = self.entities_at(top) or self._in_apposition(top)
            if entities:
                yield from (self._part(e, role, rule, top) for e in entities if self._counts(e, role))
            elif role in ("agent", "patient"):
                yield from self._owners(top, role, rule)

    def _joined(self, index: int) -> list[int]:
        return joined(self.analysis, self.cast, index)

    def _in_apposition(self, index: int) -> tuple[Entity, ...]:
        """“Kim Jong Uns Vater Kim Jong Il”: the name beside the noun, never its owner."""
        for child in self.analysis.children[index]:
            if self.tokens[child].relation in ("appos", "flat", "flat:name") and not self.preposition(child):
                found = tuple(e for e in self.entities_at(child) if e.kind != "place")
                if found:
                    return found
        return ()

    def _owners(self, index: int, role: RoleName, rule: str) -> Iterator[Part]:
        token = self.tokens[index]
        if token.pos not in ("NOUN", "PROPN") or self.lexicon.office(token.lemma) is not None:
            return  # "Kims Vater" is not Kim, nor does he act
        for child in self.analysis.children[index]:
            token = self.tokens[child]
            if token.relation in ("nmod", "nmod:poss", "det:poss", "det") and not self.preposition(child):
                for entity in self.entities_at(child):
                    if entity.kind != "place":
                        yield self._part(entity, role, f"{rule}, as owner", child)

    @staticmethod
    def _part(entity: Entity, role: RoleName, rule: str, token: int) -> Part:
        return Part(entity=entity, role=role, rule=f"participants#{rule}", token=token)
