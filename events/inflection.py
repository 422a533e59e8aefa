"""Present-tense forms for labels: a table of irregular verbs and the patterns of the language."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any


class Conjugator:
    """Third person present of verbs by their infinitive."""

    def __init__(self, irregular: Mapping[str, str], rules: Mapping[str, Any], verbs: Collection[str]) -> None:
        self._irregular = irregular
        self._verbs = verbs
        self._rules: dict[bool, list[tuple[re.Pattern[str], str]]] = {
            False: _compiled(rules["present_singular"]),
            True: _compiled(rules["present_plural"]),
        }
        self._prefixes = sorted(rules.get("prefixes", ()), key=len, reverse=True)
        self._particles = sorted(rules.get("particles", ()), key=len, reverse=True)
        self._splitting = frozenset(rules.get("separable_when_split", ()))

    def split(self, lemma: str, seen: str) -> tuple[str, str]:
        """Particle and verb of an infinitive: ("an", "kommen").

        `seen` is the particle that the text separates, or "". Where a word is both prefix and particle ("umbringen",
        "umarmen") only the text decides.
        """
        if seen and lemma.startswith(seen) and len(lemma) > len(seen) + 2:
            return seen, lemma[len(seen) :]
        for particle in self._particles:
            rest = lemma[len(particle) :]
            if lemma.startswith(particle) and (rest in self._verbs or rest in self._irregular):
                return particle, rest
        return "", lemma

    def present(self, verb: str, plural: bool) -> str:
        """The form for he/she/it or they, of a verb without its particle."""
        if not plural:
            if (own := self._irregular.get(verb)) is not None:
                return own
            for prefix in self._prefixes:
                if verb.startswith(prefix) and (base := self._irregular.get(verb[len(prefix) :])) is not None:
                    return str(prefix) + base
        for pattern, form in self._rules[plural]:
            if pattern.fullmatch(verb):
                return pattern.sub(form, verb, count=1)
        return verb


def _compiled(rows: list[list[str]]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), form) for pattern, form in rows]
