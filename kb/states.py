"""States and towns by their names, from the word lists that extraction uses (`states.tsv`, `places.tsv`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kb.folding import fold, fold_transcribed
from kb.word_lists import read_word_list

_CODE, _NAME, _VARIANTS, _CAPITAL = 0, 1, 2, 5  # columns of states
_TOWN, _TOWN_VARIANTS, _TOWN_STATE = 0, 1, 2  # columns of places


def state_code(name: str) -> str | None:
    """The ISO 3166 code of the state that bears the name in any of our languages, None for anything else."""
    return _names().get(fold(name))


def capital_of(name: str) -> str | None:
    """The code of the state whose capital bears the name, None for other places."""
    return _capitals().get(fold_transcribed(name))


def state_of_town(name: str) -> str | None:
    """The code of the state in which the town lies; None where we do not know it, or several bear the name."""
    states = _towns().get(fold_transcribed(name), frozenset())
    return min(states) if len(states) == 1 else None


def region_state(name: str) -> str | None:
    """The code of the state in which the region lies, "" for one in several; None for what is no region."""
    return _regions().get(fold_transcribed(name))


@cache
def _regions() -> dict[str, str]:
    lines = files("kb").joinpath("regions.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line.strip() and not line.startswith("#"))
    return {fold_transcribed(name): code for name, code in rows}


@cache
def _names() -> dict[str, str]:
    return {
        fold(name): row[_CODE]
        for row in read_word_list("states.tsv")
        for name in (row[_NAME], *row[_VARIANTS].split("|"))
        if name.strip()
    }


@cache
def _capitals() -> dict[str, str]:
    return {
        fold_transcribed(name): row[_CODE]
        for row in read_word_list("states.tsv")
        for name in row[_CAPITAL].split("|")
        if name.strip()
    }


@cache
def _towns() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_word_list("places.tsv"):
        for name in (row[_TOWN], *row[_TOWN_VARIANTS].split("|")):
            if name.strip() and row[_TOWN_STATE].strip():
                found.setdefault(fold_transcribed(name), set()).add(row[_TOWN_STATE].strip())
    return {name: frozenset(states) for name, states in found.items()}
