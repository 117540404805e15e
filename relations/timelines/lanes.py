"""By what the timeline is parted into lanes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.enums import AgreementKind, Country, MacroArea
from relations.models import Place, Sector
from relations.timelines.entries import Entry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

# The choices, as `view` in the query string, and what they are called.
LANES: "dict[str, StrPromise]" = {
    "": gettext_lazy("Areas of Italy"),
    "japan": gettext_lazy("Areas of Japan"),
    "sector": gettext_lazy("Sectors"),
    "kind": gettext_lazy("Kinds of agreement"),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """What a lane holds: its name, and the parameter of the filter that shows it alone."""

    code: str
    label: str
    parameter: str = ""
    values: tuple[str, ...] = ()


def theme_of(view: str) -> Callable[[Entry], str]:
    """Tells the code of the lane in which an entry stands; empty for the lane of all others."""
    match view:
        case "japan":
            return lambda entry: entry.japanese
        case "sector":
            return lambda entry: entry.sector
        case "kind":
            return lambda entry: "" if entry.is_event else entry.kind
        case _:
            return lambda entry: entry.italian


def themes_of(
    view: str, territories: Mapping[str, Place], vocabulary: Mapping[str, Sector]
) -> list[Theme]:
    """The lanes in their order, that of all others last."""
    match view:
        case "sector":
            themes = [
                Theme(code, str(sector.name), "sector", (code,))
                for code, sector in vocabulary.items()
                if not sector.parent_id
            ]
        case "kind":
            themes = [
                Theme(kind.value, str(kind.label), "kind", (kind.value,)) for kind in AgreementKind
            ]
        case "japan":
            themes = _areas(territories, Country.JAPAN)
        case _:
            themes = _areas(territories, Country.ITALY)
    return [*themes, Theme("", _other(view))]


def _areas(territories: Mapping[str, Place], country: Country) -> list[Theme]:
    return [
        Theme(area.value, str(area.label), "region", codes)
        for area in MacroArea
        if (
            codes := tuple(
                code
                for code, place in territories.items()
                if place.macro_area == area and place.country == country
            )
        )
    ]


def _other(view: str) -> str:
    match view:
        case "kind":
            return _("Events")
        case "sector":
            return _("No sector stated")
        case _:
            return _("Not of one partnership")
