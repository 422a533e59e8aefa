"""The command `timex`: sentences for people, TimeML files and folders for programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kb.commands import run

TML = """<?xml version="1.0" ?>
<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2018-06-14">2018-06-14</TIMEX3></DCT>
<TEXT>Das Abkommen wurde am Dienstag unterzeichnet &amp; trat drei Tage später in Kraft.</TEXT></TimeML>
"""


def test_a_sentence_is_shown_with_what_it_means_and_the_rule() -> None:
    ran = run("timex", "--text", "Am Dienstag trafen sie sich.", "--published", "2018-06-14", "--lang", "de")
    assert ran.code == 0
    words = ran.out.split()
    assert words[:3] == ["Dienstag", "DATE", "2018-06-12"]
    assert "12. Juni 2018" in ran.out
    assert "de/times#weekday" in ran.out


def test_without_a_publication_day_relative_words_stay_unknown() -> None:
    ran = run("timex", "--text", "Am Dienstag trafen sie sich.", "--lang", "de")
    assert "XXXX-WXX-2" in ran.out
    assert "ohne Datum" in ran.out


def test_a_sentence_without_times_says_so_on_standard_error() -> None:
    ran = run("timex", "--text", "Sie trafen sich.", "--lang", "de")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err


def test_a_file_is_written_with_timex_in_its_text(tmp_path: Path) -> None:
    source, target = tmp_path / "a.tml", tmp_path / "out" / "a.tml"
    source.write_text(TML, encoding="utf-8")
    assert run("timex", str(source), str(target)).code == 0
    written = target.read_text(encoding="utf-8")
    assert '<TIMEX3 tid="t1" type="DATE" value="2018-06-12">Dienstag</TIMEX3> unterzeichnet &amp; trat' in written
    assert 'value="2018-06-15">drei Tage später</TIMEX3>' in written


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    for name in ("a.tml", "b/c.tml"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TML, encoding="utf-8")
    ran = run("timex", str(tmp_path / "in"), str(tmp_path / "out"), "--lang", "de")
    assert ran.code == 0
    assert sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.tml")) == [
        "a.tml", "b/c.tml",
    ]  # fmt: skip


@pytest.mark.parametrize("arguments", [[], ["--text", "Gestern", "."], ["."], ["--text", "x", "--lang", "fr"]])
def test_a_wrong_usage_is_told_apart(arguments: list[str]) -> None:
    assert run("timex", *arguments).code == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"<TimeML>", "XML"), (b"<TimeML></TimeML>", "TEXT"), (b"\xff\xfe", "UTF-8")],
)
def test_a_file_that_is_no_timeml_is_named_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "broken.tml"
    path.write_bytes(content)
    ran = run("timex", str(path), str(tmp_path / "out.tml"))
    assert ran.code == 1
    assert "broken.tml" in ran.err
    assert reason in ran.err
