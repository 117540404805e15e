"""What can be chosen under a filter."""

from django.http import HttpRequest, HttpResponse

from relations.api.lists import as_json
from relations.api.parameters import FacetParameters, filter_of, names_of
from relations.api.schemas import FacetItem, Facets, OptionItem
from relations.filters import Facet, Option, facets_of
from relations.models import Agreement, Partnership


def facets_under(request: HttpRequest, parameters: FacetParameters) -> HttpResponse:
    """The facets of the pages of partnerships or of agreements."""
    atlas_filter = filter_of(request, "facets", names_of(FacetParameters))
    unit = Agreement if parameters.unit == "agreements" else Partnership
    found = [_facet(facet) for facet in facets_of(atlas_filter, unit)]
    return as_json(Facets(unit=parameters.unit, facets=found))


def _facet(facet: Facet) -> FacetItem:
    options = [_option(option) for _label, group in facet.groups for option in group]
    return FacetItem(parameter=facet.name, label=facet.label, options=options)


def _option(option: Option) -> OptionItem:
    return OptionItem(
        value=option.value,
        label=option.label,
        count=option.count,
        selected=option.selected,
        narrower=[_option(narrower) for narrower in option.narrower],
    )
