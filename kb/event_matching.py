"""Whether what two documents tell may be one event: decisions from pairs of tellings and shipped data alone.

A *telling* is what one document says of one event, all its mentions together. Two tellings are matched when kind,
status, time, those who take part, place and words agree well enough and nothing contradicts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from events import Status
from kb.actor_joining import OWN
from kb.happenings import recurrence, tell_of_one

TellingKey = tuple[str, int, str]  # document key, offset and word of the first mention
Dating = Literal["told", "guessed", "undated"]
_Times = Literal["same", "near", "coarse", "wide", "undated", "open"]

COARSEST = 31  # days within which a coarse date may join a finer one: "im Juni 2018" does, "2018" mostly does not
SEASON = 125  # ... and, for what happens seldom, "Anfang 2003", "im Frühjahr"
WIDEST = 366  # ... and where a town that is no capital, or which of its kind it is, ties the two
GUESSED = 3  # days before publication on which the news of a document may have happened
RECENT = 7  # days before publication in which an event without a date may be sought
_SHARP = 4  # days up to which a time counts as a date of its own: a summit of two days, a weekend
_LIKE_WORDS = 0.34
_SAME_WORDS = 0.6
_UNKNOWN_WIDTH = 10_000  # days: vaguer than any time that joining compares
# These tell little by themselves: two of one kind on one day by the same actors need not be one.
_LOOSE_KINDS = frozenset({"other", "statement", "economy", "culture", "law", "conflict"})

# One event of these is told in many words: bombed, destroyed, killed.
_WORDY_KINDS = frozenset(
    {"meeting", "visit", "attack", "conflict", "crime", "accident", "disaster", "protest", "agreement"}
)
_NO_MEETING = frozenset({"invite", "mediate"})  # of that kind, but nobody has come together yet
_DOUBTFUL_RULES = frozenset(
    {
        "one_of_them",
        "same_concept_of_one_actor",
        "same_concept_of_those_named",
        "same_place_and_words",
        "same_ordinal",
        "seldom_concept_of_one_actor",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened, as far as joining compares it."""

    key: str  # of the actor
    state: str | None  # code of the state that it is or lies in
    kind: Literal["state", "region", "capital", "town"]  # a capital is where much happens


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one document says of one event."""

    row: int
    key: TellingKey
    published: int | None  # day
    kind: str
    status: Status
    is_saying: bool
    dating: Dating  # guessed and undated: the days up to publication in which it is sought
    earliest: int | None
    latest: int | None
    actors: frozenset[str]  # keys of those who take part
    persons: frozenset[str]  # those of them who are persons with a name
    named: frozenset[str]  # keys of all whom its document names; left empty where two or more take part
    place: Place | None
    concepts: frozenset[str]  # of its mentions
    ordinal: str  # "2" for "zweites Treffen", "" where it does not say
    words: frozenset[str]
    mentions: frozenset[str]  # their keys, "document:offset:word"

    @property
    def document(self) -> str:
        """Key of the document."""
        return self.key[0]

    @property
    def width(self) -> int:
        """Days that it may touch, less one."""
        return _UNKNOWN_WIDTH if self.earliest is None or self.latest is None else self.latest - self.earliest

    @property
    def is_seldom(self) -> bool:
        """Whether it is what hardly happens twice within a season to the same persons or states."""
        return bool(recurrence(self.concepts, "persons") or recurrence(self.concepts, "states"))

    @property
    def known(self) -> frozenset[str]:
        """Those who take part and whom other documents can name: not "ein Wissenschaftler"."""
        return frozenset(actor for actor in self.actors if not actor.startswith(OWN))

    @property
    def happens_once(self) -> bool:
        """Whether it is what happens to a person but once, and tells of a single one."""
        return len(self.persons) == 1 and recurrence(self.concepts, "persons") == "once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Why two tellings may be one event; a higher strength is surer."""

    rule: str
    strength: tuple[int, int, float]
    is_doubtful: bool  # joined only where a single group fits: a coarser date, a participant less
    is_counted: bool  # both say which of its kind it is, and the same


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
    if "undated" in (plan.dating, outcome.dating) or _contradict_in_substance(plan, outcome):
        return None
    return _match_apart_from_status(plan, outcome)


def contradict(left: Telling, right: Telling) -> bool:
    """Whether the two cannot be one event."""
    if left.document == right.document or left.status != right.status:
        return True
    return _contradict_in_substance(left, right)


def kind_beside(kind: str) -> str:
    """The other kind under which a deed may be told: who sets off a bomb may test. Itself where there is none."""
    return {"attack": "test", "test": "attack"}.get(kind, kind)


def _are_of_one_kind(left: Telling, right: Telling) -> bool:
    """Two kinds are one only where concepts fit and both say which of its kind it was: "zündete seine erste"."""
    if left.kind == right.kind:
        return True
    is_same_ordinal = left.ordinal != "" and left.ordinal == right.ordinal
    return kind_beside(left.kind) == right.kind and is_same_ordinal and tell_of_one(left.concepts, right.concepts)


def _contradict_in_substance(left: Telling, right: Telling) -> bool:
    if not _are_of_one_kind(left, right) or left.is_saying != right.is_saying or _relate_times(left, right) is None:
        return True
    if _are_other_deeds(left, right):
        return True
    # Putin receives Kim, Putin receives Trump: each names a person whom the other leaves out.
    if left.persons - right.persons and right.persons - left.persons:
        return True
    return _other_places(left, right)


def _are_other_deeds(left: Telling, right: Telling) -> bool:
    """He arrived, he left."""
    if bool(left.concepts & _NO_MEETING) != bool(right.concepts & _NO_MEETING):
        return True
    if not left.concepts or not right.concepts or left.kind in _WORDY_KINDS:
        return False
    return not tell_of_one(left.concepts, right.concepts)


def _other_places(left: Telling, right: Telling) -> bool:
    """Whether both name a place and the two cannot lie in each other."""
    a, b = left.place, right.place
    if a is None or b is None or a.key == b.key:
        return False
    if {"state", "region"} & {a.kind, b.kind}:
        return a.state is not None and b.state is not None and a.state != b.state
    # Two towns, or a town and a palace in it: the same two persons on one day are not in two towns.
    return len(left.persons & right.persons) < 2 or left.width > 0 or right.width > 0


# Times ----------------------------------------------------------------------------------------------------------------


def _relate_times(left: Telling, right: Telling) -> _Times | None:
    """How the times of the two go together, None where they do not.

    Both told: "same" for equal or nearly equal ones, "coarse" and "wide" for one within the other. A day that is only
    guessed from publication is "near" one shortly before it. "undated": one has no date, and is sought in the days
    before publication. "open": what happens but once needs no date.
    """
    if left.happens_once and right.happens_once and left.persons == right.persons:
        return _relate_lives(left, right)
    if left.earliest is None or left.latest is None or right.earliest is None or right.latest is None:
        return None
    if "undated" in (left.dating, right.dating):
        return _seek(left, right)
    if left.dating == right.dating == "guessed":
        apart = abs(left.latest - right.latest)
        return "same" if apart == 0 else "near" if apart == 1 else None
    if "guessed" in (left.dating, right.dating):
        guessed, told = (left, right) if left.dating == "guessed" else (right, left)
        return _relate_guess(guessed, told)
    return _contain(left, right)


def _contain(left: Telling, right: Telling) -> _Times | None:
    assert left.earliest is not None and left.latest is not None
    assert right.earliest is not None and right.latest is not None
    if (left.earliest, left.latest) == (right.earliest, right.latest):
        return "same"
    coarse = max(left, right, key=lambda telling: telling.width)
    if not _is_within(left, right) and not _is_within(right, left):
        return None
    return _name_width(coarse.width)


def _name_width(width: int) -> _Times | None:
    if width > WIDEST:
        return None
    return "same" if width < _SHARP else "coarse" if width <= COARSEST else "wide"


def _relate_guess(guessed: Telling, told: Telling) -> _Times | None:
    assert guessed.latest is not None and told.earliest is not None and told.latest is not None
    if told.earliest <= guessed.latest <= told.latest:
        return _name_width(told.width)
    return "near" if _is_within(told, guessed) else None


def _seek(left: Telling, right: Telling) -> _Times | None:
    assert left.latest is not None and right.latest is not None
    if left.dating == right.dating:
        return "undated" if abs(left.latest - right.latest) <= RECENT else None
    undated, other = (left, right) if left.dating == "undated" else (right, left)
    if undated.ordinal not in ("", other.ordinal):
        return None
    assert undated.earliest is not None and undated.latest is not None
    assert other.earliest is not None and other.latest is not None
    if other.dating == "guessed":
        return "undated" if undated.earliest <= other.latest <= undated.latest else None
    if undated.ordinal and other.width <= COARSEST:  # the second one is the second one
        return "undated" if other.earliest <= undated.latest and undated.earliest <= other.latest else None
    return "undated" if other.width < _SHARP and _is_within(other, undated) else None


def _relate_lives(left: Telling, right: Telling) -> _Times | None:
    """For what happens once: told times must overlap, and lie before the publication that only guesses at one."""
    told = [telling for telling in (left, right) if telling.dating == "told" and telling.earliest is not None]
    if len(told) == 2:
        if told[0].earliest == told[1].earliest and told[0].latest == told[1].latest:
            return "same"
        return "open" if _is_within(left, right) or _is_within(right, left) else None
    later = max((t.published for t in (left, right) if t not in told and t.published is not None), default=None)
    earliest = told[0].earliest if told else None
    return None if later is not None and earliest is not None and earliest > later else "open"


def _is_within(inner: Telling, outer: Telling) -> bool:
    if inner.earliest is None or inner.latest is None or outer.earliest is None or outer.latest is None:
        return False
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest


# Evidence -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agreement:
    """What two tellings of one kind have in common."""

    times: _Times
    is_sharp: bool  # both times are dates of their own, and the same
    shared: int  # how many take part in both
    likeness: float  # of words
    same_place: bool
    same_concept: bool
    is_seldom: bool  # what both tell hardly happens twice within a month to the one that they share
    same_ordinal: bool
    is_loose: bool  # of a kind that tells little

    @property
    def is_like(self) -> bool:
        """Whether concept or words agree, or need not since the kind tells enough."""
        return self.same_concept or self.likeness >= _LIKE_WORDS or not self.is_loose


def _match_apart_from_status(left: Telling, right: Telling) -> Match | None:
    times = _relate_times(left, right)
    if times is None or not _are_of_one_kind(left, right) or left.is_saying != right.is_saying:
        return None
    found = _agree(left, right, times)
    rule = _sure_rule(left, found) or _doubtful_rule(left, right, found)
    if rule is None:
        return None
    is_doubtful = times != "same" or rule in _DOUBTFUL_RULES
    return Match(
        rule=f"kb/events#{times}_date_and_{rule}", is_doubtful=is_doubtful, is_counted=found.same_ordinal,
        strength=(int(not is_doubtful), found.shared + found.same_place, found.likeness),
    )  # fmt: skip


def _agree(left: Telling, right: Telling, times: _Times) -> _Agreement:
    return _Agreement(
        times=times, is_sharp=times == "same" and left.width < _SHARP and right.width < _SHARP,
        shared=len(left.actors & right.actors), likeness=_likeness(left, right),
        same_place=left.place is not None and right.place is not None and left.place.key == right.place.key,
        same_concept=tell_of_one(left.concepts, right.concepts), is_seldom=_is_seldom(left, right),
        same_ordinal=left.ordinal != "" and left.ordinal == right.ordinal, is_loose=left.kind in _LOOSE_KINDS,
    )  # fmt: skip


def _is_seldom(left: Telling, right: Telling) -> bool:
    def is_seldom(to: str) -> bool:
        return bool(recurrence(left.concepts, to) and recurrence(right.concepts, to))

    if is_seldom("persons") and left.persons & right.persons:
        return True
    return is_seldom("states") and (not left.known or not right.known or bool(_states(left) & _states(right)))


def _states(telling: Telling) -> frozenset[str]:
    return frozenset(actor for actor in telling.actors if actor.startswith("state:"))


def _sure_rule(left: Telling, found: _Agreement) -> str | None:
    """What beyond the time ties two tellings well enough; None where it is too little."""
    if left.is_saying:
        return "same_words" if found.shared and found.likeness >= _SAME_WORDS and found.times == "same" else None
    if found.times == "undated":
        is_like = found.same_concept or left.kind == "meeting"
        return "same_actors" if found.shared >= 2 and is_like and not found.is_loose else None
    if left.happens_once and found.same_concept and found.shared:
        return "same_person_once_in_a_life"
    if found.times in ("wide", "open"):
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
    if left.is_saying or found.times in ("undated", "open"):
        return None
    if found.same_ordinal and found.is_seldom and found.same_concept and (found.shared or _share_company(left, right)):
        return "same_ordinal"
    if found.times == "wide":
        is_season = max(left.width, right.width) <= SEASON
        return "seldom_concept_of_one_actor" if found.is_seldom and is_season and found.shared else None
    if left.kind == "meeting" and _is_less(left, right):
        return "one_of_them"
    is_of_nobody = not left.actors or not right.actors
    if is_of_nobody and found.same_place and found.is_sharp and found.likeness >= _SAME_WORDS:
        return "same_place_and_words"
    if found.is_loose or not found.same_concept:
        return None
    if found.times == "near" and found.shared and found.likeness >= _LIKE_WORDS:
        return "like_words_of_one_actor"
    if found.shared and (found.is_sharp or found.is_seldom):
        return "same_concept_of_one_actor"
    may_be_silent = found.is_sharp or found.is_seldom or found.same_place
    return "same_concept_of_those_named" if may_be_silent and _is_silent(left, right) else None


def _is_less(left: Telling, right: Telling) -> bool:
    """Whether one side knows but one of the other's persons, and its document names them all: "Kim traf ihn"."""
    less, more = sorted((left, right), key=lambda telling: len(telling.actors))
    return len(less.actors) == 1 and less.actors <= more.persons and len(more.known) > 1 and more.known <= less.named


def _is_silent(left: Telling, right: Telling) -> bool:
    """Whether one side tells of nobody, and its document names all whom the other tells of: "Zweiter Atomtest"."""
    less, more = sorted((left, right), key=lambda telling: len(telling.known))
    return not less.known and bool(more.known) and more.known <= less.named


def _share_company(left: Telling, right: Telling) -> bool:
    """Whether one side tells of nobody, and its document names somebody whom the other side tells of or names."""
    less, more = sorted((left, right), key=lambda telling: len(telling.known))
    return not less.known and not less.named.isdisjoint(more.known or more.named)


def _likeness(left: Telling, right: Telling) -> float:
    """Shared words over the words of the shorter label."""
    smaller = min(len(left.words), len(right.words))
    return len(left.words & right.words) / smaller if smaller else 0.0
