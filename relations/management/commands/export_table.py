"""Exports a table to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relations.bulk import FORMATS, RESOURCES


class Command(BaseCommand):
    """See `relations.bulk`."""

    help = (
        "Export a table, drafts too, as CSV or as an Excel workbook; import_table reads it again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the table, and where it goes."""
        parser.add_argument("kind", choices=RESOURCES, help="which table")
        parser.add_argument("file", type=Path, nargs="?", help="default: standard output")
        parser.add_argument("--format", choices=FORMATS, default="csv", help="default: csv")

    def handle(self, *, kind: str, file: Path | None, **options: Any) -> None:
        """Write the file."""
        dataset = RESOURCES[kind]().export()
        try:
            content = FORMATS[options["format"]]().export_data(dataset)
            if file:
                file.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{file}: the file cannot be written: {error.strerror}.") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        if file is None:
            self._print(content, is_text=options["format"] != "xlsx")
        elif options["verbosity"]:
            self.stdout.write(f"Wrote {file}, rows: {len(dataset)}.")

    def _print(self, content: bytes, *, is_text: bool) -> None:
        if not is_text:
            raise CommandError("A workbook is no text: name a file.")
        self.stdout.write(content.decode(), ending="")
