"""Repairs of what models get wrong, as steps over an analysis; the same for every model."""

from __future__ import annotations

from events.analysis import Analysis


def repair(analysis: Analysis, text: str) -> Analysis:
    """The analysis after all repairs."""
    return analysis
