"""The shapes of records as JSON objects: one shape, in the files of the lists and in the API.

Nothing is null but what is unknown or does not exist. Dates are EDTF (ISO 8601-2) and never
more precise than their source; codes and slugs are strings that last. The meanings here are
those that the OpenAPI document shows.
"""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from relations.dates import DatePrecision
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
    Status,
)

Slug = Annotated[str, Field(description="Its name in addresses, for ever.")]
Uri = Annotated[str, Field(description="The lasting address of the record.")]
PartialDay = Annotated[
    str | None,
    Field(
        description="As much of a date as is known, EDTF (ISO 8601-2 level 1): a day 2005-05-27, a month 2013-11, a year 1986, about 1986~, a decade 198X; XXXX where it happened at an unknown time.",
        examples=["2005-05-27"],
    ),
]
Kilometres = Annotated[int, Field(description="In kilometres along a great circle.")]


class Text(BaseModel):
    """A text in three languages, null where it is not written."""

    it: str | None
    ja: str | None
    en: str | None


class PlaceName(BaseModel):
    """Another spelling of a place, or a former name."""

    text: str
    language: Language


class PlaceReference(BaseModel):
    """What a place is called, where it is named by something else."""

    slug: Slug
    uri: Uri
    country: Country
    kind: PlaceKind
    code: Annotated[str, Field(description="ISTAT, JIS X 0402 or ISO 3166-2, with its zeros.")]
    name: Text


class PlaceItem(PlaceReference):
    """A city or another territory."""

    reading: Annotated[str | None, Field(description="In hiragana; of Japanese names only.")]
    other_names: list[PlaceName]
    region: Annotated[
        str | None, Field(description="The slug of the region or prefecture that contains it.")
    ]
    region_code: Annotated[str, Field(description="ISO 3166-2, of itself or of what contains it.")]
    macro_area: Annotated[MacroArea | None, Field(description="Of regions and prefectures only.")]
    latitude: Annotated[float, Field(description="Degrees, WGS 84.")]
    longitude: Annotated[float, Field(description="Degrees, WGS 84.")]
    wikidata: str | None
    partnership_count: Annotated[
        int, Field(description="Its own; of those that match, under a filter.")
    ]


class PartnershipItem(BaseModel):
    """The lasting relation of one Italian and one Japanese place."""

    slug: Slug
    uri: Uri
    italian_place: PlaceReference
    japanese_place: PlaceReference
    distance_km: Kilometres
    first_contact: PartialDay
    first_signed: PartialDay
    status: Annotated[
        Status, Field(description="As it follows from the agreements, on the day `status_as_of`.")
    ]
    status_as_of: date
    kinds: list[AgreementKind]
    sectors: list[str]
    agreement_count: int
    event_count: int
    source_count: int
    last_event: PartialDay
    summary: Text


class SignatoryItem(BaseModel):
    """A person who signed, in the office held then."""

    name: Annotated[str, Field(description="As signed.")]
    name_ja: Annotated[
        str | None, Field(description="In Japanese script, where a source gives it so.")
    ]
    office: Text


class PartyItem(BaseModel):
    """A body that an agreement binds."""

    place: PlaceReference
    institution: Institution
    name: Annotated[Text, Field(description="Null where it is the government of the place.")]
    signatories: list[SignatoryItem]


class ClairTests(BaseModel):
    """The three tests by which CLAIR counts a sister affiliation."""

    heads: Annotated[Answer, Field(description="Signed by the heads of both bodies.")]
    general: Annotated[Answer, Field(description="Not confined to one field.")]
    council: Annotated[Answer, Field(description="Approved by the council.")]


class AgreementItem(BaseModel):
    """One signed act."""

    slug: Slug
    uri: Uri
    partnership: Annotated[str, Field(description="The slug of the partnership.")]
    italian_place: PlaceReference
    japanese_place: PlaceReference
    kind: AgreementKind
    title: Text
    summary: Text
    signed: PartialDay
    signed_precision: DatePrecision
    signed_at: PlaceReference | None
    parties: list[PartyItem]
    sectors: list[str]
    term_months: int | None
    term_end: PartialDay
    renewal: Renewal
    renews: Annotated[str | None, Field(description="The slug of the act that this one prolongs.")]
    supersedes: Annotated[
        str | None, Field(description="The slug of the act that this one replaces.")
    ]
    ended: PartialDay
    ended_reason: Text
    status: Status
    status_as_of: date
    clair: ClairTests
    source_count: int
    added: datetime
    changed: datetime


class EventItem(BaseModel):
    """Something that happened in the life of partnerships."""

    slug: Slug
    uri: Uri
    kind: EventKind
    title: Text
    summary: Text
    start: PartialDay
    start_precision: DatePrecision
    end: PartialDay
    place: PlaceReference | None
    partnerships: Annotated[list[str], Field(description="Slugs.")]
    places: Annotated[list[PlaceReference], Field(description="Concerned, and not the partners.")]
    agreement: str | None
    sectors: list[str]
    source_count: int
    added: datetime
    changed: datetime


class SourceItem(BaseModel):
    """A publication that facts are taken from."""

    slug: Slug
    uri: Uri
    kind: SourceKind
    publisher: str | None
    title: str
    language: Language
    url: str | None
    archived_url: str | None
    published: PartialDay
    retrieved: date | None
    note: Text
    citation_count: Annotated[int, Field(description="How many facts it supports.")]


class CitationItem(BaseModel):
    """What a source says of one fact."""

    source: Annotated[str, Field(description="The slug of the source.")]
    subject: Annotated[str, Field(description="The address of the record of which the fact is.")]
    field: CitedField
    stated: Annotated[str | None, Field(description="The value in the source's own terms.")]
    preferred: Annotated[
        bool, Field(description="Whether the atlas follows it where sources differ.")
    ]
    note: Text


class SectorItem(BaseModel):
    """What cooperation is about; the broader ones count what is about any of their narrower ones."""

    code: str
    uri: Uri
    parent: Annotated[str | None, Field(description="The code of the broader sector.")]
    name: Text
    partnership_count: int
    event_count: int


class AnniversaryItem(BaseModel):
    """A round anniversary of a signature."""

    date: PartialDay
    years: int
    agreement: AgreementItem
