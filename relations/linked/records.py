"""Which records a graph tells of, and how they are read: what is public, in a number of queries that does not grow."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q

from relations.models import Agreement, Citation, Event, Partnership, Party, Place, Sector, Source
from relations.models.agreements import AgreementQuerySet
from relations.models.events import EventQuerySet
from relations.models.partnerships import PartnershipQuerySet
from relations.models.places import PlaceQuerySet
from relations.models.sectors import SectorQuerySet
from relations.models.showing import public_places
from relations.models.sources import CitationQuerySet, SourceQuerySet


@dataclass(frozen=True, slots=True)
class Records:
    """Some records of each model. What of them is not public no graph tells."""

    partnerships: PartnershipQuerySet = field(default_factory=Partnership.objects.none)
    agreements: AgreementQuerySet = field(default_factory=Agreement.objects.none)
    events: EventQuerySet = field(default_factory=Event.objects.none)
    places: PlaceQuerySet = field(default_factory=Place.objects.none)
    sectors: SectorQuerySet = field(default_factory=Sector.objects.none)
    sources: SourceQuerySet = field(default_factory=Source.objects.none)

    def read_partnerships(self) -> PartnershipQuerySet:
        """The public partnerships, with what is told of them."""
        acts = Agreement.objects.published().prefetch_related("sectors", _PARTIES)
        return (
            self.partnerships.published()
            .with_places()
            .prefetch_related(
                Prefetch("agreements", acts), Prefetch("events", Event.objects.published())
            )
        )

    def read_agreements(self) -> AgreementQuerySet:
        """The public agreements, with what is told of them."""
        return (
            self.agreements.published()
            .select_related(
                "partnership__italian_place",
                "partnership__japanese_place",
                "signed_at",
                "supersedes",
                "renews",
            )
            .prefetch_related("sectors", _PARTIES)
        )

    def read_events(self) -> EventQuerySet:
        """The public events, with what is told of them."""
        partnerships = Partnership.objects.published().select_related(
            "italian_place", "japanese_place"
        )
        return (
            self.events.published()
            .select_related("place", "agreement")
            .prefetch_related("sectors", "places", Prefetch("partnerships", partnerships))
        )

    def read_places(self) -> PlaceQuerySet:
        """The places, all of which are public, with what is told of them."""
        partnerships = Partnership.objects.published()
        return self.places.select_related("region").prefetch_related(
            "spellings",
            Prefetch("partnerships_as_italian", partnerships),
            Prefetch("partnerships_as_japanese", partnerships),
        )

    def read_sectors(self) -> SectorQuerySet:
        """The sectors, all of which are public, with what is told of them."""
        return self.sectors.select_related("parent").prefetch_related("narrower")

    def read_sources(self) -> SourceQuerySet:
        """The public sources."""
        return self.sources.published()

    def read_citations(self) -> CitationQuerySet:
        """What sources state of these records, and these sources of other records, where those are public."""
        return (
            Citation.objects.filter(
                Q(partnership__in=self.partnerships.published())
                | Q(agreement__in=self.agreements.published())
                | Q(event__in=self.events.published())
                | Q(pk__in=Citation.objects.published().filter(source__in=self.sources))
            )
            .select_related("source", "partnership", "agreement", "event")
            .order_by("source__slug", "field", "stated", "pk")
        )


_PARTIES = Prefetch(
    "parties",
    Party.objects.select_related("place").order_by(
        "place__country", "place__slug", "institution", "name_en"
    ),
)


def everything() -> Records:
    """All that is public."""
    return Records(
        Partnership.objects.all(),
        Agreement.objects.all(),
        Event.objects.all(),
        public_places(),
        Sector.objects.all(),
        Source.objects.all(),
    )


def about(record: Any) -> Records:
    """A record with those in which its own facts stand: of a partnership its whole life."""
    return _ABOUT[type(record)](record)


def _about_partnership(partnership: Partnership) -> Records:
    ends = Q(pk__in=(partnership.italian_place_id, partnership.japanese_place_id))
    return Records(
        partnerships=Partnership.objects.filter(pk=partnership.pk),
        agreements=Agreement.objects.filter(partnership=partnership),
        events=Event.objects.filter(partnerships=partnership),
        places=Place.objects.filter(ends),
    )


_ABOUT: dict[type, Callable[[Any], Records]] = {
    Partnership: _about_partnership,
    Agreement: lambda act: Records(agreements=Agreement.objects.filter(pk=act.pk)),
    Event: lambda event: Records(events=Event.objects.filter(pk=event.pk)),
    Place: lambda place: Records(places=Place.objects.filter(pk=place.pk)),
    Sector: lambda sector: Records(sectors=Sector.objects.filter(pk=sector.pk)),
    Source: lambda source: Records(sources=Source.objects.filter(pk=source.pk)),
}
