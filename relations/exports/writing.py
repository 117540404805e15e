"""A selection in each of the formats of `relations.formats`."""

from collections.abc import Callable

from relations.exports.calendars import write_ics
from relations.exports.documents import write_json
from relations.exports.entries import write_atom
from relations.exports.features import write_geojson
from relations.exports.selection import Selection
from relations.exports.sheets import write_csv, write_csv_for_excel, write_xlsx

_WRITERS: dict[str, Callable[[Selection], bytes]] = {
    "csv": write_csv,
    "excel.csv": write_csv_for_excel,
    "xlsx": write_xlsx,
    "json": write_json,
    "geojson": write_geojson,
    "ics": write_ics,
    "atom": write_atom,
}


def write(selection: Selection, suffix: str) -> bytes:
    """The file; `suffix` names its format.

    Raises:
        ValueError: a text does not fit into a cell of a workbook.
    """
    return _WRITERS[suffix](selection)
