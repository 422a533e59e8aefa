"""Which events of different documents are one: decisions from pairs of tellings and shipped data alone.

A *telling* is what one document says of one event, all its mentions together. Two tellings are matched when kind,
status, time, those who take part, place and words agree well enough; matched tellings are put together, the surest
first, as long as no two in a group contradict each other. A coarse date ("Ende Februar 2019") joins a day within only
where a single group fits. In doubt two events stay two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from events import Status
from kb.actor_joining import OWN

TellingKey = tuple[str, int, str]  # document key, offset and word of the first mention

COARSEST = 31  # days within which a coarse date may join a finer one: "im Juni 2018" does, "2018" mostly does not
WIDEST = 366  # ... and where a town that is no capital ties the two
_SHARP = 4  # days up to which a time counts as a date of its own: a summit of two days, a weekend
_LIKE_WORDS = 0.34
_SAME_WORDS = 0.6
# These tell little by themselves: two of one kind on one day by the same actors need not be one.
_LOOSE_KINDS = frozenset({"other", "statement", "economy", "culture", "law", "conflict"})

# One event of these is told in many words: bombed, destroyed, killed.
_WORDY_KINDS = frozenset(
    {"meeting", "visit", "attack", "conflict", "crime", "accident", "disaster", "protest", "agreement"}
)
_DOUBTFUL_RULES = frozenset(
    {"one_of_them", "same_concept_of_one_actor", "same_concept_of_those_named", "same_place_and_words"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened, as far as joining compares it."""

    key: str  # of the actor
    state: str | None  # code of the state that it is or lies in
    kind: Literal["state", "capital", "town"]  # a capital is where much happens


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one document says of one event."""

    row: int
    key: TellingKey
    published: int | None  # day
    kind: str
    status: Status
    is_saying: bool
    earliest: int | None
    latest: int | None
    actors: frozenset[str]  # keys of those who take part
    persons: frozenset[str]  # those of them who are persons
    named: frozenset[str]  # keys of all whom its document names; left empty where two or more take part
    place: Place | None
    concepts: frozenset[str]  # of its mentions
    words: frozenset[str]
    mentions: frozenset[str]  # their keys, "document:offset:word"

    @property
    def document(self) -> str:
        """Key of the document."""
        return self.key[0]

    @property
    def width(self) -> int:
        """Days that it may touch, less one."""
        assert self.earliest is not None and self.latest is not None
        return self.latest - self.earliest


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Why two tellings may be one event; a higher strength is surer."""

    rule: str
    strength: tuple[int, int, float]
    is_doubtful: bool  # joined only where a single group fits: a coarser date, a participant less


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What people decided about tellings, by the keys of mentions."""

    merged: tuple[frozenset[str], ...] = ()
    split: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    def ties(self, left: Telling, right: Telling) -> bool:
        """Whether somebody merged the two."""
        return any(group & left.mentions and group & right.mentions for group in self.merged)

    def separates(self, left: Telling, right: Telling) -> bool:
        """Whether somebody split the two."""
        return any(
            (a & left.mentions and b & right.mentions) or (b & left.mentions and a & right.mentions)
            for a, b in self.split
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tellings of one event, in order of their keys, each with the rule that joined it ("" for the first)."""

    tellings: tuple[Telling, ...]
    rules: tuple[str, ...]


def match_tellings(left: Telling, right: Telling) -> Match | None:
    """Why the two may be one event, None where they are not."""
    if left.status != right.status or contradict(left, right):
        return None
    return _match_apart_from_status(left, right)


def match_plan(plan: Telling, outcome: Telling) -> Match | None:
    """Why the outcome may be what the plan foretold; None where it is not, or was told before the plan."""
    if plan.status != "planned" or outcome.status not in ("occurred", "cancelled"):
        return None
    if plan.published is not None and outcome.published is not None and outcome.published < plan.published:
        return None
    if _contradict_in_substance(plan, outcome):
        return None
    return _match_apart_from_status(plan, outcome)


def contradict(left: Telling, right: Telling) -> bool:
    """Whether the two cannot be one event."""
    if left.document == right.document or left.status != right.status:
        return True
    return _contradict_in_substance(left, right)


def group_tellings(tellings: Collection[Telling], constraints: Constraints) -> list[Group]:
    """The tellings as events. The result depends on the set alone, not on its order."""
    ordered = sorted(tellings, key=lambda telling: telling.key)
    grouping = _Grouping(ordered, constraints)
    pairs = list(_matches(ordered))
    for left, right in combinations(ordered, 2) if constraints.merged else ():
        if constraints.ties(left, right):
            grouping.merge(left, right)
    for match, left, right in sorted((pair for pair in pairs if not pair[0].is_doubtful), key=_by_strength):
        if grouping.may_join(left, right):
            grouping.join(left, right, match.rule)
    grouping.join_doubtful([pair for pair in pairs if pair[0].is_doubtful])
    return grouping.groups()


class _Grouping:
    """Groups of tellings that grow by joining."""

    def __init__(self, tellings: Iterable[Telling], constraints: Constraints) -> None:
        self._constraints = constraints
        self._members = {telling.key: [telling] for telling in tellings}
        self._root = {key: key for key in self._members}
        self._rules: dict[TellingKey, str] = {}
        self._merged: dict[TellingKey, list[Telling]] = {}  # those that somebody merged, by the key of each

    def may_join(self, left: Telling, right: Telling) -> bool:
        """Whether the groups of the two are different and nothing in them speaks against it."""
        first, second = self._root[left.key], self._root[right.key]
        if first == second:
            return False
        if any(self._constraints.separates(a, b) for a in self._members[first] for b in self._members[second]):
            return False
        return not any(
            all(contradict(x, y) for x in a for y in b) for a in self._bundles(first) for b in self._bundles(second)
        )

    def merge(self, left: Telling, right: Telling) -> None:
        """Makes one group of the two because somebody said so, whatever speaks against it."""
        bundle = self._merged.get(left.key, [left]) + self._merged.get(right.key, [right])
        distinct = list({telling.key: telling for telling in bundle}.values())
        for telling in distinct:
            self._merged[telling.key] = distinct
        self.join(left, right, "person#merge")

    def join(self, left: Telling, right: Telling, rule: str) -> None:
        """Makes one group of the two; the one with the smaller key stays its first member."""
        first, second = sorted((self._root[left.key], self._root[right.key]))
        if first == second:
            return
        for telling in self._members[second]:
            self._root[telling.key] = first
        self._members[first] += self._members.pop(second)
        self._rules[second] = rule

    def join_doubtful(self, pairs: list[tuple[Match, Telling, Telling]]) -> None:
        """Joins groups that know less to the one group of those that know more that fits, if it is one.

        Those that know most come first: late February finds the 27th before February finds them both.
        """
        fits: dict[TellingKey, list[tuple[Match, Telling, Telling]]] = {}
        for match, left, right in sorted(pairs, key=_by_strength):
            vague, clear = (left, right) if _vagueness(left) > _vagueness(right) else (right, left)
            fits.setdefault(vague.key, []).append((match, vague, clear))
        for telling in sorted((found[0][1] for found in fits.values()), key=_vagueness):
            choices: dict[TellingKey, tuple[Match, Telling, Telling]] = {}
            for member in sorted(self._members[self._root[telling.key]], key=lambda each: each.key):
                for match, vague, clear in fits.get(member.key, ()):
                    if self.may_join(vague, clear):
                        choices.setdefault(self._root[clear.key], (match, vague, clear))
            if len(choices) == 1:
                ((match, vague, clear),) = choices.values()
                self.join(vague, clear, match.rule)

    def _bundles(self, root: TellingKey) -> list[list[Telling]]:
        """The members of a group, merged ones together: what fits one of these fits them all."""
        found = {id(bundle): bundle for telling in self._members[root] if (bundle := self._merged.get(telling.key))}
        return [*found.values(), *([telling] for telling in self._members[root] if telling.key not in self._merged)]

    def groups(self) -> list[Group]:
        """The groups in order of their first keys."""
        found = []
        for root in sorted(self._members):
            members = tuple(sorted(self._members[root], key=lambda telling: telling.key))
            rules = tuple("" if member.key == root else self._rules.get(member.key, "") for member in members)
            found.append(Group(tellings=members, rules=rules))
        return found


def _matches(ordered: list[Telling]) -> Iterable[tuple[Match, Telling, Telling]]:
    for left, right in combinations(ordered, 2):
        if match := match_tellings(left, right):
            yield match, left, right


def _by_strength(pair: tuple[Match, Telling, Telling]) -> tuple[int, int, float, TellingKey, TellingKey]:
    match, left, right = pair
    certain, shared, words = match.strength
    return -certain, -shared, -words, left.key, right.key


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agreement:
    """What two tellings of one kind have in common."""

    times: str  # as `_relate_times`
    is_sharp: bool  # both times are dates of their own, and the same
    shared: int  # how many take part in both
    likeness: float  # of words
    same_place: bool
    same_concept: bool
    is_loose: bool  # of a kind that tells little

    @property
    def is_like(self) -> bool:
        """Whether concept or words agree, or need not since the kind tells enough."""
        return self.same_concept or self.likeness >= _LIKE_WORDS or not self.is_loose


def _match_apart_from_status(left: Telling, right: Telling) -> Match | None:
    times = _relate_times(left, right)
    if times is None or left.kind != right.kind or left.is_saying != right.is_saying:
        return None
    found = _Agreement(
        times=times, is_sharp=times == "same" and left.width < _SHARP and right.width < _SHARP,
        shared=len(left.actors & right.actors), likeness=_likeness(left, right),
        same_place=left.place is not None and right.place is not None and left.place.key == right.place.key,
        same_concept=bool(left.concepts & right.concepts), is_loose=left.kind in _LOOSE_KINDS,
    )  # fmt: skip
    rule = _sure_rule(left, found) or _doubtful_rule(left, right, found)
    if rule is None:
        return None
    is_doubtful = times != "same" or rule in _DOUBTFUL_RULES
    return Match(
        rule=f"kb/events#{times}_date_and_{rule}", is_doubtful=is_doubtful,
        strength=(int(not is_doubtful), found.shared + found.same_place, found.likeness),
    )  # fmt: skip


def _sure_rule(left: Telling, found: _Agreement) -> str | None:
    """What beyond the time ties two tellings well enough; None where it is too little."""
    if left.is_saying:
        return "same_words" if found.shared and found.likeness >= _SAME_WORDS and found.times == "same" else None
    if found.times == "wide":
        is_in_town = found.same_place and left.place is not None and left.place.kind == "town"
        return "same_actor_and_town" if found.shared and is_in_town and found.is_like else None
    if found.shared >= 2 and found.is_like:
        return "same_actors"
    if found.shared and found.same_place and found.is_like:
        return "same_actor_and_place"
    if found.shared and found.times == "same" and found.likeness >= (_SAME_WORDS if found.is_loose else _LIKE_WORDS):
        return "like_words_of_one_actor"
    return None


def _doubtful_rule(left: Telling, right: Telling, found: _Agreement) -> str | None:
    """What ties two tellings if there is no third that one of them could as well be tied to."""
    if left.is_saying or found.times == "wide":
        return None
    if left.kind == "meeting" and _is_less(left, right):
        return "one_of_them"
    if not found.is_sharp or found.is_loose:
        return None
    if found.same_concept and found.shared:
        return "same_concept_of_one_actor"
    if found.same_concept and _is_silent(left, right):
        return "same_concept_of_those_named"
    is_of_nobody = not left.actors or not right.actors
    return "same_place_and_words" if is_of_nobody and found.same_place and found.likeness >= _SAME_WORDS else None


def _contradict_in_substance(left: Telling, right: Telling) -> bool:
    if left.kind != right.kind or left.is_saying != right.is_saying or _relate_times(left, right) is None:
        return True
    if left.concepts and right.concepts and not left.concepts & right.concepts and left.kind not in _WORDY_KINDS:
        return True  # he arrived, he left
    # Putin receives Kim, Putin receives Trump: each names a person whom the other leaves out.
    if left.persons - right.persons and right.persons - left.persons:
        return True
    return _other_places(left, right)


def _relate_times(left: Telling, right: Telling) -> str | None:
    """The word "same" for equal or nearly equal times, "coarse" or "wide" for one within the other, None for others."""
    if left.earliest is None or left.latest is None or right.earliest is None or right.latest is None:
        return None
    if (left.earliest, left.latest) == (right.earliest, right.latest):
        return "same"
    fine, coarse = sorted((left, right), key=lambda telling: telling.width)
    assert fine.earliest is not None and fine.latest is not None
    assert coarse.earliest is not None and coarse.latest is not None
    if not (coarse.earliest <= fine.earliest and fine.latest <= coarse.latest) or coarse.width > WIDEST:
        return None
    return "same" if coarse.width < _SHARP else "coarse" if coarse.width <= COARSEST else "wide"


def _other_places(left: Telling, right: Telling) -> bool:
    """Whether both name a place and the two cannot lie in each other."""
    a, b = left.place, right.place
    if a is None or b is None or a.key == b.key:
        return False
    if "state" in (a.kind, b.kind):
        return a.state is not None and b.state is not None and a.state != b.state
    # Two towns, or a town and a palace in it: the same two persons on one day are not in two towns.
    return len(left.persons & right.persons) < 2 or left.width > 0 or right.width > 0


def _is_less(left: Telling, right: Telling) -> bool:
    """Whether one side knows but one of the other's persons, and its document names them all: "Kim traf ihn"."""
    less, more = sorted((left, right), key=lambda telling: len(telling.actors))
    known = _known_elsewhere(more)
    return len(less.actors) == 1 and less.actors <= more.persons and len(known) > 1 and known <= less.named


def _is_silent(left: Telling, right: Telling) -> bool:
    """Whether one side tells of nobody, and its document names all whom the other tells of: "Zweiter Atomtest"."""
    less, more = sorted((left, right), key=lambda telling: len(telling.actors))
    known = _known_elsewhere(more)
    return not less.actors and bool(known) and known <= less.named


def _known_elsewhere(telling: Telling) -> frozenset[str]:
    """Those who take part and whom other documents can name: not "ein Wissenschaftler"."""
    return frozenset(actor for actor in telling.actors if not actor.startswith(OWN))


def _vagueness(telling: Telling) -> tuple[int, int, TellingKey]:
    return telling.width, -len(telling.actors), telling.key


def _likeness(left: Telling, right: Telling) -> float:
    """Shared words over the words of the shorter label."""
    smaller = min(len(left.words), len(right.words))
    return len(left.words & right.words) / smaller if smaller else 0.0
