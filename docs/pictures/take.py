"""Takes the pictures of this folder from a page: `python docs/pictures/take.py demo/timeline.html`.

Needs Playwright (`pip install -e ".[test]"`), Pillow and an installed Chromium, Chrome or Edge. Without a page it takes
that of the tests. Each picture is written with 128 colours, which keeps it below 200 KB.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parents[1]))

from tests.visualize.samples import chain_timeline, korean_timeline  # noqa: E402
from visualize import find_browser, write_timeline  # noqa: E402


def main(arguments: list[str]) -> None:
    """Writes page.png, grey.png, dark.png, presentation.png and phone.png."""
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as scratch:
        page_file, chain_file = Path(scratch) / "page.html", Path(scratch) / "chain.html"
        text = Path(arguments[0]).read_text(encoding="utf-8") if arguments else write_timeline(korean_timeline())
        page_file.write_text(text, encoding="utf-8")
        chain_file.write_text(text if arguments else write_timeline(chain_timeline()), encoding="utf-8")
        browser = driver.chromium.launch(
            executable_path=str(find_browser()), args=["--disable-gpu"], chromium_sandbox=False
        )
        page = open_file(browser, page_file, (1280, 900))
        select_most_salient(page)
        save(page, "page.png")
        Image.open(FOLDER / "page.png").convert("L").quantize(32).save(FOLDER / "grey.png", optimize=True)
        page = open_file(browser, page_file, (1280, 900), color_scheme="dark")
        select_most_salient(page)
        save(page, "dark.png")
        page = open_file(browser, chain_file, (1024, 768))
        page.keyboard.press("p")
        page.keyboard.press("PageDown")
        save(page, "presentation.png")
        save(open_file(browser, page_file, (390, 800), is_mobile=True, has_touch=True), "phone.png")
        browser.close()


def open_file(browser: Any, path: Path, size: tuple[int, int], **options: Any) -> Any:
    """The page, ready to be looked at."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


def select_most_salient(page: Any) -> None:
    """Chooses the most important event, zooms in on the last two fifths and brings the picture to the top."""
    page.evaluate(
        """() => {
          const page = window.zeitstrahl, [from, to] = page.picture.range;
          page.picture.setRange([from + (to - from) * 0.6, to]);
          page.select(page.model.events.importance[0]);
          document.getElementById("picture").scrollIntoView();
        }"""
    )


def save(page: Any, name: str) -> None:
    """The visible part of the page, with 128 colours."""
    page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(128, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)
    print(f"{name}: {(FOLDER / name).stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
