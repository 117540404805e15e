"""How Japanese writes Italian names: フィレンツェ, ラヴェンナ or ラベンナ. No list of them is complete, so they are compared by sound."""

import re
from collections.abc import Iterator

RUN = re.compile("[ァ-ヺー]+(?:[・＝=･][ァ-ヺー]+)*")

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ", "t": "タチトテト",
    "d": "ダジドデド", "n": "ナニヌネノ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
}  # fmt: skip
_CLUSTERS = {
    "f": ("ファ", "フィ", "フ", "フェ", "フォ"),
    "v": ("バ", "ビ", "ブ", "ベ", "ボ"),
    "ts": ("ツァ", "ツィ", "ツ", "ツェ", "ツォ"),
    "ch": ("チャ", "チ", "チュ", "チェ", "チョ"),
    "j": ("ジャ", "ジ", "ジュ", "ジェ", "ジョ"),
    "sh": ("シャ", "シ", "シュ", "シェ", "ショ"),
    "ny": ("ニャ", "ニ", "ニュ", "ニェ", "ニョ"),
    "ly": ("リャ", "リ", "リュ", "リェ", "リョ"),
    "w": ("ワ", "ウィ", "ウ", "ウェ", "ウォ"),
    "y": ("ヤ", "イ", "ユ", "イェ", "ヨ"),
    "kw": ("クア", "クイ", "ク", "クエ", "クオ"),
    "gw": ("グア", "グイ", "グ", "グエ", "グオ"),
}
# Spellings of Italian to sounds, in this order.
_SOUNDS = (
    (r"gli(?=[aeou])", "ly"), (r"gli", "lyi"), (r"gn", "ny"), (r"sc(?=[ei])", "sh"), (r"sh(?:i)(?=[aou])", "sh"),
    (r"cc?h", "k"), (r"gg?h", "g"), (r"cc?(?=[ei])", "ch"), (r"gg?(?=[ei])", "j"), (r"ch(?:i)(?=[aou])", "ch"),
    (r"j(?:i)(?=[aou])", "j"), (r"qu", "kw"), (r"gu(?=[aeio])", "gw"), (r"zz?", "ts"), (r"c", "k"), (r"q", "k"),
    (r"x", "ks"), (r"l(?!y)", "r"), (r"([bdfgkmnprstv])\1", r"\1"), (r"h(?![aeiou])", ""),
)  # fmt: skip
_LONE = {"": "", "n": "ン", "m": "ン", "k": "ク", "g": "グ", "s": "ス", "t": "ト", "d": "ド", "r": "ル", "b": "ブ", "p": "プ", "f": "フ", "v": "ブ", "ts": "ツ", "z": "ズ"}  # fmt: skip
_SYLLABLE = re.compile("(ts|ch|sh|ny|ly|kw|gw|[kgsztdnbpmrfvjwy])?([aeiou])|(ts|[kgsztdnbpmrfv])|.")
_ALIKE = (
    ("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"), ("ヷ", "バ"), ("ツィ", "チ"), ("ティ", "チ"),
    ("ディ", "ジ"), ("ツァ", "ザ"), ("ツェ", "ゼ"), ("ツォ", "ゾ"), ("チェ", "セ"), ("ジェ", "ゼ"), ("シェ", "セ"),
    ("スィ", "シ"), ("トゥ", "ツ"), ("ドゥ", "ズ"), ("ヂ", "ジ"), ("ヅ", "ズ"), ("ー", ""), ("ッ", ""), ("ンン", "ン"),
    ("ンニャ", "ニャ"), ("ンニョ", "ニョ"), ("ンニ", "ニ"), ("ンナ", "ナ"), ("ンノ", "ノ"), ("ンネ", "ネ"), ("ンマ", "マ"),
    ("ンモ", "モ"), ("ンメ", "メ"), ("ンミ", "ミ"), ("イア", "ヤ"), ("イヤ", "ヤ"), ("ィア", "ャ"), ("リア", "リヤ"), ("ェ", "エ"),
)  # fmt: skip


def sound_of(katakana: str) -> str:
    """The sound of a name in katakana, the same for ラヴェンナ and ラベンナ."""
    sound = re.sub("[・＝=･]", "", katakana)
    for written, alike in _ALIKE:
        sound = sound.replace(written, alike)
    return sound


def in_katakana(name: str) -> str:
    """About how an Italian name, in plain lower-case letters, is written in katakana."""
    letters = re.sub("[^a-z]", "", name)
    for spelling, sound in _SOUNDS:
        letters = re.sub(spelling, sound, letters)
    return "".join(_syllables(letters))


def _syllables(letters: str) -> Iterator[str]:
    for onset, vowel, lone in (found.groups() for found in _SYLLABLE.finditer(letters)):
        if vowel:
            number = "aiueo".index(vowel)
            yield _CLUSTERS[onset][number] if onset in _CLUSTERS else _ROWS[onset or ""][number]
        elif lone:
            yield _LONE[lone]
