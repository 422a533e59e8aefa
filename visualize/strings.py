"""The words of the interface, one table per language (`page/strings.de.toml`, `page/strings.en.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from visualize.model import UiLanguage


@cache
def strings_for(ui: UiLanguage) -> dict[str, Any]:
    """The table of one language: strings, lists of strings and tables of strings by name.

    Strings hold {names} for `str.format`; plural forms are tables with `one` and `other`.
    """
    text = files("visualize").joinpath("page", f"strings.{ui}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def count_phrase(strings: dict[str, Any], name: str, count: int) -> str:
    """A count with its noun in the right number: "1 Ereignis", "24 Ereignisse"."""
    form: str = strings[name]["one" if count == 1 else "other"]
    return form.format(n=group_digits(strings, count))


def group_digits(strings: dict[str, Any], count: int) -> str:
    """The number as the language writes it: 100.000 or 100,000."""
    separator: str = strings["thousands_separator"]
    return f"{count:,}".replace(",", separator)
