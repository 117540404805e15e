"""Related partnerships share a territory or a rare theme, and each is named once."""

import pytest
from django.test import Client
from django.utils import timezone

from relations import queries
from relations.models import Partnership, Place
from relations.related import Reason, related_to
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_sector,
)

pytestmark = pytest.mark.django_db


def reasons_of(partnership: Partnership) -> list[Reason]:
    """What the page of a partnership gets."""
    life = queries.life_of(partnership, timezone.localdate())
    return related_to(partnership, life.sectors)


def said(partnership: Partnership) -> list[tuple[str, int, list[str]]]:
    """The filter, the count and the names of each reason."""
    return [
        (reason.query, reason.count, [other.slug for other in reason.partnerships])
        for reason in reasons_of(partnership)
    ]


def linked(slug: str, italian: Place, japanese: Place, **fields: object) -> Partnership:
    """A public partnership of two places."""
    partnership = make_partnership(slug=slug, italian_place=italian, japanese_place=japanese)
    make_agreement(partnership=partnership, **fields)
    return partnership


def test_those_of_the_region_and_of_the_prefecture_are_named_with_the_filter_for_all_of_them():
    toscana, gifu = make_region(code="IT-52"), make_prefecture(code="JP-21")
    own = linked("own", make_italian_city(region=toscana), make_japanese_city(region=gifu))
    linked("tuscan", make_italian_city(region=toscana), make_japanese_city())
    linked("region", toscana, make_japanese_city())
    linked("gifu", make_italian_city(), gifu)
    linked("other", make_italian_city(), make_japanese_city())

    assert said(own) == [
        ("?region=IT-52", 3, ["region", "tuscan"]),
        ("?region=JP-21", 2, ["gifu"]),
    ]


def test_those_of_the_same_place_come_first():
    toscana = make_region(code="IT-52")
    firenze = make_italian_city(region=toscana)
    own = linked("own", firenze, make_japanese_city())
    linked("a-neighbour", make_italian_city(region=toscana), make_japanese_city())
    linked("same-city", firenze, make_japanese_city())

    assert said(own) == [("?region=IT-52", 3, ["same-city", "a-neighbour"])]


def test_each_is_named_at_its_first_reason_alone():
    toscana, gifu, ceramics = make_region(), make_prefecture(), _narrow()
    own = linked("own", toscana, make_japanese_city(region=gifu), sectors=(ceramics,))
    linked("both", make_italian_city(region=toscana), gifu, sectors=(ceramics,))
    linked("apart", make_italian_city(), make_japanese_city(), sectors=(ceramics,))

    assert said(own) == [
        (f"?region={toscana.code}", 2, ["both"]),
        (f"?sector={ceramics.code}", 3, ["apart"]),
    ]


def test_four_are_named_and_all_are_counted():
    toscana = make_region(code="IT-52")
    own, *_others = [
        linked(f"p-{n}", make_italian_city(region=toscana), make_japanese_city()) for n in range(7)
    ]

    assert said(own) == [("?region=IT-52", 7, ["p-1", "p-2", "p-3", "p-4"])]


def test_the_rarest_themes_come_first_and_the_common_ones_not_at_all():
    broad, rare, rarer, common, alone = make_sector(), *(_narrow() for _ in range(4))
    own = linked(
        "own",
        make_italian_city(),
        make_japanese_city(),
        sectors=(broad, rare, rarer, common, alone),
    )
    for n, sectors in enumerate(((rare, rarer), (rare,), *(((common, broad),) * 4)), 1):
        linked(f"p-{n}", make_italian_city(), make_japanese_city(), sectors=sectors)

    assert said(own) == [
        (f"?sector={rarer.code}", 2, ["p-1"]),
        (f"?sector={rare.code}", 3, ["p-2"]),
    ]


def test_a_proposal_is_about_what_its_events_are_about():
    ceramics = _narrow()
    proposal = make_partnership(slug="proposal")
    make_event(partnerships=(proposal,), sectors=(ceramics,))
    other = linked("signed", make_italian_city(), make_japanese_city(), sectors=(ceramics,))

    assert said(proposal) == [(f"?sector={ceramics.code}", 2, ["signed"])]
    assert said(other) == [(f"?sector={ceramics.code}", 2, ["proposal"])]


def test_what_is_not_public_is_not_named():
    toscana = make_region()
    own = linked("own", toscana, make_japanese_city())
    linked("draft", make_italian_city(region=toscana), make_japanese_city(), state="draft")

    assert said(own) == []


def test_counts_are_those_of_the_lists_to_which_they_lead(client: Client, whole_atlas: None):
    found = {
        reason.query: reason.count
        for slug in ("faenza-toki", "roma-tokyo", "torino-nagoya", "firenze-gifu")
        for partnership in Partnership.objects.filter(slug=slug).with_places()
        for reason in reasons_of(partnership)
    }

    lists = {
        query: client.get(f"/en/partnerships/{query}").context["page"].paginator.count
        for query in found
    }
    assert len(found) > 6
    assert found == lists


def _narrow():
    """A narrow sector."""
    return make_sector(parent=make_sector())
