"""How large the files of the current data are: counted, not noted."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.utils import timezone

from relations.models import DatasetVersion
from relations.releases.editions import Edition
from relations.releases.files import FILES, DataFile

_MOST_SITES = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """What a file holds now: its records (None where it has none of its own), bytes, and a digest of them."""

    file: DataFile
    rows: int | None
    size: int
    digest: str


def figures(site: str) -> dict[str, Figure]:
    """The figures of every file by its name, as it is served now; made once for each state of the data and each day, on which a status depends."""
    version = DatasetVersion.objects.current()
    return _of(version, timezone.localdate(), site) if version else _count(site)


@lru_cache(maxsize=_MOST_SITES)
def _of(version: str, on: date, site: str) -> dict[str, Figure]:  # noqa: ARG001 # what it is kept for
    return _count(site)


def _count(site: str) -> dict[str, Figure]:
    found = {}
    for name, file in FILES.items():
        content = file.make(Edition(site))
        digest = sha256(content.body).hexdigest()
        found[name] = Figure(file, content.rows, len(content.body), digest)
    return found
