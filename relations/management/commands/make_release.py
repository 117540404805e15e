"""Makes a numbered, dated release of the public data."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from relations.releases import ReleaseError, make

# A scheme, a host and possibly a port: no name, password or path.
_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", re.IGNORECASE)
# The years that the entries of a zip can have.
_FIRST_YEAR, _LAST_YEAR = 1980, 2107


class Command(BaseCommand):
    """See `relations.releases.making`."""

    help = (
        "Make the next release of the public data, as a zip that /data/ offers; "
        "none if nothing has changed since the last one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where the site is, the day and the folder."""
        parser.add_argument(
            "--site", default=settings.SITE_URL, help="where URIs begin (default: SITE_URL)"
        )
        parser.add_argument("--date", default="", help="as 2026-11-30 (default: today)")
        parser.add_argument(
            "--output",
            type=Path,
            default=settings.RELEASES_DIR,
            help="the folder of the releases (default: RELEASES_DIR)",
        )

    def handle(self, *, site: str, date: str, output: Path, **options: Any) -> None:
        """Make it, and say what was made."""
        try:
            release = make(output, _origin(site), _day(date))
        except (ReleaseError, OSError) as error:
            raise CommandError(f"No release was made: {error}") from error
        if not options["verbosity"]:
            return
        if release is None:
            self.stdout.write("Nothing public has changed since the last release: none was made.")
            return
        self.stdout.write(f"Wrote {release.path}, {release.size} bytes, SHA-256 {release.sha256}.")


def _origin(site: str) -> str:
    site = site.removesuffix("/")
    if not _ORIGIN.fullmatch(site):
        raise CommandError(
            f"{site!r} is not where a site is. Set SITE_URL or give --site, such as "
            "https://atlas.example.org: the URIs in a release begin with it."
        )
    return site


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text) if text else timezone.localdate()
    except ValueError as error:
        raise CommandError(f"--date: {text!r} is not a day. Write it as 2026-11-30.") from error
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise CommandError(f"--date: a release is of {_FIRST_YEAR} to {_LAST_YEAR}.")
    return day
