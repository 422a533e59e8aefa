"""Word lists of one language, read once from `events/lang/LANGUAGE/*.tsv`.

The engine asks this module what a word means and never holds words itself. Each file begins with a header line
("#lemma  class ..."); an entry that does not fit it raises MalformedLanguageData with file, line and reason.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from events.errors import MalformedLanguageData, UnsupportedLanguage

# Languages whose infinitive closes a phrase: "Anklage erheben", but "step down".
_VERB_LAST = frozenset({"de"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WordEntry:
    """A verb or noun and what it says about happenings."""

    lemma: str
    category: str  # event, saying, state, cognition, light, begin, ..., as docs/events.md lists them
    kind: str  # kind of event, "" where it has none
    concept: str  # shared by verb and noun of one happening, in all languages; "" where none
    frame: tuple[str, ...]  # verbs: words that make it no event; nouns: how its participants stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A noun that stands for somebody by what he or she is."""

    lemma: str
    gender: str  # m, f, n or ""
    kind: str  # person, group, organisation, relative
    state: str  # ISO code of the state that it belongs to, "" where open


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state with the words that name it."""

    iso: str
    name: str
    variants: tuple[str, ...]
    adjective: str
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    government: tuple[str, ...]


def _rows(language: str, name: str, columns: int) -> Iterator[tuple[str, ...]]:
    """The entries of one list, each padded to `columns` fields; no entries where the file is absent."""
    path = files("events").joinpath("lang", language, name)
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) > columns or not fields[0]:
            raise MalformedLanguageData(f"{path}, line {number}: expected up to {columns} fields, found {line!r}")
        yield (*fields, *[""] * (columns - len(fields)))


def _parts(field: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in field.split("|") if part.strip())


class Lexicon:
    """All word lists of one language."""

    def __init__(self, language: str) -> None:
        if not files("events").joinpath("lang", language).is_dir():
            raise UnsupportedLanguage(f"no language data for {language!r}: events/lang holds none")
        self.language = language
        self._looked_up: dict[str, WordEntry | None] = {}  # compounds are taken apart once
        self.verbs = {r[0]: _word(r) for r in _rows(language, "verbs.tsv", 5)}
        self.phrases = _by_verb(self.verbs.values(), verb_first=language not in _VERB_LAST)
        self.nouns = {r[0]: _word(r) for r in _rows(language, "nouns.tsv", 5)}
        self.suffixes = sorted(
            (_word((*r, "", "")) for r in _rows(language, "suffixes.tsv", 3)), key=lambda entry: -len(entry.lemma)
        )
        self.offices = {
            r[0]: Office(lemma=r[0], gender=r[1], kind=r[2], state=r[3]) for r in _rows(language, "offices.tsv", 4)
        }
        self.states = tuple(
            State(
                iso=r[0],
                name=r[1],
                variants=_parts(r[2]),
                adjective=r[3],
                demonyms=_parts(r[4]),
                capitals=_parts(r[5]),
                government=_parts(r[6]),
            )
            for r in _rows(language, "states.tsv", 7)
        )
        self.state_by_iso = {state.iso: state for state in self.states}
        self.state_names = {word: state for state in self.states for word in (*state.variants, state.name)}
        self.state_governments = {word: state for state in self.states for word in state.government}
        self.state_capitals = {word: state for state in self.states for word in state.capitals}
        self.state_demonyms = {word: state for state in self.states for word in state.demonyms}
        self.state_adjectives = {word.casefold(): state for state in self.states for word in _parts(state.adjective)}
        self.places = {name: r[0] for r in _rows(language, "places.tsv", 3) for name in (r[0], *_parts(r[1]))}
        self.first_names = {r[0]: r[1] for r in _rows(language, "firstnames.tsv", 2)}
        self.surnames_first = frozenset(r[0] for r in _rows(language, "surnames_first.tsv", 2))
        self.titles = frozenset(r[0] for r in _rows(language, "titles.tsv", 2))
        self.present = {r[0]: r[1] for r in _rows(language, "present.tsv", 2)}
        self.grammar = _with_folded(_toml(language, "grammar.toml"))

    def noun(self, lemma: str) -> WordEntry | None:
        """The entry of a noun: its own, else that of the head of the compound, else by its ending."""
        if lemma not in self._looked_up:
            self._looked_up[lemma] = self._find_noun(lemma)
        return self._looked_up[lemma]

    def _find_noun(self, lemma: str) -> WordEntry | None:
        if (own := self.nouns.get(lemma)) is not None:
            return own
        if (head := compound_head(lemma, self.nouns)) is not None:
            return self.nouns[head]
        return next((s for s in self.suffixes if lemma.endswith(s.lemma) and len(lemma) > len(s.lemma) + 2), None)

    def infinitive(self, lemma: str) -> str:
        """The listed verb that a form belongs to which the lemmatizer left as it stands: "überquert" of überqueren."""
        if lemma in self.verbs:
            return lemma
        bases = (re.sub(pattern, base, lemma) for pattern, base in self.grammar["words"]["regular_forms"])
        return next((base for base in bases if base != lemma and base in self.verbs), lemma)

    def office(self, lemma: str) -> Office | None:
        """The entry of a noun for a person or body, its own or that of the head of the compound.

        A listed word without a kind is none of them: "Entführung" is not led by anybody's "Führung".
        """
        head = lemma if lemma in self.offices else compound_head(lemma, self.offices)
        return self.offices[head] if head is not None and self.offices[head].kind else None

    def adjective_state(self, word: str) -> State | None:
        """The state that an adjective in any form belongs to: "nordkoreanischen" is of Nordkorea."""
        folded = word.casefold()
        for ending in ("", "e", "en", "er", "es", "em"):
            if folded.endswith(ending):
                stem = folded[: len(folded) - len(ending)]
                if (state := self.state_adjectives.get(stem)) is not None:
                    return state
        return None


def _by_verb(entries: Iterable[WordEntry], *, verb_first: bool) -> dict[str, list[tuple[frozenset[str], WordEntry]]]:
    """Phrases such as "ums Leben kommen" by their verb, with the words beside it; the longest first."""
    found: dict[str, list[tuple[frozenset[str], WordEntry]]] = {}
    for entry in entries:
        words = entry.lemma.split()
        if len(words) > 1 and words[0] != "sich":
            verb = words[0] if verb_first else words[-1]
            found.setdefault(verb, []).append((frozenset(words) - {verb}, entry))
    for rows in found.values():
        rows.sort(key=lambda row: (-len(row[0]), row[1].lemma))
    return found


def _word(row: tuple[str, ...]) -> WordEntry:
    lemma, category, kind, concept, frame = row[:5]
    return WordEntry(lemma=lemma, category=category, kind=kind, concept=concept, frame=tuple(frame.split()))


def compound_head(word: str, known: Mapping[str, object], shortest: int = 4) -> str | None:
    """The longest listed word that a German compound ends in ("Atomgipfel": Gipfel), or after a hyphen in any."""
    tail = word.rpartition("-")[2]
    if tail != word and tail in known:
        return tail
    for cut in range(2, len(tail) - shortest + 1):
        head = tail[cut:].capitalize()
        if head in known:
            return head
    return None


def _with_folded(value: Any) -> Any:
    """The data with each word that has an ß in its case-folded spelling, too: the steps compare folded words."""
    if isinstance(value, dict):
        return {key: _with_folded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [*value, *(word.casefold() for word in value if isinstance(word, str) and "ß" in word)]
    if isinstance(value, str) and "ß" in value:
        return " ".join([*value.split(), *(word.casefold() for word in value.split() if "ß" in word)])
    return value


def _toml(language: str, name: str) -> dict[str, Any]:
    path = files("events").joinpath("lang", language, name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except tomllib.TOMLDecodeError as error:
        raise MalformedLanguageData(f"{path}: {error}") from error


@cache
def lexicon_of(language: str) -> Lexicon:
    """The word lists of a language, read on first use."""
    return Lexicon(language)
