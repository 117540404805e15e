"""What shows a place to the public, and which places that are."""

from django.db.models import Q

from relations.models.agreements import Agreement, AgreementQuerySet
from relations.models.events import Event, EventQuerySet
from relations.models.parties import Party
from relations.models.partnerships import Partnership, PartnershipQuerySet
from relations.models.places import TERRITORIES, Place, PlaceQuerySet


def showing(place: Place) -> tuple[PartnershipQuerySet, EventQuerySet, AgreementQuerySet]:
    """The partnerships, events and agreements that show a place where they are public.

    A region or prefecture is also shown by the partnerships and events of all places in it.
    """
    return (
        Partnership.objects.of_place_or_within(place),
        Event.objects.at(place),
        Agreement.objects.filter(Q(parties__place=place) | Q(signed_at=place)),
    )


def public_places() -> PlaceQuerySet:
    """The regions and prefectures, and the places that something public names."""
    acts, events = Agreement.objects.published(), Event.objects.published()
    partnerships = Partnership.objects.published()
    named = Q(kind__in=TERRITORIES)
    for places in (
        partnerships.values("italian_place"),
        partnerships.values("japanese_place"),
        Party.objects.filter(agreement__in=acts).values("place"),
        acts.exclude(signed_at=None).values("signed_at"),
        events.exclude(place=None).values("place"),
        Event.places.through.objects.filter(event__in=events).values("place"),
    ):
        named |= Q(pk__in=places.order_by())
    return Place.objects.filter(named)
