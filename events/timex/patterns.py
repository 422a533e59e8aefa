"""The pattern language of the rules, translated into regular expressions over token codes.

    am                      a word; in lower case it matches am, Am and AM, with a capital only Am and AM
    . , - / :               the sign itself; brackets stand in the word list
    {weekday}               any word of a list or number of a shape, kept as group `weekday`; where a group stands more
                            than once (in alternatives), the first one that took part counts
    {from:day}              the same, kept as group `from`
    {any}                   any one token
    ( a | b ), x?, x{0,6}   alternatives, an optional part, bounded repetition; `*` and `+` are refused
    [ ... ]                 what is annotated, where it is not the whole; the rest is context
    (?= ) (?! ) (?<= ) (?<! )   context that is not used up

Unbounded repetition is refused, so a pattern takes linear time on any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

ANY = "."

_PIECE = re.compile(
    r"\s*(?:(?P<look>\(\?(?:<?[=!]))|(?P<name>\{(?:[a-z_0-9]+:)?[a-z_]+\})|(?P<repeat>\{\d,\d+\}|\?)|(?P<paren>[()|\[\]])"
    r"|(?P<word>#?[^\W_]+)|(?P<sign>\S))"
)


class PatternError(ValueError):
    """A pattern that cannot be read; the loader adds file and rule."""


@dataclass(slots=True)
class Compiled:
    """A pattern ready to run: `needs` are codes of which a text must hold one before the search is worth while."""

    regex: re.Pattern[str]
    needs: frozenset[str]
    groups: dict[str, list[tuple[str, str]]]  # group: its places in the expression, each with list or shape
    extents: tuple[str, ...]  # groups of what is annotated, one of which takes part where the pattern has brackets


@dataclass(slots=True)
class _Piece:
    """A part of the translated pattern and the codes of which any match holds one (None: nothing is certain)."""

    source: str
    needs: frozenset[str] | None


def compile_pattern(pattern: str, codes_of: Callable[[str], str], codes_of_word: Callable[[str], str]) -> Compiled:
    """The pattern, compiled. `codes_of` gives the codes of a list or shape, `codes_of_word` those of one word."""
    translation = _Translation(pattern, codes_of, codes_of_word)
    piece = translation.alternatives()
    if translation.position != len(translation.pieces):
        raise PatternError(f"unexpected {translation.peek()!r}")
    if not piece.needs:
        raise PatternError("the pattern can match nothing, or anything: name at least one word or list that it needs")
    extents = tuple("extent" if n == 0 else f"extent{n + 1}" for n in range(translation.extents))
    return Compiled(regex=re.compile(piece.source, re.DOTALL), needs=piece.needs, groups=translation.groups,
                    extents=extents)  # fmt: skip


def words_of(pattern: str) -> set[str]:
    """The words and signs that a pattern names itself, outside of lists."""
    pieces = ((match.lastgroup, match.group().strip()) for match in _PIECE.finditer(pattern))
    return {piece for kind, piece in pieces if kind in ("word", "sign")}


class _Translation:
    """Recursive descent over the pieces of one pattern."""

    def __init__(self, pattern: str, codes_of: Callable[[str], str], codes_of_word: Callable[[str], str]) -> None:
        self.pieces = [(str(m.lastgroup), m.group().strip()) for m in _PIECE.finditer(pattern)]
        self.position = 0
        self.codes_of, self.codes_of_word = codes_of, codes_of_word
        self.groups: dict[str, list[tuple[str, str]]] = {}
        self.extents = 0

    def peek(self) -> str:
        return self.pieces[self.position][1] if self.position < len(self.pieces) else ""

    def take(self) -> tuple[str, str]:
        self.position += 1
        return self.pieces[self.position - 1]

    def alternatives(self) -> _Piece:
        parts = [self.sequence()]
        while self.peek() == "|":
            self.take()
            parts.append(self.sequence())
        if len(parts) == 1:
            return parts[0]
        certain = [part.needs for part in parts if part.needs is not None]
        needs = frozenset().union(*certain) if len(certain) == len(parts) else None
        return _Piece("(?:" + "|".join(part.source for part in parts) + ")", needs)

    def sequence(self) -> _Piece:
        source, needs = "", None
        while self.position < len(self.pieces) and self.peek() not in ("|", ")", "]"):
            part = self.repeated()
            source += part.source
            if part.needs is not None and (needs is None or len(part.needs) < len(needs)):
                needs = part.needs
        return _Piece(source, needs)

    def repeated(self) -> _Piece:
        part = self.single()
        while self.position < len(self.pieces) and self.pieces[self.position][0] == "repeat":
            mark = self.take()[1]
            part = _Piece(f"(?:{part.source}){mark}", None if mark == "?" or mark.startswith("{0") else part.needs)
        return part

    def single(self) -> _Piece:
        kind, piece = self.take()
        if kind == "look":
            inner = self.alternatives()
            self.close(")")
            return _Piece(f"{piece}{inner.source})", None)
        if kind == "paren":
            return self.bracketed(piece)
        if kind == "name":
            return self.named(piece[1:-1])
        if piece in ("{", "}"):
            raise PatternError("a name in braces is a list, {list}, or {group:list}")
        if piece in ("*", "+"):
            raise PatternError(f"{piece!r} repeats without bound; write {{0,6}}")
        codes = self.codes_of_word(piece)
        return _Piece(_charset(codes), frozenset(codes))

    def bracketed(self, piece: str) -> _Piece:
        if piece not in ("(", "["):
            raise PatternError(f"unexpected {piece!r}")
        inner = self.alternatives()
        self.close(")" if piece == "(" else "]")
        if piece == "(":
            return _Piece(f"(?:{inner.source})", inner.needs)
        self.extents += 1
        name = "extent" if self.extents == 1 else f"extent{self.extents}"
        return _Piece(f"(?P<{name}>{inner.source})", inner.needs)

    def named(self, name: str) -> _Piece:
        if name == "any":
            return _Piece(ANY, None)
        group, _, source = name.rpartition(":")
        codes = self.codes_of(source)
        places = self.groups.setdefault(group or source, [])
        place = f"{group or source}__{len(places)}"
        places.append((place, source))
        return _Piece(f"(?P<{place}>{_charset(codes)})", frozenset(codes))

    def close(self, expected: str) -> None:
        if self.peek() != expected:
            raise PatternError(f"{expected!r} is missing")
        self.take()


def _charset(codes: str) -> str:
    if len(codes) == 1:
        return re.escape(codes)
    ordered = sorted(set(codes))
    ranges: list[list[str]] = []
    for code in ordered:
        if ranges and ord(code) == ord(ranges[-1][1]) + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[" + "".join(low if low == high else f"{low}-{high}" for low, high in ranges) + "]"
