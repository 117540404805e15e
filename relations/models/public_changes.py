"""What has changed before the eyes of the public: day, record and facts; nobody's name, nobody's words."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q

from relations.enums import ChangedFact, Language, PublicationState, PublicStep
from relations.models.agreements import Agreement, AgreementQuerySet
from relations.models.events import Event, EventQuerySet
from relations.models.parties import Party, Signatory
from relations.models.partnerships import Partnership, PartnershipQuerySet
from relations.models.places import Place, PlaceName
from relations.models.sources import Citation

# The facts that columns hold. A column that is not named here (a moment, a state) is none.
_FACTS: dict[type[models.Model], dict[str, ChangedFact]] = {
    Agreement: {
        "partnership": ChangedFact.PARTNERSHIP,
        "kind": ChangedFact.KIND,
        "title": ChangedFact.TITLE,
        "signed": ChangedFact.SIGNED,
        "signed_at": ChangedFact.SIGNED_AT,
        "term_months": ChangedFact.TERM,
        "renewal": ChangedFact.RENEWAL,
        "ended": ChangedFact.ENDED,
        "ended_reason": ChangedFact.ENDED,
        "supersedes": ChangedFact.EARLIER_ACTS,
        "renews": ChangedFact.EARLIER_ACTS,
        "sectors": ChangedFact.SECTORS,
        "summary": ChangedFact.SUMMARY,
        "clair_heads": ChangedFact.CLAIR,
        "clair_general": ChangedFact.CLAIR,
        "clair_council": ChangedFact.CLAIR,
        "slug": ChangedFact.ADDRESS,
    },
    Event: {
        "kind": ChangedFact.KIND,
        "title": ChangedFact.TITLE,
        "start": ChangedFact.START,
        "end": ChangedFact.END,
        "place": ChangedFact.PLACE,
        "partnerships": ChangedFact.PARTNERSHIPS,
        "places": ChangedFact.PLACES,
        "agreement": ChangedFact.AGREEMENT,
        "sectors": ChangedFact.SECTORS,
        "summary": ChangedFact.SUMMARY,
        "slug": ChangedFact.ADDRESS,
    },
    Partnership: {
        "italian_place": ChangedFact.ITALIAN_PLACE,
        "japanese_place": ChangedFact.JAPANESE_PLACE,
        "first_contact": ChangedFact.FIRST_CONTACT,
        "summary": ChangedFact.SUMMARY,
        "slug": ChangedFact.ADDRESS,
    },
}
# What is told of where a part changes: by the model of the part.
PARTS: dict[type[models.Model], ChangedFact] = {
    Party: ChangedFact.PARTIES,
    Signatory: ChangedFact.SIGNATORIES,
    Citation: ChangedFact.SOURCES,
}
_OUTER = {name: Q(pk=OuterRef(name)) for name in ("agreement", "event", "partnership")}
_LANGUAGES = tuple(f"_{language}" for language in Language.values)


def facts_in(model: type[models.Model], columns: Iterable[str]) -> set[ChangedFact]:
    """The facts of a record that some of its fields (by name or by column) hold."""
    facts = _FACTS.get(model, {})
    names = {name.removesuffix("_id") for name in columns}
    names = {name[:-3] if name.endswith(_LANGUAGES) else name for name in names}
    return {facts[name] for name in names if name in facts}


def whole_of(record: models.Model) -> models.Model:
    """The record that one is a part of, with whose changes its own are told; itself where it is no part."""
    match record:
        case Party():
            return record.agreement
        case Signatory():
            return record.party.agreement
        case Citation():
            return record.target
        case PlaceName():
            return record.place
        case _:
            return record


def step_between(before: str | None, after: str | None) -> PublicStep | None:
    """What the public sees of a record that passes from a state to another, None if nothing.

    A state is None where there is no record (yet, or any more).
    """
    was, is_now = before == PublicationState.PUBLISHED, after == PublicationState.PUBLISHED
    if is_now:
        return None if was else PublicStep.ADDED if before is None else PublicStep.PUBLISHED
    return PublicStep.WITHDRAWN if was and after == PublicationState.WITHDRAWN else None


class PublicChangeQuerySet(models.QuerySet["PublicChange"]):
    """Sets of public changes."""

    def shown(
        self,
        agreements: AgreementQuerySet,
        events: EventQuerySet,
        partnerships: PartnershipQuerySet,
    ) -> "PublicChangeQuerySet":
        """Those of public records among some, and that others among these were withdrawn.

        Of what is withdrawn nothing else is told: the same as at its address.
        """
        acts, happened = agreements.filter(_OUTER["agreement"]), events.filter(_OUTER["event"])
        gone = Exists(acts.withdrawn()) | Exists(happened.withdrawn())
        return self.filter(
            Exists(acts.published())
            | Exists(happened.published())
            | Exists(partnerships.published().filter(_OUTER["partnership"]))
            | Q(gone, step=PublicStep.WITHDRAWN)
        )

    def with_records(self) -> "PublicChangeQuerySet":
        """Joins the records, and what these are called and linked by."""
        places = ("italian_place", "japanese_place")
        return self.select_related(
            *(f"partnership__{place}" for place in places),
            *(f"agreement__partnership__{place}" for place in places),
            "event",
        ).prefetch_related(*(f"event__partnerships__{place}" for place in places), "event__places")

    def last_facts(
        self, records: Iterable[Agreement | Event]
    ) -> dict[Agreement | Event, list[str]]:
        """The facts, in words, that changed last of each of some public records; nothing of what only became public."""
        known = {(type(record), record.pk): record for record in records}
        acts, events = ([key for of, key in known if of is model] for model in (Agreement, Event))
        changes = self.filter(Q(agreement__in=acts) | Q(event__in=events)).order_by("moment", "pk")
        facts: dict[Agreement | Event, list[str]] = {}
        for change in changes:
            key = change.agreement_id or change.event_id or 0
            facts[known[Agreement if change.agreement_id else Event, key]] = change.fact_labels
        return facts

    def latest_first(self) -> "PublicChangeQuerySet":
        """Ordered by moment, the last first."""
        return self.order_by("-moment", "-pk")


class PublicChange(models.Model):
    """That facts of a record changed at a moment, while it was public, or that it became so or ceased to be.

    Written with each version (see `relations.models.history`) and by each load; one row for a
    record and a change, of however many of its parts. `facts` are codes of `ChangedFact`.
    """

    moment = models.DateTimeField()
    step = models.CharField(max_length=10, choices=PublicStep, blank=True)
    facts = models.JSONField(default=list)
    agreement = models.ForeignKey(
        Agreement, null=True, on_delete=models.CASCADE, related_name="public_changes"
    )
    event = models.ForeignKey(
        Event, null=True, on_delete=models.CASCADE, related_name="public_changes"
    )
    partnership = models.ForeignKey(
        Partnership, null=True, on_delete=models.CASCADE, related_name="public_changes"
    )

    objects = PublicChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = (models.Index(name="relations_publicchange_latest", fields=("-moment", "-id")),)
        constraints = (
            models.CheckConstraint(
                name="relations_publicchange_of_one_record",
                condition=Q(agreement__isnull=False, event__isnull=True, partnership__isnull=True)
                | Q(agreement__isnull=True, event__isnull=False, partnership__isnull=True)
                | Q(agreement__isnull=True, event__isnull=True, partnership__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d} {self.record}: {self.step} {' '.join(self.facts)}".strip()

    @property
    def record(self) -> Agreement | Event | Partnership:
        """What has changed."""
        record = self.agreement or self.event or self.partnership
        assert record is not None  # noqa: S101 # as the database sees to
        return record

    @property
    def subjects(self) -> list[Partnership | Place]:
        """The partnerships that it concerns or, of an event of none, the places."""
        if self.event:
            return [*self.event.partnerships.all()] or [*self.event.places.all()]
        return [self.agreement.partnership] if self.agreement else [self.record]  # type: ignore[list-item] # a partnership

    @property
    def is_withdrawn(self) -> bool:
        """Whether the record is no longer public."""
        return getattr(self.record, "state", "published") != PublicationState.PUBLISHED

    @property
    def fact_labels(self) -> list[str]:
        """The facts in words, in the order of the vocabulary."""
        return [str(fact.label) for fact in ChangedFact if fact.value in self.facts]

    def add(self, step: str, facts: Iterable[str]) -> None:
        """Tell of more that happened in the same change."""
        self.step = step or self.step
        self.facts = sorted({*self.facts, *(str(fact) for fact in facts)})
