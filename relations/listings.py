"""What each list of the atlas holds under a filter, and in which order.

A page, its files and the API ask here, so that they cannot disagree. Keys come out, not
records: each reads of these what it shows.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import get_language

from relations.filters import AtlasFilter
from relations.filters.bits import Ordered
from relations.models import Agreement, Citation, Event, Partnership, Place, Sector, Source
from relations.models.agreements import AgreementQuerySet
from relations.models.events import EventQuerySet
from relations.models.partnerships import PartnershipQuerySet
from relations.models.sources import CitationQuerySet

Sorts = Mapping[str, str]


def partnership_sorts() -> Sorts:
    """The sortable columns of partnerships and their fields; Japanese names sort by reading in Japanese."""
    language = get_language()
    return {
        "italian": f"italian_place__name_{language}",
        "japanese": "japanese_place__reading"
        if language == "ja"
        else f"japanese_place__name_{language}",
        "since": "first_signed",
        "event": "last_told",
    }


def agreement_sorts() -> Sorts:
    """The sortable columns of agreements and their fields."""
    return {"signed": "signed_earliest", "title": f"title_{get_language()}", "kind": "kind"}


def sorts_of(kind: str) -> Sorts:
    """The sortable columns of a list; none where its order is fixed."""
    return _SORTS[kind]() if kind in _SORTS else {}


def by(rows: QuerySet[Any], sort: str, field: str) -> QuerySet[Any]:
    """Rows by the field of the chosen column, downwards where `sort` begins with a minus; what has no value comes last either way."""
    value = F(field)
    downwards = sort.startswith("-")
    order = value.desc(nulls_last=True) if downwards else value.asc(nulls_last=True)
    return rows.order_by(order, "slug")


def keys_of(found: QuerySet[Any]) -> list[int]:
    """The keys of what was found, in its order."""
    return list(found.values_list("pk", flat=True))


def keys_in(found: QuerySet[Any]) -> Iterator[int]:
    """The same one by one, of very many."""
    keys: Iterator[int] = found.values_list("pk", flat=True).iterator()
    return keys


# The lists


def partnerships(atlas_filter: AtlasFilter, within: Place | None = None) -> Sequence[int]:
    """The partnerships that match, by their first agreement; those of one place, or of all places in it, where one is given."""
    index, sort = atlas_filter.index, atlas_filter.sort or "since"
    field = partnership_sorts()[sort.removeprefix("-")]

    def places() -> Iterator[int | None]:
        rows = by(Partnership.objects.published().with_dates(), sort, field)
        return map(index.place_of_partnership, keys_in(rows))

    rows = index.firsts_of(atlas_filter.answer.rows())
    if within:
        those = Partnership.objects.of_place_or_within(within)
        rows &= index.rows_of(map(index.place_of_partnership, keys_in(those)))
    order = index.order(("partnerships", field, sort.startswith("-")), places)
    return Ordered(rows, order, index.partnerships)


def agreements(atlas_filter: AtlasFilter) -> Sequence[int]:
    """The agreements that match, the newest first."""
    index, sort = atlas_filter.index, atlas_filter.sort or "-signed"
    field = agreement_sorts()[sort.removeprefix("-")]

    def places() -> Iterator[int | None]:
        return map(index.place_of_act.get, keys_in(by(Agreement.objects.published(), sort, field)))

    order = index.order(("agreements", field, sort.startswith("-")), places)
    return Ordered(atlas_filter.answer.rows(), order, index.records)


def events(atlas_filter: AtlasFilter) -> list[int]:
    """The events of the timeline, the newest first; of the kinds that are asked for, where any are."""
    return keys_of(_happened(atlas_filter).latest_first())


def _happened(atlas_filter: AtlasFilter) -> EventQuerySet:
    found = atlas_filter.happened(Event.objects.published())
    return found.filter(kind__in=atlas_filter.events) if atlas_filter.events else found


def timeline(atlas_filter: AtlasFilter) -> list[tuple[str, int]]:
    """The agreements and events that the timeline shows, the oldest first: the name of a table and a key for each."""
    found = atlas_filter.apply(Agreement.objects.published())
    return chronicle(found, _happened(atlas_filter))


def chronicle(acts: AgreementQuerySet, happened: EventQuerySet) -> list[tuple[str, int]]:
    """Agreements and events by day; of what came on one day, acts first; what has no date comes last."""
    dated = [
        *(
            (day or date.max, "agreements", slug, key)
            for key, slug, day in acts.values_list("pk", "slug", "signed_earliest")
        ),
        *(
            (day or date.max, "events", slug, key)
            for key, slug, day in happened.values_list("pk", "slug", "start_earliest")
        ),
    ]
    return [(table, key) for _day, table, _slug, key in sorted(dated)]


def places(atlas_filter: AtlasFilter) -> list[int]:
    """The places of the partnerships that match and the territories that they lie in; all territories where nothing is asked."""
    those = matching(atlas_filter).order_by()
    partners = Place.objects.filter(
        Q(pk__in=those.values("italian_place")) | Q(pk__in=those.values("japanese_place"))
    )
    shown = Q(pk__in=partners) | Q(pk__in=partners.values("region"))
    if not atlas_filter.is_set:
        shown |= Q(pk__in=Place.objects.territories())
    return keys_of(Place.objects.filter(shown).order_by("country", "code"))


def sectors(_filter: AtlasFilter) -> list[int]:
    """The whole vocabulary, in its order; a filter changes what is counted."""
    return keys_of(Sector.objects.order_by("order"))


def sources(atlas_filter: AtlasFilter) -> list[int]:
    """The sources of what matches, the newest first."""
    found = Source.objects.filter(pk__in=_cited(atlas_filter).values("source"))
    return keys_of(found.latest_first())


def citations(atlas_filter: AtlasFilter) -> list[int]:
    """The citations of what matches, by what they are of."""
    return keys_of(
        _cited(atlas_filter).order_by(
            *(
                F(f"{kind}__slug").asc(nulls_last=True)
                for kind in ("partnership", "agreement", "event")
            ),
            "field",
            "source__slug",
            "stated",
        )
    )


Find = Callable[[AtlasFilter], Sequence[int]]
# By the name of the table that the keys are of.
LISTS: dict[str, Find] = {
    "partnerships": partnerships,
    "agreements": agreements,
    "events": events,
    "places": places,
    "sectors": sectors,
    "sources": sources,
    "citations": citations,
}
_SORTS: dict[str, Callable[[], Sorts]] = {
    "partnerships": partnership_sorts,
    "agreements": agreement_sorts,
}


# What is counted under a filter


def matching(atlas_filter: AtlasFilter) -> PartnershipQuerySet:
    """The public partnerships that match."""
    return atlas_filter.partnerships(Partnership.objects.published())


def partnership_counts(atlas_filter: AtlasFilter) -> Counter[int]:
    """How many of the partnerships that match each place has, by its key."""
    rows = matching(atlas_filter).order_by().values_list("italian_place", "japanese_place")
    return Counter(key for pair in rows for key in pair)


def told(atlas_filter: AtlasFilter) -> tuple[AgreementQuerySet, EventQuerySet]:
    """The public agreements and events that sectors are counted by."""
    return (
        atlas_filter.apply(Agreement.objects.published()),
        atlas_filter.happened(Event.objects.published()),
    )


def _cited(atlas_filter: AtlasFilter) -> CitationQuerySet:
    """The citations of everything public; under a filter, of all that is public of the partnerships that match."""
    found = Citation.objects.published()
    return found.of_partnerships(matching(atlas_filter)) if atlas_filter.is_set else found
