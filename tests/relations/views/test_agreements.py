"""The list of signed acts."""

import re

import pytest
from django.test import Client

from relations.enums import AgreementKind
from tests.factories import make_agreement, make_sector


def slugs_of(html: str) -> list[str]:
    """The agreements of the rows of a page."""
    return re.findall(r'class="row-link" href="[^"#]*#([\w-]+)"', html)


def test_list_shows_one_row_for_each_signed_act(client: Client, atlas: None) -> None:
    html = client.get("/en/agreements/").content.decode()

    assert html.count('<th scope="row"') == 12
    assert re.search(r"<strong>12</strong>\s+agreements", html) is not None


def test_list_honours_the_same_filter(client: Client, atlas: None) -> None:
    page = client.get("/it/agreements/?region=IT-21").content.decode()

    assert sorted(slugs_of(page)) == [
        "torino-nagoya-2005",
        "torino-nagoya-chambers-2006",
        "torino-nagoya-chambers-memorandum",
    ]


def test_newest_act_comes_first_and_undated_ones_last(client: Client, db: None) -> None:
    old, new, undated = (make_agreement(signed=signed) for signed in ("1960", "2025", ""))

    page = client.get("/en/agreements/").content.decode()

    assert slugs_of(page) == [act.slug for act in (new, old, undated)]


def test_facets_count_acts_and_not_partnerships(client: Client, db: None) -> None:
    first = make_agreement(kind=AgreementKind.MEMORANDUM)
    make_agreement(partnership=first.partnership, kind=AgreementKind.MEMORANDUM)

    facets = {facet.label: facet for facet in client.get("/en/agreements/").context["facets"]}

    counts = {option.value: option.count for option in facets["Kind"].groups[0][1]}
    assert counts[AgreementKind.MEMORANDUM] == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_agreement(sectors=(make_sector(),))

    client.get("/en/agreements/")  # which reads the index of this version

    # the version; the rows: agreements and parties
    with django_assert_num_queries(1 + 2):  # type: ignore[operator]
        client.get("/it/agreements/")
    # version
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/it/agreements/?to=2100")
