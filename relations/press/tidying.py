"""A release as it came → the text that is read: one kind of line ends, composed letters, nothing invisible."""

import re
import unicodedata

from relations.text import NO_TEXT

# Marks that turn the direction of writing, join or part letters, or begin a file: invisible all.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile("[^\\S\n]+")
# Marks of emphasis and of headings, where a release was copied from Markdown.
_EMPHASIS = re.compile(
    r"\*\*|__|(?<![\w*])\*(?=[^\s*][^*\n]{0,300}\*(?![\w*]))|(?<=[\w.,;:!?»”)])\*(?![\w*])|^#{1,6} +",
    re.MULTILINE,
)
_EDGES = re.compile(" ?\n ?")
_GAPS = re.compile("\n{3,}")


def tidy(text: str) -> str:
    """The text with `\\n` at the ends of lines, single blanks, composed letters (NFC), no invisible marks
    and no marks of emphasis.

    Everything that is read counts its characters in this text. Tidying again changes nothing.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", NO_TEXT.sub("", text)))
    text = _EDGES.sub("\n", _BLANKS.sub(" ", text))
    text = _EMPHASIS.sub("", text)
    return _GAPS.sub("\n\n", text).strip()
