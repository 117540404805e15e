"""Partnerships."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from relations.admin.desk import DeskAdmin, Publishable, SluggedForm, dated, three
from relations.admin.sources import PartnershipCitationInline
from relations.models import Event, Partnership


class PartnershipForm(SluggedForm):
    """Makes the slug from those of the places: torino-nagoya."""

    def made_slug(self, cleaned: dict[str, Any]) -> str:
        """The slugs of both places."""
        italian, japanese = cleaned.get("italian_place"), cleaned.get("japanese_place")
        return f"{italian.slug}-{japanese.slug}" if italian and japanese else ""


@admin.register(Partnership)
class PartnershipAdmin(DeskAdmin):
    """The lasting relations of two places."""

    form = PartnershipForm
    list_display = (
        "italian_place",
        "japanese_place",
        dated("first_contact", _("first contact")),
        "slug",
    )
    list_filter = (
        ("italian_place__region", admin.RelatedOnlyFieldListFilter),
        ("japanese_place__region", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = (
        "slug",
        "folded",
        *(
            f"{side}_place__{column}"
            for side in ("italian", "japanese")
            for column in ("folded", "spellings__folded")
        ),
    )
    gazetteer_fields = ("italian_place", "japanese_place")
    inlines = (PartnershipCitationInline,)
    fieldsets = (
        (_("Places"), {"fields": ("italian_place", "japanese_place")}),
        (_("Content"), {"fields": ("first_contact", *three("summary"))}),
        (
            _("Address in the atlas"),
            {
                "fields": ("slug",),
                "description": _("Left empty, it is made from the names of the places."),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partnership]:
        """Join both places, which name a partnership: here, and where it is looked up."""
        return super().get_queryset(request).select_related("italian_place", "japanese_place")

    def get_view_on_site_url(self, obj: Partnership | None = None) -> str | None:
        """Link to the public page where there is one."""
        is_public = obj is not None and Partnership.objects.published().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if is_public else None

    def resting_on(self, records: QuerySet[Partnership]) -> Iterable[Publishable]:
        """The published events in the life of these."""
        return Event.objects.published().filter(partnerships__in=records).distinct()
