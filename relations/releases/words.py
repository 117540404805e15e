"""What the tables and their columns are, in words for those who read the public files."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from relations.tables import Column
from relations.tables.forms import Many, One

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

TABLE_WORDS = {
    "places": _("Places: all regions and prefectures, and what published records name"),
    "sources": _("Sources: the publications that the facts come from"),
    "partnerships": _("Partnerships: pairs of one Italian and one Japanese place"),
    "agreements": _("Agreements: signed acts, with their parties and signatories"),
    "events": _("Events: what happened in the life of the partnerships"),
    "citations": _("Citations: which source says what of which fact"),
    "sectors": _("Sectors: the vocabulary of themes, in two levels"),
}
CELL_RULE = _("An apostrophe before = + - or @ at the beginning of a cell is no part of it.")
_SLUG = _("the slug of one record")


def expected(column: Column) -> "StrPromise | str":
    """How the values of a column are written. Files that are imported may name places otherwise too."""
    is_one = isinstance(column.form, One) and not isinstance(column.form, Many)
    return _SLUG if is_one else column.form.expected
