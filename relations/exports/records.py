"""Keys of a list → records, with all that its files and the API say of them; some hundred at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from relations import listings, queries
from relations.filters import AtlasFilter
from relations.models import Agreement, Citation, Event, Partnership, Place, Sector
from relations.tables import TABLES

CHUNK = 500
# Kinds of rows of which the filter's rows are counted.
COUNTED = frozenset({"places", "sectors"})

Reader = Callable[[Sequence[int], date], Mapping[int, Any]]


def read(kind: str, keys: Sequence[int], on: date) -> Iterator[Any]:
    """The records of a table of the atlas, in the order of some keys; `on` is the day of their status.

    What became a draft since the keys were read is left out.
    """
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found = READERS[kind](chunk, on)
        yield from (found[key] for key in chunk if key in found)


def rows_of(kind: str, keys: Sequence[int], atlas_filter: AtlasFilter) -> Iterator[Any]:
    """The records of a table; places and sectors with what the filter leaves to be counted of them."""
    rows = read(kind, keys, atlas_filter.on)
    if kind == "places":
        return _with_partnership_counts(rows, listings.partnership_counts(atlas_filter))
    if kind == "sectors":
        return _with_sector_counts(rows, queries.sector_counts(*listings.told(atlas_filter)))
    return rows


def read_timeline(entries: Sequence[tuple[str, int]], on: date) -> Iterator[Any]:
    """Agreements and events in the order of some pairs of a table and a key."""
    for start in range(0, len(entries), CHUNK):
        chunk = entries[start : start + CHUNK]
        found = {
            kind: READERS[kind]([key for of, key in chunk if of == kind], on)
            for kind in ("agreements", "events")
        }
        yield from (found[kind][key] for kind, key in chunk if key in found[kind])


def _partnerships(keys: Sequence[int], on: date) -> Mapping[int, Partnership]:
    rows = Partnership.objects.published().with_places().with_life().with_status(on)
    found = TABLES["partnerships"].fetch(rows).in_bulk(list(keys))
    for key, count in queries.source_counts(found.values()).items():
        vars(found[key])["source_count"] = count
    return found


def _agreements(keys: Sequence[int], on: date) -> Mapping[int, Agreement]:
    rows = TABLES["agreements"].fetch(Agreement.objects.published().with_status(on))
    places = ("partnership__italian_place__region", "partnership__japanese_place__region")
    found = rows.select_related(*places, *TABLES["agreements"].joined).in_bulk(list(keys))
    for act in found.values():
        _count_sources(act)
        act.renews, act.supersedes = (
            queries.if_public(act.renews),
            queries.if_public(act.supersedes),
        )
    return found


def _events(keys: Sequence[int], _on: date) -> Mapping[int, Event]:
    rows = TABLES["events"].fetch(Event.objects.published())
    places = ("partnerships__italian_place", "partnerships__japanese_place")
    found = rows.prefetch_related(*places).in_bulk(list(keys))
    for event in found.values():
        _count_sources(event)
        event.agreement = queries.if_public(event.agreement)
    return found


def _places(keys: Sequence[int], _on: date) -> Mapping[int, Place]:
    return TABLES["places"].fetch(Place.objects.with_partnership_count()).in_bulk(list(keys))


def _sources(keys: Sequence[int], _on: date) -> Mapping[int, Any]:
    return queries.listed_sources().in_bulk(list(keys))


def _citations(keys: Sequence[int], _on: date) -> Mapping[int, Citation]:
    return TABLES["citations"].fetch(Citation.objects.published()).in_bulk(list(keys))


def _sectors(keys: Sequence[int], _on: date) -> Mapping[int, Sector]:
    return TABLES["sectors"].fetch(Sector.objects.all()).in_bulk(list(keys))


READERS: dict[str, Reader] = {
    "partnerships": _partnerships,
    "agreements": _agreements,
    "events": _events,
    "places": _places,
    "sources": _sources,
    "citations": _citations,
    "sectors": _sectors,
}


def _with_partnership_counts(places: Iterable[Place], counts: Mapping[int, int]) -> Iterator[Place]:
    for place in places:
        vars(place)["partnership_count"] = counts.get(place.pk, 0)
        yield place


def _with_sector_counts(
    sectors: Iterable[Sector], counts: Iterable[queries.SectorCount]
) -> Iterator[Sector]:
    flat = {c.sector.pk: c for broad in counts for c in (broad, *broad.narrower)}
    for sector in sectors:
        count = flat[sector.pk]
        vars(sector).update(partnership_count=count.partnerships, event_count=count.events)
        yield sector


def _count_sources(record: Agreement | Event) -> None:
    vars(record)["source_count"] = len({citation.source_id for citation in record.citations.all()})
