"""Which mentions of a document speak of one event.

Mentions are taken in order of certainty and joined into groups. Two groups are one when their kinds fit, nothing
speaks against it (dates that cannot overlap, other participants, other places, plan against fact), and something
speaks for it (the same participants, or a definite noun that points back). Two similar events stay two: without
evidence nothing is joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.actors import Entity
from events.analysis import Analysis
from events.drafts import Draft, is_stated
from events.lexicon import Lexicon
from events.participants import ONLY_PLACE
from events.when import When

# Words for people who come together; an invitation is of the same kind, but no meeting.
_MEETING_CONCEPTS = frozenset({"meet", "talk", "summit", "negotiate", "confer", "receive", "reception", "audience", ""})
_REACH = 12  # sentences back that "das Treffen" points


def meets(draft: Draft) -> bool:
    """Whether a mention speaks of people who come together, by whatever word."""
    return draft.trigger.kind == "meeting" and draft.trigger.concept in _MEETING_CONCEPTS


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A mention and why it belongs to the group."""

    draft: Draft
    rule: str


_NOTHING = (0.0, "")


class _Case:
    """A mention beside a group that it may belong to, with what both share."""

    def __init__(self, draft: Draft, members: list[Joined]) -> None:
        self.draft, self.members = draft, members
        self.actors: set[Entity] = set().union(*(joined.draft.actors for joined in members))
        self.shared = {e for e in draft.actors & self.actors if e.kind != "place"}
        self.is_same_concept = any(_same_concept(draft, joined.draft) for joined in members)
        lemma = any(joined.draft.trigger.lemma == draft.trigger.lemma for joined in members)
        self.is_alike = self.is_same_concept or lemma
        self.is_repeated = lemma and any(joined.draft.block == draft.block for joined in members)

    @property
    def are_other_people(self) -> bool:
        """Both name persons, and nobody is in both."""
        persons: set[Entity] = set().union(*(joined.draft.persons for joined in self.members))
        named = _named(self.draft)
        return bool(named and persons and not named & persons)


class Grouper:
    """Groups the drafts of one document."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon, published: int | None) -> None:
        self.analysis, self.words, self.published = analysis, lexicon.grammar["words"], published
        self.places = lexicon.places

    def group(self, drafts: Sequence[Draft]) -> list[list[Joined]]:
        """Groups in order of their first mention; each mention in exactly one."""
        groups: list[list[Joined]] = []
        pending: list[Draft] = []
        for draft in sorted(drafts, key=lambda d: (-self._weight(d), d.token)):
            if self._points_back(draft):
                pending.append(draft)
                continue
            self._file(draft, groups)
        for draft in sorted(pending, key=lambda d: d.token):
            self._file_reference(draft, groups)
        for members in groups:
            members[1:] = sorted(members[1:], key=lambda joined: joined.draft.token)
        return sorted(groups, key=lambda members: min(j.draft.token for j in members))

    def _weight(self, draft: Draft) -> float:
        """What a mention knows: the rich ones found groups, the poor ones join them."""
        return 2.0 * len(draft.persons) + len(draft.actors) + 2.0 * is_stated(draft.when) + (draft.setting is not None)

    def _points_back(self, draft: Draft) -> bool:
        """“das Treffen”, "die Gespräche": definite, and with nothing of its own to tell which."""
        return draft.trigger.is_noun and not draft.parts and not is_stated(draft.when) and self.is_definite(draft)

    def is_definite(self, draft: Draft) -> bool:
        """Whether a noun stands with a definite article or possessive (also within "beim")."""
        tokens, at = self.analysis.tokens, draft.token
        near = [
            tokens[c]
            for c in self.analysis.children[at]
            if tokens[c].relation in ("det", "case", "det:poss", "nmod:poss")
        ]
        return any(token.text.casefold() in self.words["definite"] for token in near)

    def _file(self, draft: Draft, groups: list[list[Joined]]) -> None:
        best, best_score, rule = None, 0.0, ""
        for members in groups:
            score, why = self._score(draft, members)
            if score > best_score:
                best, best_score, rule = members, score, why
        if best is not None:
            best.append(Joined(draft=draft, rule=f"grouping#{rule}"))
        else:
            groups.append([Joined(draft=draft, rule="")])

    def _score(self, draft: Draft, members: list[Joined]) -> tuple[float, str]:
        """How much speaks for one event, 0 where anything speaks against it."""
        if not all(self._may_be_one(draft, joined.draft) for joined in members):
            return 0.0, ""
        case = _Case(draft, members)
        if draft.trigger.category == "saying" and not case.is_repeated:
            return 0.0, ""
        for evidence in (self._same_pair, self._same_thing, self._same_deed, self._meant_meeting, self._restated,
                         self._dated_alike):  # fmt: skip
            score, why = evidence(case)
            if score:
                return score, why
        return 0.0, ""

    @staticmethod
    def _same_pair(case: _Case) -> tuple[float, str]:
        found = meets(case.draft) and len(case.shared) >= 2
        return (3.0 + len(case.shared), "same pair meets") if found else _NOTHING

    @staticmethod
    def _same_thing(case: _Case) -> tuple[float, str]:
        concept = case.draft.trigger.concept
        things = any(concept and case.draft.things & j.draft.things for j in case.members)
        found = case.is_same_concept and things and not case.are_other_people
        return (2.5, "same deed to the same thing") if found else _NOTHING

    def _same_deed(self, case: _Case) -> tuple[float, str]:
        found = case.shared and case.is_alike and self._same_parts(case.draft, case.members)
        if not found or self._lacks_partner(case.draft, case.members):
            return _NOTHING
        return 2.0 + len(case.shared), "same actors and concept"

    def _meant_meeting(self, case: _Case) -> tuple[float, str]:
        noun = meets(case.draft) and case.draft.trigger.is_noun and self.is_definite(case.draft)
        found = case.shared and noun and case.draft.actors <= case.actors
        return (1.0 + len(case.shared), "meeting of one of them, definite") if found else _NOTHING

    def _restated(self, case: _Case) -> tuple[float, str]:
        meeting = case.shared and meets(case.draft) and case.draft.trigger.is_noun
        alike = case.is_alike and (case.shared or not case.draft.actors or not case.actors)
        if not (alike or meeting) or case.are_other_people or not self._restates(case.draft, case.members):
            return _NOTHING
        place = any(_same_place(case.draft, joined.draft) for joined in case.members)
        return 1.5 + len(case.shared) + 0.5 * place, "headline or caption restates the text"

    def _dated_alike(self, case: _Case) -> tuple[float, str]:
        found = case.is_alike and self._same_day(case.draft, case.members) and not case.are_other_people
        return (1.0, "same day and concept") if found else _NOTHING

    def _is_old(self, when: When | None) -> bool:
        """Whether a date lies more than a fortnight before publication."""
        known = when is not None and when.latest is not None and self.published is not None
        return known and when.latest < self.published - 14  # type: ignore[union-attr, operator]

    def _restates(self, draft: Draft, members: list[Joined]) -> bool:
        """A headline or caption speaks of the news that the body tells, not of what the body dates long before."""
        if any(self._is_old(j.draft.when) for j in (*members, Joined(draft=draft, rule=""))):
            return False
        outside = draft.zone in ("headline", "caption")
        return outside != all(j.draft.zone in ("headline", "caption") for j in members) or (
            outside and any(j.draft.zone in ("headline", "caption") for j in members)
        )

    @staticmethod
    def _lacks_partner(draft: Draft, members: list[Joined]) -> bool:
        """“Kim wurde empfangen” is no meeting of Kim and Putin: somebody else may have received him."""
        return (
            meets(draft)
            and not draft.trigger.is_noun
            and len(draft.persons) < 2
            and any(len(j.draft.persons) > 1 for j in members)
        )

    def _same_parts(self, draft: Draft, members: list[Joined]) -> bool:
        """For deeds: the same agent, or the same one acted on; a passive may lack the agent."""
        mine = {part.entity: part.role for part in draft.parts}
        for joined in members:
            for part in joined.draft.parts:
                other = mine.get(part.entity)
                if other == part.role or {other, part.role} <= {"agent", "partner"}:
                    return True
        return False

    def _same_day(self, draft: Draft, members: list[Joined]) -> bool:
        return draft.when is not None and any(
            j.draft.when == draft.when and draft.when.granularity in ("day", "time", "part_of_day", "month", "year")
            for j in members
        )

    def _may_be_one(self, left: Draft, right: Draft) -> bool:
        """Nothing speaks against it."""
        a, b = left.trigger, right.trigger
        if not self._same_sort(left, right) or (a.category == "saying") != (b.category == "saying"):
            return False
        refers = left.modality.rule == "modality#noun" or right.modality.rule == "modality#noun"
        statuses = {left.modality.status, right.modality.status} if not refers else set()
        if len(statuses) > 1 and "cancelled" in statuses:
            return False  # the summit that was called off and the one that took place after all
        if len(statuses) > 1 and "planned" in statuses and (self._is_dated(left) or self._is_dated(right)):
            return False
        if left.when is not None and right.when is not None and not left.when.may_overlap(right.when):
            return False
        if self._other_partners(left, right):
            return False
        return not self._other_places(left, right)

    @staticmethod
    def _same_sort(left: Draft, right: Draft) -> bool:
        a, b = left.trigger, right.trigger
        if _same_concept(left, right):
            return True
        return meets(left) and meets(right) if "meeting" in (a.kind, b.kind) else a.kind == b.kind

    def _is_dated(self, draft: Draft) -> bool:
        return is_stated(draft.when)

    def _other_partners(self, left: Draft, right: Draft) -> bool:
        """Both name two or more, and not the same two."""
        mine, yours = _named(left), _named(right)
        return len(mine) >= 2 and len(yours) >= 2 and len(mine & yours) < 2

    def _other_places(self, left: Draft, right: Draft) -> bool:
        if left.setting is None or right.setting is None or left.setting.entity is right.setting.entity:
            return False
        if ONLY_PLACE in (left.setting.rule, right.setting.rule) or (left.when is not None and left.when == right.when):
            return False
        return left.setting.entity.name in self.places and right.setting.entity.name in self.places

    def _file_reference(self, draft: Draft, groups: list[list[Joined]]) -> None:
        """A noun that points back goes to the nearest event of its concept, else of its kind."""
        for same in (self._same_concept, self._same_kind):
            fits = [
                (self._nearness(draft, members), number, members)
                for number, members in enumerate(groups)
                if same(draft, members)
                and self._nearness(draft, members) <= _REACH
                and all(self._may_be_one(draft, j.draft) for j in members)
            ]
            if fits:
                members = min(fits, key=lambda fit: (fit[0], fit[1]))[2]
                members.append(Joined(draft=draft, rule="grouping#definite noun points back"))
                return
        groups.append([Joined(draft=draft, rule="")])

    def _nearness(self, draft: Draft, members: list[Joined]) -> int:
        before = [draft.sentence - j.draft.sentence for j in members if j.draft.token < draft.token]
        return min(before, default=999)

    @staticmethod
    def _same_concept(draft: Draft, members: list[Joined]) -> bool:
        return any(_same_concept(draft, joined.draft) for joined in members)

    @staticmethod
    def _same_kind(draft: Draft, members: list[Joined]) -> bool:
        return meets(draft) and any(meets(j.draft) for j in members)


def _named(draft: Draft) -> frozenset[Entity]:
    """The persons of a mention that have names."""
    return frozenset(person for person in draft.persons if not person.described)


def _same_place(left: Draft, right: Draft) -> bool:
    return left.setting is not None and right.setting is not None and left.setting.entity is right.setting.entity


def _same_concept(left: Draft, right: Draft) -> bool:
    """Whether two mentions use words for one happening: "Gipfel" and "treffen" are."""
    concept = left.trigger.concept
    return (concept != "" and concept == right.trigger.concept) or (meets(left) and meets(right))
