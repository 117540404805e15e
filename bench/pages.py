"""Prints what pages cost in the processor, one after the other in this process.

    DATABASE_URL=sqlite:////tmp/atlas.sqlite3 python -m bench.pages
    DATABASE_URL=sqlite:////tmp/atlas.sqlite3 python -m bench.pages "/ja/partnerships/?q=torino"

The median and the fastest of several rounds in milliseconds, without the database server's
own time; the number of queries and the size.
"""

import argparse
import statistics
import time

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

PAGES = (
    "/en/partnerships/",
    "/en/partnerships/?region=IT-45&sector=culture",
    "/en/partnerships/?region=IT-45&region=JP-21&kind=twinning&status=in_force&from=1980&to=2020",
    "/en/partnerships/?q=monte",
    "/en/agreements/",
    "/en/agreements/?region=IT-45&sector=culture&status=in_force",
)


def measure(client: Client, page: str, rounds: int) -> tuple[list[float], int, int]:
    """The milliseconds of each round, after one that is not counted; the queries and bytes of that one."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page, headers={"host": "localhost"})
        asked = len(queries)
    if response.status_code != 200:
        raise SystemExit(f"{page} was answered by {response.status_code}.")
    times = []
    for _ in range(rounds):
        before = time.process_time()
        client.get(page, headers={"host": "localhost"})
        times.append((time.process_time() - before) * 1000)
    return times, asked, len(response.content)


def main() -> None:
    """Measure the pages named, or else those that are filtered."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    print(f"{'median':>8} {'least':>8} {'queries':>8} {'bytes':>8}")
    with override_settings(DEBUG=False):
        client = Client()
        for page in options.pages:
            times, queries, size = measure(client, page, options.rounds)
            print(f"{statistics.median(times):8.1f} {min(times):8.1f} {queries:8} {size:8}  {page}")


if __name__ == "__main__":
    main()
