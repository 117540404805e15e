"""The catalogue has what DCAT-AP_IT asks for, and says of itself nothing that is not so."""

from datetime import date

import pytest
from django.test import override_settings
from django.utils import timezone
from rdflib import DCTERMS, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, FOAF

from relations.dates import UNKNOWN, parse
from relations.freshness import last_change
from relations.linked import json_ld, turtle
from relations.linked.catalog import LICENCE, catalog, day_of_last_change, first_signed
from relations.linked.downloads import DOWNLOADS, Download
from relations.linked.vocabulary import EU, VCARD
from tests.factories import make_agreement
from tests.relations.linked.conftest import SITE, read

DATASET = URIRef(f"{SITE}/catalog/#dataset")
CATALOG = URIRef(f"{SITE}/catalog/")


def made(since="1960-05-03", **more):
    """A catalogue of a day."""
    return catalog(SITE, date(2026, 11, 8), parse(since), **more)


@override_settings(CONTACT_EMAIL="atlas@example.org")
def test_it_passes_the_shapes(complaints):
    assert complaints(made()) == []


@pytest.mark.parametrize(
    ("subject", "predicate", "path"),
    [
        (CATALOG, DCTERMS.title, "dct:title"),
        (CATALOG, DCTERMS.publisher, "dct:publisher"),
        (CATALOG, DCAT.dataset, "dcat:dataset"),
        (DATASET, DCTERMS.title, "dct:title"),
        (DATASET, DCTERMS.description, "dct:description"),
        (DATASET, DCTERMS.identifier, "dct:identifier"),
        (DATASET, DCAT.theme, "dcat:theme"),
        (DATASET, DCTERMS.publisher, "dct:publisher"),
        (DATASET, DCTERMS.rightsHolder, "dct:rightsHolder"),
        (DATASET, DCTERMS.modified, "dct:modified"),
        (DATASET, DCTERMS.accrualPeriodicity, "dct:accrualPeriodicity"),
        (URIRef(f"{CATALOG}#places.csv"), DCTERMS.license, "dct:license"),
        (URIRef(f"{CATALOG}#places.csv"), DCAT.accessURL, "dcat:accessURL"),
        (URIRef(f"{CATALOG}#publisher"), DCTERMS.identifier, "dct:identifier"),
        (URIRef(f"{CATALOG}#publisher"), FOAF.name, "foaf:name"),
    ],
)
def test_the_shapes_see_each_mandatory_property_that_is_not_there(
    complaints, subject, predicate, path
):
    graph = made()
    graph.remove((subject, predicate, None))

    assert complaints(graph) == [path]


def test_the_shapes_see_a_wrong_code(complaints):
    graph = made()
    graph.set((DATASET, DCTERMS.accrualPeriodicity, Literal("sometimes")))

    assert complaints(graph) == ["dct:accrualPeriodicity"]


def test_it_speaks_three_languages():
    titles = {(str(t), t.language) for t in made().objects(DATASET, DCTERMS.title)}

    assert titles == {
        ("Atlante dei gemellaggi Italia–Giappone", "it"),
        ("日伊姉妹都市アトラス", "ja"),
        ("Italy–Japan Twinning Atlas", "en"),
    }


@override_settings(PUBLISHER_NAME="Fondazione", PUBLISHER_ID="fondazione")
def test_the_publisher_is_the_one_of_the_settings():
    graph = made()
    publisher = graph.value(DATASET, DCTERMS.publisher)

    assert publisher == graph.value(DATASET, DCTERMS.rightsHolder)
    assert str(graph.value(publisher, FOAF.name)) == "Fondazione"
    assert str(graph.value(publisher, DCTERMS.identifier)) == "fondazione"
    assert str(graph.value(DATASET, DCTERMS.identifier)) == "fondazione:twinnings"


@pytest.mark.parametrize(("email", "expected"), [("", []), ("a@b.org", ["mailto:a@b.org"])])
def test_whom_to_write_to_is_said_where_there_is_somebody(email, expected):
    with override_settings(CONTACT_EMAIL=email):
        graph = made()

    assert list(map(str, graph.objects(None, VCARD.hasEmail))) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("1960-05-03", Literal("1960-05-03", datatype=XSD.date)),
        ("1960", Literal("1960", datatype=XSD.gYear)),
        ("1960~", None),
        ("", None),
    ],
)
def test_the_period_starts_as_precisely_as_it_is_known(since, expected):
    assert made(since).value(URIRef(f"{CATALOG}#period"), DCAT.startDate) == expected


def test_each_download_is_a_distribution_under_its_licence():
    graph = made()
    files = {
        (str(address), graph.value(form, DCTERMS["format"]), graph.value(form, DCTERMS.license))
        for form, address in graph.subject_objects(DCAT.downloadURL)
    }

    assert files == {
        (SITE + download.path, EU[f"file-type/{download.file_type}"], LICENCE)
        for download in DOWNLOADS
    }
    assert f"{SITE}/en/agreements.geojson" in {address for address, *_ in files}


def test_other_downloads_may_be_listed():
    release = Download("1.0.zip", "/releases/1.0.zip", "ZIP", "application/zip")

    graph = made(downloads=[release])

    assert [str(url) for url in graph.objects(None, DCAT.downloadURL)] == [
        f"{SITE}/releases/1.0.zip"
    ]


def test_the_api_is_told_of_as_a_service():
    graph = made()
    service = graph.value(URIRef(f"{CATALOG}#api"), DCAT.accessService)

    assert str(graph.value(service, DCAT.endpointURL)) == f"{SITE}/api/v1/"
    assert graph.value(service, DCAT.servesDataset) == DATASET


def test_both_forms_are_read_back_to_the_same_graph():
    graph = made()

    assert isomorphic(Graph().parse(data=turtle(graph), format="turtle"), graph)
    assert isomorphic(read(json_ld(graph)), graph)


def test_the_day_of_last_change_is_that_of_public_data(atlas):
    moment = last_change()

    assert moment
    assert day_of_last_change() == timezone.localdate(moment)


def test_where_nothing_has_changed_yet_the_day_of_last_change_is_today(db):
    assert (day_of_last_change(), first_signed()) == (timezone.localdate(), UNKNOWN)


def test_the_oldest_act_is_found_among_the_public_ones(db):
    for signed, state in (("1960", "draft"), ("1971", "published"), ("2001-02-03", "published")):
        make_agreement(signed=signed, state=state)

    assert first_signed() == parse("1971")
