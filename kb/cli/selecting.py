"""The filters that commands share, and finding the one event that a person names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from kb.cli.completing import complete_actors, complete_dossiers
from kb.cli.localized import Decorated, localized_option
from kb.cli.records import printed_date
from kb.cli.session import Session
from kb.cli.streams import print_remark
from kb.errors import Ambiguous, NotFound
from kb.model import Selection, StoredEvent
from kb.search import MalformedQuery, rank_events, read_query, read_status, select_events, with_bound
from kb.store import KnowledgeBase

_SHORT_ID = re.compile(r"k\d+", re.IGNORECASE)
_FIELD = re.compile(r"([^\W\d][\w-]*):(\S+(?: (?!\S*:)\S+)+)")
_FIELD_INSIDE = re.compile(r"(?<!\S)[^\W\d][\w-]*:\S")
_OTHERS_NAMED = 5


def filter_options(command: Decorated) -> Decorated:
    """Adds WORDS and the filters of the timeline; `read_selection` reads them."""
    for option in (
        localized_option("--checked/--unchecked", "checked", default=None),
        localized_option("--dossier", metavar="NAME", shell_complete=complete_dossiers),
        localized_option("--all", "everything", is_flag=True),
        localized_option("--kind", "kinds", multiple=True, metavar="KIND"),
        localized_option("--status", "statuses", multiple=True, metavar="STATUS"),
        localized_option("--until", "until", metavar="DATE"),
        localized_option("--since", "since", metavar="DATE"),
        localized_option("--place", "places", multiple=True, metavar="NAME", shell_complete=complete_actors),
        localized_option("--actor", "actors", multiple=True, metavar="NAME", shell_complete=complete_actors),
        click.argument("words", nargs=-1, metavar="[WORDS]"),
    ):
        command = option(command)
    return command


def read_selection(session: Session, base: KnowledgeBase, options: Mapping[str, Any]) -> Selection:
    """The events that words and filters mean; tells on stderr what was understood where it is not plain."""
    query = read_query(" ".join(_requoted(base, word) for word in options["words"]))
    query = replace(
        query,
        actors=query.actors + options["actors"],
        places=query.places + options["places"],
        kinds=query.kinds + options["kinds"],
        statuses=query.statuses + tuple(read_status(status) for status in options["statuses"]),
    )
    for name in ("since", "until"):
        if options[name] is not None:
            query = with_bound(query, name, options[name])
    found = select_events(base, query, everything=options["everything"])
    for name, actors in found.several.items():
        print_remark(session.wording("list.several_actors", name=name, actors=", ".join(actors)))
    if found.missing:
        print_remark(session.wording("list.missing_words", words=", ".join(found.missing)))
    selection = replace(found.selection, is_checked=options["checked"])
    return selection if options["dossier"] is None else within_dossier(base, selection, options["dossier"])


def within_dossier(base: KnowledgeBase, selection: Selection, name: str) -> Selection:
    """What a selection has in common with a dossier, in the dossier's order.

    A person chose these events: those too are shown that the timeline leaves out by default, but none that was
    retracted.
    """
    from kb.dossiers import find_dossier

    rows = [entry.event.row for entry in find_dossier(base, name).entries if selection.everything or entry.is_current]
    among = set(rows) if selection.rows is None else set(selection.rows)
    return replace(selection, rows=tuple(row for row in rows if row in among), everything=True, order="rows")


def _requoted(base: KnowledgeBase, argument: str) -> str:
    """An argument with the quotation marks that the shell has taken off.

    actor:"Kim Jong Un" arrives without them, and so does a whole query in quotation marks, "actor:Kim Gipfel": the
    value is as many words as are a name here, or a date.
    """
    if " " not in argument or '"' in argument:
        return argument
    match = _FIELD.fullmatch(argument)
    if match is None:
        return argument if _FIELD_INSIDE.search(argument) else f'"{argument}"'
    words = match[2].split()
    for count in range(len(words), 1, -1):
        quoted = f'{match[1]}:"{" ".join(words[:count])}"'
        try:
            select_events(base, read_query(quoted))
        except (MalformedQuery, NotFound):
            continue
        return " ".join([quoted, *words[count:]])
    return argument


def is_filtered(options: Mapping[str, Any]) -> bool:
    """Whether any filter or word was given."""
    named = ("words", "actors", "places", "since", "until", "statuses", "kinds", "dossier")
    return options["checked"] is not None or any(options[name] for name in named)


def find_event(session: Session, base: KnowledgeBase, name: str, *, strict: bool = False) -> StoredEvent:
    """The event that a short id, a key or words mean: of several that fit the most salient; stderr names the others.

    Raises NotFound, and Ambiguous where `strict` and several fit.
    """
    try:
        return base.event(name)
    except NotFound:
        if _SHORT_ID.fullmatch(name.strip()):
            raise
    ranked = rank_events(base, name)
    if not ranked:
        raise NotFound(session.wording("errors.no_event", words=name))
    best, *others = ranked
    if strict and others:
        ids = ", ".join(f"{event.short_id} {event.label}" for event in ranked[: _OTHERS_NAMED + 1])
        message = session.wording("errors.several_events", words=name, others=ids)
        raise Ambiguous(message, tuple(event.short_id for event in ranked))
    _tell_choice(session, name, best, others)
    return best


def _tell_choice(session: Session, name: str, best: StoredEvent, others: list[StoredEvent]) -> None:
    wording = session.wording
    date = printed_date(session, best.when)
    print_remark(wording("event.taken", words=name, id=best.short_id, label=best.label, date=date))
    if others:
        named = [f"{event.short_id} {event.label} ({printed_date(session, event.when)})" for event in others]
        more = [] if len(named) <= _OTHERS_NAMED else ["…"]
        print_remark("  " + wording("event.also", others="; ".join(named[:_OTHERS_NAMED] + more)))
