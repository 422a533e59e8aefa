"""The commands that read a knowledge base, through the whole program."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kb.cli.tables import _fitted
from tests.kb.commands import plain_models as plain_models
from tests.kb.commands import run, small_base


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_base(tmp_path_factory.mktemp("base"))


READING = [
    ["events"], ["actors"], ["documents"], ["show", "k1"], ["explain", "k1"], ["chain", "k1", "k2"],
    ["export"], ["timeline", "-o", "page.html"], ["document", "d1"], ["document", "d1", "--title", "Neu"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_commands_on_a_missing_knowledge_base_fail_and_make_no_file(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("--kb", tmp_path / "none.db", *arguments)
    assert ran.code == 1
    assert ran.out == ""
    assert "none.db: no knowledge base here" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_table_begins_with_short_ids_in_order_of_time(path: Path) -> None:
    lines = run("--kb", path, "events").out.splitlines()
    assert lines[0].split()[:3] == ["Nr.", "Datum", "Ereignis"]
    dates = [line.split("  ")[1].strip() for line in lines[1:]]
    assert dates[0] == "2018", "the wider period first"
    assert dates[-1] == "ohne Datum"
    assert all(line.startswith("k") for line in lines[1:])


@pytest.mark.parametrize(
    ("widths", "shares", "room", "fitted"),
    [
        ([4, 20, 40], [0, 1, 2], 80, [4, 20, 40]),
        ([4, 20, 40], [0, 1, 2], 58, [4, 16, 34]),
        ([4, 20, 40], [0, 1, 2], 10, [4, 12, 12]),
        ([60], [0], 10, [60]),
    ],
)
def test_columns_give_way_by_their_share(
    widths: list[int], shares: list[int], room: int, fitted: list[int]
) -> None:
    assert _fitted(widths, shares, room) == fitted


def test_no_table_shows_machine_dates_to_people(path: Path) -> None:
    out = run("--kb", path, "events").out + run("--kb", path, "show", "k4").out + run("--kb", path, "explain", "k4").out
    assert "2019-02-27" not in out.replace("»2019-02-27/2019-02-28«", "")
    assert "27./28. Februar 2019" in out


FILTERS = [
    (["Gipfel"], ["Hanoi"]),
    (["gipfels"], ["Hanoi"]),
    (['"zweite Gipfel"'], ["Hanoi"]),
    (["--actor", "Donald Trump", "--since", "2019"], ["Hanoi"]),
    (["akteur:Trump", "nach:2018"], ["Hanoi"]),
    (["akteur:Donald Trump", "nach:2018"], ["Hanoi"]),
    (["akteur:Donald Trump Gipfel nach:2018"], ["Hanoi"]),
    (["akteur:Donald Trump Gipfel"], ["Hanoi"]),
    (["nach:März 2019 Grenze"], ["Chassan"]),
    (["zweite Gipfel"], ["Hanoi"]),
    (["Gipfel zweite akteur:Trump"], ["Hanoi"]),
    (["--place", "Wladiwostok"], ["Wladiwostok"]),
    (["ort:wladiwostok"], ["Wladiwostok"]),
    (["--status", "geplant"], ["Peking"]),
    (["status:planned"], ["Peking"]),
    (["--kind", "invitation"], ["Lawrow"]),
    (["art:Treffen", "nach:2019-03"], ["Wladiwostok"]),
    (["--until", "31.5.2018", "--kind", "invitation"], ["Lawrow"]),
    (["--since", "2019-04-24", "--until", "2019-04-25"], ["Chassan", "Wladiwostok"]),
    (["Pjoengjang"], ["Moon"]),
]


@pytest.mark.parametrize(("arguments", "labels"), FILTERS, ids=lambda value: " ".join(value))
def test_filters_select_events(path: Path, arguments: list[str], labels: list[str]) -> None:
    found = run("--kb", path, "events", *arguments, "--json").json()["events"]
    assert len(found) == len(labels)
    for event, label in zip(found, labels, strict=True):
        assert label in event["label"]


def test_a_name_that_several_bear_means_all_of_them_and_says_so(path: Path) -> None:
    ran = run("--kb", path, "events", "--actor", "Un", "--json")
    assert ran.code == 0
    assert len(ran.json()["events"]) == 8


def test_words_that_no_event_has_are_named(path: Path) -> None:
    ran = run("--kb", path, "events", "Gipfel", "Xylophon")
    assert ran.out == ""
    assert "Xylophon" in ran.err
    assert "Gipfel" not in ran.err


def test_json_csv_and_excel_hold_the_same_events(path: Path, tmp_path: Path) -> None:
    events = run("--kb", path, "events", "--json").json()
    assert events["format"] == "zeitstrahl-events"
    assert events["version"] == 1
    rows = list(csv.DictReader(io.StringIO(run("--kb", path, "events", "--csv").out)))
    assert [row["Nr."] for row in rows] == [event["id"] for event in events["events"]]
    assert [row["EDTF"] for row in rows] == [(event["when"] or {}).get("edtf", "") for event in events["events"]]
    ran = run("--kb", path, "events", "--excel", tmp_path / "tafel.xlsx")
    assert ran.code == 0
    sheet = load_workbook(tmp_path / "tafel.xlsx").active
    assert sheet is not None
    table = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert table[0] == list(rows[0])
    assert table[1:] == [list(row.values()) for row in rows]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}


def test_two_formats_at_once_are_a_usage_error(path: Path) -> None:
    ran = run("--kb", path, "events", "--json", "--csv")
    assert ran.code == 2
    assert "--json" in ran.err


def test_show_prints_each_quotation_with_document_and_offsets(path: Path) -> None:
    out = run("--kb", path, "show", "Putin", "traf", "Kim").out
    assert "2 Quellen" in out
    assert out.count("»Wladimir Putin traf Kim Jong Un in Wladiwostok.«") == 2
    assert "«Der zweite Gipfel von Donald Trump und Kim Jong Un in Hanoi scheiterte.», 25.4.2019" in out
    assert "Zeichen 0 bis 47" in out


def test_show_keeps_the_hedge(path: Path) -> None:
    lines = run("--kb", path, "show", "unzufrieden").out.splitlines()
    assert [line.split() for line in lines if "Status" in line] == [["Status", "berichtet"]]
    assert "geschehen" not in " ".join(lines)


def test_explain_names_a_rule_for_each_value(path: Path) -> None:
    reasons = run("--kb", path, "explain", "k6", "--json").json()["reasons"]
    assert {"label", "when", "status", "actor", "place"} <= {reason["value"] for reason in reasons}
    assert all(reason["rule"] for reason in reasons)


def test_words_that_fit_several_events_take_the_most_salient_and_name_the_others(path: Path) -> None:
    ran = run("--kb", path, "show", "Kim", "Jong", "Un")
    assert ran.code == 0
    assert "verstanden als" in ran.err
    assert "auch möglich" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "k99"], "k99"),
        (["show", "Mondlandung"], "Kein Ereignis passt auf »Mondlandung«"),
        (["chain", "Singapur", "Mondlandung"], "Mondlandung"),
        (["events", "--actor", "Angela Merkel"], "Angela Merkel"),
        (["events", "--kind", "wedding"], "wedding"),
        (["events", "--status", "vielleicht"], "vielleicht"),
        (["events", "--since", "vorgestern"], "vorgestern"),
        (["events", "farbe:rot"], "farbe"),
        (["document", "d99"], "d99"),
        (["chain", "k6", "k2"], "zeitstrahl chain k2 k6"),
        (["chain", "k2", "k2"], "dasselbe Ereignis"),
        (["chain", "k2", "k8"], "k8 hat kein Datum"),
        (["chain", "k9", "k2"], "Ob k9 (2018) vor k2 (12. Juni 2018) liegt, ist nicht sicher"),
        (["chain", "--strict", "Kim", "Hanoi"], "mehrere Ereignisse"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_found_is_named(path: Path, arguments: list[str], message: str) -> None:
    ran = run("--kb", path, *arguments)
    assert ran.code == 1
    assert ran.err.rstrip().splitlines()[-1].startswith("Fehler: ")
    assert message in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["evnts"], "Gemeint: events?"),
        (["events", "--actr", "Kim"], "Gemeint: --actor"),
        (["show"], "EVENT"),
        (["chain", "k1"], "TO"),
        (["add", "x.txt", "--published", "gestern"], "gestern ist kein Tag"),
        (["document", "d1", "--published", "2019-13-01"], "2019-13-01 ist kein Tag"),
        (["chain", "k1", "k2", "--between", "4-2"], "4-2"),
        (["export", "--format", "xml"], "xml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_is_a_usage_error(path: Path, arguments: list[str], message: str) -> None:
    ran = run("--kb", path, *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert "Hilfe: zeitstrahl" in ran.err
    assert ran.out == ""


def test_a_chain_tells_ties_never_causes(path: Path) -> None:
    out = run("--kb", path, "chain", "Singapur", "Putin trifft Kim").out
    assert "gemeinsam: Donald Trump, Kim Jong Un" in out
    assert "weil" not in out
    assert "Dazwischen, Reihenfolge offen\n  2018: Kim Jong Un schrieb Donald Trump einen Brief" in out
    assert "Vorgeschichte\n  31. Mai 2018" in out
    assert out.splitlines()[-1] == "Die Reihenfolge der Ereignisse sagt nichts über Ursachen."


def test_a_chain_has_two_to_four_events_between_and_each_after_the_other(path: Path) -> None:
    chain = run("--kb", path, "chain", "k2", "k6", "--json").json()
    assert 2 <= len(chain["events"]) - 2 <= 4
    days = [(event["when"]["earliest"], event["when"]["latest"]) for event in chain["events"]]
    assert all(first[1] < second[0] for first, second in pairwise(days))
    assert len(chain["steps"]) == len(chain["events"]) - 1
    assert all(event["quotation"]["text"] for event in chain["events"])


def test_a_chain_too_short_says_so(path: Path) -> None:
    out = run("--kb", path, "chain", "k4", "k6").out
    assert "Nur 1 Ereignis liegt in sicherer Reihenfolge dazwischen." in out
    assert "Chassan" in out


def test_a_document_is_shown_and_corrected(path: Path, tmp_path: Path, plain_models: None) -> None:
    copy = tmp_path / "kopie.db"
    copy.write_bytes(path.read_bytes())
    ran = run("--kb", copy, "document", "rueckblick.txt", "--title", "Rückblick", "--outlet", "Beispielblatt")
    assert ran.code == 0
    document = run("--kb", copy, "document", "d4", "--json").json()["document"]
    assert (document["title"], document["outlet"]) == ("Rückblick", "Beispielblatt")


def test_the_page_is_written_with_the_filters_of_the_table(path: Path, tmp_path: Path) -> None:
    page = tmp_path / "seite.html"
    ran = run("--kb", path, "timeline", "--actor", "Donald Trump", "--title", "Trump & Kim", "-o", page)
    assert ran.code == 0
    assert ran.out.strip() == str(page)
    assert "3 Ereignisse" in ran.err
    text = page.read_text(encoding="utf-8")
    assert "Trump &amp; Kim" in text
    assert "Chassan" not in text


def test_a_page_presents_a_chain(path: Path, tmp_path: Path) -> None:
    page = tmp_path / "kette.html"
    assert run("--kb", path, "chain", "k2", "k6", "-o", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "gemeinsam: Donald Trump, Kim Jong Un" in text
    assert "[1]</" not in text.split("gemeinsam")[1][:40]


@pytest.mark.parametrize("name", ["kasten.txt", "kasten.md", "kasten.html"])
def test_a_backgrounder_tells_what_the_named_actor_took_part_in(path: Path, tmp_path: Path, name: str) -> None:
    ran = run("--kb", path, "background", "Donald Trump", "-o", tmp_path / name)
    assert ran.code == 0
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert "Singapur" in text
    assert "Chassan" not in text
    assert run("--kb", path, "background", "-o", tmp_path / "kasten.xyz").code == 2


@pytest.mark.parametrize("sheet", ["handout", "cards"])
def test_a_sheet_for_the_classroom_is_written(path: Path, tmp_path: Path, sheet: str) -> None:
    ran = run("--kb", path, "handout", "--sheet", sheet, "-o", tmp_path / "blatt.html")
    assert ran.code == 0
    assert "Chassan" in (tmp_path / "blatt.html").read_text(encoding="utf-8")


def test_a_page_goes_somewhere(path: Path) -> None:
    ran = run("--kb", path, "timeline")
    assert ran.code == 2
    assert "-o DATEI.html" in ran.err


def test_a_picture_needs_a_browser_that_is_there(path: Path, tmp_path: Path) -> None:
    ran = run("--kb", path, "timeline", "--png", tmp_path / "bild.png", "--browser", tmp_path / "none")
    assert ran.code == 1
    assert "none" in ran.err


def test_no_page_is_written_of_no_events(path: Path, tmp_path: Path) -> None:
    ran = run("--kb", path, "timeline", "--since", "2030", "-o", tmp_path / "leer.html")
    assert ran.code == 1
    assert "Kein Ereignis erfüllt alle Bedingungen" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_written_is_named(path: Path, tmp_path: Path) -> None:
    ran = run("--kb", path, "timeline", "-o", tmp_path / "none" / "page.html")
    assert ran.code == 1
    assert "page.html" in ran.err


def test_the_english_interface_speaks_english(path: Path) -> None:
    ran = run("--kb", path, "chain", "k2", "k6", ui="en")
    assert "in common: Donald Trump, Kim Jong Un" in ran.out
    assert "12 June 2018" in ran.out
    assert run("--kb", path, "evnts", ui="en").err.startswith("Error: There is no command evnts.")


ALL = [
    ["events"], ["actors"], ["documents"], ["show", "k6"], ["explain", "k6"], ["chain", "k2", "k6"], ["--help"],
    ["events", "--csv"], ["events", "--json"], ["export"], ["chain", "--help"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", ALL, ids=" ".join)
@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "latin-1"])
def test_no_code_page_stops_the_output(path: Path, arguments: list[str], encoding: str) -> None:
    # What programs read is UTF-8 whatever the terminal speaks; what people read degrades.
    for_programs = {"--csv", "--json", "export"} & set(arguments)
    assert run("--kb", path, *arguments).code == 0
    ran = run("--kb", path, *arguments, encoding="utf-8" if for_programs else encoding)
    assert ran.code == 0
    assert ran.out


def test_arrows_and_quotation_marks_degrade_one_by_one(path: Path) -> None:
    out = run("--kb", path, "chain", "k2", "k6", encoding="cp1252").out
    assert "»Wladimir Putin traf Kim Jong Un" in out, "cp1252 has these"
    assert "? gemeinsam" not in out
    assert '"Wladimir Putin traf Kim Jong Un' in run("--kb", path, "show", "k6", encoding="ascii").out
    assert "Pjoengjang" in run("--kb", path, "events", encoding="ascii").out


def test_no_knowledge_base_file_is_named(tmp_path: Path) -> None:
    for name, content in (("text.db", b"not a database"), ("empty.db", b"")):
        (tmp_path / name).write_bytes(content)
        ran = run("--kb", tmp_path / name, "events")
        assert ran.code == 1
        assert name in ran.err
        assert (tmp_path / name).read_bytes() == content
