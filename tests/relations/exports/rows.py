"""Selections that tests of single formats write."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from relations import listings
from relations.exports import Selection, records
from relations.filters import AtlasFilter
from relations.tables import Context

SITE = "https://atlas.example.org"
ON = date(2026, 11, 30)


def selection(kind: str, rows: Sequence[Any] | None = None) -> Selection:
    """All public rows of a list, or some records."""
    atlas_filter = AtlasFilter(QueryDict(), on=ON)
    if rows is None:
        if kind == "timeline":
            rows = list(records.read_timeline(listings.timeline(atlas_filter), ON))
        else:
            keys = listings.LISTS[kind](atlas_filter)
            rows = list(records.rows_of(kind, keys, atlas_filter))
    return Selection(
        kind=kind,
        rows=lambda: iter(rows),
        count=len(rows),
        title="Atlas",
        page=f"{SITE}/en/{kind}/",
        address=f"{SITE}/en/{kind}.x",
        context=Context(SITE, ON),
    )
