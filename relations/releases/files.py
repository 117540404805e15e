"""The files of the whole data: what `/data/` serves as it is now, and each release keeps.

The one seam for other formats: a line in `FILES` puts a file into every release, on the page
with its true size, and at `/data/<name>`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from relations.releases import geometry, metadata
from relations.releases.editions import Edition
from relations.releases.rows import csv_of
from relations.releases.words import TABLE_WORDS
from relations.tables import TABLES, Table

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

CSV = "text/csv; charset=utf-8; header=present"


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
        CSV,
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
            geometry.MEDIA_TYPE,
            lambda edition: Content(*geometry.partnerships(edition)),
            _("The partnerships as lines on the map"),
        ),
        DataFile(
            "places.geojson",
            geometry.MEDIA_TYPE,
            lambda edition: Content(*geometry.places(edition)),
            _("The places as points on the map"),
        ),
    )
}
