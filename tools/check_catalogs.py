"""Check that every string of the interface is translated into every language.

Reads atlas/locale/*/LC_MESSAGES/*.po. Where GNU gettext is installed, also checks that the
catalogs hold exactly the strings of the code and the templates. Prints each fault; exits 1
if there is one.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGS = "atlas/locale/*/LC_MESSAGES/*.po"
SOURCES = ("atlas", "relations", "templates", "manage.py")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

Key = tuple[str | None, str]  # context and text


def translations(entry: polib.POEntry) -> list[str]:
    """Return the translation, or one for each plural form."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def faults(path: Path) -> Iterator[str]:
    """Yield a sentence for each entry that is not ready to be shown."""
    for entry in polib.pofile(str(path)):
        where = f"{path.relative_to(ROOT)}:{entry.linenum}: {entry.msgid!r}"
        if entry.obsolete:
            yield f"{where} is no longer used: remove it."
        elif not all(translations(entry)):
            yield f"{where} is not translated."
        elif entry.fuzzy:
            yield f"{where} is marked fuzzy: read the translation and remove the mark."
        else:
            expected = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
            for text in translations(entry):
                differing = set(PLACEHOLDER.findall(text)) ^ expected
                if entry.msgid_plural:
                    differing -= expected  # a singular may say "one" for the number
                if differing:
                    yield f"{where} differs in the placeholder {', '.join(sorted(differing))}."


def keys(path: Path) -> set[Key]:
    """Return what a catalog translates."""
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}


def drift() -> Iterator[str]:
    """Yield a sentence for each string that is only in the code or only in a catalog."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, copy / name)
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "--all", "--no-obsolete", "-v0"],
            cwd=copy,
            check=True,
        )
        for path in sorted(ROOT.glob(CATALOGS)):
            catalog = path.relative_to(ROOT)
            for _, text in sorted(keys(copy / catalog) - keys(path), key=str):
                yield f"{catalog}: {text!r} is missing: run `make messages`."
            for _, text in sorted(keys(path) - keys(copy / catalog), key=str):
                yield f"{catalog}: {text!r} is no longer used: run `make messages`."


def main() -> None:
    """Print each fault; exit 1 if there is one."""
    found = [fault for path in sorted(ROOT.glob(CATALOGS)) for fault in faults(path)]
    if shutil.which("xgettext"):
        found += drift()
    print("\n".join(found) or "The catalogs are complete.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
