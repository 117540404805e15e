"""Cut the Source fonts down to the letters of Italian, English and romanised Japanese.

Writes WOFF2 files, and the licence of each family beside them, into var/fonts/.
Japanese itself is set in the reader's own fonts.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path

from fontTools import subset

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


def package_files(package: str) -> Path:
    """Return the folder of font files of an installed package, without importing it.

    Importing would list every font it has.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is missing: install requirements/build.txt.")
    return Path(spec.origin).parent / "files"


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


def main() -> None:
    """Build every font and say how large each one is."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for family, (package, prefix) in FAMILIES.items():
        files = package_files(package)
        shutil.copyfile(files / "LICENSE.txt", OUTPUT / f"{family}-LICENSE.txt")
        for style, name in STYLES.items():
            target = OUTPUT / f"{family}-{style}.woff2"
            cut(files / f"{prefix}-{name}.ttf", target)
            print(f"{target.name}: {target.stat().st_size / 1024:.1f} kB")


if __name__ == "__main__":
    main()
