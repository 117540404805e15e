"""Loads the gazetteer into the database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from relations.loading import LoadError, load_gazetteer


class Command(BaseCommand):
    """See `relations.loading.load_gazetteer`."""

    help = "Load the gazetteer, in which the editor's desk looks up places. Loading again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the directory."""
        parser.add_argument(
            "directory",
            metavar="DIRECTORY",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "data" / "gazetteer",
            help="where italy.tsv and japan.tsv are (default: the project's own)",
        )

    def handle(self, *, directory: Path, **options: Any) -> None:
        """Load, and print what was done."""
        try:
            report = load_gazetteer(directory)
        except LoadError as error:
            raise CommandError("\n".join([error.summary, *map(str, error.problems)])) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used: {error}. Nothing was loaded. If its tables are "
                "missing, run manage.py migrate first."
            ) from error
        if options["verbosity"]:
            self.stdout.write(
                f"Gazetteer: {report.created} created, {report.updated} updated, "
                f"{report.deleted} deleted, {report.unchanged} unchanged."
            )
