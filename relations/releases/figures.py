"""How large the files of the current data are, and when the data last changed: counted, not noted."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from django.db.models import Max

from relations.models import (
    Agreement,
    DatasetVersion,
    Event,
    Partnership,
    Place,
    PlaceName,
    PublicChange,
    Sector,
    Source,
)
from relations.models.states import versions_of
from relations.releases.editions import Edition
from relations.releases.files import FILES, DataFile
from relations.releases.rows import public_places

_MOST_SITES = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """What a file holds now: its records (None where it has none of its own), bytes, and a digest of them."""

    file: DataFile
    rows: int | None
    size: int
    digest: str


def figures(site: str) -> dict[str, Figure]:
    """The figures of every file by its name, as it is served now; made once for each state of the data."""
    version = DatasetVersion.objects.current()
    return _of_version(version, site) if version else _count(site)


@lru_cache(maxsize=_MOST_SITES)
def _of_version(version: str, site: str) -> dict[str, Figure]:  # noqa: ARG001 # what it is kept for
    return _count(site)


def _count(site: str) -> dict[str, Figure]:
    found = {}
    for name, file in FILES.items():
        content = file.make(Edition(site))
        digest = sha256(content.body).hexdigest()
        found[name] = Figure(file, content.rows, len(content.body), digest)
    return found


def last_change() -> datetime | None:
    """The moment of the last change of something public; None where nothing is.

    Agreements and events know theirs, also those of their parts; withdrawals and
    partnerships stand in the log of changes; places, sectors and sources in their versions,
    which the desk writes and a load does not.
    """
    acts, events = Agreement.objects.published(), Event.objects.published()
    shown = PublicChange.objects.shown(
        Agreement.objects.all(), Event.objects.all(), Partnership.objects.all()
    )
    places = public_places().values("pk")
    desk = (
        versions_of(Place).objects.filter(id__in=places),
        versions_of(PlaceName).objects.filter(place__in=places),
        versions_of(Source).objects.filter(id__in=Source.objects.published().values("pk")),
        versions_of(Sector).objects.all(),
    )
    moments = [
        *(records.aggregate(last=Max("changed"))["last"] for records in (acts, events)),
        shown.aggregate(last=Max("moment"))["last"],
        *(v.filter(as_found=False).aggregate(last=Max("history_date"))["last"] for v in desk),
    ]
    return max(filter(None, moments), default=None)
