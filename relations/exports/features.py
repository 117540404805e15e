"""Records on a map: GeoJSON (RFC 7946).

A place is a point, a partnership a line from the Italian place to the Japanese one, an
agreement the line of its partnership. An event is a point where it is known where it took
place, and else has no geometry. Coordinates are degrees of WGS 84, longitude first; the
properties are flat, so that programs for maps can use them as they are.
"""

import json
from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

from relations.anniversaries import Anniversary
from relations.exports.chronicle import ANNIVERSARIES, TIMELINE
from relations.exports.selection import Selection
from relations.licence import LICENCE_URL
from relations.models import Agreement, Event, Partnership, Place
from relations.tables import DERIVED, Context, Derived
from relations.uris import uri_of

Position = tuple[float, float]
Json = dict[str, Any]


def write_geojson(selection: Selection) -> bytes:
    """One feature for each row; on the page of a record, the record and its partners besides."""
    features = [*_around(selection), *(feature(row, selection.context) for row in selection.rows())]
    whole: Json = {"type": "FeatureCollection"}
    if box := _bounding_box(position for each in features for position in _positions(each)):
        whole["bbox"] = box
    whole |= {
        "name": selection.title,
        "url": selection.page,
        "count": selection.count,
        "as_of": selection.context.on.isoformat(),
        "licence": LICENCE_URL,
        "features": features,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


@singledispatch
def feature(record: Any, context: Context) -> Json:  # noqa: ARG001 # of those below
    """A record as a feature."""
    raise TypeError(type(record))


@feature.register
def _of_place(place: Place, context: Context) -> Json:
    own = {
        "slug": place.slug,
        "kind": place.kind,
        "country": place.country,
        "code": place.code,
        "wikidata": place.wikidata or None,
        **_three(place, "name"),
        **_properties(DERIVED["places"], place, context),
    }
    return _feature(place, _point(place), own, context)


@feature.register
def _of_partnership(partnership: Partnership, context: Context) -> Json:
    own = {
        "slug": partnership.slug,
        "italian_place": partnership.italian_place.slug,
        "japanese_place": partnership.japanese_place.slug,
        **_three(partnership, "summary"),
        **_properties(DERIVED["partnerships"], partnership, context),
    }
    return _feature(partnership, _line(partnership), own, context)


@feature.register
def _of_agreement(act: Agreement, context: Context) -> Json:
    own = _properties(TIMELINE, act, context)
    return _feature(act, _line(act.partnership), own, context)


@feature.register
def _of_event(event: Event, context: Context) -> Json:
    point = _point(event.place) if event.place else None
    return _feature(event, point, _properties(TIMELINE, event, context), context)


@feature.register
def _of_anniversary(anniversary: Anniversary, context: Context) -> Json:
    act = anniversary.agreement
    own = _properties(ANNIVERSARIES, anniversary, context)
    return _feature(act, _line(act.partnership), own, context)


def _feature(record: Any, geometry: Json | None, properties: Json, context: Context) -> Json:
    return {
        "type": "Feature",
        "id": uri_of(record, context.site),
        "geometry": geometry,
        "properties": properties,
    }


def _properties(columns: Iterable[Derived], record: Any, context: Context) -> Json:
    """Empty cells are null; what a cell holds several of stays one text, as flat programs want it."""
    return {
        c.name: value if value != "" else None
        for c in columns
        for value in [c.read(record, context)]
    }


def _three(record: Any, name: str) -> Json:
    return {
        f"{name}_{code}": getattr(record, f"{name}_{code}") or None for code in ("it", "ja", "en")
    }


def _around(selection: Selection) -> Iterator[Json]:
    """The record that a page is about, where the rows are not of its kind, and the places of a partnership."""
    subject, context = selection.subject, selection.context
    if isinstance(subject, Partnership):
        yield feature(subject, context)
        yield from (_endpoint(p, context) for p in (subject.italian_place, subject.japanese_place))
    elif isinstance(subject, Place):
        yield _endpoint(subject, context)


def _endpoint(place: Place, context: Context) -> Json:
    """A place without what is counted of it, which the page of another record does not read."""
    own = {"slug": place.slug, "kind": place.kind, "code": place.code, **_three(place, "name")}
    return _feature(place, _point(place), own, context)


def _position(place: Place) -> Position:
    return float(place.longitude), float(place.latitude)


def _point(place: Place) -> Json:
    return {"type": "Point", "coordinates": _position(place)}


def _line(partnership: Partnership) -> Json:
    """Eastward from Italy to Japan, which crosses no antimeridian."""
    ends = (partnership.italian_place, partnership.japanese_place)
    return {"type": "LineString", "coordinates": [_position(place) for place in ends]}


def _positions(each: Json) -> list[Position]:
    geometry = each["geometry"]
    if geometry is None:
        return []
    found = geometry["coordinates"]
    return found if geometry["type"] == "LineString" else [found]


def _bounding_box(positions: Iterable[Position]) -> list[float]:
    """West, south, east, north; empty where nothing has a place."""
    found = list(positions)
    if not found:
        return []
    longitudes, latitudes = zip(*found, strict=True)
    return [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
