"""What is measured in a process of its own, on the database that DATABASE_URL names.

    python -m bench.inside queries FILE    the most queries that a page of this file of paths takes
    python -m bench.inside loading         seconds to write 10,000 agreements, and to load 500 from a file

Prints JSON. Loading is rolled back: the database stays as it is.
"""

import argparse
import json
import random
import tempfile
import time
from pathlib import Path

import yaml
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from bench.synthetic import BATCH
from relations.enums import AgreementKind, PublicationState
from relations.loading import load
from relations.models import Agreement, Partnership, Party, Sector

# Pages looked at, after one that works out what is kept for every later one.
PAGES = 6
AGREEMENTS, RECORDS = 10_000, 500


def count_queries(paths: list[str]) -> dict[str, float]:
    """The most that any of these pages takes, once the process is warm.

    Raises:
        ValueError: a page was not answered by 200.
    """
    client = Client()
    counts = []
    for path in paths[: PAGES + 1]:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path, headers={"host": "localhost"})
            counts.append(len(queries))
        if response.status_code != 200:
            raise ValueError(f"{path} was answered by {response.status_code}.")
    return {"queries": max(counts[1:])}


def time_loading() -> dict[str, float]:
    """Seconds to write agreements with their parties and sectors, made in memory before, and to load drafts."""
    rng = random.Random(1)  # noqa: S311 # repeatable, not secret
    sectors = list(Sector.objects.order_by("order"))
    partnerships = list(Partnership.objects.order_by("pk"))
    acts = [
        Agreement(
            slug=f"written-{number}",
            partnership=partnerships[number % len(partnerships)],
            kind=rng.choice(AgreementKind.values),
            title_it=f"Accordo {number}",
            title_en=f"Agreement {number}",
            signed=f"{rng.randint(1960, 2025)}-{rng.randint(1, 12):02}",
            state=PublicationState.PUBLISHED,
        )
        for number in range(AGREEMENTS)
    ]
    parties = [
        Party(agreement=act, place_id=place)
        for act in acts
        for place in (act.partnership.italian_place_id, act.partnership.japanese_place_id)
    ]
    begin = time.perf_counter()
    with transaction.atomic():
        Agreement.objects.bulk_create(acts, BATCH)
        for party in parties:
            party.agreement_id = party.agreement.pk
        Party.objects.bulk_create(parties, BATCH)
        about = Agreement.sectors.through
        about.objects.bulk_create(
            [about(agreement=act, sector=s) for act in acts for s in rng.sample(sectors, 2)], BATCH
        )
        written = time.perf_counter() - begin
        transaction.set_rollback(True)
    return {"written": written, "from a file": _from_a_file(partnerships)}


def _from_a_file(partnerships: list[Partnership]) -> float:
    """Seconds in which `load_atlas` reads, checks and writes drafts."""
    records = [
        {
            "model": "relations.agreement",
            "fields": {
                "slug": f"read-{number}",
                "partnership": [partnerships[number % len(partnerships)].slug],
                "kind": "twinning",
                "title_it": f"Accordo {number}",
                "title_en": f"Agreement {number}",
                "signed": "1993-03-31",
                "state": PublicationState.DRAFT.value,
            },
        }
        for number in range(RECORDS)
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "06_agreements.yaml"
        file.write_text(yaml.safe_dump(records))
        begin = time.perf_counter()
        load([file], dry_run=True)
        return time.perf_counter() - begin


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.inside", description=__doc__)
    parser.add_argument("what", choices=("queries", "loading"))
    parser.add_argument("paths", nargs="?", type=Path)
    options = parser.parse_args()
    with override_settings(DEBUG=False):
        if options.what == "loading":
            print(json.dumps(time_loading()))
        else:
            print(json.dumps(count_queries(options.paths.read_text().splitlines())))


if __name__ == "__main__":
    main()
