"""What a list holds, answered from the index, is what the database answers to the same question."""

from typing import Any

import pytest
from django.db.models import F
from django.http import QueryDict
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.synthetic import fill
from relations import listings
from relations.dates import year_of
from relations.enums import AgreementKind, Language, Status
from relations.filters import AtlasFilter, years_of
from relations.models import Agreement, Partnership, Place, Sector

pytestmark = pytest.mark.portable


@st.composite
def asked(draw: st.DrawFn, sorts: tuple[str, ...]) -> str:
    """A query string of some parameters, the sort among them."""
    codes = sorted(Place.objects.territories().values_list("code", flat=True))
    sectors = list(Sector.objects.values_list("code", flat=True))
    values = {
        "region": st.lists(st.sampled_from(codes), max_size=6),
        "sector": st.lists(st.sampled_from(sectors), max_size=3),
        "kind": st.lists(st.sampled_from(AgreementKind.values), max_size=2),
        "status": st.lists(st.sampled_from(Status.values), max_size=2),
        "from": st.lists(st.integers(1955, 2010), max_size=1),
        "to": st.lists(st.integers(1985, 2030), max_size=1),
        "q": st.lists(st.sampled_from(["to", "monte", "県", "a b"]), max_size=1),
        "sort": st.lists(st.sampled_from([*sorts, *(f"-{sort}" for sort in sorts)]), max_size=1),
    }
    query = QueryDict(mutable=True)
    for name in draw(st.sets(st.sampled_from(list(values)), max_size=4)):
        query.setlist(name, [str(value) for value in draw(values[name])])
    return query.urlencode()


def in_order(rows: Any, field: str, downwards: bool) -> list[int]:
    order = F(field).desc(nulls_last=True) if downwards else F(field).asc(nulls_last=True)
    return list(rows.order_by(order, "slug").values_list("pk", flat=True))


def by_database(kind: str, atlas_filter: AtlasFilter, default: str) -> list[int]:
    sort = atlas_filter.sort or default
    field = listings.sorts_of(kind)[sort.removeprefix("-")]
    if kind == "agreements":
        rows: Any = atlas_filter.apply(Agreement.objects.published())
    else:
        rows = atlas_filter.partnerships(Partnership.objects.published()).with_dates()
    return in_order(rows, field, sort.startswith("-"))


@pytest.mark.parametrize(
    ("kind", "sorts", "default"),
    [
        ("partnerships", ("italian", "japanese", "since", "event"), "since"),
        ("agreements", ("signed", "title", "kind"), "-signed"),
    ],
)
def test_the_index_answers_as_the_database_does(
    whole_atlas: None, kind: str, sorts: tuple[str, ...], default: str
) -> None:
    fill(120)
    found = set()

    @settings(
        max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(query=asked(sorts), language=st.sampled_from(list(Language)))
    def agree(query: str, language: str) -> None:
        with translation.override(language):
            atlas_filter = AtlasFilter(QueryDict(query), sorts=sorts)
            keys = listings.LISTS[kind](atlas_filter)
            expected = by_database(kind, atlas_filter, default)
        assert list(keys) == expected
        assert (len(keys), list(keys[:7]), list(keys[20:50])) == (
            len(expected),
            expected[:7],
            expected[20:50],
        )
        found.add(len(expected))

    agree()

    assert len(found) > 10


def test_the_years_are_those_of_the_agreements_that_match_all_else(whole_atlas: None) -> None:
    fill(120)
    for query in ("", "region=IT-45&from=1990", "q=to&sector=culture", "status=ended&to=2000"):
        atlas_filter = AtlasFilter(QueryDict(query))
        acts = atlas_filter.apply(Agreement.objects.published(), skip={"years"})
        signed = [year_of(day) for day in acts.values_list("signed", flat=True)]

        years = years_of(atlas_filter)

        assert {year: n for year, n in years.counts if n} == {
            year: signed.count(year) for year in set(signed) - {None}
        }
        assert (years.undated, signed != []) == (signed.count(None), True)


def test_the_partnerships_of_a_place_are_those_of_the_places_in_it(whole_atlas: None) -> None:
    for place in Place.objects.filter(slug__in=["torino", "toscana", "aichi", "nagoya"]):
        rows = Partnership.objects.published().of_place_or_within(place).with_dates()

        keys = listings.partnerships(AtlasFilter(QueryDict("")), within=place)

        assert (list(keys), len(keys) > 0) == (in_order(rows, "first_signed", False), True)


@pytest.mark.parametrize("count", [70, 2000])
def test_a_list_takes_three_queries_at_most_however_many_there_are(
    client: Client, whole_atlas: None, count: int, django_assert_max_num_queries: Any
) -> None:
    fill(count)
    for kind in ("partnerships", "agreements"):
        for query in ("", "?sort=-since" if kind == "partnerships" else "?sort=title"):
            client.get(f"/en/{kind}/{query}")  # reads the index and the orders

        for query in ("region=IT-45", "sector=culture&status=in_force", "from=1990&to=2010&page=2"):
            with django_assert_max_num_queries(3):
                response = client.get(f"/it/{kind}/?{query}")
            assert response.status_code in (200, 404 if "page" in query else 200)
