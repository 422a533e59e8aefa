"""Repairs of names: what is none, one kind for one name in a document, names missed, German genitives."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from events.analysis import Analysis, Name, Token
from events.parsing.changes import listed_words, with_changes
from events.parsing.lemmas import name_base

_MARKS = frozenset("\"'„“”‚‘’«»()[]-–—,.;:!?/*")
_NOBLE_PARTICLES = frozenset({"al", "von", "van", "de", "zu", "bin", "da", "di", "el"})
_STRIPPED_POS = frozenset({"PUNCT", "SYM", "DET", "ADP"})


def trim_names(analysis: Analysis) -> Analysis:
    """Names without the marks and articles at their rims; German ones without capital or digit go.

    English ones stay: on the web they are written small.
    """
    kept: list[Name] = []
    for name in analysis.names:
        first, last = name.first, name.last
        while first < last and _is_rim(analysis.tokens[first]):
            first += 1
        while last > first and analysis.tokens[last - 1].text in _MARKS:
            last -= 1
        written = "".join(token.text for token in analysis.tokens[first:last])
        if any(c.isupper() or c.isdigit() or (c.isalpha() and analysis.language != "de") for c in written):
            kept.append(replace(name, first=first, last=last))
    return replace(analysis, names=tuple(kept))


def _is_rim(token: Token) -> bool:
    """Whether no name begins with this word: a mark, or an article or preposition in small letters."""
    if token.text in _MARKS:
        return True
    return token.pos in _STRIPPED_POS and token.text.islower() and token.text not in _NOBLE_PARTICLES


def join_names(analysis: Analysis) -> Analysis:
    """One name where two of a kind stand side by side and the tree holds them together ("North" + "Korea")."""
    joined: list[Name] = []
    for name in analysis.names:
        last = joined[-1] if joined else None
        if last and last.last == name.first and last.kind == name.kind and _hang_together(analysis, last, name):
            joined[-1] = replace(last, last=name.last)
        else:
            joined.append(name)
    return replace(analysis, names=tuple(joined))


def _hang_together(analysis: Analysis, left: Name, right: Name) -> bool:
    """Whether a word of one hangs from a word of the other as part of one name."""
    for name, other in ((left, right), (right, left)):
        for token in analysis.tokens[name.first : name.last]:
            if token.relation in {"flat", "compound"} and other.first <= token.head < other.last:
                return True
    return False


def name_datelines(analysis: Analysis) -> Analysis:
    """Places, and places only, before the agency in a sentence that is a dateline ("Moskau/Kiew (dpa) -")."""
    names = list(analysis.names)
    for sentence in analysis.sentences:
        tokens = analysis.tokens_of(sentence)
        texts = [token.text for token in tokens]
        if len(texts) < 5 or texts[-1].strip("-–—") or texts[-2] != ")" or "(" not in texts[1:]:
            continue
        names = [name for name in names if not sentence.first <= name.first < sentence.last]
        opening = texts.index("(", 1)
        first = 0
        for position in range(opening + 1):
            if texts[position] in {"/", ",", "("}:
                if position > first and texts[first][0].isupper():
                    names.append(Name(first=sentence.first + first, last=sentence.first + position, kind="LOC"))
                first = position + 1
    return replace(analysis, names=tuple(sorted(names, key=lambda name: name.first)))


def restore_genitives(analysis: Analysis) -> Analysis:
    """Base forms of German names in the genitive: "Putins" is of "Putin", "Paris" of "Paris".

    The document decides where it can: where it has the name without s, or with s in another case; else the case.
    """
    texts = {token.text for token in analysis.tokens}
    other_cases = {t.text for t in analysis.tokens if t.feature("Case") in {"Nom", "Dat", "Acc"}}
    ending = listed_words("names_in_s_de")
    changes: dict[int, Token] = {}
    for token in analysis.tokens:
        word = token.text
        if token.pos != "PROPN" or word in ending or not word.endswith(("s", "'", "’")):
            continue
        base = name_base(word, "de", is_genitive=True)
        is_genitive = base in texts or (token.feature("Case") == "Gen" and word not in other_cases)
        lemma = base if is_genitive or word.endswith(("'", "’")) else word
        if lemma != token.lemma:
            changes[token.index] = replace(token, lemma=lemma)
    return with_changes(analysis, changes)


def name_key(analysis: Analysis, name: Name) -> tuple[str, ...]:
    """The words by which two names are the same: base forms, in small letters."""
    return tuple(token.lemma.casefold() for token in analysis.tokens[name.first : name.last])


def vote_on_kinds(analysis: Analysis) -> Analysis:
    """One kind for all names of a document that are the same; a full name votes for its parts that stand alone.

    "Trump" may be read as a place where it stands alone, "Donald Trump" hardly is: so the full name's vote for its last
    word counts twice, that for its first word once ("Kim Jong Un"). Without a majority each name keeps its kind.
    """
    votes: dict[tuple[str, ...], Counter[str]] = {}
    for name in analysis.names:
        votes.setdefault(name_key(analysis, name), Counter())[name.kind] += 1
    full = {key: counts for key, counts in votes.items() if len(key) > 1}
    for key, counts in full.items():
        if counts.most_common(1)[0][0] != "PER":
            continue
        for part, weight in ((key[-1], 2), (key[0], 1)):
            if (part,) in votes:
                votes[(part,)]["PER"] += weight * counts["PER"]
    names = tuple(replace(name, kind=_elected(votes[name_key(analysis, name)], name.kind)) for name in analysis.names)
    return replace(analysis, names=names)


def _elected(votes: Counter[str], own: str) -> str:
    """The kind with most votes, its own where several have as many."""
    most = max(votes.values())
    return own if votes[own] == most else min(kind for kind, count in votes.items() if count == most)


def find_missed_names(analysis: Analysis) -> Analysis:
    """Names too where the model saw one elsewhere in the document: the same proper noun, standing alone."""
    kinds: dict[str, str] = {}
    for name in analysis.names:
        key = name_key(analysis, name)
        if len(key) == 1 and name.kind != "MISC":
            kinds.setdefault(key[0], name.kind)
        elif name.kind == "PER":
            kinds.setdefault(key[-1], "PER")
    covered = {index for name in analysis.names for index in range(name.first, name.last)}
    missed = [
        Name(first=token.index, last=token.index + 1, kind=kinds[token.lemma.casefold()])
        for token in analysis.tokens
        if token.pos == "PROPN"
        and token.index not in covered
        and token.text[0].isupper()
        and token.lemma.casefold() in kinds
        and not _touches(analysis, token, covered)
    ]
    names = sorted((*analysis.names, *missed), key=lambda name: name.first)
    return replace(analysis, names=tuple(names))


def _touches(analysis: Analysis, token: Token, covered: set[int]) -> bool:
    """Whether another proper noun or name stands right beside: then the word is part of something longer."""
    beside = (analysis.tokens[i] for i in (token.index - 1, token.index + 1) if 0 <= i < len(analysis.tokens))
    return any(
        other.sentence == token.sentence and (other.index in covered or other.pos == "PROPN") for other in beside
    )
