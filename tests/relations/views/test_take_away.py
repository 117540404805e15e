"""The panel that offers the files of a page, and the page with their sizes."""

import re

import pytest
from django.test import Client

from relations.formats import SUFFIXES, formats_of
from relations.views import take_away
from tests.relations.views.test_files import rows_of

PAGES = {
    "/en/": ("partnerships", "/en/partnerships"),
    "/en/partnerships/": ("partnerships", "/en/partnerships"),
    "/en/agreements/": ("agreements", "/en/agreements"),
    "/en/timeline/": ("timeline", "/en/timeline"),
    "/en/places/": ("places", "/en/places"),
    "/en/sectors/": ("sectors", "/en/sectors"),
    "/en/sources/": ("sources", "/en/sources"),
    "/en/anniversaries/2026/": ("anniversaries", "/en/anniversaries/2026"),
    "/en/partnerships/torino-nagoya/": ("timeline", "/en/partnerships/torino-nagoya"),
    "/en/places/torino/": ("partnerships", "/en/places/torino"),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_offers_its_files_with_the_number_of_their_rows(
    client: Client, atlas: None, page: str
) -> None:
    kind, address = PAGES[page]
    html = client.get(page).content.decode()

    panel = re.search(r"<details class=\"take-away\".*?</details>", html, re.DOTALL)[0]
    assert re.findall(r'class="file-list__link"\s+href="([^"]+)"', panel) == [
        f"{address}.{suffix}" for suffix in SUFFIXES[kind]
    ]
    count = int(re.search(r"(\d+) rows?,", panel)[1])
    assert count == rows_of("json", client.get(f"{address}.json").content)


def test_the_panel_keeps_the_filter_and_the_order_and_drops_how_the_page_is_looked_at(
    client: Client, atlas: None
) -> None:
    html = client.get(
        "/it/?region=IT-45&sort=italian&view=world&sel=torino-nagoya"
    ).content.decode()

    assert 'href="/it/partnerships.csv?region=IT-45&amp;sort=italian"' in html
    assert 'href="/it/partnerships/take-away/?region=IT-45&amp;sort=italian"' in html


@pytest.mark.parametrize(
    "address",
    [
        "/en/partnerships",
        "/ja/timeline",
        "/it/places",
        "/it/partnerships/torino-nagoya",
        "/it/places/emilia-romagna",
        "/en/anniversaries/2026",
    ],
)
def test_the_sizes_are_those_of_the_files(client: Client, atlas: None, address: str) -> None:
    response = client.get(f"{address}/take-away/?region=IT-45")

    sizes = {file.form.suffix: file.size for file in response.context["files"]}
    served = {
        suffix: len(client.get(f"{address}.{suffix}?region=IT-45").content) for suffix in sizes
    }
    # A workbook is packed, with the moment at which it was made.
    assert abs(sizes.pop("xlsx") - served.pop("xlsx")) < 10
    # The address of the file itself is not yet that of the page.
    assert {s: abs(sizes[s] - served[s]) <= 20 for s in sizes} == dict.fromkeys(sizes, True)


def test_the_page_leads_to_the_api_under_the_same_filter(client: Client, atlas: None) -> None:
    response = client.get("/en/timeline/take-away/?region=IT-45&event=mission&fragment=page")

    found = [
        client.get(address.removeprefix("http://testserver")).json()
        for address in response.context["apis"]
    ]
    assert sum(body["count"] for body in found) == response.context["selection"].count


def test_so_many_rows_are_not_measured(
    client: Client, atlas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_away, "MOST_ROWS", 3)

    response = client.get("/en/partnerships/take-away/")

    assert {file.size for file in response.context["files"]} == {None}
    assert len(response.context["files"]) == len(formats_of("partnerships"))
    assert "So many rows are not measured here." in response.content.decode()


def test_a_wrong_filter_and_what_is_not_there_are_refused(client: Client, atlas: None) -> None:
    assert client.get("/en/partnerships/take-away/?region=IT-99").status_code == 400
    assert client.get("/en/partnerships/atlantis-mu/take-away/").status_code == 404
