"""What to check first: the shown events that nobody has confirmed, by salience times doubt, each with its reasons.

`apply_rulings` makes the decisions of a whole spreadsheet, all or none of them.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from events import MalformedDate, TimelineError, UnreadableSource
from kb.database import transaction
from kb.errors import RefusedJudgement
from kb.judgements import confirm_event, correct_event, retract_event
from kb.model import Selection, StoredEvent
from kb.rows import AMONG, json_list
from kb.search import read_date
from kb.store import KnowledgeBase

Doubt = Literal[
    "sources_differ", "from_context", "from_publication", "undated", "actor_guessed", "label_quoted", "label_composed",
    "reported",
]  # fmt: skip
Decision = Literal["confirm", "correct", "retract"]
Changes: TypeAlias = tuple[tuple[str, str | None], ...]

COLUMNS = ("event", "date", "label", "actors", "place", "reasons", "quotation", "document",
           "decision", "new_label", "new_date", "reason")  # fmt: skip

# How likely something is wrong, guessed, not measured: a wrong actor or day weighs more than a clumsy line.
_WEIGHTS: dict[Doubt, float] = {
    "sources_differ": 0.6, "actor_guessed": 0.5, "from_context": 0.4, "reported": 0.4, "from_publication": 0.3,
    "label_quoted": 0.3, "undated": 0.2, "label_composed": 0.1,
}  # fmt: skip
_QUOTED = "labels#clause in quotation marks"
_BY_PERSON = "person:"
_WORDS = {
    "confirm": "confirm", "bestätigen": "confirm", "ok": "confirm", "x": "confirm", "ja": "confirm", "yes": "confirm",
    "correct": "correct", "korrigieren": "correct", "retract": "retract", "herausnehmen": "retract",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """An event with what makes it doubtful."""

    event: StoredEvent
    doubts: tuple[Doubt, ...]  # the gravest first
    guessed: tuple[str, ...]  # names of actors whom the texts call by pronouns alone
    weight: float  # salience times doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One row of a reviewed spreadsheet."""

    where: str  # file and line, for messages
    event: str  # short id
    label: str  # as the spreadsheet shows it
    decision: Decision | None  # None where the row decides nothing
    changes: Changes  # fields as `correct_event` takes them
    reason: str


def find_doubtful(base: KnowledgeBase, selection: Selection | None = None) -> tuple[Doubtful, ...]:
    """The events of a selection that something speaks against, those to check first before the others.

    Unless the selection says otherwise, only those that nobody has confirmed.
    """
    chosen = selection or Selection()
    if chosen.is_checked is None:
        chosen = replace(chosen, is_checked=False)
    events = base.events(chosen)
    guessed = _guessed_actors(base, events)
    found = [_doubtful(event, guessed.get(event.row, set())) for event in events]
    return tuple(sorted((each for each in found if each.doubts), key=lambda each: (-each.weight, each.event.key)))


def _doubtful(event: StoredEvent, guessed: set[int]) -> Doubtful:
    names = tuple(
        dict.fromkeys(
            role.actor.name
            for role in event.actors
            if role.actor.row in guessed and not role.rule.startswith(_BY_PERSON)
        )
    )
    doubts = sorted(_doubts(event, bool(names)), key=lambda doubt: -_WEIGHTS[doubt])
    sure = math.prod(1 - _WEIGHTS[doubt] for doubt in doubts)
    return Doubtful(event=event, doubts=tuple(doubts), guessed=names, weight=event.salience * (1 - sure))


def _doubts(event: StoredEvent, is_guessed: bool) -> Iterable[Doubt]:
    if event.when is None and not event.when_rule.startswith(_BY_PERSON):
        yield "undated"
    elif event.when is not None and event.when.basis == "context":
        yield "from_context"
    elif event.when is not None and event.when.basis == "publication":
        yield "from_publication"
    if event.other_whens and not event.when_rule.startswith(_BY_PERSON):
        yield "sources_differ"
    if is_guessed:
        yield "actor_guessed"
    if event.is_reported:
        yield "reported"
    if event.label_rule == _QUOTED:
        yield "label_quoted"
    elif not event.label_rule.startswith(_BY_PERSON):
        yield "label_composed"


def _guessed_actors(base: KnowledgeBase, events: Sequence[StoredEvent]) -> dict[int, set[int]]:
    """For each event (row) the actors (rows) that its clauses call by a pronoun, and none of them by name or office."""
    rows = base.connection.execute(
        f"""SELECT em.event, member.actor, sum(a.form = 'pronoun'), sum(a.form <> 'pronoun')
              FROM event_mention AS em JOIN mention AS m ON m.id = em.mention
              JOIN mention_role AS r ON r.mention = m.id
              JOIN actor_member AS member ON member.local_actor = r.local_actor
              JOIN actor_mention AS a ON a.local_actor = r.local_actor
                   AND a.start_offset >= m.start_offset AND a.end_offset <= m.end_offset
             WHERE em.event {AMONG} GROUP BY em.event, member.actor""",
        (json_list(event.row for event in events),),
    )
    found: dict[int, set[int]] = defaultdict(set)
    for event, actor, pronouns, names in rows:
        if pronouns and not names:
            found[event].add(actor)
    return found


# Spreadsheets ---------------------------------------------------------------------------------------------------------


def read_rulings(path: Path) -> tuple[Ruling, ...]:
    """The rows of a spreadsheet that `zeitstrahl review --csv` wrote and a person filled in.

    UTF-8, comma or semicolon. Raises UnreadableSource with the line that is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{path}: cannot be read as UTF-8 text ({error}); save it as CSV UTF-8") from error
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    missing = [name for name in ("event", "label", "decision") if name not in (rows.fieldnames or ())]
    if missing:
        raise UnreadableSource(f"{path}: no column {', '.join(missing)}; `zeitstrahl review --csv FILE` writes them")
    found = []
    for row in rows:
        values = {name: _unescaped(row.get(name) or "") for name in COLUMNS}
        if any(values.values()):
            found.append(_ruling(values, f"{path}, line {rows.line_num}"))
    return tuple(found)


def _ruling(values: dict[str, str], where: str) -> Ruling:
    changes: list[tuple[str, str | None]] = []
    if values["new_label"]:
        changes.append(("label", values["new_label"]))
    if values["new_date"]:
        try:
            changes.append(("when", None if values["new_date"] == "-" else read_date(values["new_date"]).edtf))
        except MalformedDate as error:
            raise UnreadableSource(f"{where}: new_date: {error}") from error
    word = values["decision"].casefold()
    if word and word not in _WORDS:
        raise UnreadableSource(f"{where}: {values['decision']!r} is no decision; write {', '.join(get_args(Decision))}")
    decision = _WORDS.get(word, "correct" if changes else None)
    if decision == "correct" and not changes:
        raise UnreadableSource(f"{where}: nothing to correct; fill new_label or new_date")
    if decision == "retract" and not values["reason"]:
        raise UnreadableSource(f"{where}: to retract needs a reason")
    return Ruling(
        where=where, event=values["event"], label=values["label"], changes=tuple(changes), reason=values["reason"],
        decision=decision,  # type: ignore[arg-type]
    )  # fmt: skip


def apply_rulings(base: KnowledgeBase, rulings: Iterable[Ruling], *, author: str, now: datetime) -> Counter[Decision]:
    """Makes the decisions of a spreadsheet in one transaction; how many of each changed something.

    Raises RefusedJudgement with the line of the row that cannot be applied; then nothing is.
    """
    counts: Counter[Decision] = Counter()
    with transaction(base.connection):
        for ruling in rulings:
            try:
                _apply(base, ruling, counts, author, now)
            except TimelineError as error:
                raise RefusedJudgement(f"{ruling.where}: {error}; nothing was applied") from error
    return counts


def _apply(base: KnowledgeBase, ruling: Ruling, counts: Counter[Decision], author: str, now: datetime) -> None:
    event = base.event(ruling.event)
    changes = dict(ruling.changes)
    is_done = changes.get("label") == event.label  # the same file, applied again
    if " ".join(ruling.label.split()) != " ".join(event.label.split()) and not is_done:
        raise RefusedJudgement(f"label: {event.short_id} is {event.label!r} here; to change it, fill new_label")
    if changes and correct_event(base, event.short_id, changes, author=author, now=now):
        counts["correct"] += 1
    if ruling.decision == "confirm" and event.checked_by is None:
        confirm_event(base, event.short_id, author=author, now=now)
        counts["confirm"] += 1
    if ruling.decision == "retract" and event.hidden_because != "retracted":
        retract_event(base, event.short_id, reason=ruling.reason, author=author, now=now)
        counts["retract"] += 1


def _unescaped(cell: str) -> str:
    """The cell without the apostrophe that keeps spreadsheets from running it as a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text
