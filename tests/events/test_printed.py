"""Times as people read them: one table."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.errors import UnsupportedLanguage
from events.printed import print_when
from events.when import When

TABLE = [
    ("2019-04-25", "25. April 2019", "25 April 2019"),
    ("2019-02-27/2019-02-28", "27./28. Februar 2019", "27–28 February 2019"),
    ("2018-12-31/2019-01-01", "31. Dezember 2018/1. Januar 2019", "31 December 2018–1 January 2019"),
    ("2018-03-25/2018-03-28", "25. bis 28. März 2018", "25 to 28 March 2018"),
    ("2018-03-25/2018-04-02", "25. März bis 2. April 2018", "25 March to 2 April 2018"),
    ("2018-12-30/2019-01-02", "30. Dezember 2018 bis 2. Januar 2019", "30 December 2018 to 2 January 2019"),
    ("[2019-02-21..2019-02-28]", "Ende Februar 2019", "late February 2019"),
    ("[2019-02-01..2019-02-10]", "Anfang Februar 2019", "early February 2019"),
    ("[2019-02-11..2019-02-20]", "Mitte Februar 2019", "mid-February 2019"),
    ("[2019-01..2019-04]", "Anfang 2019", "early 2019"),
    ("[1967..1969]", "Ende der 1960er Jahre", "late 1960s"),
    ("[1867..1899]", "Ende des 19. Jahrhunderts", "late 19th century"),
    ("[2019-02-27..2019-02-28]", "27. oder 28. Februar 2019", "27 or 28 February 2019"),
    ("[2019-02-03..2019-02-07]", "zwischen 3. und 7. Februar 2019", "between 3 and 7 February 2019"),
    ("2018-05", "Mai 2018", "May 2018"),
    ("2018-03/2018-05", "März bis Mai 2018", "March to May 2018"),
    ("2011", "2011", "2011"),
    ("2010/2015", "2010 bis 2015", "2010 to 2015"),
    ("196X", "1960er Jahre", "1960s"),
    ("19XX", "20. Jahrhundert", "20th century"),
    ("2019-22", "Sommer 2019", "summer 2019"),
    ("2019-24", "Winter 2019/20", "winter 2019/20"),
    ("2019-33", "1. Quartal 2019", "1st quarter of 2019"),
    ("2019-41", "2. Halbjahr 2019", "2nd half of 2019"),
    ("2019-W12", "Woche vom 18. bis 24. März 2019", "week of 18 to 24 March 2019"),
    ("2019-W12-WE", "Wochenende 23./24. März 2019", "weekend of 23–24 March 2019"),
    ("1200~", "um 1200", "around 1200"),
    ("2019-04-25~", "um den 25. April 2019", "around 25 April 2019"),
    ("1200?", "vermutlich 1200", "probably 1200"),
    ("2010/..", "seit 2010", "since 2010"),
    ("../2019-04-25", "bis 25. April 2019", "until 25 April 2019"),
    ("[..2018]", "spätestens 2018", "2018 at the latest"),
    ("[2018..]", "frühestens 2018", "2018 at the earliest"),
    ("-0043-03-15", "15. März 44 v. Chr.", "15 March 44 BC"),
    ("0079", "79 n. Chr.", "AD 79"),
    ("2019-04-24T20:30", "24. April 2019, 20.30 Uhr", "24 April 2019, 20:30"),
    ("2019-04-24T20:00", "24. April 2019, 20 Uhr", "24 April 2019, 20:00"),
    ("2019-04-24TEV", "24. April 2019, abends", "24 April 2019, evening"),
]


@pytest.mark.parametrize(("edtf", "german", "english"), TABLE)
def test_a_time_reads_as_people_write_it(edtf: str, german: str, english: str) -> None:
    when = When.parse(edtf)
    assert print_when(when, "de") == german
    assert print_when(when, "en") == english


def test_an_unknown_time_says_so() -> None:
    assert print_when(None, "de") == "ohne Datum"
    assert print_when(None, "en") == "undated"


def test_remarks_stand_behind_the_date() -> None:
    when = When.parse("2019-05")
    assert print_when(when, "de", status="planned") == "Mai 2019 (geplant)"
    assert print_when(when, "de", status="occurred") == "Mai 2019"
    assert print_when(when, "en", status="cancelled") == "May 2019 (cancelled)"
    told = When.parse("2019-05-03").with_provenance(text="", basis="publication")
    assert print_when(told, "de") == "3. Mai 2019 (Tag der Meldung)"
    assert print_when(told, "en") == "3 May 2019 (date of report)"


def test_what_is_planned_begins_with_from_instead_of_since() -> None:
    assert print_when(When.parse("2030/.."), "de", status="planned") == "ab 2030 (geplant)"
    assert print_when(When.parse("2030/.."), "en", status="planned") == "from 2030 (planned)"


def test_austrians_read_jaenner() -> None:
    when = When.parse("2019-01-24")
    assert print_when(when, "de", austrian=True) == "24. Jänner 2019"
    assert print_when(when, "de") == "24. Januar 2019"


def test_a_language_without_a_table_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage, match="fr"):
        print_when(None, "fr")


days = st.integers(min_value=-500_000, max_value=1_000_000)


@settings(deadline=None)
@given(st.lists(days, min_size=1, max_size=4), st.booleans(), st.sampled_from(["de", "en"]))
def test_no_edtf_reaches_a_reader(bounds: list[int], lasting: bool, language: str) -> None:
    low, high = min(bounds), max(bounds)
    when = When.lasting(When.on(low), When.on(high)) if lasting else When.within(low, high)
    words = print_when(when, language)
    assert not re.search(r"[\[\]~?%X]|\.\.|\d-\d|T\d", words), words
