"""Fixture files → models, and back.

`load` writes what the files say, except over what an editor changed since; `dump` writes
the files from the database. `load_gazetteer` does for the gazetteer what `load` does for
the atlas, except that nobody else changes it.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from relations.loading.dumping import dump
from relations.loading.gazetteer import GazetteerReport, load_gazetteer
from relations.loading.layout import LAYOUTS
from relations.loading.reading import read
from relations.loading.report import LoadError, LoadReport, Outcome, Problem, RecordName
from relations.loading.writing import Progress, write
from relations.models import DatasetVersion

__all__ = (
    "FILES",
    "GazetteerReport",
    "LoadError",
    "LoadReport",
    "Outcome",
    "Problem",
    "RecordName",
    "dump",
    "load",
    "load_gazetteer",
)

# In the order in which `loaddata` can read them: each refers to itself or to earlier ones.
FILES = tuple(layout.file for layout in LAYOUTS)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Reading makes many objects that stay; to walk them again and again takes half the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_garbage_collection()
def load(
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Load files, or directories' `*.yaml` files, in one transaction.

    Loading again changes nothing. A record that an editor changed or deleted since it was
    loaded last is kept so, unless `overwrite`. A dry run reports the same and changes
    nothing. `progress` is called with the number of records done and their total.

    Raises:
        LoadError: with everything that is wrong; nothing was loaded.
    """
    records = read(paths)
    with DatasetVersion.objects.told(), transaction.atomic():
        report = write(records, overwrite=overwrite, progress=progress)
        if problems := [problem for record in records for problem in record.problems]:
            raise LoadError(problems)
        transaction.set_rollback(dry_run)
    return report
