"""The formats of files, as django-import-export knows them."""

# Overrides keep the signatures of django-import-export:
# ruff: noqa: ARG002

from typing import Any

from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import Format

from relations.tables.separated import write_csv, write_csv_for_excel
from relations.tables.workbooks import write_workbook


class _Written(Format):  # type: ignore[misc] # the package has no types
    """A format in which tables are written; reading tells them by their content, see `read_file`."""

    title: Any
    extension: str
    content_type: str

    def get_title(self) -> Any:
        """How the choice is named."""
        return self.title

    def get_extension(self) -> str:
        """The end of the name of its files."""
        return self.extension

    def get_content_type(self) -> str:
        """The media type."""
        return self.content_type

    def can_export(self) -> bool:
        """All of them can."""
        return True

    def can_import(self) -> bool:
        """Likewise."""
        return True


class Csv(_Written):
    """RFC 4180, UTF-8."""

    title = _("CSV (UTF-8, commas)")
    extension = "csv"
    content_type = "text/csv; charset=utf-8; header=present"

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        """The rows of a dataset."""
        return write_csv([dataset.headers, *dataset])


class CsvForExcel(Csv):
    """With the byte order mark without which Excel garbles Japanese, and semicolons, as it parts columns in Italy."""

    title = _("CSV for Excel (byte order mark, semicolons)")

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        """The rows of a dataset."""
        return write_csv_for_excel([dataset.headers, *dataset], ";")


class Workbook(_Written):
    """Office Open XML."""

    title = _("Excel workbook (.xlsx)")
    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        """The rows of a dataset."""
        return write_workbook(dataset.title or "table", dataset.headers, dataset)


FORMATS = {"csv": Csv, "excel-csv": CsvForExcel, "xlsx": Workbook}
