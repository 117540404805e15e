"""Imports a table from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from relations.bulk import FileError, Import, Outcome, Sheet, read_file
from relations.tables import TABLES, Table

_MOST_SHOWN = 50


class Command(BaseCommand):
    """See `relations.bulk`."""

    help = (
        "Import a table from a CSV file or an Excel workbook: all of its rows, or none if "
        "anything is wrong. What is new is a draft; what is the same is not written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the table and the file."""
        kinds = [kind for kind, table in TABLES.items() if table.can_be_read]
        parser.add_argument("kind", choices=kinds, help="which table")
        parser.add_argument("file", type=Path, help="CSV (UTF-8) or .xlsx")
        parser.add_argument("--dry-run", action="store_true", help="report, but change nothing")

    def handle(self, *, kind: str, file: Path, dry_run: bool, **options: Any) -> None:
        """Import, and print what was done."""
        table = TABLES[kind]
        job = Import(table, _sheet(file, table))
        try:
            for done in job.steps(dry_run=dry_run):
                if options["verbosity"]:
                    self.stdout.write(f"{done} of {job.total} rows")
                    self.stdout.flush()
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used: {error}. Nothing was imported."
            ) from error
        if not job.is_done:
            raise CommandError(_said(job))
        if options["verbosity"]:
            counts = ", ".join(f"{job.counts[outcome]} {outcome}" for outcome in list(Outcome)[:3])
            self.stdout.write(f"{kind}: {counts}")
            if dry_run:
                self.stdout.write(self.style.WARNING("A dry run: nothing was changed."))


def _sheet(file: Path, table: Table) -> Sheet:
    try:
        return read_file(file.read_bytes(), table)
    except OSError as error:
        raise CommandError(f"{file}: the file cannot be read: {error.strerror}.") from error
    except FileError as error:
        raise CommandError(f"{file}: {error}") from error


def _said(job: Import) -> str:
    shown = [
        f"row {row.number} ({row.name}): {problem}" for row in job.wrong for problem in row.problems
    ]
    if len(shown) > _MOST_SHOWN:
        shown[_MOST_SHOWN:] = [f"… and {len(shown) - _MOST_SHOWN} more."]
    return "\n".join(["Nothing was imported:", *shown])
