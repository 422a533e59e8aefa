"""The timeline as one HTML file that needs no network: list, picture, panel, sources and all that moves them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from markupsafe import Markup

from events import UnreadableSource, When, from_day
from visualize.arrangement import Arrangement, arrange_timeline, print_year, weigh_event
from visualize.lanes import MAX_LANES
from visualize.model import ChainStep, Quotation, Timeline, TimelineEvent, TimelineSource, UiLanguage
from visualize.payload import compress_json, embed_json, page_data
from visualize.strings import count_phrase, group_digits, strings_for
from visualize.templates import render_template

PageView = Literal["lanes", "storyline"]

LISTED_EVENTS = 2_000  # above this the page lists the most salient and holds the rest compressed
_SCRIPTS = (
    "days.js",
    "layout.js",
    "storyline.js",
    "query.js",
    "downloads.js",
    "data.js",
    "list.js",
    "picture.js",
    "presentation.js",
    "page.js",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One event as lists print it."""

    place: int  # position in the arrangement
    event: TimelineEvent
    date: str
    machine_date: str  # for the <time> element, "" where it can say nothing
    words: tuple[str, ...]
    names: tuple[str, ...]
    place_name: str
    numbers: tuple[int, ...]  # of its sources
    quotations: tuple[tuple[TimelineSource, Quotation], ...]


def write_timeline(
    timeline: Timeline,
    *,
    ui: UiLanguage = "de",
    view: PageView = "lanes",
    plotlyjs: Path | None = None,
    max_lanes: int = MAX_LANES,
) -> str:
    """The text of the HTML file.

    It opens with a lane for each actor or with actors as threads that meet in events; readers can change between both.
    The most frequent actors get a lane, `max_lanes` at most; the rest shares one. `plotlyjs` names another build of
    plotly.js, such as the smaller "basic" bundle; by default it is that of the plotly package. Raises UnreadableSource
    where the file cannot be read.
    """
    page = arrange_timeline(timeline, ui, max_lanes=max_lanes)
    data = {**page_data(page), "view": view}
    is_cut = len(page.events) > LISTED_EVENTS
    scripts = [_escape_script(_plotly_bundle(plotlyjs)), _own_script()]
    style = _page_file("page.css")
    return render_template(
        "timeline.html",
        page=page,
        ui=ui,
        strings=strings_for(ui),
        policy=_security_policy(scripts),
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        data=Markup(compress_json(data) if is_cut else embed_json(data)),
        is_cut=is_cut,
        summary=timeline.summary or describe_coverage(page),
        remarks=_remarks(page),
        list_note=_list_note(page) if is_cut else "",
        key_moments=list_entries(page, page.key_moments),
        steps=_list_steps(page),
        years=[(year, print_year(year, page.ui), entries) for year, entries in _listed_years(page)],
        sources=numbered_sources(timeline),
    )


def _list_steps(page: Arrangement) -> list[tuple[ChainStep, ListEntry]]:
    position = {event.id: place for place, event in enumerate(page.events)}
    steps = [step for step in page.timeline.steps if step.event in position]
    return list(zip(steps, list_entries(page, [position[step.event] for step in steps]), strict=True))


def list_entries(page: Arrangement, places: Iterable[int]) -> list[ListEntry]:
    """The events at these positions, ready to be printed."""
    numbers = {source.id: number for number, source in enumerate(page.timeline.sources, 1)}
    sources = {source.id: source for source in page.timeline.sources}
    names = {actor.id: actor.name for actor in page.timeline.actors}
    entries = []
    for place in places:
        event = page.events[place]
        cited = [quotation for quotation in event.quotations if quotation.source in sources]
        entries.append(
            ListEntry(
                place=place,
                event=event,
                date=page.dates[place],
                machine_date=machine_date(event.when),
                words=tuple(status_words(event, page.ui)),
                names=tuple(names[actor] for actor in event.actors if actor in names),
                place_name=names.get(event.place, ""),
                numbers=tuple(dict.fromkeys(numbers[quotation.source] for quotation in cited)),
                quotations=tuple((sources[quotation.source], quotation) for quotation in cited),
            )
        )
    return entries


def describe_coverage(page: Arrangement) -> str:
    """One sentence: how many events, from when to when, from how many sources."""
    strings = strings_for(page.ui)
    years = [year for year in page.years if year is not None]
    words = {
        "events": count_phrase(strings, "events_count", len(page.events)),
        "sources": count_phrase(strings, "sources_count", len(page.timeline.sources)),
    }
    if not years:
        return str(strings["summary"]["undated_only"].format(**words))
    first, last = print_year(min(years), page.ui), print_year(max(years), page.ui)
    form = "one_period" if first == last else "span"
    return str(strings["summary"][form].format(**words, **{"from": first, "to": last}))


def status_words(event: TimelineEvent, ui: UiLanguage) -> list[str]:
    """The words that keep an event from being read as plain fact: "laut Putin", and where no date says it "geplant"."""
    strings = strings_for(ui)
    is_said_by_date = event.when is not None and not event.date  # print_when adds "(geplant)"
    words = [] if event.status == "occurred" or is_said_by_date else [str(strings["statuses"][event.status])]
    if event.is_reported:
        by = event.reported_by
        words.append(strings["reported"]["by"].format(by=by) if by else strings["reported"]["unknown"])
    return words


def machine_date(when: When | None) -> str:
    """What a <time> element can say of it: a day, month or year from year 1 to 9999, else ""."""
    if when is None or not when.is_moment or when.granularity not in ("day", "month", "year"):
        return ""
    if when.approximate or when.uncertain or not 1 <= from_day(when.start_earliest or 0)[0] <= 9999:
        return ""
    return when.edtf


def _remarks(page: Arrangement) -> list[str]:
    """What a reader must know about the list: undated and planned events, and whether a person has checked it."""
    strings = strings_for(page.ui)
    total = len(page.events)
    planned = sum(event.status == "planned" for event in page.events)
    checked = sum(event.is_checked for event in page.events)
    counts = [("undated_count", page.undated_count), ("planned_count", planned)]
    remarks = [count_phrase(strings, name, count) for name, count in counts if count]
    if total and not checked:
        remarks.append(strings["unchecked_note"])
    elif checked < total:
        numbers = {"n": group_digits(strings, checked), "total": group_digits(strings, total)}
        remarks.append(strings["partly_checked_note"].format(**numbers))
    return remarks


def _list_note(page: Arrangement) -> str:
    strings = strings_for(page.ui)
    numbers = {"shown": group_digits(strings, LISTED_EVENTS), "n": group_digits(strings, len(page.events))}
    return str(strings["list_cut"].format(**numbers))


def _listed_years(page: Arrangement) -> Iterator[tuple[int | None, list[ListEntry]]]:
    """Years, None for the undated, each with its events."""
    places = range(len(page.events))
    if len(page.events) > LISTED_EVENTS:
        salient = sorted(places, key=lambda place: (-weigh_event(page.events[place]), place))
        places_listed = sorted(salient[:LISTED_EVENTS])
    else:
        places_listed = list(places)
    for year, group in groupby(places_listed, key=lambda place: page.years[place]):
        yield year, list_entries(page, group)


def numbered_sources(
    timeline: Timeline, entries: Iterable[ListEntry] | None = None
) -> list[tuple[int, TimelineSource, str]]:
    """Number, source and the address that may be linked ("" where it is no web address), of those that entries cite.

    All sources where no entries are given.
    """
    cited = None if entries is None else {number for entry in entries for number in entry.numbers}
    return [
        (number, source, source.url if source.url.lower().startswith(("https://", "http://")) else "")
        for number, source in enumerate(timeline.sources, 1)
        if cited is None or number in cited
    ]


def _page_file(name: str) -> str:
    return files("visualize").joinpath("page", name).read_text(encoding="utf-8")


def _own_script() -> str:
    parts = "\n".join(_page_file(name) for name in _SCRIPTS)
    return _escape_script(f'"use strict";\n(() => {{\n{parts}\n}})();\n')


def _plotly_bundle(path: Path | None) -> str:
    if path is None:
        from plotly.offline import get_plotlyjs  # takes half a second and is needed here alone

        return str(get_plotlyjs())
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{path}: no readable plotly.js ({error}); leave --plotlyjs out") from error


def _escape_script(script: str) -> str:
    """The script as it can stand in a page: nothing in it may end its element."""
    return script.replace("\r\n", "\n").replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _security_policy(scripts: list[str]) -> str:
    """Nothing is loaded from anywhere and only the page's own scripts run; plotly.js sets styles by script."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode('ascii')}'"
        for script in scripts
    )
    rules: dict[str, Any] = {
        "default-src": "'none'",
        "script-src": hashes,
        "style-src": "'unsafe-inline'",
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
