"""Which model reads a language: the one asked for, a large spaCy model where installed, else ours."""

from __future__ import annotations

import importlib.util
import os
from functools import lru_cache
from pathlib import Path

from events.analysis import Analyzer
from events.errors import MissingModel, UnsupportedLanguage

LANGUAGES = ("de", "en")
MODELS_VARIABLE = "ZEITSTRAHL_MODELS"  # a folder with other weights than those installed with the package
_WEIGHTS = Path(__file__).parent / "weights"
_INSTALLED_ELSEWHERE = {
    "de": ("de_core_news_trf", "de_core_news_lg", "de_core_news_md"),
    "en": ("en_core_web_trf", "en_core_web_lg", "en_core_web_md"),
}


def weights_folder() -> Path:
    """Where our weights lie: the folder that ZEITSTRAHL_MODELS names, else that of the package."""
    named = os.environ.get(MODELS_VARIABLE)
    return Path(named) if named else _WEIGHTS


def installed_models(language: str) -> tuple[str, ...]:
    """spaCy models of the language that we would prefer, best first, among those installed."""
    return tuple(name for name in _INSTALLED_ELSEWHERE.get(language, ()) if importlib.util.find_spec(name))


@lru_cache(maxsize=8)
def load_analyzer(language: str, *, fast: bool = False, model: str | None = None) -> Analyzer:
    """The model that reads documents of a language ("de", "en").

    `model` names a spaCy model or a folder with weights of ours; without it comes a large spaCy model where one is
    installed, then our encoder; `fast` asks for the small network, which also stands in where onnxruntime is missing.
    Raises UnsupportedLanguage, and MissingModel where what was asked for is not installed.
    """
    if language not in LANGUAGES:
        raise UnsupportedLanguage(
            f"language {language!r}: no model reads it, only {', '.join(LANGUAGES)}; --lang overrides what was detected"
        )
    if model is not None:
        return _load_named(model, language)
    if not fast:
        if installed := installed_models(language):
            return _load_spacy(installed[0], language)
        if (encoder := _load_encoder(weights_folder() / "encoder", language)) is not None:
            return encoder
    return _load_small(language)


def _load_named(model: str, language: str) -> Analyzer:
    """The model of that name, or in that folder."""
    folder = Path(model)
    if (folder / "model.json").is_file():
        if (encoder := _load_encoder(folder, language)) is not None:
            return encoder
        raise MissingModel(f"{model}: needs onnxruntime and tokenizers; pip install onnxruntime tokenizers")
    return _load_spacy(model, language)


def _load_encoder(folder: Path, language: str) -> Analyzer | None:
    """Our encoder, `None` where it or what runs it is not there."""
    if not (folder / "model.json").is_file():
        return None
    if not all(importlib.util.find_spec(name) for name in ("onnxruntime", "tokenizers")):
        return None
    from events.parsing.encoder import EncoderAnalyzer

    return EncoderAnalyzer(folder, language)


def _load_small(language: str) -> Analyzer:
    """Our small network of the language."""
    folder = weights_folder() / f"small_{language}"
    if not folder.is_dir():
        raise MissingModel(f"{folder}: no model for {language!r}; reinstall zeitstrahl, or name one with --nlp-model")
    return _load_spacy(str(folder), language)


def _load_spacy(name: str, language: str) -> Analyzer:
    if importlib.util.find_spec("spacy") is None:
        raise MissingModel(f"{name}: is read by spaCy, which is not installed; pip install 'zeitstrahl[spacy]'")
    from events.parsing.spacy_adapter import SpacyAnalyzer

    return SpacyAnalyzer.load(name, language)
