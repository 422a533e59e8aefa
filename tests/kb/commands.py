"""Running command lines inside the test's own process, and a small knowledge base to run them on."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kb.ingest
from events.analysis import Analysis, Sentence, Token
from kb.cli.program import run_program
from kb.store import open_for_writing
from tests.kb.builders import Told, add, article

SINGAPORE = Told(
    text="Donald Trump traf Kim Jong Un in Singapur.", who=("Donald Trump", "Kim Jong Un"), when="2018-06-12",
    place="Singapur", name="singapore",
)  # fmt: skip
INVITATION = Told(
    text="Sergej Lawrow lud Kim Jong Un nach Russland ein.", who=("Sergej Lawrow", "Kim Jong Un:recipient"),
    when="2018-05-31", kind="invitation", name="invitation",
)  # fmt: skip
PYONGYANG = Told(
    text="Kim Jong Un empfing Moon Jae In in Pjöngjang.", who=("Kim Jong Un", "Moon Jae In"),
    when="2018-09-18/2018-09-20", place="Pjöngjang",
)  # fmt: skip
HANOI = Told(
    text="Der zweite Gipfel von Donald Trump und Kim Jong Un in Hanoi scheiterte.", who=("Donald Trump", "Kim Jong Un"),
    when="2019-02-27/2019-02-28", place="Hanoi",
)  # fmt: skip
VAGUE = Told(
    text="Kim Jong Un schrieb Donald Trump einen Brief.", who=("Kim Jong Un", "Donald Trump:recipient"), when="2018",
    kind="message",
)  # fmt: skip
CROSSING = Told(
    text="Kim Jong Un überquerte die Grenze bei Chassan.", who=("Kim Jong Un",), when="2019-04-24", kind="travel",
)  # fmt: skip
VLADIVOSTOK = Told(
    text="Wladimir Putin traf Kim Jong Un in Wladiwostok.", who=("Wladimir Putin", "Kim Jong Un"), when="2019-04-25",
    place="Wladiwostok", name="vladivostok",
)  # fmt: skip
FORUM = Told(
    text="Wladimir Putin wird in Peking erwartet.", who=("Wladimir Putin",), when="2019-04-26", status="planned",
    kind="travel",
)  # fmt: skip
HEARSAY = Told(
    text="Kim Jong Un soll unzufrieden abgereist sein.", who=("Kim Jong Un",), when=None, reported_by="",
    kind="travel",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What one command line left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


def run(*arguments: str | Path, encoding: str = "utf-8", stdin: bytes = b"", ui: str = "de") -> Ran:
    """One command line through the whole program, errors and exit code included."""
    kept = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(binary, encoding=encoding, newline="") for binary in (out, err)]
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding=encoding)
    sys.stdout, sys.stderr = streams
    try:
        code = run_program(["--ui", ui, *map(str, arguments)])
        for stream in streams:
            stream.flush()
        return Ran(code=code, out=out.getvalue().decode(encoding), err=err.getvalue().decode(encoding))
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


class PlainAnalyzer:
    """A stand-in for a language model: words and sentences, each word a noun that hangs on the first."""

    name = "plain"

    def analyze(self, text: str, blocks: Sequence[tuple[int, int]]) -> Analysis:
        """Words of each block, one sentence for each block."""
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for block, (start, end) in enumerate(blocks):
            first = len(tokens)
            for match in re.finditer(r"\w+|[^\w\s]", text[start:end]):
                tokens.append(
                    Token(
                        index=len(tokens), start=start + match.start(), end=start + match.end(), text=match[0],
                        lemma=match[0], pos="NOUN" if match[0].isalnum() else "PUNCT", tag="", features="",
                        head=first, relation="root" if len(tokens) == first else "dep", sentence=len(sentences),
                    )
                )  # fmt: skip
            if len(tokens) > first:
                sentences.append(Sentence(index=len(sentences), first=first, last=len(tokens), block=block))
        return Analysis(language="de", model="plain", tokens=tuple(tokens), sentences=tuple(sentences), names=())


@pytest.fixture
def plain_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading without the language models that ship: what a file does not need them for."""
    monkeypatch.setattr(kb.ingest, "_analyzer", lambda language: PlainAnalyzer())


def small_base(folder: Path) -> Path:
    """A knowledge base of four documents by hand, one of them without a publication day."""
    path = folder / "klein.db"
    with open_for_writing(path) as base:
        add(
            base,
            article(INVITATION, SINGAPORE, published="2018-06-13", path="2018-06-13_singapur.txt"),
            article(PYONGYANG, published="2018-09-21", path="2018-09-21_pjoengjang.txt"),
            article(
                HANOI, CROSSING, VLADIVOSTOK, FORUM, HEARSAY, published="2019-04-25", path="2019-04-25_treffen.txt",
            ),
            article(VLADIVOSTOK, VAGUE, published=None, path="rueckblick.txt", outlet=""),
        )  # fmt: skip
    return path
