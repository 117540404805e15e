"""The files of the whole data: what `/data/` serves as it is now, and each release keeps.

The one seam for other formats: a line in `FILES` puts a file into every release, on the page
with its true size, and at `/data/<name>`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from relations.releases import geometry, metadata
from relations.releases.editions import Edition
from relations.releases.rows import csv_of
from relations.tables import TABLES, Table

CSV = "text/csv; charset=utf-8; header=present"


class Content(NamedTuple):
    """What a file holds; `rows` are its records, None where it has none of its own."""

    body: bytes
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file: where it stands in a release, and what makes it for an edition.

    `described_by` is the name of the file that says what its columns are, `kind` the table.
    """

    path: str
    media_type: str
    make: Callable[[Edition], Content]
    described_by: str = ""
    kind: str = ""

    @property
    def name(self) -> str:
        """Its name in `/data/`."""
        return self.path.rpartition("/")[2]


def _table(table: Table) -> DataFile:
    return DataFile(
        f"data/{table.kind}.csv",
        CSV,
        lambda _edition: Content(*csv_of(table)),
        f"{table.kind}.csv-metadata.json",
        table.kind,
    )


def _description(table: Table) -> DataFile:
    return DataFile(
        f"data/{table.kind}.csv-metadata.json",
        metadata.MEDIA_TYPE,
        lambda edition: Content(metadata.of_table(table, edition)),
        kind=table.kind,
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
        ),
        DataFile(
            "places.geojson",
            geometry.MEDIA_TYPE,
            lambda edition: Content(*geometry.places(edition)),
        ),
    )
}
