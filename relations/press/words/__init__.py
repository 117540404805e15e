"""Lists of words that rules are made of, read from the files beside."""

from functools import cache
from pathlib import Path

_DIRECTORY = Path(__file__).parent


@cache
def words(name: str) -> frozenset[str]:
    """The words of a file; a line with a hash is a comment."""
    lines = (_DIRECTORY / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a file of columns with tabs between."""
    lines = (_DIRECTORY / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
