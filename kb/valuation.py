"""The values of an event, by named rules from the claims of its mentions and from what people decided.

A mention that asserts an event flatly counts before one that only reports it: who appears in hearsay alone has no part
in an event that others assert.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from events import RoleName, Status, When
from kb.judged import Judgement
from kb.model import ActorName, StoredMention

SHOWN_FROM = 0.5  # salience from which an event stands in the default view

_ZONES = {"body": 0, "headline": 0, "dateline": 1, "caption": 2}
ROLES: tuple[RoleName, ...] = ("agent", "partner", "patient", "recipient", "topic", "from", "to")
_BASES = {"person": 0, "stated": 1, "counted": 1, "context": 2, "publication": 3}
_OPEN_WIDTH = 10_000_000  # days: coarser than any closed time


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What valuation needs to know of a document."""

    key: str
    language: str
    published: int | None  # day


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """The current values of an event; `hidden_because` knows nothing yet of links."""

    mentions: tuple[StoredMention, ...]  # the best one first
    label: str
    label_rule: str
    language: str
    kind: str
    status: Status
    status_rule: str
    is_reported: bool
    reported_by: ActorName | None
    when: When | None
    when_rule: str
    other_whens: tuple[When, ...]
    actors: tuple[tuple[ActorName, RoleName, str], ...]  # with the rule of the mention that says so
    place: ActorName | None
    place_rule: str
    salience: float
    is_saying: bool
    sources: int
    hidden_because: str
    is_pinned: bool
    checked_by: str | None
    was_confirmed: bool = False  # also where a later date has opened it again: it stays in view


# How far a line is a sentence of its own; words of the text alone are nobody's line.
_LINES = {"labels#noun": 1, "labels#bare noun": 2, "labels#clause in quotation marks": 2}


def value_event(
    mentions: Sequence[StoredMention],
    sources: Mapping[str, Source],
    judgements: Sequence[Judgement] = (),
    actors: Mapping[str, ActorName] | None = None,
) -> Valued:
    """The values of the event that the mentions make up; `sources` by document key, `actors` by key for corrections."""
    ordered = _best_first(mentions, sources)
    best = ordered[0]
    flat = [mention for mention in ordered if mention.reported is None]
    weighty = flat or ordered
    when, when_rule, others = _choose_when(ordered, sources)
    place, place_rule = _choose_place(weighty)
    valued = Valued(
        mentions=tuple(ordered), label=best.label, label_rule=best.label_rule, language=sources[best.document].language,
        kind=best.kind, status=best.status, status_rule=best.status_rule, is_reported=not flat,
        reported_by=None if flat or best.reported is None else best.reported.by, when=when, when_rule=when_rule,
        other_whens=others, actors=_unite_actors(weighty), place=place, place_rule=place_rule,
        salience=max(mention.salience for mention in ordered), is_saying=all(m.is_saying for m in ordered),
        sources=len({mention.document for mention in ordered}), hidden_because="", is_pinned=False, checked_by=None,
    )  # fmt: skip
    for judgement in judgements:
        valued = _judge(valued, judgement, actors or {})
    return replace(valued, hidden_because=_hide(valued))


def hide_overtaken(hidden_because: str, status: Status, link_kinds: set[str], is_pinned: bool) -> str:
    """Why an event is hidden, given the kinds of the links that point to it: a plan that came about or was dropped."""
    if status != "planned" or is_pinned:
        return hidden_because
    if "fulfils" in link_kinds:
        return "fulfilled"
    return "overtaken" if "overtakes" in link_kinds else hidden_because


def _hide(valued: Valued) -> str:
    if valued.hidden_because:
        return valued.hidden_because
    if valued.is_pinned or valued.was_confirmed:
        return ""
    if valued.is_saying:
        return "saying"
    return "" if valued.salience >= SHOWN_FROM else "minor"


def _best_first(mentions: Sequence[StoredMention], sources: Mapping[str, Source]) -> list[StoredMention]:
    """Flat before reported, a sentence before a noun before a bare quotation, body before caption, then most roles,
    most salient, earliest told. By what the mentions say alone: the names of actors change with other documents."""

    def rank(mention: StoredMention) -> tuple[object, ...]:
        published = sources[mention.document].published
        return (
            mention.reported is not None, mention.is_saying, _LINES.get(mention.label_rule, 0),
            _ZONES.get(mention.zone, 3), -len(mention.roles),
            -mention.salience, published is None, published or 0, mention.document, mention.trigger_start,
            mention.trigger,
        )  # fmt: skip

    return sorted(mentions, key=rank)


def _choose_when(
    ordered: Sequence[StoredMention], sources: Mapping[str, Source]
) -> tuple[When | None, str, tuple[When, ...]]:
    """The date to show, the rule, and the dates that do not agree with it."""
    dated = [(mention, mention.when) for mention in ordered if mention.when is not None]
    if not dated:
        return None, "kb/values#no_date", ()
    tellers: Counter[When] = Counter()
    for when in {when for _, when in dated}:
        tellers[when] = len({mention.document for mention, other in dated if other == when})

    def rank(candidate: tuple[StoredMention, When]) -> tuple[int, bool, int, int, int, int]:
        mention, when = candidate
        published = sources[mention.document].published
        return (
            _BASES[when.basis], mention.reported is not None, _imprecision(when), -tellers[when], -_extent(when),
            -(published or 0),
        )  # fmt: skip

    _, chosen = min(dated, key=rank)  # the first of equals: `ordered` has the best first
    others: dict[When, None] = {}
    for _, when in dated:
        if when.basis != "publication" and not (when.contains(chosen) or chosen.contains(when)):
            others.setdefault(when)
    distinct = {when for _, when in dated}
    if len(distinct) == 1:
        rule = "kb/values#only_date"
    elif others:
        rule = "kb/values#most_precise_then_most_documents_then_latest"
    else:
        rule = "kb/values#most_precise_date"
    return chosen, rule, tuple(sorted(others, key=lambda when: when.sort_key))


def _imprecision(when: When) -> int:
    """Days that the start and the end leave open."""
    if None in (when.start_earliest, when.start_latest, when.end_earliest, when.end_latest):
        return _OPEN_WIDTH
    assert when.start_earliest is not None and when.start_latest is not None
    assert when.end_earliest is not None and when.end_latest is not None
    return when.start_latest - when.start_earliest + when.end_latest - when.end_earliest


def _extent(when: When) -> int:
    return 0 if when.earliest is None or when.latest is None else when.latest - when.earliest


def _unite_actors(mentions: Sequence[StoredMention]) -> tuple[tuple[ActorName, RoleName, str], ...]:
    """Everybody with a role, once, in the role that most mentions give."""
    roles: dict[ActorName, Counter[RoleName]] = {}
    rules: dict[tuple[ActorName, RoleName], str] = {}
    for mention in mentions:
        for role in mention.roles:
            roles.setdefault(role.actor, Counter())[role.role] += 1
            rules.setdefault((role.actor, role.role), role.rule)
    chosen = {
        actor: min(counts, key=lambda role, counts=counts: (-counts[role], ROLES.index(role)))  # type: ignore[misc]
        for actor, counts in roles.items()
    }
    order = sorted(chosen, key=lambda actor: (ROLES.index(chosen[actor]), -roles[actor].total(), actor.key))
    return tuple((actor, chosen[actor], rules[actor, chosen[actor]]) for actor in order)


def _choose_place(mentions: Sequence[StoredMention]) -> tuple[ActorName | None, str]:
    """The place that most documents name, then most mentions, then the best mention; a town before its state."""
    named: dict[ActorName, list[StoredMention]] = {}
    for mention in mentions:
        if mention.place is not None:
            named.setdefault(mention.place, []).append(mention)

    def rank(place: ActorName) -> tuple[bool, int, int]:
        return place.key.startswith("state:"), -len({each.document for each in named[place]}), -len(named[place])

    if not named:
        return None, ""
    place = min(named, key=rank)  # the first of equals: `mentions` has the best first
    return place, named[place][0].place_rule


# Decisions ------------------------------------------------------------------------------------------------------------


def _judge(valued: Valued, judgement: Judgement, actors: Mapping[str, ActorName]) -> Valued:
    """The values after one more decision."""
    rule = f"person:{judgement.author}"
    if judgement.action == "confirm":
        checked_by = None if _is_contradicted(valued, judgement.after) else judgement.author
        return replace(valued, checked_by=checked_by, was_confirmed=True)
    if judgement.action == "pin":
        return replace(valued, is_pinned=bool(judgement.after))
    if judgement.action == "retract":
        return replace(valued, hidden_because="retracted")
    if judgement.action in ("correct", "prefer"):
        return _CORRECTIONS[judgement.field](valued, judgement.after, rule, actors)
    return valued


def _is_contradicted(valued: Valued, seen: object) -> bool:
    """Whether a date is told that agrees with none of those that were known when somebody confirmed the event."""
    known = [When.parse(edtf) for edtf in seen["whens"]] if isinstance(seen, dict) else []
    told = [when for when in (valued.when, *valued.other_whens) if when is not None]
    return bool(known) and any(not any(when.contains(old) or old.contains(when) for old in known) for when in told)


def _correct_when(valued: Valued, after: object, rule: str, actors: Mapping[str, ActorName]) -> Valued:
    when = None if after is None else When.parse(str(after)).with_provenance(text="", basis="person", rule=rule)
    stated = {m.when: None for m in valued.mentions if m.when is not None and m.when.basis != "publication"}
    others = [w for w in stated if when is None or not (w.contains(when) or when.contains(w))]
    return replace(
        valued, when=when, when_rule=rule, other_whens=tuple(sorted(others, key=lambda other: other.sort_key))
    )


def _correct_label(valued: Valued, after: object, rule: str, actors: Mapping[str, ActorName]) -> Valued:
    return replace(valued, label=str(after), label_rule=rule)


def _correct_status(valued: Valued, after: object, rule: str, actors: Mapping[str, ActorName]) -> Valued:
    return replace(valued, status=after, status_rule=rule)  # type: ignore[arg-type]


def _correct_kind(valued: Valued, after: object, rule: str, actors: Mapping[str, ActorName]) -> Valued:
    return replace(valued, kind=str(after))


def _correct_place(valued: Valued, after: object, rule: str, actors: Mapping[str, ActorName]) -> Valued:
    return replace(valued, place=actors.get(str(after)) if after is not None else None, place_rule=rule)


def _correct_actors(valued: Valued, after: object, rule: str, actors: Mapping[str, ActorName]) -> Valued:
    """`after` is a list of pairs: key of the actor, role."""
    pairs: list[tuple[str, RoleName]] = [(key, role) for key, role in after]  # type: ignore[attr-defined]
    return replace(valued, actors=tuple((actors[key], role, rule) for key, role in pairs if key in actors))


_Correction = Callable[[Valued, object, str, Mapping[str, ActorName]], Valued]
_CORRECTIONS: dict[str, _Correction] = {
    "when": _correct_when,
    "label": _correct_label,
    "status": _correct_status,
    "kind": _correct_kind,
    "place": _correct_place,
    "actors": _correct_actors,
}
