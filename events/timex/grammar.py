"""Rules and word lists of one language, loaded from `events/lang/LANGUAGE`, checked, ready to run.

* `times_words.tsv`: list, value, forms; `~` stands for the endings of an adjective, a leading `-` for the end of a word
* `times*.toml`: [language] settings, [unions] of lists, [[compound]] lists, [[rule]] entries
* `holidays.tsv`: name, date, pattern
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from events.errors import MalformedLanguageData, UnsupportedLanguage
from events.timex import patterns
from events.timex.tokens import SHAPES, UNKNOWN_CAPITALISED, UNKNOWN_LOWER

TYPES = ("DATE", "TIME", "DURATION", "SET")
_RULE_KEYS = {"name", "pattern", "type", "resolve", "with", "examples", "never", "read_on", "blocks"}
_FIRST_CODE = 0xE000  # private use: no text token has these as its own character
_CODE_SPACE = 6400


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what it matches, what it makes of it, and its own tests."""

    name: str  # "de/times#last_weekday"
    patterns: tuple[patterns.Compiled, ...]  # each is tried, the longest match wins
    type: str  # one of TYPES, empty where `blocks`
    resolve: str  # name of a function in events.timex.resolution
    options: Mapping[str, Any]  # what the entry hands to that function under `with`
    blocks: bool  # what it matches is no time, and no other rule may read it
    examples: tuple[tuple[str, str], ...]  # text (the extent may stand in brackets), value
    never: tuple[str, ...]  # texts without any time expression
    read_on: str  # publication day of the examples


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """All that the tagger knows of one language."""

    language: str
    rules: tuple[Rule, ...]
    codes: Mapping[str, str]  # form or #shape: code
    suffixes: tuple[tuple[str, str], ...]  # ending of capitalised words, code
    values: Mapping[str, Mapping[str, str]]  # list: form in lower case: value
    unions: Mapping[str, tuple[str, ...]]
    memberships: Mapping[str, frozenset[str]] = field(repr=False)  # list: codes
    past_form: re.Pattern[str]  # verbs in the past tense, by their form
    present_form: re.Pattern[str]  # verbs in the present tense, by their form
    participle: re.Pattern[str]
    bare_participle: re.Pattern[str]  # those that cannot be a finite verb, and say "past" without an auxiliary
    participle_adjective: re.Pattern[str]  # "veröffentlichte": what was done to the noun that follows
    adjective_form: re.Pattern[str]  # what may stand between a number and its unit: "fünf magere Jahre"
    decimal_sign: str

    def value(self, source: str, form: str) -> str | None:
        """The value that a list, or a union of lists, gives a form; None where it gives none."""
        lowered = form.lower()
        for name in self.unions.get(source, (source,)):
            entries = self.values.get(name)
            if entries is None:
                continue
            value = entries.get(form) or entries.get(lowered)
            if value is not None:
                return value
            for ending, _ in self.suffixes:
                if lowered.endswith(ending) and f"-{ending}" in entries:
                    return entries[f"-{ending}"]
        return None

    def is_in(self, name: str, code: str) -> bool:
        """Whether tokens with this code belong to the list, union or shape."""
        return code in self.memberships.get(name, frozenset())


@cache
def load_grammar(language: str) -> Grammar:
    """The grammar of a language; raises UnsupportedLanguage, or MalformedLanguageData naming file, rule and reason."""
    folder = files("events") / "lang" / language
    if not (folder / "times_words.tsv").is_file():
        raise UnsupportedLanguage(f"{language!r}: no time rules in events/lang; there are German (de) and English (en)")
    return read_grammar(language, folder)


def read_grammar(language: str, folder: Traversable) -> Grammar:
    """The grammar in a folder; raises MalformedLanguageData naming file, rule and reason."""
    return _Loader(language, folder).grammar()


@dataclass(slots=True)
class _Source:
    """An entry as it stands in its file, before the pattern is compiled."""

    where: str
    entry: dict[str, Any]
    read_on: str


class _Loader:
    """Reads the files of one language and ties lists and rules together."""

    def __init__(self, language: str, folder: Traversable) -> None:
        self.language, self.folder = language, folder
        self.values: dict[str, dict[str, str]] = {}
        self.unions: dict[str, tuple[str, ...]] = {}
        self.settings: dict[str, str] = {}
        self.sources: list[_Source] = []
        self.forms: dict[str, set[str]] = {}  # form as written: lists and literal words

    def grammar(self) -> Grammar:
        self.read_words()
        for path in sorted(self.folder.iterdir(), key=lambda path: path.name):
            if path.name.startswith("times") and path.name.endswith(".toml"):
                self.read_rules(path)
        self.read_holidays()
        for source in self.sources:
            for pattern in _patterns_of(source):
                for word in patterns.words_of(pattern):
                    self.add_form(word, f"'{word}")
        codes, memberships, suffixes = self.assign_codes()
        rules = tuple(self.rule(source, memberships) for source in self.sources)
        return Grammar(
            language=self.language,
            rules=rules,
            codes=codes,
            suffixes=suffixes,
            values=self.values,
            unions=self.unions,
            memberships={name: frozenset(members) for name, members in memberships.items()},
            past_form=re.compile(self.setting("past_form")),
            present_form=re.compile(self.setting("present_form")),
            participle=re.compile(self.setting("participle")),
            bare_participle=re.compile(self.setting("bare_participle")),
            participle_adjective=re.compile(self.setting("participle_adjective")),
            adjective_form=re.compile(self.setting("adjective_form")),
            decimal_sign=self.setting("decimal_sign"),
        )

    def setting(self, name: str) -> str:
        if name not in self.settings:
            raise MalformedLanguageData(f"events/lang/{self.language}/times.toml: [language] lacks {name}")
        return self.settings[name]

    def read_words(self) -> None:
        path = self.folder / "times_words.tsv"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != 3:
                raise MalformedLanguageData(f"{self.where(path)}, line {number}: not list, value, forms")
            name, value, forms = fields
            for form in forms.split():
                for full in _inflected(form):
                    self.add_word(name, full, value)

    def add_word(self, name: str, form: str, value: str) -> None:
        # Looked up as written first, so that "Morgen" and "morgen" can differ inside a union.
        self.values.setdefault(name, {}).setdefault(form.lower(), value)
        self.add_form(form, name)

    def add_form(self, form: str, name: str) -> None:
        if form.startswith("-") and len(form) > 1:
            self.forms.setdefault(form, set()).add(name)
            return
        variants = {form, form.upper()} if form[:1].isupper() else {form, form[:1].upper() + form[1:], form.upper()}
        for variant in variants:
            self.forms.setdefault(variant, set()).add(name)

    def read_rules(self, path: Traversable) -> None:
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise MalformedLanguageData(f"{self.where(path)}: {error}") from error
        self.settings.update(table.get("language", {}))
        for name, members in table.get("unions", {}).items():
            self.unions[name] = tuple(members)
        for compound in table.get("compound", ()):
            self.add_compound(path, compound)
        stem = path.name.removesuffix(".toml")
        for entry in table.get("rule", ()):
            name = f"{self.language}/{stem}#{entry.get('name', '?')}"
            self.sources.append(_Source(name, entry, entry.get("read_on", table.get("read_on", ""))))

    def add_compound(self, path: Traversable, compound: Mapping[str, str]) -> None:
        try:
            name, first, second = compound["list"], compound["first"], compound["second"]
            heads, tails = self.values[first], self.values[second]
        except KeyError as missing:
            raise MalformedLanguageData(f"{self.where(path)}: [[compound]] without {missing}") from missing
        capital = compound.get("capital", True)
        for head, head_value in heads.items():
            for tail, tail_value in tails.items():
                form = head + compound.get("joint", "") + tail
                self.add_word(name, form.capitalize() if capital else form, f"{head_value}|{tail_value}")

    def read_holidays(self) -> None:
        path = self.folder / "holidays.tsv"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != 3:
                raise MalformedLanguageData(f"{self.where(path)}, line {number}: not name, date, pattern")
            pattern = fields[2] if "[" in fields[2] or "{year}" in fields[2] else f"( {fields[2]} ) {{year}}?"
            entry = {"name": fields[0], "pattern": pattern, "type": "DATE", "resolve": "holiday",
                     "with": {"date": fields[1]}}  # fmt: skip
            self.sources.append(_Source(f"{self.language}/holidays#{fields[0]}", entry, ""))

    def assign_codes(self) -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, str], ...]]:
        """One code for all forms that belong to the same lists: the classes of the rules stay small."""
        for shape in SHAPES:
            self.forms[f"#{shape}"] = {shape}
        signatures: dict[frozenset[str], str] = {}
        codes: dict[str, str] = {}
        for lists in sorted({tuple(sorted(names)) for names in self.forms.values()}):
            signatures[frozenset(lists)] = chr(_FIRST_CODE + len(signatures))
        if len(signatures) > _CODE_SPACE:
            raise MalformedLanguageData(f"events/lang/{self.language}: more than {_CODE_SPACE} kinds of words")
        memberships: dict[str, str] = {"lowercase": UNKNOWN_LOWER, "capitalised": UNKNOWN_CAPITALISED}
        for form, names in self.forms.items():
            codes[form] = signatures[frozenset(names)]
        for signature, code in signatures.items():
            for name in signature:
                memberships[name] = memberships.get(name, "") + code
        for union, members in self.unions.items():
            unknown = [member for member in members if member not in memberships]
            if unknown:
                raise MalformedLanguageData(f"events/lang/{self.language}: union {union} names {unknown[0]!r}, no list")
            memberships[union] = "".join(memberships[member] for member in members)
        endings = sorted((form for form in codes if form.startswith("-") and len(form) > 1), key=len, reverse=True)
        return codes, memberships, tuple((ending[1:], codes[ending]) for ending in endings)

    def rule(self, source: _Source, memberships: Mapping[str, str]) -> Rule:
        entry, where = source.entry, source.where
        unknown = set(entry) - _RULE_KEYS
        if unknown:
            raise MalformedLanguageData(f"{where}: unknown key {sorted(unknown)[0]!r}")
        blocks = bool(entry.get("blocks", False))
        if not blocks and entry.get("type") not in TYPES:
            raise MalformedLanguageData(f"{where}: type is {entry.get('type')!r}, not one of {', '.join(TYPES)}")
        if not blocks and not entry.get("resolve"):
            raise MalformedLanguageData(f"{where}: resolve is missing")

        def codes_of(name: str) -> str:
            if name not in memberships:
                raise patterns.PatternError(f"no list, union or shape is called {name!r}")
            return memberships[name]

        try:
            compiled = tuple(
                patterns.compile_pattern(pattern, codes_of, lambda word: memberships[f"'{word}"])
                for pattern in _patterns_of(source)
            )
        except patterns.PatternError as error:
            raise MalformedLanguageData(f"{where}: {error}") from error
        return Rule(
            name=where,
            patterns=compiled,
            type=entry.get("type", ""),
            resolve=entry.get("resolve", ""),
            options=entry.get("with", {}),
            blocks=blocks,
            examples=tuple(entry.get("examples", {}).items()),
            never=tuple(entry.get("never", ())),
            read_on=source.read_on,
        )

    def where(self, path: Traversable) -> str:
        return f"events/lang/{self.language}/{path.name}"


def _patterns_of(source: _Source) -> list[str]:
    pattern = source.entry.get("pattern")
    if isinstance(pattern, str):
        return [pattern]
    if not isinstance(pattern, list) or not pattern:
        raise MalformedLanguageData(f"{source.where}: pattern is missing")
    return pattern


def _inflected(form: str) -> Iterator[str]:
    """The form, or the five forms of an adjective where it ends in `~`."""
    if form.endswith("~") and len(form) > 1:
        for ending in ("e", "en", "er", "es", "em"):
            yield form[:-1] + ending
    else:
        yield form
