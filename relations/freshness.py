"""When the data last changed."""

from datetime import datetime
from functools import lru_cache

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
from relations.models.showing import public_places
from relations.models.states import versions_of


def last_change() -> datetime | None:
    """The moment of the last change of something public; None where nothing is.

    Agreements and events know theirs, also those of their parts; withdrawals and
    partnerships stand in the log of changes; places, sectors and sources in their versions,
    which the desk writes and a load does not.
    """
    version = DatasetVersion.objects.current()
    return _of_version(version) if version else _read()


@lru_cache(maxsize=2)
def _of_version(version: str) -> datetime | None:  # noqa: ARG001 # what it is kept for
    return _read()


def _read() -> datetime | None:
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
