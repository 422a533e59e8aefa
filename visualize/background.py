"""The chronology of a backgrounder as text, Markdown, HTML, Word or TimelineJS."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from markupsafe import escape

from events import TimelineError, from_day
from visualize.chronology import Chronology, Line, Paragraph
from visualize.strings import strings_for
from visualize.templates import render_template

BackgroundForm = Literal["txt", "md", "html", "docx", "timelinejs"]
BACKGROUND_FORMS: tuple[BackgroundForm, ...] = get_args(BackgroundForm)

_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def write_background(
    chronology: Chronology,
    form: BackgroundForm,
    *,
    by_year: bool = False,
    with_quotations: bool = False,
    is_fragment: bool = False,
) -> bytes:
    """The file's bytes.

    `is_fragment` leaves out what surrounds the chronology (in HTML the page, elsewhere the title), for pasting into a
    CMS. Text formats are UTF-8. Equal chronologies give equal bytes, but for "docx", which depends on the library.
    """
    match form:
        case "txt":
            text = _plain_text(chronology, by_year, with_quotations, is_fragment)
        case "md":
            text = _markdown(chronology, by_year, with_quotations, is_fragment)
        case "html":
            text = _html(chronology, by_year, with_quotations, is_fragment)
        case "timelinejs":
            text = _timelinejs(chronology)
        case "docx":
            return _word(chronology, by_year, with_quotations, is_fragment)
    return text.encode("utf-8")


def _marks(line: Line) -> str:
    """The star of what nobody has checked, and the numbers of the sources."""
    return ("" if line.is_checked else "*") + "".join(f" [{number}]" for number in line.numbers)


def _sentence(line: Line) -> str:
    return line.text + _marks(line)


def _note(chronology: Chronology) -> str:
    return f"* {strings_for(chronology.ui)['unchecked_note']}" if chronology.has_unchecked else ""


def _years(chronology: Chronology, by_year: bool) -> list[tuple[str, list[Paragraph]]]:
    """Paragraphs under their year headings, under "" where there are none."""
    found: list[tuple[str, list[Paragraph]]] = []
    for paragraph in chronology.paragraphs:
        heading = paragraph.year if by_year else ""
        if not found or found[-1][0] != heading:
            found.append((heading, []))
        found[-1][1].append(paragraph)
    return found


def _plain_text(chronology: Chronology, by_year: bool, with_quotations: bool, is_fragment: bool) -> str:
    blocks = [] if is_fragment else [chronology.title]
    for heading, paragraphs in _years(chronology, by_year):
        blocks += [heading] if heading else []
        for paragraph in paragraphs:
            block = paragraph.date + chronology.style.separator + " ".join(map(_sentence, paragraph.lines))
            if with_quotations:
                for line in paragraph.lines:
                    block += "".join(f"\n    {text} [{number}]" for number, text, _ in line.quotations)
            blocks.append(block)
    blocks += [_note(chronology)] if chronology.has_unchecked else []
    sources = [f"[{number}] {source.label}" for number, source in enumerate(chronology.sources, 1)]
    blocks += ["\n".join([f"{strings_for(chronology.ui)['sources']}:", *sources])] if sources else []
    return "\n\n".join(" ".join(block.split(" ")) for block in blocks) + "\n"


def _markdown(chronology: Chronology, by_year: bool, with_quotations: bool, is_fragment: bool) -> str:
    def plain(text: str) -> str:
        return _MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))

    blocks = [] if is_fragment else [f"# {plain(chronology.title)}"]
    for heading, paragraphs in _years(chronology, by_year):
        blocks += [f"## {plain(heading)}"] if heading else []
        for paragraph in paragraphs:
            sentences = " ".join(plain(_sentence(line)) for line in paragraph.lines)
            blocks.append(f"**{plain(paragraph.date + chronology.style.separator.rstrip())}** {sentences}")
            if with_quotations:
                blocks += [
                    f"> {plain(text)} {plain(f'[{number}]')}"
                    for line in paragraph.lines
                    for number, text, _ in line.quotations
                ]
    blocks += [plain(_note(chronology))] if chronology.has_unchecked else []
    sources = [f"{number}. {plain(source.label)}" for number, source in enumerate(chronology.sources, 1)]
    heading = plain(strings_for(chronology.ui)["sources"])
    blocks += (
        [f"## {heading}" if by_year or not is_fragment else f"**{heading}**", "\n".join(sources)] if sources else []
    )
    return "\n\n".join(blocks) + "\n"


def _html(chronology: Chronology, by_year: bool, with_quotations: bool, is_fragment: bool) -> str:
    return render_template(
        "background.html",
        chronology=chronology,
        strings=strings_for(chronology.ui),
        years=_years(chronology, by_year),
        note=_note(chronology),
        with_quotations=with_quotations,
        is_fragment=is_fragment,
    )


def _word(chronology: Chronology, by_year: bool, with_quotations: bool, is_fragment: bool) -> bytes:
    try:
        from docx import Document
    except ImportError as error:
        raise TimelineError("Word files need python-docx: pip install 'zeitstrahl[docx]'") from error
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(chronology.title), "", ""
    properties.created = properties.modified = datetime(1980, 1, 1, tzinfo=UTC)
    if not is_fragment:
        document.add_heading(_clean(chronology.title), 1)
    for heading, paragraphs in _years(chronology, by_year):
        if heading:
            document.add_heading(_clean(heading), 2)
        for paragraph in paragraphs:
            written = document.add_paragraph()
            written.add_run(_clean(paragraph.date + chronology.style.separator)).bold = True
            written.add_run(_clean(" ".join(map(_sentence, paragraph.lines))))
            if with_quotations:
                for number, text, _ in (quotation for line in paragraph.lines for quotation in line.quotations):
                    document.add_paragraph(_clean(f"{text} [{number}]"), style="Quote")
    if chronology.has_unchecked:
        document.add_paragraph(_clean(_note(chronology)))
    if chronology.sources:
        document.add_heading(_clean(strings_for(chronology.ui)["sources"]), 2)
        for number, source in enumerate(chronology.sources, 1):
            document.add_paragraph(_clean(f"[{number}] {source.label}"))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _timelinejs(chronology: Chronology) -> str:
    """JSON of TimelineJS 3. Its texts are HTML, so ours are escaped."""
    slides = []
    for paragraph in chronology.paragraphs:
        for line in paragraph.lines:
            when = line.event.when
            if when is None:
                continue
            known = [
                day
                for day in (when.start_earliest, when.start_latest, when.end_earliest, when.end_latest)
                if day is not None
            ]
            slide: dict[str, Any] = {
                "start_date": _slide_date(known[0]),
                "display_date": str(escape(paragraph.date)),
                "text": {"headline": str(escape(_sentence(line))), "text": _slide_text(chronology, line)},
                "unique_id": re.sub(r"\W", "-", line.event.id),
            }
            if known[-1] != known[0]:
                slide["end_date"] = _slide_date(known[-1])
            slides.append(slide)
    title = {"text": {"headline": str(escape(chronology.title)), "text": str(escape(_note(chronology)))}}
    return json.dumps({"title": title, "events": slides}, ensure_ascii=False, indent=1) + "\n"


def _slide_date(day: int) -> dict[str, int]:
    year, month, day_of_month = from_day(day)
    return {"year": year, "month": month, "day": day_of_month}


def _slide_text(chronology: Chronology, line: Line) -> str:
    sources = [f"[{number}] {chronology.sources[number - 1].label}" for number in line.numbers]
    return "".join(f"<p>{escape(text)}</p>" for text in (*(quote for _, quote, _ in line.quotations[:1]), *sources))
