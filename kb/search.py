"""From words to events: the query language, and the full text behind it.

`read_query` reads what a person typed into a `Query`, `select_events` turns that into a `Selection` of one knowledge
base, and `rank_events` guesses which event a person means by a few words. Any text is safe: what the full-text engine
would read as an operator is quoted.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from events import STATUSES, MalformedDate, Status, TimelineError, When, read_kind
from kb.errors import Ambiguous, NotFound
from kb.folding import fold_transcribed, write_out_umlauts
from kb.model import Selection, StoredActor, StoredEvent
from kb.store import KnowledgeBase

_SHORTEST_BEGINNING = 4  # a word keeps at least so many letters when its ending is cut off
_RANKED = 50  # more candidates than anybody reads
_ENOUGH = 0.45  # share of the words' weight that an event must have to be a guess at all
_IN_QUOTATION = 0.4  # what a word in a quotation counts; one in label or names counts whole
_HIDDEN = 0.75  # what the words of an event count that is not shown by default
_NEARLY = 0.05  # share of the words' weight that makes no difference


class MalformedQuery(TimelineError):
    """A query with a field or a value that we do not know; the message lists those that we do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a person asks for; all of it must hold, several values of one field are alternatives."""

    words: tuple[str, ...] = ()  # as typed, each to be found somewhere in label, names or quotations
    phrases: tuple[str, ...] = ()  # to be found word for word
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    since: int | None = None  # day, `events.days`
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The selection that a query means in one knowledge base, with what the reader should be told about it."""

    selection: Selection
    several: dict[str, tuple[str, ...]] = field(default_factory=dict)  # name as typed: the actors that bear it
    missing: tuple[str, ...] = ()  # words that no event has


# Words ----------------------------------------------------------------------------------------------------------------


_WORD = re.compile(r"\w+")


def _searchable(text: str) -> str:
    """The text as the full-text index compares it; the index itself takes off the accents."""
    return write_out_umlauts(text).casefold()


def beginning_of(word: str) -> str:
    """A folded word without its inflectional ending, to be looked up as the beginning of a word."""
    for ending in _vocabulary().endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_BEGINNING:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vocabulary:
    fields: dict[str, str]  # folded alias: field
    statuses: dict[str, str]
    months: dict[str, int]
    stop: frozenset[str]
    endings: tuple[str, ...]


@cache
def _vocabulary() -> _Vocabulary:
    table = tomllib.loads(Path(__file__).with_name("query.toml").read_text(encoding="utf-8"))
    return _Vocabulary(
        fields=_by_alias(table["fields"]),
        statuses=_by_alias(table["statuses"]),
        months={alias: int(number) for alias, number in _by_alias(table["months"]).items()},
        stop=frozenset(table["words"]["stop"]),
        endings=tuple(sorted(table["words"]["endings"], key=len, reverse=True)),
    )


def _by_alias(table: dict[str, list[str]]) -> dict[str, str]:
    return {alias: name for name, aliases in table.items() for alias in aliases}


# Dates as people type them --------------------------------------------------------------------------------------------

_NUMERIC_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_NUMERIC_MONTH = re.compile(r"(\d{1,2})[./](\d{4})")
_NAMED = re.compile(r"(?:(?P<day>\d{1,2})\.?\s+)?(?P<month>[a-z]+)\.?(?:\s+(?P<late_day>\d{1,2}),?)?\s+(?P<year>\d{4})")


def read_date(text: str) -> When:
    """A date as people type it: 2019, 2019-04, 2019-04-24, 24.4.2019, 4/2019, "24. April 2019", or any EDTF.

    Raises MalformedDate where it is none of these.
    """
    plain = _searchable(text.strip())
    if match := _NUMERIC_DAY.fullmatch(plain):
        return When.parse(f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}")
    if match := _NUMERIC_MONTH.fullmatch(plain):
        return When.parse(f"{match[2]}-{int(match[1]):02}")
    if (match := _NAMED.fullmatch(plain)) and match["month"] in _vocabulary().months:
        return _named_date(match)
    return When.parse(text.strip())


def _named_date(match: re.Match[str]) -> When:
    edtf = f"{match['year']}-{_vocabulary().months[match['month']]:02}"
    if day := match["day"] or match["late_day"]:
        edtf += f"-{int(day):02}"
    return When.parse(edtf)


def _take_dates(text: str) -> tuple[str, When | None]:
    """Free words without the last date among them, and that date."""
    found: When | None = None
    for pattern in (_NUMERIC_DAY, _NAMED, re.compile(r"\b(1\d{3}|20\d{2})\b")):
        for match in pattern.finditer(_searchable(text)):
            if pattern is _NAMED and match["month"] not in _vocabulary().months:
                continue
            found = read_date(match[0])
            return _searchable(text).replace(match[0], " ", 1), found
    return text, found


# The query language ---------------------------------------------------------------------------------------------------

_QUOTES = str.maketrans({"„": '"', "“": '"', "”": '"', "«": '"', "»": '"'})
_TERM = re.compile(r'(?P<field>[^\W\d][\w-]*):(?P<value>"[^"]*"?|[^\s"]+)|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')


def read_query(text: str) -> Query:
    """What a person typed, as a Query: free words, "exact phrases" and `field:value`; fields have German names too.

    Raises MalformedQuery for an unknown field, status or date.
    """
    query = Query()
    for match in _TERM.finditer(unicodedata.normalize("NFC", text).translate(_QUOTES)):
        if match["field"] is not None:
            query = _with_field(query, match["field"], match["value"].strip('"').strip())
        elif match["phrase"] is not None:
            query = replace(query, phrases=(*query.phrases, match["phrase"])) if match["phrase"].strip() else query
        elif _WORD.search(match["word"]):
            query = replace(query, words=(*query.words, match["word"]))
    return query


def _with_field(query: Query, name: str, value: str) -> Query:
    field_name = _vocabulary().fields.get(_searchable(name))
    if field_name is None:
        known = ", ".join(dict.fromkeys(_vocabulary().fields.values()))
        advice = f'to look for the words as they are, quote them: "{name}:{value}"'
        raise MalformedQuery(f"{name}: is no field; fields are {known}; {advice}")
    if not value:
        raise MalformedQuery(f'{name}: has no value; write {name}:Wert or {name}:"mehrere Wörter"')
    if field_name == "status":
        return replace(query, statuses=(*query.statuses, read_status(value)))
    if field_name in ("actor", "place", "kind"):
        return _with_name(query, field_name, value)
    return with_bound(query, field_name, value)


def _with_name(query: Query, field_name: str, value: str) -> Query:
    if field_name == "actor":
        return replace(query, actors=(*query.actors, value))
    if field_name == "place":
        return replace(query, places=(*query.places, value))
    return replace(query, kinds=(*query.kinds, value))


def read_status(text: str) -> Status:
    """The status that a word names, German or English."""
    name = _vocabulary().statuses.get(_searchable(text.strip()))
    for status in STATUSES:
        if status == name:
            return status
    raise MalformedQuery(f"{text!r} is no status; write one of {', '.join(STATUSES)}")


def with_bound(query: Query, name: str, value: str) -> Query:
    """The query with a bound in time: `since` and `until` include the date, `after` and `before` do not."""
    try:
        when = read_date(value)
    except MalformedDate as error:
        raise MalformedQuery(f"{name}: {value!r} is no date; write 2019, 2019-04, 2019-04-24 or 24.4.2019") from error
    first, last = when.earliest, when.latest
    if name == "since":
        return replace(query, since=first)
    if name == "until":
        return replace(query, until=last)
    if name == "after":
        return replace(query, since=None if last is None else last + 1)
    return replace(query, until=None if first is None else first - 1)


# Events of one knowledge base -----------------------------------------------------------------------------------------


def select_events(base: KnowledgeBase, query: Query, *, everything: bool = False) -> Found:
    """The selection that a query means here.

    A name that several actors bear means all of them; `Found.several` says so. Raises NotFound for an actor, a place or
    a kind that no event has.
    """
    several: dict[str, tuple[str, ...]] = {}
    selection = Selection(
        actors=_actor_rows(base, query.actors, several),
        places=_actor_rows(base, query.places, several),
        kinds=tuple(_checked_kind(base, kind) for kind in query.kinds),
        statuses=query.statuses,
        since=query.since,
        until=query.until,
        everything=everything,
    )
    missing: tuple[str, ...] = ()
    if expression := _match_expression(query):
        rows = _matching_rows(base, expression)
        selection = replace(selection, rows=rows)
        if not rows:
            missing = tuple(word for word in query.words if not _rows_of_word(base, word))
    return Found(selection=selection, several=several, missing=missing)


def _actor_rows(base: KnowledgeBase, names: Iterable[str], several: dict[str, tuple[str, ...]]) -> tuple[int, ...]:
    rows: list[int] = []
    for name in names:
        meant = _actors_named(base, name)
        if len(meant) > 1:
            several[name] = tuple(f"{actor.short_id} {actor.name}" for actor in meant)
        rows += [actor.row for actor in meant]
    return tuple(dict.fromkeys(rows))


def _actors_named(base: KnowledgeBase, name: str) -> tuple[StoredActor, ...]:
    """The actors that a name means: the one that bears it, else all that bear it or bear it as a part of theirs."""
    try:
        return (base.actor(name),)
    except Ambiguous as error:
        if not error.candidates:
            raise
        return tuple(base.actor(candidate) for candidate in error.candidates)
    except NotFound:
        # "Trump" where the texts say "Donald Trump": whole words, so that "Kim" is no part of "Kimberley".
        rows = base.connection.execute(
            "SELECT DISTINCT actor FROM actor_name WHERE instr(' ' || folded || ' ', ' ' || ? || ' ') ORDER BY actor",
            (fold_transcribed(name),),
        )
        found = tuple(base.actor(f"a{row}") for (row,) in rows)
        if not found:
            raise
        return found


def _checked_kind(base: KnowledgeBase, kind: str) -> str:
    known = [str(row[0]) for row in base.connection.execute("SELECT DISTINCT kind FROM event ORDER BY kind")]
    for name in (kind, read_kind(kind)):
        if name in known:
            return name
    raise NotFound(f"{kind!r}: no event is of this kind; here are {', '.join(known) or 'no events at all'}")


def _match_expression(query: Query) -> str:
    """The full-text expression of a query's words and phrases, "" where it has none."""
    words = [part for word in query.words for part in _WORD.findall(_searchable(word))]
    telling = [word for word in words if word not in _vocabulary().stop] or words
    phrases = [" ".join(_WORD.findall(_searchable(phrase))) for phrase in query.phrases]
    return " AND ".join([*map(_beginning, telling), *(f'"{phrase}"' for phrase in phrases if phrase)])


def _beginning(word: str) -> str:
    """The full-text expression for the forms of a word; quoted, so that no word is an operator.

    The forms are the words that begin alike, and for a longer word its German participle: zündet, gezündet.
    """
    if not word.isalpha() or len(word) < 2:
        return f'"{word}"'
    beginning = beginning_of(word)
    return f'("{beginning}"* OR "ge{beginning}"*)' if len(beginning) >= _SHORTEST_BEGINNING else f'"{beginning}"*'


def _matching_rows(base: KnowledgeBase, expression: str) -> tuple[int, ...]:
    rows = base.connection.execute("SELECT rowid FROM event_text WHERE event_text MATCH ?", (expression,))
    return tuple(int(row[0]) for row in rows)


def _rows_of_word(base: KnowledgeBase, word: str) -> tuple[int, ...]:
    expression = _match_expression(Query(words=(word,)))
    return _matching_rows(base, expression) if expression else ()


def rank_events(base: KnowledgeBase, text: str) -> tuple[StoredEvent, ...]:
    """The events that a few words may mean, the likeliest first; empty where no guess is worth making.

    Given are those that cover most of the words: rare words count more, a word in label or names more than one in a
    quotation, an event that is not shown by default less. Among them the more salient comes first, told by many
    sources, with a date of its own. A date among the words must be able to hold.
    """
    free, when = _take_dates(text)
    words = _telling_words(free)
    if words:
        selection = Selection(rows=_covering_rows(base, words), everything=True)
    elif when is not None:
        selection = Selection(since=when.earliest, until=when.latest)
    else:
        return ()
    found = [event for event in base.events(selection) if _may_be_at(event, when)]
    found.sort(key=lambda event: (not _lies_within(event, when), -_prominence(event)))
    return tuple(found[:_RANKED])


def _telling_words(text: str) -> list[str]:
    words = list(dict.fromkeys(_WORD.findall(_searchable(text))))
    return [word for word in words if word not in _vocabulary().stop] or words


def _covering_rows(base: KnowledgeBase, words: list[str]) -> tuple[int, ...]:
    """The events that cover nearly as much of the words as the best one, if that is enough."""
    (total,) = base.connection.execute("SELECT count(*) FROM event").fetchone()
    scores: dict[int, float] = {}
    whole = 0.0
    for word in words:
        rows = _matching_rows(base, _beginning(word))
        named = set(_matching_rows(base, f"{{label names}} : {_beginning(word)}"))
        weight = _surprise(len(rows), int(total))
        whole += weight
        for row in rows:
            scores[row] = scores.get(row, 0.0) + weight * (1.0 if row in named else _IN_QUOTATION)
    hidden = set(
        base.connection.execute(
            "SELECT id FROM event WHERE NOT is_shown AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(scores)),),
        )
    )
    coverage = {row: score / whole * (_HIDDEN if (row,) in hidden else 1.0) for row, score in scores.items()}
    best = max(coverage.values(), default=0.0)
    return tuple(row for row, share in coverage.items() if share >= best - _NEARLY) if best >= _ENOUGH else ()


def _surprise(count: int, total: int) -> float:
    """What a word weighs that so many of the events have; one that none has may be a verb in another tense."""
    return math.log2((total + 1) / count) if count else math.log2(total + 1) / 2


def _may_be_at(event: StoredEvent, when: When | None) -> bool:
    return when is None or (event.when is not None and event.when.may_overlap(when))


def _lies_within(event: StoredEvent, when: When | None) -> bool:
    return when is not None and event.when is not None and when.contains(event.when)


def _prominence(event: StoredEvent) -> float:
    """Salience, raised by further sources, lowered where the day is unknown or only that of the report.

    What took place comes before what was planned or called off: "Singapur" means the summit.
    """
    has_own_date = event.when is not None and event.when.basis != "publication"
    doubt = (0.0 if has_own_date else 0.2) + (0.0 if event.status == "occurred" else 0.3)
    return event.salience + 0.1 * min(event.sources - 1, 3) - doubt
