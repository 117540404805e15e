"""What shows a place to the public."""

from django.db.models import Q

from relations.models.agreements import Agreement, AgreementQuerySet
from relations.models.events import Event, EventQuerySet
from relations.models.partnerships import Partnership, PartnershipQuerySet
from relations.models.places import Place


def showing(place: Place) -> tuple[PartnershipQuerySet, EventQuerySet, AgreementQuerySet]:
    """The partnerships, events and agreements that show a place where they are public.

    A region or prefecture is also shown by the partnerships and events of all places in it.
    """
    return (
        Partnership.objects.of_place_or_within(place),
        Event.objects.at(place),
        Agreement.objects.filter(Q(parties__place=place) | Q(signed_at=place)),
    )
