"""Leaves work to do in made-up data: drafts, conflicts, facts without a source, addresses that fail."""

import random
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction

from relations.enums import CitedField, LinkResult, PublicationState
from relations.models import Agreement, Citation, LinkCheck, Source

M = TypeVar("M")

# Of a hundred agreements that were made up.
DRAFTS, REVIEWED, DISPUTED, WHOLE = 4, 1, 20, 60
# Of a hundred of their sources.
BROKEN = 5
CHECKED_ON = date(2026, 11, 25)


@transaction.atomic
def leave_work(seed: int = 1) -> None:
    """Make some of the agreements of `bench.synthetic` unfinished; the same with the same seed."""
    rng = random.Random(seed)  # noqa: S311 # repeatable, not secret
    acts = list(Agreement.objects.filter(slug__startswith="made-").order_by("slug"))
    drafts = _some(rng, acts, DRAFTS)
    reviewed = _some(rng, acts, REVIEWED)
    _set_state(drafts, PublicationState.DRAFT)
    _set_state(reviewed, PublicationState.REVIEW)
    Citation.objects.filter(agreement__in=drafts[::3]).delete()
    Citation.objects.bulk_create(_citations(rng, acts), batch_size=1000)
    _break_links(rng)


def _some(rng: random.Random, rows: list[M], share: int) -> list[M]:
    """So many of a hundred rows, one at least."""
    return rng.sample(rows, max(1, len(rows) * share // 100))


def _set_state(acts: list[Agreement], state: PublicationState) -> None:
    Agreement.objects.filter(pk__in=[act.pk for act in acts]).update(state=state)


def _citations(rng: random.Random, acts: list[Agreement]) -> list[Citation]:
    """Other values of dates, half of them decided, and sources of whole records."""
    sources = list(Source.objects.filter(slug__startswith="made-").order_by("slug"))
    return [
        Citation(
            source=rng.choice(sources),
            agreement=act,
            field=name,
            stated=stated,
            preferred=is_preferred,
        )
        for name, stated, share, is_preferred in (
            (CitedField.SIGNED, "senza giorno", DISPUTED // 2, False),
            (CitedField.SIGNED, "altro giorno", DISPUTED // 2, True),
            (CitedField.RECORD, "", WHOLE, False),
        )
        for act in _some(rng, acts, share)
    ]


def _break_links(rng: random.Random) -> None:
    """Give every source an address, some of which are gone."""
    sources = list(Source.objects.filter(slug__startswith="made-").order_by("slug"))
    for source in sources:
        source.url = f"https://{source.slug}.example/"
    Source.objects.bulk_update(sources, ["url"], batch_size=1000)
    broken = _some(rng, sources, BROKEN)
    LinkCheck.objects.bulk_create(
        LinkCheck(
            url=source.url,
            day=CHECKED_ON,
            result=LinkResult.GONE,
            status=404,
            failing_since=CHECKED_ON - timedelta(days=1),
        )
        for source in broken
    )
