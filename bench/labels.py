"""What is known of the releases in `bench/releases/`: their labels, as README.md there defines them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RELEASES = Path(__file__).parent / "releases"
OPEN, SET_ASIDE = RELEASES / "open", RELEASES / "set_aside"


@dataclass(frozen=True, slots=True)
class Release:
    """A text, and what it says; `label` is None where nobody has written that down."""

    name: str
    text: str
    label: dict[str, Any] | None


def releases(folder: Path) -> Iterator[Release]:
    """The releases of a folder (or the one file), in the order of their names."""
    texts = [folder] if folder.is_file() else sorted(folder.glob("*.txt"))
    for path in texts:
        label = path.with_suffix(".json")
        yield Release(
            name=path.stem,
            text=path.read_text(encoding="utf-8"),
            label=json.loads(label.read_text(encoding="utf-8")) if label.exists() else None,
        )
