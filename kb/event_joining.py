"""Which events of different documents are one: tellings brought together, a function of their set.

Matched tellings (`kb.event_matching`) are put together, the surest first, as long as no two in a group contradict each
other. A vague one ("Ende Februar 2019") joins a clear one only where a single group fits. In doubt two events stay two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from kb.event_matching import Match, Telling, TellingKey, contradict, match_tellings

_UNDATED = 100_000  # days: whoever tells no date knows less than whoever tells a vague one


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

        Those that know most come first: late February finds the 27th before February finds them both. Of several that
        fit, the one that says to be the second of its kind is that of the second.
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
            fitting = [choice for choice in choices.values() if choice[0].is_counted] or list(choices.values())
            if len(fitting) == 1:
                ((match, vague, clear),) = fitting
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


def _vagueness(telling: Telling) -> tuple[int, int, TellingKey]:
    return (telling.dating == "undated") * _UNDATED + telling.width, -len(telling.actors), telling.key
