"""The public rows of the tables, in an order that no database decides."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.db.models import Prefetch, QuerySet

from relations.models import Agreement, Citation, Event, Partnership, Sector, Source
from relations.models.showing import public_places
from relations.tables import TABLES, Table
from relations.tables.separated import write_csv

# What names an agreement that may not be public itself: the name then stays empty.
_STAGED = {"agreements": ("renews", "supersedes"), "events": ("agreement",)}


_PUBLIC: dict[str, Callable[[], "QuerySet[Any]"]] = {
    "places": public_places,
    "sources": Source.objects.published,
    "partnerships": Partnership.objects.published,
    "agreements": Agreement.objects.published,
    "events": Event.objects.published,
    "citations": Citation.objects.published,
    "sectors": Sector.objects.all,
}


def public_rows(table: Table) -> list[list[str]]:
    """The cells of every public record, sorted by the table's key."""
    records = table.fetch(_PUBLIC[table.kind]())
    if staged := _STAGED.get(table.kind):
        joined = [name for name in table.joined if name not in staged]
        acts = [Prefetch(name, Agreement.objects.published()) for name in staged]
        records = records.select_related(None).select_related(*joined).prefetch_related(*acts)
    key = [table.names.index(name) for name in table.key]
    return sorted(map(table.row, records), key=lambda row: [row[place] for place in key])


def csv_of(table: Table) -> tuple[bytes, int]:
    """The public rows as comma-separated values, and how many they are."""
    rows = public_rows(table)
    return write_csv([table.names, *rows]), len(rows)


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of such a file by column."""
    return list(csv.DictReader(StringIO(content.decode(), newline=""), strict=True))


def key_of(kind: str, row: dict[str, str]) -> str:
    """What a row is known by, as one text."""
    return " · ".join(row[name] for name in TABLES[kind].key if row[name])
