"""The errors of a knowledge base that a user can cause or mend."""

from __future__ import annotations

from events import TimelineError


class NoKnowledgeBase(TimelineError):
    """There is no file to read."""


class UnusableKnowledgeBase(TimelineError):
    """A file that is no knowledge base, is damaged, from a newer version, locked, or where we may not write."""


class NotFound(TimelineError):
    """No event, actor or document goes by the given name."""


class Ambiguous(TimelineError):
    """Several events, actors or documents go by the given name; `candidates` are their short ids."""

    def __init__(self, message: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


class RefusedJudgement(TimelineError):
    """A judgement that contradicts itself or an earlier one that stands."""
