"""A line that a reader understands alone: actor first, present tense, full names, the words of the mention itself.

A verb's clause is told anew: subject, present form, what the clause says besides, without its date, asides and
relative clauses. A noun is told with its actors and place. Where a part cannot be resolved (a pronoun without a name,
no subject), the clause itself stands in quotation marks rather than a wrong sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from events.actors import Cast, Entity, joined
from events.analysis import Analysis, Token
from events.clauses import SUBJECTS, Clause, ClauseTree
from events.drafts import Draft
from events.inflection import Conjugator
from events.lexicon import Lexicon
from events.mentions import TriggerFinder
from events.participants import Part

LONGEST = 90  # characters
# Concepts of verbs that need no object and no place.
_COMPLETE = frozenset(
    {"die", "resign", "arrive", "depart", "land", "explode", "win", "lose", "collapse", "strike", "session", "marry",
     "plane_crash", "burn", "flee", "return", "meet", "talk", "negotiate", "bear", "retire", "crash", "sink", "escape",
     "surrender", "protest", "fall", "separate", "divorce", "rise", "erupt", "debut", "cross"}
)  # fmt: skip
_FUNCTION_WORDS = ("ADP", "DET", "CCONJ", "SCONJ", "ADV", "PART")  # in lower case wherever they stand in a line
_KEPT = (
    "obj",
    "dep",
    "iobj",
    "obl",
    "obl:arg",
    "obl:agent",
    "xcomp",
    "nmod",
    "expl:pv",
    "expl",
    "advmod",
    "compound:lvc",
)
# What hangs on a predicative noun belongs to the clause, not to the phrase.
_CLAUSE_MEMBERS = (*SUBJECTS, "cop", "aux", "aux:pass", "mark", "obl", "expl")
_DROPPED_BELOW = ("acl:relcl", "acl", "parataxis", "advcl", "punct", "discourse", "cc:preconj", "ccomp", "advcl:relcl")


@dataclass(frozen=True, kw_only=True)
class Label:
    """A line and how it was made."""

    text: str
    rule: str
    quality: float  # 1 composed whole, less where parts were left out or the clause stands in quotation marks


@cache
def label_rules(language: str) -> dict[str, Any]:
    """The templates of a language, `events/lang/LANGUAGE/labels.toml`."""
    path = files("events").joinpath("lang", language, "labels.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Labeller:
    """Makes labels for the mentions of one document."""

    def __init__(
        self, text: str, clauses: ClauseTree, cast: Cast, finder: TriggerFinder, lexicon: Lexicon, timed: frozenset[int]
    ) -> None:
        self.text, self.clauses, self.cast, self.finder, self.lexicon = text, clauses, cast, finder, lexicon
        self.analysis: Analysis = clauses.analysis
        self.tokens = self.analysis.tokens
        self.timed = timed
        self.rules = label_rules(lexicon.language)
        self.focus = frozenset(lexicon.grammar["words"]["focus"])
        self.conjugator = Conjugator(lexicon.present, self.rules, lexicon.verbs)

    def label(self, draft: Draft) -> Label:
        """The best line that can be made of one mention."""
        if self._is_becoming(draft):
            made = self._of_becoming(draft)
        elif draft.trigger.is_noun:
            made = self._of_aspect(draft) or self._of_noun(draft)
        else:
            made = self._of_verb(draft)
        if made is None:
            return self._quoted(draft)
        return made

    # ------------------------------------------------------------ verbs

    def _of_aspect(self, draft: Draft) -> Label | None:
        """“Kim und Moon wollen den Krieg beenden”: an end or a cancellation by somebody is told by its verb."""
        trigger, clause = draft.trigger, draft.trigger.clause
        if (
            not trigger.aspect
            or not trigger.carried
            or clause.passive
            or trigger.token in self.clauses.subjects(clause)
        ):
            return None
        verb = replace(trigger, token=clause.head, is_noun=False, lemma=self.finder.verb_entry(clause)[0])
        return self._of_verb(replace(draft, trigger=verb))

    def _of_verb(self, draft: Draft) -> Label | None:
        clause = draft.trigger.clause
        subject = None if self._lacks_content(draft) or self._is_contrast(clause) else self._subject(clause)
        if subject is None:
            return None
        words, plural = subject
        pieces = self._pieces(clause, draft)
        if pieces is None:
            return None
        finite, tail = self._verb(draft, plural)
        lead = self._lead(draft)
        fewest = 0 if not pieces or self._is_complete(draft) else 1
        if not pieces and not self._is_complete(draft):
            return None
        for count in range(len(pieces), fewest - 1, -1):
            text = self._arranged(lead, words, finite, [text for _, text in _best(pieces, count)], tail)
            text = self._with_status(text, draft, "verb")
            if len(text) <= LONGEST:
                quality = 1.0 - 0.05 * (len(pieces) - count)
                return Label(text=text, rule="labels#clause", quality=quality)
        return None

    def _is_complete(self, draft: Draft) -> bool:
        """Whether subject and verb alone say what happened: "stirbt" does, "eröffnet" does not."""
        concept = self.lexicon.verbs[draft.trigger.lemma].concept if draft.trigger.lemma in self.lexicon.verbs else ""
        clause = draft.trigger.clause
        alone = draft.trigger.lemma in self.rules["complete"]
        told_whole = clause.passive or draft.trigger.aspect in ("begin", "end", "fail", "continue")
        return told_whole or alone or concept in _COMPLETE

    def _is_contrast(self, clause: Clause) -> bool:
        """“Nicht nur Moskau, sondern auch Warschau”: a line that leaves a word of it out says something else."""
        words = self.lexicon.grammar["words"]
        pairs = zip(clause.tokens, clause.tokens[1:], strict=False)
        return any(
            self.tokens[a].text.casefold() in words["negations"]
            and self.tokens[b].text.casefold() in words["not_negating"]
            for a, b in pairs
        )

    def _lacks_content(self, draft: Draft) -> bool:
        """“Warf ihm vor”, "sagte": what was said stands in a clause of its own, and the verb alone says nothing."""
        clause = draft.trigger.clause
        if draft.trigger.category != "saying" or clause.passive or clause.members("obj"):
            return False
        return any(child in self.clauses.clauses for child in clause.members("ccomp", "xcomp"))

    def _is_becoming(self, draft: Draft) -> bool:
        return draft.trigger.rule.endswith("#becoming")

    def _of_becoming(self, draft: Draft) -> Label | None:
        """“Wird Präsident”: subject, copula, what the clause says."""
        subject = self._subject(draft.trigger.clause, draft.token)
        if subject is None:
            return None
        finite = str(self.rules["become"]["plural" if subject[1] else "singular"])
        text = self._arranged(self._lead(draft), subject[0], finite, [self.phrase(draft.token)], "")
        return Label(text=text, rule="labels#becoming", quality=0.9) if len(text) <= LONGEST else None

    def _arranged(self, lead: str, subject: str, finite: str, rest: Sequence[str], tail: str) -> str:
        if lead and self.rules["verb_second"]:
            parts = [lead, finite, subject, *rest, tail]
        elif self.rules["verb_last"]:
            parts = [subject, finite, *rest, tail]
        else:
            parts = [lead and lead + ",", subject, finite, tail, *rest]
        text = " ".join(" ".join(part for part in parts if part).split())
        return text[:1].upper() + text[1:]

    def _lead(self, draft: Draft) -> str:
        """“Laut Putin”, where the claim is somebody's and its verb does not say so."""
        attribution = draft.modality.attribution
        if attribution is None or self._is_hearsay_modal(draft):
            return ""
        if attribution.speaker is not None and attribution.speaker in self._foremost(draft):
            return str(self.rules["by_own_account"])
        if attribution.speaker is not None:
            return str(self.rules["according"]).format(speaker=attribution.speaker.name)
        return str(self.rules["allegedly"])

    def _foremost(self, draft: Draft) -> set[Entity]:
        """Whom a line speaks of first: "by own account" of anybody else would put the claim into a wrong mouth."""
        if draft.trigger.is_noun:
            return {part.entity for part in draft.parts if part.role == "agent"}
        subjects = self.clauses.subjects(draft.trigger.clause)
        tops = [row for subject in subjects for row in joined(self.analysis, self.cast, subject)]
        found = [self.cast.at.get(self.cast.inside.get(top, top), ()) for top in tops]
        return set(found[0]) if len(found) == 1 and len(found[0]) == 1 else set()

    def _is_hearsay_modal(self, draft: Draft) -> bool:
        attribution = draft.modality.attribution
        return attribution is not None and "#hearsay" in attribution.rule

    def _subject(self, clause: Clause, other: int = -1) -> tuple[str, bool] | None:
        """The subject in words and whether it is plural, None where nobody can be named; `other` is not it."""
        indices = [i for i in self.clauses.subjects(clause) if i != other]
        if not indices:
            return None
        top = indices[0]
        rows = joined(self.analysis, self.cast, top)
        words: list[str] = []
        for row in rows:
            named = self._name_at(row)
            if named is None:
                return None
            words += [word for word in named if word not in words]
        if not words:
            return None
        return self._joined(words), len(words) > 1 or self._is_plural(clause, top)

    def _is_plural(self, clause: Clause, subject: int) -> bool:
        """By the finite verb, which knows better than a noun of one form, unless subject and clause are apart."""
        finite = [self.tokens[a.token] for a in clause.auxiliaries if a.tense != "none"] or [clause.predicate]
        number = finite[0].feature("Number")
        if number and self.tokens[subject].head == clause.head:
            return number == "Plur"
        return self.tokens[subject].feature("Number") == "Plur" and not self._is_name(subject)

    def _is_name(self, index: int) -> bool:
        return any(
            e.kind == "person" and not e.described for e in self.cast.at.get(self.cast.inside.get(index, index), ())
        )

    def _name_at(self, index: int) -> list[str] | None:
        """How a subject is called: full names for actors, else the phrase; None for a pronoun without a name."""
        token = self.tokens[index]
        entities = self.cast.at.get(self.cast.inside.get(index, index), ())
        if entities and not entities[0].described:
            return [entity.name for entity in entities]
        if token.feature("PronType") == "Rel" or token.tag in ("PRELS", "WP", "WDT"):
            return self._antecedent(index)
        if (
            token.pos in ("PRON", "DET", "NUM", "ADJ")
            or token.text.casefold() in self.lexicon.grammar["words"]["expletives"]
        ):
            return None
        indices = self._phrase_tokens(index, alone=True)
        return [self._owned(indices)] if indices else None

    def _owned(self, indices: Sequence[int]) -> str:
        """A subject with its owner by name: "Sein Zug" tells nobody whose."""
        entities = self.cast.at.get(indices[0], ())
        possessive = self.tokens[indices[0]].text.casefold() in self.lexicon.grammar["words"]["possessives"]
        if not possessive or len(entities) != 1 or entities[0].described:
            return self._render(indices)
        name = entities[0].name
        frame = str(self.rules["owner_in_s" if name.endswith(("s", "x", "z", "ß")) else "owner"])
        return f"{frame.format(name=name)} {self._render(indices[1:])}"

    def _antecedent(self, index: int) -> list[str] | None:
        """What a relative pronoun stands for, in words."""
        clause = self.clauses.of(index)
        above = clause.predicate.head
        if not clause.relation.startswith("acl") or self.tokens[above].pos not in ("NOUN", "PROPN"):
            return None
        before = self.analysis.subtree(clause.head)[0] - 1
        while before > above and self.tokens[before].pos == "PUNCT":
            before -= 1
        if self.cast.inside.get(before, before) != self.cast.inside.get(above, above):
            return None  # a name stands between the two: the text leaves open which is meant
        if self.tokens[above].pos == "NOUN" and self.tokens[above].feature("Case") in ("Dat", "Gen"):
            return None  # "einer Regelung, die ...": its words are not those of a subject
        return self._name_at(above)

    def _joined(self, words: Sequence[str]) -> str:
        glue = f" {self.rules['and']} "
        return words[0] if len(words) == 1 else ", ".join(words[:-1]) + glue + words[-1]

    def _verb(self, draft: Draft, plural: bool) -> tuple[str, str]:
        """The finite form and what stands at the end of the line."""
        clause, key = draft.trigger.clause, "plural" if plural else "singular"
        seen = self.finder.particle(clause)
        lemma = draft.trigger.lemma
        particle, verb = self.conjugator.split(lemma, seen or self._split_in_text(clause.predicate, lemma))
        participle = clause.predicate.text.lower()  # not folded: "begrüßt"
        if self._is_hearsay_modal(draft):
            modal = next(a for a in clause.auxiliaries if a.lemma == clause.modal)
            rest = [self.tokens[a.token].text for a in clause.auxiliaries if a is not modal]
            return self.conjugator.present(modal.lemma, plural), " ".join([participle, *rest])
        if clause.passive and self._is_participle(clause):
            if draft.modality.status == "planned" and clause.modal:
                be = str(self.rules.get("be", "werden"))
                if self.rules["verb_last"]:
                    return str(self.rules["expected"][key]), f"{participle} {be}"
                return f"{self.rules['expected'][key]} {be}", participle
            return str(self.rules["passive"][key]), participle
        if draft.modality.status == "planned" and (clause.modal or clause.tense in ("future", "none")):
            word = self.rules["expected" if clause.modal == "sollen" else "planned" if clause.modal else "future"][key]
            return str(word), lemma
        if self.rules["verb_last"]:
            return self.conjugator.present(verb, plural), particle
        base = lemma.removesuffix(" " + seen) if seen else lemma
        return self.conjugator.present(base, plural) + (f" {seen}" if seen else ""), ""

    def _is_participle(self, clause: Clause) -> bool:
        token = clause.predicate
        return (
            token.feature("VerbForm") == "Part" or token.tag in ("VVPP", "VBN") or token.text.casefold() != token.lemma
        )

    def _split_in_text(self, token: Token, lemma: str) -> str:
        """The particle that a participle or an infinitive with "zu" shows: "umgebracht", "umzubringen"."""
        word = token.text.casefold()
        if word == lemma:
            return ""
        for particle in (*self.rules.get("separable_when_split", ()), *self.rules["particles"]):
            if lemma.startswith(particle) and re.match(rf"{particle}(ge|zu)", word):
                return str(particle)
        return ""

    # ------------------------------------------------------------ the rest of the clause

    def _pieces(self, clause: Clause, draft: Draft) -> list[tuple[float, str]] | None:
        """What the clause says besides subject and verb, each with its weight; None where a pronoun has no name."""
        pieces: list[tuple[float, str]] = []
        reflexive: list[tuple[float, str]] = []
        fronted: list[tuple[float, str]] = []  # "Before the visit, he ...": behind the object where verbs come early
        subjects = {row for top in self.clauses.subjects(clause) for row in joined(self.analysis, self.cast, top)}
        auxiliaries = {a.token for a in clause.auxiliaries}
        named = {self.cast.inside[s] for s in subjects if s in self.cast.inside}  # a name that the tree cut in two
        for child in self.analysis.children[clause.head]:
            token = self.tokens[child]
            if child in subjects or child in auxiliaries or token.relation in SUBJECTS or token.relation not in _KEPT:
                continue
            if self._is_time(child) or token.relation == "advmod" or self._is_attribution(child, draft):
                continue
            if self._is_aside(child) or self.cast.inside.get(child, -1) in named:
                continue
            text = self._member(child)
            if text is None or self._repeats_subject(child, subjects):
                return None
            if not text and token.relation == "xcomp":
                return None  # "failed to break the record": the verb alone says something else
            if text:
                first = token.text.casefold() in self.lexicon.grammar["words"]["reflexives"]
                behind = child < clause.head and not self.rules["verb_last"]
                (reflexive if first else fronted if behind else pieces).append((self._importance(child), text))
        return reflexive + pieces + fronted

    def _repeats_subject(self, index: int, subjects: set[int]) -> bool:
        """Whether a member is said to be the subject itself: then a pronoun was read wrongly."""
        mine = {e for s in subjects for e in self.cast.at.get(self.cast.inside.get(s, s), ())}
        return bool(mine & set(self.cast.at.get(self.cast.inside.get(index, index), ())))

    def _is_aside(self, index: int) -> bool:
        """Whether a member stands behind a comma or dash: an addition that models hang on the verb."""
        first = next(i for i in self.analysis.subtree(index) if self.tokens[i].pos != "PUNCT" or i == index)
        clause = self.clauses.of(index)
        inside = any(
            i < first and self.tokens[i].pos != "PUNCT" for i in clause.tokens
        )  # a clause begins after a comma
        return (
            inside
            and self.tokens[first - 1].text in (",", "-", "–", "—", ":", "(")
            and (self.tokens[first - 1].sentence == self.tokens[index].sentence)
        )

    def _is_attribution(self, index: int, draft: Draft) -> bool:
        attribution = draft.modality.attribution
        return attribution is not None and attribution.first <= index < attribution.last

    def _is_time(self, index: int) -> bool:
        """Whether a member is a time expression, or a phrase about one."""
        if index in self.timed or self.tokens[index].relation in ("obj", "iobj"):
            return index in self.timed
        return any(
            c in self.timed and self.tokens[c].relation in ("nummod", "amod", "det", "nmod")
            for c in self.analysis.children[index]
        )

    def _member(self, index: int) -> str | None:
        token = self.tokens[index]
        word = token.text.casefold()
        if word in self.lexicon.grammar["words"]["reflexives"]:
            return token.text
        if token.pos == "PRON" and word not in self.lexicon.grammar["words"]["expletives"]:
            entities = self.cast.at.get(index, ())
            if not entities:
                return None
            words = self._joined([entity.name for entity in entities])
            cases = [self.tokens[c].text for c in self.analysis.children[index] if self.tokens[c].relation == "case"]
            return " ".join([*cases, words])
        if token.pos == "PRON" or (token.relation == "xcomp" and token.pos == "VERB"):
            return ""
        return self.phrase(index)

    def _importance(self, index: int) -> float:
        relation = self.tokens[index].relation
        weight = {
            "obj": 3.0,
            "dep": 3.0,
            "iobj": 2.5,
            "expl:pv": 9.0,
            "obl:arg": 2.0,
            "xcomp": 2.0,
            "obl:agent": 2.0,
        }.get(relation, 1.0)
        if self.tokens[index].text.casefold() in self.lexicon.grammar["words"]["reflexives"]:
            return 9.0
        named = any(i in self.cast.inside for i in self.analysis.subtree(index))
        return weight + (0.8 if named else 0.0)

    def phrase(self, index: int) -> str:
        """A noun phrase as written, without relative clauses, asides and dates, with full names."""
        return self._render(self._phrase_tokens(index))

    def _phrase_tokens(self, index: int, alone: bool = False) -> list[int]:
        """The tokens of a phrase; `alone` leaves out what is joined to its head by "and"."""
        kept, open_ = [], [index]
        while open_:
            current = open_.pop()
            kept.append(current)
            for child in self.analysis.children[current]:
                token = self.tokens[child]
                if (
                    token.relation in _DROPPED_BELOW
                    or (token.relation in _CLAUSE_MEMBERS and current == index)
                    or (token.relation == "appos" and token.pos != "PROPN")
                ):
                    continue
                if alone and current == index and token.relation in ("conj", "cc", "case"):
                    continue
                if child in self.timed or token.relation == "mark" or token.text.casefold() in self.focus:
                    continue
                open_.append(child)
            open_ += self._hyphens(current)
        kept.sort()
        return [i for i in kept if not self._dangles(i, kept)]

    def _hyphens(self, index: int) -> list[int]:
        """What joins the parts of "Ulan-Ude", where a model splits it."""
        return [
            child
            for child in self.analysis.children[index]
            if self.tokens[child].relation == "punct"
            and 0 < child < len(self.tokens) - 1
            and self.tokens[child - 1].end == self.tokens[child].start
            and self.tokens[child].end == self.tokens[child + 1].start
            and self.tokens[child].text in ("-", "–", "/", "'", "’")
        ]

    def _dangles(self, index: int, kept: Sequence[int]) -> bool:
        token = self.tokens[index]
        return token.pos in ("PUNCT", "CCONJ") and (index + 1 not in kept)

    def _render(self, indices: Sequence[int]) -> str:
        """Tokens as text with the spacing of the document; a short name becomes the full one."""
        parts: list[str] = []
        skip: set[int] = set()
        for position, index in enumerate(indices):
            if index in skip:
                continue
            token = self.tokens[index]
            glued = position > 0 and indices[position - 1] == index - 1 and self.tokens[index - 1].end == token.start
            word, covered = self._full_name(index)
            skip |= covered
            parts.append(("" if glued or not parts else " ") + word)
        return "".join(parts)

    def _full_name(self, index: int) -> tuple[str, set[int]]:
        token = self.tokens[index]
        entities = self.cast.at.get(index, ())
        if token.pos == "PROPN" and len(entities) == 1 and entities[0].kind == "person" and not entities[0].described:
            first, last, form, _ = entities[0].mentions[index]
            if form == "name":
                written = self.text[self.tokens[first].start : self.tokens[last - 1].end]
                ending = "s" if written.endswith("s") and not entities[0].name.endswith("s") else ""
                return entities[0].name + ending, set(range(first, last))
        starts = token.index == self.analysis.sentences[token.sentence].first
        capital = token.lemma[:1].isupper() and token.pos not in _FUNCTION_WORDS  # English "Russian agents"
        if token.pos in _FUNCTION_WORDS or (starts and token.pos not in ("NOUN", "PROPN", "X") and not capital):
            return token.text[:1].lower() + token.text[1:], set()
        return token.text, set()

    # ------------------------------------------------------------ nouns

    def _of_noun(self, draft: Draft) -> Label | None:
        token = self.tokens[draft.token]
        genitive = token.feature("Case") == "Gen" or token.text in (f"{token.lemma}s", f"{token.lemma}es")
        noun = token.text if token.feature("Number") == "Plur" and not genitive else self._singular(token)
        noun = " ".join([*self._ordinals(draft.token, token.text if noun == token.text else noun), noun])
        text = self._noun_core(draft, noun)
        if draft.setting is not None and draft.setting.entity.name not in text:
            goes = draft.trigger.kind == "travel" or draft.setting.rule.startswith("goal: nach")
            where = str(self.rules["goal" if goes else "place"])
            longer = f"{text} {where.format(place=draft.setting.entity.name)}"
            text = longer if len(longer) <= LONGEST else text
        frame = self.rules.get(draft.trigger.aspect)
        if frame is not None and draft.modality.status == "occurred":
            text = str(frame).format(label=text)
        lead = self._lead(draft)
        text = self._with_status(text, draft, "noun")
        if lead:
            text = f"{lead}: {text}"
        if len(text) > LONGEST:
            return None
        quality = 0.8 if len(draft.parts) > 1 else 0.6 if draft.parts else 0.4
        bare = text == noun
        return Label(
            text=text[:1].upper() + text[1:], rule="labels#bare noun" if bare else "labels#noun", quality=quality
        )

    def _singular(self, token: Token) -> str:
        """The lemma in the text's spelling: lemmatisers know "Prozeß", the text says "Prozess"."""
        reformed = token.lemma.replace("ß", "ss")
        return reformed if token.text.startswith(reformed) else token.lemma

    def _ordinals(self, index: int, noun: str) -> list[str]:
        """What tells which of several: "Dritter Atomtest"; as written, so only where the noun is, too."""
        stems = tuple(self.lexicon.grammar["words"]["ordinals"])
        words = [self.tokens[c] for c in self.analysis.children[index] if self.tokens[c].relation == "amod"]
        articles = [c for c in self.analysis.children[index] if self.tokens[c].pos == "DET"]
        as_written = (
            not articles and self.tokens[index].text == noun and self.tokens[index].feature("Case") in ("Nom", "")
        )
        return [t.text for t in words if as_written and t.text.casefold().startswith(stems)]

    def _noun_core(self, draft: Draft, noun: str) -> str:
        """The noun with its actors; with the thing it is about where there are none."""
        targets = self.lexicon.grammar["prepositions"]["target"]
        against = [p for p in draft.parts if p.role in ("patient", "partner") and _rule_word(p) in targets]
        told = [p for p in draft.parts if p.role == "patient" and _rule_word(p) == "compound"]  # "Hitler-Attentat"
        others = replace(draft, parts=tuple(p for p in draft.parts if p not in (*against, *told)))
        agents = _names(others, "agent", "patient")
        partners = _names(others, "partner")
        if draft.trigger.kind == "meeting" and (agents or len(partners) > 1):
            return str(self.rules["meeting"]).format(noun=noun, actors=self._joined(agents + partners))
        text = noun
        own = [
            child
            for child in self.analysis.children[draft.token]
            if self.tokens[child].relation in ("nmod", "amod", "obl", "appos") and not self._is_time(child)
        ]
        things = [
            c
            for c in own
            if not any(i in self.cast.inside for i in self.analysis.subtree(c)) and self.tokens[c].relation == "nmod"
        ]
        if things:
            text = f"{noun} {self.phrase(things[0])}"
        if agents:
            text = str(self.rules["agent"]).format(noun=text, actors=self._joined(agents))
        if partners:
            text += " " + str(self.rules["with"]).format(actors=self._joined(partners))
        if hit := _names(replace(draft, parts=tuple(against)), "patient", "partner"):
            text += f" {_rule_word(against[0])} {self._joined(hit)}"  # "Anschlag auf X" is none by X
        return text

    def _with_status(self, text: str, draft: Draft, form: str) -> str:
        status = draft.modality.status
        frame = self.rules.get(f"{status}_{form}")
        postponed = draft.trigger.clause.predicate.lemma in self.rules["postponing"]
        if status == "cancelled" and form == "noun" and postponed:
            frame = self.rules["postponed_noun"]
        if form == "verb" and draft.trigger.aspect == "cancel":
            return text  # the verb says so itself
        if frame is None or (form == "verb" and status == "planned"):
            return text
        return str(frame).format(label=text)

    def _quoted(self, draft: Draft) -> Label:
        clause = draft.trigger.clause
        start, end = clause.span
        if self._lacks_content(draft):
            said = [i for c in clause.members("ccomp", "xcomp") for i in self.analysis.subtree(c)]
            start, end = min(start, self.tokens[said[0]].start), max(end, *(self.tokens[i].end for i in said))
        attribution, lead = draft.modality.attribution, self._lead(draft)
        if attribution is not None and attribution.first in clause.tokens:
            lead = ""  # the words themselves say so
        frame = f"{lead}: {self.rules['quoted']}" if lead else str(self.rules["quoted"])
        if draft.modality.status in ("denied", "cancelled"):
            frame = self._with_status(frame, draft, "verb")
        room = LONGEST - len(frame.format(clause=""))
        words = " ".join(self.text[start:end].split()).strip('«»„“"')
        if len(words) > room:
            words = words[: room - 2].rsplit(" ", 1)[0].rstrip(",;:") + " …"
        return Label(text=frame.format(clause=words), rule="labels#clause in quotation marks", quality=0.1)


def _best(pieces: Sequence[tuple[float, str]], count: int) -> list[tuple[float, str]]:
    """The weightiest pieces, in order of text."""
    ranked = sorted(range(len(pieces)), key=lambda i: (-pieces[i][0], i))[:count]
    return [pieces[i] for i in sorted(ranked)]


def _rule_word(part: Part) -> str:
    """The preposition that a part was read by, "" where it was none."""
    return part.rule.partition("#")[2]


def _names(draft: Draft, *roles: str) -> list[str]:
    found: list[Entity] = [part.entity for part in draft.parts if part.role in roles]
    return [entity.name for entity in found if not entity.described]
