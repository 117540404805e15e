"""Bytes → text: UTF-8 and UTF-16 by their marks, older encodings by what they would say."""

import codecs
import re

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from relations.press.errors import Fault, UnreadableError

# What Italian and Japanese offices have written in besides Unicode.
OLDER = ("cp1252", "cp932", "euc_jp")
# Mail from Japan: seven bits, of which these begin the kanji.
_SEVEN_BITS, _KANJI = "iso2022_jp", (b"\x1b$B", b"\x1b$@")
# Those with 32 bits first: they begin like those with 16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters of Italian with their accents, quotes and dashes, and three kana in a row, as UTF-8 has them.
_UTF8_LETTERS = re.compile(
    rb"\xc3[\x80-\xbf]|\xe2\x80[\x90-\xaf]|(?:\xe3[\x81-\x83][\x80-\xbf]){3}"
)


def decode(content: bytes, declared: str = "") -> str:
    """The text of a file. `declared` is the encoding that it names itself, if any.

    Raises:
        UnreadableError: it is no text, or is written in no encoding that is known, or in several.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content:
        raise UnreadableError(
            Fault.NO_TEXT,
            _("This is no text: choose a file in .txt, .html, .docx or .pdf, or paste the text."),
        )
    if any(begin in content for begin in _KANJI):
        return _strictly(content, _SEVEN_BITS)
    for encoding in ("utf-8", declared):
        try:
            return content.decode(encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return _by_what_it_says(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unknown() from error


def _by_what_it_says(content: bytes) -> str:
    if _UTF8_LETTERS.search(content) and not _is_japanese(content):
        raise UnreadableError(
            Fault.MIXED_ENCODINGS,
            _(
                "The file mixes two encodings, UTF-8 and an older one: open it in an editor, "
                "put its letters right and save it as UTF-8."
            ),
        )
    found = from_bytes(content, cp_isolation=list(OLDER)).best()
    if found is None:
        raise _unknown()
    return str(found)


def _is_japanese(content: bytes) -> bool:
    """Whether all of it is one of the Japanese encodings, in which such bytes may come to stand together."""
    return any(_is_in(content, encoding) for encoding in ("cp932", "euc_jp"))


def _is_in(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _unknown() -> UnreadableError:
    return UnreadableError(
        Fault.ENCODING,
        _(
            "The encoding of the file is not known, so its letters cannot be told: "
            "save it as UTF-8, or paste the text."
        ),
    )
