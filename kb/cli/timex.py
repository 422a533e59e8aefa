"""The command `timex`: the tagger alone, for TimeML files and single sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from events import TimeExpression, find_time_expressions, print_when, read_tml, write_tml
from kb.cli.arguments import read_day
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.session import Session
from kb.cli.streams import print_remark, print_result, write_bytes

LANGUAGES = ("de", "en")


@click.command("timex", cls=LocalizedCommand)
@click.argument("source", metavar="[IN]", required=False, type=click.Path(exists=True, path_type=Path))
@click.argument("target", metavar="[OUT]", required=False, type=click.Path(path_type=Path))
@localized_option("--text", "text", metavar="TEXT")
@localized_option("--published", metavar="DATE", callback=read_day)
@localized_option("--lang", "language", type=click.Choice(LANGUAGES))
@click.pass_obj
def timex_command(
    session: Session,
    source: Path | None,
    target: Path | None,
    text: str | None,
    published: date | None,
    language: str | None,
) -> None:
    """Time expressions as TIMEX3."""
    if (text is None) == (source is None):
        raise click.UsageError(session.wording("commands.timex.text_or_file"))
    if text is not None:
        _print_expressions(session, text, published, language or _language_of(text))
        return
    assert source is not None
    if target is None:
        if source.is_dir():
            raise click.UsageError(session.wording("commands.timex.needs_folder"))
        write_bytes(_tagged(source, published, language)[0])
        return
    files = found = 0
    for path, destination in _pairs(source, target):
        tagged, count = _tagged(path, published, language)
        destination.parent.mkdir(parents=True, exist_ok=True)
        destination.write_text(tagged, encoding="utf-8", newline="")
        files, found = files + 1, found + count
    print_remark(session.wording("commands.timex.done", files=files, found=found))


def _print_expressions(session: Session, text: str, published: date | None, language: str) -> None:
    found = find_time_expressions(text, language=language, published=published)
    if not found:
        print_remark(session.wording("commands.timex.none"))
    width = max((len(expression.text) for expression in found), default=0)
    for expression in found:
        print_result("  ".join(_columns(expression, width, session.language)))
        if expression.remark:
            print_remark(expression.remark)


def _columns(expression: TimeExpression, width: int, language: str) -> Iterator[str]:
    yield f"{expression.text:{width}}"
    yield f"{expression.type:8}"
    yield f"{expression.value + (f' {expression.mod}' if expression.mod else ''):18}"
    yield f"{print_when(expression.period or expression.when, language):24}"
    yield expression.rule


def _pairs(source: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    """Each file to read and the file to write; a folder is read whole, its tree kept."""
    if not source.is_dir():
        yield source, (target / source.name if target.is_dir() else target)
        return
    for path in sorted(source.rglob("*.tml")):
        yield path, target / path.relative_to(source)


def _tagged(path: Path, published: date | None, language: str | None) -> tuple[str, int]:
    from events import UnreadableSource

    try:
        # newline="": the text between the tags stays what it is, so that offsets agree.
        with path.open(encoding="utf-8", newline="") as file:
            document = read_tml(file.read(), str(path))
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{path}: not UTF-8; convert the file first") from error
    found = find_time_expressions(
        document.text, language=language or _language_of(document.text), published=published or document.published
    )
    return write_tml(document, found), len(found)


def _language_of(text: str) -> str:
    from events import detect_language

    language = detect_language(text)
    return language if language in LANGUAGES else "de"
