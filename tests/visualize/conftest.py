"""Pages opened in Chromium for tests: quiet, without network, with everything that goes wrong recorded."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from visualize import Timeline, UiLanguage, write_timeline

FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--no-proxy-server",
)  # fmt: skip
PROBES = Path(__file__).with_name("probes.js").read_text(encoding="utf-8")
CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


@dataclass
class OpenPage:
    """A page in the browser, with what it asked for and complained about."""

    page: Any  # playwright.sync_api.Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        """The visible text of the first element that fits."""
        return str(self.page.locator(selector).first.inner_text())

    def count(self, selector: str) -> int:
        """How many elements that fit are visible."""
        return int(self.page.locator(f"{selector}:visible").count())


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium with an empty profile; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the Python package playwright is not installed")
    path = os.environ.get("ZEITSTRAHL_BROWSER") or next(filter(None, map(shutil.which, CANDIDATES)), None)
    if path is None:
        pytest.skip("no Chromium, Chrome or Edge found; install chromium or set ZEITSTRAHL_BROWSER")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=path, args=list(FLAGS), chromium_sandbox=False)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., OpenPage]]:
    """A function that writes a timeline, opens the page and waits until it is ready."""
    contexts = []

    def open_timeline(
        timeline: Timeline,
        *,
        ui: UiLanguage = "de",
        fragment: str = "",
        size: tuple[int, int] = (1440, 1000),
        javascript: bool = True,
        **options: Any,
    ) -> OpenPage:
        path = tmp_path / f"timeline{len(contexts)}.html"
        path.write_text(write_timeline(timeline, ui=ui), encoding="utf-8")
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=javascript, **options
        )
        contexts.append(context)
        opened = OpenPage(page=context.new_page())
        watch_page(opened)
        opened.page.goto(path.as_uri() + fragment)
        if javascript:
            opened.page.wait_for_selector("html[data-ready]", state="attached", timeout=30_000)
            opened.page.evaluate(PROBES)
        return opened

    yield open_timeline
    for context in contexts:
        context.close()


def watch_page(opened: OpenPage) -> None:
    """Records requests to anything but the file itself, errors and warnings of the console, and dialogs."""
    opened.page.on("request", lambda request: None if is_local(request.url) else opened.requests.append(request.url))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.on("dialog", lambda dialog: (opened.complaints.append(dialog.message), dialog.dismiss()))
    opened.page.on("popup", lambda popup: opened.complaints.append(f"popup {popup.url}"))
    opened.page.on(
        "console",
        lambda message: opened.complaints.append(message.text) if message.type in ("error", "warning") else None,
    )


def is_local(url: str) -> bool:
    """Whether opening the address needs no network."""
    return url.startswith(("file:", "data:", "blob:"))


@pytest.fixture(scope="session")
def run_script() -> Callable[[str], str]:
    """A function that runs an expression after the page's plain modules in Node and returns what it prints as JSON."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node found; the same functions are used by the browser tests")
    folder = Path(__file__).parents[2] / "visualize" / "page"
    names = ("days", "layout", "storyline", "query", "downloads", "data", "presentation")
    modules = [folder / f"{name}.js" for name in names]
    source = "\n".join(module.read_text(encoding="utf-8") for module in modules)

    def run(expression: str) -> str:
        script = f'"use strict";\n{source}\nconsole.log(JSON.stringify({expression}));'
        done = subprocess.run([node, "-"], input=script, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
