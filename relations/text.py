"""Text: folded for search, and measured for drawings. A leaf: it imports nothing of ours.

People type «forli», «gumma», «ito», «高野山» or «ぐんま» and expect Forlì, Gunma, Itō,
Kōya and Gunma. Both what is stored and what is asked for pass through `fold`.
"""

import re
import unicodedata

# What no text is made of, and neither XML, iCalendar nor a workbook can hold; tabs and line breaks apart.
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_APOSTROPHES = re.compile(r"['\uff07’‘ʼ`´]")
_BREAKS = re.compile(r"[^\w]+")
_LATIN_MARKS = re.compile(r"[\u0300-\u036f]")
_LATIN_AFTER_JAPANESE = re.compile(r"(?<=[\u3005\u3041-\u30ff\u3400-\u9fff])(?=[a-z0-9])")
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_LONG_VOWEL = "ー"
_NARROW, _WIDE = frozenset("ijltfrI.,'’- "), frozenset("mwMWÆŒ")


def fold(text: str) -> str:
    """Reduce text to the form in which it is compared.

    Compatibility forms are unified (NFKC: full-width letters, half-width kana), case and
    the accents and macrons of Latin letters dropped, katakana turned into hiragana
    (voicing marks stay: か is not が), apostrophes and prolonged sound marks removed, and
    every other punctuation mark turned into a single space. A space also parts a Latin
    word from the Japanese before it: 国際IURC会議 has a word IURC.
    """
    # Apostrophes first: NFKC turns the acute accent that some type for one into a space.
    text = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text)).casefold()
    text = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFC", text).translate(_KATAKANA_TO_HIRAGANA)
    text = _LATIN_AFTER_JAPANESE.sub(" ", text.replace(_LONG_VOWEL, ""))
    return " ".join(_BREAKS.sub(" ", text).split())


def haystack(*texts: str) -> str:
    """Fold several texts into one that `needles` can be looked up in.

    Each word has a space before it, so that a Latin word can be found by its beginning.
    What follows an apostrophe can be found too: «aquila» finds L'Aquila.
    """
    return "".join(f" {word}" for text in texts for word in _words(text))


def _words(text: str) -> list[str]:
    """The folded words of a text and then, once more, the parts of those with an apostrophe."""
    words = fold(text).split()
    parts = fold(_APOSTROPHES.sub(" ", text)).split()
    return [*words, *(part for part in parts if part not in words)]


def needles(query: str) -> list[str]:
    """Split what a person typed into the strings that must all occur in a haystack.

    Latin words match from the beginning of a word («ito» finds Ito but not
    Monticelli-to), Japanese ones anywhere, since Japanese has no spaces.
    """
    return [f" {word}" if word.isascii() else word for word in fold(query).split()]


def text_width(text: str, size: float) -> float:
    """About how wide a text is, set semi-bold in this size.

    An estimate, a little on the wide side: the server does not know the reader's fonts.
    """
    return size * sum(map(_em, text))


def _em(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.34
    if letter in _WIDE:
        return 0.9
    return 0.68 if letter.isupper() else 0.58
