"""Documents out of files: text, day of publication, origin, and what cannot be read."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.errors import TimelineError, UnreadableSource, UnsupportedLanguage
from events.model import Document
from events.sources import find_sources, open_source, read_bytes, read_source

SENTENCES = (
    "Nordkoreas Machthaber Kim Jong Un ist am Mittwoch über die Grenze bei Chassan gefahren. "
    "Später empfing ihn Russlands Präsident Wladimir Putin in Wladiwostok."
)


def read(name: str, text: str | bytes, **options: object) -> Document:
    """The document in a file of this name; German unless the options or the file say otherwise."""
    data = text.encode() if isinstance(text, str) else text
    return read_source(Path(name), data, **{"language": "de", **options})  # type: ignore[arg-type]


def page(body: str, head: str = "", attributes: str = 'lang="de"') -> str:
    """A saved web page."""
    return f'<!DOCTYPE html><html {attributes}><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


OTHER_SENTENCES = SENTENCES.replace("Mittwoch", "Dienstag")
ARTICLE = f"<article><h1>Kim bei Putin</h1><p>{SENTENCES}</p><p>{OTHER_SENTENCES}</p></article>"


# Plain text


@pytest.mark.parametrize("text", [
    SENTENCES, f"\n\n  {SENTENCES}  \n", SENTENCES.replace(". ", ".\r\n\r\n"), f"\t{SENTENCES}\f{SENTENCES}\n\n\n",
    "e\u0301 🙂 \u00a0" + SENTENCES,
])  # fmt: skip
def test_plain_text_is_stored_unchanged(text: str) -> None:
    assert read("a.txt", text).text == text


def test_a_document_is_known_by_the_hash_of_its_bytes() -> None:
    assert read("a.txt", SENTENCES).id == hashlib.sha256(SENTENCES.encode()).hexdigest()
    assert read("b.txt", SENTENCES).id == read("a.txt", SENTENCES).id


def test_zones_fit_text_with_any_line_ends() -> None:
    document = read("a.txt", f"Kim bei Putin\r\n\r\nWladiwostok (dpa) - {SENTENCES}\r\n")
    words = [(zone.kind, document.text[zone.start : zone.end]) for zone in document.zones]
    assert words == [("headline", "Kim bei Putin"), ("dateline", "Wladiwostok (dpa) -"), ("body", SENTENCES)]
    assert (document.title, document.agency) == ("Kim bei Putin", "dpa")


# Encodings


@pytest.mark.parametrize("encoding", [
    "utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso8859-15", "cp850", "mac_roman",
])  # fmt: skip
def test_text_in_any_usual_encoding_is_read(encoding: str) -> None:
    assert read("a.txt", SENTENCES.encode(encoding)).text == SENTENCES


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_is_read_in_both_byte_orders(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert read("a.txt", mark + SENTENCES.encode(encoding)).text == SENTENCES


def test_a_legacy_encoding_is_remarked_on() -> None:
    assert open_source(Path("a.txt"), SENTENCES.encode("cp1252")).remarks == ("not in UTF-8; read as cp1252",)
    assert open_source(Path("a.txt"), SENTENCES.encode()).remarks == ()


def test_broken_bytes_are_replaced_and_counted() -> None:
    data = SENTENCES.encode().replace(b"ber die", b"ber\xff die")
    source = open_source(Path("a.txt"), data)
    assert source.text == SENTENCES.replace("ber die", "ber\ufffd die")
    assert source.remarks == ("broken utf-8: 1 characters replaced by U+FFFD",)


def test_text_cut_within_a_character_is_still_utf_8() -> None:
    assert read("a.txt", (SENTENCES + " ü").encode()[:-1]).text == SENTENCES + " \ufffd"


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    text = page(ARTICLE).replace("utf-8", "windows-1252")
    assert "über die Grenze" in read("a.html", text.encode("cp1252")).text


@pytest.mark.parametrize("charset", ["utf-16", "hex", "no-such-thing", "utf-7", "idna"])
def test_a_false_declaration_does_no_harm(charset: str) -> None:
    text = page(ARTICLE).replace("utf-8", charset)
    assert "Präsident" in read("a.html", text).text


# The day of publication


@pytest.mark.parametrize(("name", "option", "text", "published", "basis"), [
    ("2019-04-24_kim.md", date(2019, 4, 26), f"---\ndate: 2019-04-25\n---\n{SENTENCES}", date(2019, 4, 26), "option"),
    ("2019-04-24_kim.md", None, f"---\ndate: 2019-04-25\n---\n{SENTENCES}", date(2019, 4, 25), "metadata"),
    ("2019-04-24_kim.md", None, SENTENCES, date(2019, 4, 24), "file name"),
    ("2019-04-24.txt", None, SENTENCES, date(2019, 4, 24), "file name"),
    ("kim.txt", None, SENTENCES, None, "unknown"),
    ("kim_2019-04-24.txt", None, SENTENCES, None, "unknown"),
    ("2019-04-31_kim.txt", None, SENTENCES, None, "unknown"),
    ("2019-04-241.txt", None, SENTENCES, None, "unknown"),
    ("2019-04.txt", None, SENTENCES, None, "unknown"),
    ("kim.txt", None, f"---\ndate: 2019-04-25\n---\n{SENTENCES}", None, "unknown"),
])  # fmt: skip
def test_option_goes_before_metadata_before_file_name(
    name: str, option: date | None, text: str, published: date | None, basis: str
) -> None:
    document = read(name, text, published=option)
    assert (document.published, document.published_basis) == (published, basis)


@pytest.mark.parametrize("head", [
    '<meta property="article:published_time" content="2019-04-25T23:30:00+02:00">',
    '<meta name="date" content="2019-04-25">',
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2019-04-25T10:00:00Z", '
    '"dateModified": "2020-02-02"}</script>',
    '<meta property="article:modified_time" content="2020-02-02">'
    '<meta property="article:published_time" content="2019-04-25">',
    '<link rel="canonical" href="https://www.example.org/politik/2019/04/25/kim-putin.html">',
])  # fmt: skip
def test_a_page_tells_its_day_of_publication(head: str) -> None:
    document = read("a.html", page(ARTICLE, head))
    assert (document.published, document.published_basis) == (date(2019, 4, 25), "metadata")


@pytest.mark.parametrize("body", [
    f'<time datetime="2019-04-25T10:00">25. April 2019</time>{ARTICLE}',
    f'<p class="date">25. April 2019</p>{ARTICLE}',
    f'<span class="published">25.04.2019</span>{ARTICLE}',
])  # fmt: skip
def test_an_element_for_the_day_tells_it_too(body: str) -> None:
    assert read("a.html", page(body)).published == date(2019, 4, 25)


@pytest.mark.parametrize(("head", "body"), [
    ("", f"{ARTICLE}<p>Am 24.08.2011 traf Kim Jong Il in Ulan-Ude Präsident Medwedew.</p>"),
    ("", f"{ARTICLE}<p>Am <time datetime='2011-08-24'>24. August 2011</time> war das Treffen von Ulan-Ude.</p>"),
    ("<title>Gipfel vom 12.06.2018</title>", ARTICLE.replace("Kim bei Putin", "Gipfel vom 12.06.2018")),
    ('<meta property="article:modified_time" content="2020-02-02">', ARTICLE),
    ('<meta property="og:image" content="https://example.org/2020/02/02/bild.jpg">', ARTICLE),
    ("", f"{ARTICLE}<footer>© 2026 Beispielblatt, Stand 1. Januar 2026</footer>"),
])  # fmt: skip
def test_a_day_in_the_text_of_a_page_is_not_its_publication(head: str, body: str) -> None:
    assert read("a.html", page(body, head)).published is None


def test_a_day_of_publication_may_lie_after_today() -> None:
    head = '<meta property="article:published_time" content="2038-04-25">'
    assert read("a.html", page(ARTICLE, head)).published == date(2038, 4, 25)


# Markdown


def test_front_matter_tells_the_origin() -> None:
    document = read(
        "a.md",
        "---\ntitle: 'Kim bei Putin: ein Treffen'\ndate: 2019-04-25T10:12:00+02:00\noutlet: Beispielblatt\n"
        "author: [Theodor Fontane, Mark Twain]\nagency: dpa\nurl: https://example.org/kim\nlang: de-DE\n---\n"
        f"# Kim bei Putin\n\n{SENTENCES}\n",
        language=None,
    )
    assert document.title == "Kim bei Putin: ein Treffen"
    assert (document.outlet, document.agency, document.url) == ("Beispielblatt", "dpa", "https://example.org/kim")
    assert (document.author, document.language) == ("Theodor Fontane, Mark Twain", "de")
    assert document.text == f"Kim bei Putin\n\n{SENTENCES}"


def test_a_title_of_the_front_matter_heads_a_text_without_heading() -> None:
    document = read("a.md", f"---\ntitle: Kim bei Putin\n---\n{SENTENCES}\n")
    assert document.text == f"Kim bei Putin\n\n{SENTENCES}"
    assert document.zones[0].kind == "headline"


def test_markdown_is_read_without_its_marks() -> None:
    text = (
        f"# Kim bei Putin #\n\n**{SENTENCES[:20]}**{SENTENCES[20:]}\n\n## Was geschah\n\n"
        "- 12. Juni 2018: [Gipfel](https://example.org) in *Singapur*\n- 27. Februar 2019: Hanoi\n\n"
        "| Tag | Ort |\n|---|---|\n| 24. August 2011 | Ulan-Ude |\n\n![Kim in Chassan](kim.jpg)\n\n> Es gibt keine\n"
        "> Geheimnisse.\n\nEine Zeile\nund noch eine.\n\n<div>Danach reiste er ab.</div>\n"
    )
    document = read("a.md", text)
    assert document.text.split("\n\n") == [
        "Kim bei Putin", SENTENCES, "Was geschah", "12. Juni 2018: Gipfel in Singapur", "27. Februar 2019: Hanoi",
        "Tag: Ort", "24. August 2011: Ulan-Ude", "Kim in Chassan", "Es gibt keine Geheimnisse.",
        "Eine Zeile und noch eine.", "Danach reiste er ab.",
    ]  # fmt: skip
    kinds = {document.text[zone.start : zone.end]: zone.kind for zone in document.zones}
    assert (kinds["Kim bei Putin"], kinds["Kim in Chassan"], kinds["Was geschah"]) == ("headline", "caption", "body")


@pytest.mark.parametrize("line", [
    "12. Juni 2018: Gipfel in Singapur", "2006. Erster Versuch", "1) Kim fährt über die Grenze",
])  # fmt: skip
def test_a_day_that_markdown_takes_for_the_number_of_an_item_is_kept(line: str) -> None:
    assert line in read("a.md", f"# Kim bei Putin\n\n{line}\n\n- {line}\n").text.split("\n\n")


def test_a_line_of_dashes_alone_begins_no_front_matter() -> None:
    assert "Kein Schlüssel" in read("a.md", f"---\n\nKein Schlüssel\n\n---\n\n{SENTENCES}").text


@pytest.mark.parametrize(("front", "remark"), [
    ("date: gestern", "front matter: date 'gestern' is not understood; write it as 2019-04-25"),
    ("title: [offen", "front matter left out: it is no valid YAML, line 2"),
    ("a: &a [*a]\ntitle: *b", "front matter left out: it is no valid YAML, line 3"),
])  # fmt: skip
def test_front_matter_that_is_not_understood_is_remarked_on(front: str, remark: str) -> None:
    source = open_source(Path("a.md"), f"---\n{front}\n---\n{SENTENCES}".encode())
    assert (source.remarks, source.text, source.published) == ((remark,), SENTENCES, None)


# Saved pages


def test_the_article_of_a_page_is_read_with_headline_and_captions() -> None:
    body = (
        '<nav><ul><li><a href="/">Startseite</a></li><li><a href="/p">Politik</a></li></ul></nav>'
        "<article><h1>Kim bei Putin</h1><figure><img src='a.jpg'><figcaption>Kim am Bahnhof von Chassan. Foto: Kyodo"
        f"</figcaption></figure><p>Wladiwostok (dpa) - {SENTENCES}</p><h2>Lange Fahrt</h2>"
        f"<p>{OTHER_SENTENCES}<br>Danach reiste er ab.</p>"
        "<dl><dt>12. Juni 2018</dt><dd>Gipfel in Singapur</dd></dl></article>"
        "<aside><h3>Mehr zum Thema</h3><a href='/x'>Trump lobt Kim</a></aside><footer>© Beispielblatt</footer>"
    )
    head = (
        "<title>Kim bei Putin | Beispielblatt</title><meta property='og:site_name' content='Beispielblatt'>"
        "<meta name='author' content='dpa'><link rel='canonical' href='https://www.example.org/kim'>"
    )
    document = read("a.html", page(body, head), language=None)
    assert [(zone.kind, document.text[zone.start : zone.end]) for zone in document.zones] == [
        ("headline", "Kim bei Putin"),
        ("caption", "Kim am Bahnhof von Chassan."),
        ("credit", "Foto: Kyodo"),
        ("dateline", "Wladiwostok (dpa) -"),
        ("body", SENTENCES),
        ("body", "Lange Fahrt"),
        ("body", OTHER_SENTENCES),
        ("body", "Danach reiste er ab."),
        ("body", "12. Juni 2018: Gipfel in Singapur"),
    ]
    assert (document.title, document.outlet, document.agency, document.author, document.language, document.url) == (
        "Kim bei Putin", "Beispielblatt", "dpa", "", "de", "https://www.example.org/kim",
    )  # fmt: skip


@pytest.mark.parametrize(("title", "headline"), [
    ("Kim bei Putin | Beispielblatt", "Kim bei Putin"),
    ("Kim bei Putin | Ausland", "Kim bei Putin"),
    ("Kim bei Putin - Beispielblatt", "Kim bei Putin"),
    ("Kim bei Putin - ein erstes Mal", "Kim bei Putin - ein erstes Mal"),
])  # fmt: skip
def test_a_headline_outside_the_article_is_put_first_without_the_site_name(title: str, headline: str) -> None:
    body = ARTICLE.replace("<h1>Kim bei Putin</h1>", "")
    head = f"<meta property='og:title' content='{title}'><meta property='og:site_name' content='Beispielblatt'>"
    document = read("a.html", page(body, head))
    assert document.text.startswith(f"{headline}\n\nNordkoreas")
    assert (document.title, document.zones[0].kind) == (headline, "headline")


def test_the_name_of_the_site_is_no_headline() -> None:
    body = "<h1>Beispielblatt</h1>" + ARTICLE.replace("<h1>Kim bei Putin</h1>", "")
    head = "<meta property='og:title' content='Kim bei Putin'><meta property='og:site_name' content='Beispielblatt'>"
    assert read("a.html", page(body, head)).text.startswith("Kim bei Putin\n\n")


def test_pictures_within_a_page_do_not_count_against_its_size() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 6_000_000}'>"
    assert SENTENCES in read("a.html", page(picture + ARTICLE)).text


def test_reading_a_page_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    read("a.html", page(ARTICLE, '<link rel="canonical" href="https://www.example.org/kim">'))
    with pytest.raises(UnreadableSource):
        read("a.html", "http://www.example.org/kim.html")


# Standard input, languages


def test_standard_input_may_be_of_any_kind() -> None:
    assert read_source(None, SENTENCES.encode(), language="de").text == SENTENCES
    assert read_source(None, page(ARTICLE).encode()).title == "Kim bei Putin"
    assert read_source(None, f"---\ndate: 2019-04-25\n---\n{SENTENCES}".encode(), language="de").published
    with pytest.raises(UnreadableSource, match="standard input: the file is empty"):
        read_source(None, b"")


def test_the_option_for_the_language_goes_before_the_metadata() -> None:
    assert read("a.html", page(ARTICLE), language="en").language == "en"
    assert read("a.html", page(ARTICLE), language="de-AT").language == "de"
    with pytest.raises(UnsupportedLanguage, match="'fr'; there is de, en"):
        read("a.txt", SENTENCES, language="fr")


@pytest.mark.parametrize(("text", "language"), [
    (SENTENCES, "de"),
    ("North Korean leader Kim Jong Un crossed the border at Khasan and met President Putin in Vladivostok.", "en"),
])  # fmt: skip
def test_the_language_is_detected_where_nothing_tells_it(text: str, language: str) -> None:
    assert read("a.txt", text, language=None).language == language


def test_a_text_in_another_language_is_refused_with_its_name() -> None:
    text = "Le dirigeant nord-coréen est arrivé mercredi à Vladivostok, où il doit rencontrer le président russe."
    with pytest.raises(UnsupportedLanguage, match=r"a\.txt: .*'fr'"):
        read("a.txt", text, language=None)


# What cannot be read


@pytest.mark.parametrize(("name", "data", "message"), [
    ("a.txt", b"", "a.txt: the file is empty"),
    ("a.txt", b" \n\t\r\n", "a.txt: the file is empty"),
    ("a.txt", "\ufeff \u00a0\u2003".encode(), "nothing but blanks"),
    ("a.md", b"---\ndate: 2019-04-25\n---\n\n", "no text beside its metadata"),
    ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF file; save its text as .txt"),
    ("a.txt", b"PK\x03\x04\x14\x00\x06\x00word/document.xml", "document of Word"),
    ("a.html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a picture"),
    ("a.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
    ("a.md", b"{\\rtf1\\ansi Kim}", "an RTF document"),
    ("a.txt", bytes(range(256)) * 20, "binary data"),
    ("a.txt", b"Kim\x00Putin and some more text", "binary data"),
    ("a.txt", b"a" * 5_000_000, "5,000,000 characters are more than 1,000,000; split it"),
    ("a.md", b"a" * 5_000_000, "5,000,000 characters are more than 1,000,000; split it"),
    ("a.html", b"<html><body><p>" + b"a " * 2_500_000, "more than 5,000,000 characters of HTML"),
    ("a.txt", b"a" * 20_000_001, "20 MB, more than 20 MB; split it"),
    ("a.docx", b"text", "unknown kind of file; Zeitstrahl reads .txt, .md, .html, .htm"),
    ("README", b"text", "unknown kind of file"),
    ("a.html", b"<html><body></body></html>", "no article found"),
    ("a.html", page("<nav><a href='/'>Startseite</a><a href='/p'>Politik</a></nav>").encode(), "no article"),
    ("a.html", page("<form><h1>Anmelden</h1><p>Bitte melden Sie sich an.</p><input></form>").encode(), "a login"),
    ("a.html", page("<h1>Kim bei Putin</h1><p>Nur für Abonnenten.</p>").encode(), "no article"),
    ("a.html", b"Kim und Putin in Wladiwostok", "no HTML; if it is plain text, name it .txt"),
])  # fmt: skip
def test_what_cannot_be_read_is_named_with_the_reason(name: str, data: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(name, data)
    assert str(caught.value).startswith(name)
    assert message in str(caught.value)


def test_one_line_of_almost_the_greatest_size_is_read_in_pieces() -> None:
    document = read("a.txt", (SENTENCES + " ") * 6000)
    assert len(document.text) > 900_000
    assert max(zone.end - zone.start for zone in document.zones) <= 10_000


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300))
def test_no_bytes_raise_anything_but_our_errors(suffix: str, data: bytes) -> None:
    try:
        document = read(f"a{suffix}", data)
    except TimelineError as error:
        assert str(error).startswith("a" + suffix)
    else:
        assert document.text.strip()


TAGS = st.sampled_from([
    "<p>", "</p>", "<div class=date>", "</div>", "<article>", "</article>", "<table><tr><td>", "</table>", "<ul><li>",
    "<dl>", "<dt>1<dd>", "<figure><figcaption>", "</figure>", "<h1>", "</h1>", "<br>", "<!--", "-->", "<script>",
    "</script>", "<a href='", "<svg>", "<math>", "<template>", "<html lang='", "'>", "<meta name=author content='",
    "<meta charset=utf-8>", "&#0;", "&#xD800;", "<time datetime='99999-99-99'>", "<title>", SENTENCES, OTHER_SENTENCES,
    "<script type='application/ld+json'>{\"datePublished\": [1, {}], \"author\": 3}</script>", "\x01", "<q>",
    "<script type='application/ld+json'>[[[", "<link rel=canonical href='http://[",
    "<blockquote>", "<frameset>", "<body>", "<o:p>", "<?php", "<![CDATA[",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.one_of(TAGS, st.text(max_size=10)), max_size=25))
def test_no_markup_raises_anything_but_our_errors(parts: list[str]) -> None:
    for name in ("a.html", "a.md"):
        try:
            read(name, "".join(parts).encode("utf-8", errors="replace"))
        except TimelineError as error:
            assert str(error).startswith(name)


# Files and folders


def test_folders_are_searched_for_what_can_be_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a.HTML", "c.pdf", ".hidden.txt", "sub/d.md", ".git/e.txt", "a_files/f.html", "z/g.htm"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SENTENCES, encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in find_sources([tmp_path])]
    assert found == ["a.HTML", "b.txt", "sub/d.md", "z/g.htm"]


def test_named_files_come_first_as_named_and_none_comes_twice(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(SENTENCES, encoding="utf-8")
    assert [path.name for path in find_sources([tmp_path / "b.txt", tmp_path])] == ["b.txt", "a.txt"]


def test_named_paths_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    missing, folder = tmp_path / "missing.txt", tmp_path / "empty"
    assert list(find_sources([missing, folder])) == [missing, folder]
    with pytest.raises(UnreadableSource, match=r"missing\.txt: no such file"):
        read_bytes(missing)
    with pytest.raises(UnreadableSource, match="empty: a folder without readable files"):
        read_bytes(folder)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCES, encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableSource, match=r"a\.txt: may not be read; check its permissions"):
        read_bytes(path)


def test_reading_plain_text_loads_no_library_for_pages() -> None:
    code = (
        "import sys; from pathlib import Path; from events.sources import read_source; "
        f"read_source(Path('a.txt'), {SENTENCES!r}.encode(), language='de'); "
        "print([m for m in ('trafilatura', 'htmldate', 'lxml', 'yaml', 'markdown_it', 'spacy') if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
