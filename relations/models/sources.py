"""Where facts come from, and which source says what."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.dates import PartialDate
from relations.enums import CitedField, Language, SourceKind
from relations.models.agreements import Agreement
from relations.models.events import Event
from relations.models.fields import (
    PartialDateField,
    Printable,
    WithDerivedColumns,
    date_or_unknown,
    earliest,
    latest,
)
from relations.models.localized import LocalizedText, localized
from relations.models.partnerships import Partnership
from relations.models.places import Place

_TARGETS = ("partnership", "agreement", "event")

# The facts that each kind of record has.
FIELDS_OF = {
    "partnership": {
        CitedField.RECORD,
        CitedField.ITALIAN_PLACE,
        CitedField.JAPANESE_PLACE,
        CitedField.FIRST_CONTACT,
        CitedField.SUMMARY,
    },
    "agreement": {
        CitedField.RECORD,
        CitedField.KIND,
        CitedField.SIGNED,
        CitedField.SIGNED_AT,
        CitedField.PARTIES,
        CitedField.SIGNATORIES,
        CitedField.TERM,
        CitedField.RENEWAL,
        CitedField.ENDED,
        CitedField.SECTORS,
        CitedField.SUMMARY,
    },
    "event": {
        CitedField.RECORD,
        CitedField.KIND,
        CitedField.START,
        CitedField.END,
        CitedField.PLACE,
        CitedField.PLACES,
        CitedField.PARTICIPANTS,
        CitedField.SECTORS,
        CitedField.SUMMARY,
    },
}


class SourceQuerySet(models.QuerySet["Source"]):
    """Sets of sources."""

    def published(self) -> "SourceQuerySet":
        """Those that something public cites."""
        return self.filter(pk__in=Citation.objects.published().values("source"))

    def of_partnerships(self, partnerships: QuerySet[Partnership]) -> "SourceQuerySet":
        """Those that partnerships rest on, their public agreements and events included."""
        citations = Citation.objects.published().of_partnerships(partnerships)
        return self.filter(pk__in=citations.values("source"))

    def of_place(self, place: Place) -> "SourceQuerySet":
        """Those of the partnerships of a place, of those within it, and of the events there or that concern it."""
        within = Partnership.objects.published().of_place_or_within(place)
        events = Event.objects.published().at(place)
        of_events = Citation.objects.published().filter(event__in=events)
        return self.filter(
            Q(pk__in=self.of_partnerships(within).values("pk"))
            | Q(pk__in=of_events.values("source"))
        )

    def latest_first(self) -> "SourceQuerySet":
        """In order of publication, the newest first; those of no known date last."""
        return self.order_by(F("published_earliest").desc(nulls_last=True), "slug")

    def withdrawn(self) -> "SourceQuerySet":
        """Those that something public cited, all of which is withdrawn."""
        public = Citation.objects.published().values("source")
        return self.filter(pk__in=Citation.objects.withdrawn().values("source")).exclude(
            pk__in=public
        )

    def get_by_natural_key(self, slug: str) -> "Source":
        """The source with this slug."""
        return self.get(slug=slug)


class Source(WithDerivedColumns):
    """A publication: press release, official list or page, newsletter, news item, dataset."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        blank=True,
        help_text=_("Empty where the source names none."),
    )
    title = models.CharField(
        _("title"),
        max_length=300,
        help_text=_("As published; [in brackets] where the source has none."),
    )
    url = models.URLField(_("URL"), max_length=500, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    published = PartialDateField(_("date of publication"))
    published_earliest = earliest("published")
    published_latest = latest("published")
    retrieved = models.DateField(_("retrieved"), null=True, blank=True)
    note_it = models.TextField(_("note, Italian"), blank=True)
    note_ja = models.TextField(_("note, Japanese"), blank=True)
    note_en = models.TextField(_("note, English"), blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("slug",)

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title}" if self.publisher else self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("relations:source_detail", args=(self.slug,))

    def natural_key(self) -> tuple[str]:
        """Its slug."""
        return (self.slug,)

    @property
    def published_date(self) -> PartialDate:
        """When it was published, as far as it is known."""
        return date_or_unknown(self.published)

    @property
    def note(self) -> LocalizedText:
        """What to know of it, in the active language."""
        return localized(self, "note")


class CitationQuerySet(models.QuerySet["Citation"]):
    """Sets of citations."""

    def published(self) -> "CitationQuerySet":
        """Those of public agreements and events, and of partnerships that have one."""
        return self.filter(
            Q(agreement__in=Agreement.objects.published())
            | Q(event__in=Event.objects.published())
            | Q(partnership__in=Partnership.objects.published())
        )

    def of_partnerships(self, partnerships: QuerySet[Partnership]) -> "CitationQuerySet":
        """Those of partnerships, of their agreements and of their events, each once."""
        events = Event.objects.filter(partnerships__in=partnerships)
        return self.filter(
            Q(partnership__in=partnerships)
            | Q(agreement__partnership__in=partnerships)
            | Q(event__in=events)
        )

    def withdrawn(self) -> "CitationQuerySet":
        """Those of agreements and events that were public and are no longer, and of their partnerships."""
        return self.filter(
            Q(agreement__in=Agreement.objects.withdrawn())
            | Q(event__in=Event.objects.withdrawn())
            | Q(partnership__in=Partnership.objects.withdrawn())
        )

    def get_by_natural_key(
        self, source: str, target_kind: str, target: str, field: str, stated: str
    ) -> "Citation":
        """What a source (by slug) states of a field of a target (by slug)."""
        return self.get(
            **{
                "source__slug": source,
                f"{target_kind}__slug": target,
                "field": field,
                "stated": stated,
            }
        )


class Citation(Printable):
    """Which source says what of which fact, in the source's own terms."""

    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="citations"
    )
    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name=_("agreement"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    field = models.CharField(_("fact"), max_length=20, choices=CitedField)
    stated = models.CharField(
        _("stated"),
        max_length=300,
        blank=True,
        help_text=_(
            "The value that this source gives, in its own terms; empty where it supports the record as a whole."
        ),
    )
    preferred = models.BooleanField(
        _("preferred"),
        default=False,
        help_text=_("The atlas follows this one; say why in the note."),
    )
    note_it = models.TextField(_("note, Italian"), blank=True)
    note_ja = models.TextField(_("note, Japanese"), blank=True)
    note_en = models.TextField(_("note, English"), blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = (
            "partnership__slug",
            "agreement__slug",
            "event__slug",
            "field",
            "source__slug",
            "stated",
        )
        constraints = (
            models.CheckConstraint(
                name="relations_citation_of_one_record",
                condition=Q(partnership__isnull=False, agreement__isnull=True, event__isnull=True)
                | Q(partnership__isnull=True, agreement__isnull=False, event__isnull=True)
                | Q(partnership__isnull=True, agreement__isnull=True, event__isnull=False),
                violation_error_message=_(
                    "A citation is about one partnership, one agreement or one event."
                ),
            ),
            *(
                models.UniqueConstraint(
                    name=f"relations_citation_once_of_{target}",
                    fields=(target, "field", "source", "stated"),
                    violation_error_message=_("This source already states this of the same fact."),
                )
                for target in _TARGETS
            ),
            *(
                models.UniqueConstraint(
                    name=f"relations_citation_one_preferred_value_of_{target}",
                    fields=(target, "field"),
                    condition=Q(preferred=True),
                    violation_error_message=_(
                        "Another citation of this fact is already the preferred one."
                    ),
                )
                for target in _TARGETS
            ),
        )

    def __str__(self) -> str:
        about = f"{self.target} · " if self.target_kind else ""
        return f"{about}{self.get_field_display()}: {self.stated}"

    def natural_key(self) -> tuple[str, str, str, str, str]:
        """Its source, kind of target, target, field and the value stated."""
        return (self.source.slug, self.target_kind, self.target.slug, self.field, self.stated)

    natural_key.dependencies = (  # type: ignore[attr-defined]
        "relations.source",
        "relations.partnership",
        "relations.agreement",
        "relations.event",
    )

    def clean(self) -> None:
        """Check that a record of this kind has a fact of this name, and that a value of it is given."""
        super().clean()
        if not self.stated and self.field != CitedField.RECORD:
            raise ValidationError({"stated": _("Say what the source states of this fact.")})
        kinds = [kind for kind in _TARGETS if getattr(self, f"{kind}_id")]
        if len(kinds) == 1 and self.field and self.field not in FIELDS_OF[kinds[0]]:
            message = _("A record of this kind has no fact “%(field)s”.")
            raise ValidationError({"field": message % {"field": self.get_field_display()}})

    @property
    def target_kind(self) -> str:
        """The name of the one foreign key that is set: partnership, agreement or event; empty if none is."""
        return next((kind for kind in _TARGETS if getattr(self, f"{kind}_id")), "")

    @property
    def target(self) -> Partnership | Agreement | Event:
        """The record that it is about."""
        record: Partnership | Agreement | Event = getattr(self, self.target_kind)
        return record

    @property
    def note(self) -> LocalizedText:
        """Why it is or is not preferred, in the active language."""
        return localized(self, "note")
