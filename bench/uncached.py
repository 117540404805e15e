"""Prints what every kind of page costs where no cache has its response, the slowest first.

    python -m bench.uncached
    DATABASE_URL=sqlite:////tmp/atlas.sqlite3 python -m bench.uncached --slow 15

The median of several rounds in milliseconds of the processor, in each language, of the whole
way through the middleware, compressed as browsers ask for it. No whole response is kept. In the
first column what pages keep of a version of the data (`relations.filters.index.Index.keep`) has
been drawn, by this page or by another; in the second nothing of it has: so long the first
reader after a change waits. Exits with 1 where the first is as long as `--slow`.
"""

import argparse
import statistics
import time
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q
from django.test import Client, override_settings
from django.utils.translation import override

from relations.filters.index import Index
from relations.filters.kept import Kept
from relations.models import Partnership, Place, Source

ROUNDS = 5
HEADERS = {"host": "localhost", "accept-encoding": "gzip"}
# The package that keeps whole responses.
CACHE = "atlas.page_cache"

# The pages that have one address each, and filters of some.
PAGES = (
    "",
    "?view=world",
    "?region=IT-45&sector=culture",
    "timeline/",
    "timeline/?view=sector&from=1990",
    "partnerships/",
    "partnerships/?region=IT-45&region=JP-21&kind=twinning&status=in_force&from=1980&to=2020",
    "partnerships/?q=torino",
    "partnerships/take-away/",
    "agreements/",
    "agreements/?sector=culture&status=in_force",
    "anniversaries/2026/",
    "places/",
    "places/?sector=culture",
    "matrix/",
    "sectors/",
    "sources/",
    "changes/",
    "api/",
    "data/",
    "about/",
    "about/counts/",
    "about/data-quality/",
    "embed/map/",
    "embed/timeline/",
    "anniversaries.ics",
    "changes.atom",
)
# What is the same in every language.
NEUTRAL = ("/robots.txt", "/sitemap.xml", "/api/v1/partnerships", "/api/v1/openapi.json")


class Cost(NamedTuple):
    """Milliseconds of the processor: with what is kept of the data, and with all of it to be drawn anew."""

    kept: float
    anew: float


def measure(rounds: int = ROUNDS) -> dict[str, Cost]:
    """What each address costs, the slowest first.

    Raises:
        RuntimeError: a page was answered by anything but 200.
    """
    middleware = [name for name in settings.MIDDLEWARE if not name.startswith(CACHE)]
    with override_settings(MIDDLEWARE=middleware, DEBUG=False, SECURE_SSL_REDIRECT=False):
        client = Client()
        found = {page: _cost(client, page, rounds) for page in addresses()}
    return dict(sorted(found.items(), key=lambda page: page[1], reverse=True))


def addresses() -> Iterator[str]:
    """An address of every kind of page in each language; of the pages on one record, that with most to say."""
    for language, _name in settings.LANGUAGES:
        yield from (f"/{language}/{page}" for page in PAGES)
        with override(language):
            yield from _of_records()
    yield from NEUTRAL


def _of_records() -> Iterator[str]:
    acts = Partnership.objects.published().annotate(size=Count("agreements") + Count("events"))
    if partnership := acts.order_by("-size", "slug").first():
        page = partnership.get_absolute_url()
        yield from chain(
            [page], (f"{page}{end}" for end in ("changes/", "take-away/", "changes.atom"))
        )
        yield page.replace("/partnerships/", "/embed/partnership/")
    sides = Count("partnerships_as_italian") + Count("partnerships_as_japanese")
    cities = Place.objects.filter(region__isnull=False).annotate(size=sides)
    within = Count("places", filter=Q(places__partnerships_as_italian__isnull=False))
    territories = Place.objects.filter(region__isnull=True).annotate(size=within)
    for places in (cities, territories):
        if place := places.order_by("-size", "slug").first():
            yield place.get_absolute_url()
            yield place.get_absolute_url().replace("/places/", "/embed/place/")
    sources = Source.objects.published().annotate(size=Count("citations"))
    if source := sources.order_by("-size", "slug").first():
        yield source.get_absolute_url()


def _cost(client: Client, page: str, rounds: int) -> Cost:
    _time(client, page)  # which reads templates and catalogs
    Index.current()._kept = Kept()  # noqa: SLF001 # as after a change
    anew = _time(client, page)
    return Cost(statistics.median(_time(client, page) for _round in range(rounds)), anew)


def _time(client: Client, page: str) -> float:
    before = time.process_time()
    response = client.get(page, headers=HEADERS)
    taken = (time.process_time() - before) * 1000
    if response.status_code != 200:  # OK
        raise RuntimeError(f"{page} was answered by {response.status_code}, not by 200.")
    return taken


def main() -> None:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser(prog="python -m bench.uncached", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--slow", type=float, help="milliseconds that no page may take")
    options = parser.parse_args()
    found = measure(options.rounds)
    for page, cost in found.items():
        print(f"{cost.kept:8.1f} {cost.anew:8.1f}  {page}")
    if options.slow and max(found.values()).kept >= options.slow:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
