"""Standard output and error: text that no code page can break, bytes where a program reads."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from io import TextIOWrapper
from pathlib import Path

import click

from kb.cli.wording import Wording

ERRORS = "zeitstrahl-degrade"

# What a western code page lacks and we print; all else falls back to its base letter or "?".
_PLAIN = {
    "→": "->", "←": "<-", "↓": "|", "…": "...", "–": "-", "—": "-", "−": "-", "•": "*", "·": "-", "«": '"', "»": '"',
    "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "‹": "'", "›": "'", "≤": "<=", "≥": ">=",
    "│": "|", "─": "-", "✓": "+", "\u202f": " ", "\u00a0": " ", "\u2011": "-", "\u00ad": "",
    "ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
}  # fmt: skip


def _degrade(error: UnicodeError) -> tuple[str, int]:
    """The error handler: each character that the stream cannot write becomes the nearest that it can."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_nearest(character) for character in error.object[error.start : error.end]), error.end


def _nearest(character: str) -> str:
    if (plain := _PLAIN.get(character)) is not None:
        return plain
    base = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    return base or "?"


def soften_streams() -> None:
    """Let both standard streams write what their encoding has, and the nearest to the rest, instead of failing."""
    codecs.register_error(ERRORS, _degrade)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=ERRORS)


def print_result(text: str) -> None:
    """One result, for people, to standard output."""
    # Not click.echo: it would write UTF-8 to a stream that says it is ASCII.
    print(text)


def print_remark(text: str) -> None:
    """One remark to standard error."""
    print(text, file=sys.stderr)


def write_bytes(text: str) -> None:
    """A result for programs: UTF-8 to standard output, whatever the terminal's encoding, line ends untouched."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def text_width(text: str) -> int:
    """Number of terminal columns that a text takes: combining marks none, East Asian wide letters two."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut_text(text: str, width: int) -> str:
    """The text, cut with an ellipsis where it takes more than so many columns."""
    if text_width(text) <= width:
        return text
    kept, used = [], 0
    for character in text:
        used += text_width(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def write_file(path: Path, content: str | bytes, wording: Wording) -> None:
    """A result into a file, text as UTF-8 with its line ends; what stood there before is replaced whole."""
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))
        partial.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(wording("errors.open_elsewhere", path=path, reason=reason)) from error
