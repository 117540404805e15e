"""Fills a database with partnerships that nobody ever made, to measure and to draw.

    DATABASE_URL=sqlite:////tmp/atlas.sqlite3 python -m bench.synthetic 5000

The same seed makes the same partnerships. All of them are public, keep the rules of
`manage.py check --database default`, and lie in the real regions and prefectures.
"""

import argparse
import random
from collections.abc import Sequence
from typing import TypeVar

from django.core.management import call_command
from django.db import transaction
from django.db.models import Model

from bench.lives import Life, make_life
from bench.places import make_places
from relations.enums import Country
from relations.models import Agreement, Event, LoadedRecord, Partnership, Place, Sector

M = TypeVar("M", bound=Model)

BATCH = 1000
# A place has rather more than one partner, as the real ones have.
PLACES_FOR_EACH = 0.75
# Municipal codes on which `make_places` counts leave room for so many in a country.
MOST_PLACES = 9000
# Partners that are the region or prefecture itself.
TERRITORIES = 0.08


def fill(count: int, seed: int = 1) -> None:
    """Add partnerships to a database that has the regions, prefectures and sectors; all or none."""
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    with transaction.atomic():
        number = min(MOST_PLACES, int(count * PLACES_FOR_EACH) + 1)
        places = {c: _save(make_places(rng, c, number)) for c in Country}
        first = Partnership.objects.count() + 1
        sectors = list(Sector.objects.order_by("order"))
        pairs = _pairs(rng, places, count)
        _save_lives([make_life(rng, n, pair, sectors) for n, pair in enumerate(pairs, start=first)])


def _pairs(
    rng: random.Random, places: dict[Country, list[Place]], count: int
) -> list[tuple[Place, Place]]:
    """Pairs of an Italian and a Japanese place, none of which is a partnership yet."""
    seats = {c: list(Place.objects.in_country(c).territories().order_by("code")) for c in Country}
    taken = set(Partnership.objects.values_list("italian_place", "japanese_place"))
    pairs: list[tuple[Place, Place]] = []
    while len(pairs) < count:
        italian, japanese = (
            rng.choice(seats[c] if rng.random() < TERRITORIES else places[c]) for c in Country
        )
        if (italian.pk, japanese.pk) not in taken:
            taken.add((italian.pk, japanese.pk))
            pairs.append((italian, japanese))
    return pairs


def _save_lives(lives: Sequence[Life]) -> None:
    """Save all rows, each after those that it refers to."""
    _save([life.partnership for life in lives])
    _save([life.source for life in lives])
    # An act may follow from the one before it, which must have its key by then.
    for wave in range(max(len(life.acts) for life in lives)):
        _save([life.acts[wave] for life in lives if len(life.acts) > wave])
    _save([party for life in lives for party in life.parties])
    _save([person for life in lives for person in life.signatories])
    _save([event for life in lives for event in life.events])
    _save([citation for life in lives for citation in life.citations])
    told, about, of = (
        Event.partnerships.through,
        Agreement.sectors.through,
        Event.sectors.through,
    )
    _save([told(event=e, partnership=life.partnership) for life in lives for e in life.events])
    _save([about(agreement=a, sector=s) for life in lives for a in life.acts for s in life.sectors])
    _save([of(event=e, sector=s) for life in lives for e in life.events for s in life.sectors[:2]])


def _save(rows: list[M]) -> list[M]:
    """Save rows, which then have keys; columns that follow from others are computed on the way."""
    return type(rows[0])._default_manager.bulk_create(rows, BATCH) if rows else []  # noqa: SLF001 # Django's public name


def _beyond_the_founding_data() -> int:
    """How many partnerships no fixture file holds."""
    loaded = LoadedRecord.objects.filter(model=Partnership._meta.label_lower)  # noqa: SLF001 # Django's public name
    return Partnership.objects.count() - loaded.count()


def main(arguments: Sequence[str] | None = None) -> None:
    """Prepare the database that DATABASE_URL names, and fill it."""
    parser = argparse.ArgumentParser(prog="python -m bench.synthetic", description=__doc__)
    parser.add_argument("count", type=int, help="how many partnerships")
    parser.add_argument("--seed", type=int, default=1, help="1 if none is given")
    parser.add_argument("--add", action="store_true", help="add to a database that has some")
    parser.add_argument("--total", action="store_true", help="count the founding data among them")
    options = parser.parse_args(arguments)
    call_command("migrate", verbosity=0, skip_checks=True)
    if not Place.objects.exists():
        call_command("load_atlas", verbosity=0)
    if not options.add and (others := _beyond_the_founding_data()):
        parser.error(f"The database already has {others} partnerships beside the founding data.")
    there = Partnership.objects.count() if options.total else 0
    if options.count > there:
        fill(options.count - there, options.seed)
    print(f"{Partnership.objects.count()} partnerships, {Agreement.objects.count()} agreements")


if __name__ == "__main__":
    main()
