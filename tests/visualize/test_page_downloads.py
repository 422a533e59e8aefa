"""What a reader downloads from the page is what the command `events` writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kb.commands import run, small_base


def download(browser: Any, page: Path, kind: str, fragment: str = "") -> str:
    context = browser.new_context(accept_downloads=True)
    try:
        opened = context.new_page()
        opened.goto(page.as_uri() + fragment)
        opened.wait_for_selector("html[data-ready]", state="attached", timeout=30_000)
        with opened.expect_download() as waiting:
            opened.click(f"[data-do={kind}]")
        target = page.with_suffix(f".{kind}")
        waiting.value.save_as(target)
        return target.read_bytes().decode("utf-8-sig")
    finally:
        context.close()


@pytest.mark.parametrize(("fragment", "words"), [("", []), ("#q=akteur%3ATrump", ["akteur:Trump"])])
@pytest.mark.parametrize("ui", ["de", "en"])
def test_the_page_hands_out_what_the_command_writes(
    browser: Any, tmp_path: Path, ui: str, fragment: str, words: list[str]
) -> None:
    base, page = small_base(tmp_path), tmp_path / "seite.html"
    assert run("--kb", base, "timeline", "-o", page, ui=ui).code == 0
    assert download(browser, page, "csv", fragment) == run("--kb", base, "events", "--csv", *words, ui=ui).out
    written = run("--kb", base, "events", "--json", *words, ui=ui).json()
    assert json.loads(download(browser, page, "json", fragment)) == written
