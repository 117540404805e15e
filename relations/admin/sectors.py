"""The vocabulary of themes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from relations.admin.desk import DeskAdmin
from relations.admin.exchange import Exchange
from relations.admin.fields import three
from relations.models import Sector


@admin.register(Sector)
class SectorAdmin(Exchange, DeskAdmin):
    """Broad and narrow sectors, in their order."""

    kind = "sectors"
    list_display = ("order", "code", *three("name"), "parent", "colour")
    list_display_links = ("code",)
    list_filter = (("parent", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("parent",)
    search_fields = ("code", *three("name"))
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"code": ("name_en",)}
    fieldsets = (
        (_("Name"), {"fields": (three("name"),)}),
        (_("Place in the vocabulary"), {"fields": ("code", "parent", "order", "colour")}),
    )
