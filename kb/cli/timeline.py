"""The commands that write what readers see: `timeline`, `background` and `handout`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.picturing import FILE, draw_selection, page_options, select_shown, write_page
from kb.cli.selecting import filter_options
from kb.cli.session import Session
from kb.cli.streams import print_remark, print_result, write_file
from kb.errors import Ambiguous, NotFound
from kb.store import KnowledgeBase, open_for_reading
from visualize import (
    BACKGROUND_FORMS,
    HANDOUT_SHEETS,
    PageView,
    make_chronology,
    read_house_style,
    write_background,
    write_handout,
)

if TYPE_CHECKING:
    from visualize import BackgroundForm, HandoutSheet

_output_option = localized_option("-o", "--output", type=FILE, metavar="FILE", required=True)
_title_option = localized_option("--title", metavar="TEXT")


@click.command("timeline", cls=LocalizedCommand)
@filter_options
@localized_option("--view", type=click.Choice(get_args(PageView)), default="lanes")
@page_options
@click.pass_obj
def timeline_command(session: Session, /, view: PageView, **options: Any) -> None:
    """Write the interactive page, or a picture of it."""
    write_page(session, options, view=view, title=session.wording("timeline.title"))


@click.command("background", cls=LocalizedCommand)
@filter_options
@_output_option
@localized_option("--format", "form", type=click.Choice(BACKGROUND_FORMS))
@localized_option("--max", "max_dates", type=click.IntRange(min=1), metavar="N")
@localized_option("--by-year", is_flag=True)
@localized_option("--quotes", "with_quotations", is_flag=True)
@localized_option("--fragment", "is_fragment", is_flag=True)
@localized_option("--style", type=FILE, metavar="FILE")
@_title_option
@click.pass_obj
def background_command(
    session: Session, /, output: Path, form: BackgroundForm | None, max_dates: int | None, style: Path | None,
    by_year: bool, with_quotations: bool, is_fragment: bool, **options: Any,
) -> None:  # fmt: skip
    """Write the chronology of a backgrounder."""
    chosen = form or _form_of(session, output)
    with open_for_reading(session.path) as base:
        found = select_shown(session, base, _with_actor(base, options))
        timeline = draw_selection(session, base, found, options, session.wording("timeline.title"))
    chronology = make_chronology(
        timeline, ui=session.language, max_dates=max_dates, style=read_house_style(style) if style else None
    )
    content = write_background(
        chronology, chosen, by_year=by_year, with_quotations=with_quotations, is_fragment=is_fragment
    )
    write_file(output, content, session.wording)
    for remark in chronology.left_out:
        print_remark(remark)
    print_result(str(output))


def _form_of(session: Session, output: Path) -> BackgroundForm:
    for form in BACKGROUND_FORMS:
        if output.suffix.lower() == f".{form}":
            return form
    raise click.UsageError(session.wording("background.unknown_form", path=output, forms=", ".join(BACKGROUND_FORMS)))


def _with_actor(base: KnowledgeBase, options: dict[str, Any]) -> dict[str, Any]:
    """Words that name one actor mean that it took part: the father's journey does not belong into the son's story."""
    words = " ".join(options["words"])
    try:
        actor = base.actor(words)
    except (NotFound, Ambiguous):
        return options
    return {**options, "words": (), "actors": (*options["actors"], actor.short_id)}


@click.command("handout", cls=LocalizedCommand)
@filter_options
@_output_option
@localized_option("--sheet", type=click.Choice(HANDOUT_SHEETS), default="handout")
@_title_option
@click.pass_obj
def handout_command(session: Session, /, output: Path, sheet: HandoutSheet, **options: Any) -> None:
    """Write a sheet for the classroom."""
    with open_for_reading(session.path) as base:
        found = select_shown(session, base, options)
        timeline = draw_selection(session, base, found, options, session.wording("timeline.title"))
    write_file(output, write_handout(timeline, sheet, ui=session.language), session.wording)
    print_result(str(output))
