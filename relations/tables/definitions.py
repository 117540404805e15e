"""The tables themselves."""

from typing import Any

from django.utils.translation import gettext_lazy as _

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
    PublicationState,
    Renewal,
    SourceKind,
)
from relations.models import (
    Agreement,
    Citation,
    Event,
    Partnership,
    Party,
    Place,
    PlaceName,
    Sector,
    Signatory,
    Source,
)
from relations.tables.columns import Column, Table
from relations.tables.forms import Choice, Day, Degrees, Form, Many, One, When, Whole, YesNo
from relations.tables.lines import Line, Lines, Mark, party_names

TEXT = Form()


def _three(name: str) -> tuple[Column, ...]:
    return tuple(Column(f"{name}_{language}", TEXT) for language in ("it", "ja", "en"))


def _texts(*names: str) -> dict[str, Form]:
    return dict.fromkeys(names, TEXT)


PARTIES = Lines(
    {
        "place": One("place"),
        "institution": Choice(Institution, Institution.LOCAL_GOVERNMENT),
        **_texts("name_it", "name_ja", "name_en"),
    },
    known_by=("place", "institution", "name_en"),
)
SIGNATORIES = Lines(
    _texts("party", "name", "name_ja", "office_it", "office_ja", "office_en"),
    known_by=("party", "name"),
)
CITATIONS = Lines(
    {
        "source": One("source"),
        "field": Choice(CitedField),
        "stated": TEXT,
        "preferred": Mark("preferred"),
        **_texts("note_it", "note_ja", "note_en"),
    },
    known_by=("source", "field", "stated"),
)
SPELLINGS = Lines({"text": TEXT, "language": Choice(Language)}, known_by=("text", "language"))


def _parties(act: Agreement) -> tuple[Line, ...]:
    return tuple(
        (p.place.slug, p.institution, p.name_it, p.name_ja, p.name_en) for p in act.parties.all()
    )


def _signatories(act: Agreement) -> tuple[Line, ...]:
    names = party_names((p.place.slug, p.institution, p.name_en) for p in act.parties.all())
    return tuple(
        (
            names[party.place.slug, party.institution, party.name_en],
            *(getattr(person, name) for name in list(SIGNATORIES.fields)[1:]),
        )
        for party in act.parties.all()
        for person in party.signatories.all()
    )


def _citations(record: Any) -> tuple[Line, ...]:
    return tuple(
        (c.source.slug, c.field, c.stated, c.preferred, c.note_it, c.note_ja, c.note_en)
        for c in record.citations.all()
    )


def _spellings(place: Place) -> tuple[Line, ...]:
    return tuple((name.text, name.language) for name in place.spellings.all())


_CITED = Column("citations", CITATIONS, _("which source says what"), _citations)
_STATE = Column("state", Choice(PublicationState), fixed=True)
_SUMMARY = _three("summary")
_TITLE = _three("title")

_PLACES = Table(
    "places",
    Place,
    (
        Column("slug", TEXT),
        Column("country", Choice(Country)),
        Column("kind", Choice(PlaceKind)),
        Column("region", One("place")),
        Column("macro_area", Choice(MacroArea)),
        *_three("name"),
        Column("reading", TEXT),
        Column("latitude", Degrees()),
        Column("longitude", Degrees()),
        Column("code", TEXT),
        Column("wikidata", TEXT),
        Column("spellings", SPELLINGS, _("other spellings"), _spellings),
    ),
    joined=("region",),
    fetched=("spellings",),
    parts=(PlaceName,),
)
_SOURCES = Table(
    "sources",
    Source,
    (
        Column("slug", TEXT),
        Column("kind", Choice(SourceKind)),
        Column("publisher", TEXT),
        Column("title", TEXT),
        Column("url", TEXT),
        Column("archived_url", TEXT),
        Column("language", Choice(Language)),
        Column("published", When()),
        Column("retrieved", Day()),
        *_three("note"),
    ),
)
_PARTNERSHIPS = Table(
    "partnerships",
    Partnership,
    (
        Column("slug", TEXT),
        Column("italian_place", One("place")),
        Column("japanese_place", One("place")),
        Column("first_contact", When()),
        *_SUMMARY,
        _CITED,
    ),
    joined=("italian_place", "japanese_place"),
    fetched=("citations__source",),
    parts=(Citation,),
)
_AGREEMENTS = Table(
    "agreements",
    Agreement,
    (
        Column("slug", TEXT),
        Column("partnership", One("partnership")),
        Column("kind", Choice(AgreementKind)),
        *_TITLE,
        Column("signed", When()),
        Column("signed_at", One("place")),
        Column("parties", PARTIES, _("the bodies that are bound"), _parties),
        Column("signatories", SIGNATORIES, _("who signed for which party"), _signatories),
        Column("sectors", Many("sector")),
        *_SUMMARY,
        Column("term_months", Whole()),
        Column("renewal", Choice(Renewal, Renewal.UNKNOWN)),
        Column("renews", One("agreement")),
        Column("supersedes", One("agreement")),
        Column("ended", When()),
        *_three("ended_reason"),
        *(
            Column(f"clair_{test}", Choice(Answer, Answer.UNKNOWN))
            for test in ("heads", "general", "council")
        ),
        _CITED,
        _STATE,
    ),
    joined=("partnership", "signed_at", "renews", "supersedes"),
    fetched=("parties__place", "parties__signatories", "sectors", "citations__source"),
    parts=(Party, Signatory, Citation),
)
_EVENTS = Table(
    "events",
    Event,
    (
        Column("slug", TEXT),
        Column("kind", Choice(EventKind)),
        *_TITLE,
        Column("start", When()),
        Column("end", When()),
        Column("place", One("place")),
        Column("partnerships", Many("partnership")),
        Column("places", Many("place")),
        Column("agreement", One("agreement")),
        Column("sectors", Many("sector")),
        *_SUMMARY,
        _CITED,
        _STATE,
    ),
    joined=("place", "agreement"),
    fetched=("partnerships", "places", "sectors", "citations__source"),
    parts=(Citation,),
)
_CITATIONS = Table(
    "citations",
    Citation,
    (
        Column("source", One("source")),
        Column("partnership", One("partnership")),
        Column("agreement", One("agreement")),
        Column("event", One("event")),
        Column("field", Choice(CitedField)),
        Column("stated", TEXT),
        Column("preferred", YesNo()),
        *_three("note"),
    ),
    key=("source", "partnership", "agreement", "event", "field", "stated"),
    order=(
        "partnership__slug",
        "agreement__slug",
        "event__slug",
        "field",
        "source__slug",
        "stated",
    ),
    joined=("source", "partnership", "agreement", "event"),
)
_SECTORS = Table(
    "sectors",
    Sector,
    (
        Column("code", TEXT),
        Column("parent", One("sector")),
        Column("order", Whole()),
        Column("colour", TEXT),
        *_three("name"),
    ),
    key=("code",),
    order=("order",),
    joined=("parent",),
    can_be_read=False,
)
TABLES = {
    table.kind: table
    for table in (
        _PLACES,
        _SOURCES,
        _PARTNERSHIPS,
        _AGREEMENTS,
        _EVENTS,
        _CITATIONS,
        _SECTORS,
    )
}
