"""The options of the filter, each with the number of results that it would leave."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relations.enums import AgreementKind, Country, EventKind, MacroArea, Status
from relations.filters.atlas_filter import NO_EVENTS, AtlasFilter
from relations.filters.tally import Tally
from relations.models import Agreement, Partnership, Place, Sector


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a parameter; `count` results would be shown if it alone were chosen."""

    value: str
    label: str
    count: int
    selected: bool
    narrower: list["Option"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Facet:
    """One parameter of the filter, its options in groups (label, options)."""

    name: str
    label: str
    groups: list[tuple[str, list[Option]]]

    @property
    def selected(self) -> int:
        """How many of its options are chosen."""
        options = [option for _label, group in self.groups for option in group]
        return sum(o.selected + sum(n.selected for n in o.narrower) for o in options)


def facets_of(atlas_filter: AtlasFilter, unit: type[Agreement] | type[Partnership]) -> list[Facet]:
    """The facets of a list of partnerships or of agreements.

    The options of each parameter are counted under all the others, in the unit of the
    list: distinct agreements, or distinct partnerships.
    """
    tally = Tally(atlas_filter, unit)
    return [
        _region_facet(atlas_filter, tally, Country.ITALY, _("Region")),
        _region_facet(atlas_filter, tally, Country.JAPAN, _("Prefecture")),
        _sector_facet(atlas_filter, tally),
        _vocabulary_facet("kind", _("Kind"), AgreementKind, tally, atlas_filter.kinds),
        _vocabulary_facet("status", _("Status"), Status, tally, atlas_filter.statuses),
    ]


def events_facet(atlas_filter: AtlasFilter, counts: Mapping[str, int]) -> Facet:
    """The kinds of events that a page shows beside agreements, with how many there are of each."""
    options = [
        Option(kind.value, str(kind.label), counts[kind], kind in atlas_filter.events)
        for kind in EventKind
        if counts.get(kind) or kind in atlas_filter.events
    ]
    none = Option(NO_EVENTS, _("No events"), 0, NO_EVENTS in atlas_filter.events)
    return Facet("event", _("Events"), [("", [*options, none])])


def _region_facet(atlas_filter: AtlasFilter, tally: Tally, country: Country, label: str) -> Facet:
    groups: dict[str, list[Option]] = {}
    for place, area, name in _territories(atlas_filter):
        if place.country == country:
            count = tally.count(country, place.pk)
            option = Option(place.code, name, count, place.code in atlas_filter.regions)
            groups.setdefault(area, []).append(option)
    return Facet("region", label, list(groups.items()))


def _territories(atlas_filter: AtlasFilter) -> list[tuple[Place, str, str]]:
    """The territories, each with its macro-area and its name in words; put into words once until the data change."""

    def read() -> list[tuple[Place, str, str]]:
        places = atlas_filter.territories.values()
        return [(p, str(MacroArea(p.macro_area).label), str(p.name)) for p in places]

    return atlas_filter.index.keep_one(("territories", get_language()), read)


def _sector_facet(atlas_filter: AtlasFilter, tally: Tally) -> Facet:
    vocabulary = atlas_filter.vocabulary

    def read() -> dict[str, str]:
        return {code: str(sector.name) for code, sector in vocabulary.items()}

    names = atlas_filter.index.keep_one(("sectors", get_language()), read)

    def option(sector: Sector, narrower: list[Option]) -> Option:
        selected = sector.code in atlas_filter.sectors
        count = tally.count("sector", sector.pk)
        return Option(sector.code, names[sector.code], count, selected, narrower)

    children: dict[str, list[Option]] = defaultdict(list)
    for sector in vocabulary.values():
        if sector.parent:
            children[sector.parent.code].append(option(sector, []))
    broad = [
        option(sector, children[sector.code]) for sector in vocabulary.values() if not sector.parent
    ]
    return Facet("sector", _("Sector"), [("", broad)])


def _vocabulary_facet(
    name: str, label: str, choices: type[TextChoices], tally: Tally, selected: list[str]
) -> Facet:
    options = [
        Option(value, str(text), tally.count(name, value), value in selected)
        for value, text in choices.choices
    ]
    return Facet(name, label, [("", options)])
