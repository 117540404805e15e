"""The editor's desk: Django's admin for every model that an editor writes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from relations.admin import (
    accounts,
    agreements,
    events,
    partnerships,
    places,
    sectors,
    sources,
)
from relations.admin.login import DeskLoginForm

__all__ = ("accounts", "agreements", "events", "partnerships", "places", "sectors", "sources")

admin.site.site_header = _("Italy–Japan Twinning Atlas: the editor’s desk")
admin.site.site_title = _("Editor’s desk")
admin.site.index_title = _("What there is to do")
admin.site.login_form = DeskLoginForm
