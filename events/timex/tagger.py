"""Time expressions of a text: find the words, decide between rules, resolve in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from heapq import heapify, heappop, heappush
from itertools import pairwise
from re import Match

from events.errors import MalformedLanguageData
from events.timex.grammar import Grammar, load_grammar
from events.timex.hits import Hit, Resolved
from events.timex.patterns import Compiled
from events.timex.reading import Reading, is_heading
from events.timex.resolution import RESOLVERS
from events.timex.tokens import encode
from events.when import Basis, When

_WAIT_FOR_DATES = ("clock", "part_of_day", "part_of_day_adverb")  # read last: their day may stand behind them


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that name a time, as TimeML TIMEX3 has it, and the When that they mean where it can be known."""

    start: int  # code points into the text
    end: int  # exclusive
    text: str
    type: str  # DATE, TIME, DURATION, SET
    value: str  # TIMEX3 value; XXXX-XX-XX where unknown
    mod: str | None
    when: When | None  # None: unknown, or no place on the calendar (a duration, a habit)
    # The time that a range, a list of days or a word before it makes of `when`: "vom 25. bis 28. März" at both days,
    # 2010/.. for "seit 2010", ../2012 for "bis 2012"; else the same as `when`.
    period: When | None
    relation: str | None  # since, until, before, after: what the word before it says
    heading: bool  # opens its line before a colon or dash and governs what follows ("12. Juni 2018: ...")
    rule: str  # "de/times#last_weekday"
    basis: Basis
    counted_from: str | None  # words or day that it was counted from
    remark: str  # what does not add up: "Montag, 24. April 2019: weekday and date do not agree"


_Candidate = tuple[int, int, int, int, Hit]  # start, -end, number of the rule, a number that breaks ties
_CONTEXT = 12  # tokens behind a match that its rule may look at


@dataclass(slots=True)
class _Found:
    hit: Hit
    resolved: Resolved


def find_time_expressions(
    text: str, *, language: str, published: date | None, spans: Sequence[tuple[int, int]] | None = None
) -> tuple[TimeExpression, ...]:
    """The time expressions of a text, in order, none overlapping another.

    `published` is the day that relative words count from; without it they stay unknown, while those that count from
    the text ("im Jahr darauf") are resolved. `spans` restricts the search to stretches of the text; offsets count from
    the start of the whole text all the same. Raises UnsupportedLanguage where the language has no rules.
    """
    grammar = _checked_grammar(language)
    tokens = encode(text, grammar.codes, grammar.suffixes)
    reading = Reading(grammar=grammar, tokens=tokens, published=published.toordinal() if published else None)
    candidates = _candidates(reading, spans)
    found = _resolve(reading, candidates)
    return tuple(_expressions(reading, found))


@cache
def _checked_grammar(language: str) -> Grammar:
    grammar = load_grammar(language)
    for rule in grammar.rules:
        if not rule.blocks and rule.resolve not in RESOLVERS:
            raise MalformedLanguageData(f"{rule.name}: resolve is {rule.resolve!r}, not one of {', '.join(RESOLVERS)}")
    return grammar


def _candidates(reading: Reading, spans: Sequence[tuple[int, int]] | None) -> list[_Candidate]:
    """All places where a rule matches, as a heap: the leftmost and longest first, then in the order of the rules."""
    codes, tokens = reading.tokens.codes, reading.tokens
    present = frozenset(codes)
    keyed: list[_Candidate] = []
    for number, rule in enumerate(reading.grammar.rules):
        for pattern in rule.patterns:
            if pattern.needs.isdisjoint(present):
                continue
            for match in pattern.regex.finditer(codes):
                start, end = _extent(pattern, match)
                inside = spans is None or any(a <= tokens.starts[start] and tokens.ends[end - 1] <= b for a, b in spans)
                if inside and not _is_part_of_word(reading, start, end):
                    hit = Hit(rule=rule, pattern=pattern, match=match, reading=reading, start=start, end=end)
                    keyed.append((start, -end, number, len(keyed), hit))
    heapify(keyed)
    return keyed


def _extent(pattern: Compiled, match: Match[str]) -> tuple[int, int]:
    for name in pattern.extents:
        start, end = match.span(name)
        if start >= 0:
            return start, end
    return match.span()


def _is_part_of_word(reading: Reading, start: int, end: int) -> bool:
    """Whether a hyphen binds the words to a word that is no time (Mai-Kundgebung, Anti-1968)."""
    tokens = reading.tokens
    if _is_bound(reading, end - 1, end, end + 1) or _is_bound(reading, start - 2, start - 1, start - 2):
        return True
    following = tokens.text[tokens.ends[end - 1] : tokens.ends[end - 1] + 1]
    return following == "_" or following.isalnum()


def _is_bound(reading: Reading, left: int, hyphen: int, neighbour: int) -> bool:
    """Whether a hyphen without blanks binds the words to a neighbour that names no time."""
    tokens = reading.tokens
    if left < 0 or hyphen + 1 >= len(tokens.forms) or tokens.forms[hyphen] != "-":
        return False
    if neighbour > hyphen and tokens.ends[left] == tokens.starts[hyphen] < tokens.starts[neighbour] - 1:
        # "Sommer- und Winterreifen": the rest of the word comes later.
        is_weekday = reading.grammar.is_in("weekday", tokens.codes[left])
        return reading.grammar.is_in("and_sign", tokens.codes[neighbour]) and not is_weekday
    glued = tokens.ends[left] == tokens.starts[hyphen] and tokens.ends[hyphen] == tokens.starts[hyphen + 1]
    is_word = tokens.forms[neighbour][:1].isalpha()
    return glued and is_word and not reading.grammar.is_in("hyphen_friend", tokens.codes[neighbour])


def _push_rest(reading: Reading, heap: list[_Candidate], hit: Hit, taken: int) -> None:
    """Look again where a match began in words that another has taken: what is left may match too.

    "ab kommendem Montag, dem 2. April": the weekday is gone, "2. April" stands. The search ends shortly behind the old
    match, so the work stays linear.
    """
    end = hit.match.end()
    match = hit.pattern.regex.search(reading.tokens.codes, taken, end + _CONTEXT) if taken < end else None
    if match is not None and match.start() < end:
        start, stop = _extent(hit.pattern, match)
        if start >= taken and not _is_part_of_word(reading, start, stop):
            rest = Hit(rule=hit.rule, pattern=hit.pattern, match=match, reading=reading, start=start, end=stop)
            number = reading.grammar.rules.index(hit.rule)
            heappush(heap, (start, -stop, number, len(heap) + reading.tokens.starts[start], rest))


def _resolve(reading: Reading, candidates: list[_Candidate]) -> list[_Found]:
    found: list[_Found] = []
    waiting: list[_Found] = []
    taken = -1
    while candidates:
        *_, hit = heappop(candidates)
        if hit.start < taken:
            _push_rest(reading, candidates, hit, taken)
            continue
        if hit.rule.blocks:
            taken = hit.end
            continue
        resolved = RESOLVERS[hit.rule.resolve](hit)
        if resolved is None:
            continue
        taken = hit.end
        entry = _Found(hit, resolved)
        found.append(entry)
        if hit.rule.resolve in _WAIT_FOR_DATES:
            waiting.append(entry)
        elif resolved.period is not None:
            reading.speak(resolved.period, hit.start, hit.end)
    for entry in waiting:
        again = RESOLVERS[entry.hit.rule.resolve](entry.hit)
        entry.resolved = again or entry.resolved
    return found


def _expressions(reading: Reading, found: Sequence[_Found]) -> Iterable[TimeExpression]:
    relations = [_relation(reading, entry) for entry in found]
    periods = _periods(reading, found, relations)
    tokens = reading.tokens
    for entry, relation, period in zip(found, relations, periods, strict=True):
        hit, resolved = entry.hit, entry.resolved
        start, end = tokens.starts[hit.start], tokens.ends[hit.end - 1]
        words = tokens.text[start:end]

        def known(when: When | None, hit: Hit = hit, resolved: Resolved = resolved, words: str = words) -> When | None:
            return when and when.with_provenance(
                text=words, basis=resolved.basis, rule=hit.rule.name, counted_from=resolved.counted_from
            )

        yield TimeExpression(
            start=start,
            end=end,
            text=words,
            type=resolved.type or hit.rule.type,
            value=resolved.value,
            mod=resolved.mod,
            when=known(resolved.when),
            period=known(period),
            relation=relation,
            heading=is_heading(tokens.text, start, end),
            rule=hit.rule.name,
            basis=resolved.basis,
            counted_from=resolved.counted_from,
            remark=resolved.remark,
        )


def _relation(reading: Reading, entry: _Found) -> str | None:
    """since, until, before, after, between: what the word before the expression, or before its article, says."""
    grammar, tokens = reading.grammar, reading.tokens
    at = entry.hit.start - 1
    if at > 0 and grammar.is_in("article", tokens.codes[at]):
        at -= 1
    relation = grammar.value("relation", tokens.forms[at]) if at >= 0 else None
    # "vor zwei Jahren" counts, it does not order.
    is_length = (entry.resolved.type or entry.hit.rule.type) == "DURATION"
    return None if is_length and relation in ("before", "after", "between") else relation


def _periods(reading: Reading, found: Sequence[_Found], relations: Sequence[str | None]) -> list[When | None]:
    """Ranges and lists of days as one time, else what the relation makes of the When."""
    periods = [_related(entry.resolved.when, relation) for entry, relation in zip(found, relations, strict=True)]
    at = 0
    while at + 1 < len(found):
        last = at
        while last + 1 < len(found) and _joint(reading, found[last], found[last + 1]) == "list":
            last += 1
        whole = _listed_days(found[at : last + 1])
        joint = _joint(reading, found[at], found[at + 1])
        if whole is None and (joint == "range" or (joint == "list" and relations[at] == "between")):
            last = at + 1
            whole = _range(found[at].resolved.when, found[last].resolved.when, relations[at])
        if whole is not None:
            periods[at : last + 1] = [whole] * (last + 1 - at)
        at = last + 1 if last > at else at + 1
    return periods


def _joint(reading: Reading, left: _Found, right: _Found) -> str | None:
    """What stands between two expressions: `range` (bis, a dash), `list` (und, a comma), None for all else."""
    if left.resolved.type == "TIME" or right.resolved.type == "TIME" or right.hit.start - left.hit.end > 2:
        return None
    grammar, tokens = reading.grammar, reading.tokens
    between = [at for at in range(left.hit.end, right.hit.start) if not grammar.is_in("article", tokens.codes[at])]
    joints = {grammar.value("joint", tokens.forms[at]) for at in between if tokens.forms[at] != "."}
    return joints.pop() if len(joints) == 1 else None


def _listed_days(entries: Sequence[_Found]) -> When | None:
    """Days that follow one another and are listed together last from the first to the last."""
    whens = [entry.resolved.when for entry in entries]
    days = [when.earliest for when in whens if when is not None and when.granularity == "day"]
    if len(days) < 2 or len(days) < len(whens):
        return None
    follows = all(b is not None and a is not None and b == a + 1 for a, b in pairwise(days))
    return When.lasting(whens[0], whens[-1]) if follows else None


def _range(start: When | None, end: When | None, relation: str | None) -> When | None:
    if start is None or end is None or start.earliest is None or end.latest is None or start.earliest > end.latest:
        return None
    if relation == "between":
        return When.within(start.earliest, end.latest)
    begun = start.earliest if start.start_latest is None else start.start_latest  # day 0 is a day
    ended = end.latest if end.end_earliest is None else end.end_earliest
    return When.lasting(start, end) if begun <= end.latest and start.earliest <= ended else None


def _related(when: When | None, relation: str | None) -> When | None:
    if when is None or when.clock is not None:
        return when
    if relation == "since":
        return When.lasting(when, None)
    if relation == "until":
        return When.lasting(None, when)
    if relation == "before" and when.earliest is not None:
        return When.within(None, when.earliest - 1)
    if relation == "after" and when.earliest is not None:
        return When.within(when.earliest, None)
    return when
