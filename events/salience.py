"""How far a document is about an event, from 0 to 1; a timeline shows those from `SHOWN` on.

The weights were set by hand on the development articles: deeds before sayings, dated before undated, told in headline
and lead or often before told once and aside.
"""

from __future__ import annotations

from collections.abc import Sequence

from events.drafts import Draft, is_stated
from events.when import When

SHOWN = 0.5

_CATEGORY = {"event": 0.42, "saying": 0.2, "gesture": 0.05, "process": 0.22, "weak": 0.3}
# Sayings that do something: they are events of their own, below deeds.
_ACTS = frozenset(
    {"criticize", "threaten", "announce", "demand", "accuse", "warn", "condemn", "propose", "apologize", "appeal_to"}
)
_STATUS = {"occurred": 0.0, "planned": 0.06, "cancelled": 0.05, "denied": -0.1, "possible": -0.35}
_STATED, _PUBLICATION, _INFERRED = 0.22, 0.2, 0.1


def salience_of(members: Sequence[Draft], when: When | None, lead: bool, bare: bool) -> float:
    """The salience of one event of a document from its mentions; `lead`: headline or first sentence tells it.

    `bare`: all that the text gives is a noun, and no line that could be printed.
    """
    best = max(_mention(draft) for draft in members)
    score = best + (0.15 if lead else 0.0) + min(0.06 * (len(members) - 1), 0.18)
    if when is None:
        score -= 0.08
    else:
        score += _STATED if is_stated(when) else _PUBLICATION if when.basis == "publication" else _INFERRED
    score -= 0.2 if bare else 0.0
    persons = {entity for draft in members for entity in draft.persons}
    actors = {entity for draft in members for entity in draft.actors if not entity.described}
    score += 0.1 * min(len(persons), 2) if persons else 0.06 * min(len(actors), 2)
    return round(min(max(score, 0.0), 1.0), 3)


def _mention(draft: Draft) -> float:
    trigger, score = draft.trigger, _CATEGORY.get(draft.trigger.category, 0.2)
    if trigger.category == "saying" and trigger.concept in _ACTS:
        score += 0.12
    score += _STATUS[draft.modality.status]
    if trigger.is_noun and not trigger.carried:
        score -= 0.05 if draft.parts or is_stated(draft.when) else 0.25
    elif trigger.clause.tense == "none" and trigger.clause.relation != "root":
        score -= 0.12  # an infinitive: what somebody is about to do, not what happened
    elif trigger.clause.relation.startswith("acl"):
        score -= 0.05
    if trigger.kind == "other" and not trigger.concept:
        score -= 0.06
    if draft.zone == "caption":
        score -= 0.08
    return score
