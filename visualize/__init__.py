"""Pictures of timelines: values in, pages and figures out. Nothing here knows where the values come from."""

from __future__ import annotations

from visualize.background import BACKGROUND_FORMS, BackgroundForm, write_background
from visualize.chronology import Chronology, HouseStyle, make_chronology, read_house_style
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
    "BACKGROUND_FORMS",
    "BackgroundForm",
    "ChainStep",
    "Chronology",
    "HouseStyle",
    "Quotation",
    "Timeline",
    "TimelineActor",
    "TimelineEvent",
    "TimelineLink",
    "TimelineSource",
    "UiLanguage",
    "make_chronology",
    "read_house_style",
    "write_background",
    "write_timeline",
]
