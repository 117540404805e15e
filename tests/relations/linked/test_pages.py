"""What pages say of themselves in JSON-LD."""

import json
import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve
from rdflib import RDF

from relations.dates import parse
from relations.linked import pages
from relations.models import Agreement, Event, Partnership
from relations.uris import uri_of
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_region,
    make_source,
)
from tests.relations.linked.conftest import read

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SITE = "http://testserver"


def nodes_of(client, path):
    """What a page says, by type; a page says each thing in one block."""
    response = client.get(path)
    (block,) = BLOCK.findall(response.content.decode())
    document = json.loads(block)
    assert document["@context"] == "https://schema.org"
    nodes = {}
    for node in document["@graph"]:
        nodes.setdefault(node["@type"], []).append(node)
    return nodes


def trail_in(nodes):
    """The names and addresses of the pages above a page."""
    (crumbs,) = nodes["BreadcrumbList"]
    items = crumbs["itemListElement"]
    assert [item["position"] for item in items] == [*range(1, len(items) + 1)]
    return [(item["name"], item["item"]) for item in items]


HOME = ("Home", f"{SITE}/en/")


@pytest.mark.parametrize(
    ("path", "trail", "types"),
    [
        ("", [], {"WebSite", "Dataset"}),
        ("timeline/", [("Timeline", "timeline/")], {"CollectionPage"}),
        ("partnerships/?q=torino", [("Partnerships", "partnerships/")], {"CollectionPage"}),
        ("agreements/", [("Agreements", "agreements/")], {"CollectionPage"}),
        ("anniversaries/2026/", [("Anniversaries", "anniversaries/2026/")], {"CollectionPage"}),
        ("places/", [("Places", "places/")], {"CollectionPage"}),
        (
            "matrix/",
            [("Places", "places/"), ("Matrix of regions and prefectures", "matrix/")],
            set(),
        ),
        ("sectors/", [("Sectors", "sectors/")], {"CollectionPage"}),
        ("sources/", [("Sources", "sources/")], {"CollectionPage"}),
        ("changes/", [("Changes", "changes/")], {"CollectionPage"}),
        ("about/", [("About", "about/")], set()),
        ("about/counts/", [("About", "about/"), ("Counts", "about/counts/")], set()),
        (
            "about/data-quality/",
            [("About", "about/"), ("Quality of the data", "about/data-quality/")],
            set(),
        ),
        (
            "places/torino/",
            [("Places", "places/"), ("Turin", "places/torino/")],
            {"City"},
        ),
        (
            "partnerships/torino-nagoya/",
            [
                ("Partnerships", "partnerships/"),
                ("Turin – Nagoya", "partnerships/torino-nagoya/"),
            ],
            {"Collection", "City", "CreativeWork"},
        ),
        (
            "partnerships/torino-nagoya/changes/",
            [
                ("Partnerships", "partnerships/"),
                ("Turin – Nagoya", "partnerships/torino-nagoya/"),
                ("Changes", "partnerships/torino-nagoya/changes/"),
            ],
            set(),
        ),
    ],
)
def test_every_page_says_where_it_stands_and_what_it_is(client, atlas, path, trail, types):
    nodes = nodes_of(client, f"/en/{path}")

    assert trail_in(nodes) == [HOME, *((name, f"{SITE}/en/{at}") for name, at in trail)]
    assert nodes.keys() == {"BreadcrumbList", *types}


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_every_address_of_a_trail_leads_to_a_page(client, atlas, language):
    for path in ("sources/la-spezia-2025-09-24/", "partnerships/torino-nagoya/", "about/counts/"):
        for _name, address in trail_in(nodes_of(client, f"/{language}/{path}")):
            at = urlsplit(address)
            assert (at.scheme, at.netloc) == ("http", "testserver")
            assert resolve(at.path).app_name == "relations"
            assert at.path.startswith(f"/{language}/")


def test_a_page_that_refuses_says_nothing_of_itself(client, atlas):
    for path in ("partnerships/no-such/", "nothing/", "partnerships/?region=IT-99"):
        assert BLOCK.findall(client.get(f"/en/{path}").content.decode()) == []


def test_a_partnership_is_told_with_its_places_acts_and_events(client, db):
    partnership = make_partnership(
        slug="torino-nagoya",
        italian_place=make_italian_city(slug="torino", name_en="Turin", wikidata="Q495"),
        japanese_place=make_japanese_city(slug="nagoya"),
    )
    make_agreement(slug="act", title_en="Act", partnership=partnership, signed="2005")
    make_event(
        slug="visit",
        title_en="Visit",
        partnerships=(partnership,),
        start="2013-11",
        end="2013-11-04",
        place=partnership.japanese_place,
    )

    nodes = nodes_of(client, "/en/partnerships/torino-nagoya/")

    about = [{"@id": f"{SITE}/places/torino/"}, {"@id": f"{SITE}/places/nagoya/"}]
    assert nodes["Collection"][0]["@id"] == f"{SITE}/partnerships/torino-nagoya/"
    assert nodes["Collection"][0]["about"] == about
    assert nodes["Collection"][0]["hasPart"] == [
        {"@id": f"{SITE}/agreements/act/"},
        {"@id": f"{SITE}/events/visit/"},
    ]
    assert nodes["City"][0] | {"geo": 0, "containedInPlace": 0, "identifier": 0} == {
        "@type": "City",
        "@id": f"{SITE}/places/torino/",
        "name": "Turin",
        "alternateName": partnership.italian_place.name_it,
        "url": f"{SITE}/en/places/torino/",
        "sameAs": "http://www.wikidata.org/entity/Q495",
        "geo": 0,
        "containedInPlace": 0,
        "identifier": 0,
    }
    assert nodes["CreativeWork"] == [
        {
            "@type": "CreativeWork",
            "@id": f"{SITE}/agreements/act/",
            "name": "Act",
            "genre": "Twinning",
            "dateCreated": "2005",
            "about": about,
        }
    ]
    assert nodes["Event"] == [
        {
            "@type": "Event",
            "@id": f"{SITE}/events/visit/",
            "name": "Visit",
            "startDate": "2013-11",
            "endDate": "2013-11-04",
            "location": {
                "@type": "City",
                "@id": f"{SITE}/places/nagoya/",
                "name": partnership.japanese_place.name_en,
            },
            "about": about,
        }
    ]


@pytest.mark.parametrize("start", ["", "XXXX", "198X", "1986~", "2019-03-02?"])
def test_a_date_that_has_no_exact_form_is_left_out(client, db, start):
    partnership = make_partnership()
    make_event(partnerships=(partnership,), start=start)

    (event,) = nodes_of(client, partnership.get_absolute_url())["Event"]

    assert "startDate" not in event


def test_no_date_of_the_whole_atlas_is_more_precise_than_its_source(whole_atlas):
    partnerships = Partnership.objects.published().with_places()
    stated = {uri_of(act, SITE): act.signed for act in Agreement.objects.published()}
    stated |= {uri_of(event, SITE): event.start for event in Event.objects.published()}

    told = {}
    for partnership in partnerships:
        life = (partnership.public_agreements, partnership.public_events)
        for node in pages.partnership_page(partnership, *life, SITE):
            if node["@id"] in stated:
                told[node["@id"]] = node.get("dateCreated") or node.get("startDate", "")

    # An event of places alone has no partnership on whose page it is.
    assert told.items() <= {
        (name, edtf if edtf[-1:].isdigit() else "") for name, edtf in stated.items()
    }
    assert len(told) > 200


def test_a_region_is_an_area_of_its_country(client, db):
    region = make_region(slug="piemonte")

    (area,) = nodes_of(client, "/it/places/piemonte/")["AdministrativeArea"]

    assert (area["name"], area["identifier"]) == (region.name_it, region.code)
    assert area["containedInPlace"] == {"@type": "Country", "name": "Italia"}
    assert area["geo"] == {"@type": "GeoCoordinates", "latitude": 44.5, "longitude": 11.3}


def test_no_text_can_close_the_block_it_stands_in(client, db):
    act = make_agreement(title_en="</script><script>alert('1 & 2')</script>")
    page = act.partnership.get_absolute_url()

    (node,) = nodes_of(client, page)["CreativeWork"]

    assert node["name"] == "</script><script>alert('1 & 2')</script>"
    assert "<script>alert" not in client.get(page).content.decode()


def test_a_preview_says_nothing_to_programs(admin_client, db):
    act = make_agreement(state="draft")
    page = admin_client.get(f"/admin/relations/partnership/{act.partnership.pk}/preview/en/")

    assert page.status_code == 200
    assert BLOCK.findall(page.content.decode()) == []


def test_the_dataset_is_told_with_every_form_in_which_it_can_be_had():
    dataset = pages.dataset_page(SITE, f"{SITE}/en/data/", date(2026, 11, 8), parse("1960-05-03"))

    assert dataset["dateModified"] == "2026-11-08"
    assert dataset["temporalCoverage"] == "1960-05-03/.."
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {
        "@type": "DataDownload",
        "name": "places.geojson",
        "encodingFormat": "application/geo+json",
        "contentUrl": f"{SITE}/en/places.geojson",
    } in dataset["distribution"]


def test_the_page_on_the_data_tells_of_its_dataset(db):
    request = RequestFactory().get("/en/about/")
    request.resolver_match = resolve("/en/about/")
    template = Template("{% load linked %}{% dataset_data modified since %}")

    said = template.render(
        Context({"request": request, "modified": date(2026, 11, 8), "since": parse("1960")})
    )

    dataset, crumbs = json.loads(BLOCK.findall(said)[0])["@graph"]
    assert (dataset["@type"], dataset["url"]) == ("Dataset", f"{SITE}/en/about/")
    assert dataset["temporalCoverage"] == "1960/.."
    assert len(crumbs["itemListElement"]) == 2


def test_what_a_page_says_is_linked_data(client, atlas):
    (block,) = BLOCK.findall(client.get("/ja/partnerships/torino-nagoya/").content.decode())

    # The context of schema.org would be asked for over the network; this is what matters of it here.
    graph = read(json.dumps(json.loads(block) | {"@context": {"@vocab": "https://schema.org/"}}))

    assert {str(kind).rsplit("/", 1)[-1] for kind in graph.objects(None, RDF.type)} == {
        "AdministrativeArea",
        "BreadcrumbList",
        "City",
        "Collection",
        "CreativeWork",
        "GeoCoordinates",
        "ListItem",
    }


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("partnerships/torino-nagoya/", "/partnerships/torino-nagoya"),
        ("places/torino/", "/places/torino"),
        ("sources/la-spezia-2025-09-24/", "/sources/la-spezia-2025-09-24"),
        ("", "/catalog"),
    ],
)
def test_a_page_leads_to_the_same_as_linked_data(client, atlas, path, stem):
    html = client.get(f"/it/{path}").content.decode()

    for end, kind in (("ttl", "text/turtle"), ("jsonld", "application/ld+json")):
        assert f'<link rel="alternate" type="{kind}" href="{stem}.{end}">' in html
        assert client.get(f"{stem}.{end}").status_code == 200


def test_a_source_in_the_trail_is_called_by_its_name(client, db):
    act = make_agreement()
    source = make_source(slug="s", title="Comunicato", publisher="Comune")
    act.citations.update(source=source)

    assert trail_in(nodes_of(client, "/en/sources/s/"))[2:] == [
        ("Comune, Comunicato", f"{SITE}/en/sources/s/")
    ]
