"""Numbers in words, as far as years and months are counted: «venti», «vent’anni», «ventesimo», «twenty»."""

import re

_ITALIAN = [
    "zero",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
    "venti",
]
_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = {"trenta": 30, "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80, "novanta": 90, "cento": 100, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}  # fmt: skip
_OTHERS = {"un": 1, "una": 1, "a": 1, "an": 1, "venticinque": 25, "trentacinque": 35, "quarantacinque": 45, "cinquantacinque": 55, "sessantacinque": 65}  # fmt: skip
_ORDINALS = {
    "primo": 1, "quinto": 5, "decimo": 10, "quindicesimo": 15, "ventesimo": 20, "venticinquesimo": 25, "trentesimo": 30,
    "trentacinquesimo": 35, "quarantesimo": 40, "cinquantesimo": 50, "sessantesimo": 60, "decennale": 10, "ventennale": 20,
    "trentennale": 30, "quarantennale": 40, "cinquantennale": 50, "cinquantenario": 50, "sessantennale": 60, "tenth": 10,
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
}  # fmt: skip
_NUMBERS = (
    {word: number for words in (_ITALIAN, _ENGLISH) for number, word in enumerate(words)}
    | _TENS
    | _OTHERS
    | {
        word[:-1]: number
        for word, number in (*_TENS.items(), ("venti", 20))
        if word.endswith(("a", "i"))
    }
)
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))

# A number in digits or words, in flat text; «vent'» of «vent'anni» too.
NUMBER = rf"(?:\d{{1,3}}|(?:{_WORDS})(?![a-z]))"
ORDINAL = rf"(?:\d{{1,3}}(?:°|º|o|a|esimo|th|st|nd|rd)|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"


def number(words: str) -> int:
    """The number that a match of `NUMBER` or `ORDINAL` says."""
    digits = re.match(r"\d+", words)
    if digits:
        return int(digits[0])
    word = words.strip("' ")
    return _NUMBERS.get(word, _ORDINALS.get(word, 0))
