"""A row of the gazetteer, and how it is written."""

import re
import unicodedata
from dataclasses import astuple, dataclass, fields, replace
from math import log10
from typing import Self

MUNICIPALITY, WARD, PROVINCE, METROPOLITAN_CITY = "M", "W", "P", "C"
DIGITS = 2  # of a number of inhabitants: it orders suggestions, and is no statistic


@dataclass(frozen=True)
class Entry:
    """A place that may come to have a partner; the columns of the files, in their order."""

    code: str
    kind: str
    region: str
    province: str = ""  # Italy's two letters, such as SP
    name_it: str = ""
    name_ja: str = ""
    name_en: str = ""  # where it is not the Italian one
    reading: str = ""
    other_names: str = ""
    latitude: str = ""
    longitude: str = ""
    located_by: str = ""
    inhabitants: int = 0

    def at(self, latitude: float, longitude: float, by: str) -> Self:
        """Return it with its coordinates, to some ten metres, and who gives them."""
        return replace(
            self, latitude=f"{latitude:.4f}", longitude=f"{longitude:.4f}", located_by=by
        )


def rough(number: int) -> int:
    """Return a number with two digits that count: 92,300 for 92,345 would be three."""
    return round(number, DIGITS - 1 - int(log10(number))) if number else 0


def table(entries: list[Entry]) -> str:
    """Return entries as tab-separated values with a heading, sorted by code."""
    heading = [field.name for field in fields(Entry)]
    rows = [
        [str(value) for value in astuple(replace(entry, inhabitants=rough(entry.inhabitants)))]
        for entry in sorted(entries, key=lambda entry: entry.code)
    ]
    return "".join("\t".join(row) + "\n" for row in [heading, *rows])


def plain(name: str) -> str:
    """Return the letters of a name alone, without accents, to compare it."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]", "", letters.lower())


def typographic(name: str) -> str:
    """Return a name with the apostrophe that the atlas prints."""
    return name.strip().replace("'", "’")
