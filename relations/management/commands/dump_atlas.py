"""Writes the database into fixture files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from relations.loading import dump


class Command(BaseCommand):
    """See `relations.loading.dump`."""

    help = "Write the database into the fixture files that load_atlas reads."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the directory."""
        parser.add_argument(
            "directory",
            metavar="DIRECTORY",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="where to write the files (default: the project's fixtures)",
        )

    def handle(self, *, directory: Path, **options: Any) -> None:
        """Write, and print what was written."""
        try:
            paths = dump(directory)
        except OSError as error:
            raise CommandError(f"Nothing was written: {error}.") from error
        if options["verbosity"]:
            self.stdout.write(f"Wrote {len(paths)} files to {directory}.")
