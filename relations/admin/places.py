"""Places and their other spellings."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from relations.admin.desk import DeskAdmin, DeskInline, Publishable, three
from relations.models import Agreement, Event, Place, PlaceName


class SpellingInline(DeskInline, admin.TabularInline):
    """The other spellings of a place."""

    model = PlaceName
    fields = ("text", "language")


@admin.register(Place)
class PlaceAdmin(DeskAdmin):
    """Cities, wards, provinces, regions and prefectures."""

    list_display = (*three("name"), "kind", "region", "code")
    list_filter = (
        "country",
        "kind",
        "macro_area",
        ("region", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("region",)
    search_fields = ("folded", "spellings__folded", "slug", "code", "wikidata")
    autocomplete_fields = ("region",)
    prepopulated_fields = {"slug": ("name_it",)}
    inlines = (SpellingInline,)
    fieldsets = (
        (_("Name"), {"fields": (*three("name"), "reading")}),
        (_("What it is"), {"fields": ("country", "kind", "region", "macro_area")}),
        (_("Where it is"), {"fields": (("latitude", "longitude"),)}),
        (_("Identifiers"), {"fields": ("code", "wikidata", "slug")}),
    )

    def resting_on(self, records: QuerySet[Place]) -> Iterable[Publishable]:
        """The published agreements that bind a body there, and events that concern the place."""
        yield from Agreement.objects.published().filter(parties__place__in=records).distinct()
        yield from Event.objects.published().filter(places__in=records).distinct()


@admin.register(PlaceName)
class PlaceNameAdmin(DeskAdmin):
    """All other spellings together."""

    list_display = ("text", "language", "place")
    list_filter = ("language", "place__country")
    list_select_related = ("place",)
    search_fields = ("folded", "place__folded")
    autocomplete_fields = ("place",)
    fields = ("place", "text", "language")
