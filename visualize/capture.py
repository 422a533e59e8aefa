"""A written page as a picture or a printed document, by a Chromium, Chrome or Edge that is installed."""

from __future__ import annotations

import base64
import binascii
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal, get_args

from events import TimelineError

CaptureForm = Literal["png", "svg", "pdf"]
CAPTURE_FORMS: tuple[CaptureForm, ...] = get_args(CaptureForm)

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=20000",  # milliseconds of the page's own clock, not of ours
)
_SECONDS = 120


class MissingBrowser(TimelineError):
    """No browser that could draw the page."""


class FailedCapture(TimelineError):
    """The browser ran and left no picture."""


def find_browser() -> Path | None:
    """The first Chromium, Chrome or Edge that is installed, None where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else next((Path(place) for place in _PLACES if Path(place).exists()), None)


def capture_page(page: str, form: CaptureForm, *, browser: Path | None = None, width: int = 1400) -> bytes:
    """The picture of a page that `write_timeline` wrote ("png", "svg"), or the whole page printed on A4 ("pdf").

    `width` is that of the picture in CSS pixels; a PNG has twice as many. Raises MissingBrowser and FailedCapture.
    """
    program = browser or find_browser()
    if program is None:
        raise MissingBrowser("no Chromium, Chrome or Edge found: install one, or name it with --browser")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        common = [*_FLAGS, f"--user-data-dir={Path(folder) / 'profile'}", f"--window-size={width},1000"]
        if sys.platform == "linux" and os.geteuid() == 0:
            common.append("--no-sandbox")  # Chromium refuses to run as root with one
        if form == "pdf":
            target = Path(folder) / "page.pdf"
            _run(program, [*common, "--no-pdf-header-footer", f"--print-to-pdf={target}", path.as_uri()])
            if not target.exists():
                raise FailedCapture(f"{program}: printed nothing; try another --browser")
            return target.read_bytes()
        return _read_export(program, _run(program, [*common, "--dump-dom", f"{path.as_uri()}#export={form}"]))


def _run(program: Path, arguments: list[str]) -> str:
    try:
        done = subprocess.run(
            [str(program), *arguments],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except OSError as error:
        raise MissingBrowser(f"{program}: cannot be started ({error}); name another with --browser") from error
    except subprocess.TimeoutExpired as error:
        raise FailedCapture(f"{program}: not done after {_SECONDS} seconds; try fewer events") from error
    return done.stdout


def _read_export(program: Path, dumped: str) -> bytes:
    """The picture that the page leaves in its own document as a data address."""
    found = re.search(r'<output id="export" hidden="">([^<]+)</output>', dumped)
    if not found:
        raise FailedCapture(f"{program}: drew nothing; try another --browser")
    kind, _, content = html.unescape(found[1]).partition(",")
    try:
        return base64.b64decode(content, validate=True) if kind.endswith("base64") else _percent_decoded(content)
    except binascii.Error as error:
        raise FailedCapture(f"{program}: the picture is damaged ({error}); try another --browser") from error


def _percent_decoded(text: str) -> bytes:
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(text)
