"""Places and partnerships on the map: GeoJSON (RFC 7946: longitude before latitude, WGS 84, no `crs`)."""

import json
from typing import Any

from relations.models import Partnership, Place
from relations.releases.editions import Edition
from relations.releases.rows import public_places
from relations.uris import uri_of

Json = dict[str, Any]
Point = tuple[float, float]

MEDIA_TYPE = "application/geo+json"


def places(edition: Edition) -> tuple[bytes, int]:
    """A point for each public place, and how many they are."""
    found = public_places().select_related("region").order_by()
    features = [
        _feature(
            place,
            edition.site,
            {"type": "Point", "coordinates": _point(place)},
            {
                "country": place.country,
                "kind": place.kind,
                "region": place.region.slug if place.region else None,
                **_names(place),
                "code": place.code,
                "wikidata": place.wikidata or None,
            },
        )
        for place in found
    ]
    return _collection(features)


def partnerships(edition: Edition) -> tuple[bytes, int]:
    """A line from Italy to Japan for each public partnership, and how many they are."""
    found = Partnership.objects.published().with_places().order_by()
    features = [
        _feature(
            partnership,
            edition.site,
            {
                "type": "LineString",
                "coordinates": [
                    _point(partnership.italian_place),
                    _point(partnership.japanese_place),
                ],
            },
            {
                "italian_place": partnership.italian_place.slug,
                "japanese_place": partnership.japanese_place.slug,
                "first_contact": partnership.first_contact or None,
            },
        )
        for partnership in found
    ]
    return _collection(features)


def _feature(record: Place | Partnership, site: str, geometry: Json, more: Json) -> Json:
    uri = uri_of(record, site)
    return {
        "type": "Feature",
        "id": uri,
        "geometry": geometry,
        "properties": {"slug": record.slug, "uri": uri, **more},
    }


def _names(place: Place) -> Json:
    return {name: getattr(place, name) for name in ("name_it", "name_ja", "name_en")}


def _point(place: Place) -> Point:
    return float(place.longitude), float(place.latitude)


def _collection(features: list[Json]) -> tuple[bytes, int]:
    features.sort(key=lambda feature: feature["properties"]["slug"])
    found: Json = {"type": "FeatureCollection"}
    if features:
        found["bbox"] = _box([point for feature in features for point in _points(feature)])
    found["features"] = features
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode(), len(features)


def _points(feature: Json) -> list[Point]:
    geometry = feature["geometry"]
    at = geometry["coordinates"]
    return [at] if geometry["type"] == "Point" else at


def _box(points: list[Point]) -> list[float]:
    """West, south, east, north."""
    longitudes, latitudes = zip(*points, strict=True)
    return [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
