"""What the columns of the tables are, for programs: CSV on the Web (W3C, Metadata Vocabulary for Tabular Data).

A cell that begins like a formula has an apostrophe before it, see `relations.cells`; the
description of each table says so, since CSVW has no word for it.
"""

import json
import re
from typing import Any

from django.conf import settings
from django.utils import translation

from relations.enums import Language
from relations.licence import LICENCE_URL
from relations.models import Sector
from relations.releases.editions import TITLE, Edition
from relations.releases.words import CELL_RULE, TABLE_WORDS, expected
from relations.tables import TABLES, Column, Table
from relations.tables.forms import (
    BETWEEN,
    Choice,
    Day,
    Degrees,
    Many,
    One,
    When,
    Whole,
    YesNo,
)
from relations.tables.lines import Lines
from relations.uris import COLLECTIONS, uri_of

Json = dict[str, Any]

MEDIA_TYPE = "application/csvm+json"
EDTF = "https://www.loc.gov/standards/datetime/"
_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]


def group(edition: Edition) -> bytes:
    """The description of all tables and of what links them."""
    return _written(
        {
            "@context": _CONTEXT,
            **_about(edition),
            "tables": [_table(table, edition, keys=True) for table in TABLES.values()],
        }
    )


def of_table(table: Table, edition: Edition) -> bytes:
    """The description of one table by itself."""
    return _written({"@context": _CONTEXT, **_about(edition), **_table(table, edition)})


def _about(edition: Edition) -> Json:
    dated = {"dc:issued": {"@value": f"{edition.day}", "@type": "date"}} if edition.day else {}
    return {
        "dc:title": TITLE,
        "dc:publisher": settings.PUBLISHER_NAME,
        "dc:license": {"@id": LICENCE_URL},
        "dc:source": {"@id": f"{edition.site}/data/"},
        **dated,
    }


def _table(table: Table, edition: Edition, *, keys: bool = False) -> Json:
    schema: Json = {
        "columns": [_column(table, column) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if uri := _uri_of(table, edition.site):
        schema["aboutUrl"] = uri
    if keys:
        schema["foreignKeys"] = _foreign_keys(table)
    return {
        "url": f"{table.kind}.csv",
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "doubleQuote": True},
        "dc:description": _in_all_languages(lambda: f"{TABLE_WORDS[table.kind]}. {CELL_RULE}"),
        "tableSchema": schema,
    }


def _column(table: Table, column: Column) -> Json:
    """A column; a list is parted as `relations.tables` does it."""
    found: Json = {
        "name": column.name,
        "titles": column.name,
        "dc:description": _in_all_languages(
            lambda: f"{table.meaning(column)} ({expected(column)})"
        ),
        "datatype": _datatype(column),
        "null": "",
    }
    if column.name == "slug" or table.key == (column.name,):
        found["required"] = True
    if isinstance(column.form, When):
        found["dc:conformsTo"] = {"@id": EDTF}
    if isinstance(column.form, Many):
        found["separator"] = f"{BETWEEN} "
    if isinstance(column.form, Lines):
        found["separator"] = "\n"
    return found


def _datatype(column: Column) -> Json | str:
    match column.form:
        case Choice() as choice:
            return {"base": "string", "format": "|".join(map(re.escape, choice.codes))}
        case Day():
            return {"base": "date", "format": "yyyy-MM-dd"}
        case Whole():
            return {"base": "integer", "minimum": 0}
        case Degrees():
            return {"base": "decimal", "minimum": -180, "maximum": 180}
        case YesNo():
            return {"base": "boolean", "format": "yes|no"}
        case _:
            return "string"


def _foreign_keys(table: Table) -> list[Json]:
    """What names one record of another table. Lists are none: a key of CSVW has a single value."""
    named = [
        (column.name, TABLES[f"{column.form.model}s"])
        for column in table.columns
        if isinstance(column.form, One) and not isinstance(column.form, Many)
    ]
    return [
        {
            "columnReference": [name],
            "reference": {"resource": f"{of.kind}.csv", "columnReference": list(of.key)},
        }
        for name, of in named
    ]


def _uri_of(table: Table, site: str) -> str:
    """The URIs of the rows, as a template (RFC 6570)."""
    if table.model is Sector:
        return uri_of(Sector(code="{code}"), site)
    return uri_of(table.model(slug="{slug}"), site) if table.model in COLLECTIONS else ""


def _in_all_languages(say: Any) -> list[Json]:
    said = []
    for language in Language:
        with translation.override(language):
            said.append({"@value": str(say()), "@language": str(language)})
    return said


def _written(found: Json) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
