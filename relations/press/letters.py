"""Letters made alike for comparison, one for one: a place in the flat text is the same place in the text."""

import unicodedata
from functools import lru_cache

_APOSTROPHES = "'’‘ʼ`´\uff07′"
_DASHES = "-‐‑‒–—―−－"
# In names that katakana spells: ラ・スペツィア, エミリア＝ロマーニャ.
_MIDDLE_DOTS = "・･＝゠"


@lru_cache(maxsize=8192)
def _flat_letter(letter: str) -> str:
    if letter in _APOSTROPHES:
        return "'"
    if letter in _DASHES or letter.isspace():
        return " "
    if letter in _MIDDLE_DOTS:
        return "・"
    bare = unicodedata.normalize("NFKC", letter)
    if not "\u3040" <= letter <= "\u30ff":  # kana keep their voicing marks
        bare = unicodedata.normalize("NFD", bare)
    bare = bare[:1].casefold()
    return bare if len(bare) == 1 else letter


def flat(text: str) -> str:
    """The text in lower case, without accents and macrons, with one kind of apostrophe, and blanks for dashes.

    It has exactly as many characters as the text.
    """
    return "".join(map(_flat_letter, text))


def is_japanese(letter: str) -> bool:
    """Whether a character is kana or kanji."""
    return (
        "\u3005" <= letter <= "\u3007"
        or "\u3041" <= letter <= "\u30ff"
        or "\u3400" <= letter <= "\u9fff"
    )
