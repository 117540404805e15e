"""Hiragana → Latin letters, after Hepburn and without macrons, as the names of the atlas are."""

import re
from itertools import product

_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "g": "がぎぐげご",
    "s": "さしすせそ",
    "z": "ざじずぜぞ",
    "t": "たちつてと",
    "d": "だぢづでど",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "m": "まみむめも",
    "r": "らりるれろ",
}
_SYLLABLES = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
}
_SYLLABLES |= dict(zip("やゆよわをん", ["ya", "yu", "yo", "wa", "o", "n"], strict=True))
_SYLLABLES |= {
    "し": "shi",
    "ち": "chi",
    "つ": "tsu",
    "ふ": "fu",
    "じ": "ji",
    "ぢ": "ji",
    "づ": "zu",
}
_GLIDES = dict(zip("ゃゅょ", "auo", strict=True))
for (_kana, _latin), (_small, _vowel) in product(list(_SYLLABLES.items()), _GLIDES.items()):
    if _latin.endswith("i") and len(_latin) > 1:
        _stem = _latin[:-1] if _latin in ("shi", "chi", "ji") else f"{_latin[:-1]}y"
        _SYLLABLES[_kana + _small] = _stem + _vowel
_LEVEL = re.compile(r"(し|く|ちょう|まち|むら|そん)$")
_SYLLABLE = re.compile("|".join(sorted(_SYLLABLES, key=len, reverse=True)) + "|っ")


def romaji(reading: str) -> str:
    """Return the name of a municipality without what says that it is a city, town or village."""
    kana = _LEVEL.sub("", reading)
    latin = "".join(_SYLLABLES.get(syllable, "\0") for syllable in _SYLLABLE.findall(kana))
    latin = re.sub("\0(?=ch)", "t", latin)
    latin = re.sub("\0(.)", r"\1\1", latin)
    return re.sub("ou|oo", "o", latin).replace("uu", "u").capitalize()
