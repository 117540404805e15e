"""The page of the whole data, and the files that it offers."""

import re
from datetime import date
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import translation

from relations.dates import format_date, parse
from relations.freshness import last_change
from relations.models import Agreement, Place
from relations.releases import FILES, Edition, Release, make
from relations.tables import DERIVED, TABLES
from tests.factories import make_agreement, make_citation, make_event

SITE = "https://atlas.example.org"


@pytest.fixture(autouse=True)
def _folder(settings: object, tmp_path: object) -> None:
    settings.RELEASES_DIR = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def release(settings: object, atlas: None) -> Release:
    """The first release, in the folder that the site reads."""
    made = make(settings.RELEASES_DIR, SITE, date(2026, 11, 30))  # type: ignore[attr-defined]
    assert made
    return made


def rows_of(html: str) -> dict[str, tuple[str, str]]:
    """The rows and the size that the page gives for each file that it links to."""
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL):
        cells = re.findall(r'class="table__number"[^>]*>(.*?)</td>', row, re.DOTALL)
        link = re.search(r'href="/data/([^"?/]+)"', row)
        if link and len(cells) == 2:
            found[link[1]] = (cells[0].strip(), cells[1].strip())
    return found


# The page


@pytest.mark.parametrize(
    ("language", "bytes_"), [("en", "{:,} bytes"), ("ja", "{:,}"), ("it", "{:,}")]
)
def test_figures_are_those_of_the_files_that_are_served(
    client: Client, atlas: None, language: str, bytes_: str
) -> None:
    html = client.get(f"/{language}/data/").content.decode()

    shown = rows_of(html)
    assert list(shown) == [name for name, file in FILES.items() if file.label]
    for name, (rows, size) in shown.items():
        body = client.get(f"/data/{name}").content
        counted = FILES[name].make(Edition("http://testserver")).rows
        separator = "." if language == "it" else ","
        assert rows == ("–" if counted is None else f"{counted:,}".replace(",", separator))
        assert size.startswith(bytes_.format(len(body)).replace(",", separator))


def test_figures_change_with_the_data_and_with_nothing_else(client: Client, atlas: None) -> None:
    before = rows_of(client.get("/en/data/").content.decode())
    again = rows_of(client.get("/en/data/").content.decode())
    make_agreement(partnership=Agreement.objects.first().partnership, title_en="Long " * 50)  # type: ignore[union-attr]
    after = rows_of(client.get("/en/data/").content.decode())

    assert before == again
    assert {name for name in before if before[name] != after[name]} == {
        "agreements.csv",
        "sources.csv",
        "citations.csv",
        "partnerships.geojson",  # counts agreements
        "atlas.ttl",
        "atlas.jsonld",
    }
    assert (before["agreements.csv"][0], after["agreements.csv"][0]) == ("12", "13")
    assert int(after["agreements.csv"][1].split()[0].replace(",", "")) == len(
        client.get("/data/agreements.csv").content
    )


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_the_day_of_the_last_change_is_that_of_the_database(
    client: Client, atlas: None, language: str
) -> None:
    moment = last_change()
    assert moment
    html = client.get(f"/{language}/data/").content.decode()

    with translation.override(language):
        day = format_date(parse(moment.astimezone().date().isoformat()))
    assert f"<strong>{day}</strong>" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        act = make_agreement(signed="2005", title_ja="")
        make_event(partnerships=(act.partnership,))
        make_citation(agreement=act, field="signed", stated="2006", preferred=False)

    client.get("/en/data/")  # figures and gaps are counted once for each state of the data
    # the version; the oldest agreement
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get("/en/data/")


def test_every_column_of_every_table_is_explained(client: Client, db: None) -> None:
    html = client.get("/en/data/").content.decode()

    for table in TABLES.values():
        part = html[html.index(f'<caption class="visually-hidden">{table.kind}.csv</caption>') :]
        explained = re.findall(r"<code>(\w+)</code></th>", part[: part.index("</table>")])
        assert explained == table.names
        derived = re.findall(r"<dt><code>(\w+)</code></dt>", part[: part.index("</details>")])
        assert derived == [column.name for column in DERIVED[table.kind]]


def test_a_release_is_listed_with_day_size_and_sum(client: Client, release: Release) -> None:
    html = " ".join(client.get("/en/data/").content.decode().split())

    assert "<strong>1</strong>, 30 November 2026" in html
    assert "the first release" in html
    assert f"{release.size:,} bytes" in html
    assert f"<code>{release.sha256}</code>" in html
    assert f'href="/data/releases/{release.path.name}"' in html
    assert "data set, release 1 of 30 November 2026, https://atlas.example.org/data/" in html


def test_where_there_is_no_release_the_page_says_so(client: Client, atlas: None) -> None:
    html = " ".join(client.get("/en/data/").content.decode().split())

    assert "There is no release yet." in html
    assert "Italy–Japan Twinning Atlas, data set, http://testserver/data/ (accessed" in html


def test_with_no_data_the_page_stands_all_the_same(client: Client, db: None) -> None:
    html = client.get("/en/data/").content.decode()

    assert "Nothing has been published yet." in html
    assert rows_of(html)["agreements.csv"][0] == "0"


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_the_address_without_a_language_leads_to_the_page(
    client: Client, db: None, language: str
) -> None:
    response = client.get("/data/", headers={"accept-language": language})

    assert (response.status_code, response["Location"]) == (302, f"/{language}/data/")


# The files


def test_a_table_is_served_with_what_describes_it(client: Client, atlas: None) -> None:
    response = client.get("/data/places.csv")

    described = client.get("/data/places.csv-metadata.json")
    names = ("Content-Type", "Content-Disposition", "Link", "Access-Control-Allow-Origin")
    assert [response[name] for name in names] == [
        "text/csv; charset=utf-8; header=present",
        'attachment; filename="places.csv"',
        '</data/places.csv-metadata.json>; rel="describedby"; type="application/csvm+json"',
        "*",
    ]
    assert (described["Content-Type"], described.json()["url"]) == (
        "application/csvm+json",
        "places.csv",
    )
    assert response.cookies == {}


def test_for_excel_a_table_begins_with_a_byte_order_mark(client: Client, atlas: None) -> None:
    plain, marked = (client.get(f"/data/places.csv{query}") for query in ("", "?bom=1"))

    assert marked.content == b"\xef\xbb\xbf" + plain.content
    assert marked["ETag"] != plain["ETag"]


@pytest.mark.parametrize("name", FILES)
def test_what_has_not_changed_is_not_sent_again(client: Client, atlas: None, name: str) -> None:
    first = client.get(f"/data/{name}")
    known = {"if-none-match": first["ETag"]}

    assert client.get(f"/data/{name}", headers=known).status_code == 304


def test_what_has_changed_is_sent_again(client: Client, atlas: None) -> None:
    known = {"if-none-match": client.get("/data/places.csv")["ETag"]}
    Place.objects.filter(slug="torino").update(name_en="Torino")

    assert client.get("/data/places.csv", headers=known).status_code == 200


@pytest.mark.parametrize(
    "path", ["places.csv?region=IT-45", "places.csv?bom=2", "places.geojson?bom=1"]
)
def test_a_query_that_means_nothing_here_is_refused(client: Client, atlas: None, path: str) -> None:
    response = client.get(f"/data/{path}")

    assert response.status_code == 400
    assert f"“{path.partition('?')[2]}”: this file is always whole." in response.content.decode()


@pytest.mark.parametrize("path", ["nothing.csv", "README.txt", "releases/nothing.zip"])
def test_there_are_no_other_files(client: Client, release: Release, path: str) -> None:
    assert client.get(f"/data/{path}").status_code == 404


def test_uris_begin_where_the_site_is(client: Client, atlas: None, settings: object) -> None:
    def first() -> str:
        found = client.get("/data/places.geojson").json()["features"]
        return next(each["id"] for each in found if each["properties"]["code"] == "IT-21")

    asked = first()
    settings.SITE_URL = SITE  # type: ignore[attr-defined]
    known = first()

    assert (asked, known) == (
        "http://testserver/places/piemonte/",
        "https://atlas.example.org/places/piemonte/",
    )


# Releases


def test_a_release_is_served_as_it_stands_in_the_folder(client: Client, release: Release) -> None:
    response = client.get(f"/data/releases/{release.path.name}")

    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert content == release.path.read_bytes()
    names = ("Content-Type", "Content-Disposition", "Content-Length", "ETag")
    assert [response[name] for name in names] == [
        "application/zip",
        f'attachment; filename="{release.path.name}"',
        str(release.size),
        f'"{sha256(content).hexdigest()}"',
    ]


@pytest.mark.parametrize(
    "name",
    [
        "secret.zip",
        "..%2Fsecret.zip",
        "italy-japan-twinning-atlas-1-2026-11-30.zip%00",
        "italy-japan-twinning-atlas-2-2026-11-30.zip",
    ],
)
def test_nothing_else_in_or_near_the_folder_is_served(
    client: Client, release: Release, name: str
) -> None:
    for folder in (release.path.parent, release.path.parent.parent):
        (folder / "secret.zip").write_bytes(b"secret")
    (release.path.parent / "italy-japan-twinning-atlas-2-2026-11-30.zip").write_bytes(b"no release")

    assert client.get(f"/data/releases/{name}").status_code == 404
