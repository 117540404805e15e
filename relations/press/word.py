"""Documents of Word (.docx, Office Open XML) → text.

What is unpacked is bounded, whatever the archive states, and no definition of XML is accepted:
so no entity can be fetched or expanded.
"""

import zipfile
from io import BytesIO
from xml.parsers import expat

from django.utils.translation import gettext as _

from relations.press.errors import Fault, UnreadableError

MOST_UNPACKED = 20 * 1024 * 1024
MOST_MEMBERS = 2000
_DOCUMENT = "word/document.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_BREAKS = {f"{_W}{name}" for name in ("p", "br", "cr")}
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"


class _DefinitionError(ValueError):
    """A document that defines entities."""


def read_document(content: bytes) -> str:
    """The paragraphs of a document, a line for each; without what is marked as deleted or hidden.

    Raises:
        UnreadableError: it is none, or is damaged, or would be too large.
    """
    try:
        return _Paragraphs().read(_unpacked(content))
    except (
        zipfile.BadZipFile,
        OSError,
        NotImplementedError,
        RuntimeError,
        expat.ExpatError,
        _DefinitionError,
    ) as error:
        raise UnreadableError(
            Fault.DAMAGED,
            _(
                "The file cannot be unpacked as a Word document: open it in Word and save it again as .docx."
            ),
        ) from error


def _unpacked(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = archive.infolist()
        if _DOCUMENT not in {member.filename for member in members}:
            raise UnreadableError(
                Fault.OTHER_FORMAT,
                _(
                    "This is an archive and no Word document: choose a file in .txt, .html, .docx or .pdf."
                ),
            )
        with archive.open(_DOCUMENT) as part:
            document = part.read(MOST_UNPACKED + 1)
    if len(document) > MOST_UNPACKED or len(members) > MOST_MEMBERS:
        raise UnreadableError(
            Fault.UNPACKS_TOO_LARGE,
            _("The document is far too large once it is unpacked: paste the text of the release."),
        )
    return document


class _Paragraphs:
    """The text of a document's XML."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._in_text = False
        self._skipped = 0  # how deep in what a newer program would not show
        self._hidden = False  # the run is

    def read(self, document: bytes) -> str:
        """Read it."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        parser.Parse(document, True)  # noqa: FBT003 # of expat: the last piece
        lines = (line.strip() for line in "".join(self.parts).splitlines())
        return "\n".join(line for line in lines if line)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped or name == _FALLBACK:
            self._skipped += 1
        elif name == f"{_W}r":
            self._hidden = False
        elif name == f"{_W}vanish":
            self._hidden = attributes.get(f"{_W}val") not in ("0", "false")
        elif name == f"{_W}tab":
            self.parts.append(" ")
        elif name in _BREAKS:
            self.parts.append("\n")
        self._in_text = name == f"{_W}t"

    def _end(self, _name: str) -> None:
        self._skipped = max(self._skipped - 1, 0)
        self._in_text = False

    def _take(self, text: str) -> None:
        if self._in_text and not self._hidden and not self._skipped:
            self.parts.append(text)


def _refuse(*_declaration: object) -> None:
    raise _DefinitionError
