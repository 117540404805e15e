"""In which of the three languages a release is written."""

import re

from relations.enums import Language
from relations.press.letters import is_japanese

_WORD = re.compile(r"[^\W\d_]+")
_ITALIAN = frozenset(
    [
        "il",
        "lo",
        "la",
        "gli",
        "le",
        "di",
        "del",
        "della",
        "dei",
        "delle",
        "dal",
        "dalla",
        "nel",
        "nella",
        "con",
        "per",
        "che",
        "è",
        "e",
        "ed",
        "un",
        "una",
        "sono",
        "ha",
        "hanno",
        "tra",
        "fra",
        "al",
        "alla",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "was",
        "were",
        "has",
        "have",
        "with",
        "for",
        "by",
        "on",
        "between",
        "at",
        "from",
        "that",
        "this",
        "will",
        "an",
        "as",
        "its",
    ]
)
# A Japanese release may name its Italian partner in Latin letters throughout.
_SHARE_OF_JAPANESE = 0.15


def language_of(text: str) -> Language:
    """The language that most of a text is in; Italian where nothing tells."""
    letters = sum(map(str.isalpha, text))
    if letters and sum(map(is_japanese, text)) / letters > _SHARE_OF_JAPANESE:
        return Language.JAPANESE
    words = [word.casefold() for word in _WORD.findall(text)]
    italian = sum(word in _ITALIAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    return Language.ENGLISH if english > italian else Language.ITALIAN
