"""The lasting relation of one Italian and one Japanese place."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, StrIndex
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.dates import UNKNOWN, PartialDate
from relations.enums import AgreementKind, Country, Language, Status
from relations.models.agreements import Agreement
from relations.models.events import Event
from relations.models.fields import (
    PartialDateField,
    WithDerivedColumns,
    date_or_unknown,
    earliest,
    latest,
)
from relations.models.localized import Summarized, folded_texts
from relations.models.places import Place
from relations.models.sectors import Sector

if TYPE_CHECKING:
    from relations.models.places import PlaceQuerySet

# A partnership stands as the strongest of its agreements does.
_STRONGEST_FIRST = " ".join(
    (Status.IN_RENEWAL, Status.IN_FORCE, Status.UNKNOWN, Status.ENDED, Status.PROPOSED)
)


def first_signed(acts: list[Agreement]) -> PartialDate:
    """When the first dated one of acts, which are in order, was signed."""
    return next((act.signed_date for act in acts if act.signed_date.is_known), UNKNOWN)


def last_dated(events: list[Event]) -> Event | None:
    """The last dated one of events, which are in order."""
    return next((event for event in reversed(events) if event.start_date.is_known), None)


# The columns of acts and events that are most of what a row holds.
TEXTS = (
    "folded",
    *(f"{name}_{language}" for name in ("title", "summary") for language in Language),
)


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Sets of partnerships."""

    def published(self) -> "PartnershipQuerySet":
        """Those of which at least one agreement or event is public."""
        agreements = Agreement.objects.published().filter(partnership=OuterRef("pk"))
        events = Event.objects.published().filter(partnerships=OuterRef("pk"))
        return self.filter(Exists(agreements) | Exists(events))

    def withdrawn(self) -> "PartnershipQuerySet":
        """Those that were public and are no longer: all that was public of them is withdrawn."""
        agreements = Agreement.objects.withdrawn().filter(partnership=OuterRef("pk"))
        events = Event.objects.withdrawn().filter(partnerships=OuterRef("pk"))
        return self.exclude(pk__in=self.model.objects.published().values("pk")).filter(
            Exists(agreements) | Exists(events)
        )

    def with_places(self) -> "PartnershipQuerySet":
        """Joins both places and their regions."""
        return self.select_related("italian_place__region", "japanese_place__region")

    def with_status(self, on: date) -> "PartnershipQuerySet":
        """Annotates `status` (a `Status`) as it is on a day.

        The strongest status of its public agreements; proposed where it has none that
        counts yet.
        """
        standing = Agreement.objects.published().with_status(on).filter(partnership=OuterRef("pk"))
        place = StrIndex(Value(_STRONGEST_FIRST), F("status"))
        strongest = Subquery(standing.order_by(place).values_list(F("status"))[:1])
        return self.annotate(status=Coalesce(strongest, Value(Status.PROPOSED)))

    def with_dates(self) -> "PartnershipQuerySet":
        """Annotates `first_signed` and `last_told`: earliest days of the first act and the last event."""
        acts = Agreement.objects.published().filter(
            partnership=OuterRef("pk"), signed_earliest__isnull=False
        )
        events = Event.objects.published().filter(
            partnerships=OuterRef("pk"), start_earliest__isnull=False
        )
        return self.annotate(
            first_signed=Subquery(acts.order_by("signed_earliest").values("signed_earliest")[:1]),
            last_told=Subquery(events.order_by("-start_earliest").values("start_earliest")[:1]),
        )

    def oldest_first(self) -> "PartnershipQuerySet":
        """Ordered by the first act (see `with_dates`), those without a date last."""
        return self.order_by(F("first_signed").asc(nulls_last=True), "slug")

    def with_life(self) -> "PartnershipQuerySet":
        """Prefetches the public agreements with their sectors, and the public events."""
        # Lists show none of their texts.
        acts = Agreement.objects.published().defer(*TEXTS).prefetch_related("sectors")
        events = Event.objects.published().defer(*TEXTS)
        return self.prefetch_related(Prefetch("agreements", acts), Prefetch("events", events))

    def of_places(self, places: "PlaceQuerySet") -> "PartnershipQuerySet":
        """Those in which one of the places is a partner."""
        return self.filter(Q(italian_place__in=places) | Q(japanese_place__in=places))

    def of_place_or_within(self, place: Place) -> "PartnershipQuerySet":
        """Those of a place and, for a region or prefecture, of all places in it."""
        return self.of_places(Place.objects.filter(Q(pk=place.pk) | Q(region=place)))

    def between(self, italian: Place | int, japanese: Place | int) -> "PartnershipQuerySet":
        """That of two places or of their keys, if they have one."""
        return self.filter(italian_place=italian, japanese_place=japanese)

    def get_by_natural_key(self, slug: str) -> "Partnership":
        """The partnership with this slug."""
        return self.get(slug=slug)


class Partnership(Summarized, WithDerivedColumns):
    """The lasting relation of exactly one Italian and one Japanese place.

    It is one line on the map, one row on the timeline and one persistent URL. Its status
    is not a column: see `PartnershipQuerySet.with_status`.
    """

    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("Part of its lasting URL: torino-nagoya."),
    )
    italian_place = models.ForeignKey(
        Place,
        verbose_name=_("Italian place"),
        on_delete=models.PROTECT,
        related_name="partnerships_as_italian",
        limit_choices_to={"country": Country.ITALY},
    )
    japanese_place = models.ForeignKey(
        Place,
        verbose_name=_("Japanese place"),
        on_delete=models.PROTECT,
        related_name="partnerships_as_japanese",
        limit_choices_to={"country": Country.JAPAN},
    )
    first_contact = PartialDateField(_("first contact"))
    first_contact_earliest = earliest("first_contact")
    first_contact_latest = latest("first_contact")
    folded = folded_texts("summary")

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ("slug",)
        constraints = (
            models.UniqueConstraint(
                name="relations_partnership_once_per_pair",
                fields=("italian_place", "japanese_place"),
                violation_error_message=_(
                    "These two places already have a partnership: add the act to it."
                ),
            ),
        )

    def __str__(self) -> str:
        # Translators: the two places of a partnership.
        return _("%(italian)s – %(japanese)s") % {
            "italian": self.italian_place,
            "japanese": self.japanese_place,
        }

    def natural_key(self) -> tuple[str]:
        """Its slug."""
        return (self.slug,)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("relations:partnership_detail", args=(self.slug,))

    @staticmethod
    def slug_for(italian: Place, japanese: Place) -> str:
        """What the slug of the partnership of two places is made of: torino-nagoya."""
        return f"{italian.slug}-{japanese.slug}"

    def clean(self) -> None:
        """Check that it joins Italy to Japan."""
        super().clean()
        errors = {}
        if self.italian_place_id and self.italian_place.country != Country.ITALY:
            errors["italian_place"] = _("“%(place)s” is not in Italy.") % {
                "place": self.italian_place
            }
        if self.japanese_place_id and self.japanese_place.country != Country.JAPAN:
            errors["japanese_place"] = _("“%(place)s” is not in Japan.") % {
                "place": self.japanese_place
            }
        if errors:
            raise ValidationError(errors)

    @property
    def first_contact_date(self) -> PartialDate:
        """When the two sides first met, as far as it is known."""
        return date_or_unknown(self.first_contact)

    @property
    def public_agreements(self) -> list[Agreement]:
        """Its published agreements, oldest first, those of unknown date last.

        Note: this reads `self.agreements`; prefetch it where there are several rows.
        """
        acts = [act for act in self.agreements.all() if act.is_published]
        return sorted(acts, key=lambda act: (act.signed_earliest or date.max, act.slug))

    @property
    def first_signed_date(self) -> PartialDate:
        """When its first dated act was signed."""
        return first_signed(self.public_agreements)

    @property
    def last_event(self) -> Event | None:
        """Its last dated public event."""
        return last_dated(self.public_events)

    @property
    def kinds(self) -> list[AgreementKind]:
        """The kinds of its public agreements, each once, in the order of signature."""
        return [
            AgreementKind(kind)
            for kind in dict.fromkeys(act.kind for act in self.public_agreements)
        ]

    @property
    def all_sectors(self) -> list[Sector]:
        """The sectors of its public agreements, each once, in the order of the vocabulary."""
        found = {sector for act in self.public_agreements for sector in act.sectors.all()}
        return sorted(found, key=lambda sector: sector.order)

    @property
    def distance_km(self) -> int:
        """How far apart the two places are, in whole kilometres along a great circle."""
        return self.italian_place.distance_km(self.japanese_place)

    @property
    def public_events(self) -> list[Event]:
        """Its published events, oldest first, those of unknown date last.

        Note: this reads `self.events`; prefetch it where there are several rows.
        """
        events = [event for event in self.events.all() if event.is_published]
        return sorted(events, key=lambda event: (event.start_earliest or date.max, event.slug))
