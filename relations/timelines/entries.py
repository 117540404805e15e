"""What stands on the timeline, read in a few flat queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from relations.dates import PartialDate, parse
from relations.models import Agreement, Event, Sector
from relations.models.agreements import AgreementQuerySet
from relations.models.events import EventQuerySet


@dataclass(frozen=True, slots=True)
class Entry:
    """An agreement or an event, as far as the timeline has to place it.

    `italian` and `japanese` are the macro-areas of its (first) partnership, `sector` is
    the first of its broad sectors; each is empty where it has none. `end` is the last day of an
    event that is known to have lasted.
    """

    key: int
    is_event: bool
    slug: str
    kind: str
    start: PartialDate
    end: PartialDate
    italian: str = ""
    japanese: str = ""
    sector: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether anything is known of when it was."""
        return self.start.is_known

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that it may have been, or lasted.

        Note: of dated entries only.
        """
        earliest, latest = self.start.earliest, self.end.latest or self.start.latest
        assert earliest is not None and latest is not None  # noqa: PT018, S101 # it is dated
        return earliest, latest

    @property
    def is_vague(self) -> bool:
        """Whether its date is said to be approximate or uncertain."""
        return self.start.approximate or self.start.uncertain


def acts_of(agreements: AgreementQuerySet, vocabulary: Mapping[str, Sector]) -> list[Entry]:
    """Agreements, the oldest first. `vocabulary` are all sectors by code."""
    rows = agreements.values_list(
        "pk",
        "slug",
        "kind",
        "signed",
        _area("partnership__italian"),
        _area("partnership__japanese"),
    )
    sectors = _first_sectors(Agreement.sectors.through.objects.all(), "agreement", vocabulary)
    entries = [
        Entry(pk, False, slug, kind, parse(signed), parse(""), it, jp, sectors.get(pk, ""))  # noqa: FBT003
        for pk, slug, kind, signed, it, jp in rows.order_by()
    ]
    return sorted(entries, key=_when)


def events_of(events: EventQuerySet, vocabulary: Mapping[str, Sector]) -> list[Entry]:
    """Events, the oldest first, each once however many partnerships it has."""
    areas = {
        event: (it, jp)
        for event, it, jp in Event.partnerships.through.objects.filter(event__in=events)
        # The first partnership by name is the one that stays.
        .order_by("-partnership__slug")
        .values_list("event", _area("partnership__italian"), _area("partnership__japanese"))
    }
    sectors = _first_sectors(Event.sectors.through.objects.all(), "event", vocabulary)
    rows = events.values_list("pk", "slug", "kind", "start", "end")
    entries = [
        Entry(
            pk,
            True,  # noqa: FBT003
            slug,
            kind,
            parse(start),
            parse(end),
            *areas.get(pk, ("", "")),
            sectors.get(pk, ""),
        )
        for pk, slug, kind, start, end in rows.order_by()
    ]
    return sorted(entries, key=_when)


def _area(side: str) -> Coalesce:
    """The macro-area of a partner, which may be a region itself."""
    return Coalesce(f"{side}_place__region__macro_area", f"{side}_place__macro_area")


def _first_sectors(
    about: QuerySet[Any], owner: str, vocabulary: Mapping[str, Sector]
) -> dict[int, str]:
    """The broad sector of each record that comes first in the vocabulary."""
    broad = {sector.pk: sector.parent or sector for sector in vocabulary.values()}
    found: dict[int, list[Sector]] = defaultdict(list)
    for record, sector in about.values_list(owner, F("sector")):
        found[record].append(broad[sector])
    return {
        record: min(sectors, key=lambda sector: sector.order).code
        for record, sectors in found.items()
    }


def _when(entry: Entry) -> tuple[date, bool, str]:
    """By day; of what came on one day, acts before events; what has no date last."""
    return (entry.start.earliest or date.max, entry.is_event, entry.slug)
