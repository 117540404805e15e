"""The index holds every row that a filter can find, and is read once for each version of the data."""

from datetime import date

import pytest

from relations.filters.index import Index
from relations.models import Agreement, DatasetVersion
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

TODAY = date(2025, 12, 1)


def test_each_partnership_has_its_region_and_its_prefecture():
    toscana, umbria = make_region(code="IT-52"), make_region(code="IT-55")
    tokyo, kyoto = make_prefecture(code="JP-13"), make_prefecture(code="JP-26")
    for italian, japanese in (
        (make_italian_city(region=toscana), make_japanese_city(region=kyoto)),
        (toscana, make_japanese_city(region=tokyo)),
        (umbria, tokyo),
        (umbria, make_japanese_city(region=tokyo)),
    ):
        partnership = make_partnership(italian_place=italian, japanese_place=japanese)
        make_agreement(partnership=partnership)
        make_agreement(partnership=partnership)
    index = Index()

    assert index.count_pairs(index.everything) == {
        ("IT-52", "JP-26"): 1,
        ("IT-52", "JP-13"): 1,
        ("IT-55", "JP-13"): 2,
    }
    assert index.count_pairs(index.masks["IT"][toscana.pk]).total() == 2


def test_rows_are_public_acts_and_the_tellings_of_partnerships_without_any():
    act = make_agreement()
    make_agreement(state="draft")
    make_event(partnerships=(act.partnership,))
    proposals = (make_partnership(), make_partnership())
    telling = make_event(partnerships=proposals)
    make_event(partnerships=proposals, state="draft")

    index = Index()

    assert set(index.place_of_act) == {act.pk}
    assert set(index.place_of_telling) == {(telling.pk, proposal.pk) for proposal in proposals}
    assert (index.size, index.count_rows(index.acts)) == (3, 1)
    assert index.count_partnerships(index.everything) == 3


@pytest.mark.parametrize("acts", [1, 2, 3, 4, 5, 8, 9])
def test_a_partnership_counts_once_however_many_acts_it_has(acts):
    """The shifts must reach across all of them, and not into the next one."""
    partnerships = [make_partnership() for _ in range(3)]
    for partnership in partnerships:
        for _ in range(acts):
            make_agreement(partnership=partnership)

    index = Index()
    last = index.rows_of([acts - 1, None, 3 * acts - 1])

    assert index.count_partnerships(index.everything) == 3
    assert (index.count_rows(last), index.count_partnerships(last)) == (2, 2)
    assert index.partnerships_of(last) == {partnerships[0].pk, partnerships[2].pk}


def test_an_index_of_nothing_counts_nothing():
    index = Index()

    assert (index.size, index.count_partnerships(index.everything), index.total) == (0, 0, 0)
    assert (index.count_pairs(index.everything), index.signed) == ({}, {})


def test_the_index_is_read_again_only_after_a_write(django_assert_num_queries):
    make_agreement(sectors=(make_sector(),))
    # version, territories, sectors, agreements, tellings, sectors of both
    with django_assert_num_queries(7):
        before = Index.current()
    with django_assert_num_queries(1):
        again = Index.current()

    Agreement.objects.update(kind="protocol")

    assert before is again
    assert Index.current() is not before
    assert set(Index.current().masks["kind"]) == {"protocol"}


def test_without_a_version_nothing_is_kept():
    make_agreement()
    DatasetVersion.objects.all().delete()

    assert Index.current() is not Index.current()


def test_the_statuses_are_those_of_the_day():
    """A new day needs no new version."""
    partnership = make_agreement(signed="2025-11-30").partnership
    index = Index()

    assert index.status_of(partnership.pk, TODAY) == "in_force"
    assert index.status_of(partnership.pk, date(2025, 11, 29)) == "proposed"
    assert index.status_of(partnership.pk + 1, TODAY) == "proposed"
    assert dict(index.by_status(TODAY)) == {"in_force": 1}


def test_the_sectors_of_rows_are_their_own_in_the_order_of_the_vocabulary():
    broad = make_sector()
    first, second = make_sector(parent=broad), make_sector(parent=broad)
    one, other = make_agreement(sectors=(second,)), make_agreement(sectors=(first, second))
    event = make_event(partnerships=(make_partnership(),), sectors=(broad,))
    index = Index()
    acts = [index.place_of_act.get(act.pk) for act in (one, other)]
    telling = index.place_of_telling[event.pk, event.partnerships.get().pk]

    assert index.sectors_of(acts[:1]) == [second]
    assert index.sectors_of(acts) == [first, second]
    assert index.sectors_of([telling, None]) == [broad]
    assert index.sectors_of([None]) == []


@pytest.mark.parametrize(
    ("years", "found"),
    [
        ((None, None), {"1986", "199X", "2005-03", ""}),
        ((1986, None), {"1986", "199X", "2005-03"}),
        ((1987, 1989), set()),
        ((1999, 2004), {"199X"}),
        ((None, 1990), {"1986", "199X"}),
    ],
)
def test_rows_within_years_are_those_that_may_have_been_then(years, found):
    acts = {make_agreement(signed=day).pk: day for day in ("1986", "199X", "2005-03", "")}
    index = Index()

    rows = index.within_years(*years)

    assert {acts[index.records[n]] for n in range(index.size) if rows >> n & 1} == found


def test_agreements_are_known_by_the_year_of_signature():
    for day in ("1986", "1986-05", "199X", ""):
        make_agreement(signed=day)
    make_event(partnerships=(make_partnership(),), start="1986")

    signed = {year: rows.bit_count() for year, rows in Index().signed.items()}

    assert signed == {1986: 2, None: 2}
