"""Which actors of different documents are one: decisions from names, their documents and shipped data alone.

Two steps. A *naming* is the key that a document by itself gives its actor: two documents that give the same naming mean
the same actor. What a document calls only by a short form (a surname, an abbreviation) stays that document's own, until
the set of documents holds exactly one whom it can mean. In doubt two actors stay two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from events import ActorKind
from kb.folding import fold, fold_transcribed
from kb.states import capital_of, state_code
from kb.word_lists import read_word_list

OWN = "own:"  # beginning of the naming of an actor that its document does not name so that others can know it
_TITLES = frozenset({"dr", "prof", "herr", "frau", "mr", "mrs", "ms", "sir", "lady"})
_PATRONYMICS = ("ovich", "evich", "ovna", "evna", "ovitch", "evitch")  # after `fold_transcribed`
_PARTICLES = frozenset(
    {"von", "van", "de", "der", "den", "di", "da", "del", "la", "le", "el", "al", "bin", "ibn", "zu"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalActor:
    """An actor of one document, as joining sees it."""

    document: str  # key
    key: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...]
    is_named: bool  # the document uses a proper name, not only "der Minister"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a document by itself tells about who its actor is."""

    key: str  # "state:KP", "person:kim jong un", "own:..." where it gives no name that others can know
    shorts: frozenset[str]  # short forms that the document uses, or that follow from the name
    rule: str

    @property
    def is_own(self) -> bool:
        """Whether the key holds for its own document alone."""
        return self.key.startswith(OWN)


def name_actor(actor: LocalActor) -> Naming:
    """The naming of an actor, a function of its own document and shipped data."""
    for name in (actor.name, *actor.aliases):
        if actor.kind != "person" and (code := state_code(name)):
            return Naming(key=f"state:{code}", shorts=frozenset(), rule="kb/actors#state")
    own = f"{OWN}{actor.document}:{actor.key}"
    if not actor.is_named:
        return Naming(key=own, shorts=frozenset(), rule="kb/actors#unnamed")
    if actor.kind == "person":
        return _name_person(actor, own)
    if actor.kind in ("place", "state"):
        if code := next((code for name in (actor.name, *actor.aliases) if (code := capital_of(name))), None):
            return Naming(key=f"capital:{code}", shorts=frozenset(), rule="kb/actors#capital")
        return Naming(key=f"place:{fold_transcribed(actor.name)}", shorts=frozenset(), rule="kb/actors#same_place_name")
    return _name_body(actor, own)


def resolve_short(
    candidates: Mapping[str, frozenset[str]], bearers: Mapping[str, frozenset[str]]
) -> dict[str, tuple[str, str]]:
    """For each own naming that bears one short form: the naming it is joined to, and the rule.

    `candidates` are the namings whom the short form can mean, `bearers` the own namings of actors that their document
    calls by nothing else; both with the named persons and bodies that stand in the same documents. A bearer that
    nobody joins maps to itself.
    """
    resolved: dict[str, tuple[str, str]] = {}
    for bearer, company in bearers.items():
        resolved[bearer] = (bearer, "kb/actors#short_form_alone")
        if len(candidates) == 1:
            ((candidate, known),) = candidates.items()
            if company & known:
                resolved[bearer] = (candidate, "kb/actors#only_bearer_in_same_company")
    if not candidates:
        # With two candidates, two bearers in the same company may still mean one of each.
        for group in _connected({bearer: bearers[bearer] for bearer in bearers}):
            for bearer in group:
                resolved[bearer] = (group[0], "kb/actors#same_short_form_in_same_company")
    return resolved


def surname_of(folded: str) -> str:
    """The surname in a full name, the first word of Kim Jong Un and the last one of Wladimir Putin."""
    words = folded.split()
    return words[0] if words[0] in _surnames_first() and len(words) in (2, 3) else words[-1]


def _name_person(actor: LocalActor, own: str) -> Naming:
    full = [folded for name in (actor.name, *actor.aliases) if " " in (folded := _full_name(name))]
    single = {folded for name in (actor.name, *actor.aliases) if (folded := _full_name(name)) and " " not in folded}
    if not full:
        return Naming(key=own, shorts=frozenset(single), rule="kb/actors#short_form_alone")
    return Naming(
        key=f"person:{full[0]}", shorts=frozenset(single) | {surname_of(full[0])}, rule="kb/actors#same_full_name"
    )


def _full_name(name: str) -> str:
    """A person's name without titles, initials and patronymics, in transcription."""
    words = [word for word in fold_transcribed(name).split() if word not in _TITLES]
    kept = [word for word in words if len(word) > 1 and not word.endswith(_PATRONYMICS)] or words
    # "Merkel" and "von der Leyen" are surnames alone.
    if kept and (kept[0] in _PARTICLES or not [word for word in kept[:-1] if word not in _PARTICLES]):
        return "-".join(kept)
    return " ".join(kept)


def _name_body(actor: LocalActor, own: str) -> Naming:
    names = (actor.name, *actor.aliases)
    if abbreviations := sorted(fold(name) for name in names if _is_abbreviation(name)):
        # The abbreviation before the full name: NATO is NATO in every language.
        # In capitals, so that no full name has the same key.
        return Naming(key=f"organisation:{abbreviations[0].upper()}", shorts=frozenset(fold(name) for name in names),
                      rule="kb/actors#same_abbreviation")  # fmt: skip
    folded = fold(actor.name)
    # "Sicherheitsrat" may be anybody's, "UN-Sicherheitsrat" is one: folding makes two words of the hyphen.
    if not folded or (" " not in folded and folded.endswith(_generic_endings())):
        return Naming(key=own, shorts=frozenset(), rule="kb/actors#generic_name")
    return Naming(key=f"organisation:{folded}", shorts=frozenset({folded}), rule="kb/actors#same_name")


def redirect_body(naming: str, candidates: Iterable[str]) -> str:
    """The abbreviation's naming for a body that other documents call by both; itself where that is not unique."""
    others = {candidate for candidate in candidates if candidate != naming}
    return others.pop() if len(others) == 1 and naming.islower() else naming


def _is_abbreviation(name: str) -> bool:
    return name.isalpha() and 3 <= len(name) <= 6 and name.isupper()


@cache
def _surnames_first() -> frozenset[str]:
    return frozenset(fold_transcribed(row[0]) for row in read_word_list("surnames_first.tsv"))


@cache
def _generic_endings() -> tuple[str, ...]:
    lines = files("kb").joinpath("generic_actors.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _connected(bearers: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Groups of bearers that share company, directly or by others; sorted."""
    groups: list[tuple[set[str], set[str]]] = []
    for bearer in sorted(bearers):
        members, company = {bearer}, set(bearers[bearer])
        apart = []
        for group in groups:
            if group[1] & company:
                members |= group[0]
                company |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (members, company)]
    return sorted(sorted(members) for members, _ in groups)
