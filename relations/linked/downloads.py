"""What can be downloaded, and in which formats: the one list that the catalogue and the pages tell of."""

from dataclasses import dataclass

# By the end of the address: the code in the table of file types of the European Union, the media type.
FORMATS = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
    "geojson": ("GEOJSON", "application/geo+json"),
    "ics": ("ICS", "text/calendar"),
    "atom": ("ATOM", "application/atom+xml"),
    "ttl": ("RDF_TURTLE", "text/turtle"),
    "jsonld": ("JSON_LD", "application/ld+json"),
}
_LISTS = {
    "partnerships": ("csv", "xlsx", "json", "geojson", "ics", "atom"),
    "agreements": ("csv", "xlsx", "json", "geojson", "ics", "atom"),
    "timeline": ("csv", "xlsx", "json", "geojson", "ics", "atom"),
    "places": ("csv", "xlsx", "json", "geojson"),
    "sectors": ("csv", "xlsx", "json"),
    "sources": ("csv", "xlsx", "json"),
}
_WHOLE = ("events.csv", "citations.csv", "atlas.ttl", "atlas.jsonld")
# The description of the API (OpenAPI), and the address under which it answers.
API_DESCRIPTION = "/api/v1/openapi.json"
API = "/api/v1/"
# The page that tells people the same, without its language.
DATA_PAGE = "data/"


@dataclass(frozen=True, slots=True)
class Download:
    """A file with all that is public of one kind.

    `path` starts with a slash; `file_type` is a code of the European Union's table.
    """

    name: str
    path: str
    file_type: str
    media_type: str


DOWNLOADS = (
    *(
        Download(f"{table}.{form}", f"/en/{table}.{form}", *FORMATS[form])
        for table, forms in _LISTS.items()
        for form in forms
    ),
    *(Download(name, f"/data/{name}", *FORMATS[name.rpartition(".")[2]]) for name in _WHOLE),
)
