"""The files of the gazetteer → its table."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from relations.enums import Country, PlaceKind
from relations.loading.report import LoadError, Problem
from relations.models import GazetteerEntry

FILES = {"italy.tsv": Country.ITALY, "japan.tsv": Country.JAPAN}
KINDS = {
    "M": PlaceKind.MUNICIPALITY,
    "W": PlaceKind.WARD,
    "P": PlaceKind.PROVINCE,
    "C": PlaceKind.METROPOLITAN_CITY,
}
HEADING = [
    "code",
    "kind",
    "region",
    "province",
    "name_it",
    "name_ja",
    "name_en",
    "reading",
    "other_names",
    "latitude",
    "longitude",
    "located_by",
    "inhabitants",
]
COLUMNS = [
    "country",
    "code",
    "kind",
    "region_code",
    "province",
    "name_it",
    "name_ja",
    "name_en",
    "reading",
    "other_names",
    "latitude",
    "longitude",
    "inhabitants",
    "folded",
]
Key = tuple[str, str]


@dataclass(frozen=True)
class GazetteerReport:
    """How many entries a load wrote, removed and left alone."""

    created: int
    updated: int
    deleted: int
    unchanged: int


def load_gazetteer(directory: Path) -> GazetteerReport:
    """Make the table what the files of a directory say, in one transaction.

    Raises:
        LoadError: a file cannot be read, or a line is wrong; nothing was changed.
    """
    problems: list[Problem] = []
    wanted: dict[Key, GazetteerEntry] = {}
    for name, country in FILES.items():
        for entry in _read(directory / name, country, problems):
            wanted[entry.country, entry.code] = entry
    if problems:
        raise LoadError(problems)
    with transaction.atomic():
        return _write(wanted)


def _read(path: Path, country: Country, problems: list[Problem]) -> Iterator[GazetteerEntry]:
    """Yield the entries of a file, and note what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(path, _("The file cannot be read: %(error)s.") % {"error": error}))
        return
    rows = list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    if rows[:1] != [HEADING]:
        problems.append(
            Problem(
                path,
                _("The columns should be: %(columns)s.") % {"columns": ", ".join(HEADING)},
                line=1,
            )
        )
        return
    seen: set[str] = set()
    for line, row in enumerate(rows[1:], 2):
        try:
            entry = _entry(row, country, seen)
        except ValueError as error:
            problems.append(Problem(path, str(error), line=line))
        else:
            yield entry


def _entry(row: list[str], country: Country, seen: set[str]) -> GazetteerEntry:
    """The entry of a line, whose code is added to those that were seen.

    Raises:
        ValueError: with a sentence.
    """
    if len(row) != len(HEADING):
        raise ValueError(
            _("There are %(count)d columns instead of %(expected)d.")
            % {"count": len(row), "expected": len(HEADING)}
        )
    values: dict[str, Any] = dict(zip(HEADING, row, strict=True))
    if values["code"] in seen:
        raise ValueError(
            _("The code %(code)s stands here for the second time.") % {"code": values["code"]}
        )
    seen.add(values["code"])
    del values["located_by"]  # is of no use to the desk
    if values["kind"] not in KINDS:
        raise ValueError(
            _("The kind “%(kind)s” is none of %(kinds)s.")
            % {"kind": values["kind"], "kinds": ", ".join(KINDS)}
        )
    values["kind"] = KINDS[values["kind"]]
    values["region_code"] = values.pop("region")
    try:
        for name in ("latitude", "longitude"):
            values[name] = Decimal(values[name])
        values["inhabitants"] = int(values["inhabitants"])
    except (InvalidOperation, ValueError):
        raise ValueError(_("A coordinate or the number of inhabitants is no number.")) from None
    return GazetteerEntry(country=country, **values)


def _write(wanted: dict[Key, GazetteerEntry]) -> GazetteerReport:
    """Write what differs and remove what is wanted no more."""
    rows = GazetteerEntry.objects.values_list("pk", *COLUMNS)
    there = {(country, code): (pk, country, code, *rest) for pk, country, code, *rest in rows}
    changed = [
        entry
        for key, entry in wanted.items()
        if key not in there or there[key][1:] != tuple(getattr(entry, name) for name in COLUMNS)
    ]
    gone = [row[0] for key, row in there.items() if key not in wanted]
    GazetteerEntry.objects.bulk_create(
        changed,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["country", "code"],
        update_fields=[name for name in COLUMNS if name not in ("country", "code")],
    )
    for start in range(0, len(gone), 500):  # SQLite takes so many values and no more
        GazetteerEntry.objects.filter(pk__in=gone[start : start + 500]).delete()
    created = sum((entry.country, entry.code) not in there for entry in changed)
    return GazetteerReport(
        created=created,
        updated=len(changed) - created,
        deleted=len(gone),
        unchanged=len(wanted) - len(changed),
    )
