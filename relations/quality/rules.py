"""When something in the data is weak: the rules, as conditions that the database checks.

The public report reads what is published by them, the worklist of the desk drafts too.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import CharField, Count, DateField, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from relations.enums import CitedField, Language, PublicationState, Renewal
from relations.models import Agreement, Citation, Event, Partnership, Party, Signatory

Record = Partnership | Agreement | Event

RECORDS = ("partnership", "agreement", "event")

# What is public, and what is or may come to be.
PUBLIC = (PublicationState.PUBLISHED,)
NOT_WITHDRAWN = (PublicationState.DRAFT, PublicationState.REVIEW, PublicationState.PUBLISHED)

# So many years after the newest of its sources a record counts as not verified.
VERIFIED_FOR = 1
# The partial date of each kind of record that must have one.
DATE_OF: dict[type[Record], str] = {Agreement: "signed", Event: "start"}
TEXTS_OF: dict[type[Record], tuple[str, ...]] = {
    Partnership: ("summary",),
    Agreement: ("title", "summary"),
    Event: ("title", "summary"),
}


def is_vague(name: str) -> Q:
    """Whether the partial date in field `name` is not known to the day, or not at all."""
    unknown = Q(**{f"{name}_earliest__isnull": True})
    return unknown | ~Q(**{f"{name}_earliest": F(f"{name}_latest")})


def is_untranslated(name: str, language: Language) -> Q:
    """Whether a trilingual text is missing in a language, and there in another."""
    texts = {other: Q(**{f"{name}_{other}": ""}) for other in Language}
    there = [~missing for other, missing in texts.items() if other != language]
    return texts[language] & (there[0] | there[1])


def untranslated(model: type[Record]) -> dict[str, Q]:
    """The same for every text of a kind of record, by the name of the column."""
    return {
        f"{name}_{language}": is_untranslated(name, language)
        for name in TEXTS_OF[model]
        for language in Language
    }


def disputed(
    citations: QuerySet[Citation], by: Collection[str] = RECORDS
) -> "QuerySet[Citation, Any]":
    """The facts on which sources state different values, as rows of values.

    Each has what names its record (by default its key, as `partnership`, `agreement` or
    `event`), its `field`, how many values are `differing`, and how many citations of it are
    `followed`.
    """
    facts: QuerySet[Citation, Any] = citations.order_by().values(*by, "field")
    counted: QuerySet[Citation, Any] = facts.annotate(
        differing=Count("stated", distinct=True),
        followed=Count("pk", filter=Q(preferred=True)),
    )
    return counted.filter(differing__gt=1)  # type: ignore[misc] # annotated above


def record_of(row: Mapping[str, Any]) -> tuple[str, int]:
    """The kind and the key of the record that a row of `disputed` is about."""
    kind = next(kind for kind in RECORDS if row[kind])
    return kind, row[kind]


def undecided(
    citations: QuerySet[Citation], by: Collection[str] = RECORDS
) -> "QuerySet[Citation, Any]":
    """Those of which none is preferred."""
    found: QuerySet[Citation, Any] = disputed(citations, by)
    return found.filter(followed=0)  # type: ignore[misc] # annotated there


def last_verified(states: Collection[PublicationState]) -> dict[tuple[str, int], str]:
    """The day of the newest source of each record that has a dated one, by its kind and key; in ISO 8601.

    A source counts by the day on which it was retrieved or, where none is given, was
    published; a year or a month by its last day. The sources of its agreements and events in
    some states count for a partnership too.
    """
    found: dict[tuple[str, int], str] = {}
    for kind, path, conditions in (
        ("agreement", "agreement", {}),
        ("event", "event", {}),
        ("partnership", "partnership", {}),
        ("partnership", "agreement__partnership", {"agreement__state__in": states}),
        ("partnership", "event__partnerships", {"event__state__in": states}),
    ):
        # As text, which costs less to read, and has the same order.
        day = Cast(
            Coalesce("source__retrieved", "source__published_latest", output_field=DateField()),
            CharField(),
        )
        citations = Citation.objects.order_by().filter(**{f"{path}__isnull": False}, **conditions)
        for key, last in citations.values_list(path).annotate(day=Max(day)):
            if last and last > found.get((kind, key), ""):
                found[kind, key] = last
    return found


def verified_since(on: date) -> date:
    """The first day that counts as verified on a day."""
    return on - relativedelta(years=VERIFIED_FOR)


def has_no_source(model: type[Record]) -> Q:
    """Whether a record cites nothing; a partnership does where what is told of it does."""
    paths = [model.__name__.lower()]
    if model is Partnership:
        paths += ["agreement__partnership", "event__partnerships"]
    nothing = Q()
    for path in paths:
        nothing &= ~Q(Exists(Citation.objects.filter(**{path: OuterRef("pk")})))
    return nothing


def facts_of_agreements() -> dict[CitedField, Q]:
    """For each fact of an agreement, whether it is filled in."""
    parties = Party.objects.filter(agreement=OuterRef("pk"))
    signatories = Signatory.objects.filter(party__agreement=OuterRef("pk"))
    sectors = Agreement.sectors.through.objects.filter(agreement=OuterRef("pk"))
    return {
        CitedField.KIND: ~Q(kind=""),
        CitedField.SIGNED: ~Q(signed=""),
        CitedField.SIGNED_AT: Q(signed_at__isnull=False),
        CitedField.PARTIES: Q(Exists(parties)),
        CitedField.SIGNATORIES: Q(Exists(signatories)),
        CitedField.TERM: Q(term_months__isnull=False),
        CitedField.RENEWAL: ~Q(renewal=Renewal.UNKNOWN),
        CitedField.ENDED: ~Q(ended=""),
        CitedField.SECTORS: Q(Exists(sectors)),
        CitedField.SUMMARY: ~Q(summary_it="", summary_ja="", summary_en=""),
    }
