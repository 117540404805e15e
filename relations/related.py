"""Partnerships that have something in common with one: its region, its prefecture, or a theme that few have."""

from collections.abc import Iterable
from dataclasses import dataclass

from relations.enums import Country
from relations.filters.index import Index
from relations.models import Partnership, Place, Sector

# Partnerships that are named for each reason; the list to which it leads has all.
MOST = 4
# Themes that are looked at, the rarest first.
MOST_SECTORS = 2
# A theme of more partnerships than one in so many says little of any two of them.
RARE = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """What some partnerships have in common, and the first of them that no reason before it has named.

    `query` is the filter that shows all `count` of them, the one whose page it is on included.
    """

    shared: Place | Sector
    query: str
    count: int
    partnerships: list[Partnership]

    @property
    def is_place(self) -> bool:
        """Whether it is a region or prefecture, and not a theme."""
        return isinstance(self.shared, Place)


@dataclass(frozen=True, slots=True)
class _Shared:
    """A territory or a sector, and the keys of all partnerships that have it."""

    record: Place | Sector
    keys: set[int]

    @property
    def query(self) -> str:
        name = "region" if isinstance(self.record, Place) else "sector"
        return f"?{name}={self.record.code}"


def related_to(partnership: Partnership, sectors: Iterable[Sector]) -> list[Reason]:
    """Others of the same region, of the same prefecture, and about the same rare sectors.

    Each is named once, at the first reason; those of the same place come first. Nothing
    that it shares with nobody is a reason.
    """
    index = Index.current()
    shared = [*_territories(partnership, index), *_rare(sectors, index)]
    ranked = _ranked(partnership, set().union(*(one.keys for one in shared)))
    named: dict[int, _Shared] = {}
    for one in shared:
        free = [key for key in ranked if key in one.keys and key not in named]
        named.update(dict.fromkeys(free[:MOST], one))
    rows = Partnership.objects.with_places().in_bulk(named)
    return [
        Reason(one.record, one.query, len(one.keys), members)
        for one in shared
        if (members := [rows[key] for key, of in named.items() if of is one and key in rows])
    ]


def _ranked(partnership: Partnership, keys: set[int]) -> list[int]:
    """The keys of others, those of either of its places first, and otherwise in the order of their addresses."""
    others = Partnership.objects.filter(pk__in=keys).exclude(pk=partnership.pk).order_by("slug")
    italian, japanese = partnership.italian_place_id, partnership.japanese_place_id
    rows = others.values_list("pk", "italian_place", "japanese_place")
    ranked = sorted(rows, key=lambda row: row[1] != italian and row[2] != japanese)
    return [key for key, _italian, _japanese in ranked]


def _territories(partnership: Partnership, index: Index) -> list[_Shared]:
    sides = (
        (Country.ITALY, partnership.italian_place.territory),
        (Country.JAPAN, partnership.japanese_place.territory),
    )
    return [
        _Shared(place, index.partnerships_of(index.masks[country].get(place.pk, 0)))
        for country, place in sides
    ]


def _rare(sectors: Iterable[Sector], index: Index) -> list[_Shared]:
    """The narrow sectors that it shares with others, but not with too many; those first that fewest have."""
    about = index.masks["sector"]
    narrow = sorted((s for s in sectors if s.parent_id), key=lambda sector: sector.order)
    found = [_Shared(sector, index.partnerships_of(about.get(sector.pk, 0))) for sector in narrow]
    most = max(MOST, index.total // RARE)
    shared = [one for one in found if 1 < len(one.keys) <= most]
    return sorted(shared, key=lambda one: len(one.keys))[:MOST_SECTORS]
