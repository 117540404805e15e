"""Cut the Source fonts down to the letters of Italian, English and romanised Japanese.

Writes WOFF2 files, and the licence of each family beside them, into var/fonts/: on the pages
Japanese itself is set in the reader's own fonts. The pictures that links are shared with are
drawn by the server, which needs fonts of its own: those, unchanged, go into var/picture-fonts/.
"""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

PICTURES = Path(__file__).resolve().parent.parent / "var" / "picture-fonts"
# Title and text of a picture, each in the Latin font and in the Japanese one beside it.
PICTURE_FONTS = {
    "latin": (
        ("font_source_serif_pro", "files/SourceSerifPro-Semibold.ttf"),
        ("font_source_sans_pro", "files/SourceSansPro-Regular.ttf"),
        ("font_source_sans_pro", "files/SourceSansPro-Semibold.ttf"),
    ),
    "japanese": (
        ("pylopdf_fonts_jp", "NotoSerifJP-Regular.otf"),
        ("pylopdf_fonts_jp", "NotoSansJP-Regular.otf"),
    ),
}
OUTPUT = Path(__file__).resolve().parent.parent / "var" / "fonts"
FAMILIES = {
    "source-serif-pro": ("font_source_serif_pro", "SourceSerifPro"),
    "source-sans-pro": ("font_source_sans_pro", "SourceSansPro"),
}
STYLES = {"400": "Regular", "400-italic": "It", "600": "Semibold"}
FEATURES = ["kern", "liga", "lnum", "onum", "tnum"]
# What the pages are written in; a rarer letter is set in the reader's own font. Letters that a font
# does not have are passed over.
LETTERS = (
    "U+0020-007E,U+00A0-00FF,"  # Basic Latin, Latin-1
    "U+0100-0101,U+0112-0113,U+012A-012B,U+014C-014D,U+016A-016B,"  # vowels with a macron
    "U+010C-010D,U+0160-0161,U+017D-017E,"  # Slovene names of the north-east
    "U+2009,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,"  # dashes, quotes
    "U+20AC,U+2190-2193,U+2212"  # euro, arrows, minus
)


def folder_of(package: str) -> Path:
    """Return the folder of an installed package, without importing it.

    Importing would list every font it has.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is missing: install requirements/build.txt.")
    return Path(spec.origin).parent


def options() -> subset.Options:
    """Return how each font is cut; the same input always gives the same bytes."""
    chosen = subset.Options()
    chosen.flavor = "woff2"
    chosen.layout_features = FEATURES
    # "Source" is a name that its licence reserves for the unchanged fonts.
    chosen.obfuscate_names = True
    chosen.name_IDs = [*chosen.name_IDs, 13, 14]  # the licence and its address
    return chosen


def cut(source: Path, target: Path) -> None:
    """Write the part of the font that `LETTERS` names."""
    chosen = options()
    font = subset.load_font(str(source), chosen)
    cutter = subset.Subsetter(chosen)
    cutter.populate(unicodes=subset.parse_unicodes(LETTERS))
    cutter.subset(font)
    subset.save_font(font, str(target), chosen)


def copy_for_pictures() -> None:
    """Copy the fonts of the pictures, and write which letters each has and how wide they are.

    The server reads that list, so that no picture shows a box where a letter should be, and names
    stand beside each other as they should. Widths are shares of the size; a letter without one is
    as wide as it is high.
    """
    PICTURES.mkdir(parents=True, exist_ok=True)
    letters, widths = {}, {}
    for script, fonts in PICTURE_FONTS.items():
        sources = [folder_of(package) / name for package, name in fonts]
        for source in sources:
            shutil.copyfile(source, PICTURES / source.name)
            widths[source.stem] = widths_of(TTFont(source))
        letters[script] = ranges(set.intersection(*(set(TTFont(s).getBestCmap()) for s in sources)))
    written = json.dumps({"letters": letters, "widths": widths}) + "\n"
    (PICTURES / "letters.json").write_text(written, encoding="utf-8")


def widths_of(font: TTFont) -> dict[int, float]:
    """Return the width of each letter of a font by code point, those of a whole square left out."""
    advances, em = font["hmtx"], font["head"].unitsPerEm
    widths = {point: round(advances[name][0] / em, 3) for point, name in font.getBestCmap().items()}
    return {point: width for point, width in widths.items() if width != 1}


def ranges(points: set[int]) -> list[tuple[int, int]]:
    """Return the runs of consecutive numbers in a set, each with its first and its last."""
    runs: list[tuple[int, int]] = []
    for point in sorted(points):
        if runs and runs[-1][1] == point - 1:
            runs[-1] = (runs[-1][0], point)
        else:
            runs.append((point, point))
    return runs


def main() -> None:
    """Build every font and say how large each one is."""
    copy_for_pictures()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for family, (package, prefix) in FAMILIES.items():
        files = folder_of(package) / "files"
        shutil.copyfile(files / "LICENSE.txt", OUTPUT / f"{family}-LICENSE.txt")
        for style, name in STYLES.items():
            target = OUTPUT / f"{family}-{style}.woff2"
            cut(files / f"{prefix}-{name}.ttf", target)
            print(f"{target.name}: {target.stat().st_size / 1024:.1f} kB")


if __name__ == "__main__":
    main()
