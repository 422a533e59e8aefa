"""When a mention says that its event happened: by the time expression that governs it, else by what stands around.

Order of the rules: the expression that hangs on the trigger; one shared over "and"; a connective that counts from the
event told before ("Stunden später"); the time of the narrative, where a paragraph goes on in the same tense; for the
news that a dated document opens with, the day of publication. Whatever none of them reaches has no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from events.analysis import Analysis
from events.clauses import Clause, ClauseTree
from events.lexicon import Lexicon
from events.mentions import Trigger, by_clause
from events.model import ZoneKind
from events.timex import TimeExpression
from events.when import When

_PAST = ("past", "perfect", "pluperfect")


@dataclass(frozen=True, kw_only=True)
class Timed:
    """A time expression and the token that it hangs by."""

    expression: TimeExpression
    head: int
    tokens: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A date that opens a line, with the stretch of text that it governs."""

    when: When
    start: int
    end: int
    members: range  # positions of its expressions


def place_expressions(expressions: Sequence[TimeExpression], analysis: Analysis) -> tuple[Timed, ...]:
    """Each expression with its tokens; one that covers no token is left out."""
    placed, position, tokens = [], 0, analysis.tokens
    for expression in sorted(expressions, key=lambda e: e.start):
        while position < len(tokens) and tokens[position].end <= expression.start:
            position += 1
        inner, at = [], position
        while at < len(tokens) and tokens[at].start < expression.end:
            inner.append(at)
            at += 1
        if inner:
            head = next((i for i in inner if tokens[i].head not in inner or tokens[i].head == i), inner[-1])
            placed.append(Timed(expression=expression, head=head, tokens=tuple(inner)))
    return tuple(placed)


class Anchorer:
    """Anchors the triggers of one document in time."""

    def __init__(
        self, clauses: ClauseTree, triggers: Sequence[Trigger], timed: Sequence[Timed], lexicon: Lexicon, text: str
    ) -> None:
        self.clauses, self.triggers, self.timed, self.text = clauses, triggers, timed, text
        self.analysis = clauses.analysis
        self.tokens = self.analysis.tokens
        self.grammar = lexicon.grammar
        self.by_token = {trigger.token: trigger for trigger in triggers}
        self.by_clause = by_clause(triggers)

    def anchor(self) -> dict[int, When]:
        """The When of each trigger that has one, by token."""
        own: dict[int, list[When]] = {}
        once_planned: dict[int, list[When]] = {}
        headings = list(self._headings())
        opening = {position for heading in headings for position in heading.members}
        for position, timed in enumerate(self.timed):
            when = timed.expression.period or timed.expression.when
            if when is None or timed.expression.type == "SET" or position in opening:
                continue
            target = self._target(timed)
            if target is not None and not self._only_since(timed, self.by_token[target]):
                rows = once_planned if self._was_planned_for(timed, self.by_token[target]) else own
                rows.setdefault(target, []).append(when)
        whens = {token: max(found, key=_fineness) for token, found in own.items()}
        self._head_lines(headings, whens)
        for token, found in once_planned.items():
            whens.setdefault(token, max(found, key=_fineness))
        for trigger in self.triggers:
            if trigger.token not in whens:
                when = self._shared(trigger, whens) or self._connected(trigger, whens) or self._narrated(trigger, whens)
                if when is not None:
                    whens[trigger.token] = when
        return whens

    def _was_planned_for(self, timed: Timed, trigger: Trigger) -> bool:
        """In "sagt am Donnerstag den für Juni geplanten Gipfel ab" June is not when it was called off."""
        if trigger.aspect != "cancel" or not trigger.is_noun:
            return False
        above = [timed.head, *self.analysis.ancestors(timed.head)]
        return trigger.token in above and any(
            self.tokens[i].relation in ("amod", "acl", "nmod") for i in above[: above.index(trigger.token)]
        )

    def _only_since(self, timed: Timed, trigger: Trigger) -> bool:
        """“Erster Besuch seit neun Jahren”: since when there was none, not when there was one."""
        lasting = trigger.category in ("process", "weak") or (not trigger.is_noun and trigger.clause.tense == "present")
        return timed.expression.relation == "since" and not lasting

    def connect(self, whens: Mapping[int, When]) -> dict[int, When]:
        """The dates that connectives give to triggers without one, counted from `whens`."""
        found = {t.token: self._connected(t, whens) for t in self.triggers if t.token not in whens}
        return {token: when for token, when in found.items() if when is not None}

    def _head_lines(self, headings: Sequence[Heading], whens: dict[int, When]) -> None:
        """A date that opens a line of a chronology ("12. Juni 2018: ...") governs all that the line tells undated."""
        for heading in headings:
            for trigger in self.triggers:
                at = self.tokens[trigger.token].start
                told = trigger.token == trigger.clause.head or trigger.carried or self._stands_alone(trigger)
                if heading.start <= at < heading.end and trigger.token not in whens and told:
                    whens[trigger.token] = heading.when

    def _headings(self) -> Iterator[Heading]:
        """The dates that open a line; "13. bis 15. Juni 2000:" is one."""
        rows = list(self.timed)
        for position, timed in enumerate(rows):
            first = timed.expression
            when = first.period or first.when
            if when is None or self.text[self.text.rfind("\n", 0, first.start) + 1 : first.start].strip(" *-–•\t"):
                continue
            last = position
            while last + 1 < len(rows) and rows[last + 1].expression.period == first.period != first.when:
                last += 1
            end = rows[last].expression.end
            if first.heading or re.match(r"\s?(:|–|-|—)\s", self.text[end : end + 3]):
                line = self.text.find("\n", end)
                yield Heading(
                    when=when, start=end, end=len(self.text) if line < 0 else line, members=range(position, last + 1)
                )

    def _stands_alone(self, trigger: Trigger) -> bool:
        """A noun that is told itself, without a verb: "12. Februar 2013: Dritter Atomtest"."""
        return trigger.is_noun and trigger.clause.predicate.pos not in ("VERB", "AUX")

    # ------------------------------------------------------------ the governing expression

    def _target(self, timed: Timed) -> int | None:
        """The trigger that an expression governs: the first one up the tree, within its clause."""
        index = timed.head
        if index in self.by_token:
            return index
        clause = self._own_clause(index)
        if clause != self.clauses.clause_of[index]:
            trigger = self.by_clause.get(clause)
            return trigger.token if trigger is not None else None
        for above in self.analysis.ancestors(index):
            if above in self.by_token and self.clauses.clause_of[above] == clause:
                return above
            if above == clause:
                break
        trigger = self.by_clause.get(clause)
        return trigger.token if trigger is not None else None

    def _own_clause(self, index: int) -> int:
        """The clause of a token, or the verb of saying that stands between the two.

        In "... reiche nicht aus, sagte sie am Donnerstag" models hang the day on what was said.
        """
        head = self.clauses.clause_of[index]
        parent = self.clauses.clauses[head].parent
        if parent is None or not head < parent < index:
            return head
        says = self.by_clause.get(parent)
        return parent if says is not None and says.category == "saying" else head

    # ------------------------------------------------------------ what stands around

    def _shared(self, trigger: Trigger, whens: Mapping[int, When]) -> When | None:
        """A verb joined by "and" shares the date of the one before it, in the same tense."""
        clause = trigger.clause
        if trigger.is_noun and not trigger.carried:
            return self._of_same_scene(trigger, whens)
        if clause.relation != "conj" or clause.parent is None:
            return None
        other = self.clauses.clauses[clause.parent]
        source = self.by_clause.get(other.head)
        if source is None or source.token not in whens or not _same_time(clause, other):
            return None
        return from_context(whens[source.token], "anchoring#shared over a conjunction", self._words(other))

    def _of_same_scene(self, trigger: Trigger, whens: Mapping[int, When]) -> When | None:
        """A meeting that something happened at ("bei ihrem Gipfel") was when that happened."""
        token = self.tokens[trigger.token]
        word = next(
            (
                self.tokens[c].text.casefold()
                for c in self.analysis.children[trigger.token]
                if self.tokens[c].relation == "case"
            ),
            "",
        )
        carrier = self.by_clause.get(trigger.clause.head)
        if word in self.grammar["connectives"]["part"] and token.head == trigger.clause.head and carrier is not None:
            when = whens.get(carrier.token)
            if when is not None:
                return from_context(when, f"anchoring#{word}", self._words(trigger.clause))
        return None

    def _connected(self, trigger: Trigger, whens: Mapping[int, When]) -> When | None:
        """“Stunden später”, "kurz vor dem Gipfel": the day of the event that the connective counts from."""
        if trigger.is_noun and not trigger.carried:
            return None
        start, end = trigger.clause.span
        words = " ".join(self.text[start:end].casefold().split())
        for key in ("same_day_after", "same_day_before"):
            for phrase in self.grammar["connectives"][key]:
                if re.search(rf"\b{re.escape(phrase)}\b", words):
                    source = self._counted_from(trigger, whens)
                    if source is not None and source.granularity in ("day", "time", "part_of_day"):
                        return replace(
                            without_clock(source),
                            basis="counted",
                            rule=f"anchoring#{key}",
                            text=phrase,
                            counted_from=source.text,
                        )
        return None

    def _counted_from(self, trigger: Trigger, whens: Mapping[int, When]) -> When | None:
        """The event within the clause that is counted from, else the one told before in the same paragraph."""
        inner = [
            t
            for t in self.triggers
            if t.is_noun
            and not t.carried
            and t.clause.head == trigger.clause.head
            and t.token in whens
            and t.token != trigger.token
        ]
        if inner:
            return whens[inner[0].token]
        before = [
            t for t in self.triggers if t.token < trigger.token and t.token in whens and self._distance(t, trigger) <= 2
        ]
        return whens[before[-1].token] if before else None

    def _narrated(self, trigger: Trigger, whens: Mapping[int, When]) -> When | None:
        """The day of the sentence before, where the paragraph goes on telling in the same past tense."""
        clause = trigger.clause
        if (trigger.is_noun and not trigger.carried) or trigger.category != "event" or clause.tense not in _PAST:
            return None
        for other in reversed([t for t in self.triggers if t.token < trigger.token]):
            if self._distance(other, trigger) > 1 or (other.is_noun and not other.carried):
                continue
            when = whens.get(other.token)
            if when is None or other.clause.tense != clause.tense or other.category != "event":
                return None
            if self._goes_on(trigger) and when.granularity in ("day", "time", "part_of_day"):
                return from_context(without_clock(when), "anchoring#narrative", self._words(other.clause))
            return None
        return None

    def _goes_on(self, trigger: Trigger) -> bool:
        """Whether the clause says that it goes on: a pronoun for its subject, or a word like "sofort"."""
        subjects = self.clauses.subjects(trigger.clause)
        follows = self.grammar["connectives"]["after"]
        words = {self.tokens[i].text.casefold() for i in trigger.clause.tokens}
        return any(self.tokens[s].pos == "PRON" for s in subjects) or bool(words & set(follows))

    def _distance(self, before: Trigger, after: Trigger) -> int:
        """Sentences between two triggers, 99 across paragraphs."""
        a, b = self.tokens[before.token].sentence, self.tokens[after.token].sentence
        sentences = self.analysis.sentences
        return b - a if sentences[a].block == sentences[b].block else 99

    def _words(self, clause: Clause) -> str:
        start, end = clause.span
        return self.text[start:end]


def from_context(when: When, rule: str, words: str) -> When:
    """The same days, known from what stands beside."""
    return replace(without_clock(when), basis="context", rule=rule, counted_from=when.text or words, text=when.text)


def without_clock(when: When) -> When:
    """The day alone: what follows "um 20.30 Uhr" did not happen at 20.30."""
    return when if when.clock is None else replace(when, clock=None, granularity="")


def publication_day(day: int, zone: ZoneKind) -> When:
    """The day that a document appeared on, for the news that it opens with."""
    return replace(When.on(day), basis="publication", rule=f"anchoring#publication day of the {zone}")


def _same_time(left: Clause, right: Clause) -> bool:
    return (
        left.tense == right.tense
        or left.tense == "none"
        or (left.tense in ("past", "perfect") and right.tense in ("past", "perfect"))
    )


def _fineness(when: When) -> tuple[int, int]:
    """Finer and bounded ones first."""
    if when.earliest is None or when.latest is None:
        return (0, 0)
    return (1, when.earliest - when.latest)
