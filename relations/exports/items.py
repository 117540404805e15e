"""Records → JSON objects, see `relations.exports.schemas`."""

from functools import singledispatch
from typing import Any

from pydantic import BaseModel

from relations.anniversaries import Anniversary
from relations.dates import PartialDate
from relations.enums import (
    AgreementKind,
    Answer,
    CitedField,
    Country,
    EventKind,
    Institution,
    Language,
    MacroArea,
    PlaceKind,
    Renewal,
    SourceKind,
)
from relations.exports.schemas import (
    AgreementItem,
    AnniversaryItem,
    CitationItem,
    ClairTests,
    EventItem,
    PartnershipItem,
    PartyItem,
    PlaceItem,
    PlaceName,
    PlaceReference,
    SectorItem,
    SignatoryItem,
    SourceItem,
    Text,
)
from relations.models import (
    Agreement,
    Citation,
    Event,
    Partnership,
    Party,
    Place,
    Sector,
    Signatory,
    Source,
)
from relations.tables import Context
from relations.uris import uri_of


@singledispatch
def item(record: Any, context: Context) -> BaseModel:  # noqa: ARG001 # of those below
    """A record as an object.

    Note: it reads what `relations.exports.records` has fetched, and asks no more.
    """
    raise TypeError(type(record))


@item.register
def _of_place(place: Place, context: Context) -> PlaceItem:
    return PlaceItem(
        **_reference(place, context),
        reading=place.reading or None,
        other_names=[
            PlaceName(text=s.text, language=Language(s.language)) for s in place.spellings.all()
        ],
        region=place.region.slug if place.region else None,
        region_code=place.territory.code,
        macro_area=MacroArea(place.macro_area) if place.macro_area else None,
        latitude=float(place.latitude),
        longitude=float(place.longitude),
        wikidata=place.wikidata or None,
        partnership_count=place.partnership_count,  # type: ignore[attr-defined] # annotated
    )


@item.register
def _of_partnership(partnership: Partnership, context: Context) -> PartnershipItem:
    last = partnership.last_event
    return PartnershipItem(
        slug=partnership.slug,
        uri=uri_of(partnership, context.site),
        italian_place=reference(partnership.italian_place, context),
        japanese_place=reference(partnership.japanese_place, context),
        distance_km=partnership.distance_km,
        first_contact=partnership.first_contact or None,
        first_signed=_known(partnership.first_signed_date),
        status=partnership.status,  # type: ignore[attr-defined] # annotated
        status_as_of=context.on,
        kinds=partnership.kinds,
        sectors=[sector.code for sector in partnership.all_sectors],
        agreement_count=len(partnership.public_agreements),
        event_count=len(partnership.public_events),
        source_count=partnership.source_count,  # type: ignore[attr-defined] # annotated
        last_event=_known(last.start_date) if last else None,
        summary=text(partnership, "summary"),
    )


@item.register
def _of_agreement(act: Agreement, context: Context) -> AgreementItem:
    return AgreementItem(
        slug=act.slug,
        uri=uri_of(act, context.site),
        partnership=act.partnership.slug,
        italian_place=reference(act.partnership.italian_place, context),
        japanese_place=reference(act.partnership.japanese_place, context),
        kind=AgreementKind(act.kind),
        title=text(act, "title"),
        summary=text(act, "summary"),
        signed=act.signed or None,
        signed_precision=act.signed_date.precision,
        signed_at=reference(act.signed_at, context) if act.signed_at else None,
        parties=[_party(party, context) for party in act.parties.all()],
        sectors=sorted(sector.code for sector in act.sectors.all()),
        term_months=act.term_months,
        term_end=_known(act.term_end_date),
        renewal=Renewal(act.renewal),
        renews=act.renews.slug if act.renews else None,
        supersedes=act.supersedes.slug if act.supersedes else None,
        ended=act.ended or None,
        ended_reason=text(act, "ended_reason"),
        status=act.status,  # type: ignore[attr-defined] # annotated
        status_as_of=context.on,
        clair=ClairTests(
            heads=Answer(act.clair_heads),
            general=Answer(act.clair_general),
            council=Answer(act.clair_council),
        ),
        source_count=act.source_count,  # type: ignore[attr-defined] # annotated
        added=act.added,
        changed=act.changed,
    )


@item.register
def _of_event(event: Event, context: Context) -> EventItem:
    return EventItem(
        slug=event.slug,
        uri=uri_of(event, context.site),
        kind=EventKind(event.kind),
        title=text(event, "title"),
        summary=text(event, "summary"),
        start=event.start or None,
        start_precision=event.start_date.precision,
        end=event.end or None,
        place=reference(event.place, context) if event.place else None,
        partnerships=sorted(partnership.slug for partnership in event.partnerships.all()),
        places=[reference(place, context) for place in event.places.all()],
        agreement=event.agreement.slug if event.agreement else None,
        sectors=sorted(sector.code for sector in event.sectors.all()),
        source_count=event.source_count,  # type: ignore[attr-defined] # annotated
        added=event.added,
        changed=event.changed,
    )


@item.register
def _of_source(source: Source, context: Context) -> SourceItem:
    return SourceItem(
        slug=source.slug,
        uri=uri_of(source, context.site),
        kind=SourceKind(source.kind),
        publisher=source.publisher or None,
        title=source.title,
        language=Language(source.language),
        url=source.url or None,
        archived_url=source.archived_url or None,
        published=source.published or None,
        retrieved=source.retrieved,
        note=text(source, "note"),
        citation_count=source.citation_count,  # type: ignore[attr-defined] # annotated
    )


@item.register
def _of_citation(citation: Citation, context: Context) -> CitationItem:
    return CitationItem(
        source=citation.source.slug,
        subject=uri_of(citation.target, context.site),
        field=CitedField(citation.field),
        stated=citation.stated or None,
        preferred=citation.preferred,
        note=text(citation, "note"),
    )


@item.register
def _of_sector(sector: Sector, context: Context) -> SectorItem:
    return SectorItem(
        code=sector.code,
        uri=uri_of(sector, context.site),
        parent=sector.parent.code if sector.parent else None,
        name=text(sector, "name"),
        partnership_count=sector.partnership_count,  # type: ignore[attr-defined] # annotated
        event_count=sector.event_count,  # type: ignore[attr-defined] # annotated
    )


@item.register
def _of_anniversary(anniversary: Anniversary, context: Context) -> AnniversaryItem:
    return AnniversaryItem(
        date=_known(anniversary.when),
        years=anniversary.years,
        agreement=_of_agreement(anniversary.agreement, context),
    )


def text(record: Any, name: str) -> Text:
    """What a record says in `<name>_it`, `<name>_ja` and `<name>_en`."""
    return Text(
        **{language: getattr(record, f"{name}_{language}") or None for language in Language}
    )


def reference(place: Place, context: Context) -> PlaceReference:
    """A place as something else names it."""
    return PlaceReference(**_reference(place, context))


def _reference(place: Place, context: Context) -> dict[str, Any]:
    return {
        "slug": place.slug,
        "uri": uri_of(place, context.site),
        "country": Country(place.country),
        "kind": PlaceKind(place.kind),
        "code": place.code,
        "name": text(place, "name"),
    }


def _party(party: Party, context: Context) -> PartyItem:
    return PartyItem(
        place=reference(party.place, context),
        institution=Institution(party.institution),
        name=text(party, "name"),
        signatories=[_signatory(person) for person in party.signatories.all()],
    )


def _signatory(person: Signatory) -> SignatoryItem:
    return SignatoryItem(
        name=person.name, name_ja=person.name_ja or None, office=text(person, "office")
    )


def _known(when: PartialDate) -> str | None:
    return when.edtf or None
