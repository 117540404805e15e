"""Web pages (HTML) and PDF files → text, in a process of its own that has little memory and little time."""

import codecs
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext_lazy as _

from relations.press.decoding import decode
from relations.press.errors import Fault, UnreadableError

SECONDS = 15
_PROGRAM = Path(__file__).with_name("parsing_program.py")
_SENTENCES = {
    Fault.TOO_SLOW: _("The file takes too long to read: paste the text of the release."),
    Fault.DAMAGED: _(
        "The file is damaged, or needs too much memory: save it again from the program that wrote it, or paste the text."
    ),
    Fault.ENCRYPTED: _(
        "The PDF is protected by a password: save it without one, or paste the text."
    ),
    Fault.PICTURES: _(
        "The PDF holds pictures of pages and no text: let a program recognise the letters (OCR), and paste what it reads."
    ),
    Fault.TOO_LARGE: _(
        "The PDF has more than 200 pages: choose the release alone, or paste its text."
    ),
}
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_LOOKS_LIKE_A_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HEAD = 2048
_KILLED_BY_TIME = -24  # SIGXCPU


def is_page(content: bytes, name: str) -> bool:
    """Whether a file is a web page, by its name or its beginning."""
    is_named_so = name.lower().endswith((".html", ".htm", ".xhtml"))
    return is_named_so or bool(_LOOKS_LIKE_A_PAGE.match(content[:_HEAD]))


def read_page(content: bytes) -> str:
    """What a reader would see of a page, a line for each block.

    Raises:
        UnreadableError: its letters cannot be told, or it takes too long.
    """
    return _parsed("html", decode(content, _declared(content)).encode())


def read_pdf(content: bytes) -> str:
    """The text of a file, page after page.

    Raises:
        UnreadableError: it is encrypted, damaged or too large, has no text or takes too long.
    """
    return _parsed("pdf", content)


def _declared(content: bytes) -> str:
    """The encoding that a page names itself, if there is one of that name."""
    match = _DECLARED.search(content[:_HEAD])
    try:
        return codecs.lookup(match[1].decode()).name if match else ""
    except LookupError:
        return ""


def _parsed(form: Literal["html", "pdf"], content: bytes) -> str:
    try:
        done = subprocess.run(  # noqa: S603 # a program of our own, without a shell
            [sys.executable, "-I", str(_PROGRAM), form, str(SECONDS)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _refusal(Fault.TOO_SLOW) from error
    if done.returncode:
        raise _refusal(Fault.TOO_SLOW if done.returncode == _KILLED_BY_TIME else Fault.DAMAGED)
    answer = json.loads(done.stdout)
    if "fault" in answer:
        raise _refusal(Fault(answer["fault"]))
    return str(answer["text"])


def _refusal(fault: Fault) -> UnreadableError:
    return UnreadableError(fault, str(_SENTENCES[fault]))
