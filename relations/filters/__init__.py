"""The one filter: read from a query string, applied to every list, map and file."""

from relations.filters.atlas_filter import AtlasFilter, FilterError
from relations.filters.facets import Facet, Option, events_facet, facets_of
from relations.filters.years import Years, years_of

__all__ = (
    "AtlasFilter",
    "Facet",
    "FilterError",
    "Option",
    "Years",
    "events_facet",
    "facets_of",
    "years_of",
)
