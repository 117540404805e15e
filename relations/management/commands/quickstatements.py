"""Writes what Wikidata lacks as statements for QuickStatements."""

from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from relations.linked.quickstatements import REASONS, Export, export
from relations.linked.wikidata import QUERY, Known, KnownError, read_known

_EPILOG = f"""\
Check each line against its source, then paste the text into https://quickstatements.toolforge.org/
(version 1). What Wikidata has already, https://query.wikidata.org/ says; download its answer to this
query as CSV or TSV for --known:

{QUERY}
"""


class Command(BaseCommand):
    """See `relations.linked.quickstatements`."""

    help = (
        "Print the twinnings that Wikidata lacks (P190 with P580, P582 and the reference) as text for "
        "QuickStatements, for a person to check and upload. Nothing is sent anywhere."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Add the query, with its lines as they are."""
        parser = super().create_parser(prog_name, subcommand, epilog=_EPILOG, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what Wikidata has."""
        parser.add_argument(
            "--known",
            metavar="FILE",
            type=Path,
            help="what Wikidata has already, which is left out (default: everything is printed)",
        )

    def handle(self, *, known: Path | None, **options: Any) -> None:
        """Print the statements, and beside them what is left out and why."""
        found = export(timezone.localdate(), _read(known) if known else None)
        for line in found.lines:
            self.stdout.write(line)
        if options["verbosity"]:
            self._report(found, is_compared=known is not None)

    def _report(self, found: Export, *, is_compared: bool) -> None:
        self.stderr.write(f"Statements: {len(found.lines)}, each partnership in both directions.")
        if is_compared:
            self.stderr.write(f"Left out, since Wikidata has them: {found.known}.")
        else:
            self.stderr.write(
                "Not compared with Wikidata: it may have some of them. See --known in --help."
            )
        for reason in REASONS:
            if found.left_out[reason]:
                self.stderr.write(f"Partnerships left out ({reason}): {found.left_out[reason]}.")


def _read(path: Path) -> dict[tuple[str, str], Known]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return read_known(lines)
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}.") from error
    except KnownError as error:
        raise CommandError(f"{path} {error}.") from error
