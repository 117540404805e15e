"""Signed acts."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from relations.dates import UNKNOWN, PartialDate
from relations.enums import (
    AgreementKind,
    Answer,
    Country,
    PublicationState,
    Renewal,
    Status,
)
from relations.models.changes import Tracked
from relations.models.fields import (
    DerivedDateField,
    PartialDateField,
    WithDerivedColumns,
    date_or_unknown,
    earliest,
    latest,
)
from relations.models.localized import (
    LocalizedText,
    Summarized,
    Titled,
    folded_texts,
    localized,
)
from relations.models.places import Place
from relations.models.publication import WITHDRAWN, Staged
from relations.models.sectors import Sector

if TYPE_CHECKING:
    from relations.models.partnerships import Partnership

# A hundred years, in months: what is longer is a slip of the keyboard.
LONGEST_TERM = 1200


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Sets of agreements."""

    def published(self) -> "AgreementQuerySet":
        """Those that the public sees."""
        return self.filter(state=PublicationState.PUBLISHED)

    def withdrawn(self) -> "AgreementQuerySet":
        """Those that were public and are no longer."""
        return self.filter(WITHDRAWN)

    def previewed(self) -> "AgreementQuerySet":
        """Those that are public, or may come to be."""
        return self.exclude(state=PublicationState.WITHDRAWN)

    def in_sectors(self, codes: Iterable[str]) -> "AgreementQuerySet":
        """Those about one of the sectors, or about one narrower than it."""
        about = Agreement.sectors.through.objects.filter(sector__in=Sector.objects.within(codes))
        return self.filter(pk__in=about.values("agreement"))

    def signed_from(self, year: int) -> "AgreementQuerySet":
        """Those that may have been signed in the year or later."""
        return self.filter(signed_latest__gte=date(year, 1, 1))

    def signed_until(self, year: int) -> "AgreementQuerySet":
        """Those that may have been signed in the year or earlier."""
        return self.filter(signed_earliest__lte=date(year, 12, 31))

    def unrenewed(self, on: date) -> "AgreementQuerySet":
        """Those that, on a day, no public act has renewed; see `Agreement.is_renewed`."""
        return self.filter(~Exists(self._renewals(on)))

    @staticmethod
    def _signed_by(on: date) -> "AgreementQuerySet":
        """The public acts that are signed on a day, those of unknown date too."""
        return Agreement.objects.published().filter(
            Q(signed_earliest__isnull=True) | Q(signed_earliest__lte=on)
        )

    @classmethod
    def _renewals(cls, on: date) -> "AgreementQuerySet":
        """For a subquery: the acts that have renewed the outer one, which a letter of intent does not."""
        renewed_by = cls._signed_by(on).filter(renews=OuterRef("pk"))
        return renewed_by.exclude(kind=AgreementKind.LETTER_OF_INTENT)

    def with_status(self, on: date) -> "AgreementQuerySet":
        """Annotates `status` (a `Status`) as it is on a day.

        An act is in force from its signature on (or, where the day is not known, at all
        times) until it is ended, superseded, or its term has run out without renewing
        itself. A letter of intent binds nobody: it shows an act that is in renewal.
        """
        later = self._signed_by(on)
        has_ended = ~Q(ended="") & (Q(ended_earliest__isnull=True) | Q(ended_earliest__lte=on))
        renewals = self._renewals(on)
        letters = later.filter(
            ~has_ended, renews=OuterRef("pk"), kind=AgreementKind.LETTER_OF_INTENT
        )
        return self.annotate(
            status=Case(
                When(signed_earliest__gt=on, then=Value(Status.PROPOSED)),
                When(has_ended, then=Value(Status.ENDED)),
                When(Exists(later.filter(supersedes=OuterRef("pk"))), then=Value(Status.ENDED)),
                When(kind=AgreementKind.LETTER_OF_INTENT, then=Value(Status.PROPOSED)),
                When(
                    Exists(letters) & ~Exists(renewals),
                    then=Value(Status.IN_RENEWAL),
                ),
                When(Q(term_end__gte=on) | Q(term_end__isnull=True), then=Value(Status.IN_FORCE)),
                When(renewal=Renewal.AUTOMATIC, then=Value(Status.IN_FORCE)),
                When(renewal=Renewal.NONE, then=Value(Status.ENDED)),
                When(Exists(renewals), then=Value(Status.ENDED)),
                default=Value(Status.UNKNOWN),
                output_field=models.CharField(),
            )
        )

    def get_by_natural_key(self, slug: str) -> "Agreement":
        """The agreement with this slug."""
        return self.get(slug=slug)


def _clair_test(label: Any) -> Any:
    return models.CharField(label, max_length=10, choices=Answer, default=Answer.UNKNOWN)


class Agreement(Titled, Summarized, Staged, Tracked, WithDerivedColumns):
    """One signed act in the life of a partnership."""

    partnership = models.ForeignKey(
        "relations.Partnership",
        verbose_name=_("partnership"),
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind)
    signed = PartialDateField(
        _("signed"), help_text=_("1960-05-03, 2013-11, 1986, 1986~ or S38.10.12; empty if unknown.")
    )
    signed_earliest = earliest("signed")
    signed_latest = latest("signed")
    signed_at = models.ForeignKey(
        Place,
        verbose_name=_("signed at"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements_signed_here",
    )
    term_months = models.PositiveSmallIntegerField(
        _("term in months"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_TERM)],
        help_text=_("Empty if it has no term or none is known."),
    )
    term_end = DerivedDateField(derive=lambda act: act.term_end_date.latest)
    renewal = models.CharField(
        _("renewal"), max_length=20, choices=Renewal, default=Renewal.UNKNOWN
    )
    ended = PartialDateField(_("ended"))
    ended_earliest = earliest("ended")
    ended_latest = latest("ended")
    ended_reason_it = models.CharField(_("reason of the end, Italian"), max_length=500, blank=True)
    ended_reason_ja = models.CharField(_("reason of the end, Japanese"), max_length=500, blank=True)
    ended_reason_en = models.CharField(_("reason of the end, English"), max_length=500, blank=True)
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("supersedes"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        help_text=_("The act that this one replaces."),
    )
    renews = models.ForeignKey(
        "self",
        verbose_name=_("renews"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewed_by",
        help_text=_("The act that this one confirms or prolongs."),
    )
    sectors = models.ManyToManyField(
        Sector, verbose_name=_("sectors"), blank=True, related_name="agreements"
    )
    clair_heads = _clair_test(_("signed by the heads of both bodies"))
    clair_general = _clair_test(_("not confined to one field"))
    clair_council = _clair_test(_("approved by the council"))
    folded = folded_texts("title", "summary")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("slug",)
        permissions = (
            ("publish_agreement", "Can publish agreement"),
            ("withdraw_agreement", "Can withdraw agreement"),
        )
        # Read by every list of the public site: acts by date.
        indexes = (
            models.Index(name="relations_agreement_by_date", fields=("signed_earliest", "slug")),
        )
        constraints = (
            models.CheckConstraint(
                name="relations_agreement_ends_after_it_starts",
                condition=Q(ended_latest__isnull=True)
                | Q(signed_earliest__isnull=True)
                | Q(ended_latest__gte=F("signed_earliest")),
                violation_error_message=_("An agreement cannot end before it is signed."),
            ),
            models.CheckConstraint(
                name="relations_agreement_term_of_some_months",
                condition=Q(term_months__isnull=True) | Q(term_months__gt=0),
                violation_error_message=_(
                    "A term lasts at least one month; leave it empty if there is none."
                ),
            ),
            models.CheckConstraint(
                name="relations_agreement_follows_another",
                condition=~Q(pk=F("supersedes")) & ~Q(pk=F("renews")),
                violation_error_message=_("An agreement cannot renew or supersede itself."),
            ),
        )

    def natural_key(self) -> tuple[str]:
        """Its slug."""
        return (self.slug,)

    natural_key.dependencies = ("relations.partnership",)  # type: ignore[attr-defined]

    @staticmethod
    def slug_for(partnership: "Partnership", signed: str) -> str:
        """What the slug of an act that is signed on a date (EDTF) is made of: torino-nagoya-2005.

        Without a year it ends in “agreement”. It may be taken, by another act of the same year.
        """
        year = date_or_unknown(signed).edtf[:4].lower() or "agreement"
        return f"{partnership.slug}-{year}"

    def get_absolute_url(self) -> str:
        """Its place on the page of its partnership."""
        return f"{self.partnership.get_absolute_url()}#{self.slug}"

    def clean(self) -> None:
        """Check that the acts it refers to belong to the same partnership."""
        super().clean()
        errors: dict[str, Any] = {}
        for name in ("supersedes", "renews"):
            other: Agreement | None = getattr(self, name)
            if other and other.partnership_id != self.partnership_id:
                errors[name] = _("“%(act)s” belongs to another partnership.") % {"act": other}
        if errors:
            raise ValidationError(errors)

    def check_publishable(self) -> None:
        """Check what an act needs before the public may see it.

        Raises:
            ValidationError: a sentence for each thing that is missing, whose code names it.
        """
        errors = []
        sides = {party.place.country for party in self.parties.all()}
        errors += [
            ValidationError(
                _("“%(act)s” has no party on the side of %(country)s."),
                "parties",
                {"act": self, "country": country.label},
            )
            for country in Country
            if country not in sides
        ]
        if not self.citations.exists():
            no_source = _("“%(act)s” cites no source.")
            errors.append(ValidationError(no_source, "citations", {"act": self}))
        if not self.title:
            no_title = _("“%(slug)s” has no title in any language.")
            errors.append(ValidationError(no_title, "title", {"slug": self.slug}))
        if errors:
            raise ValidationError(errors)

    @property
    def signed_date(self) -> PartialDate:
        """When it was signed, as far as it is known."""
        return date_or_unknown(self.signed)

    @property
    def ended_date(self) -> PartialDate:
        """When it ended, as far as it is known."""
        return date_or_unknown(self.ended)

    @property
    def term_end_date(self) -> PartialDate:
        """When its first term runs out; unknown where it has no term or no date."""
        return self.signed_date.plus_months(self.term_months) if self.term_months else UNKNOWN

    def is_renewed(self, on: date) -> bool:
        """Whether, on a day, a public act has renewed it; a letter of intent to do so does not.

        Note: this reads `renewed_by`; prefetch it where there are several rows.
        """
        return bool(self.pk) and any(
            act.is_published
            and act.kind != AgreementKind.LETTER_OF_INTENT
            and (act.signed_earliest or on) <= on
            for act in self.renewed_by.all()
        )

    @property
    def ended_reason(self) -> LocalizedText:
        """Why it ended, in the active language."""
        return localized(self, "ended_reason")
