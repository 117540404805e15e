"""The URIs of records, and what is the same in every language: addresses without a language before them."""

from django.urls import path, register_converter

from relations.views import identifiers


class CollectionConverter:
    """The first part of a URI: what kind of record it names."""

    regex = "|".join(identifiers.COLLECTIONS)

    def to_python(self, value: str) -> str:
        """The word as it stands."""
        return value

    to_url = to_python


class FormConverter(CollectionConverter):
    """The end of the address of linked data."""

    regex = "|".join(identifiers.RDF)


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
