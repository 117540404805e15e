"""Events."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from relations.admin.desk import dated, folded_away, title
from relations.admin.exchange import Exchange
from relations.admin.fields import three
from relations.admin.preview import preview_of
from relations.admin.publication import PublishableAdmin
from relations.admin.sources import EventCitationInline
from relations.models import Event, Partnership

if TYPE_CHECKING:
    from django.db.models import ManyToManyField


@admin.register(Event)
class EventAdmin(Exchange, PublishableAdmin):
    """What happened in the life of partnerships."""

    kind = "events"
    list_display = (title, "kind", dated("start", _("date")), "place", "state")
    list_filter = ("state", "kind", ("sectors", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("place",)
    search_fields = ("slug", "folded", "place__folded", "places__folded", "partnerships__slug")
    autocomplete_fields = ("partnerships", "agreement", "sectors")
    gazetteer_fields = ("place", "places")
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = (EventCitationInline,)
    fieldsets = (
        (_("What happened"), {"fields": ("kind", three("title"))}),
        (_("When and where"), {"fields": ("start", "end", "place")}),
        (_("Whom it concerns"), {"fields": ("partnerships", "places", "agreement")}),
        (_("Content"), {"fields": ("sectors", three("summary"))}),
        (_("Publication"), {"fields": ("slug", "state")}),
        folded_away(_("Withdrawal"), "withdrawn_on", three("withdrawn_reason")),
    )

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Join what names the partnerships that are chosen."""
        if db_field.name == "partnerships":
            kwargs["queryset"] = Partnership.objects.with_places()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def preview_url(self, record: Event) -> str:
        """Its place on the preview of its first partnership, else of its place; empty without either."""
        if key := record.partnerships.values_list("pk", flat=True).first():
            return f"{preview_of(key)}#{record.slug}"
        concerned = record.places.values_list("pk", flat=True)
        key = record.place_id or concerned.first()
        return f"{preview_of(key, 'place')}#{record.slug}" if key else ""
