"""What every command is given: the knowledge base that was named, and the words to speak in."""

from __future__ import annotations

import getpass
import shlex
from dataclasses import dataclass, field
from pathlib import Path

import click

from kb.cli.wording import UiLanguage, Wording, load_wording, preferred_language

DEFAULT_PATH = Path("zeitstrahl.db")


@dataclass(slots=True, kw_only=True)
class Session:
    """The global options of one call, filled before a command runs."""

    path: Path = DEFAULT_PATH  # of the knowledge base; need not exist
    language: UiLanguage = field(default_factory=preferred_language)

    @property
    def wording(self) -> Wording:
        """The words of the interface language."""
        return load_wording(self.language)

    def command(self, words: str) -> str:
        """A command line for the same knowledge base, as a person would type it next."""
        where = "" if self.path == DEFAULT_PATH else f"--kb {shlex.quote(str(self.path))} "
        return f"zeitstrahl {where}{words}"


def current_user() -> str:
    """The name of the computer's user, as whose a decision is kept; "unknown" where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def session_of(context: click.Context) -> Session:
    """The session of a context; made on the first look, which help and completion take before any option is read."""
    session: Session = context.ensure_object(Session)
    return session
