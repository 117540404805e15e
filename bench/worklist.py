"""Prints how long pages of the editor's desk take, right after a change of the data and then.

    export DATABASE_URL=sqlite:////tmp/atlas.sqlite3
    python -m bench.synthetic 7000 && python -m bench.worklist

Leaves work to do in the made-up data the first time, and changes one row for each round. The
median of several rounds in milliseconds, with the database's own time; the number of queries.
"""

import argparse
import statistics
import time
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from bench.flaws import leave_work
from relations.models import Agreement, Citation, LinkCheck, Source

PAGES = ("/admin/", "/admin/worklist/source/", "/admin/worklist/date/?kind=event&p=3")
USER = "bench"


def measure(client: Client, page: str, rounds: int, change: Callable[[], object]) -> float:
    """The median of the milliseconds that a page takes, each time after something."""
    times = []
    for _ in range(rounds):
        change()
        before = time.perf_counter()
        response = client.get(page, headers={"host": "localhost"})
        times.append((time.perf_counter() - before) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{page} was answered by {response.status_code}.")
    return statistics.median(times)


def main() -> None:
    """Measure as a superuser, whose account is removed again."""
    parser = argparse.ArgumentParser(prog="python -m bench.worklist", description=__doc__)
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    if not LinkCheck.objects.exists():
        leave_work()
    source = Source.objects.earliest("pk")
    user, _ = get_user_model().objects.get_or_create(
        username=USER, defaults={"is_staff": True, "is_superuser": True}
    )
    print(f"{Agreement.objects.count()} agreements, {Citation.objects.count()} citations")
    print(f"{'changed':>8} {'kept':>8} {'queries':>8}")
    try:
        with override_settings(DEBUG=False):
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            for page in options.pages:
                client.get(page, headers={"host": "localhost"})
                changed = measure(client, page, options.rounds, source.save)
                kept = measure(client, page, options.rounds, lambda: None)
                with CaptureQueriesContext(connection) as queries:
                    client.get(page, headers={"host": "localhost"})
                print(f"{changed:8.1f} {kept:8.1f} {len(queries):8}  {page}")
    finally:
        user.delete()


if __name__ == "__main__":
    main()
