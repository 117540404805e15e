"""What can be downloaded, and in which formats: the one list that the catalogue and the pages tell of."""

from dataclasses import dataclass

from relations import formats
from relations.linked import serializing

# The codes in the table of file types of the European Union, by the end of the address.
_FILE_TYPES = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "json": "JSON",
    "geojson": "GEOJSON",
    "ics": "ICS",
    "atom": "ATOM",
    "ttl": "RDF_TURTLE",
    "jsonld": "JSON_LD",
}
_MEDIA_TYPES = {suffix: form.short_type for suffix, form in formats.FORMATS.items()}
_MEDIA_TYPES |= {suffix: form.media_type for suffix, form in serializing.FORMATS.items()}
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


def _download(name: str, folder: str) -> Download:
    suffix = name.rpartition(".")[2]
    return Download(name, folder + name, _FILE_TYPES[suffix], _MEDIA_TYPES[suffix])


DOWNLOADS = (
    *(
        _download(f"{kind}.{suffix}", "/en/")
        for kind in formats.LISTS
        for suffix in formats.SUFFIXES[kind]
        if suffix != "excel.csv"  # the same as CSV
    ),
    *(_download(name, "/data/") for name in _WHOLE),
)
