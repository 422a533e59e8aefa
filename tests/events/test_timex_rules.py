"""Each rule carries its own tests; here they run, and every pattern is held to linear time."""

from __future__ import annotations

import time
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from events.errors import MalformedLanguageData, UnsupportedLanguage
from events.timex import find_time_expressions
from events.timex.grammar import Rule, load_grammar, read_grammar
from events.timex.holidays import holiday_date
from events.timex.patterns import ANY
from events.timex.resolution import RESOLVERS
from events.timex.tokens import PARAGRAPH, UNKNOWN_CAPITALISED, UNKNOWN_LOWER

LANGUAGES = ("de", "en")
RULES = [rule for language in LANGUAGES for rule in load_grammar(language).rules]
WRITTEN = [rule for rule in RULES if "/holidays#" not in rule.name]


def language_of(rule: Rule) -> str:
    return rule.name[:2]


@pytest.mark.parametrize("rule", WRITTEN, ids=lambda rule: rule.name)
def test_each_rule_brings_examples(rule: Rule) -> None:
    assert rule.never if rule.blocks else rule.examples


@pytest.mark.parametrize(
    ("rule", "text", "value"),
    [(rule, text, value) for rule in WRITTEN for text, value in rule.examples],
    ids=lambda part: part.name if isinstance(part, Rule) else part,
)
def test_an_example_is_read_by_its_rule_with_that_value(rule: Rule, text: str, value: str) -> None:
    plain = text.replace("[", "").replace("]", "")
    found = find_time_expressions(plain, language=language_of(rule), published=date.fromisoformat(rule.read_on))
    mine = [expression for expression in found if expression.rule == rule.name]
    assert value in [expression.value for expression in mine], [(f.text, f.value, f.rule) for f in found]
    if "[" in text:
        extent = text[text.index("[") + 1 : text.index("]")]
        assert (extent, value) in [(expression.text, expression.value) for expression in mine]


@pytest.mark.parametrize(
    ("rule", "text"),
    [(rule, text) for rule in WRITTEN for text in rule.never],
    ids=lambda part: part.name if isinstance(part, Rule) else part,
)
def test_what_a_rule_must_never_read_holds_no_time(rule: Rule, text: str) -> None:
    found = find_time_expressions(text, language=language_of(rule), published=date(2024, 3, 7))
    assert [(expression.text, expression.rule) for expression in found] == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.blocks], ids=lambda rule: rule.name)
def test_each_rule_names_a_function_of_the_engine(rule: Rule) -> None:
    assert rule.resolve in RESOLVERS


@pytest.mark.parametrize("rule", [rule for rule in RULES if "/holidays#" in rule.name], ids=lambda rule: rule.name)
def test_each_holiday_has_a_day_or_says_that_it_differs(rule: Rule) -> None:
    spec = rule.options["date"]
    assert spec == "-" or all(holiday_date(spec, year) is not None for year in (1950, 2000, 2024, 2025))


@pytest.mark.parametrize(
    ("spec", "year", "day"),
    [
        ("12-25", 2019, date(2019, 12, 25)),
        ("easter+0", 2019, date(2019, 4, 21)),
        ("easter-2", 2024, date(2024, 3, 29)),
        ("easter+60", 2015, date(2015, 6, 4)),
        ("advent+0", 2022, date(2022, 11, 27)),
        ("advent+0", 2023, date(2023, 12, 3)),
        ("advent+21", 2023, date(2023, 12, 24)),
        ("advent-11", 2023, date(2023, 11, 22)),
        ("11-thu4", 2023, date(2023, 11, 23)),
        ("05-mon-1", 2024, date(2024, 5, 27)),
    ],
)
def test_holidays_fall_on_their_day(spec: str, year: int, day: date) -> None:
    assert holiday_date(spec, year) == day.toordinal()


# Linear time ----------------------------------------------------------------------------------------------------------

SIZE = 4_000


def _hostile(codes: str, size: int) -> list[str]:
    """Strings that make a pattern begin over and over again and never finish."""
    first, last = codes[0], codes[-1]
    return [
        first * size,
        (first + last) * (size // 2),
        codes * (size // len(codes)),
        (codes[:-1] + UNKNOWN_LOWER) * (size // len(codes)),
        (first + UNKNOWN_CAPITALISED + PARAGRAPH) * (size // 3),
    ]


def _seconds(search: object, text: str) -> float:
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for _match in search(text):  # type: ignore[operator]
            pass
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_pattern_takes_more_than_linear_time(rule: Rule) -> None:
    for pattern in rule.patterns:
        assert ANY + "*" not in pattern.regex.pattern
        assert ANY + "+" not in pattern.regex.pattern
        codes = "".join(sorted(pattern.needs))[:6]
        for short, long in zip(_hostile(codes, SIZE), _hostile(codes, 2 * SIZE), strict=True):
            once, twice = _seconds(pattern.regex.finditer, short), _seconds(pattern.regex.finditer, long)
            # Twice the text may take three times as long before it counts as worse than linear; short times are noise.
            assert twice < 3 * once + 0.003, (rule.name, once, twice)


@pytest.mark.parametrize(
    "piece",
    ["1.", "1.111.", "12.12.", "1/1/", "3., ", "am 3. und ", "2014-", "5. Mai ", "\n ", " \n", "Montag ",
     "drei Jahre und ", "www.", "Uhr 20.30 ", "in den letzten ", "ääää", "((", "seit ", "ge", "Nacht von Montag auf "],
)  # fmt: skip
def test_hostile_texts_take_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        best = float("inf")
        for _ in range(4):  # a busy machine makes single runs slow
            start = time.process_time()
            find_time_expressions(piece * count, language="de", published=date(2024, 3, 7))
            best = min(best, time.process_time() - start)
        return best

    seconds(10)
    once, twice = seconds(1500), seconds(3000)
    assert twice < 3 * once + 0.05


# The loader -----------------------------------------------------------------------------------------------------------


def _copy(folder: Path) -> Path:
    source = files("events") / "lang" / "en"
    for entry in source.iterdir():
        if entry.name.startswith("times") or entry.name == "holidays.tsv":
            (folder / entry.name).write_text(entry.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("addition", "reason"),
    [
        ('[[rule]]\nname = "x"\npattern = "a {nolist}"\ntype = "DATE"\nresolve = "calendar"\n', "nolist"),
        ('[[rule]]\nname = "x"\npattern = "a ( b"\ntype = "DATE"\nresolve = "calendar"\n', "missing"),
        ('[[rule]]\nname = "x"\npattern = "a b*"\ntype = "DATE"\nresolve = "calendar"\n', "bound"),
        ('[[rule]]\nname = "x"\npattern = "(a)?"\ntype = "DATE"\nresolve = "calendar"\n', "nothing"),
        ('[[rule]]\nname = "x"\npattern = "a"\ntype = "DAY"\nresolve = "calendar"\n', "DAY"),
        ('[[rule]]\nname = "x"\npattern = "a"\ntype = "DATE"\n', "resolve"),
        ('[[rule]]\nname = "x"\ntype = "DATE"\nresolve = "calendar"\n', "pattern"),
        ('[[rule]]\nname = "x"\npattern = "a"\ntype = "DATE"\nresolve = "calendar"\ncolour = "red"\n', "colour"),
        ('[[compound]]\nlist = "y"\nfirst = "nolist"\nsecond = "month"\n', "nolist"),
        ("[[rule]\n", "times_zz.toml"),
    ],
)
def test_a_broken_rule_is_named_with_file_and_reason(tmp_path: Path, addition: str, reason: str) -> None:
    folder = _copy(tmp_path)
    (folder / "times_zz.toml").write_text(addition, encoding="utf-8")
    with pytest.raises(MalformedLanguageData) as error:
        read_grammar("en", folder)
    assert "times_zz" in str(error.value)
    assert reason in str(error.value)


def test_a_broken_word_list_is_named_with_its_line(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    (folder / "times_words.tsv").write_text("weekday\tMonday\n", encoding="utf-8")
    with pytest.raises(MalformedLanguageData, match="line 1"):
        read_grammar("en", folder)


def test_a_language_without_rules_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage, match="xx"):
        find_time_expressions("lundi", language="xx", published=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_load_in_less_than_a_third_of_a_second(language: str) -> None:
    start = time.process_time()
    read_grammar(language, files("events") / "lang" / language)
    assert time.process_time() - start < 0.3
