"""Text out of bytes: Unicode with or without its mark, the encodings of older systems, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from events.errors import UnreadableSource

# The longer mark first: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"%PDF-", "a PDF file; save its text as .txt"),
    (b"PK\x03\x04", "a ZIP file or a document of Word or LibreOffice; save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "a document of an older Office; save its text as .txt"),
    (b"{\\rtf", "an RTF document; save its text as .txt"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"SQLite format 3", "an SQLite database"),
)
_LEGACY = ("cp1252", "cp850", "mac_roman")  # what German and English texts were written in, the likeliest first
_SAMPLE = 200_000  # bytes that are enough to tell an encoding
_EXPECTED = frozenset("äöüÄÖÜßéèêàâáíóúñçôîëïÉ„“”‚‘’«»–—…€§°£")
_MOST_CONTROLS = 0.02  # share of control characters beyond which it is no text
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text with what the reader should know about its decoding."""

    text: str
    remarks: tuple[str, ...] = ()


def decode_text(data: bytes, name: str, *, is_page: bool = False) -> Decoded:
    """The text of the bytes, without the mark that some begin with; line ends stay as they are.

    In a page (HTML) the encoding that it declares comes before a guess. Broken bytes become U+FFFD, with a remark.
    Raises UnreadableSource for an empty or binary file; `name` is what the message calls it.
    """
    if not data.strip():
        raise UnreadableSource(f"{name}: the file is empty")
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise UnreadableSource(f"{name}: no text but {kind}")
    decoded = _decode(data, is_page)
    text = decoded.text
    if "\0" in text or len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise UnreadableSource(f"{name}: no text but binary data")
    if text.count("\ufffd") > 0.1 * len(text):
        raise UnreadableSource(f"{name}: most of it is no text in any known encoding; save it as UTF-8")
    if not text.strip():
        raise UnreadableSource(f"{name}: the file holds nothing but blanks")
    return decoded


def _decode(data: bytes, is_page: bool) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replaced(data[len(mark) :], encoding)
    try:
        return Decoded(text=data.decode("utf-8"))
    except UnicodeDecodeError as error:
        broken = error
    if is_page and (declared := _declared_encoding(data)):
        return _replaced(data, declared)
    # Text in UTF-8 with one bad byte still holds whole sequences of it, which no older encoding yields by accident.
    sequences = len(_UTF8_SEQUENCE.findall(data))
    bad = data.decode("utf-8", errors="replace").count("\ufffd")
    if sequences > bad or broken.start >= len(data) - 3 > 0:
        return _replaced(data, "utf-8")
    if b"\0" in data:
        return Decoded(text=data.decode("latin-1"))
    encoding = _guess_legacy(data)
    decoded = _replaced(data, encoding)
    return Decoded(text=decoded.text, remarks=(f"not in UTF-8; read as {encoding}", *decoded.remarks))


def _replaced(data: bytes, encoding: str) -> Decoded:
    """The text with U+FFFD for each broken byte, and a remark that counts them."""
    try:
        return Decoded(text=data.decode(encoding))
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    count = text.count("\ufffd")
    return Decoded(text=text, remarks=(f"broken {encoding}: {count} characters replaced by U+FFFD",))


def _declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names for itself, None where it names none that Python knows or that can be true."""
    match = _DECLARED.search(data[:4096])
    if match is None:
        return None
    try:
        encoding = codecs.lookup((match[1] or match[2]).decode("ascii", errors="replace"))
    except LookupError:
        return None
    # What calls itself Latin-1 is Windows-1252 on the web (WHATWG Encoding Standard). The declaration was read as
    # ASCII, so it cannot be UTF-16; and codecs such as "hex" are no encodings of text.
    name = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(encoding.name, encoding.name)
    return name if encoding._is_text_encoding and not name.startswith(("utf-16", "utf-32")) else None


def _guess_legacy(data: bytes) -> str:
    """The older encoding in which most of what is not ASCII makes letters and marks of our languages.

    Statistics of whole texts (charset-normalizer) fail here: a paragraph has three umlauts, and "sp‰ter" looks fine.
    """
    sample = bytes(byte for byte in data[:_SAMPLE] if byte > 0x7F)

    def fit(encoding: str) -> int:
        return sum(character in _EXPECTED for character in sample.decode(encoding, errors="replace"))

    return max(_LEGACY, key=fit)  # the first of equals
