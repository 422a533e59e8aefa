"""Events out of text: language and time, values in and values out; nothing of stores, pictures or command lines.

This is the façade: other packages import from here. Values load at once; what needs language data or a model loads
when it is first asked for, so that a command that only reads stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from events.days import from_day, to_day
from events.errors import (
    MalformedDate,
    MalformedLanguageData,
    MissingModel,
    TimelineError,
    UnreadableSource,
    UnsupportedLanguage,
)
from events.model import (
    STATUSES,
    Actor,
    ActorKind,
    ActorMention,
    Document,
    DocumentId,
    Extraction,
    Link,
    LinkKind,
    LocalEvent,
    Mention,
    Reported,
    Role,
    RoleName,
    Span,
    Status,
    Zone,
    ZoneKind,
)
from events.printed import print_when
from events.when import PARTS_OF_DAY, Basis, When, day_from_iso, iso_day

if TYPE_CHECKING:
    from events.analysis import Analysis, Analyzer
    from events.kinds import print_kind, read_kind
    from events.lexicon import Lexicon, lexicon_of
    from events.parsing import detect_language, installed_models, load_analyzer
    from events.pipeline import extract
    from events.salience import SHOWN
    from events.sources import find_sources, open_source, read_bytes, read_source, to_document
    from events.timex import TimeExpression, TimeMLDocument, find_time_expressions, read_tml, write_tml
    from events.zones import find_zones

# What loads when it is first asked for, and from where.
_LATER = {
    "Analysis": "events.analysis",
    "Analyzer": "events.analysis",
    "Lexicon": "events.lexicon",
    "SHOWN": "events.salience",
    "TimeExpression": "events.timex",
    "TimeMLDocument": "events.timex",
    "detect_language": "events.parsing",
    "extract": "events.pipeline",
    "find_sources": "events.sources",
    "find_time_expressions": "events.timex",
    "find_zones": "events.zones",
    "installed_models": "events.parsing",
    "lexicon_of": "events.lexicon",
    "load_analyzer": "events.parsing",
    "open_source": "events.sources",
    "print_kind": "events.kinds",
    "read_bytes": "events.sources",
    "read_kind": "events.kinds",
    "read_source": "events.sources",
    "read_tml": "events.timex",
    "to_document": "events.sources",
    "write_tml": "events.timex",
}

__all__ = [
    "PARTS_OF_DAY",
    "SHOWN",
    "STATUSES",
    "Actor",
    "ActorKind",
    "ActorMention",
    "Analysis",
    "Analyzer",
    "Basis",
    "Document",
    "DocumentId",
    "Extraction",
    "Lexicon",
    "Link",
    "LinkKind",
    "LocalEvent",
    "MalformedDate",
    "MalformedLanguageData",
    "Mention",
    "MissingModel",
    "Reported",
    "Role",
    "RoleName",
    "Span",
    "Status",
    "TimeExpression",
    "TimeMLDocument",
    "TimelineError",
    "UnreadableSource",
    "UnsupportedLanguage",
    "When",
    "Zone",
    "ZoneKind",
    "day_from_iso",
    "detect_language",
    "extract",
    "find_sources",
    "find_time_expressions",
    "find_zones",
    "from_day",
    "installed_models",
    "iso_day",
    "lexicon_of",
    "load_analyzer",
    "open_source",
    "print_kind",
    "print_when",
    "read_bytes",
    "read_kind",
    "read_source",
    "read_tml",
    "to_day",
    "to_document",
    "write_tml",
]


def __getattr__(name: str) -> Any:
    """One of the names that load late (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module 'events' has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
