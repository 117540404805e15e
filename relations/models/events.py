"""What happened in the life of partnerships."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relations.dates import PartialDate
from relations.enums import EventKind, PublicationState
from relations.models.agreements import Agreement
from relations.models.changes import Tracked
from relations.models.fields import (
    PartialDateField,
    WithDerivedColumns,
    date_or_unknown,
    earliest,
    latest,
)
from relations.models.localized import Summarized, Titled, folded_texts
from relations.models.places import Place
from relations.models.publication import WITHDRAWN, Staged
from relations.models.sectors import Sector


class EventQuerySet(models.QuerySet["Event"]):
    """Sets of events."""

    def published(self) -> "EventQuerySet":
        """Those that the public sees."""
        return self.filter(state=PublicationState.PUBLISHED)

    def withdrawn(self) -> "EventQuerySet":
        """Those that were public and are no longer."""
        return self.filter(WITHDRAWN)

    def previewed(self) -> "EventQuerySet":
        """Those that are public, or may come to be."""
        return self.exclude(state=PublicationState.WITHDRAWN)

    def in_sectors(self, codes: Iterable[str]) -> "EventQuerySet":
        """Those about one of the sectors, or about one narrower than it."""
        about = Event.sectors.through.objects.filter(sector__in=Sector.objects.within(codes))
        return self.filter(pk__in=about.values("event"))

    def latest_first(self) -> "EventQuerySet":
        """Ordered by date, the newest first and those of unknown date last."""
        return self.order_by(F("start_earliest").desc(nulls_last=True), "slug")

    def at(self, place: Place) -> "EventQuerySet":
        """Those that took place there, of its partnerships, or that concern it beside the partners.

        For a region or prefecture those of all places in it too.
        """
        within = Place.objects.filter(Q(pk=place.pk) | Q(region=place))
        return self.filter(
            Q(place__in=within)
            | Q(places__in=within)
            | Q(partnerships__italian_place__in=within)
            | Q(partnerships__japanese_place__in=within)
        ).distinct()

    def get_by_natural_key(self, slug: str) -> "Event":
        """The event with this slug."""
        return self.get(slug=slug)


class Event(Titled, Summarized, Staged, Tracked, WithDerivedColumns):
    """Something dated that happened in the life of one or more partnerships."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    start = PartialDateField(
        _("date"),
        help_text=_("The day or the first day: 2024-02-14, 2024-02, 2024; empty if unknown."),
    )
    start_earliest = earliest("start")
    start_latest = latest("start")
    end = PartialDateField(_("last day"), help_text=_("Empty if it took one day or it is unknown."))
    end_earliest = earliest("end")
    end_latest = latest("end")
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events_held",
        help_text=_("Where it took place."),
    )
    partnerships = models.ManyToManyField(
        "relations.Partnership", verbose_name=_("partnerships"), blank=True, related_name="events"
    )
    places = models.ManyToManyField(
        Place,
        verbose_name=_("other places concerned"),
        blank=True,
        related_name="events_concerned",
        help_text=_("Places that took part and are not the partners themselves."),
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name=_("agreement"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
    )
    sectors = models.ManyToManyField(
        Sector, verbose_name=_("sectors"), blank=True, related_name="events"
    )
    folded = folded_texts("title", "summary")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("slug",)
        permissions = (
            ("publish_event", "Can publish event"),
            ("withdraw_event", "Can withdraw event"),
        )
        # Read by the latest events of the home page and of each partnership.
        indexes = (models.Index(name="relations_event_by_date", fields=("start_earliest", "slug")),)
        constraints = (
            models.CheckConstraint(
                name="relations_event_ends_after_it_starts",
                condition=Q(end_latest__isnull=True)
                | Q(start_earliest__isnull=True)
                | Q(end_latest__gte=F("start_earliest")),
                violation_error_message=_("An event cannot end before it starts."),
            ),
        )

    def natural_key(self) -> tuple[str]:
        """Its slug."""
        return (self.slug,)

    natural_key.dependencies = (  # type: ignore[attr-defined]
        "relations.place",
        "relations.partnership",
        "relations.agreement",
        "relations.sector",
    )

    def get_absolute_url(self) -> str:
        """Its place on the page of its (first) partnership, or else of a place that it concerns.

        Note: this reads `partnerships` and, without any, `places`; prefetch them in lists.
        """
        records = (*self.partnerships.all(), *self.places.all())
        return f"{records[0].get_absolute_url()}#{self.slug}" if records else ""

    def check_publishable(self) -> None:
        """Check what an event needs before the public may see it.

        Raises:
            ValidationError: a sentence for each thing that is missing, whose code names it.
        """
        errors = []
        if not self.partnerships.exists() and not self.places.exists():
            of_nobody = _("“%(event)s” concerns no partnership and no place.")
            errors.append(ValidationError(of_nobody, "partnerships", {"event": self}))
        if not self.citations.exists():
            no_source = _("“%(event)s” cites no source.")
            errors.append(ValidationError(no_source, "citations", {"event": self}))
        if not self.title:
            no_title = _("“%(slug)s” has no title in any language.")
            errors.append(ValidationError(no_title, "title", {"slug": self.slug}))
        if errors:
            raise ValidationError(errors)

    @property
    def start_date(self) -> PartialDate:
        """When it happened or began, as far as it is known."""
        return date_or_unknown(self.start)

    @property
    def end_date(self) -> PartialDate:
        """When it ended, as far as it is known."""
        return date_or_unknown(self.end)
