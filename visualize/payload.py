"""The data of a page as JSON: what the picture, the panel, the filters and the downloads work on.

Events are columns rather than rows: a hundred thousand of them then compress to a few megabytes and are parsed at once.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Sequence
from typing import Any

from events import STATUSES, print_kind, print_when
from visualize.arrangement import Arrangement, weigh_event
from visualize.lanes import OTHERS
from visualize.model import Quotation, TimelineEvent
from visualize.strings import strings_for

# How an event is flagged, as bits: the page has the same numbers (`Flag` in page/data.js).
REPORTED, PINNED, CHECKED, SAYING, APPROXIMATE = 1, 2, 4, 8, 16

_UNSAFE_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def embed_json(value: object) -> str:
    """JSON that can stand inside a script element, whatever its strings hold: no "</script>", no "<!--"."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _UNSAFE_IN_SCRIPT.items():
        text = text.replace(character, escape)
    return text


def compress_json(value: object) -> str:
    """The same JSON as base64 of gzip, for data that would swell the page; equal data give equal bytes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8"), compresslevel=6, mtime=0)).decode("ascii")


def page_data(page: Arrangement) -> dict[str, Any]:
    """All that the scripts of a page know."""
    timeline = page.timeline
    position = {event.id: place for place, event in enumerate(page.events)}
    names = {actor.id: place for place, actor in enumerate(timeline.actors)}
    return {
        "title": timeline.title,
        "ui": page.ui,
        "strings": strings_for(page.ui),
        "actors": [{"id": actor.id, "name": actor.name, "kind": actor.kind} for actor in timeline.actors],
        "sources": [{"label": source.label, "language": source.language} for source in timeline.sources],
        "lanes": [names[actor] if actor != OTHERS else -1 for actor in page.lanes.actors],
        "columns": _event_columns(page, names),
        "links": [
            [position[link.source], position[link.target], link.kind, link.words]
            for link in timeline.links
            if link.source in position and link.target in position
        ],
        "steps": [
            {"event": position[step.event], "tie": step.tie, "heading": step.heading, "line": step.line}
            for step in timeline.steps
            if step.event in position
        ],
        "keyMoments": list(page.key_moments),
    }


def _event_columns(page: Arrangement, names: dict[str, int]) -> dict[str, Any]:
    events = page.events
    sources = {source.id: place for place, source in enumerate(page.timeline.sources)}
    kinds = sorted({event.kind for event in events})
    kind_at = {kind: place for place, kind in enumerate(kinds)}
    whens = [event.when for event in events]
    plain = [event.date or print_when(event.when, page.ui) for event in events]  # without "(geplant)"
    return {
        "id": [event.id for event in events],
        "label": [event.label for event in events],
        "language": [event.language for event in events],
        "date": list(page.dates),
        "plainDate": {place: date for place, date in enumerate(plain) if date != page.dates[place]},
        "year": list(page.years),
        "startEarliest": [when and when.start_earliest for when in whens],
        "startLatest": [when and when.start_latest for when in whens],
        "endEarliest": [when and when.end_earliest for when in whens],
        "endLatest": [when and when.end_latest for when in whens],
        "edtf": [when.edtf if when else "" for when in whens],
        "status": [STATUSES.index(event.status) for event in events],
        "flags": [_flags(event) for event in events],
        "reportedBy": _sparse(event.reported_by for event in events),
        "otherDates": _sparse(list(event.other_dates) for event in events),
        "kinds": kinds,
        "kindNames": [print_kind(kind, page.ui) for kind in kinds],
        "kind": [kind_at[event.kind] for event in events],
        "actors": [[names[actor] for actor in event.actors if actor in names] for event in events],
        "place": [names.get(event.place, -1) for event in events],
        "weight": [round(weigh_event(event), 3) for event in events],
        "home": list(page.lanes.home),
        "shared": _sparse(list(lanes) for lanes in page.lanes.shared),
        "record": _sparse(json.loads(event.record) if event.record else None for event in events),
        "quotations": [_quotations(event.quotations, sources) for event in events],
    }


def _sparse(values: Iterable[Any]) -> dict[int, Any]:
    """Only what is not empty, by position: most events have none of it."""
    return {place: value for place, value in enumerate(values) if value}


def _quotations(quotations: Sequence[Quotation], sources: dict[str, int]) -> list[list[Any]]:
    return [[sources[each.source], each.text, each.language] for each in quotations if each.source in sources]


def _flags(event: TimelineEvent) -> int:
    return (
        REPORTED * event.is_reported
        + PINNED * event.is_pinned
        + CHECKED * event.is_checked
        + SAYING * event.is_saying
        + APPROXIMATE * bool(event.when and (event.when.approximate or event.when.uncertain))
    )
