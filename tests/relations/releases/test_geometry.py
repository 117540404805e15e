"""The GeoJSON files, read by a program that knows RFC 7946."""

import json

import pytest
from geojson_pydantic import FeatureCollection

from relations.releases import FILES, Edition
from tests.factories import make_agreement, make_italian_city, make_japanese_city, make_partnership
from tests.relations.releases.rows import SITE, slugs


def features(kind):
    body = FILES[f"{kind}.geojson"].make(Edition(SITE)).body
    return FeatureCollection.model_validate_json(body)


@pytest.mark.parametrize(
    ("kind", "geometry"), [("places", "Point"), ("partnerships", "LineString")]
)
def test_there_is_a_feature_for_each_public_row(atlas, kind, geometry):
    found = features(kind)

    assert sorted(feature.properties["slug"] for feature in found.features) == slugs(kind)
    assert {feature.geometry.type for feature in found.features} == {geometry}
    assert {feature.id for feature in found.features} == {
        f"{SITE}/{kind}/{slug}/" for slug in slugs(kind)
    }


def test_a_line_runs_from_italy_to_japan_longitude_first(db):
    make_agreement(
        partnership=make_partnership(
            italian_place=make_italian_city(latitude="45.07", longitude="7.69"),
            japanese_place=make_japanese_city(latitude="35.18", longitude="136.9"),
        )
    )

    (line,) = features("partnerships").features
    body = json.loads(FILES["partnerships.geojson"].make(Edition(SITE)).body)

    assert [(p.longitude, p.latitude) for p in line.geometry.coordinates] == [
        (7.69, 45.07),
        (136.9, 35.18),
    ]
    assert body["bbox"] == [7.69, 35.18, 136.9, 45.07]
    assert "crs" not in body


def test_where_nothing_is_public_there_are_no_features_and_no_box(db):
    body = json.loads(FILES["partnerships.geojson"].make(Edition(SITE)).body)

    assert (body["type"], body["features"], "bbox" in body) == ("FeatureCollection", [], False)
