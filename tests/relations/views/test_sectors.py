"""The page of sectors."""

import pytest
from django.test import Client

from relations.filters.index import Index
from tests.factories import make_agreement, make_sector


def test_broad_sector_counts_what_is_about_its_narrower_ones(client: Client, db: None) -> None:
    broad = make_sector(code="industry")
    narrow = make_sector(code="automotive", parent=broad)
    act = make_agreement(sectors=(broad, narrow))
    make_agreement(partnership=act.partnership, sectors=(narrow,))

    (count,) = client.get("/en/sectors/").context["sectors"]()

    assert (count.partnerships, count.events) == (1, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_agreement(sectors=(make_sector(),))

    Index.current()

    # the version of the data; sectors of acts, sectors of events, the vocabulary
    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get("/en/sectors/")
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/en/sectors/")
