"""Pictures of timelines: values in, pages and figures out. Nothing here knows where the values come from."""

from __future__ import annotations

from visualize.model import (
    ChainStep,
    Quotation,
    Timeline,
    TimelineActor,
    TimelineEvent,
    TimelineLink,
    TimelineSource,
    UiLanguage,
)
from visualize.timeline_page import write_timeline

__all__ = [
    "ChainStep",
    "Quotation",
    "Timeline",
    "TimelineActor",
    "TimelineEvent",
    "TimelineLink",
    "TimelineSource",
    "UiLanguage",
    "write_timeline",
]
