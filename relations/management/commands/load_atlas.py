"""Loads fixture files into the database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from relations.loading import LoadError, LoadReport, Outcome, load

_MOST_PROBLEMS_SHOWN = 50


class Command(BaseCommand):
    """See `relations.loading.load`."""

    help = (
        "Load fixture files: all of them, or none if anything is wrong. Loading again changes "
        "nothing; what an editor changed or deleted since the last load is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files or directories, and what to do with them."""
        parser.add_argument(
            "paths",
            metavar="PATH",
            nargs="*",
            type=Path,
            default=[settings.BASE_DIR / "fixtures"],
            help="file, or directory of .yaml files (default: the project's fixtures)",
        )
        parser.add_argument("--dry-run", action="store_true", help="report, but change nothing")
        parser.add_argument("--overwrite", action="store_true", help="undo what editors did")

    def handle(self, *, paths: list[Path], dry_run: bool, overwrite: bool, **options: Any) -> None:
        """Load, and print what was done."""
        progress = self._progress if self.stdout.isatty() and options["verbosity"] else None
        try:
            report = load(paths, dry_run=dry_run, overwrite=overwrite, progress=progress)
        except LoadError as error:
            raise CommandError(_said(error)) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used: {error}. Nothing was loaded. If its tables are "
                "missing, run manage.py migrate first."
            ) from error
        finally:
            if progress:
                self.stdout.write("\r\x1b[K", ending="")
        if options["verbosity"]:
            self._print(report)
            if dry_run:
                self.stdout.write(self.style.WARNING("A dry run: nothing was changed."))

    def _progress(self, done: int, total: int) -> None:
        percent = done * 100 // total
        if percent != (done - 1) * 100 // total:
            self.stdout.write(f"\rLoading: {percent} %", ending="")
            self.stdout.flush()

    def _print(self, report: LoadReport) -> None:
        self.stdout.write(f"{'':24}" + "".join(f"{outcome:>11}" for outcome in Outcome))
        for model, counts in report.counts.items():
            numbers = "".join(f"{counts[outcome]:>11}" for outcome in Outcome)
            self.stdout.write(f"{model:24}{numbers}")
        if report.kept:
            self.stdout.write(self.style.WARNING("Kept as in the database (see --overwrite):"))
        for name in report.kept:
            self.stdout.write(f"  {name}: {name.why}")


def _said(error: LoadError) -> str:
    shown = [str(problem) for problem in error.problems[:_MOST_PROBLEMS_SHOWN]]
    if rest := len(error.problems) - len(shown):
        shown.append(f"… and {rest} more.")
    return "\n".join([error.summary, *shown])
