"""The options of the filter, each with the number of results that it would leave."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from relations.enums import AgreementKind, Country, MacroArea, Status
from relations.filters.atlas_filter import AtlasFilter
from relations.models import Agreement, Partnership, Sector

Pairs = Iterable[tuple[str | None, int]]


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
    count = (
        _AgreementCounts(atlas_filter) if unit is Agreement else _PartnershipCounts(atlas_filter)
    )
    regions = {country: _tally(count.regions(country)) for country in Country}
    kinds, statuses = _tally(count.kinds()), _tally(count.statuses())
    return [
        _region_facet(atlas_filter, Country.ITALY, _("Region"), regions[Country.ITALY]),
        _region_facet(atlas_filter, Country.JAPAN, _("Prefecture"), regions[Country.JAPAN]),
        _sector_facet(atlas_filter, count.sectors()),
        _vocabulary_facet("kind", _("Kind"), AgreementKind, kinds, atlas_filter.kinds),
        _vocabulary_facet("status", _("Status"), Status, statuses, atlas_filter.statuses),
    ]


def _tally(pairs: Pairs) -> dict[str, int]:
    """Count the distinct rows of each value."""
    rows = defaultdict(set)
    for value, row in pairs:
        if value is not None:
            rows[value].add(row)
    return {value: len(found) for value, found in rows.items()}


class _AgreementCounts:
    """Pairs of a value and the agreement that has it."""

    def __init__(self, atlas_filter: AtlasFilter) -> None:
        self.filter = atlas_filter
        self.agreements = Agreement.objects.published()

    def regions(self, country: Country) -> Pairs:
        place = (
            "partnership__italian_place"
            if country == Country.ITALY
            else "partnership__japanese_place"
        )
        code = Coalesce(f"{place}__region__code", f"{place}__code")
        return self.filter.apply(self.agreements, skip={country}).values_list(code, "pk")

    def kinds(self) -> Pairs:
        return self.filter.apply(self.agreements, skip={"kind"}).values_list("kind", "pk")

    def statuses(self) -> Pairs:
        acts = self.filter.apply(self.agreements, skip={"status"})
        standing = Partnership.objects.filter(agreements__in=acts).with_status(self.filter.on)
        return standing.values_list(F("status"), "agreements")

    def sectors(self) -> Pairs:
        return self.filter.apply(self.agreements, skip={"sector"}).values_list(
            "sectors__code", "pk"
        )


class _PartnershipCounts:
    """Pairs of a value and the partnership that has it."""

    def __init__(self, atlas_filter: AtlasFilter) -> None:
        self.filter = atlas_filter
        self.agreements = Agreement.objects.published()
        self.partnerships = Partnership.objects.published()

    def regions(self, country: Country) -> Pairs:
        place = "italian_place" if country == Country.ITALY else "japanese_place"
        code = Coalesce(f"{place}__region__code", f"{place}__code")
        return self.filter.partnerships(self.partnerships, skip={country}).values_list(code, "pk")

    def kinds(self) -> Pairs:
        return self.filter.apply(self.agreements, skip={"kind"}).values_list("kind", "partnership")

    def statuses(self) -> Pairs:
        standing = self.filter.partnerships(self.partnerships, skip={"status"}).with_status(
            self.filter.on
        )
        return standing.values_list(F("status"), "pk")

    def sectors(self) -> Pairs:
        signed = self.filter.apply(self.agreements, skip={"sector"})
        told = self.filter.told(skip={"sector"})
        return [
            *signed.values_list("sectors__code", "partnership"),
            *told.values_list("event__sectors__code", "partnership"),
        ]


def _region_facet(
    atlas_filter: AtlasFilter, country: Country, label: str, counts: dict[str, int]
) -> Facet:
    groups: dict[str, list[Option]] = {}
    for code, place in atlas_filter.territories.items():
        if place.country == country:
            option = Option(
                code, str(place.name), counts.get(code, 0), code in atlas_filter.regions
            )
            groups.setdefault(str(MacroArea(place.macro_area).label), []).append(option)
    return Facet("region", label, list(groups.items()))


def _sector_facet(atlas_filter: AtlasFilter, pairs: Pairs) -> Facet:
    """A broad sector counts what has it or any narrower one."""
    vocabulary = atlas_filter.vocabulary
    rolled_up = [pair for pair in pairs if pair[0]]
    rolled_up += [
        (parent.code, row)
        for code, row in rolled_up
        if code and (parent := vocabulary[code].parent)
    ]
    counts = _tally(rolled_up)

    def option(sector: Sector, narrower: list[Option]) -> Option:
        selected = sector.code in atlas_filter.sectors
        return Option(sector.code, str(sector.name), counts.get(sector.code, 0), selected, narrower)

    children: dict[str, list[Option]] = defaultdict(list)
    for sector in vocabulary.values():
        if sector.parent:
            children[sector.parent.code].append(option(sector, []))
    broad = [
        option(sector, children[sector.code]) for sector in vocabulary.values() if not sector.parent
    ]
    return Facet("sector", _("Sector"), [("", broad)])


def _vocabulary_facet(
    name: str,
    label: str,
    choices: type[TextChoices],
    counts: dict[str, int],
    selected: list[str],
) -> Facet:
    options = [
        Option(value, str(text), counts.get(value, 0), value in selected)
        for value, text in choices.choices
    ]
    return Facet(name, label, [("", options)])
