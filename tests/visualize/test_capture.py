"""Pictures and printed pages by an installed browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.visualize.samples import korean_timeline
from visualize import FailedCapture, MissingBrowser, capture_page, find_browser, write_timeline

needs_browser = pytest.mark.skipif(find_browser() is None, reason="no Chromium, Chrome or Edge found")


@needs_browser
@pytest.mark.browser
@pytest.mark.parametrize(("form", "signature"), [("png", b"\x89PNG\r\n\x1a\n"), ("svg", b"<svg "), ("pdf", b"%PDF-")])
def test_a_page_becomes_a_file_of_its_form(form: str, signature: bytes) -> None:
    made = capture_page(write_timeline(korean_timeline()), form)  # type: ignore[arg-type]
    assert made.startswith(signature)
    if form == "svg":
        text = made.decode("utf-8")
        assert "Nordkorea zündet erstmals einen Atomsprengsatz" in text
        assert "Nordkoreas Gipfeldiplomatie" in text


def test_a_missing_browser_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingBrowser, match=r"cannot be started .*--browser"):
        capture_page("<p>", "png", browser=tmp_path / "nothing")


@needs_browser
@pytest.mark.browser
def test_a_page_that_draws_nothing_is_an_error() -> None:
    with pytest.raises(FailedCapture, match="drew nothing"):
        capture_page("<!DOCTYPE html><p>leer</p>", "svg")
