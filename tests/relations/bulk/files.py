"""What the tests of imports share: files of rows, and what an import of them comes to."""

import csv
from io import BytesIO, StringIO

from openpyxl import Workbook

from relations.bulk import RESOURCES, Csv, Import, read_file
from relations.tables import TABLES


def csv_file(*rows, delimiter=","):
    """Rows, the first of which names the columns, as a CSV file."""
    file = StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode()


def of(**cells):
    """A CSV file of one row."""
    return csv_file(list(cells), list(cells.values()))


def workbook(*rows, title="Sheet"):
    """The same as a workbook, whose cells keep their types."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def imported(kind, content, user=None, **options):
    """An import that has run."""
    return Import(TABLES[kind], read_file(content, TABLES[kind]), user).run(**options)


def exported(kind, form=Csv):
    """The whole table as a file."""
    return form().export_data(RESOURCES[kind]().export())


def rows_of(kind, content):
    """The cells of a file, by column."""
    return [row for _number, row in read_file(content, TABLES[kind]).rows]


def sentences(job):
    """What was wrong: row, column and sentence of each problem."""
    return [(row.number, p.column, p.sentence) for row in job.wrong for p in row.problems]
