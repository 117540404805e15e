"""The page and the file of the matrix count what the list of partnerships counts, whatever is filtered."""

import csv
import gzip
import re
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    make_agreement,
    make_event,
    make_partnership,
    make_prefecture,
    make_region,
)
from tests.relations.views.test_timeline import FILTERS


def numbers_of(page: str, name: str) -> list[list[int]]:
    """The rows of one of the tables, sums included, as numbers."""
    table = page.split(f'id="matrix-{name}"')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table.split("</thead>")[1], re.DOTALL)
    cells = [
        re.findall(r'<td class="matrix__cell[^>]*>(?:<a[^>]*>(\d+)</a>)?</td>', r) for r in rows
    ]
    return [[int(number or 0) for number in row] for row in cells]


def read(content: bytes, delimiter: str = ",") -> list[list[str]]:
    """The lines of a file, as a program for tables reads them."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


@pytest.mark.parametrize("query", FILTERS)
def test_grand_total_is_the_count_of_the_list_under_the_same_filter(
    client: Client, atlas: None, query: str
) -> None:
    response = client.get(f"/en/matrix/?{query}")
    page = response.content.decode()
    count = client.get(f"/en/partnerships/?{query}").context["page"].paginator.count
    lines = read(client.get(f"/en/matrix.csv?{query}").content)

    assert response.context["count"]() == count
    assert [numbers_of(page, name)[-1][-1] for name in ("wide", "small")] == [count, count]
    assert int(lines[-1][-1]) == count


@pytest.mark.parametrize(
    "query", ["", "sector=culture", "region=IT-45", "region=IT-45&region=IT-21&region=JP-23"]
)
def test_every_number_leads_to_a_list_of_as_many(client: Client, atlas: None, query: str) -> None:
    page = client.get(f"/en/matrix/?{query}").content.decode()

    links = re.findall(r'matrix__cell--\d"><a href="([^"]+)"[^>]*>(\d+)</a>', page)
    lists = {
        address: client.get(unescape(address)).context["page"].paginator.count
        for address, _number in links
    }

    assert len(links) > 4
    assert [lists[address] for address, _number in links] == [int(number) for _, number in links]


def test_whole_dataset_is_on_it(client: Client, whole_atlas: None) -> None:
    page = client.get("/it/matrix/").content.decode()
    wide, small = (numbers_of(page, name) for name in ("wide", "small"))

    assert (len(wide), {len(row) for row in wide}) == (21, {48})
    assert (len(small), {len(row) for row in small}) == (6, {9})
    for table in (wide, small):
        assert [sum(column) for column in zip(*table[:-1], strict=True)] == table[-1]
        assert all(sum(row[:-1]) == row[-1] for row in table)
    assert wide[-1][-1] == small[-1][-1] == 66


def test_a_pair_without_a_partnership_is_an_empty_cell_without_a_link(
    client: Client, db: None
) -> None:
    make_region(code="IT-99")
    make_prefecture(code="JP-99")

    page = client.get("/en/matrix/").content.decode()

    assert page.count('<td class="matrix__cell"></td>') == 2 * 4
    assert "No partnership matches this filter." in page


def test_heads_lead_to_regions_and_prefectures_and_name_what_they_head(
    client: Client, atlas: None
) -> None:
    page = client.get("/en/matrix/").content.decode()

    assert page.count('scope="row"><a href="/en/places/') == 20
    assert page.count('scope="col"><a href="/en/places/') == 47
    assert page.count('scope="rowgroup"') == 5
    assert page.count('scope="colgroup"') == 8
    assert page.count("<caption") == 2


def test_one_region_of_an_area_says_its_name_once_to_the_eye(client: Client, atlas: None) -> None:
    page = client.get("/en/matrix/").content.decode()

    assert '<span class="visually-hidden">Hokkaido</span>' in page


def test_page_leads_to_the_file_under_the_same_filter(client: Client, atlas: None) -> None:
    page = client.get("/en/matrix/?region=IT-45&sector=culture").content.decode()

    assert 'href="/en/matrix.csv?region=IT-45&amp;sector=culture"' in page


def test_pages_of_places_and_about_lead_to_the_matrix(client: Client, atlas: None) -> None:
    pages = [
        client.get(f"/en/{path}").content.decode()
        for path in ("places/", "about/", "places/emilia-romagna/", "places/bologna/")
    ]

    found = [re.findall(r'href="(/en/matrix/[^"]*)"', page) for page in pages]
    assert found == [["/en/matrix/"], ["/en/matrix/"], ["/en/matrix/?region=IT-45"], []]


def test_file_has_all_regions_and_prefectures_with_their_names(client: Client, atlas: None) -> None:
    head, *lines = read(client.get("/en/matrix.csv").content)

    assert (len(head), len(lines)) == (50, 21)
    assert head[:3] == ["Code", "Region", "JP-01 Hokkaido"]
    emilia = dict(zip(head, next(line for line in lines if line[0] == "IT-45"), strict=True))
    assert (emilia["Region"], emilia["JP-08 Ibaraki"], emilia["Total"]) == (
        "Emilia-Romagna",
        "1",
        "7",
    )


@pytest.mark.parametrize(
    ("language", "delimiter", "name"), [("it", ";", "Lombardia"), ("ja", ",", "ロンバルディア州")]
)
def test_file_opens_in_the_excel_of_its_country(
    client: Client, atlas: None, language: str, delimiter: str, name: str
) -> None:
    response = client.get(f"/{language}/matrix.csv")

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        response.headers["Content-Disposition"] == f'attachment; filename="matrix-{language}.csv"'
    )
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert dict(line[:2] for line in read(response.content, delimiter))["IT-25"] == name


@pytest.mark.parametrize("path", ["matrix/", "matrix.csv"])
def test_what_cannot_be_understood_is_refused(client: Client, atlas: None, path: str) -> None:
    assert client.get(f"/en/{path}?region=IT-99").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_both_take_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make_agreement()
        make_event(partnerships=(make_partnership(),))
    client.get("/en/matrix/")  # which reads the index of this version

    # version
    with django_assert_num_queries(1):
        client.get("/en/matrix/")
    with django_assert_num_queries(1):
        client.get("/en/matrix.csv")


def test_five_thousand_agreements_make_a_small_page(client: Client, atlas: None) -> None:
    from bench.synthetic import fill  # noqa: PLC0415 # needs the database

    fill(640)
    response = client.get("/it/matrix/")

    assert response.context["count"]() == 650
    assert len(gzip.compress(response.content)) < 40_000
