"""The bodies that agreements bind, and who signed for these."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relations.enums import Institution, Language
from relations.models.fields import DerivedTextField, Printable, WithDerivedColumns
from relations.models.localized import LocalizedText, active_language, localized
from relations.models.places import Place
from relations.text import haystack


class PartyQuerySet(models.QuerySet["Party"]):
    """Finds by natural key."""

    def get_by_natural_key(
        self, agreement: str, place: str, institution: str, name_en: str
    ) -> "Party":
        """The party to an agreement (by slug) at a place (by slug)."""
        return self.get(
            agreement__slug=agreement, place__slug=place, institution=institution, name_en=name_en
        )


class Party(Printable):
    """A body that is bound by an agreement, on the side of its place's country."""

    agreement = models.ForeignKey(
        "relations.Agreement",
        verbose_name=_("agreement"),
        on_delete=models.CASCADE,
        related_name="parties",
    )
    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="parties"
    )
    institution = models.CharField(
        _("institution"), max_length=30, choices=Institution, default=Institution.LOCAL_GOVERNMENT
    )
    name_it = models.CharField(_("Italian name"), max_length=200, blank=True)
    name_ja = models.CharField(_("Japanese name"), max_length=200, blank=True)
    name_en = models.CharField(
        _("English name"),
        max_length=200,
        blank=True,
        help_text=_("Where it is not simply the government of the place."),
    )

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("agreement__slug", "place__country", "place__slug", "institution", "name_en")
        constraints = (
            models.UniqueConstraint(
                name="relations_party_once",
                fields=("agreement", "place", "institution", "name_en"),
                violation_error_message=_("This body is already a party to the agreement."),
            ),
            models.CheckConstraint(
                name="relations_party_body_has_a_name",
                condition=Q(institution=Institution.LOCAL_GOVERNMENT) | ~Q(name_en=""),
                violation_error_message=_(
                    "A body other than the local government needs its names."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)

    def natural_key(self) -> tuple[str, str, str, str]:
        """Its agreement's slug, its place's slug, the institution and the English name."""
        return (self.agreement.slug, self.place.slug, self.institution, self.name_en)

    natural_key.dependencies = ("relations.agreement", "relations.place")  # type: ignore[attr-defined]

    @property
    def name(self) -> LocalizedText:
        """Its own name, or that of its place."""
        return localized(self, "name") or self.place.name


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    """Finds by natural key."""

    def get_by_natural_key(self, *key: str) -> "Signatory":
        """The person (last of the key) who signed for a party (the rest of the key)."""
        *party, name = key
        return self.get(party=Party.objects.get_by_natural_key(*party), name=name)


class Signatory(WithDerivedColumns):
    """A person who signed for a party."""

    party = models.ForeignKey(
        Party, verbose_name=_("party"), on_delete=models.CASCADE, related_name="signatories"
    )
    name = models.CharField(_("name as signed"), max_length=200)
    name_ja = models.CharField(
        _("name in Japanese script"),
        max_length=200,
        blank=True,
        help_text=_("Only where a source gives it."),
    )
    office_it = models.CharField(_("office, Italian"), max_length=200, blank=True)
    office_ja = models.CharField(_("office, Japanese"), max_length=200, blank=True)
    office_en = models.CharField(_("office, English"), max_length=200, blank=True)
    folded = DerivedTextField(derive=lambda person: haystack(person.name, person.name_ja))

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ("party", "name")
        constraints = (
            models.UniqueConstraint(
                name="relations_signatory_once",
                fields=("party", "name"),
                violation_error_message=_("This person already signs for the party."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        """Its party's natural key and the person's name."""
        return (*self.party.natural_key(), self.name)

    natural_key.dependencies = ("relations.party",)  # type: ignore[attr-defined]

    @property
    def localized_name(self) -> str:
        """The name as signed; in Japanese script on Japanese pages where a source gives it so."""
        return (active_language() == Language.JAPANESE and self.name_ja) or self.name

    @property
    def office(self) -> LocalizedText:
        """The office held when signing, in the active language."""
        return localized(self, "office")
