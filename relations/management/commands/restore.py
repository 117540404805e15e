"""Puts a backup in the place of the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relations.backups import BackupError, examine, is_in_use, restore


class Command(BaseCommand):
    """See `relations.backups.restore`."""

    help = (
        "Replace all that is in the database by what manage.py backup wrote: all of it or "
        "nothing. What is damaged or of a newer version is refused."
    )
    # Where the tables differ from what this code expects, a backup may be the way out.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and the leave to overwrite."""
        parser.add_argument("file", metavar="FILE", type=Path, help="what manage.py backup wrote")
        parser.add_argument("--yes", action="store_true", help="overwrite what is there")

    def handle(self, *, file: Path, yes: bool, **_options: Any) -> None:
        """Restore, and print what is there now."""
        try:
            contents = examine(file)
            if is_in_use() and not yes:
                raise CommandError(
                    "The database is not empty, and all of it would be replaced by the "
                    f"{contents.rows:,} rows of {file}. Add --yes for that. Nothing was changed."
                )
            restore(file)
        except BackupError as error:
            raise CommandError(f"{error} The database is as it was.") from error
        self.stdout.write(f"Restored {contents.rows:,} rows from {file}.")
        if missing := contents.missing():
            self.stdout.write(f"Now run manage.py migrate: {len(missing)} migrations are newer.")
