"""Text put together from the blocks of a marked-up document, with the kind of those blocks that markup tells."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.model import Zone, ZoneKind

_SHORT_CELL = 40  # code points; a date or name that heads its row


@dataclass(slots=True)
class Assembly:
    """Collects blocks; the only mutable value here, and it does not leave its reader."""

    blocks: list[tuple[str, ZoneKind | None]] = field(default_factory=list)

    def add(self, words: str, kind: ZoneKind | None = None) -> None:
        """Append one paragraph; blanks and line breaks within become one blank, nothing is added for no words."""
        if text := " ".join(words.split()):
            self.blocks.append((text, kind))

    def add_row(self, cells: list[str]) -> None:
        """Append the row of a table or an entry of a definition list: "24. August 2011: Treffen in Ulan-Ude"."""
        filled = [text for cell in cells if (text := " ".join(cell.split()))]
        is_entry = len(filled) == 2 and len(filled[0]) <= _SHORT_CELL and not filled[0].endswith(":")
        self.add((": " if is_entry else " | ").join(filled), "body")

    def put_headline_first(self, headline: str) -> None:
        """Begin with the headline; one of the first blocks that says the same stays where it is and becomes one."""
        headline = " ".join(headline.split())
        if not headline:
            return
        for index, (text, _) in enumerate(self.blocks[:6]):
            if text.casefold() == headline.casefold():
                self.blocks[index] = (text, "headline")
                return
        self.blocks.insert(0, (headline, "headline"))

    def text(self) -> str:
        """The paragraphs with a blank line between them."""
        return "\n\n".join(text for text, _ in self.blocks)

    def known(self) -> tuple[Zone, ...]:
        """The blocks whose kind the markup told, as stretches of `text()`."""
        zones: list[Zone] = []
        start = 0
        for text, kind in self.blocks:
            if kind is not None:
                zones.append(Zone(kind=kind, start=start, end=start + len(text)))
            start += len(text) + 2
        return tuple(zones)
