"""Names and words as they are compared: without case, accents, hyphens, and what spelling and script leave open."""

from __future__ import annotations

import re
import unicodedata

# Written out before accents fall: Müller is Mueller, not Muller.
_SMALL = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "ł": "l"}
_UMLAUTS = {ord(letter): written for letter, written in _SMALL.items()}
_CAPITALS = {ord("Ä"): "Ae", ord("Ö"): "Oe", ord("Ü"): "Ue", ord("ẞ"): "SS"}
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—/_]+")
_DROPPED = re.compile(r"[^\w\s]|_")

# Russian and Ukrainian names as German and English write them: Medwedew, Medvedev. No rule for j and y: Kim Jong Il
# and Kim Yong Il are two men.
_TRANSCRIPTIONS = (("tsch", "ch"), ("sch", "sh"), ("w", "v"), ("ck", "k"))


def fold(text: str) -> str:
    """The text in small letters without accents and punctuation, umlauts written out, words apart by one space."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _DROPPED.sub("", _SEPARATORS.sub(" ", plain)).strip()


def fold_transcribed(name: str) -> str:
    """`fold`, with what German and English transcriptions of one name have in common."""
    folded = fold(name)
    for written, common in _TRANSCRIPTIONS:
        folded = folded.replace(written, common)
    return folded


def write_out_umlauts(text: str) -> str:
    """The text as the full-text index holds it: composed, with ae, oe, ue and ss; otherwise as written."""
    return unicodedata.normalize("NFC", text).translate(_UMLAUTS | _CAPITALS)


def word_beginnings(text: str, length: int = 5) -> frozenset[str]:
    """The beginnings of the longer words, which inflection mostly leaves alone."""
    return frozenset(word[:length] for word in fold(text).split() if len(word) >= 4)
