"""The plain functions of the page, table by table: calendar, ticks, shapes, rows, labels, filter."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from events import STATUSES, from_day, iso_day, to_day
from visualize import payload
from visualize.strings import strings_for

Run = Callable[[str], str]
SCALE = {"start": 0, "perDay": 1, "width": 1000, "margin": 500}
MEASURE = "(text) => text.length * 7"


def value(run_script: Run, expression: str) -> Any:
    return json.loads(run_script(expression))


def test_the_calendar_agrees_with_that_of_events(run_script: Run) -> None:
    days = [-5_000_000, -15_795, -366, -1, 0, 1, 365, 366, 577_736, 719_163, 730_179, 736_857, 737_174, 9_999_999]
    assert value(run_script, f"{days}.map(dateFromDay)") == [list(from_day(day)) for day in days]
    assert value(run_script, f"{days}.map((day) => dayFromDate(...dateFromDay(day)))") == days
    assert value(run_script, f"{days}.map(isoDay)") == [iso_day(day) for day in days]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1998", (1998, 1, 1), (1998, 12, 31)),
        ("4/2019", (2019, 4, 1), (2019, 4, 30)),
        ("2019-02", (2019, 2, 1), (2019, 2, 28)),
        ("25.4.2019", (2019, 4, 25), (2019, 4, 25)),
        (" 29. 2. 2016 ", (2016, 2, 29), (2016, 2, 29)),
        ("44 v. Chr.", (-43, 1, 1), (-43, 12, 31)),
        ("44 BC", (-43, 1, 1), (-43, 12, 31)),
    ],
)
def test_a_period_is_read_as_people_write_it(
    run_script: Run, text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert value(run_script, f"readPeriod({json.dumps(text)})") == [to_day(*first), to_day(*last)]


@pytest.mark.parametrize("text", ["gestern", "30.2.2019", "13/2019", "2019-13", "1.2", "2019-02-30"])
def test_what_is_no_period_is_not_guessed(run_script: Run, text: str) -> None:
    assert value(run_script, f"readPeriod({json.dumps(text)}) === undefined") is True


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        (to_day(2019, 4, 20), to_day(2019, 4, 29), ["20. Apr. 2019", "21.", "22.", "23."]),
        (to_day(2018, 11, 10), to_day(2019, 7, 1), ["Dez. 2018", "Jan. 2019", "Feb.", "März"]),
        (to_day(1994), to_day(2020), ["1994", "1996", "1998"]),
        (to_day(1300), to_day(1420), ["1300", "1310", "1320"]),
        (to_day(-99), to_day(60), ["81 v. Chr.", "61 v. Chr.", "41 v. Chr.", "21 v. Chr.", "1"]),
        (to_day(-2999), to_day(2020), ["2501 v. Chr.", "2001 v. Chr."]),
    ],
)
def test_ticks_name_what_the_range_needs(run_script: Run, first: int, last: int, texts: list[str]) -> None:
    scale = {"start": first, "perDay": 900 / (last - first), "width": 900}
    words = json.dumps(strings_for("de"))
    ticks = value(run_script, f"axisTicks({json.dumps(scale)}, {words}).map((tick) => tick.lines.join(' '))")
    assert [text for text in texts if text not in ticks] == []
    assert len(ticks) <= 900 / 50


def test_ticks_are_never_too_close_at_any_zoom(run_script: Run) -> None:
    words = json.dumps(strings_for("de"))
    found = value(
        run_script,
        f"""Array.from({{length: 120}}, (_, step) => {{
          const perDay = 200 * Math.pow(0.88, step);
          const scale = {{ start: 736000.3 - step * 911, perDay, width: 900 }};
          const ticks = axisTicks(scale, {words});
          return [ticks.length, Math.min(...ticks.slice(1).map((tick, at) => (tick.day - ticks[at].day) * perDay))];
        }})""",
    )
    assert all(count >= 1 for count, _ in found)
    assert min(gap for _, gap in found if gap is not None) >= 48


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ([100, 100, 100, 100], {"kind": "point", "middle": 100.5}),
        ([100, 130, 100, 130], {"kind": "within", "left": 100, "right": 131, "coreLeft": None}),
        ([100, 100, 130, 130], {"kind": "span", "left": 100, "right": 131, "coreLeft": 100, "coreRight": 131}),
        ([100, 110, 150, 160], {"kind": "span", "left": 100, "right": 161, "coreLeft": 110, "coreRight": 151}),
        ([100, 160, 150, 200], {"kind": "span", "left": 100, "right": 201, "coreLeft": None}),
        ([100, 101, 100, 101], {"kind": "within", "left": 93, "right": 109}),
        ([100, 100, None, None], {"kind": "span", "opensRight": True, "opensLeft": False, "left": 92.5}),
        ([None, 100, None, 100], {"kind": "within", "opensLeft": True, "opensRight": False}),
    ],
)
def test_the_shape_says_what_is_known_of_a_time(
    run_script: Run, bounds: list[int | None], expected: dict[str, Any]
) -> None:
    shape = value(run_script, f"markShape({json.dumps(bounds)}, false, {json.dumps(SCALE)})")
    assert {key: shape[key] for key in expected} == expected


@pytest.mark.parametrize("zoom", [0.001, 0.02, 0.5, 3, 40])
@pytest.mark.parametrize(
    "bounds", [[9, 9, 10, 10], [9, 12, 9, 12], [9, 9, None, None], [None, 9, None, 9], [9, 10, 12, 15]]
)
def test_no_span_is_too_thin_to_be_seen(run_script: Run, bounds: list[int | None], zoom: float) -> None:
    shape = value(run_script, f"markShape({json.dumps(bounds)}, false, {json.dumps({**SCALE, 'perDay': zoom})})")
    assert shape["right"] - shape["left"] >= 16 - 1e-6


@pytest.mark.parametrize(
    ("room", "text"),
    [
        (500, "Kim Jong Un besucht ein Denkmal (geplant)"),
        (200, "Kim Jong Un … (geplant)"),
        (60, ""),
    ],
)
def test_a_shortened_label_keeps_its_hedge(run_script: Run, room: int, text: str) -> None:
    label = json.dumps("Kim Jong Un besucht ein Denkmal")
    assert value(run_script, f"fitLabel({label}, 'geplant', {room}, {MEASURE})") == text


GENERATED_ITEMS = """
  ((count) => {
    let seed = 1;
    const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    return Array.from({ length: count }, (_, place) => {
      const left = next() * 1900 - 450, long = next() < 0.3 ? next() * 200 : 0;
      const shape = { kind: long ? 'span' : 'point', left, right: left + 12 + long, middle: left + 6 + long / 2 };
      const label = 'Ereignis '.repeat(1 + Math.floor(next() * 6)).trim();
      return { place, label, suffix: next() < 0.2 ? 'geplant' : '', shape };
    });
  })
"""


@pytest.mark.parametrize("count", [1, 12, 60, 400, 5000])
@pytest.mark.parametrize("rows", [1, 3, 7])
def test_marks_and_labels_never_overlap(run_script: Run, count: int, rows: int) -> None:
    result = value(
        run_script,
        f"""(() => {{ const items = {GENERATED_ITEMS}({count});
          const {{ marks, rest }} = packLane(items, {rows}, {json.dumps(SCALE)}, {MEASURE});
          return {{ total: marks.length + rest.length, marks: marks.map((mark) => [mark.row, mark.item.shape.left,
            mark.item.shape.right, mark.text, mark.textLeft, mark.textRight, mark.side]) }}; }})()""",
    )
    assert result["total"] == count
    boxes: dict[int, list[tuple[float, float]]] = {}
    for row, left, right, text, text_left, text_right, side in result["marks"]:
        assert 0 <= row < rows
        boxes.setdefault(row, []).append((min(left, text_left), max(right, text_right)) if text else (left, right))
        if text and left >= 0 and right <= 1000:
            assert text_left >= 0 and text_right <= 1000, "a label is cut off by the edge"
        if text and side != "inside":
            assert text_left >= right or text_right <= left, "a label covers its own mark"
    for row_boxes in boxes.values():
        row_boxes.sort()
        for (_, right), (left, _) in pairwise(row_boxes):
            assert right <= left + 1e-6


def test_the_most_important_get_their_labels_first(run_script: Run) -> None:
    labelled = value(
        run_script,
        f"""(() => {{
          const items = {GENERATED_ITEMS}(60).map((item) => ({{ ...item, label: 'Ereignis' }}));
          const {{ marks }} = packLane(items, 3, {json.dumps(SCALE)}, {MEASURE});
          return marks.slice(0, 8).filter((mark) => mark.isSeen).every((mark) => mark.text.startsWith('Ereignis'));
        }})()""",
    )
    assert labelled is True


def test_what_finds_no_row_is_counted_in_cells(run_script: Run) -> None:
    total, counts, members, widths = value(
        run_script,
        f"""(() => {{
          const {{ rest }} = packLane({GENERATED_ITEMS}(5000), 2, {json.dumps(SCALE)}, {MEASURE});
          const places = rest.map((item) => item.place), middles = [];
          for (const item of rest) middles[item.place] = item.shape.middle;
          const cells = densityCells(places, middles, {json.dumps(SCALE)});
          return [rest.length, cells.map((cell) => cell.count),
                  cells.map((cell) => placesInCell(cell, places, middles).length),
                  cells.map((cell) => cell.right - cell.left)]; }})()""",
    )
    assert total == sum(counts) > 4000
    assert counts == members
    assert max(widths) - min(widths) < 1e-6


@pytest.mark.parametrize(
    ("middles", "shown"),
    [
        ([0, 1000, 2000], (0, 2000)),
        ([0, *range(9000, 9100)], (9000, 9099)),  # one of many, far away
        ([*range(100), 5000], (0, 99)),
        ([0, 0, 0, 0, 0, *range(9000, 9100)], (0, 9099)),  # too many to be left out
        ([0, 3000, 6000, 9000], (0, 9000)),
    ],
)
def test_a_few_far_events_do_not_squeeze_the_others(
    run_script: Run, middles: list[int], shown: tuple[int, int]
) -> None:
    extent = f"fitRange({middles[0]}, {middles[-1]})"
    first, last = value(run_script, f"mainRange({middles}, {extent})")
    margin = (last - first) * 0.06 + 2
    assert shown[0] - margin <= first <= shown[0]
    assert shown[1] <= last <= shown[1] + margin


@pytest.mark.parametrize(
    ("needed", "available", "weights", "rows"),
    [
        ([3, 1, 2], 10, [1, 1, 1], [3, 1, 2]),
        ([7, 7, 7], 9, [1, 1, 1], [3, 3, 3]),
        ([7, 1, 0], 5, [1, 1, 1], [3, 1, 1]),
        ([5, 5], 1, [1, 1], [1, 1]),
        ([6, 6], 6, [2, 1], [4, 2]),
    ],
)
def test_rows_are_shared_out_by_need_and_weight(
    run_script: Run, needed: list[int], available: int, weights: list[int], rows: list[int]
) -> None:
    assert value(run_script, f"shareRows({needed}, {available}, {weights})") == rows


@pytest.mark.parametrize(
    ("query", "text", "fits"),
    [
        ("gipfel", "Der Gipfel von Hanoi", True),
        ("Gip", "Der Gipfel von Hanoi", True),
        ("pfel", "Der Gipfel von Hanoi", False),
        ("gipfel hanoi", "Der Gipfel von Hanoi", True),
        ("gipfel singapur", "Der Gipfel von Hanoi", False),
        ("gipfel -hanoi", "Der Gipfel von Hanoi", False),
        ("-singapur", "Der Gipfel von Hanoi", True),
        ('"gipfel von"', "Der Gipfel von Hanoi", True),
        ("„von Gipfel“", "Der Gipfel von Hanoi", False),
        ("pjongjang", "Pjöngjang", True),
        ("strasse", "Straße", True),
        ("Pjoengjang", "Pjöngjang", True),
        ("Pjöngjang", "Pjongjang", True),
        ("wer:Kim", "Kim", True),  # fields are not looked for in the text
        ("12:30", "um 12:30 Uhr", True),
        ("xy:z", "xy:z", True),
        ("(", "Klammer (auf", True),
        (".*", "alles", False),
        ("", "alles", True),
    ],
)
def test_the_search_understands_words_phrases_and_exclusion(run_script: Run, query: str, text: str, fits: bool) -> None:
    expression = f"matchesQuery(parseQuery({json.dumps(query)}), foldText({json.dumps(text)}))"
    assert value(run_script, expression) is fits


def test_flags_and_statuses_are_numbered_as_in_python(run_script: Run) -> None:
    flags = value(run_script, "Flag")
    assert flags == {
        "reported": payload.REPORTED,
        "pinned": payload.PINNED,
        "checked": payload.CHECKED,
        "saying": payload.SAYING,
        "approximate": payload.APPROXIMATE,
    }
    assert value(run_script, "STATUSES") == list(STATUSES)


@pytest.mark.parametrize(
    ("label", "masked"),
    [
        ("Gipfel vom 12. Juni 2018 in Singapur", "Gipfel vom … in Singapur"),
        ("Der Test von 2006", "Der Test von …"),
        ("Treffen am 27./28. Februar 2019", "Treffen am …"),
        ("Start einer Hwasong-15", "Start einer Hwasong-15"),
        ("Am 25.4.2019 reist Kim ab", "Am … reist Kim ab"),
    ],
)
def test_the_quiz_hides_every_date(run_script: Run, label: str, masked: str) -> None:
    assert value(run_script, f"maskDates({json.dumps(label)}, {json.dumps(strings_for('de'))})") == masked


STORY = f"""((count, lanes) => {{
  const items = {GENERATED_ITEMS}(count).map((item, place) =>
    ({{ ...item, lanes: [...new Set([place % lanes, (place * 7 + 3) % lanes].slice(0, 1 + place % 2))] }}));
  return layStoryline(items, lanes, {json.dumps(SCALE)}, {MEASURE});
}})"""


@pytest.mark.parametrize(("count", "lanes"), [(1, 1), (20, 4), (200, 8), (1000, 12)])
def test_threads_meet_in_their_events_and_in_no_others(run_script: Run, count: int, lanes: int) -> None:
    story = value(run_script, f"{STORY}({count}, {lanes})")
    assert len(story["marks"]) + len(story["rest"]) == count
    for lane, thread in enumerate(story["threads"]):
        corners = {(round(x, 6), round(y, 6)) for x, y in thread}
        for mark in story["marks"]:
            point = (round(mark["item"]["shape"]["middle"], 6), round(mark["y"], 6))
            if lane in mark["item"]["lanes"]:
                assert point in corners
            else:
                assert abs(mark["y"] - value_of_rest(lane)) >= 20, "a mark on the thread of somebody who took no part"
        assert all(left[0] <= right[0] + 1e-6 for left, right in pairwise(thread))


def value_of_rest(lane: int) -> float:
    return (lane + 0.5) * 60
