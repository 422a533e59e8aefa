"""Completion of short ids in the shell: of events, actors and documents, by id or by the beginning of a name.

Offered are ids, with the name as the description: names hold spaces, which not every shell can complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click
from click.shell_completion import CompletionItem

from kb.cli.session import DEFAULT_PATH

if TYPE_CHECKING:
    from kb.store import KnowledgeBase

_OFFERED = 50

_List: TypeAlias = "Callable[[KnowledgeBase], list[tuple[str, str]]]"


def complete_events(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Events whose id or label begins so."""
    return _offer(context, incomplete, lambda base: [(event.short_id, event.label) for event in base.events()])


def complete_actors(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Actors whose id or name begins so, or has a word that does."""
    return _offer(context, incomplete, lambda base: [(actor.short_id, actor.name) for actor in base.actors()])


def complete_documents(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Documents whose id or file name begins so."""
    return _offer(context, incomplete, lambda base: [(each.short_id, each.name) for each in base.documents()])


def complete_dossiers(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Dossiers whose name begins so."""
    from kb.dossiers import list_dossiers

    names = [name for name, _ in _read(context, lambda base: [(each.name, "") for each in list_dossiers(base)])]
    return [CompletionItem(name) for name in names if name.casefold().startswith(incomplete.casefold())]


def _offer(context: click.Context, incomplete: str, listed: _List) -> list[CompletionItem]:
    wanted = incomplete.casefold()
    found = [
        CompletionItem(short_id, help=name)
        for short_id, name in _read(context, listed)
        if short_id.startswith(wanted) or any(part.startswith(wanted) for part in _beginnings(name))
    ]
    return found[:_OFFERED]


def _beginnings(name: str) -> Iterable[str]:
    folded = name.casefold()
    return [folded, *folded.split()]


def _read(context: click.Context, listed: _List) -> list[tuple[str, str]]:
    """Ids and names in the knowledge base of the command line; none where there is no readable one."""
    from events import TimelineError
    from kb.store import open_for_reading

    path = context.find_root().params.get("path")
    try:
        with open_for_reading(path if isinstance(path, Path) else DEFAULT_PATH) as base:
            return listed(base)
    except TimelineError:
        return []
