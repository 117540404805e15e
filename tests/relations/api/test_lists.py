"""Lists of the API: pages, links, filters, and what is refused."""

import re

import pytest
from django.test import Client

from tests.factories import make_agreement, make_event

LISTS = ("partnerships", "agreements", "events", "places", "sectors", "sources", "citations")


@pytest.mark.parametrize("kind", LISTS)
def test_pages_together_hold_every_row_once(client: Client, whole_atlas: None, kind: str) -> None:
    found, address = [], f"/api/v1/{kind}?limit=100"
    while address:
        response = client.get(address)
        found += response.json()["items"]
        following = re.search(r'<http://testserver([^>]+)>; rel="next"', response["Link"])
        address = following[1] if following else ""

    assert len(found) == response.json()["count"] > 50
    assert len({str(sorted(each.items(), key=str)) for each in found}) == len(found)


def test_the_links_of_a_page_in_the_middle_keep_the_filter(client: Client, atlas: None) -> None:
    response = client.get("/api/v1/partnerships?region=IT-45&limit=3&page=2")

    page = "http://testserver/api/v1/partnerships?region=IT-45&limit=3&page="
    assert response["Link"] == (
        f'<{page}1>; rel="first", <{page}1>; rel="prev", <{page}3>; rel="next", <{page}3>; rel="last", '
        '<http://testserver/api/v1/openapi.json>; rel="service-desc"; type="application/json"'
    )
    body = response.json()
    assert (body["count"], body["page"], body["pages"], len(body["items"])) == (7, 2, 3, 3)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "regoin=IT-45",
            "“regoin” is not a parameter of this address. Its parameters are: "
            "from, kind, limit, page, q, region, sector, sort, status, to.",
        ),
        ("region=", "“region” is empty. Leave it out, or give it a value."),
        (
            "region=IT-99",
            "“IT-99” is not a value of “region”. It is none of the values listed in the filter.",
        ),
        ("from=2010&to=2000", "The years run backwards: from 2010 to 2000."),
        ("page=0", "page: Input should be greater than or equal to 1."),
        ("limit=501", "limit: Input should be less than or equal to 500."),
        ("sort=colour", "sort: String should match pattern '^-?(italian|japanese|since|event)$'."),
    ],
)
def test_what_cannot_be_understood_is_a_problem_that_says_why(
    client: Client, atlas: None, query: str, said: str
) -> None:
    response = client.get(f"/api/v1/partnerships?{query}", headers={"accept-language": "en"})

    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": said,
        "problems": [said],
    }


def test_every_wrong_thing_has_its_sentence(client: Client, atlas: None) -> None:
    body = client.get("/api/v1/events?event=ball&kind=marriage").json()

    assert [said.partition(":")[0] for said in body["problems"]] == ["kind", "event"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("partnerships?page=9", 404),
        ("partnerships/", 404),
        ("partnerships/atlantis-mu", 404),
        ("nothing", 404),
        ("", 404),
    ],
)
def test_what_is_not_there_is_a_problem_too(
    client: Client, atlas: None, path: str, status: int
) -> None:
    response = client.get(f"/api/v1/{path}")

    assert response.status_code == response.json()["status"] == status
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(client: Client, atlas: None, method: str) -> None:
    response = getattr(client, method)("/api/v1/partnerships")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


def test_any_site_may_ask_and_nothing_is_sent_twice(client: Client, atlas: None) -> None:
    first = client.get("/api/v1/partnerships")
    again = client.get("/api/v1/partnerships", headers={"if-none-match": first["ETag"]})
    head = client.head("/api/v1/partnerships")
    preflight = client.options(
        "/api/v1/partnerships",
        headers={"origin": "https://a.org", "access-control-request-method": "GET"},
    )

    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert preflight.status_code == 204
    assert {r["Access-Control-Allow-Origin"] for r in (first, head, preflight)} == {"*"}
    assert client.cookies == {}


def test_facets_count_what_each_value_would_leave(client: Client, atlas: None) -> None:
    body = client.get("/api/v1/facets?region=IT-45").json()

    prefectures = next(f for f in body["facets"] if f["options"][0]["value"] == "JP-01")
    for option in prefectures["options"]:
        if option["count"]:
            left = client.get(f"/api/v1/partnerships?region=IT-45&region={option['value']}")
            assert left.json()["count"] == option["count"]
    assert sum(option["count"] for option in prefectures["options"]) == 7


def test_a_filter_changes_what_is_counted_of_places_and_sectors(
    client: Client, atlas: None
) -> None:
    def counted(kind: str, name: str, query: str) -> dict[str, int]:
        items = client.get(f"/api/v1/{kind}?limit=500&{query}").json()["items"]
        return {each[name]: each["partnership_count"] for each in items}

    assert (
        counted("places", "slug", "region=JP-13")["bologna"]
        < counted("places", "slug", "")["bologna"]
    )
    assert (
        counted("sectors", "code", "region=IT-21")["culture"]
        < counted("sectors", "code", "")["culture"]
    )


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("kind", "queries"),
    [
        ("partnerships", (8, 1)),
        ("agreements", (9, 1)),
        ("events", (10, 2)),
        ("places", (5, 5)),
        ("sectors", (5, 5)),
        ("sources", (3, 2)),
        ("citations", (3, 2)),
    ],
)
@pytest.mark.django_db
def test_a_page_takes_the_same_number_of_queries_for_any_rows(
    client: Client, kind: str, rows: int, queries: tuple[int, int], django_assert_num_queries
) -> None:
    for _ in range(rows):
        act = make_agreement()
        make_event(partnerships=(act.partnership,), places=(act.partnership.italian_place,))
    client.get("/api/v1/sectors?page=1")  # reads what is kept of the data until they change

    for count in queries:  # of the first who asks, and of the next
        with django_assert_num_queries(count):
            client.get(f"/api/v1/{kind}")


def test_more_parameters_than_can_be_read_are_refused(client: Client, atlas: None) -> None:
    query = "&".join("a" for _ in range(1500))

    api = client.get(f"/api/v1/partnerships?{query}")
    page = client.get(f"/it/partnerships.csv?{query}")

    assert (api.status_code, api["Content-Type"]) == (400, "application/problem+json")
    assert page.status_code == 400
