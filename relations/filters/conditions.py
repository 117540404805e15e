"""What a filter asks, one condition for each parameter that has counts beside its values."""

from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from relations.enums import Country, Status
from relations.models import Agreement, Event

if TYPE_CHECKING:
    from relations.filters.atlas_filter import AtlasFilter

_NEVER = Q(pk__in=[])


class Conditions:
    """The conditions of those parameters that are set, so that each can be left out or looked at alone.

    A condition is asked of an agreement, or of a telling: an event as part of the life of
    one of its partnerships.
    """

    def __init__(self, atlas_filter: "AtlasFilter") -> None:
        self.filter = atlas_filter

    def of_agreements_but(self, skip: Collection[str]) -> list[Q]:
        """What all parameters but some ask of an agreement."""
        asked = self._of_places
        if self.filter.sectors:
            about = Agreement.objects.in_sectors(self.filter.sectors)
            asked["sector"] = Q(pk__in=about.values("pk"))
        if self.filter.kinds:
            asked["kind"] = Q(kind__in=self.filter.kinds)
        if self.filter.statuses and "status" not in skip:
            by_status = self.filter.index.by_status(self.filter.on)
            wanted = reduce(or_, (by_status.get(status, 0) for status in self.filter.statuses))
            asked["status"] = Q(partnership__in=self.filter.index.partnerships_of(wanted))
        return _but(asked, skip)

    def of_tellings_but(self, skip: Collection[str]) -> list[Q]:
        """What all parameters but some ask of a telling that stands for a partnership without agreements.

        An event is of no kind of agreement, and such a partnership is a proposal.
        """
        asked = self._of_places
        if self.filter.sectors:
            about = Event.objects.in_sectors(self.filter.sectors)
            asked["sector"] = Q(event__in=about.values("pk"))
        if self.filter.kinds:
            asked["kind"] = _NEVER
        if self.filter.statuses and Status.PROPOSED not in self.filter.statuses:
            asked["status"] = _NEVER
        return _but(asked, skip)

    @property
    def _of_places(self) -> dict[str, Q]:
        """What the regions of each country ask of the partnership of either."""
        asked = {}
        for country, side in ((Country.ITALY, "italian_place"), (Country.JAPAN, "japanese_place")):
            regions = [
                self.filter.territories[code].pk
                for code in self.filter.regions
                if code.startswith(country)
            ]
            if regions:
                place = f"partnership__{side}"
                asked[country.value] = Q(**{f"{place}__in": regions}) | Q(
                    **{f"{place}__region__in": regions}
                )
        return asked


def _but(asked: Mapping[str, Q], skip: Collection[str]) -> list[Q]:
    return [condition for name, condition in asked.items() if name not in skip]
