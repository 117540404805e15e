"""A release as it comes, a file or a pasted text → its text.

What a file is is told by its content, whatever its name says. Nothing in it is executed.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.press.decoding import decode
from relations.press.errors import Fault, UnreadableError
from relations.press.parsing import is_page, read_page, read_pdf
from relations.press.word import read_document
from relations.text import NO_TEXT

ACCEPTED = ".txt,.html,.htm,.docx,.pdf"
# A release has some thousand letters; a file has pictures too.
MOST_TEXT = 1024 * 1024  # bytes in UTF-8
MOST_PAGE = 4 * MOST_TEXT  # with its tags and scripts
MOST_FILE = 10 * 1024 * 1024
_MEGABYTE = 1024 * 1024

_PDF, _ZIP, _OLE, _RTF = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
# They turn around what is read, and are no part of it.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNKNOWN = "\ufffd"
_LEGIBLE = 0.9


@dataclass(frozen=True, slots=True)
class Release:
    """The text of a release; `remarks` are sentences on what was changed or is doubtful in it."""

    text: str
    remarks: tuple[str, ...] = ()


def read_file(content: bytes, name: str) -> Release:
    """The text of a file.

    Raises:
        UnreadableError: there is none, or none that can be read; its sentence says what to do.
    """
    if not content.strip():
        raise UnreadableError(
            Fault.EMPTY, _("The file is empty: choose another, or paste the text.")
        )
    _check_size(content, MOST_FILE)
    if content[:1024].lstrip().startswith(_PDF):
        return read_text(read_pdf(content))
    if content.startswith(_ZIP):
        return read_text(read_document(content))
    _refuse_others(content)
    if is_page(content, name):
        _check_size(content, MOST_PAGE)
        return read_text(read_page(content))
    _check_size(content, MOST_TEXT)
    return read_text(decode(content))


def read_text(text: str) -> Release:
    """A text, as pasted or taken out of a file, without what is no text.

    Raises:
        UnreadableError: nothing is left of it, it is too long, or is none.
    """
    _check_size(text.encode("utf-8", "surrogatepass"), MOST_TEXT)
    text, turning = _TURNING.subn("", text.replace("\r\n", "\n").replace("\r", "\n"))
    legible, controls = NO_TEXT.subn("", text)
    if not legible.strip():
        raise UnreadableError(
            Fault.EMPTY, _("There is no text: paste the release, or choose its file.")
        )
    if len(legible) < _LEGIBLE * len(text):
        raise UnreadableError(
            Fault.NO_TEXT,
            _("This is no text: choose a file in .txt, .html, .docx or .pdf, or paste the text."),
        )
    return Release(legible, tuple(_remarks(turning, controls, legible.count(_UNKNOWN))))


def _remarks(turning: int, controls: int, unknown: int) -> list[str]:
    said = []
    if turning:
        sentence = ngettext(
            "%(count)d character was removed that turns the direction of writing: what is read is what you see here.",
            "%(count)d characters were removed that turn the direction of writing: what is read is what you see here.",
            turning,
        )
        said.append(sentence % {"count": turning})
    if controls:
        sentence = ngettext(
            "%(count)d character was removed that is no text.",
            "%(count)d characters were removed that are no text.",
            controls,
        )
        said.append(sentence % {"count": controls})
    if unknown:
        sentence = ngettext(
            "%(count)d letter was lost before the text came here (�): compare it with the release.",
            "%(count)d letters were lost before the text came here (�): compare them with the release.",
            unknown,
        )
        said.append(sentence % {"count": unknown})
    return said


def _check_size(content: bytes, most: int) -> None:
    if len(content) > most:
        raise UnreadableError(
            Fault.TOO_LARGE,
            _("This has more than %(count)d MB: choose the release alone, or paste its text.")
            % {"count": most // _MEGABYTE},
        )


def _refuse_others(content: bytes) -> None:
    if content.startswith(_OLE):
        raise UnreadableError(
            Fault.OTHER_FORMAT,
            _(
                "This is an old Word document (.doc) or one with a password: save it as .docx, without a password."
            ),
        )
    if content.startswith(_RTF):
        raise UnreadableError(
            Fault.OTHER_FORMAT, _("This is an RTF document: save it as .docx, or paste the text.")
        )
    if content.startswith(_PICTURES):
        raise UnreadableError(
            Fault.NO_TEXT,
            _(
                "This is a picture: let a program recognise its letters (OCR), and paste what it reads."
            ),
        )
