"""Places and their other spellings."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from relations.admin.asking import AsksOnce
from relations.admin.desk import DeskAdmin, DeskInline
from relations.admin.exchange import Exchange
from relations.admin.fields import three
from relations.admin.forms import DeskForm
from relations.admin.gazetteer import PlaceField, PlaceSelect
from relations.admin.points import PointPicker
from relations.admin.preview import preview_place
from relations.admin.suggestions import PlaceAutocomplete, find
from relations.models import Agreement, Event, Party, Place, PlaceName
from relations.permissions import Publishable

_FROM_GAZETTEER = (*three("name"), "reading", "country", "kind", "region", "latitude", "longitude")


class SpellingInline(DeskInline, admin.TabularInline):
    """The other spellings of a place."""

    model = PlaceName
    fields = ("text", "language")


class LookUpField(PlaceField):
    """Leads to the form of what is chosen; a choice is no part of the place."""

    def clean(self, value: Any) -> None:
        """Whatever a browser has kept of a choice means nothing."""


class PlaceForm(DeskForm):
    """A place, which the gazetteer can fill in; see `static/js/desk/places.js`."""

    gazetteer = LookUpField(
        Place.objects.all(),
        label=_("Look it up"),
        required=False,
        # Any place can be meant, as in the field of a party.
        widget=PlaceSelect(Party._meta.get_field("place"), admin.site),  # noqa: SLF001 # public in all but name
        help_text=_(
            "What the gazetteer knows is filled in below. Type yourself only what it does not know."
        ),
    )
    point = forms.Field(
        label=_("On the map"),
        required=False,
        widget=PointPicker,
        help_text=_("Click on the map to set latitude and longitude."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("name_it") and not self.initial.get("name_ja") and not self.is_bound:
            self.fields["name_ja"].help_text = _("The gazetteer does not know it: please give it.")


@admin.register(Place)
class PlaceAdmin(Exchange, AsksOnce, DeskAdmin):
    """Cities, wards, provinces, regions and prefectures."""

    kind = "places"
    form = PlaceForm
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
        (_("Name"), {"fields": (three("name"), "reading")}),
        (_("What it is"), {"fields": ("country", "kind", "region", "macro_area")}),
        (_("Where it is"), {"fields": (("latitude", "longitude"), "point")}),
        (_("Identifiers"), {"fields": ("code", "wikidata", "slug")}),
    )

    def get_urls(self) -> list[URLPattern]:
        """The suggestions, beside the usual pages."""
        view = PlaceAutocomplete.as_view(admin_site=self.admin_site)
        suggest = path("suggest/", self.admin_site.admin_view(view), name="relations_place_suggest")
        preview = self.admin_site.admin_view(self.preview)
        route = "<int:key>/preview/<str:language>/"
        return [
            suggest,
            path(route, preview, name="relations_place_preview"),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest, key: int, language: str) -> HttpResponse:
        """The page of a place with the drafts of its events, for those who may see these."""
        if not all(request.user.has_perm(f"relations.view_{name}") for name in ("place", "event")):
            raise PermissionDenied
        return preview_place(request, key, language)

    def get_fieldsets(self, request: HttpRequest, obj: Place | None = None) -> Any:
        """A new place is looked up first."""
        fieldsets = super().get_fieldsets(request, obj)
        return (
            ((_("Gazetteer"), {"fields": ("gazetteer",)}), *fieldsets) if obj is None else fieldsets
        )

    @admin.display(description=_("On the map"))
    def point(self, place: Place) -> str:
        """The point, for those who may only read."""
        return f"{place.latitude}, {place.longitude}"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the gazetteer knows of the entry in the address."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        if entry := find(initial.pop("gazetteer", "")):
            place = entry.place()
            known = (*_FROM_GAZETTEER, "code", "slug")
            initial |= {name: getattr(place, name) for name in known}
        return initial

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
