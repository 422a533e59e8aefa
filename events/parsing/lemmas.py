"""Base forms of words: a table learned from treebanks first, then simplemma's word lists.

Particle verbs are joined later, once the tree is known; see `events.parsing.repairs`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import simplemma

# Contractions of preposition and article, by the preposition.
_CONTRACTIONS = {
    "im": "in", "ins": "in", "am": "an", "ans": "an", "zum": "zu", "zur": "zu", "vom": "von", "beim": "bei",
    "aufs": "auf", "fürs": "für", "durchs": "durch", "übers": "über", "ums": "um", "unters": "unter", "vors": "vor",
    "hinters": "hinter", "hinterm": "hinter", "überm": "über", "unterm": "unter", "vorm": "vor",
}  # fmt: skip
_PARTICLES = frozenset({
    "ab", "an", "auf", "aus", "bei", "da", "dar", "durch", "ein", "entgegen", "fern", "fest", "fort", "frei",
    "heim", "her", "heran", "heraus", "herein", "herunter", "hervor", "hin", "hinaus", "hinein", "hinweg",
    "hinzu", "hoch", "los", "mit", "nach", "nieder", "statt", "teil", "um", "unter", "über", "vor", "voran",
    "voraus", "vorbei", "weg", "weiter", "wieder", "zu", "zurück", "zusammen",
})  # fmt: skip
_AS_WRITTEN = frozenset({"PUNCT", "SYM", "NUM", "X"})


def lemma_key(form: str, pos: str) -> str:
    """Key of the table: nouns and names keep their capitals."""
    return f"{form if pos in {'NOUN', 'PROPN'} else form.lower()}\t{pos}"


@lru_cache(maxsize=2)
def lemma_table(language: str) -> dict[str, str]:
    """Base forms that the treebanks show, where simplemma would say otherwise; empty without a file."""
    listed = resources.files(__package__) / "data" / f"lemmas_{language}.tsv"
    if not listed.is_file():
        return {}
    rows = (line.rsplit("\t", 1) for line in listed.read_text(encoding="utf-8").splitlines())
    return dict(rows)


@lru_cache(maxsize=50_000)
def find_lemma(form: str, pos: str, features: str, language: str) -> str:
    """The base form of a word, as treebanks write it."""
    known = lemma_table(language).get(lemma_key(form, pos))
    return known if known is not None else rule_lemma(form, pos, features, language)


def rule_lemma(form: str, pos: str, features: str, language: str) -> str:
    """The base form by rules and simplemma's word lists alone."""
    low = form.lower()
    if language == "de" and pos == "ADP":
        return _CONTRACTIONS.get(low, low)
    if pos == "PROPN":
        return name_base(form, language, is_genitive="Case=Gen" in features)
    if pos in _AS_WRITTEN:
        return low if pos == "NUM" and form.isalpha() else form
    base = _from_word_lists(form, pos, language)
    unknown = language == "de" and pos == "VERB" and base == low and "VerbForm=Part" in features
    return _participle_base(low) if unknown else base


def _from_word_lists(form: str, pos: str, language: str) -> str:
    """simplemma's base form, its capitals by part of speech."""
    low = form.lower()
    if pos == "NOUN" and language == "de":
        found: str = simplemma.lemmatize(form, lang=language)
        return found[:1].upper() + found[1:]
    if pos in {"VERB", "AUX", "ADJ", "NOUN"}:
        return simplemma.lemmatize(low, lang=language).lower()
    return low


def _participle_base(form: str) -> str:
    """The infinitive of a German participle that the word lists take for an adjective: "abgefeuert" of "abfeuern"."""
    at = form.find("ge")
    while at >= 0:
        particle, rest = form[:at], form[at + 2 :]
        if not particle or particle in _PARTICLES:
            strong = simplemma.lemmatize(form[at:], lang="de").lower()
            if strong != form[at:] and strong.endswith("n"):
                return particle + strong
            weak = (rest, rest[:-1] + "en", rest[:-1] + "n", rest[:-2] + "en") if rest.endswith("t") else (rest,)
            for infinitive in weak:
                if infinitive.endswith("n") and len(infinitive) > 3 and simplemma.is_known(infinitive, lang="de"):
                    return particle + infinitive
        at = form.find("ge", at + 1)
    return form


def name_base(form: str, language: str, *, is_genitive: bool) -> str:
    """A name without its German genitive: "Putins" is of "Putin", "Johannes'" of "Johannes"."""
    bare = form.rstrip("'’")
    if (
        language == "de"
        and bare == form
        and is_genitive
        and len(form) > 3
        and form.endswith("s")
        and form[-2] not in "sxzß"
    ):
        return form[:-1]
    return bare or form
