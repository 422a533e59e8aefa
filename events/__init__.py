"""Events out of text: language and time, values in and values out; nothing of stores, pictures or command lines.

This is the façade: other packages import from here. Values load at once; what needs language data or a model loads
when it is first asked for, so that a command that only reads stays quick.
"""

from __future__ import annotations

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

__all__ = [
    "PARTS_OF_DAY",
    "STATUSES",
    "Actor",
    "ActorKind",
    "ActorMention",
    "Basis",
    "Document",
    "DocumentId",
    "Extraction",
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
    "TimelineError",
    "UnreadableSource",
    "UnsupportedLanguage",
    "When",
    "Zone",
    "ZoneKind",
    "day_from_iso",
    "from_day",
    "iso_day",
    "print_when",
    "to_day",
]
