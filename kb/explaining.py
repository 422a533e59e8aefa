"""What stands behind each value of an event."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kb.model import Reason, StoredEvent, StoredMention
from kb.valuation import SHOWN_FROM


def explain_event(
    event: StoredEvent, mentions: Sequence[StoredMention], joined: Mapping[int, str]
) -> tuple[Reason, ...]:
    """The reasons for label, date, status, kind, actors, place and showing, then for each mention.

    `joined` maps rows of mentions to the rule that brought them to the event.
    """
    return (
        Reason(value="label", shown=event.label, rule=event.label_rule,
               origin=_first(mentions, lambda m: m.label == event.label)),
        *_explain_dates(event, mentions),
        Reason(value="status", shown=event.status, rule=event.status_rule,
               origin=_first(mentions, lambda m: m.status == event.status)),
        *_explain_reported(event, mentions),
        *_explain_actors(event, mentions),
        *_explain_place(event, mentions),
        _explain_shown(event),
        *(
            Reason(value="mention", shown=mention.quote, rule=mention.rule, origin=mention,
                   note=joined.get(mention.row, ""))
            for mention in mentions
        ),
    )  # fmt: skip


def _first(mentions: Sequence[StoredMention], claims: Callable[[StoredMention], bool]) -> StoredMention | None:
    return next((mention for mention in mentions if claims(mention)), None)


def _explain_dates(event: StoredEvent, mentions: Sequence[StoredMention]) -> list[Reason]:
    when = event.when
    if when is None:
        return [Reason(value="when", shown="", rule=event.when_rule, origin=None)]
    counted = f"counted from {when.counted_from}" if when.counted_from else ""
    origin = _first(mentions, lambda m: m.when == when and m.when is not None and m.when.rule == when.rule)
    reasons = [
        Reason(value="when", shown=when.edtf, rule=when.rule or when.basis, origin=origin, note=counted),
        Reason(value="when", shown=when.edtf, rule=event.when_rule, origin=None, note="choice among mentions"),
    ]
    for other in event.other_whens:
        teller = _first(mentions, lambda m, other=other: m.when == other)  # type: ignore[misc]
        reasons.append(Reason(value="when", shown=other.edtf, rule=other.rule, origin=teller, note="differs"))
    return reasons


def _explain_reported(event: StoredEvent, mentions: Sequence[StoredMention]) -> list[Reason]:
    if not event.is_reported:
        return []
    origin = _first(mentions, lambda m: m.reported is not None)
    by = event.reported_by.name if event.reported_by else ""
    rule = origin.reported.rule if origin is not None and origin.reported is not None else ""
    return [Reason(value="reported", shown=by, rule=rule, origin=origin)]


def _explain_actors(event: StoredEvent, mentions: Sequence[StoredMention]) -> list[Reason]:
    return [
        Reason(
            value="actor", shown=f"{role.actor.name} ({role.role})", rule=role.rule,
            origin=_first(
                mentions,
                lambda m, role=role: any(r.actor == role.actor and r.role == role.role for r in m.roles),  # type: ignore[misc]
            ),
        )
        for role in event.actors
    ]  # fmt: skip


def _explain_place(event: StoredEvent, mentions: Sequence[StoredMention]) -> list[Reason]:
    if event.place is None:
        return []
    place = event.place
    origin = _first(mentions, lambda m: m.place == place)
    return [Reason(value="place", shown=place.name, rule=event.place_rule, origin=origin)]


def _explain_shown(event: StoredEvent) -> Reason:
    if event.hidden_because:
        return Reason(value="shown", shown="no", rule=f"kb/values#{event.hidden_because}", origin=None)
    rule = "pinned" if event.is_pinned else "checked" if event.checked_by else f"salience_from_{SHOWN_FROM}"
    return Reason(value="shown", shown="yes", rule=f"kb/values#{rule}", origin=None, note=f"{event.salience:.2f}")
