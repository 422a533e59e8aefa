"""A process that is killed while it adds leaves whole documents and no others."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from kb.checking import check_knowledge_base
from kb.export import export_json
from kb.store import open_for_reading, open_for_writing
from tests.kb.builders import Told, add, article

ROOT = Path(__file__).parents[2]
ARTICLES = [
    article(
        Told(text=f"Kim Jong Un traf zum {n}. Mal Wladimir Putin.", who=("Kim Jong Un", "Wladimir Putin"),
             when=f"2019-{n % 12 + 1:02}-{n % 28 + 1:02}"),
        Told(text="Donald Trump sprach mit Kim Jong Un.", who=("Donald Trump", "Kim Jong Un"), when="2018-06-12"),
        published=f"2019-04-{n % 28 + 1:02}",
    )
    for n in range(60)
]  # fmt: skip
ADDING = """
import sys
from pathlib import Path
from kb.store import open_for_writing
from tests.kb.builders import add
from tests.kb.test_killing import ARTICLES
with open_for_writing(Path(sys.argv[1])) as base:
    for each in ARTICLES:
        add(base, each)
        print(each.document.id, flush=True)
"""


def test_ten_killed_processes_lose_no_committed_document_and_leave_no_half_of_one(tmp_path: Path) -> None:
    path, told = tmp_path / "test.db", set()
    dice = random.Random(1)
    for _ in range(10):
        told |= _add_and_kill(path, after=dice.randint(1, 8), wait=dice.random() * 0.02)
        with open_for_reading(path) as base:
            assert told <= {document.key for document in base.documents()}
            assert check_knowledge_base(base) == ()
    with open_for_writing(path) as base:
        add(base, *ARTICLES)
        survived = export_json(base, everything=True)
    with open_for_writing(tmp_path / "fresh.db") as base:
        add(base, *ARTICLES)
        assert export_json(base, everything=True) == survived


def _add_and_kill(path: Path, *, after: int, wait: float) -> set[str]:
    """Kills the process some time after it told of so many documents; those that it told of."""
    with subprocess.Popen(
        [sys.executable, "-c", ADDING, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        told = {line.strip() for line in (process.stdout.readline() for _ in range(after))}
        time.sleep(wait)
        process.kill()
        told |= {line.strip() for line in process.stdout if line.endswith("\n")}
    return told - {""}
