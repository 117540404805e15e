"""A point is picked on the base map of its country, as well as typed."""

# Overrides keep Django's signatures:
# ruff: noqa: ARG002

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString

from relations.enums import Country
from relations.maps.geography import base_map
from relations.models.places import COUNTRY_BOXES

_MAPS = {Country.ITALY: "italy", Country.JAPAN: "japan"}


class PointPicker(forms.Widget):
    """A map that sets the fields `latitude` and `longitude` of its form; shown by its script alone.

    It sends nothing itself: the numbers are there for the keyboard, and without JavaScript.
    """

    class Media:
        css = {"all": ("leaflet/leaflet.css", "css/desk/places.css")}
        js = ("leaflet/leaflet.js", Script("js/desk/points.js", type="module"))

    def id_for_label(self, id_: str) -> str:
        """None: it is no field that can be filled in."""
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The place of the map, and where to find the base map of each country."""
        maps = [
            {
                "country": country,
                "bounds": base.bounds,
                "view": "{0},{2},{1},{3}".format(*COUNTRY_BOXES[country]),
                "file": static(base.enlarged),
            }
            for country, base in ((country, base_map(name)) for country, name in _MAPS.items())
        ]
        return render_to_string("admin/relations/point_picker.html", {"maps": maps})
