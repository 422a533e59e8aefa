"""How sure a text is of what it tells: status, and who says so.

Hearsay ("soll ... haben", "laut", indirect speech) is `reported`, never `planned`; what is only asked, wished or
conditional is `possible`; what a clause negates is no event at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.actors import Cast, Entity
from events.clauses import Clause, ClauseTree
from events.lexicon import Lexicon
from events.mentions import Trigger, TriggerFinder
from events.model import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Somebody says so: who, where known, and the tokens that show it."""

    speaker: Entity | None
    first: int
    last: int  # exclusive
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """What a mention claims about the reality of its event."""

    status: Status
    rule: str
    attribution: Attribution | None
    unreal: bool = False  # negated or prevented: no event


class ModalityReader:
    """Reads status and attribution of the triggers of one document."""

    def __init__(self, clauses: ClauseTree, cast: Cast, finder: TriggerFinder, lexicon: Lexicon) -> None:
        self.clauses, self.cast, self.finder, self.lexicon = clauses, cast, finder, lexicon
        self.analysis = clauses.analysis
        self.tokens = self.analysis.tokens
        self.grammar = lexicon.grammar

    def read(self, trigger: Trigger) -> Modality:
        """Status by aspect, modifiers, modal, tense and governing verb, in this order; then the attribution."""
        attribution = self._attribution(trigger)
        status, rule, unreal = self._status(trigger, attribution)
        return Modality(status=status, rule=f"modality#{rule}", attribution=attribution, unreal=unreal)

    # ------------------------------------------------------------ status

    def _status(self, trigger: Trigger, attribution: Attribution | None) -> tuple[Status, str, bool]:
        clause = trigger.clause
        if trigger.aspect == "cancel" and not clause.negated:
            return "cancelled", "cancelled by its verb", False
        if trigger.aspect == "plan":
            return ("cancelled" if clause.negated else "planned"), "planned by its verb", False
        if trigger.is_noun and (found := self._modified(trigger)) is not None:
            return found[0], found[1], False
        if trigger.is_noun and not trigger.carried:
            return self._of_free_noun(trigger)
        if clause.negated:
            return "denied", "negated", True
        return self._of_clause(clause, attribution)

    def _modified(self, trigger: Trigger) -> tuple[Status, str] | None:
        for child in self.analysis.children[trigger.token]:
            token = self.tokens[child]
            if token.pos not in ("ADJ", "VERB", "DET") or token.relation not in ("amod", "acl", "det", "advmod"):
                continue
            word = token.text.casefold()
            for status in ("cancelled", "planned", "possible", "occurred"):
                if any(word.startswith(stem) for stem in self.grammar["modifiers"][status]):
                    if status == "planned" and word.startswith("nächst") and self._is_past(trigger.clause):
                        continue
                    return status, f"modifier {token.text}"
        return None

    def _is_past(self, clause: Clause) -> bool:
        return clause.tense in ("past", "perfect", "pluperfect")

    def _of_free_noun(self, trigger: Trigger) -> tuple[Status, str, bool]:
        """A noun beside the verb shares its clause's mood only where it depends on it as object or goal."""
        clause, token = trigger.clause, self.tokens[trigger.token]
        if any(
            self.tokens[c].text.casefold() in self.grammar["words"]["negations"]
            for c in self.analysis.children[trigger.token]
        ):
            return "denied", "negated", True
        if token.relation in ("obj", "nsubj", "nsubj:pass", "obl", "obl:arg") and token.head == clause.head:
            status, rule, _ = self._of_clause(clause, None)
            word = next(
                (
                    self.tokens[c].text.casefold()
                    for c in self.analysis.children[trigger.token]
                    if self.tokens[c].relation == "case"
                ),
                "",
            )
            if status in ("planned", "possible") and word in ("", *self.grammar["prepositions"]["goal"]):
                return status, f"{rule}, of its clause", False
        return "occurred", "noun", False

    def _of_clause(self, clause: Clause, attribution: Attribution | None) -> tuple[Status, str, bool]:
        if self._is_question(clause):
            return "possible", "question", False
        if (found := self._of_modal(clause)) is not None:
            return found
        if clause.marker in self.grammar["words"]["conditional"] or self._is_verb_first_condition(clause):
            return "possible", f"condition: {clause.marker or 'verb first'}", False
        if clause.mood == "subjunctive2" and attribution is None:
            return "possible", "subjunctive", False
        if clause.tense == "future":
            return "planned", "future tense", False
        if clause.tense == "none" and (found := self._of_infinitive(clause)) is not None:
            return found
        if (word := self._doubt(clause)) != "":
            return "possible", f"adverb {word}", False
        if (governor := self._governor(clause)) is not None:
            lemma = self.finder.verb_entry(governor)[0]
            apart = clause.relation == "advcl" and clause.tense != "none" and clause.marker != ""  # "although ..."
            if lemma in self.grammar["governors"]["denied"] and not apart:
                return "denied", f"denied: {lemma}", False
            if lemma in self.grammar["governors"]["seeming"] and clause.relation in ("xcomp", "ccomp"):
                return "possible", f"only seems: {lemma}", False
            if governor.marker in self.grammar["words"]["conditional"] and clause.relation == "conj":
                return self._of_clause(governor, attribution)
        return "occurred", f"{clause.tense} tense", False

    def _of_modal(self, clause: Clause) -> tuple[Status, str, bool] | None:
        modal = next((a for a in clause.auxiliaries if a.lemma == clause.modal), None)
        if modal is None:
            return None
        kind = self.grammar["modal"].get(modal.lemma, {})
        if self._is_perfect_infinitive(clause) and kind.get("hearsay"):
            return "occurred", f"hearsay {modal.lemma} with perfect infinitive", False
        key = "subjunctive" if modal.mood == "subjunctive2" else modal.tense
        status = kind.get(key, "possible")
        return status, f"modal {modal.lemma}", False

    def _is_perfect_infinitive(self, clause: Clause) -> bool:
        """“getan haben”: an infinitive of have or be with a participle."""
        perfect = self.grammar["tenses"]["perfect"]
        infinite = any(
            (a.lemma in perfect and a.tense == "none") or (a.lemma in perfect and a.lemma != clause.modal)
            for a in clause.auxiliaries
        )
        return infinite and not any(self.tokens[a.token].relation == "cop" for a in clause.auxiliaries)

    def _is_verb_first_condition(self, clause: Clause) -> bool:
        return (
            clause.relation == "advcl"
            and not clause.marker
            and clause.tense == "present"
            and (clause.head == clause.tokens[0])
        )

    def _is_question(self, clause: Clause) -> bool:
        sentence = self.analysis.sentences[clause.predicate.sentence]
        return any(self.tokens[i].text == "?" for i in range(max(sentence.last - 2, sentence.first), sentence.last))

    def _of_infinitive(self, clause: Clause) -> tuple[Status, str, bool] | None:
        """An infinitive is as real as the verb above it makes it."""
        governor = self._governor(clause)
        if governor is None and self._is_marked_infinitive(clause):
            return "planned", "infinitive of a headline", False
        if governor is None or (clause.predicate.feature("VerbForm") == "Part" and clause.relation != "conj"):
            return None
        if clause.relation == "conj":
            status, rule, unreal = self._of_clause(governor, None)
            return status, f"{rule}, shared", unreal or governor.negated
        lemma = self.finder.verb_entry(governor)[0]
        rows = self.grammar["governors"]
        if lemma in rows["unreal"]:
            return "denied", f"prevented: {lemma}", True
        if lemma in rows["realised"]:
            status, rule, unreal = self._of_clause(governor, None)
            return status, f"{rule}, {lemma}", unreal
        if lemma in rows["planned"]:
            return "planned", f"infinitive under {lemma}", False
        return "possible", f"infinitive under {lemma}", False

    def _is_marked_infinitive(self, clause: Clause) -> bool:
        """“Airline to buy ten jets”: a headline that tells with "to" what is to come."""
        purpose = self.grammar["words"]["purpose"]
        return any(
            self.tokens[c].relation in ("mark", "aux") and self.tokens[c].text.casefold() in purpose
            for c in self.analysis.children[clause.head]
            if c < clause.head
        )

    def _doubt(self, clause: Clause) -> str:
        words = self.grammar["words"]["doubtful"]
        return next(
            (self.tokens[i].text.casefold() for i in clause.tokens if self.tokens[i].text.casefold() in words), ""
        )

    def _governor(self, clause: Clause) -> Clause | None:
        return self.clauses.clauses[clause.parent] if clause.parent is not None else None

    # ------------------------------------------------------------ attribution

    def _attribution(self, trigger: Trigger) -> Attribution | None:
        if trigger.category == "saying" and not trigger.is_noun and trigger.clause.mood == "indicative":
            return self._of_phrase(trigger.clause)
        clause = trigger.clause
        if trigger.is_noun and not trigger.carried:
            return self._mark_on(trigger.token)
        return (
            self._of_hearsay(clause)
            or self._of_phrase(clause)
            or self._of_saying(clause)
            or self._of_indirect_speech(clause)
            or self._mark_on(trigger.token)
        )

    def _mark_on(self, index: int) -> Attribution | None:
        stems = self.grammar["modifiers"]["reported"]
        for child in self.analysis.children[index]:
            if any(self.tokens[child].text.casefold().startswith(stem) for stem in stems):
                return self._by_tokens(None, [child], f"adjective {self.tokens[child].text}")
        return None

    def _of_hearsay(self, clause: Clause) -> Attribution | None:
        modal = next((a for a in clause.auxiliaries if a.lemma == clause.modal), None)
        if (
            modal is not None
            and self._is_perfect_infinitive(clause)
            and (self.grammar["modal"].get(modal.lemma, {}).get("hearsay"))
        ):
            return self._by_tokens(None, [modal.token], f"hearsay {modal.lemma}")
        subjects = self.clauses.subjects(clause)
        for index in clause.tokens:
            token = self.tokens[index]
            if token.relation == "amod" and token.head not in subjects:
                continue  # "verurteilte den mutmaßlichen Anschlag" is flat, what "der mutmaßliche Täter" did is not
            if token.text.casefold() in self.grammar["words"]["hearsay"]:
                return self._by_tokens(None, [index], f"adverb {self.tokens[index].text}")
        return None

    def _of_phrase(self, clause: Clause) -> Attribution | None:
        """“laut Polizei”, "nach Angaben des Ministeriums", "according to ..."."""
        sources, nouns = self.grammar["prepositions"]["source"], self.grammar["hearsay"]["nouns"]
        for index in clause.tokens:
            token = self.tokens[index]
            if token.relation != "case" or token.text.casefold() not in sources:
                continue
            phrase = self.analysis.subtree(token.head)
            ambiguous = token.text.casefold() in self.grammar["hearsay"].get("ambiguous", [])
            if ambiguous and not {self.tokens[token.head].lemma, self.tokens[token.head].text} & set(nouns):
                continue
            speaker = next((e for i in phrase for e in self.cast.at.get(i, ()) if e.kind != "place"), None)
            own = {self.tokens[i].text.casefold() for i in phrase} & set(self.grammar["hearsay"]["own"])
            if own:
                speaker = self._by_speaker(clause).speaker
            return self._by_tokens(speaker, phrase, f"phrase with {token.text}")
        return None

    def _of_saying(self, clause: Clause) -> Attribution | None:
        """The clause hangs on a verb of saying, or one stands beside it in parenthesis."""
        governor = self._governor(clause)
        contents = ("ccomp", "xcomp", "parataxis", "csubj", "csubj:pass", "obj")
        if governor is not None and clause.relation in contents and self._says(governor):
            return self._by_speaker(governor)
        if governor is not None and clause.relation in ("advcl", "xcomp", "ccomp") and self._accuses(governor, clause):
            return self._by_speaker(governor)
        if (claim := self._claim_above(clause, governor)) is not None:
            return self._by_tokens(None, [claim], f"noun {self.tokens[claim].lemma}")
        if governor is not None and clause.relation in ("advcl", "xcomp") and self._passes_on(governor, clause):
            return self._by_speaker(governor) if self._says(governor) else self._of_saying(governor)
        if governor is not None and clause.relation in ("conj", "advcl", "acl", "acl:relcl"):
            return self._of_saying(governor) if clause.relation == "conj" or clause.mood != "indicative" else None
        for child in clause.members("parataxis", "ccomp", "advcl"):
            other = self.clauses.clauses.get(child)
            if other is not None and self._says(other) and self._is_aside(other):
                return self._by_speaker(other)
        return None

    def _claim_above(self, clause: Clause, governor: Clause | None) -> int | None:
        """The noun whose content a clause is; models hang "unter dem Verdacht, ... zu haben" on the verb, too."""
        above = clause.predicate.head
        if clause.relation in ("acl", "ccomp", "xcomp") and self._is_claim(above) and self._is_content(clause):
            return above
        if governor is None or clause.tense != "none" or clause.relation not in ("ccomp", "xcomp"):
            return None
        return next((i for i in governor.members("obj", "obl", "obl:arg") if self._is_claim(i)), None)

    def _passes_on(self, governor: Clause, clause: Clause) -> bool:
        """“Is said to have landed”, whatever relation; "having" above a participle, where a model makes it a verb."""
        if clause.tense != "none":
            return False
        auxiliary = governor.predicate.lemma in self.grammar["tenses"]["perfect"] and governor.tense == "none"
        return auxiliary or (governor.passive and self._says(governor))

    def _is_claim(self, index: int) -> bool:
        token = self.tokens[index]
        return token.pos == "NOUN" and token.lemma in self.grammar["hearsay"]["claims"]

    @staticmethod
    def _is_content(clause: Clause) -> bool:
        """What a noun says ("der Verdacht, Geld genommen zu haben", "that he took it"), not "der Verdacht"."""
        return clause.tense == "none" or clause.marker != "" or clause.mood != "indicative"

    def _is_aside(self, clause: Clause) -> bool:
        return clause.relation == "parataxis" or clause.marker in self.grammar["hearsay"].get("aside", [])

    def _says(self, clause: Clause) -> bool:
        return self.finder.verb_entry(clause)[1].category in ("saying", "cognition")

    def _accuses(self, governor: Clause, clause: Clause) -> bool:
        """“Accused him of selling secrets”: the deed is the accuser's claim."""
        lemma = self.finder.verb_entry(governor)[0]
        return lemma in self.grammar["governors"]["accused"] and (clause.tense == "none" or clause.relation == "ccomp")

    def _by_speaker(self, clause: Clause) -> Attribution:
        """Who says so: the subject, nobody where a passive hides it ("is said to", "wird beschuldigt")."""
        subjects = clause.members("obl:agent") if clause.passive else self.clauses.subjects(clause)
        speaker = next((e for s in subjects for e in self.cast.at.get(self.cast.inside.get(s, s), ())), None)
        return self._by_tokens(speaker, [clause.head], f"said: {clause.predicate.lemma}")

    def _of_indirect_speech(self, clause: Clause) -> Attribution | None:
        """A free Konjunktiv goes on with what the last speaker of the paragraph said."""
        if clause.mood not in ("subjunctive1", "subjunctive2") or clause.marker in self.grammar["words"]["conditional"]:
            return None
        block = self.analysis.sentences[clause.predicate.sentence].block
        for other in reversed([c for c in self.clauses if c.head < clause.head]):
            if self.analysis.sentences[other.predicate.sentence].block != block:
                break
            if self._says(other) and other.mood == "indicative":
                found = self._by_speaker(other)
                return Attribution(
                    speaker=found.speaker, first=clause.head, last=clause.head + 1, rule="modality#indirect speech"
                )
        if clause.mood == "subjunctive1":
            return self._by_tokens(None, [clause.head], "indirect speech")
        return None

    @staticmethod
    def _by_tokens(speaker: Entity | None, tokens: Sequence[int], rule: str) -> Attribution:
        return Attribution(speaker=speaker, first=min(tokens), last=max(tokens) + 1, rule=f"modality#{rule}")
