"""Prints what the lists of the editor's desk cost, and an import, on the database that DATABASE_URL names.

    export DATABASE_URL=sqlite:////tmp/atlas.sqlite3
    python -m bench.synthetic 6500    # about 10,000 agreements
    python -m bench.desk
    python -m bench.desk --rows 5000  # instead: so many new agreements, in a transaction that is undone

The goals are 300 ms for each list, and a minute for 5,000 rows.
"""

import argparse
import statistics
import time

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client, override_settings

from bench.pages import measure
from relations.bulk import RESOURCES, Csv, Import, Sheet, read_file
from relations.models import Agreement
from relations.tables import TABLES

ROUNDS = 5
LISTS = {
    "agreement": ("", "?q=torino", "?q=a", "?state__exact=published", "?q=ma&kind__exact=twinning", "?o=4", "?p=50"),
    "event": ("", "?q=torino", "?kind__exact=mission", "?o=3"),
    "partnership": ("", "?q=torino", "?q=a", "?o=3"),
    "place": ("", "?q=torino", "?q=a", "?country__exact=IT"),
    "citation": ("", "?q=torino", "?q=2005", "?field__exact=signed"),
    "source": ("", "?q=torino", "?kind__exact=news"),
}  # fmt: skip


def lists(rounds: int) -> None:
    """Measure each list; the account that looks at them is undone."""
    with transaction.atomic(), override_settings(DEBUG=False):
        user = get_user_model()(username="bench.desk", is_staff=True, is_superuser=True)
        user.save()
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        print(f"{'median':>8} {'queries':>8}")
        for model, queries in LISTS.items():
            for query in queries:
                url = f"/admin/relations/{model}/{query}"
                times, asked, _size = measure(client, url, rounds)
                print(f"{statistics.median(times):8.1f} {asked:8}  {url}")
        transaction.set_rollback(True)


def new_agreements(count: int) -> Sheet:
    """The first agreements of the atlas as rows of others, which come after them."""
    table = TABLES["agreements"]
    some = Agreement.objects.order_by("slug")[:count]
    rows = table.fetch(Agreement.objects.filter(pk__in=some.values("pk")).order_by("slug"))
    dataset = RESOURCES["agreements"]().export(rows)
    sheet = read_file(Csv().export_data(dataset), table)
    for _number, row in sheet.rows:
        row |= {"slug": f"new-{row['slug']}", "state": ""}
    return sheet


def an_import(count: int) -> None:
    """Time an import of so many rows."""
    sheet = new_agreements(count)
    before, worked = time.perf_counter(), time.process_time()
    job = Import(TABLES["agreements"], sheet).run(dry_run=True)
    print(f"{job.total} rows: {dict(job.counts)}")
    print(
        f"{time.perf_counter() - before:.1f} s, {time.process_time() - worked:.1f} s in the processor"
    )


def main() -> None:
    """Measure the lists, or an import."""
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--rows", type=int, help="of an import")
    options = parser.parse_args()
    if options.rows:
        an_import(options.rows)
    else:
        lists(options.rounds)


if __name__ == "__main__":
    main()
