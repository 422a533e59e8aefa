"""One mention with all that the steps have read of it, before it is named and joined with others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.actors import Entity
from events.mentions import Trigger
from events.modality import Modality
from events.model import ZoneKind
from events.participants import Part, Setting
from events.when import When


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A mention in terms of tokens and entities."""

    trigger: Trigger
    parts: tuple[Part, ...]
    setting: Setting | None
    modality: Modality
    when: When | None
    zone: ZoneKind
    things: frozenset[str]  # lemmas of subject and object that are no actors: "das Protokoll unterzeichnen"
    sentence: int
    block: int

    @property
    def token(self) -> int:
        """Index of the trigger."""
        return self.trigger.token

    @property
    def actors(self) -> frozenset[Entity]:
        """Who takes part."""
        return frozenset(part.entity for part in self.parts)

    @property
    def persons(self) -> frozenset[Entity]:
        """The persons among those who take part."""
        return frozenset(entity for entity in self.actors if entity.kind == "person")


def is_stated(when: When | None) -> bool:
    """Whether the text dates the mention itself, rather than what stands beside it or the day of publication."""
    return when is not None and when.basis != "publication" and not when.rule.startswith("anchoring#")


def best_when(drafts: Sequence[Draft]) -> When | None:
    """The date of an event from its mentions: stated before inferred, then the finest."""
    whens = [draft.when for draft in drafts if draft.when is not None]
    return min(whens, key=_doubt, default=None)


def _doubt(when: When) -> tuple[int, int]:
    known = when.earliest is not None and when.latest is not None
    rank = 0 if is_stated(when) else 1 if when.basis in ("counted", "publication") else 2
    return rank, when.latest - when.earliest if known else 10**9  # type: ignore[operator]
