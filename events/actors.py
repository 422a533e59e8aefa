"""Who and what a document speaks of: names, states and offices brought together as actors.

Persons are joined by their full names; a surname alone goes to the full name that bears it. An office
("Kremlchef", "Nordkoreas Machthaber") goes to the person whom the text gives that office, and to nobody else:
two different full names are never one person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from events.analysis import Analysis, Name, Token
from events.lexicon import Lexicon, Office, State
from events.model import Actor, ActorKind, ActorMention


@dataclass(kw_only=True, eq=False)
class Entity:
    """An actor while the document is read; `freeze` makes the value."""

    name: str
    kind: ActorKind
    aliases: list[str] = field(default_factory=list)
    mentions: dict[int, tuple[int, int, str, str]] = field(default_factory=dict)  # head token: first, last, form, rule
    offices: list[OfficeBinding] = field(default_factory=list)
    gender: str = ""  # m, f or "" where unknown
    state: str = ""  # ISO code, for states
    described: bool = False  # named by a noun only: "ein Sondergesandter"

    def freeze(self, analysis: Analysis) -> Actor:
        """The actor with its mentions in order of text."""
        tokens = analysis.tokens
        mentions = tuple(
            ActorMention(start=tokens[first].start, end=tokens[last - 1].end, form=form, rule=rule)  # type: ignore[arg-type]
            for first, last, form, rule in sorted(self.mentions.values())
        )
        aliases = tuple(dict.fromkeys(alias for alias in self.aliases if alias != self.name))
        return Actor(key=self.key(analysis), name=self.name, kind=self.kind, aliases=aliases, mentions=mentions)

    def key(self, analysis: Analysis) -> str:
        """First offset and name: two entities never share both."""
        first = min(row[0] for row in self.mentions.values())
        return f"{analysis.tokens[first].start}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeBinding:
    """The text says that a person holds, or held, an office."""

    lemma: str
    state: str
    former: bool


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The entities of a document and where each is spoken of."""

    entities: tuple[Entity, ...]
    at: Mapping[int, tuple[Entity, ...]]  # head token of a mention: one entity, or several for "beide"
    inside: Mapping[int, int]  # any token of a mention: the head token of that mention


def fold_name(name: str) -> str:
    """A name as compared: no case, hyphens as blanks."""
    return " ".join(re.sub(r"[-\u2010\u2011]", " ", name).casefold().replace(".", " ").split())


def fold_place(name: str) -> str:
    """A place as compared: spellings that differ in doubled letters or "ck" are one (Wladiwostock, Wladiwostok)."""
    return re.sub(r"(\w)\1", r"\1", fold_name(name).replace("ck", "k"))


class CastBuilder:
    """Reads the names, states and offices of one document."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.lexicon = lexicon
        self.entities: list[Entity] = []
        self.at: dict[int, tuple[Entity, ...]] = {}
        self.inside: dict[int, int] = {}
        self._spans = [self._trimmed(name) for name in self._merged(analysis.names)]
        self._seen = Counter(self._raw(first, last) for first, last, _ in self._spans if last > first)

    def build(self) -> Cast:
        """All entities; pronouns are added by `events.pronouns`."""
        persons: list[tuple[int, int, str]] = []
        others: list[tuple[int, int, str]] = []
        for first, last, kind in self._spans:
            if last > first:
                (persons if kind == "PER" else others).append((first, last, kind))
        self._read_persons([(f, z) for f, z, _ in persons])
        for first, last, kind in others:
            self._read_other(first, last, kind)
        self._read_states()
        self._join_short_states()
        self._read_brackets()
        self._read_capitals()
        self._bind_offices()
        self._resolve_offices()
        self._read_place_nouns()
        return Cast(entities=tuple(self.entities), at=self.at, inside=self.inside)

    # ------------------------------------------------------------ names

    def _merged(self, names: Sequence[Name]) -> list[Name]:
        """Names that the model cut in two: "North" "Korea", "Moon Jae" "-in"."""
        merged: list[Name] = []
        for name in names:
            whole = Name(first=merged[-1].first, last=name.last, kind=name.kind) if merged else name
            if (
                merged
                and merged[-1].last == name.first
                and self._raw(whole.first, whole.last) in self.lexicon.state_names
            ):
                merged[-1] = whole
            else:
                merged.append(self._extended(name))
        return merged

    def _extended(self, name: Name) -> Name:
        """With what a hyphen or the tree ties to its last word: "Moon Jae" "In"."""
        last, tokens = name.last, self.tokens
        while (
            last + 1 < len(tokens)
            and tokens[last].text == "-"
            and (tokens[last - 1].end == tokens[last].start and tokens[last].end == tokens[last + 1].start)
        ):
            last += 2
        while (
            last < len(tokens)
            and tokens[last].pos == "PROPN"
            and tokens[last].relation in ("flat", "flat:name")
            and (name.first <= tokens[last].head < last)
        ):
            last += 1
        return Name(first=name.first, last=last, kind=name.kind) if name.kind == "PER" else name

    def _trimmed(self, name: Name) -> tuple[int, int, str]:
        """The name without titles, offices and quotation marks at its rim, with its kind mended from lists."""
        first, last = name.first, name.last
        while first < last and self._is_trimming(self.tokens[first], last - first):
            first += 1
        while last > first and self.tokens[last - 1].pos == "PUNCT":
            last -= 1
        if last > first and name.kind == "PER":
            first = self._with_particle(first, last)
        return first, last, self._mended_kind(first, last, name.kind) if last > first else name.kind

    def _with_particle(self, first: int, last: int) -> int:
        """Where "Von der Leyen" begins: models take a "Von" that opens a sentence for a preposition."""
        prefixes = self.lexicon.grammar["words"]["name_prefixes"]
        tail = " ".join(token.text for token in self.tokens[first:last])
        start = first
        while (
            start > 0
            and self.tokens[start - 1].text.casefold() in prefixes
            and (self.tokens[start - 1].sentence == self.tokens[first].sentence)
        ):
            start -= 1
        whole = fold_name(" ".join(token.text for token in self.tokens[start:last]))
        known = any(fold_name(" ".join(t.text for t in self.tokens[n.first : n.last])).endswith(" " + whole)
                    for n in self.analysis.names if n.last - n.first > last - start)  # fmt: skip
        return start if start < first and known and tail else first

    def _is_trimming(self, token: Token, length: int) -> bool:
        if token.pos == "PUNCT" or token.text in self.lexicon.titles:
            return True
        return length > 1 and token.pos == "NOUN" and self.lexicon.office(token.lemma) is not None

    def _mended_kind(self, first: int, last: int, kind: str) -> str:
        text = self._raw(first, last)
        for form in (text, text.removesuffix("s")):
            if form in self.lexicon.state_names:
                return "LOC"
        words = text.split()
        if (
            len(words) > 1
            and words[0] in self.lexicon.first_names
            and kind in ("LOC", "MISC")
            and (text not in self.lexicon.places)
        ):
            return "PER"
        if (
            kind == "PER"
            and len(words) == 1
            and text in self.lexicon.places
            and text not in self.lexicon.surnames_first
        ):
            return "LOC"
        return kind

    def _raw(self, first: int, last: int) -> str:
        """The words of a run of tokens as written, on one line."""
        words = self.tokens[first].text
        for before, token in zip(self.tokens[first:last], self.tokens[first + 1 : last], strict=False):
            words += ("" if before.end == token.start else " ") + token.text
        return words

    def base_form(self, first: int, last: int) -> str:
        """The name without a genitive ending: "Putins" is Putin where the text or a list knows Putin."""
        text = self._raw(first, last)
        ending = self.lexicon.grammar["words"].get("genitive", "")
        for mark in ("’s", "'s", "’", "'"):
            if text.endswith(mark) and len(text) > len(mark) + 2:
                return text[: -len(mark)].rstrip()
        if ending and text.endswith(ending) and len(text) > 3:
            base = text[: -len(ending)]
            known = (
                self._seen[base]
                or base in self.lexicon.places
                or base in self.lexicon.state_names
                or any(other.endswith(" " + base) or other.startswith(base + " ") for other in self._seen)
            )
            last_token = self.tokens[last - 1]
            if known or (last_token.feature("Case") == "Gen" and not text.endswith("ss")):
                return base
        return text

    # ------------------------------------------------------------ persons

    def _read_persons(self, spans: list[tuple[int, int]]) -> None:
        full: dict[str, Entity] = {}
        short: list[tuple[int, int, str]] = []
        for first, last in spans:
            name = self.base_form(first, last)
            if self._is_surname(name):
                short.append((first, last, name))
                continue
            entity = full.get(fold_name(name)) or self._same_person(name, full.values())
            if entity is None:
                entity = self._add(Entity(name=name, kind="person", gender=self._gender(name)))
            full[fold_name(name)] = entity
            self._place(entity, first, last, "name", "actors#full_name", name)
        single: dict[str, Entity] = {}
        bearers = _distinct(full)
        for first, last, name in short:
            entity = self._bearer(name, first, bearers)
            rule = "actors#surname"
            if entity is None:
                entity = single.get(fold_name(name))
                rule = "actors#single_name"
            if entity is None:
                entity = self._add(Entity(name=name, kind="person", gender=self._gender(name)))
                single[fold_name(name)] = entity
            self._place(entity, first, last, "name", rule, name)

    def _is_surname(self, name: str) -> bool:
        """Whether a name is a single word, or a family name with its particle ("von der Leyen")."""
        words = name.split()
        return len(words) == 1 or words[0].casefold() in self.lexicon.grammar["words"]["name_prefixes"]

    def _same_person(self, name: str, known: Iterable[Entity]) -> Entity | None:
        """A person with the same first and last name, less middle initials."""
        words = fold_name(name).split()
        for entity in known:
            other = fold_name(entity.name).split()
            if (
                words[0] == other[0]
                and words[-1] == other[-1]
                and min(len(words), len(other)) == 2
                and (all(len(w) == 1 for w in (words if len(words) > 2 else other)[1:-1]))
            ):
                return entity
        return None

    def surname(self, name: str) -> str:
        """The family name, as a text uses it alone: the first word where the culture puts it first."""
        words = name.split()
        if words[0] in self.lexicon.surnames_first and words[0] not in self.lexicon.first_names:
            return words[0]
        prefixes = self.lexicon.grammar["words"].get("name_prefixes", [])
        at = next((i for i, word in enumerate(words) if i and word in prefixes), len(words) - 1)
        return " ".join(words[at:])

    def _bearer(self, name: str, first: int, persons: list[Entity]) -> Entity | None:
        """Whom a single name means: the one full name that bears it, else the one most spoken of."""
        folded = fold_name(name)
        fits = [p for p in persons if fold_name(self.surname(p.name)) == folded]
        fits = fits or [p for p in persons if folded.split()[-1] == fold_name(p.name).split()[-1]]
        if not fits:
            fits = [p for p in persons if fold_name(p.name).split()[0] == folded]
            named = [p for p in fits if min(p.mentions) < first]
            fits = named if len(named) == 1 else fits  # of two with one first name the one named so far
        if len(fits) < 2:
            return fits[0] if fits else None
        return self._likeliest(fits, first)

    def _likeliest(self, fits: list[Entity], at: int) -> Entity | None:
        """Of several bearers of a surname the one meant here, None where the text leaves it open.

        Named in full before in the sentence; else, less those whom the text has let die, the one named in full most
        often; between equals the last named.
        """
        sentence = self.tokens[at].sentence
        near = [p for p in fits if any(self.tokens[h].sentence == sentence and h < at for h in p.mentions)]
        if len(near) == 1:
            return near[0]
        living = [p for p in fits if not self._has_died(p, at)] or fits
        if len(living) == 1:
            return living[0]
        ranked = sorted(living, key=lambda p: (-len(p.mentions), min(p.mentions)))
        if len(ranked[0].mentions) > len(ranked[1].mentions):
            return ranked[0]
        before = [p for p in living if min(p.mentions) < at]
        if not before:  # a headline speaks of whom the lead names first
            return min(living, key=lambda p: min(p.mentions))
        return max(before, key=lambda p: max(h for h in p.mentions if h < at))

    def _has_died(self, person: Entity, at: int) -> bool:
        """Whether the text calls somebody dead, or has told the death before this place."""
        words = self.lexicon.grammar["words"]["dead"]
        for head in person.mentions:
            below = [self.tokens[c] for c in self.analysis.children[head]]
            if any(t.text.casefold().startswith(word) for t in below if t.pos in ("ADJ", "VERB") for word in words):
                return True
            verb = self.lexicon.verbs.get(self.tokens[self.tokens[head].head].lemma)
            if head < at and verb is not None and verb.concept == "die" and self.tokens[head].relation == "nsubj":
                return True
        return False

    def _gender(self, name: str) -> str:
        gender = self.lexicon.first_names.get(name.split()[0], "")
        return gender if gender in ("m", "f") else ""

    # ------------------------------------------------------------ states, places, organisations

    def _read_other(self, first: int, last: int, kind: str) -> None:
        name = self.base_form(first, last)
        state = self.lexicon.state_names.get(name)
        if state is not None:
            self._place(self._state(state), first, last, "name", "actors#state", name)
            return
        if kind == "MISC" and self.tokens[last - 1].pos not in ("PROPN", "NOUN"):
            return
        if (known := self.lexicon.state_demonyms.get(name)) is not None:
            self._place(self._state(known), first, last, "name", "actors#demonym", name)
            return
        wanted: ActorKind = "place" if kind == "LOC" else "organisation"
        if kind == "MISC":
            return
        name = self._nominative(name, first, last)
        canonical = self.lexicon.places.get(name, name) if kind == "LOC" else name
        if canonical.isupper() and len(canonical) > 3 and kind == "LOC":
            canonical = canonical.title()  # "SEOUL" in a dateline
        fold = fold_place if kind == "LOC" else fold_name
        entity = next(
            (e for e in self.entities if e.kind == wanted and fold(e.name) in (fold(name), fold(canonical))),
            None,
        )
        entity = entity or self._add(Entity(name=canonical, kind=wanted))
        self._place(entity, first, last, "name", f"actors#{wanted}", name)

    def _nominative(self, name: str, first: int, last: int) -> str:
        """A name with adjectives as it is called: "Vereinte Nationen", not "Vereinten Nationen"."""
        endings = self.lexicon.grammar["words"].get("adjective_endings", {})
        noun = next((t for t in self.tokens[first:last] if t.pos in ("NOUN", "PROPN")), None)
        if noun is None or not endings or last - first < 2:
            return name
        ending = endings["Plur" if noun.feature("Number") == "Plur" else noun.feature("Gender") or "Fem"]
        words = name.split(" ")
        for position, token in enumerate(self.tokens[first : noun.index]):
            if token.pos == "ADJ" and token.text.endswith(("en", "em")) and position < len(words):
                words[position] = token.text[:-2] + ending
        return " ".join(words)

    def _read_states(self) -> None:
        """States that the model did not see as names: government words, demonyms, prefixes of compounds."""
        for token in self.tokens:
            if token.index in self.inside or token.pos not in ("PROPN", "NOUN"):
                continue
            lists = (self.lexicon.state_names, self.lexicon.state_governments, self.lexicon.state_demonyms)
            for words in lists:
                state = words.get(token.text) or words.get(token.text.removesuffix("s")) or words.get(token.lemma)
                if state is not None:
                    rule = "actors#demonym" if words is self.lexicon.state_demonyms else "actors#state"
                    self._place(self._state(state), token.index, token.index + 1, "name", rule, token.text)
                    break

    def _join_short_states(self) -> None:
        """ "The North", "der Norden" beside North Korea: the one state of the text whose name begins so."""
        ending = self.lexicon.grammar["words"]["direction_ending"]
        for entity in [e for e in self.entities if e.kind in ("place", "organisation")]:
            stem = entity.name.removesuffix(ending)
            if stem not in self.lexicon.grammar["words"]["directions"]:
                continue
            states = [e for e in self.entities if e.state and e.name.startswith(stem) and e.name != stem]
            if len(states) == 1:
                self._merge(states[0], entity)

    def _read_capitals(self) -> None:
        """“Moskau kritisiert Washington”: a capital that acts, or is dealt with, is the government that sits there.

        Of two, the one that is known by its seat: Brüssel is the Union, not Belgium.
        """
        for head, (entity, *_) in list(self.at.items()):
            token = self.tokens[head]
            seats = self.lexicon.state_capitals | self.lexicon.state_governments
            state = seats.get(entity.name) if entity.kind == "place" else None
            if state is None or not self._acts(token):
                continue
            first, last = self._extent(entity, head)
            del entity.mentions[head]
            self._place(self._state(state), first, last, "name", "actors#capital for the government", "")
        self.entities = [entity for entity in self.entities if entity.mentions]

    def _acts(self, token: Token) -> bool:
        """Subject of a verb, or partner in "zwischen Washington und Moskau"."""
        top = token
        while top.relation == "conj" and top.head != top.index:
            top = self.tokens[top.head]
        if top.relation == "nsubj":
            return self.tokens[top.head].pos == "VERB"
        cases = {
            self.tokens[c].text.casefold()
            for c in self.analysis.children[top.index]
            if self.tokens[c].relation == "case"
        }
        return bool(cases & set(self.lexicon.grammar["prepositions"]["between"]))

    def _state(self, state: State) -> Entity:
        for entity in self.entities:
            if entity.state == state.iso:
                return entity
        return self._add(Entity(name=state.name, kind="state", state=state.iso))

    def _read_brackets(self) -> None:
        """“Vereinte Nationen (UN)”: the short form in brackets is another name of the same body."""
        by_name = {fold_name(name): e for e in self.entities for name in (e.name, *e.aliases)}
        for head, entities in list(self.at.items()):
            last = self._extent(entities[0], head)[1]
            if last + 2 < len(self.tokens) and self.tokens[last].text == "(" and self.tokens[last + 2].text == ")":
                short = self.tokens[last + 1].text
                other = by_name.get(fold_name(short))
                if (
                    short.isupper()
                    and 2 <= len(short) <= 6
                    and entities[0].kind == "organisation"
                    and (other is not None and other is not entities[0] and other.kind == "organisation")
                ):
                    self._merge(entities[0], other)

    def _merge(self, into: Entity, other: Entity) -> None:
        into.aliases += [other.name, *other.aliases]
        into.mentions |= other.mentions
        for head, entities in self.at.items():
            self.at[head] = tuple(into if e is other else e for e in entities)
        self.entities.remove(other)

    def _extent(self, entity: Entity, head: int) -> tuple[int, int]:
        row = entity.mentions[head]
        return row[0], row[1]

    # ------------------------------------------------------------ offices

    def _bind_offices(self) -> None:
        """“Präsident Wladimir Putin”, "Putin, der russische Präsident": the text says who holds what."""
        for token in self.tokens:
            office = self._office(token)
            if office is None or office.kind not in ("person", "relative", "organisation"):
                continue
            entity = self._holder(token, "organisation" if office.kind == "organisation" else "person")
            if entity is None:
                continue
            self.inside[token.index] = self._head_of_holder(token, entity)
            if office.kind == "relative":  # "Kims Vater Kim Jong Il": the noun is part of the name, and binds nothing
                continue
            binding = OfficeBinding(
                lemma=token.lemma, state=self.office_state(token, office), former=self._is_former(token)
            )
            entity.offices.append(binding)
            if not entity.gender and office.gender in ("m", "f"):
                entity.gender = office.gender

    def _head_of_holder(self, token: Token, entity: Entity) -> int:
        return min(entity.mentions, key=lambda head: abs(head - token.index))

    def _office(self, token: Token) -> Office | None:
        if token.pos not in ("NOUN", "PROPN") or token.index in self.inside:
            return None
        return self.lexicon.office(token.lemma) or self.lexicon.office(token.text)

    def _holder(self, token: Token, kind: str) -> Entity | None:
        """The person or body named right after the noun for it, or in apposition with it."""
        after = token.index + 1
        while after < len(self.tokens) and self.tokens[after].text in self.lexicon.titles:
            after += 1
        head = self.inside.get(after)
        if head is not None and self.tokens[head].sentence == token.sentence:
            entity = self.at[head][0]
            beside = self._extent(entity, head)[0] == after and not self._is_other_member(token, self.tokens[head])
            if entity.kind == kind and beside:
                return entity
        if token.relation == "appos" and (above := self.inside.get(token.head)) is not None:
            entity = self.at[above][0]
            return entity if entity.kind == kind else None
        for child in self.analysis.children[token.index]:
            if self.tokens[child].relation == "appos" and (below := self.inside.get(child)) is not None:
                entity = self.at[below][0]
                return entity if entity.kind == kind else None
        return None

    @staticmethod
    def _is_other_member(office: Token, name: Token) -> bool:
        """“Dass Agenten Sergej Skripal vergifteten”: subject and object of one verb are two."""
        core = {"nsubj", "nsubj:pass", "obj", "iobj", "obl:arg"}
        both = {office.relation, name.relation}
        # Models take "US-Präsident George Bush" for subject and object, too; then case and number agree.
        cases = {office.feature("Case"), name.feature("Case")} - {""}
        apart = office.feature("Number") == "Plur" or len(cases) == 2
        return office.head == name.head and len(both) == 2 and both <= core and apart

    def office_state(self, token: Token, office: Office) -> str:
        """ISO code of the state that an office noun is said to belong to, "" where the text leaves it open."""
        if office.state:
            return office.state
        prefix = token.text.split("-")[0]
        if "-" in token.text and (state := self.lexicon.state_names.get(prefix)) is not None:
            return state.iso
        near = [*self.analysis.children[token.index], *range(max(0, token.index - 2), token.index)]
        for index in near:
            neighbour = self.tokens[index]
            if neighbour.sentence != token.sentence:
                continue
            if neighbour.pos == "ADJ" and (state := self.lexicon.adjective_state(neighbour.text)) is not None:
                return state.iso
            entities = self.at.get(self.inside.get(index, index), ())
            if entities and entities[0].state and neighbour.relation in ("nmod", "nmod:poss"):
                return entities[0].state
        return ""

    def _is_former(self, token: Token) -> bool:
        words = self.lexicon.grammar["words"]["former"]
        around = [self.tokens[i] for i in (*self.analysis.children[token.index], token.index - 1) if i >= 0]
        return any(t.text.casefold().startswith(word) for t in around if t.pos == "ADJ" for word in words) or (
            token.text.casefold().startswith("ex-")
        )

    def _resolve_offices(self) -> None:
        """An office alone goes to the one person who is said to hold it, or becomes an actor by its noun."""
        for token in self.tokens:
            if (office := self._office(token)) is None:
                continue
            entity = self._bound(token, office) if office.kind in ("person", "organisation") else None
            if entity is not None:
                self._place(entity, token.index, token.index + 1, "role", "actors#office", "")
            else:
                self._describe(token, office)

    def _bound(self, token: Token, office: Office) -> Entity | None:
        state, former = self.office_state(token, office), self._is_former(token)
        plural = self._is_plural(token)
        words = {t.text.casefold() for t in self.tokens[max(0, token.index - 3) : token.index]}
        indefinite = words & set(self.lexicon.grammar["words"]["indefinite"])
        if plural or (indefinite and not state):
            return None
        fits = [
            (abs(min(entity.mentions, key=lambda h: abs(h - token.index)) - token.index), number, entity)
            for number, entity in enumerate(self.entities)
            for binding in entity.offices
            if binding.former == former
            and _same_office(binding.lemma, token.lemma)
            and (not state or not binding.state or state == binding.state)
        ]
        holders = {id(entity) for _, _, entity in fits}
        if len(holders) == 1:
            return fits[0][2]
        exact = [fit for fit in fits if any(b.state == state and state for b in fit[2].offices)]
        return exact[0][2] if len({id(f[2]) for f in exact}) == 1 else None

    def _is_plural(self, token: Token) -> bool:
        """Number by the verb where the noun is its subject ("Nordkoreas Machthaber sucht"), else by the noun."""
        if token.relation.startswith("nsubj"):
            verb = self.tokens[token.head]
            finite = [
                self.tokens[c]
                for c in self.analysis.children[verb.index]
                if self.tokens[c].relation in ("aux", "aux:pass", "cop") and self.tokens[c].feature("Number")
            ]
            number = (finite or [verb])[0].feature("Number")
            if number:
                return number == "Plur"
        return token.feature("Number") == "Plur"

    def _describe(self, token: Token, office: Office) -> None:
        name = token.text if token.feature("Case") in ("Nom", "") else token.lemma
        kind: ActorKind = {"person": "person", "relative": "person", "group": "group"}.get(office.kind, "organisation")  # type: ignore[assignment]
        if kind == "person" and self._is_plural(token):
            kind = "group"
        words = {t.text.casefold() for t in self.tokens[max(0, token.index - 2) : token.index]}
        new = words & set(self.lexicon.grammar["words"]["indefinite"])
        entity = None if new else next((e for e in reversed(self.entities) if e.described and e.name == name), None)
        entity = entity or self._add(Entity(name=name, kind=kind, described=True, gender=office.gender))
        self._place(entity, token.index, token.index + 1, "role", "actors#described", "")

    def _read_place_nouns(self) -> None:
        """“Im Rathaus”, "ins Brunecker Krankenhaus": a place that only a noun names, with what tells which."""
        words, prepositions = self.lexicon.grammar["words"], self.lexicon.grammar["prepositions"]
        local = {*prepositions["place"], *prepositions["goal"]}
        for token in self.tokens:
            if token.pos != "NOUN" or token.index in self.inside or token.relation not in ("obl", "nmod", "obl:arg"):
                continue
            if not token.text.casefold().endswith(tuple(words["place_nouns"])):
                continue
            below = [self.tokens[c] for c in self.analysis.children[token.index]]
            if not any(t.relation == "case" and t.text.casefold() in local for t in below):
                continue
            if any(t.index in self.inside and t.relation in ("appos", "flat", "flat:name", "nmod") for t in below):
                continue  # "die Insel Russki" has a name
            which = [t.text for t in below if t.relation == "amod" and t.text[:1].isupper()]
            name = " ".join([*which, token.lemma])
            entity = next((e for e in self.entities if e.kind == "place" and e.name == name), None)
            entity = entity or self._add(Entity(name=name, kind="place", described=True))
            self._place(entity, token.index, token.index + 1, "role", "actors#place noun", "")

    # ------------------------------------------------------------ bookkeeping

    def _add(self, entity: Entity) -> Entity:
        self.entities.append(entity)
        return entity

    def _place(self, entity: Entity, first: int, last: int, form: str, rule: str, alias: str) -> None:
        inner = range(first, last)
        head = next((i for i in inner if self.tokens[i].head not in inner or self.tokens[i].head == i), first)
        entity.mentions[head] = (first, last, form, rule)
        if alias and alias not in entity.aliases:
            entity.aliases.append(alias)
        self.at[head] = (entity,)
        for index in inner:
            self.inside[index] = head


def _distinct(full: Mapping[str, Entity]) -> list[Entity]:
    return list(dict.fromkeys(full.values()))


def _same_office(left: str, right: str) -> bool:
    """Whether two office nouns may name one office: equal, or one is the head of the other's compound."""
    a, b = left.rpartition("-")[2].casefold(), right.rpartition("-")[2].casefold()
    return a == b or a.endswith(b) or b.endswith(a)


def joined(analysis: Analysis, cast: Cast, index: int) -> list[int]:
    """A noun and those joined to it by "and", whichever word of a name they hang on."""
    head = cast.inside.get(index, index)
    span = cast.at[head][0].mentions.get(head) if cast.at.get(head) else None
    inner = range(span[0], span[1]) if span is not None else (index,)
    tops = dict.fromkeys((index, head, *inner))
    below = [c for top in tops for c in analysis.children[top] if _is_conjunct(analysis, c)]
    return [index, *(below or _conjunct_beside(analysis, head, max(inner)))]


def _conjunct_beside(analysis: Analysis, head: int, last: int) -> list[int]:
    """“Kim und Südkoreas Präsident Moon” where the model hangs the second on the verb, too."""
    tokens = analysis.tokens
    if last + 1 >= len(tokens) or tokens[last + 1].pos != "CCONJ" or tokens[head].head == head:
        return []
    beside = [
        c for c in analysis.children[tokens[head].head] if c > last and tokens[c].relation in ("dep", "appos", "conj")
    ]
    return [c for c in beside[:1] if tokens[c].pos in ("NOUN", "PROPN") and c - last < 8]


def _is_conjunct(analysis: Analysis, index: int) -> bool:
    """Whether "and" joins a noun to the one above; models call "und Südkoreas Präsident Moon" an apposition, too."""
    relation = analysis.tokens[index].relation
    joins = any(analysis.tokens[c].relation == "cc" for c in analysis.children[index])
    return relation == "conj" or (relation in ("appos", "dep") and joins)
