"""Which edition of the data a file belongs to: a release, or the data as they are now."""

import re
from dataclasses import dataclass
from datetime import date

TITLE = "Italy–Japan Twinning Atlas"
AUTHORS = "The Italy–Japan Twinning Atlas authors"
STEM = "italy-japan-twinning-atlas"

_NAME = re.compile(rf"{STEM}-([1-9]\d{{0,5}})-(\d{{4}}-\d\d-\d\d)\.zip", re.ASCII)


@dataclass(frozen=True, slots=True)
class Edition:
    """`site` is where its URIs begin (see `relations.uris`); a release has a number and a date, what is current has none."""

    site: str
    number: int | None = None
    day: date | None = None

    @property
    def file_name(self) -> str:
        """What the file of a release is called: `italy-japan-twinning-atlas-1-2026-11-30.zip`."""
        return f"{STEM}-{self.number}-{self.day}.zip"

    @property
    def label(self) -> str:
        """The edition in words."""
        return f"release {self.number} of {self.day}" if self.number else "current data"


def number_in(name: str) -> int | None:
    """The number of the release that a file of this name holds; None if the name is no such one."""
    found = _NAME.fullmatch(name)
    return int(found[1]) if found else None
