"""The URIs of records, and what is the same in every language: addresses without a language before them."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from relations.linked import FORMATS
from relations.uris import COLLECTIONS
from relations.views import identifiers


class CollectionConverter(StringConverter):
    """The first part of a URI: what kind of record it names."""

    regex = "|".join(COLLECTIONS.values())


class FormConverter(StringConverter):
    """The end of the address of linked data."""

    regex = "|".join(FORMATS)


register_converter(CollectionConverter, "collection")
register_converter(FormConverter, "rdf")

app_name = "identifiers"
urlpatterns = [
    path("catalog/", identifiers.catalogue, name="catalogue"),
    path("catalog.<rdf:form>", identifiers.catalogue_document, name="catalogue_document"),
    path("<collection:collection>/<slug:slug>/", identifiers.record, name="record"),
    path(
        "<collection:collection>/<slug:slug>.<rdf:form>",
        identifiers.record_document,
        name="record_document",
    ),
]
