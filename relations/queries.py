"""Reads across models: what the pages ask for, as querysets and small dataclasses."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q

from relations.dates import PartialDate, year_of
from relations.enums import Country, MacroArea
from relations.models import (
    Agreement,
    Citation,
    Event,
    Partnership,
    Party,
    Place,
    Sector,
    Source,
)
from relations.models.agreements import AgreementQuerySet
from relations.models.events import EventQuerySet
from relations.models.partnerships import TEXTS, PartnershipQuerySet, first_signed
from relations.models.sources import SourceQuerySet
from relations.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Numbers:
    """The counts that people quote, each of one thing only."""

    partnerships: int
    agreements: int
    italian_places: int
    japanese_places: int
    events: int
    sources: int


def numbers() -> Numbers:
    """Count what is public. A place counts once, however many partners it has."""
    partnerships = Partnership.objects.published().aggregate(
        partnerships=Count("pk", distinct=True),
        italian_places=Count("italian_place", distinct=True),
        japanese_places=Count("japanese_place", distinct=True),
    )
    return Numbers(
        **partnerships,
        agreements=Agreement.objects.published().count(),
        events=Event.objects.published().count(),
        sources=Source.objects.published().count(),
    )


@dataclass(frozen=True, slots=True)
class Life:
    """One partnership with all that is public of it."""

    partnership: Partnership
    agreements: list[Agreement]
    events: list[Event]
    provenance: Provenance

    @property
    def first_signed_date(self) -> PartialDate:
        """When the first dated act was signed."""
        return first_signed(self.agreements)

    @property
    def sectors(self) -> set[Sector]:
        """What it is about: what its agreements are, or its events where it has none."""
        records: list[Agreement] | list[Event] = self.agreements or self.events
        return {sector for record in records for sector in record.sectors.all()}


def life_of(partnership: Partnership, on: date, *, drafts: bool = False) -> Life:
    """All that is public of a partnership (with `drafts`: or may be), its agreements with their status on a day."""
    acts, happened = partnership.agreements, partnership.events
    parties = (
        Party.objects.select_related("place")
        .prefetch_related("signatories")
        .order_by("place__country", "place__slug", "institution", "name_en")
    )
    agreements = list(
        (acts.previewed() if drafts else acts.published())
        .with_status(on)
        .select_related("signed_at", "renews", "supersedes")
        .prefetch_related(
            "sectors",
            Prefetch("parties", parties),
            Prefetch("renewed_by", Agreement.objects.published()),
        )
        .order_by(F("signed_earliest").asc(nulls_last=True), "slug")
    )
    if not drafts:
        for act in agreements:
            act.renews, act.supersedes = if_public(act.renews), if_public(act.supersedes)
    events = list(
        (happened.previewed() if drafts else happened.published())
        .select_related("place", "agreement")
        .prefetch_related("sectors", "places", "partnerships")
        .order_by(F("start_earliest").asc(nulls_last=True), "slug")
    )
    citations = Citation.objects.filter(
        Q(partnership=partnership) | Q(agreement__in=agreements) | Q(event__in=events)
    ).select_related("source")
    return Life(
        partnership,
        agreements,
        events,
        Provenance(citations.order_by("source__published", "source", "pk")),
    )


def if_public(act: Agreement | None) -> Agreement | None:
    """An act that another record names, unless it is a draft or withdrawn."""
    return act if act and act.is_published else None


def withdrawn_of(partnership: Partnership) -> list[Agreement | Event]:
    """What was public of a partnership and is no longer, the last withdrawn first."""
    records = [*partnership.agreements.withdrawn(), *partnership.events.withdrawn()]
    return sorted(records, key=lambda r: (r.withdrawn_on or date.min, r.slug), reverse=True)


def listed(partnerships: PartnershipQuerySet, on: date) -> PartnershipQuerySet:
    """Partnerships with all that a row of a list shows."""
    return partnerships.with_places().with_status(on).with_dates().with_life()


def source_counts(partnerships: Iterable[Partnership]) -> dict[int, int]:
    """How many sources each partnership rests on, those of its public agreements and events included.

    Note: this reads the agreements and events of each, see `PartnershipQuerySet.with_life`.
    """
    owners: dict[tuple[str, int], set[int]] = defaultdict(set)
    for partnership in partnerships:
        owners["partnership", partnership.pk].add(partnership.pk)
        for act in partnership.public_agreements:
            owners["agreement", act.pk].add(partnership.pk)
        for event in partnership.public_events:
            owners["event", event.pk].add(partnership.pk)
    targets = Q(pk__in=[])
    for kind in ("partnership", "agreement", "event"):
        targets |= Q(**{f"{kind}__in": [pk for of, pk in owners if of == kind]})
    sources: dict[int, set[int]] = defaultdict(set)
    columns = ("source", "partnership", "agreement", "event")
    for source, *keys in Citation.objects.filter(targets).values_list(*columns):
        kind, key = next((kind, key) for kind, key in zip(columns[1:], keys, strict=True) if key)
        for owner in owners[kind, key]:
            sources[owner].add(source)
    return {partnership.pk: len(sources[partnership.pk]) for partnership in partnerships}


def listed_agreements(agreements: AgreementQuerySet) -> AgreementQuerySet:
    """Agreements with all that a row of a list shows."""
    return agreements.select_related(
        "partnership__italian_place__region", "partnership__japanese_place__region", "signed_at"
    ).prefetch_related("sectors", Prefetch("parties", Party.objects.select_related("place")))


def drawn_agreements(on: date) -> AgreementQuerySet:
    """Agreements with all that their mark on the timeline says, and their status on a day."""
    return (
        Agreement.objects.with_status(on)
        .defer(*TEXTS)
        .select_related("partnership__italian_place__region", "partnership__japanese_place__region")
    )


def drawn_events() -> EventQuerySet:
    """Events with all that their mark on the timeline says."""
    summaries = [name for name in TEXTS if not name.startswith("title")]
    partnerships = Partnership.objects.with_places().order_by("slug")
    return (
        Event.objects.defer(*summaries)
        .select_related("place")
        .prefetch_related(Prefetch("partnerships", partnerships), "places")
    )


@dataclass(frozen=True, slots=True)
class Territory:
    """A region or prefecture, its linked places, and how many partnerships it has, theirs included."""

    place: Place
    places: list[Place]
    partnership_count: int


def territories(
    country: Country, shown: Collection[int], counts: Mapping[int, int]
) -> dict[MacroArea, list[Territory]]:
    """Those of some places that are regions or prefectures of a country, by macro-area, each with the others in it.

    `shown` are the keys of the places, `counts` how many partnerships each has.
    """
    linked = Place.objects.filter(pk__in=shown).order_by("code")
    places = (
        Place.objects.in_country(country)
        .territories()
        .filter(pk__in=shown)
        .order_by("code")
        .prefetch_related(Prefetch("places", linked, to_attr="linked"))
    )
    areas: dict[MacroArea, list[Territory]] = {}
    for place in sorted(places, key=lambda place: MacroArea.values.index(place.macro_area)):
        within: list[Place] = place.linked  # type: ignore[attr-defined] # prefetched
        territory = Territory(place, within, sum(counts.get(p.pk, 0) for p in (place, *within)))
        areas.setdefault(MacroArea(place.macro_area), []).append(territory)
    return areas


@dataclass(frozen=True, slots=True)
class SectorCount:
    """A sector and the number of partnerships and of events about it or anything narrower."""

    sector: Sector
    partnerships: int
    events: int
    narrower: list["SectorCount"]


def sector_counts(acts: AgreementQuerySet, happened: EventQuerySet) -> list[SectorCount]:
    """The vocabulary as a tree with counts of some agreements and events.

    A partnership is about what its agreements are about.
    """
    partnerships = _rows_of_sectors(acts, "partnership")
    events = _rows_of_sectors(happened, "pk")
    sectors = list(Sector.objects.order_by("order"))

    def counted(sector: Sector) -> SectorCount:
        narrower = [counted(child) for child in sectors if child.parent_id == sector.pk]
        return SectorCount(sector, len(partnerships[sector.pk]), len(events[sector.pk]), narrower)

    return [counted(sector) for sector in sectors if sector.parent_id is None]


def _rows_of_sectors(records: AgreementQuerySet | EventQuerySet, row: str) -> dict[int, set[int]]:
    """The distinct values of `row` for each sector, a broad one having those of its narrower ones."""
    rows: dict[int, set[int]] = defaultdict(set)
    for sector, parent, value in records.values_list("sectors", "sectors__parent", row):
        for key in filter(None, (sector, parent)):
            rows[key].add(value)
    return rows


def counted_agreements(on: date) -> AgreementQuerySet:
    """The public agreements with their status on a day, and all that `relations.counts` reads of them."""
    return (
        Agreement.objects.published()
        .with_status(on)
        .select_related("partnership__italian_place", "partnership__japanese_place")
        .prefetch_related(Prefetch("parties", Party.objects.select_related("place")))
        .order_by(F("signed_earliest").asc(nulls_last=True), "slug")
    )


def sources_by_slug(slugs: Iterable[str]) -> dict[str, Source]:
    """The public sources of these slugs."""
    return {source.slug: source for source in Source.objects.published().filter(slug__in=slugs)}


def latest_agreements(count: int) -> list[Agreement]:
    """The last public agreements by date, those of unknown date left out."""
    dated = Agreement.objects.published().filter(signed_earliest__isnull=False)
    return list(listed_agreements(dated).order_by("-signed_earliest", "slug")[:count])


def listed_events(events: EventQuerySet) -> EventQuerySet:
    """Events with all that a row of a list shows, the newest first."""
    return (
        events.latest_first()
        .select_related("place")
        .prefetch_related("partnerships", "places", "sectors")
    )


def listed_sources() -> SourceQuerySet:
    """The public sources with `citation_count`, how often each is cited in public; newest first."""
    public = Q(citations__in=Citation.objects.published())
    return (
        Source.objects.published()
        .annotate(citation_count=Count("citations", filter=public))
        .latest_first()
    )


def by_year(sources: Iterable[Source]) -> list[tuple[int | None, list[Source]]]:
    """Sources by their year of publication, in the order of the first of each; those of no known year last."""
    years: dict[int | None, list[Source]] = defaultdict(list)
    for source in sources:
        years[year_of(source.published)].append(source)
    undated = years.pop(None, [])
    return [*years.items(), *([(None, undated)] if undated else [])]


Supported = list[tuple[Partnership | Agreement | Event, list[Citation]]]


def supported_by(source: Source) -> Supported:
    """The public records that a source supports, each with the facts that it states of them."""
    citations = (
        source.citations.published()
        .select_related(
            "partnership__italian_place",
            "partnership__japanese_place",
            "agreement__partnership",
            "event",
        )
        .prefetch_related("event__partnerships", "event__places")
    )
    records: dict[Partnership | Agreement | Event, list[Citation]] = defaultdict(list)
    for citation in citations:
        records[citation.target].append(citation)
    return list(records.items())
