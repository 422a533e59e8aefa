"""Pictures of timelines: values in, pages and figures out. Nothing here knows where the values come from."""

from __future__ import annotations

from visualize.background import BACKGROUND_FORMS, BackgroundForm, write_background
from visualize.capture import CAPTURE_FORMS, CaptureForm, FailedCapture, MissingBrowser, capture_page, find_browser
from visualize.chronology import Chronology, HouseStyle, make_chronology, read_house_style
from visualize.figure import timeline_figure
from visualize.handout import HANDOUT_SHEETS, HandoutSheet, write_handout
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
from visualize.timeline_page import PageView, write_timeline

__all__ = [
    "BACKGROUND_FORMS",
    "CAPTURE_FORMS",
    "HANDOUT_SHEETS",
    "BackgroundForm",
    "CaptureForm",
    "ChainStep",
    "Chronology",
    "FailedCapture",
    "HandoutSheet",
    "HouseStyle",
    "MissingBrowser",
    "PageView",
    "Quotation",
    "Timeline",
    "TimelineActor",
    "TimelineEvent",
    "TimelineLink",
    "TimelineSource",
    "UiLanguage",
    "capture_page",
    "find_browser",
    "make_chronology",
    "read_house_style",
    "timeline_figure",
    "write_background",
    "write_handout",
    "write_timeline",
]
