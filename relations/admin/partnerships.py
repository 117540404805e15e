"""Partnerships."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from relations.admin.desk import DeskAdmin, dated
from relations.admin.exchange import Exchange
from relations.admin.fields import three
from relations.admin.forms import SluggedForm
from relations.admin.preview import preview_of, preview_partnership
from relations.admin.sources import PartnershipCitationInline
from relations.models import Event, Partnership
from relations.permissions import Publishable, check_not_withdrawn


class PartnershipForm(SluggedForm):
    """Makes the slug from those of the places: torino-nagoya."""

    def made_slug(self, cleaned: dict[str, Any]) -> str:
        """The slugs of both places."""
        italian, japanese = cleaned.get("italian_place"), cleaned.get("japanese_place")
        return Partnership.slug_for(italian, japanese) if italian and japanese else ""


@admin.register(Partnership)
class PartnershipAdmin(Exchange, DeskAdmin):
    """The lasting relations of two places."""

    kind = "partnerships"
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
        (_("Content"), {"fields": ("first_contact", three("summary"))}),
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

    def get_urls(self) -> list[URLPattern]:
        """Those of Django, and the preview for those who have signed in."""
        view = self.admin_site.admin_view(self.preview)
        route = "<int:key>/preview/<str:language>/"
        return [
            path(route, view, name="relations_partnership_preview"),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest, key: int, language: str) -> HttpResponse:
        """The page of a partnership with its drafts, for those who may see these."""
        models = ("partnership", "agreement", "event")
        if not all(request.user.has_perm(f"relations.view_{model}") for model in models):
            raise PermissionDenied
        return preview_partnership(request, key, language)

    def delete_model(self, request: HttpRequest, obj: Partnership) -> None:
        """Delete what was never public."""
        check_not_withdrawn(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Partnership]) -> None:
        """Likewise."""
        for partnership in queryset:
            check_not_withdrawn(partnership)
        super().delete_queryset(request, queryset)

    def preview_url(self, record: Partnership) -> str:
        """The whole page."""
        return preview_of(record.pk)

    def resting_on(self, records: QuerySet[Partnership]) -> Iterable[Publishable]:
        """The published events in the life of these."""
        return Event.objects.published().filter(partnerships__in=records).distinct()
