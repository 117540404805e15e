"""What is installed is pinned: one version of each package, known by its hashes, from no address of its own."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FILES = sorted((settings.BASE_DIR / "requirements").glob("*.txt"))
PINNED = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,_-]+\])?==[A-Za-z0-9.+!-]+( ; .+)?")


def entries(file: Path) -> list[str]:
    """One line for each package, with all that belongs to it."""
    lines = (line.partition(" #")[0].rstrip() for line in file.read_text("utf-8").splitlines())
    text = "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))
    return text.replace("\\\n", " ").splitlines()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_package_has_one_version_and_its_hashes(file: Path) -> None:
    found = [[part.strip() for part in entry.split("--hash=sha256:")] for entry in entries(file)]

    assert found
    assert [name for name, *_hashes in found if not PINNED.fullmatch(name)] == []
    loose = [name for name, *hashes in found if not hashes or not all(map(is_sha256, hashes))]
    assert loose == []


def is_sha256(digest: str) -> bool:
    return bool(re.fullmatch("[0-9a-f]{64}", digest))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_package_comes_from_an_address_or_another_index(file: Path) -> None:
    text = file.read_text("utf-8")

    assert re.findall(r"://|(?m:^\s*-[^#]*)", re.sub("--hash=", "", text)) == []


def test_every_file_that_is_written_by_hand_has_been_pinned() -> None:
    by_hand = {file.stem for file in (settings.BASE_DIR / "requirements").glob("*.in")}

    assert by_hand <= {file.stem for file in FILES}
