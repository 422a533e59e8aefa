"""The errors that Zeitstrahl raises on purpose; each message says what, where and what to do."""

from __future__ import annotations


class TimelineError(Exception):
    """Base of all errors that a user can cause or mend."""


class MalformedDate(TimelineError):
    """A string that is no EDTF date we read."""


class UnreadableSource(TimelineError):
    """A file that exists but holds no text we can use."""


class UnsupportedLanguage(TimelineError):
    """A text in a language that we hold no data for."""


class MissingModel(TimelineError):
    """A language model that was asked for, or is needed, and is not installed."""


class MalformedLanguageData(TimelineError):
    """A rule or word list under `events/lang` that cannot be used; names file, entry and reason."""
