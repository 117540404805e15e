"""One address is one view in every format: the same rows, the same count."""

import csv
import json
import re
from io import BytesIO, StringIO
from xml.etree import ElementTree

import icalendar
import openpyxl
import pytest
from django.test import Client
from geojson_pydantic import FeatureCollection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relations.enums import AgreementKind, Status
from relations.formats import LISTS, SUFFIXES
from relations.models import Agreement, Partnership
from tests.factories import make_agreement, make_event, make_partnership

ATOM = "{http://www.w3.org/2005/Atom}"


def rows_of(suffix: str, content: bytes) -> int:
    """How many rows a file has, read by a library that did not write it."""
    match suffix:
        case "csv":
            return len(list(csv.DictReader(StringIO(content.decode()))))
        case "xlsx":
            sheet = openpyxl.load_workbook(BytesIO(content), read_only=True).active
            return sum(1 for _row in sheet.iter_rows(min_row=2))
        case "json":
            found = json.loads(content)
            assert found["count"] == len(found["items"])
            return found["count"]
        case "geojson":
            return len(FeatureCollection.model_validate_json(content).features)
        case "ics":
            whole = icalendar.Calendar.from_ical(content)
            return len(whole.walk("VEVENT")) + len(whole.walk("VJOURNAL"))
        case _:
            return len(ElementTree.fromstring(content).findall(f"{ATOM}entry"))  # noqa: S314 # our own


def counted_on(client: Client, address: str) -> list[int]:
    """The numbers that a page shows where it says how many there are."""
    line = re.search(
        r'data-part="count">(.*?)</p>', client.get(address).content.decode(), re.DOTALL
    )
    assert line
    return [int(number) for number in re.findall(r"<strong>(\d+)</strong>", line[1])]


@st.composite
def queries(draw: st.DrawFn) -> str:
    """A filter that nobody thought of, as a query string."""
    regions = st.sampled_from(
        ["IT-45", "IT-21", "IT-52", "IT-25", "JP-23", "JP-13", "JP-08", "JP-21"]
    )
    pairs = [
        *(("region", code) for code in draw(st.lists(regions, max_size=3, unique=True))),
        *(
            ("sector", code)
            for code in draw(
                st.lists(st.sampled_from(["culture", "economy", "tourism", "ceramics"]), max_size=2)
            )
        ),
        *(
            ("kind", kind)
            for kind in draw(st.lists(st.sampled_from(AgreementKind.values), max_size=2))
        ),
        *(("status", s) for s in draw(st.lists(st.sampled_from(Status.values), max_size=2))),
        *(("from", str(y)) for y in draw(st.lists(st.integers(1955, 2010), max_size=1))),
        *(("to", str(y)) for y in draw(st.lists(st.integers(2011, 2030), max_size=1))),
        *(
            ("q", q)
            for q in draw(
                st.lists(st.sampled_from(["to", "群馬", "itō", "%", "Firenze"]), max_size=1)
            )
        ),
    ]
    return "&".join(f"{name}={value}" for name, value in pairs).replace("%", "%25")


@pytest.mark.portable
def test_any_filter_leaves_the_same_number_of_rows_everywhere(
    client: Client, whole_atlas: None
) -> None:
    seen = set()

    @settings(
        max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(query=queries())
    def agree(query: str) -> None:
        for kind in ("partnerships", "agreements"):
            found = {
                suffix: rows_of(suffix, client.get(f"/en/{kind}.{suffix}?{query}").content)
                for suffix in ("csv", "xlsx", "json", "geojson", "ics", "atom")
            }
            found["page"] = counted_on(client, f"/en/{kind}/?{query}")[0]
            found["api"] = client.get(f"/api/v1/{kind}?{query}").json()["count"]
            if kind == "partnerships":
                found["home"] = counted_on(client, f"/en/?{query}")[0]
            assert found == dict.fromkeys(found, found["page"])
            seen.add(found["page"])

    agree()

    assert len(seen) > 3


@pytest.mark.parametrize("query", ["", "region=IT-45", "event=mission&event=signing", "event=none"])
def test_the_timeline_has_its_agreements_and_events_in_every_file(
    client: Client, whole_atlas: None, query: str
) -> None:
    _partnerships, acts, events = counted_on(client, f"/en/timeline/?{query}")

    found = {
        suffix: rows_of(suffix, client.get(f"/en/timeline.{suffix}?{query}").content)
        for suffix in ("csv", "xlsx", "json", "geojson", "ics", "atom")
    }

    assert found == dict.fromkeys(found, acts + events)


@pytest.mark.parametrize("query", ["", "region=IT-45", "sector=ceramics&status=in_force"])
def test_places_sectors_and_sources_have_the_rows_of_their_pages(
    client: Client, whole_atlas: None, query: str
) -> None:
    shown = {
        kind: len(
            set(re.findall(pattern, client.get(f"/en/{kind}/?{query}").content.decode()))
            - {"take-away"}
        )
        for kind, pattern in (
            ("places", r'<a href="/en/places/([a-z-]+)/"'),
            ("sources", r'href="/en/sources/([a-z0-9-]+)/"'),
        )
    }

    for kind, count in shown.items():
        of_kind = [s for s in SUFFIXES[kind] if s != "excel.csv"]
        found = {s: rows_of(s, client.get(f"/en/{kind}.{s}?{query}").content) for s in of_kind}
        found["api"] = client.get(f"/api/v1/{kind}?{query}").json()["count"]
        assert found == dict.fromkeys(found, count)


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_comes_in_each_of_its_formats_and_in_no_other(
    client: Client, atlas: None, kind: str
) -> None:
    every = ("csv", "excel.csv", "xlsx", "json", "geojson", "ics", "atom")

    found = {suffix: client.get(f"/it/{kind}.{suffix}").status_code for suffix in every}

    assert found == {suffix: 200 if suffix in SUFFIXES[kind] else 404 for suffix in every}


TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "excel.csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}


@pytest.mark.parametrize("suffix", TYPES)
def test_a_file_says_what_it_is_whose_it_is_and_lets_any_site_read_it(
    client: Client, atlas: None, suffix: str
) -> None:
    response = client.get(f"/it/partnerships.{suffix}?region=IT-45")

    assert response["Content-Type"] == TYPES[suffix]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Link"] == (
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license", '
        '<http://testserver/it/partnerships/?region=IT-45>; rel="alternate"; type="text/html"'
    )
    assert client.cookies == {}
    again = client.get(
        f"/it/partnerships.{suffix}?region=IT-45", headers={"if-none-match": response["ETag"]}
    )
    # A workbook holds the second in which it was made.
    assert again.status_code == 304 or suffix == "xlsx"


def test_a_wrong_filter_is_refused_as_on_the_page(client: Client, atlas: None) -> None:
    response = client.get("/en/partnerships.csv?region=IT-99")

    assert response.status_code == 400
    assert "“IT-99” is not a value of “region”." in response.content.decode()


def test_rows_stand_in_the_order_of_the_page(client: Client, whole_atlas: None) -> None:
    content = client.get("/ja/partnerships.csv?sort=-event").content.decode()
    page = client.get("/ja/partnerships/?sort=-event").content.decode()

    slugs = [row["slug"] for row in csv.DictReader(StringIO(content))]
    shown = re.findall(r'class="row-link"[^>]*href="/ja/partnerships/([a-z-]+)/"', page)
    assert shown
    assert slugs[: len(shown)] == shown


def test_the_file_of_a_partnership_is_its_life(client: Client, atlas: None) -> None:
    pair = Partnership.objects.get(slug="torino-nagoya")
    rows = pair.agreements.published().count() + pair.events.published().count()

    found = {
        suffix: rows_of(suffix, client.get(f"/it/partnerships/torino-nagoya.{suffix}").content)
        for suffix in ("csv", "xlsx", "json", "ics", "atom")
    }

    assert found == dict.fromkeys(found, rows)
    features = client.get("/it/partnerships/torino-nagoya.geojson").json()["features"]
    assert [f["geometry"]["type"] for f in features[:3]] == ["LineString", "Point", "Point"]
    assert len(features) == rows + 3


def test_the_file_of_a_region_has_the_partnerships_within_it(client: Client, atlas: None) -> None:
    found = {
        suffix: rows_of(suffix, client.get(f"/it/places/emilia-romagna.{suffix}").content)
        for suffix in ("csv", "xlsx", "json", "ics", "atom")
    }

    assert found == dict.fromkeys(found, 7)
    assert client.get("/it/places/emilia-romagna.json").json()["subject"]["code"] == "IT-45"


def test_the_files_of_a_year_have_its_anniversaries(client: Client, whole_atlas: None) -> None:
    page = client.get("/en/anniversaries/2026/").context["count"]()

    found = {
        suffix: rows_of(suffix, client.get(f"/en/anniversaries/2026.{suffix}").content)
        for suffix in ("csv", "xlsx", "json", "geojson", "ics", "atom")
    }

    assert found == dict.fromkeys(found, page)


def test_what_is_withdrawn_is_gone_in_every_format(client: Client, atlas: None) -> None:
    Agreement.objects.filter(partnership__slug="la-spezia-izumisano").update(state="withdrawn")
    Partnership.objects.get(slug="la-spezia-izumisano").events.update(state="withdrawn")

    found = {
        suffix: client.get(f"/it/partnerships/la-spezia-izumisano.{suffix}").status_code
        for suffix in TYPES
    }

    assert found == dict.fromkeys(TYPES, 410)


@pytest.mark.django_db
def test_nothing_that_is_not_public_is_in_a_file(client: Client) -> None:
    act = make_agreement(slug="a-public", title_en="Public")
    make_agreement(
        slug="a-draft", title_en="Secret", state="draft", partnership=act.partnership, renews=act
    )
    renewed = make_agreement(slug="b-public", partnership=act.partnership, state="published")
    hidden = make_agreement(slug="c-hidden", state="draft", partnership=act.partnership)
    Agreement.objects.filter(pk=renewed.pk).update(renews=hidden)
    make_event(slug="e-public", partnerships=(act.partnership,), agreement=hidden)
    make_event(slug="e-draft", state="draft", partnerships=(act.partnership,))
    make_agreement(slug="d-lonely", state="draft", partnership=make_partnership(slug="lonely-pair"))

    everything = b"".join(
        client.get(f"/en/{kind}.{suffix}").content
        for kind in ("partnerships", "agreements", "timeline", "sources")
        for suffix in SUFFIXES[kind]
        if suffix != "xlsx"
    ).decode("utf-8", "replace")

    assert [
        name
        for name in ("a-draft", "c-hidden", "e-draft", "lonely-pair", "Secret")
        if name in everything
    ] == []


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("kind", "queries_"),
    # the version, what matches; records with all that hangs on them; the last change
    [("partnerships", 7), ("agreements", 8), ("timeline", 18), ("places", 5), ("sources", 3)],
)
@pytest.mark.django_db
def test_a_file_takes_the_same_number_of_queries_for_any_rows(
    client: Client, kind: str, rows: int, queries_: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        act = make_agreement()
        make_event(partnerships=(act.partnership,), places=(act.partnership.italian_place,))
    client.get(f"/en/{kind}.csv")  # reads what is kept of the data until they change

    with django_assert_num_queries(queries_):  # type: ignore[operator]
        client.get(f"/en/{kind}.csv")
