"""The tables of the atlas: which columns each has, in which order, and how a value is written.

The same for the files of the public site, and for those that the desk reads and writes. Pure:
no query, no request.
"""

from relations.tables.columns import Column, Table
from relations.tables.definitions import TABLES
from relations.tables.derived import DERIVED, Context, Derived
from relations.tables.forms import CellError
from relations.tables.lines import party_names

__all__ = ("DERIVED", "TABLES", "CellError", "Column", "Context", "Derived", "Table", "party_names")
