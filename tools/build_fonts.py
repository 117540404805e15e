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
# Letters that a font does not have are passed over.
LETTERS = (
    "U+0020-007E,"  # Basic Latin
    "U+00A0-017F,"  # Latin-1, Latin Extended-A: with ō and ū
    "U+0192,U+01CD-01D4,U+0218-021B,U+02C6,U+02DA,U+02DC,"  # a few more letters
    "U+2009,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,"  # dashes, quotes
    "U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,"
    "U+2070-2079,U+2080-2089,"  # superscripts and subscripts
    "U+20AC,U+2116,U+2122,"  # euro, numero, trade mark
    "U+2190-2195,"  # arrows
    "U+2212,U+2248,U+2260,U+2264,U+2265"  # mathematics
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
