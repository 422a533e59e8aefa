"""Zones of plain text: headline, dateline, body, caption, credit, menu and byline told apart by form."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.errors import UnsupportedLanguage
from events.layout import languages, load_layout
from events.model import Document, DocumentId, Zone
from events.zones import blocks_of, find_agency, find_author, find_title, find_zones

LEAD = (
    "Nordkoreas Machthaber Kim Jong Un ist am Mittwoch mit seinem Sonderzug in Wladiwostok eingetroffen. "
    "Dort will er am Donnerstag mit Russlands Präsident Wladimir Putin sprechen."
)
SECOND = "Zuletzt hatten sich die Führer beider Länder 2011 in Ulan-Ude getroffen. Damals regierte Kim Jong Il."
ENGLISH_LEAD = (
    "North Korean leader Kim Jong Un arrived in Vladivostok by train on Wednesday. "
    "He is to meet Russian President Vladimir Putin on Thursday."
)
ENGLISH_SECOND = "The last such meeting was held in Ulan-Ude in August 2011. Kim Jong Il led the country at the time."


def kinds(text: str, language: str = "de") -> list[tuple[str, str]]:
    """Kind and words of each zone."""
    return [(zone.kind, " ".join(text[zone.start : zone.end].split())) for zone in find_zones(text, language)]


def kind_of(line: str, text: str, language: str = "de") -> str:
    """The kind of the zone in which the line begins."""
    start = text.index(line)
    return next(zone.kind for zone in find_zones(text, language) if zone.start <= start < zone.end)


def test_a_single_paragraph_without_headline_is_body() -> None:
    assert kinds(LEAD) == [("body", LEAD)]


def test_a_single_line_is_body() -> None:
    assert kinds("Kim trifft Putin") == [("body", "Kim trifft Putin")]


def test_the_short_line_above_the_lead_is_the_headline() -> None:
    assert kinds(f"Kim reist nach Russland\n\n{LEAD}\n\n{SECOND}\n") == [
        ("headline", "Kim reist nach Russland"), ("body", LEAD), ("body", SECOND),
    ]  # fmt: skip


@pytest.mark.parametrize("headline", [
    "Wie weiter mit Nordkorea?", "Kim und Putin: Ein Treffen im Fernen Osten", "«Erfolgreiche Gespräche» erhofft",
    "Korea-Gipfel – was bisher geschah",
])  # fmt: skip
def test_headlines_may_ask_and_quote(headline: str) -> None:
    assert kind_of(headline, f"{headline}\n\n{LEAD}\n\n{SECOND}") == "headline"


def test_a_page_saved_as_text_is_taken_apart() -> None:
    text = (
        "1. Startseite\n  2. Fernost\nLogo\n\nKim reist nach Russland\nErstes Treffen mit Putin in Wladiwostok\n\n"
        "Ankunft\nKim Jong Un steigt am Bahnhof von Chassan aus dem Zug. Foto: Kyodo\n"
        "Brot und Salz\nDer Gast aus Pjöngjang wird mit Brot und Salz begrüßt. Foto: Region Primorje/AP\n"
        f"{LEAD}\n\nWladiwostok (dpa) - {SECOND}\n\n{SECOND}\n\n© dpa-infocom, dpa:190424-99-000000/2\n\n"
        "Putin lobt den Gast aus Pjöngjang\n\nHanoi: Was Trump und Kim trennte\n"
    )
    assert kinds(text) == [
        ("menu", "1. Startseite"),
        ("menu", "2. Fernost"),
        ("menu", "Logo"),
        ("headline", "Kim reist nach Russland"),
        ("headline", "Erstes Treffen mit Putin in Wladiwostok"),
        ("caption", "Ankunft"),
        ("caption", "Kim Jong Un steigt am Bahnhof von Chassan aus dem Zug."),
        ("credit", "Foto: Kyodo"),
        ("caption", "Brot und Salz"),
        ("caption", "Der Gast aus Pjöngjang wird mit Brot und Salz begrüßt."),
        ("credit", "Foto: Region Primorje/AP"),
        ("body", LEAD),
        ("dateline", "Wladiwostok (dpa) -"),
        ("body", SECOND),
        ("body", SECOND),
        ("credit", "© dpa-infocom, dpa:190424-99-000000/2"),
        ("menu", "Putin lobt den Gast aus Pjöngjang"),
        ("menu", "Hanoi: Was Trump und Kim trennte"),
    ]


def test_an_english_page_saved_as_text_is_taken_apart() -> None:
    text = (
        "Home > World > Asia Pacific\nShare this article\n\nKim Jong Un arrives in Russia\n\n"
        "By Nellie Bly and Mark Twain, Vladivostok\nPublished 24 April 2019, 10:12 GMT\n\n"
        "Kim Jong Un leaves the train at Khasan. Photo: Reuters\n\n"
        f"VLADIVOSTOK, Russia (AP) — {ENGLISH_LEAD}\n\n{ENGLISH_SECOND}\n\n"
        "Read more: What Trump and Kim said in Hanoi\n\n"
        f"{ENGLISH_SECOND}\n\nRelated stories\nHow the Hanoi summit ended\nWho is who in Pyongyang\n\n"
        "Sign up for our newsletter and get the news in your inbox.\n"
    )
    assert [kind for kind, _ in kinds(text, "en")] == [
        "menu", "menu", "headline", "byline", "byline", "caption", "credit", "dateline", "body", "body", "menu", "body",
        "menu", "menu", "menu", "menu",
    ]  # fmt: skip


@pytest.mark.parametrize(("opening", "dateline"), [
    ("Wladiwostok (dpa) - Kim ist", "Wladiwostok (dpa) -"),
    ("Wladiwostok/Seoul (dpa/AFP) – Kim ist", "Wladiwostok/Seoul (dpa/AFP) –"),
    ("Frankfurt am Main (Reuters) - Kim ist", "Frankfurt am Main (Reuters) -"),
    ("Seoul, 24. April (AFP) - Kim ist", "Seoul, 24. April (AFP) -"),
    ("(dpa) - Kim ist", "(dpa) -"),
    ("(sda/afp) Kim ist", "(sda/afp)"),
    ("SEOUL dpa | Kim ist", "SEOUL dpa |"),
    ("WLADIWOSTOK – Kim ist", "WLADIWOSTOK –"),
    ("Seoul (dpa) Kim ist", "Seoul (dpa)"),
    ("Wladiwostok - Nach langer Fahrt ist Kim", "Wladiwostok -"),
    ("Wladiwostok. Nach langer Fahrt ist Kim", "Wladiwostok."),
    ("Wladiwostok . Nach langer Fahrt ist Kim", "Wladiwostok ."),
])  # fmt: skip
def test_the_dateline_stands_apart_from_the_sentence(opening: str, dateline: str) -> None:
    text = f"{opening} am Mittwoch in Russland eingetroffen. Er kam mit dem Zug."
    assert kinds(text)[0] == ("dateline", dateline)
    assert kinds(text)[1][0] == "body"


@pytest.mark.parametrize(("opening", "dateline"), [
    ("SEOUL, South Korea (AP) — The", "SEOUL, South Korea (AP) —"),
    ("MOSCOW, April 24 (Reuters) - The", "MOSCOW, April 24 (Reuters) -"),
    ("SEOUL — The", "SEOUL —"),
    ("Seoul (AFP) -- The", "Seoul (AFP) --"),
    ("Seoul, South Korea (CNN)The", "Seoul, South Korea (CNN)"),
    ("(CNN)The", "(CNN)"),
    ("London - The", "London -"),
])  # fmt: skip
def test_english_datelines(opening: str, dateline: str) -> None:
    text = f"{opening} North Korean leader has left for Russia, state media said."
    assert kinds(text, "en")[0] == ("dateline", dateline)


@pytest.mark.parametrize("text", [
    "Kim – der Enkel des Gründers – ist am Mittwoch in Russland eingetroffen. Er kam mit dem Zug.",
    "Die Nachrichtenagentur (KCNA) meldete am Mittwoch die Ankunft des Machthabers in Russland. Er kam mit dem Zug.",
    "Danach. Später. Kim ist am Mittwoch mit dem Zug in Russland eingetroffen, wie es in Moskau hieß.",
    "Der Chef der Agentur (AP) Gary Pruitt hat am Mittwoch in New York den Bericht über Nordkorea vorgestellt.",
    "Der Gipfel (siehe unten) - so hieß es in Moskau - dauerte doppelt so lange wie geplant.",
])  # fmt: skip
def test_what_only_looks_like_a_dateline_is_body(text: str) -> None:
    assert kinds(text) == [("body", text)]


@pytest.mark.parametrize("credit", [
    "Foto: Kyodo", "Foto: Alexei Nikolsky/AP", "(Foto: dpa)", "Foto: Region Primorje, Pressedienst/AP", "Bild: Reuters",
    "Foto: picture alliance / dpa", "Foto: KCNA/dpa/Archivbild", "Foto © AFP", "REUTERS/Shamil Zhumatov",
    "(AP Photo/Alexander Zemlianichenko)", "Bildquelle: Yonhap", "Foto: J. Ernst/Reuters", "Archivfoto: Sputnik.",
])  # fmt: skip
def test_a_picture_credit_is_cut_from_its_caption(credit: str) -> None:
    text = f"Kim fährt zu Putin\n\nKim Jong Un am Bahnhof von Wladiwostok. {credit}\n\n{LEAD}\n\n{SECOND}"
    assert kinds(text)[1:3] == [
        ("caption", "Kim Jong Un am Bahnhof von Wladiwostok."), ("credit", credit),
    ]  # fmt: skip


@pytest.mark.parametrize("credit", [
    "Photo: Reuters", "Photograph: Kyodo/Getty Images", "Image credit: KCNA", "(Photo by Yuri Kadobnov/AFP)",
    "(Yuri Kadobnov/AFP via Getty Images)", "Picture: Yonhap",
])  # fmt: skip
def test_english_picture_credits(credit: str) -> None:
    text = f"Kim meets Putin\n\nKim Jong Un arrives at the station. {credit}\n\n{ENGLISH_LEAD}\n\n{ENGLISH_SECOND}"
    assert kinds(text, "en")[1:3] == [("caption", "Kim Jong Un arrives at the station."), ("credit", credit)]


def test_a_caption_may_say_that_it_is_one() -> None:
    text = (
        f"Kim meets Putin\n\nShare\nImage source, AFP\nImage caption,\nKim was greeted with bread and salt\n\n"
        f"Image caption, The two leaders shake hands\n\n{ENGLISH_LEAD}\n\n{ENGLISH_SECOND}"
    )
    assert kinds(text, "en")[1:5] == [
        ("menu", "Share"),
        ("credit", "Image source, AFP"),
        ("menu", "Image caption,"),
        ("caption", "Kim was greeted with bread and salt"),
    ]
    assert kinds(text, "en")[5] == ("caption", "Image caption, The two leaders shake hands")


def test_a_credit_on_its_own_line_makes_the_line_above_a_caption() -> None:
    text = f"Kim fährt zu Putin\n\nKim Jong Un am Bahnhof von Chassan\nFoto: Kyodo\n\n{LEAD}\n\n{SECOND}"
    assert kinds(text)[:3] == [
        ("headline", "Kim fährt zu Putin"),
        ("caption", "Kim Jong Un am Bahnhof von Chassan"),
        ("credit", "Foto: Kyodo"),
    ]  # fmt: skip


def test_the_headline_right_above_a_caption_stays_the_headline() -> None:
    text = f"Kim fährt zu Putin\nKim Jong Un steigt in Chassan aus dem Zug. Foto: Kyodo\n{LEAD}\n{SECOND}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "caption", "credit", "body", "body"]


@pytest.mark.parametrize("sentence", [
    "Das Foto: Es zeigt Kim und Putin beim Händedruck vor den Flaggen beider Staaten, sagte ein Sprecher.",
    "Im Bild: Kim gibt Putin die Hand und lächelt in die Kameras, während die Delegationen noch warten.",
])  # fmt: skip
def test_a_sentence_with_a_word_for_picture_is_no_credit(sentence: str) -> None:
    text = f"{LEAD}\n\n{sentence}\n\n{SECOND}"
    assert kinds(text)[1] == ("body", sentence)


def test_the_mark_of_the_agency_after_the_text_is_credit() -> None:
    assert kinds(f"{LEAD} (dpa)") == [("body", LEAD), ("credit", "(dpa)")]
    assert kinds(f"{LEAD} (jek/dpa)") == [("body", LEAD), ("credit", "(jek/dpa)")]
    assert kinds(f"{LEAD}\n\nQuelle: dpa") == [("body", LEAD), ("credit", "Quelle: dpa")]
    assert kinds(f"{LEAD} Quelle: dpa") == [("body", LEAD), ("credit", "Quelle: dpa")]


@pytest.mark.parametrize("line", [
    "Von Theodor Fontane, dpa", "Von Theodor Fontane", "Von Theodor Fontane, London", "Stand: 25.04.2019, 10:12 Uhr",
    "Aktualisiert am 25. April 2019", "Lesezeit: 3 Minuten", "vor 2 Stunden", "jek/dpa", "(AFP/Reuters)",
    "-Aktualisiert am 25.04.2019-10:12", "red, ORF.at/Agenturen", "dpa jek yyzz n1 ab",
    "Von unserem Korrespondenten Theodor Fontane", "Autor: Fontane, Theodor", "Das Gespräch führte Theodor Fontane.",
])  # fmt: skip
def test_bylines_are_known(line: str) -> None:
    assert kind_of(line, f"Kim fährt zu Putin\n\n{line}\n\n{LEAD}\n\n{SECOND}") == "byline"


@pytest.mark.parametrize("line", [
    "By Mark Twain", "By Nellie Bly in Moscow", "By NELLIE BLY, Associated Press", "Updated: April 25, 2019 10:12",
    "3 min read", "2 hours ago", "This article is more than 2 years old", "Published",
    "(Reporting by Nellie Bly; Editing by Mark Twain)", "Reporting by Nellie Bly; Editing by Mark Twain",
])  # fmt: skip
def test_english_bylines_are_known(line: str) -> None:
    text = f"Kim goes to meet Putin\n\n{line}\n\n{ENGLISH_LEAD}\n\n{ENGLISH_SECOND}"
    assert kind_of(line, text, "en") == "byline"


@pytest.mark.parametrize(("line", "language"), [
    ("Donnerstag, 25. April 2019", "de"), ("25.04.2019", "de"),
    ("25. April 2019, 06:15 Uhr", "de"), ("25. April 2019, 10.12 Uhr", "de"),
    ("Thursday, April 25, 2019", "en"), ("March 1st, 2008", "en"), ("2019-04-25 10:12 GMT", "en"),
])  # fmt: skip
def test_a_line_that_holds_only_a_day_is_dateline(line: str, language: str) -> None:
    lead = LEAD if language == "de" else ENGLISH_LEAD
    assert kind_of(line, f"Kim meets Putin\n{line}\n{lead}\n", language) == "dateline"


def test_the_days_of_a_chronology_are_body() -> None:
    text = (
        "Chronologie: Korea und die Bombe\n\n9. Oktober 2006: Nordkorea zündet den ersten Sprengsatz.\n"
        "25. Mai 2009: Zweiter Test\n12. Juni 2018: Kim und Trump treffen sich in Singapur.\n27. Februar 2019: Hanoi\n"
    )
    assert [kind for kind, _ in kinds(text)] == ["headline", "body", "body", "body", "body"]


def test_a_chronology_with_days_on_lines_of_their_own_is_body() -> None:
    text = "Korea und die Bombe\n\n" + "".join(
        f"{day}\nNordkorea zündet einen Sprengsatz auf dem Gelände Punggye-ri.\n\n"
        for day in ("9. Oktober 2006", "25. Mai 2009", "12. Februar 2013")
    )
    assert [kind for kind, _ in kinds(text)] == ["headline", *["body"] * 6]


def test_a_headline_within_the_text_is_body() -> None:
    assert kinds(f"Kim fährt zu Putin\n\n{LEAD}\n\nSorge in Seoul\n\n{SECOND}")[2] == ("body", "Sorge in Seoul")


@pytest.mark.parametrize("line", [
    "Teilen", "Facebook Twitter WhatsApp", "Auf Facebook teilen", "Drucken", "Bild 3 von 9", "12 Kommentare", "Anzeige",
    "Lesen Sie auch: Trump lobt Kim trotz Abbruchs", "Mehr zum Thema", "Politik | Ausland | Asien",
    "Jetzt unseren Newsletter kostenlos abonnieren und nichts verpassen!", "Abonnieren Sie unseren Newsletter.",
    "Startseite › Politik › Korea", "___", "* * *",
    "Detailansicht öffnen", "Vier Wochen kostenlos lesen. Jetzt bestellen unter: www.example.org/abo",
    "Teile dies:", "https://www.example.org/korea", "Zur Startseite",
])  # fmt: skip
def test_menus_are_known_wherever_they_stand(line: str) -> None:
    assert kind_of(line, f"Kim fährt zu Putin\n\n{LEAD}\n\n{line}\n\n{SECOND}\n\n{SECOND}") == "menu"


@pytest.mark.parametrize("line", [
    "Beide Seiten unterzeichneten keine Erklärung", "Hintergrund: 2006 hatte Nordkorea erstmals getestet.",
    "Der Newsletter der Regierung nannte den Besuch historisch.", "Themen der Gespräche waren Sanktionen und Handel.",
    "- Nordkorea stellt die Tests ein", "Mehr sagte Putin nicht.", "Danach reiste er ab.",
    "Von Hanoi fuhr er nach Peking.", "Jetzt bestellen die Fluglinien weniger.",
    "Kunden können das Modell jetzt bestellen.", "Folgen wird dem Gipfel ein zweiter.",
    "Foto und Handschlag gab es auch.",
    "Wer ihn einlud, blieb offen.",
])  # fmt: skip
def test_in_doubt_a_line_of_the_text_is_body(line: str) -> None:
    assert kind_of(line, f"Kim fährt zu Putin\n\n{LEAD}\n\n{line}\n\n{SECOND}") == "body"


@pytest.mark.parametrize("line", [
    "Danach reiste er ab.", "- Nordkorea stellt die Tests ein", "12. Juni 2018: Gipfel in Singapur", "Wer lud ihn ein?",
    "Gipfel in Hanoi 2019", "Treffen der Führer\n2000, 2007 und 2018",
    "Am Samstag soll er heimreisen, wie aus der Stadt zu hören war, mit dem Zug wie auf dem Hinweg",
])  # fmt: skip
def test_in_doubt_the_last_line_is_body(line: str) -> None:
    assert kind_of(line, f"Kim fährt zu Putin\n\n{LEAD}\n\n{SECOND}\n\n{line}") == "body"


def test_links_below_a_heading_for_them_are_menu_up_to_the_next_running_text() -> None:
    text = f"Kim fährt zu Putin\n\n{LEAD}\n\nLesen Sie auch\nTrump lobt Kim\nWer regiert in Pjöngjang?\n\n{SECOND}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "body", "menu", "menu", "menu", "body"]


def test_the_only_line_of_the_head_is_no_menu_even_beside_one() -> None:
    assert kind_of("Gipfeltreffen", f"Logo\nGipfeltreffen\n\n{LEAD}") == "headline"


def test_lines_wrapped_at_a_width_make_one_paragraph() -> None:
    wrapped = (
        "Nordkoreas Machthaber Kim Jong Un ist am Mittwoch mit seinem\n"
        "Sonderzug in Wladiwostok eingetroffen. Dort will er morgen, am\n"
        "25. April, mit Russlands Präsident Wladimir Putin sprechen - zum\n"
        "ersten Mal überhaupt. Das Gespräch soll zwei Stunden dauern, so\n"
        "- unter Berufung auf Moskau - die Agentur Interfax.\n"
    )
    text = f"Kim reist nach Russland\n\n{wrapped}\n{wrapped}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "body", "body"]
    assert kinds(text)[1][1] == " ".join(wrapped.split())


def test_each_line_is_a_paragraph_where_lines_are_of_any_length() -> None:
    assert len(kinds(f"{LEAD}\n{SECOND}\nDanach reiste er ab.\n{LEAD}")) == 4


def test_a_list_is_not_run_together_like_wrapped_lines() -> None:
    text = (
        "- Kim fährt mit dem Sonderzug über die Grenze bei Chassan.\n"
        "- Putin empfängt ihn auf der Insel Russki vor Wladiwostok.\n"
        "- Beide sprechen zwei Stunden lang unter vier Augen dort.\n"
    )
    assert len(kinds(text)) == 3


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028"])
def test_any_line_ending_divides_alike(newline: str) -> None:
    text = f"Kim fährt zu Putin\n\nKim in Chassan. Foto: Kyodo\n{LEAD}\n\n{SECOND}\n"
    assert kinds(text.replace("\n", newline)) == kinds(text)


def test_blocks_leave_out_menus_credits_and_bylines() -> None:
    text = f"Logo\n\nKim fährt zu Putin\n\nVon Theodor Fontane\n\nKim in Chassan. Foto: Kyodo\n\nSeoul (AFP) - {LEAD}"
    zones = find_zones(text, "de")
    document = Document(id=DocumentId("0"), text=text, language="de", zones=zones)
    assert [(kind, text[start:end]) for start, end, kind in blocks_of(document)] == [
        ("headline", "Kim fährt zu Putin"),
        ("caption", "Kim in Chassan."),
        ("dateline", "Seoul (AFP) -"),
        ("body", LEAD),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "agency"), [
    (f"Seoul (dpa) - {LEAD}", "de", "dpa"),
    (f"Seoul (dpa/AFP) - {LEAD}", "de", "dpa/AFP"),
    (f"{LEAD}\n\n© dpa-infocom, dpa:190424-99-000000/2", "de", "dpa"),
    (f"Kim fährt\n\nVon Theodor Fontane, dpa\n\n{LEAD}", "de", "dpa"),
    (f"Kim fährt\n\nKim in Chassan. Foto: Kyodo\n\n{LEAD}", "de", ""),
    (f"{LEAD} (dpa)", "de", "dpa"),
    (f"SEOUL (Reuters) - {ENGLISH_LEAD}", "en", "Reuters"),
    (ENGLISH_LEAD, "en", ""),
])  # fmt: skip
def test_the_agency_is_that_of_the_text_and_not_of_the_picture(text: str, language: str, agency: str) -> None:
    assert find_agency(text, find_zones(text, language), language) == agency


@pytest.mark.parametrize(("byline", "language", "author"), [
    ("Von Theodor Fontane, dpa", "de", "Theodor Fontane"), ("Von Theodor Fontane, London", "de", "Theodor Fontane"),
    ("By Mark Twain", "en", "Mark Twain"), ("By Nellie Bly in Moscow", "en", "Nellie Bly"),
])  # fmt: skip
def test_the_author_is_whom_the_byline_names(byline: str, language: str, author: str) -> None:
    text = f"Kim fährt zu Putin\n\n{byline}\n\n{LEAD if language == 'de' else ENGLISH_LEAD}"
    assert find_author(text, find_zones(text, language), language) == author


def test_the_title_is_a_line_and_not_the_kicker_above_it() -> None:
    text = f"Nordkorea\nKim reist zu Putin nach Russland\n\n{LEAD}"
    assert find_title(text, find_zones(text, "de")) == "Kim reist zu Putin nach Russland"
    text = f"Treffen in Fernost:\nKim reist zu Putin nach Russland\n\n{LEAD}"
    assert find_title(text, find_zones(text, "de")) == "Kim reist zu Putin nach Russland"
    assert find_title(LEAD, find_zones(LEAD, "de")) == ""


def test_markup_settles_what_is_a_headline_and_a_caption() -> None:
    text = f"Kim ist da.\n\nDer Zug in Chassan.\n\n{LEAD}"
    known = (Zone(kind="headline", start=0, end=11), Zone(kind="caption", start=13, end=32))
    assert [zone.kind for zone in find_zones(text, "de", known)] == ["headline", "caption", "body"]


def test_a_very_long_paragraph_is_cut_into_pieces_at_sentence_ends() -> None:
    text = (LEAD + " ") * 200
    zones = find_zones(text, "de")
    assert len(zones) > 2
    assert all(zone.end - zone.start <= 10_000 and text[zone.start : zone.end].endswith(".") for zone in zones)


def test_a_language_without_data_is_named() -> None:
    with pytest.raises(UnsupportedLanguage, match="'fr'; there is de, en"):
        find_zones("Bonjour", "fr")


@pytest.mark.parametrize("language", languages())
def test_the_data_of_each_language_compiles_and_its_menu_lines_are_found(language: str) -> None:
    assert load_layout(language).is_menu("Logo")


LINES = st.sampled_from([
    "", " ", "\t", "Logo", "1. Startseite", "Kim fährt zu Putin", LEAD, SECOND, "Foto: Kyodo", "- Punkt",
    "25. April 2019", "Kim in Chassan. Foto: Kyodo", "Von Theodor Fontane", "(dpa)", "12. Juni 2018: Gipfel",
    "Seoul (dpa) - Kim kam.", ":", "Mehr zum Thema", "Foto:", "(Foto: dpa) (dpa)", "©", "(dpa) -",
    "am\u00a0Montag", "…", "A/B", "🙂",
])  # fmt: skip


@given(st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=14), st.sampled_from(["\n", "\r\n", "\n\n"]),
       st.sampled_from(["de", "en"]))  # fmt: skip
def test_zones_are_in_order_and_hold_all_that_is_not_blank(lines: list[str], newline: str, language: str) -> None:
    text = newline.join(lines)
    zones = find_zones(text, language)
    covered = [False] * len(text)
    previous = 0
    for zone in zones:
        assert previous <= zone.start < zone.end <= len(text)
        assert text[zone.start : zone.end].strip() == text[zone.start : zone.end]
        covered[zone.start : zone.end] = [True] * (zone.end - zone.start)
        previous = zone.end
    assert all(covered[index] or character.isspace() for index, character in enumerate(text))


@pytest.mark.parametrize("unit", [
    "AP/", "dpa ", "jek/dpa/", "Von A A ", "By A and A ", "newsletter ", "Foto: A ", "(A/", "12. ", "/ ", "a. B ",
    "A, ", "© ",
])  # fmt: skip
def test_no_pattern_runs_away_on_words_that_repeat(unit: str) -> None:
    text = "\n\n".join([(unit * 300)[:298]] * 20)
    began = process_time()
    assert find_zones(text, "de") and find_zones(text, "en")
    assert process_time() - began < 5  # it takes a twentieth of a second; "AP/AP/..." once took longer than we waited


@given(st.permutations([LEAD, SECOND, "Danach reiste er mit dem Zug ab.", "Kim fährt zu Putin", "Teilen"]))
def test_running_text_is_never_lost_to_a_menu(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    assert {kind_of(line, text) for line in (LEAD, SECOND, "Danach reiste er mit dem Zug ab.")} == {"body"}
