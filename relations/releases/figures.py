"""How large the files of the current data are: counted, not noted."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.utils import timezone

from relations.models import DatasetVersion
from relations.releases.editions import Edition
from relations.releases.files import FILES, DataFile

_MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Figure:
    """What a file holds now: its records (None where it has none of its own), bytes, and a digest of them."""

    file: DataFile
    rows: int | None
    size: int
    digest: str


def figures(site: str) -> dict[str, Figure]:
    """The figures of every file by its name, as it is served now."""
    version = DatasetVersion.objects.current()
    return {name: _figure(version, site, name) for name in FILES}


def figure(site: str, name: str) -> Figure:
    """The figure of one file; made once for each state of the data and each day, on which a status depends."""
    return _figure(DatasetVersion.objects.current(), site, name)


def _figure(version: str, site: str, name: str) -> Figure:
    return _kept(version, timezone.localdate(), site, name) if version else _count(site, name)


@lru_cache(maxsize=_MOST_KEPT)
def _kept(version: str, on: date, site: str, name: str) -> Figure:  # noqa: ARG001 # what it is kept for
    return _count(site, name)


def _count(site: str, name: str) -> Figure:
    content = FILES[name].make(Edition(site))
    digest = sha256(content.body).hexdigest()
    return Figure(FILES[name], content.rows, len(content.body), digest)
