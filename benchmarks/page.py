"""Measures the timeline page in Chromium: file size, time until ready, a step of zoom or pan, labels, requests.

    python benchmarks/page.py [1000 10000 100000] [--record]

Events are generated in 20 lanes with bursts. Each figure is printed beside the last recorded one (recorded/page.json).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.visualize.conftest import CANDIDATES, FLAGS, PROBES, OpenPage, watch_page  # noqa: E402
from tests.visualize.samples import generated_timeline  # noqa: E402
from visualize import write_timeline  # noqa: E402

RECORDED = Path(__file__).parent / "recorded" / "page.json"
TARGETS = {
    1_000: {"megabytes": 6, "ready_s": 3, "step_ms": 120},
    10_000: {"megabytes": 7, "ready_s": 3, "step_ms": 120},
    100_000: {"megabytes": 11, "ready_s": 4, "step_ms": 150},
}


def measure_page(browser: Any, count: int, folder: Path) -> dict[str, float]:
    """All figures of one page."""
    path = folder / f"timeline-{count}.html"
    started = time.perf_counter()
    path.write_text(write_timeline(generated_timeline(count), max_lanes=20), encoding="utf-8")
    written = time.perf_counter() - started
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    opened = OpenPage(page=context.new_page())
    watch_page(opened)
    ready = []
    for _ in range(3):
        started = time.perf_counter()
        opened.page.goto(path.as_uri(), wait_until="commit")
        opened.page.wait_for_selector("html[data-ready]", state="attached", timeout=120_000)
        opened.page.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))")
        ready.append(time.perf_counter() - started)
    opened.page.evaluate(PROBES)
    spent = renderer_seconds()
    steps = opened.page.evaluate("probes.stepTimes()")
    spent = renderer_seconds() - spent
    figures = {
        "megabytes": round(path.stat().st_size / 1e6, 2),
        "written_s": round(written, 2),
        "ready_s": round(statistics.median(ready), 2),
        "step_ms": round(statistics.median(steps), 1),
        "slowest_step_ms": round(max(steps), 1),
        "step_cpu_ms": round(1000 * spent / len(steps), 1),
        "overlapping_labels": opened.page.evaluate("probes.overlaps()")[1],
        "requests": len(opened.requests),
        "complaints": len(opened.complaints),
        "reached_by_keyboard": opened.page.evaluate("probes.reachedByKeyboard()"),
    }
    context.close()
    return figures


def renderer_seconds() -> float:
    """CPU time of all page processes of Chromium, which a busy machine does not lengthen; 0 where /proc is missing."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if b"--type=renderer" in (stat.parent / "cmdline").read_bytes():
                fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        except OSError:
            continue  # the process has ended
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def main() -> int:
    """Prints the table; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=list(TARGETS))
    parser.add_argument("--record", action="store_true", help="write the figures to recorded/page.json")
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, CANDIDATES)), None)
    if path is None:
        print("no Chromium, Chrome or Edge found: nothing measured", file=sys.stderr)
        return 0
    recorded = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    missed = False
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS), chromium_sandbox=False)
        for count in arguments.counts:
            figures = measure_page(browser, count, Path(folder))
            print(f"{count} events")
            for name, figure in figures.items():
                target = TARGETS.get(count, {}).get(name)
                before = recorded.get(str(count), {}).get(name)
                missed |= target is not None and figure > target
                note = f"  target <= {target}" if target is not None else ""
                print(f"  {name:22} {figure:>8}  recorded {before}{note}")
            recorded[str(count)] = figures
        browser.close()
    if arguments.record:
        RECORDED.write_text(json.dumps(recorded, indent=2) + "\n", encoding="utf-8")
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
