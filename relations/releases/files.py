"""The files of the whole data: what `/data/` serves as it is now, and each release keeps.

The one seam for other formats: a line in `FILES` puts a file into every release, on the page
with its true size, and at `/data/<name>`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from relations import linked, listings
from relations.exports import Selection, records, write
from relations.filters import AtlasFilter
from relations.formats import FORMATS
from relations.models.showing import public_places
from relations.releases import metadata
from relations.releases.editions import TITLE, Edition
from relations.releases.rows import csv_of
from relations.releases.words import TABLE_WORDS
from relations.tables import TABLES, Context, Table

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Content(NamedTuple):
    """What a file holds; `rows` are its records, None where it has none of its own."""

    body: bytes
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file: where it stands in a release, and what makes it for an edition.

    `label` says what it holds, for the list on the page; what only describes others has none.
    Of a table, `kind` is its name and `described_by` that of the file that explains its columns.
    """

    path: str
    media_type: str
    make: Callable[[Edition], Content]
    label: "StrPromise | str" = ""
    kind: str = ""
    described_by: str = ""

    @property
    def name(self) -> str:
        """Its name in `/data/`."""
        return self.path.rpartition("/")[2]


def _table(table: Table) -> DataFile:
    return DataFile(
        f"data/{table.kind}.csv",
        FORMATS["csv"].media_type,
        lambda _edition: Content(*csv_of(table)),
        TABLE_WORDS[table.kind],
        table.kind,
        f"{table.kind}.csv-metadata.json",
    )


def _description(table: Table) -> DataFile:
    return DataFile(
        f"data/{table.kind}.csv-metadata.json",
        metadata.MEDIA_TYPE,
        lambda edition: Content(metadata.of_table(table, edition)),
    )


def _features(kind: str, edition: Edition) -> Content:
    """The rows of a list on the map, as they stand on the day of the edition."""
    atlas_filter = AtlasFilter(QueryDict(), on=edition.day)
    keys = (
        listings.keys_of(public_places().order_by("country", "code"))
        if kind == "places"
        else listings.LISTS[kind](atlas_filter)
    )
    selection = Selection(
        kind=kind,
        rows=partial(records.rows_of, kind, keys, atlas_filter),
        count=len(keys),
        title=TITLE,
        page=f"{edition.site}/{kind}/",
        address=f"{edition.site}/data/{kind}.geojson",
        context=Context(edition.site, atlas_filter.on),
    )
    with override("en"):
        return Content(write(selection, "geojson"), len(keys))


def _linked(suffix: str, edition: Edition) -> Content:
    """All that is public, as triples."""
    graph = linked.graph_of(linked.everything(), edition.site, edition.day)
    return Content(linked.FORMATS[suffix].write(graph).encode())


FILES = {
    file.name: file
    for file in (
        *map(_table, TABLES.values()),
        *map(_description, TABLES.values()),
        DataFile(
            "data/csv-metadata.json",
            metadata.MEDIA_TYPE,
            lambda edition: Content(metadata.group(edition)),
        ),
        DataFile(
            "partnerships.geojson",
            FORMATS["geojson"].media_type,
            partial(_features, "partnerships"),
            _("The partnerships as lines on the map"),
        ),
        DataFile(
            "places.geojson",
            FORMATS["geojson"].media_type,
            partial(_features, "places"),
            _("The places as points on the map"),
        ),
        DataFile(
            "atlas.ttl",
            linked.FORMATS["ttl"].media_type,
            partial(_linked, "ttl"),
            _("Everything as linked data, Turtle"),
        ),
        DataFile(
            "atlas.jsonld",
            linked.FORMATS["jsonld"].media_type,
            partial(_linked, "jsonld"),
            _("Everything as linked data, JSON-LD"),
        ),
    )
}
