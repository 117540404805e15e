"""The fonts of the pictures, which `tools/build_fonts.py` puts into `var/picture-fonts/`, and what can be written in them."""

import json
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path

from django.conf import settings

SCRIPTS = ("latin", "japanese")
# The font of each role, by script.
TITLE = {"latin": "SourceSerifPro-Semibold", "japanese": "NotoSerifJP-Regular"}
NAME = {"latin": "SourceSansPro-Semibold", "japanese": "NotoSansJP-Regular"}
TEXT = {"latin": "SourceSansPro-Regular", "japanese": "NotoSansJP-Regular"}
_USUAL_WIDTH = 0.55


@dataclass(frozen=True, slots=True)
class Letters:
    """The code points that all fonts of a script have, and the widths in each font of those that are not square."""

    points: dict[str, frozenset[int]] = field(default_factory=dict)
    widths: dict[str, dict[int, float]] = field(default_factory=dict)


def files() -> list[str]:
    """The paths of all fonts that were built, in an order that stays the same."""
    folder = Path(settings.PICTURE_FONTS_DIR)
    return sorted(str(path) for path in chain(folder.glob("*.ttf"), folder.glob("*.otf")))


def can_write(text: str, script: str) -> bool:
    """Whether the fonts of a script have every letter of a text; False where there are no such fonts."""
    points = _letters(Path(settings.PICTURE_FONTS_DIR)).points.get(script)
    return points is not None and points.issuperset(map(ord, text))


def legible(text: str, script: str) -> str:
    """A text without what the fonts of a script cannot write, for which a picture would show boxes."""
    return "".join(letter for letter in text if can_write(letter, script))


def width(text: str, font: str) -> float:
    """How wide a text is in a font of size 1, kerning left aside."""
    widths = _letters(Path(settings.PICTURE_FONTS_DIR)).widths.get(font)
    if widths is None:
        return _USUAL_WIDTH * len(text)
    return sum(widths.get(ord(letter), 1.0) for letter in text)


@cache
def _letters(folder: Path) -> Letters:
    written = folder / "letters.json"
    if not written.exists():
        return Letters()
    read = json.loads(written.read_text("utf-8"))
    return Letters(
        {
            script: frozenset(n for first, last in runs for n in range(first, last + 1))
            for script, runs in read["letters"].items()
        },
        {
            font: {int(point): em for point, em in widths.items()}
            for font, widths in read["widths"].items()
        },
    )
