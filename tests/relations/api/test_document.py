"""The OpenAPI document, the page that explains it, and the examples."""

import re

import pytest
from django.test import Client

from relations.exports.examples import EXAMPLES
from relations.models import Place, Sector


def test_the_document_knows_the_codes_of_the_data(client: Client, atlas: None) -> None:
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"] == "3.1.0"
    parameters = document["paths"]["/api/v1/partnerships"]["get"]["parameters"]
    allowed = {
        p["name"]: p["schema"]["items"].get("enum") for p in parameters if "items" in p["schema"]
    }
    assert set(allowed["region"]) == {p.code for p in Place.objects.territories()}
    assert set(allowed["sector"]) == {sector.code for sector in Sector.objects.all()}


def test_every_address_and_every_field_is_described(client: Client, atlas: None) -> None:
    document = client.get("/api/v1/openapi.json").json()

    operations = [methods["get"] for methods in document["paths"].values()]
    assert len(operations) == 14
    assert [o["operationId"] for o in operations if not o.get("description")] == []
    shapes = document["components"]["schemas"]
    # Pydantic describes a page of a kind by its title alone.
    undescribed = [name for name, shape in shapes.items() if not shape.get("description")]
    assert [name for name in undescribed if not name.startswith("Page_")] == []


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_the_reference_shows_every_address_and_asks_nobody_else(
    client: Client, atlas: None, language: str
) -> None:
    html = client.get(f"/{language}/api/").content.decode()

    document = client.get("/api/v1/openapi.json").json()
    for path in document["paths"]:
        assert f"GET {path}<" in html
    loaded = re.findall(r'(?:src|href)="(https?://[^"]+)"', re.sub(r"<a [^>]*>", "", html))
    assert [url for url in loaded if not url.startswith("http://testserver/")] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.path)
def test_an_example_answers_its_question(client: Client, whole_atlas: None, example) -> None:
    response = client.get(example.path)

    assert response.status_code == 200
    if response["Content-Type"] == "application/json":
        body = response.json()
        assert body.get("items") or body.get("facets") or body.get("slug")
    else:
        assert len(response.content) > 1000


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.path)
def test_the_page_shows_the_example(client: Client, atlas: None, example) -> None:
    html = client.get("/en/api/").content.decode()

    assert f'href="{example.path.replace("&", "&amp;")}"' in html
