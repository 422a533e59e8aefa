"""The command `chain`: the events that lead from one to another, or to or from one, and what ties each to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from events import Status, TimelineError
from kb.cli.chain_printing import ChainPath, Story, chain_lines, chain_object, chain_page
from kb.cli.completing import complete_actors, complete_events
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.records import printed_date
from kb.cli.selecting import find_event
from kb.cli.session import Session
from kb.cli.streams import print_result, write_file
from kb.cli.tables import write_json
from kb.model import StoredActor, StoredEvent, StoredLink
from kb.quoting import cite_document
from kb.search import Query, read_status, with_bound
from kb.store import KnowledgeBase, open_for_reading

if TYPE_CHECKING:
    from kb.chains import Chain, ChainGraph

_BETWEEN = (2, 3, 4)  # one event between two that share an actor is no news, more than four nobody reads
_LONGER = (5, 6, 7, 8)
_STEPS = 4  # of a chain with an open end
_MOST_STEPS, _MOST_ALTERNATIVES = 20, 20
_OPEN_SHOWN, _BEFORE_SHOWN = 5, 3


class UnorderedEnds(TimelineError):
    """Two events between which no chain can run: the same one, undated, or in no certain order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is asked for; one end at least is given."""

    first: StoredEvent | None
    last: StoredEvent | None
    between: tuple[int, ...]  # allowed numbers of events between two ends
    is_exact: bool  # no other number will do
    steps: int  # at most, where one end is open
    via: StoredActor | None
    statuses: tuple[Status, ...]  # of events other than the ends
    since: int | None  # day
    until: int | None
    count: int  # of chains

    @property
    def ends(self) -> tuple[StoredEvent, ...]:
        return tuple(end for end in (self.first, self.last) if end is not None)


@click.command("chain", cls=LocalizedCommand)
@click.argument("from_words", metavar="[FROM]", required=False, shell_complete=complete_events)
@click.argument("to_words", metavar="[TO]", required=False, shell_complete=complete_events)
@localized_option("--from", "from_option", metavar="EVENT", shell_complete=complete_events)
@localized_option("--to", "to_option", metavar="EVENT", shell_complete=complete_events)
@localized_option("--via", metavar="ACTOR", shell_complete=complete_actors)
@localized_option("--between", metavar="N")
@localized_option("--steps", type=click.IntRange(1, _MOST_STEPS), metavar="N")
@localized_option("--alternatives", type=click.IntRange(0, _MOST_ALTERNATIVES), default=0, metavar="K")
@localized_option("--since", metavar="DATE")
@localized_option("--until", metavar="DATE")
@localized_option("--status", "statuses", multiple=True, metavar="STATUS")
@localized_option("--strict", is_flag=True)
@localized_option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@localized_option("--json", "as_json", is_flag=True)
@click.pass_obj
def chain_command(session: Session, /, output: Path | None, as_json: bool, **options: Any) -> None:
    """The event chain between two events, to one or from one."""
    ends = _read_ends(session, options)
    between = _read_length(session, options, is_open=None in ends)
    with open_for_reading(session.path) as base:
        question = _read_question(session, base, options, ends, between)
        story = _answer(session, base, question)
        page = chain_page(session, base, story) if output is not None else ""
    if output is not None:
        write_file(output, page, session.wording)
        print_result(str(output))
    elif as_json:
        write_json("chain", chain_object(session, story))
    else:
        for line in chain_lines(session, story):
            print_result(line)


# The question ---------------------------------------------------------------------------------------------------------


def _read_ends(session: Session, options: dict[str, Any]) -> tuple[str | None, str | None]:
    """The words for both ends, None for one that is left open; FROM alone may mean either and is refused."""
    words = [options[name] for name in ("from_words", "to_words") if options[name] is not None]
    named = [options["from_option"], options["to_option"]]
    if len(words) > named.count(None) or (not words and named == [None, None]):
        raise click.UsageError(session.wording("chain.which_ends"))
    if len(words) == 1 and named == [None, None]:
        raise click.UsageError(session.wording("chain.which_ends"))
    first, last = (words.pop(0) if words and end is None else end for end in named)
    return first, last


def _read_length(session: Session, options: dict[str, Any], *, is_open: bool) -> tuple[int, ...]:
    """The allowed numbers of events between."""
    text, steps = options["between"], options["steps"]
    if text is not None and steps is not None:
        raise click.UsageError(session.wording("chain.one_length"))
    if text is None:
        return _BETWEEN if steps is None else (steps,)
    if is_open:
        raise click.UsageError(session.wording("chain.between_open_end"))
    match = re.fullmatch(r"\s*(\d{1,2})(?:\s*-\s*(\d{1,2}))?\s*", text)
    if match is None or int(match[2] or match[1]) < int(match[1]):
        raise click.UsageError(session.wording("errors.bad_between", value=text))
    return tuple(range(int(match[1]), int(match[2] or match[1]) + 1))


def _read_question(
    session: Session, base: KnowledgeBase, options: dict[str, Any], ends: tuple[str | None, str | None],
    between: tuple[int, ...],
) -> _Question:  # fmt: skip
    first, last = (None if end is None else find_event(session, base, end, strict=options["strict"]) for end in ends)
    _check_ends(session, first, last)
    bounds = Query()
    for name in ("since", "until"):
        if options[name] is not None:
            bounds = with_bound(bounds, name, options[name])
    return _Question(
        first=first,
        last=last,
        between=between,
        is_exact=options["steps"] is not None,
        steps=options["steps"] or _STEPS,
        via=None if options["via"] is None else base.actor(options["via"]),
        statuses=tuple(read_status(status) for status in options["statuses"]) or ("occurred",),
        since=bounds.since,
        until=bounds.until,
        count=1 + options["alternatives"],
    )


def _check_ends(session: Session, first: StoredEvent | None, last: StoredEvent | None) -> None:
    wording = session.wording
    if first and last and first.row == last.row:
        raise UnorderedEnds(wording("chain.same", first=first.short_id, second=last.short_id))
    for event in (first, last):
        if event and event.when is None:
            raise UnorderedEnds(wording("chain.undated", id=event.short_id))
    if first and last and first.when and last.when and last.when.certainly_before(first.when):
        raise UnorderedEnds(wording("chain.reversed", first=first.short_id, second=last.short_id))


# The answer -----------------------------------------------------------------------------------------------------------


def _find_chains(session: Session, graph: ChainGraph, question: _Question) -> tuple[Chain, ...]:
    from kb.chains import find_chains_from, find_chains_to

    via = question.via.row if question.via else None
    if question.first and question.last:
        return _find_between(session, graph, question.first, question.last, question)
    if question.last:
        return find_chains_to(graph, question.last.row, question.steps, via=via, count=question.count)
    return find_chains_from(graph, question.ends[0].row, question.steps, via=via, count=question.count)


def _find_between(
    session: Session, graph: ChainGraph, first: StoredEvent, last: StoredEvent, question: _Question
) -> tuple[Chain, ...]:
    from kb.chains import UncertainOrder, find_best_chains

    via, wanted = question.via.row if question.via else None, question.between
    # Where the wanted length cannot be had, the longest shorter chain, then a longer one.
    fallbacks = [*((n,) for n in range(min(wanted) - 1, 0, -1)), *((n,) for n in _LONGER if n not in wanted)]
    lengths = [wanted] if question.is_exact else [wanted, *fallbacks]
    chains = (
        find_best_chains(graph, first.row, last.row, between, via=via, count=question.count) for between in lengths
    )
    try:
        return next((found for found in chains if found), ())
    except UncertainOrder as error:
        dates = [printed_date(session, event.when) for event in (first, last)]
        message = session.wording(
            "chain.uncertain", first=first.short_id, second=last.short_id, first_date=dates[0], second_date=dates[1]
        )
        raise UnorderedEnds(message) from error


def _answer(session: Session, base: KnowledgeBase, question: _Question) -> Story:
    from kb.chains import find_open_between, find_prehistory, read_graph

    ends = question.ends
    graph, links = read_graph(base, ends, statuses=question.statuses, since=question.since, until=question.until)
    chains = _find_chains(session, graph, question)
    told = chains or (_chain_of_ends(graph, ends),)
    inside = {row for chain in told for row in chain.events}
    open_: list[int] = []
    before: tuple[int, ...] = ()
    direct: tuple[int, ...] = ()
    if len(ends) == 2:
        direct = _chain_of_ends(graph, ends).steps[0].links
        found = find_open_between(graph, ends[0].row, ends[1].row, _OPEN_SHOWN)
        open_ = [row for row in found if row not in inside]
        before = find_prehistory(graph, ends[0].row, _BEFORE_SHOWN)
    paths = _read_paths(base, told, links)
    mentions = base.mentions([event for path in paths for event in path.events])
    return Story(
        title=_title(session, question),
        remark=_remark(session, question, chains),
        paths=paths,
        direct=tuple(links[number] for number in direct),
        open=base.events_by_row(open_),
        prehistory=base.events_by_row(before),
        quotations={key: found[0] for key, found in mentions.items() if found},
        citations={document.key: cite_document(document) for document in base.documents()},
    )


def _chain_of_ends(graph: ChainGraph, ends: Sequence[StoredEvent]) -> Chain:
    """The given ends alone, with what ties them directly."""
    from kb.chains import Chain, direct_step

    rows = tuple(end.row for end in ends)
    return Chain(events=rows, steps=tuple(direct_step(graph, *pair) for pair in pairwise(rows)))


def _read_paths(base: KnowledgeBase, chains: Sequence[Chain], links: Sequence[StoredLink]) -> tuple[ChainPath, ...]:
    actors = {actor.row: actor for actor in base.actors(everything=True)}
    documents = {document.row: document.key for document in base.documents()}
    return tuple(
        ChainPath(
            events=base.events_by_row(chain.events),
            shared=tuple(tuple(actors[row] for row in step.actors) for step in chain.steps),
            told=tuple(tuple(documents[row] for row in step.documents) for step in chain.steps),
            stated=tuple(tuple(links[number] for number in step.links) for step in chain.steps),
            strengths=tuple(step.strength for step in chain.steps),
        )
        for chain in chains
    )


def _title(session: Session, question: _Question) -> str:
    wording = session.wording
    if question.first and question.last:
        return wording("chain.title", source=question.first.label, target=question.last.label)
    if question.last:
        return wording("chain.title_to", target=question.last.label)
    return wording("chain.title_from", source=question.ends[0].label)


def _remark(session: Session, question: _Question, chains: Sequence[Chain]) -> str:
    """What is not as it was asked for."""
    wording = session.wording
    if not chains:
        return _no_chain(session, question)
    between = len(chains[0].events) - 2
    if len(question.ends) == 2 and between < min(question.between):
        return wording.count("chain.fewer", between)
    if len(question.ends) == 2 and between > max(question.between):
        return wording("chain.longer", n=between)
    return ""


def _no_chain(session: Session, question: _Question) -> str:
    wording = session.wording
    if question.via:
        return wording("chain.none_via", actor=question.via.name)
    if len(question.ends) == 2 and question.is_exact:
        return wording.count("chain.none_exact", question.between[0])
    if len(question.ends) == 2:
        return wording("chain.none_between")
    return wording("chain.none_before" if question.last else "chain.none_after", id=question.ends[0].short_id)
