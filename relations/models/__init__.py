"""The models."""

from relations.models.agreements import Agreement
from relations.models.events import Event
from relations.models.gazetteer import GazetteerEntry
from relations.models.links import LinkCheck
from relations.models.loads import LoadedRecord
from relations.models.parties import Party, Signatory
from relations.models.partnerships import Partnership
from relations.models.places import Place, PlaceName
from relations.models.press_releases import PressRelease
from relations.models.public_changes import PublicChange
from relations.models.sectors import Sector
from relations.models.sources import Citation, Source
from relations.models.uploads import Upload
from relations.models.versions import DatasetVersion

# isort: split
# Its versions are of all of them.
from relations.models import history

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
    "PressRelease",
    "PublicChange",
    "Sector",
    "Signatory",
    "Source",
    "Upload",
    "history",
)
