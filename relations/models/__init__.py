"""The models."""

from relations.models.agreements import Agreement, Party, Signatory
from relations.models.events import Event
from relations.models.gazetteer import GazetteerEntry
from relations.models.links import LinkCheck
from relations.models.loads import LoadedRecord
from relations.models.partnerships import Partnership
from relations.models.places import Place, PlaceName
from relations.models.sectors import Sector
from relations.models.sources import Citation, Source
from relations.models.uploads import Upload
from relations.models.versions import DatasetVersion

__all__ = (
    "Agreement",
    "Citation",
    "DatasetVersion",
    "Event",
    "GazetteerEntry",
    "LinkCheck",
    "LoadedRecord",
    "Partnership",
    "Party",
    "Place",
    "PlaceName",
    "Sector",
    "Signatory",
    "Source",
    "Upload",
)
