"""GeoJSON: what a program for maps sees (RFC 7946)."""

import json

import pytest
from geojson_pydantic import FeatureCollection

from relations.exports.features import write_geojson
from relations.models import Partnership
from tests.factories import make_agreement, make_event, make_partnership
from tests.relations.exports.rows import SITE, selection


@pytest.mark.parametrize("kind", ["partnerships", "agreements", "timeline", "places"])
def test_an_independent_reader_accepts_it(whole_atlas: None, kind: str) -> None:
    content = write_geojson(selection(kind))

    read = FeatureCollection.model_validate_json(content)
    found = json.loads(content)
    assert len(read.features) == found["count"] > 0
    assert "crs" not in found
    ids = [feature["id"] for feature in found["features"]]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith(f"{SITE}/") for one in ids)


def test_longitude_comes_first_and_lines_run_from_italy_to_japan(atlas: None) -> None:
    found = json.loads(write_geojson(selection("partnerships")))

    line = next(f for f in found["features"] if f["properties"]["slug"] == "torino-nagoya")
    pair = Partnership.objects.get(slug="torino-nagoya")
    assert line["geometry"] == {
        "type": "LineString",
        "coordinates": [
            [float(pair.italian_place.longitude), float(pair.italian_place.latitude)],
            [float(pair.japanese_place.longitude), float(pair.japanese_place.latitude)],
        ],
    }
    longitudes, latitudes = zip(
        *(position for f in found["features"] for position in f["geometry"]["coordinates"]),
        strict=True,
    )
    assert found["bbox"] == [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
    assert max(latitudes) < 47  # not the other way round
    assert max(longitudes) > 122


@pytest.mark.django_db
def test_an_event_without_a_place_has_no_geometry() -> None:
    make_event(partnerships=(make_agreement().partnership,), place=None)

    found = json.loads(write_geojson(selection("timeline")))

    geometries = {f["properties"]["record"]: f["geometry"] for f in found["features"]}
    assert geometries["event"] is None
    assert geometries["agreement"]["type"] == "LineString"


@pytest.mark.django_db
def test_what_is_unknown_is_null_and_a_year_stays_a_year() -> None:
    make_agreement(partnership=make_partnership(slug="of-a-year"), signed="1986")
    make_agreement(partnership=make_partnership(slug="of-no-date"), signed="")

    found = json.loads(write_geojson(selection("partnerships")))

    since = {f["properties"]["slug"]: f["properties"]["first_signed"] for f in found["features"]}
    assert since == {"of-a-year": "1986", "of-no-date": None}


@pytest.mark.django_db
def test_nothing_at_all_is_an_empty_collection_without_a_box() -> None:
    found = json.loads(write_geojson(selection("partnerships")))

    assert found["features"] == []
    assert "bbox" not in found
