"""docs/deploy.md names every setting, and no other."""

import re

from tests.conftest import BASE_DIR

READERS = [BASE_DIR / "gunicorn.conf.py", *sorted((BASE_DIR / "atlas").rglob("*.py"))]
FROM_FILES = ("secret", "database", "page_cache")


def read():
    """The reader and the name of each variable that the code reads."""
    return {
        call
        for path in READERS
        for call in re.findall(r'\benv\.(\w+)\(\s*"([A-Z_]+)"', path.read_text("utf-8"))
    }


def documented():
    text = (BASE_DIR / "docs" / "deploy.md").read_text("utf-8")
    table = text.partition("\n## Settings\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)]


def test_every_setting_is_named_once_and_no_other():
    names = {name for _reader, name in read()}
    files = {f"{name}_FILE" for reader, name in read() if reader in FROM_FILES}

    assert sorted(documented()) == sorted(names | files)
