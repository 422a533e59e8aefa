"""Figures kept in `recorded/NAME.json`, and new ones printed beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

FOLDER = Path(__file__).parent / "recorded"

Figures: TypeAlias = dict[str, float]


def read_recorded(name: str) -> dict[str, Figures]:
    """The last recorded figures of a benchmark, empty where there are none."""
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        return {}
    recorded: dict[str, Figures] = json.loads(path.read_text(encoding="utf-8"))
    return recorded


def record(name: str, measured: Mapping[str, Figures]) -> None:
    """Keep these figures; sets that were not measured this time stay."""
    rounded = {part: {key: round(value, 3) for key, value in figures.items()} for part, figures in measured.items()}
    kept = {**read_recorded(name), **rounded}
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


def compare(measured: Mapping[str, Figures], recorded: Mapping[str, Figures]) -> str:
    """One column for each set, each figure with its difference from the recorded one in brackets."""
    rows = list(dict.fromkeys(key for figures in measured.values() for key in figures))
    lines = ["".join([f"{'':16}", *(f"{name:>22}" for name in measured)])]
    for key in rows:
        cells = [_cell(figures.get(key), recorded.get(name, {}).get(key)) for name, figures in measured.items()]
        lines.append("".join([f"{key:16}", *(f"{cell:>22}" for cell in cells)]))
    return "\n".join(lines)


def _cell(new: float | None, old: float | None) -> str:
    if new is None:
        return ""
    shown = f"{new:.3f}" if isinstance(new, float) else str(new)
    if old is None:
        return f"{shown}    (new)"
    difference = new - old
    return f"{shown}        " if abs(difference) < 5e-4 else f"{shown} ({difference:+.3f})"
