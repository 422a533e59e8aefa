"""Words, numbers and signs of a text, each as one character: what rules are matched against.

A text of 300 words becomes a string of some 350 characters, in which a word that no rule knows is `x` (`X` where it is
capitalised). Rules are regular expressions over that string, so they stay short and fast whatever the lists hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

UNKNOWN_LOWER, UNKNOWN_CAPITALISED, PARAGRAPH = "x", "X", "\n"

# Number shapes; every repetition is bounded, so the tokeniser takes linear time on any text.
SHAPES = {
    "iso_date": r"\d{4}-\d\d-\d\d(?!\d)",
    "numeric_date": r"\d{1,2}\.\s?\d{1,2}\.\s?(?:1\d|20|21)\d\d(?!\d)|\d{1,2}\.\d{1,2}\.\d\d(?!\d)",
    "slash_date": r"\d{1,2}/\d{1,2}/(?:(?:1\d|20|21)\d\d|\d\d)(?!\d)",
    "day_month": r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?!\d)",
    "clock": r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?::[0-5]\d)?(?!\d|[.,:]\d)",
    "double_year": r"(?:1[0-9]|20)\d\d/\d\d(?!\d)",
    "thousands": r"\d{1,3}(?:[.,’'\u00a0\u202f]\d{3}){1,4}(?!\d)|[1-9]\d{0,2} \d{3}(?! ?\d)",
    "decimal": r"\d{1,9}[.,]\d{1,6}(?!\d)",
    "decade": r"(?:1\d|20)?\d0er[ns]?(?!\w)|['’]?(?:1\d|20)?\d0['’]?s(?!\w)",
    "ordinal": r"\d{1,3}(?i:st|nd|rd|th)(?!\w)",
    "year": r"(?:1\d|20|21)\d\d(?!\d)",
    "short": r"\d{1,2}(?!\d)",
    "int": r"\d+",
}
_NUMBERS = "|".join(f"(?P<{name}>{shape})" for name, shape in SHAPES.items())
_TOKEN = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>]{1,200})|"
    rf"(?P<word>[^\W\d_]+)|(?<!\w)(?:{_NUMBERS})|(?P<junk>\d+)"
    r"|(?P<paragraph>\n[^\S\n]*\n\s*)|(?P<sign>[^\w\s])"
)


@dataclass(slots=True)
class Tokens:
    """A text cut up: parallel lists, and the string of codes with one character for each token."""

    text: str
    starts: list[int]
    ends: list[int]
    forms: list[str]
    codes: str


def encode(text: str, codes: Mapping[str, str], suffixes: tuple[tuple[str, str], ...]) -> Tokens:
    """The text as tokens.

    `codes` holds a character for each known form and each number shape (under `#shape`); `suffixes` are endings of
    capitalised words that are known by them alone ("Sonnentage").
    """
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    encoded: list[str] = []
    endings = tuple(ending for ending, _ in suffixes)
    get = codes.get
    for match in _TOKEN.finditer(text):
        form = match.group()
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            code = get(form) or _unknown(form, codes, suffixes, endings)
        elif kind == "sign":
            code = get(form, UNKNOWN_LOWER)
        elif kind == "url":
            code = UNKNOWN_LOWER
        elif kind == "paragraph":
            code = PARAGRAPH
        else:
            # 3,50 and 10.000 are numbers wherever the shape of a clock or a year would fit too.
            code = codes[f"#{kind}"] if kind != "junk" else UNKNOWN_LOWER
        starts.append(start)
        ends.append(end)
        forms.append(form)
        encoded.append(code)
    return Tokens(text=text, starts=starts, ends=ends, forms=forms, codes="".join(encoded))


def _unknown(
    form: str, codes: Mapping[str, str], suffixes: tuple[tuple[str, str], ...], endings: tuple[str, ...]
) -> str:
    if not form[0].isupper():
        return UNKNOWN_LOWER
    if form[1:2].isupper():  # SONNTAGmorgen
        return codes.get(form.capitalize(), UNKNOWN_CAPITALISED)
    lowered = form.lower()
    if endings and lowered.endswith(endings):
        return next(code for ending, code in suffixes if lowered.endswith(ending))
    return UNKNOWN_CAPITALISED
