"""Tables of base forms for `events.parsing.lemmas`: what the treebanks know better than simplemma."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from events.parsing import lemmas
from training.corpora import Example

_OPEN = {"NOUN", "VERB", "ADJ", "PROPN", "NUM", "X", "SYM", "PUNCT", "ADV"}
_HDT_LEMMAS = {"VERB", "AUX"}  # HDT cuts compounds, and has other base forms for articles and pronouns
_TWICE = 2  # an open word must be seen so often: single ones are mostly typing errors


def lemma_rows(examples: Iterable[Example], language: str) -> list[tuple[str, str]]:
    """Key and base form of words of which our rules would give another one, sorted."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    forms: dict[str, tuple[str, str]] = {}
    for example in examples:
        for word in example.tree or ():
            if example.language != language or (example.corpus == "hdt" and word.pos not in _HDT_LEMMAS):
                continue
            key = lemmas.lemma_key(word.text, word.pos)
            seen[key][word.lemma] += 1
            forms[key] = (word.text, word.pos)
    rows = []
    for key, counts in seen.items():
        lemma, count = counts.most_common(1)[0]
        form, pos = forms[key]
        needed = _TWICE if pos in _OPEN else 1
        if count >= needed and "\t" not in lemma and lemma and lemmas.rule_lemma(form, pos, "", language) != lemma:
            rows.append((key, lemma))
    return sorted(rows)


def write_table(examples: Iterable[Example], language: str, folder: Path) -> int:
    """Write the table of a language; the number of its rows."""
    rows = lemma_rows(examples, language)
    text = "".join(f"{key}\t{lemma}\n" for key, lemma in rows)
    (folder / f"lemmas_{language}.tsv").write_text(text, encoding="utf-8")
    return len(rows)
