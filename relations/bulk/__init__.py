"""Tables in and out in bulk, through django-import-export: files ↔ rows ↔ records.

An import is one transaction: with any error nothing is written. What a file does not
change is not saved, and nothing is published.
"""

from relations.bulk.files import FileError, Sheet, read_file
from relations.bulk.formats import FORMATS, Csv, CsvForExcel, Workbook
from relations.bulk.resources import RESOURCES, TableResource
from relations.bulk.running import Import, Outcome, RowReport

__all__ = (
    "FORMATS",
    "RESOURCES",
    "Csv",
    "CsvForExcel",
    "FileError",
    "Import",
    "Outcome",
    "RowReport",
    "Sheet",
    "TableResource",
    "Workbook",
    "read_file",
)
