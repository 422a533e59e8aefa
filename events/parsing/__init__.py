"""Language models: text in, `events.analysis.Analysis` out; and the language of a text."""

from events.parsing.detection import detect_language
from events.parsing.loading import LANGUAGES, installed_models, load_analyzer

__all__ = ["LANGUAGES", "detect_language", "installed_models", "load_analyzer"]
