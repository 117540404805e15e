"""Writes the database to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relations.backups import BackupError, back_up

_SHOWN = ("partnership", "agreement", "event", "place", "source", "citation")


class Command(BaseCommand):
    """See `relations.backups.back_up`."""

    help = (
        "Write the whole database to a file, accounts too, and read it again. The site may go "
        "on meanwhile. SQLite is copied page by page; PostgreSQL by pg_dump."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to write, and how many to keep."""
        parser.add_argument(
            "target", metavar="FILE|DIR", type=Path, help="new file, or directory for a new file"
        )
        parser.add_argument(
            "--keep", metavar="N", type=int, default=0, help="in DIR keep only the newest N (all)"
        )

    def handle(self, *, target: Path, keep: int, **_options: Any) -> None:
        """Write, and print what was written."""
        if keep < 0:
            raise CommandError(f"--keep is {keep}. Expected how many to keep, or 0 for all.")
        try:
            backup = back_up(target, keep=keep)
        except BackupError as error:
            raise CommandError(str(error)) from error
        counts = backup.contents.counts
        self.stdout.write(f"{backup.path}: {backup.size:,} bytes")
        self.stdout.write(f"SHA-256  {backup.sha256}")
        self.stdout.write(f"version  {backup.contents.version}")
        for name in _SHOWN:
            self.stdout.write(f"{name:12}{counts.get(f'relations_{name}', 0):>10,}")
        self.stdout.write(f"{'all rows':12}{backup.contents.rows:>10,}")
        for path in backup.removed:
            self.stdout.write(f"Removed {path}")
