"""Asks the addresses of sources whether they still lead somewhere."""

from argparse import ArgumentTypeError
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from relations.enums import LinkResult
from relations.links import Asker, addresses_due, check_links, forget_others
from relations.models import LinkCheck


def _whole(text: str) -> int:
    """A whole number that is not negative."""
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text} is no whole number")
    return int(text)


def _seconds(text: str) -> float:
    """A number of seconds."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 600:  # noqa: PLR2004 # ten minutes
        raise ArgumentTypeError(f"{text} is no number of seconds between 0 and 600")
    return seconds


class Command(BaseCommand):
    """See `relations.links`."""

    help = (
        "Ask the addresses of sources, one at a time, whether they still lead somewhere. What is gone, and "
        "what has failed on two days of checking in a row, stands in the worklist of the editor's desk."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which addresses, and how long to wait."""
        parser.add_argument(
            "--limit", type=_whole, help="ask so many at most, the longest unchecked first"
        )
        parser.add_argument(
            "--older-than",
            type=_whole,
            default=0,
            metavar="DAYS",
            help="only those whose last check is so many days old (default: all)",
        )
        parser.add_argument(
            "--timeout", type=_seconds, default=10.0, metavar="S", help="seconds for an answer (10)"
        )
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="ask addresses of this machine and of private networks too",
        )

    def handle(self, *, limit: int | None, older_than: int, timeout: float, **options: Any) -> None:
        """Ask, and print what is found."""
        on = timezone.localdate()
        asker = Asker(timeout, options["allow_private"])
        try:
            urls = addresses_due(on, older_than, limit)
            results: Counter[str] = Counter()
            for n, (url, check) in enumerate(check_links(urls, on, asker), 1):
                results[check.result] += 1
                if options["verbosity"]:
                    self._print(n, len(urls), url, check)
            forget_others()
            failing = LinkCheck.objects.failing().count()
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used: {error}. What was checked before is kept. If its tables "
                "are missing, run manage.py migrate first."
            ) from error
        if options["verbosity"]:
            self._clear()
            said = [f"{results[result]} {result.label}" for result in LinkResult if results[result]]
            counts = f" ({', '.join(said)})" if said else ""
            self.stdout.write(f"Addresses checked: {sum(results.values())}{counts}.")
            self.stdout.write(f"In the worklist: {failing}.")

    def _print(self, n: int, total: int, url: str, check: LinkCheck) -> None:
        """A line for what is not simply there, and how far this has come."""
        self._clear()
        if check.result != LinkResult.FINE:
            moved = f" to {check.moved_to}" if check.moved_to else ""
            self.stdout.write(f"{check}{moved}: {url}")
        if self.stdout.isatty():
            self.stdout.write(f"{n} of {total}", ending="")
            self.stdout.flush()

    def _clear(self) -> None:
        if self.stdout.isatty():
            self.stdout.write("\r\x1b[K", ending="")
