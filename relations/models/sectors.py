"""What cooperation is about: a vocabulary in two levels (SKOS broader and narrower)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.models.fields import Printable
from relations.models.localized import Named


class SectorQuerySet(models.QuerySet["Sector"]):
    """Sets of sectors."""

    def broad(self) -> "SectorQuerySet":
        """Those of the first level."""
        return self.filter(parent=None)

    def within(self, codes: Iterable[str]) -> "SectorQuerySet":
        """Those with one of the codes, and those narrower than them."""
        codes = list(codes)
        return self.filter(Q(code__in=codes) | Q(parent__code__in=codes))

    def get_by_natural_key(self, code: str) -> "Sector":
        """The sector with this code."""
        return self.get(code=code)


class Sector(Named, Printable):
    """A theme of cooperation, broad or narrow."""

    code = models.SlugField(_("code"), max_length=50, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("broader sector"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="narrower",
    )
    order = models.PositiveIntegerField(_("order"), unique=True)
    colour = models.SlugField(
        _("colour"),
        max_length=30,
        help_text=_("The name of a design token, for example “culture”."),
    )

    objects = SectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ("order",)
        constraints = (
            models.CheckConstraint(
                name="relations_sector_not_its_own_parent",
                condition=~Q(pk=F("parent")),
                violation_error_message=_("A sector cannot be narrower than itself."),
            ),
        )

    def natural_key(self) -> tuple[str]:
        """Its code."""
        return (self.code,)

    def get_absolute_url(self) -> str:
        """Its place on the page of all sectors."""
        return f"{reverse('relations:sector_list')}#{self.code}"

    def clean(self) -> None:
        """Keep the vocabulary in two levels."""
        super().clean()
        if self.parent is None or self.parent_id == self.pk:
            return
        if self.parent.parent_id:
            message = _("“%(parent)s” is itself a narrow sector: choose a broad one.")
            raise ValidationError({"parent": message % {"parent": self.parent}})
        if self.pk and self.narrower.exists():
            message = _("“%(sector)s” has narrower sectors: it must stay a broad one.")
            raise ValidationError({"parent": message % {"sector": self}})
