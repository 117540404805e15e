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
    keys = [
        make_agreement(
            partnership=make_partnership(italian_place=italian, japanese_place=japanese)
        ).partnership_id
        for italian, japanese in (
            (make_italian_city(region=toscana), make_japanese_city(region=kyoto)),
            (toscana, make_japanese_city(region=tokyo)),
            (umbria, tokyo),
        )
    ]

    pairs = [("IT-52", "JP-26"), ("IT-52", "JP-13"), ("IT-55", "JP-13")]
    assert Index().pairs == dict(zip(keys, pairs, strict=True))


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

    assert (index.size, index.count_partnerships(index.everything), index.pairs) == (0, 0, {})


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

    assert index.standing(TODAY) == {partnership.pk: "in_force"}
    assert index.standing(date(2025, 11, 29)) == {partnership.pk: "proposed"}
    assert dict(index.by_status(TODAY)) == {"in_force": 1}


def test_what_is_made_of_the_data_is_made_once_for_each_key():
    index = Index()
    asked = []

    def make(keys):
        asked.append(list(keys))
        return {key: f"made of {key}" for key in keys}

    assert index.keep("rows", [1, 2], make) == {1: "made of 1", 2: "made of 2"}
    assert index.keep("rows", [2, 3], make) == {2: "made of 2", 3: "made of 3"}
    assert index.keep("others", [2], make) == {2: "made of 2"}
    assert asked == [[1, 2], [3], [2]]


def test_what_cannot_be_made_is_left_out_and_asked_for_again():
    index = Index()

    assert index.keep("rows", [1], lambda _keys: {}) == {}
    assert index.keep("rows", [1], lambda _keys: {1: "made"}) == {1: "made"}


def test_no_more_is_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr("relations.filters.index.MOST_KEPT", 2)
    index = Index()
    made = []

    for key in (1, 2, 3, 1, 3):
        index.keep("rows", [key], lambda keys: made.extend(keys) or {keys[0]: "made"})

    assert made == [1, 2, 3, 1]
