"""Links that the text states between events of one document, each with the words that state it.

An order that only follows from dates is no link. "Nach dem Gipfel reiste er ab" says `before` by its preposition,
"nachdem" by its conjunction, "Stunden später" by its adverb; "wegen" and "daraufhin" say `causes`; "bei ihrem
Gipfel" says `part_of`. A plan and its fulfilment are linked by agent and concept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from events.analysis import Analysis
from events.clauses import Clause, ClauseTree
from events.drafts import Draft
from events.lexicon import Lexicon
from events.mentions import by_clause
from events.model import LinkKind, Span


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A link in terms of groups: their positions in the list of events."""

    source: int
    target: int
    kind: LinkKind
    evidence: Span | None
    rule: str


class LinkFinder:
    """Finds the links of one document."""

    def __init__(self, text: str, clauses: ClauseTree, groups: Sequence[Sequence[Draft]], lexicon: Lexicon) -> None:
        self.text, self.clauses, self.groups = text, clauses, groups
        self.analysis: Analysis = clauses.analysis
        self.tokens = self.analysis.tokens
        self.words = lexicon.grammar["connectives"]
        self.group_of: Mapping[int, int] = {d.token: n for n, members in enumerate(groups) for d in members}
        self.drafts = sorted((d for members in groups for d in members), key=lambda d: d.token)
        self.by_clause = by_clause([d.trigger for d in self.drafts])

    def find(self) -> tuple[Tie, ...]:
        """Each pair and kind once, the first words that state it."""
        found: dict[tuple[int, int, str], Tie] = {}
        for tie in (*self._of_phrases(), *self._of_clauses(), *self._of_adverbs(), *self._of_plans()):
            if tie.source != tie.target:
                found.setdefault((tie.source, tie.target, tie.kind), tie)
        return tuple(found[key] for key in sorted(found))

    def _of_phrases(self) -> Iterator[Tie]:
        """An event noun with a preposition, beside the verb of its clause."""
        for draft in self.drafts:
            carrier = self.by_clause.get(draft.trigger.clause.head)
            if not draft.trigger.is_noun or draft.trigger.carried or carrier is None or carrier.token == draft.token:
                continue
            case = next((c for c in self.analysis.children[draft.token] if self.tokens[c].relation == "case"), None)
            if case is None or self.tokens[draft.token].head != draft.trigger.clause.head:
                continue
            kind = self._kind_of(self.tokens[case].text.casefold())
            if kind is None:
                continue
            span = Span(start=self.tokens[case].start, end=self.tokens[draft.token].end)
            yield self._tie(draft.token, carrier.token, kind, span, f"links#{self.tokens[case].text.casefold()}")

    def _kind_of(self, word: str) -> str | None:
        for kind in ("after_prepositions", "before_prepositions", "cause_prepositions", "part"):
            if word in self.words.get(kind, ()):
                return kind
        return None

    def _tie(self, noun: int, verb: int, kind: str, span: Span | None, rule: str) -> Tie:
        inner, outer = self.group_of[noun], self.group_of[verb]
        if kind == "before_prepositions":
            return Tie(source=outer, target=inner, kind="before", evidence=span, rule=rule)
        if kind == "part":
            return Tie(source=outer, target=inner, kind="part_of", evidence=span, rule=rule)
        link: LinkKind = "causes" if kind == "cause_prepositions" else "before"
        return Tie(source=inner, target=outer, kind=link, evidence=span, rule=rule)

    def _of_clauses(self) -> Iterator[Tie]:
        """“nachdem”, "bevor", "weil": a clause and the one that it hangs on."""
        for clause in self.clauses:
            if not clause.marker or clause.parent is None:
                continue
            inner, outer = self.by_clause.get(clause.head), self.by_clause.get(clause.parent)
            if inner is None or outer is None:
                continue
            for key, kind in (
                ("after_conjunctions", "after_prepositions"),
                ("before_conjunctions", "before_prepositions"),
                ("cause_conjunctions", "cause_prepositions"),
            ):
                if clause.marker in self.words.get(key, ()):
                    yield self._tie(inner.token, outer.token, kind, self._span(clause), f"links#{clause.marker}")

    def _of_adverbs(self) -> Iterator[Tie]:
        """“Stunden später”, "zuvor": a clause and the event told before it in the paragraph."""
        for draft in self.drafts:
            if draft.token != draft.trigger.clause.head and not draft.trigger.carried:
                continue
            before = self._told_before(draft)
            if before is None:
                continue
            start, end = draft.trigger.clause.span
            words = self.text[start:end]
            for key, forward in (("consequence", True), ("after", True), ("before", False)):
                match = _first_match(words, self.words[key])
                if match is None:
                    continue
                span = Span(start=start + match.start(), end=start + match.end())
                pair = (before, self.group_of[draft.token]) if forward else (self.group_of[draft.token], before)
                kind: LinkKind = "causes" if key == "consequence" else "before"
                yield Tie(
                    source=pair[0], target=pair[1], kind=kind, evidence=span, rule=f"links#{match.group().casefold()}"
                )
                break

    def _told_before(self, draft: Draft) -> int | None:
        earlier = [
            d
            for d in self.drafts
            if d.token < draft.token
            and d.block == draft.block
            and draft.sentence - d.sentence <= 1
            and d.trigger.clause.head != draft.trigger.clause.head
            and d.trigger.category == "event"
            and (d.token == d.trigger.clause.head or d.trigger.carried)
        ]
        return self.group_of[earlier[-1].token] if earlier else None

    def _of_plans(self) -> Iterator[Tie]:
        """A plan and what the same text tells as done: same concept, same agent, no earlier date."""
        for plan, planned in enumerate(self.groups):
            if planned[0].modality.status != "planned" or not planned[0].trigger.concept:
                continue
            for deed, done in enumerate(self.groups):
                first = done[0]
                if first.trigger.concept != planned[0].trigger.concept or first.modality.status not in (
                    "occurred",
                    "cancelled",
                ):
                    continue
                dates = [d.when for d in done if d.when is not None]
                goal = [d.when for d in planned if d.when is not None]
                if _persons(done) & _persons(planned) and dates and goal and dates[0].may_overlap(goal[0]):
                    kind: LinkKind = "fulfils" if first.modality.status == "occurred" else "overtakes"
                    yield Tie(
                        source=deed, target=plan, kind=kind, evidence=None, rule="links#same concept, actors and day"
                    )

    def _span(self, clause: Clause) -> Span:
        start, end = clause.span
        return Span(start=start, end=end)


def _persons(drafts: Sequence[Draft]) -> frozenset[object]:
    return frozenset(entity for draft in drafts for entity in draft.actors)


def _first_match(words: str, phrases: Sequence[str]) -> re.Match[str] | None:
    """The longest listed phrase that the words hold."""
    for phrase in sorted(phrases, key=len, reverse=True):
        if (match := re.search(rf"\b{re.escape(phrase)}\b", words, re.IGNORECASE)) is not None:
            return match
    return None
