"""The language of a text, among those that we read and their neighbours."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# A text in one of the others must not be read as German or English.
CANDIDATES = (
    "de",
    "en",
    "fr",
    "es",
    "it",
    "nl",
    "da",
    "sv",
    "no",
    "pl",
    "cs",
    "pt",
    "ru",
    "tr",
    "uk",
    "hu",
    "ro",
    "fi",
)
_SAMPLE = 4_000  # code points are enough to tell


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # late: half of the time that this package takes

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(CANDIDATES))
    return identifier


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language that the text is most likely in; "de" for one without letters."""
    sample = text[:_SAMPLE]
    if not any(character.isalpha() for character in sample):
        return "de"
    language, _ = _identifier().classify(sample)
    return str(language)
