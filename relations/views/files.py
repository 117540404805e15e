"""Every list, and every record, as a file: the address of its page with a suffix."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations.exports import Selection, write
from relations.formats import FORMATS, SUFFIXES
from relations.licence import LICENCE_URL
from relations.views import selections
from relations.views.filtered import filtered
from relations.views.opened import open_to_all
from relations.views.tombstones import tombstoned

# What is saved rather than shown.
_SAVED = ("csv", "excel.csv", "xlsx")


def _file_view(select: Callable[..., Selection]) -> Callable[..., HttpResponse]:
    """A view that writes what a function selects from a request, in the format of the suffix."""

    @require_safe
    @open_to_all
    @filtered
    @tombstoned
    @wraps(select)
    def view(request: HttpRequest, suffix: str, **named: Any) -> HttpResponse:
        return answer(select(request, **named), suffix)

    return view


list_file = _file_view(selections.of_list)
partnership_file = _file_view(selections.of_partnership)
place_file = _file_view(selections.of_place)
anniversary_file = _file_view(selections.of_year)


def answer(selection: Selection, suffix: str) -> HttpResponse:
    """The file itself.

    Raises:
        Http404: this list has no such format.
    """
    if suffix not in SUFFIXES[selection.kind]:
        raise Http404(_("This list does not come in this format."))
    try:
        content = write(selection, suffix)
    except ValueError as error:  # a text that no cell of a workbook can hold
        return HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=406)
    way = "attachment" if suffix in _SAVED else "inline"
    name = f"{selection.name}-{timezone.localdate().isoformat()}.{suffix.rpartition('.')[2]}"
    return HttpResponse(
        content,
        content_type=FORMATS[suffix].media_type,
        headers={
            "Content-Disposition": f'{way}; filename="{name}"',
            "Link": f'<{LICENCE_URL}>; rel="license", <{selection.page}>; rel="alternate"; type="text/html"',
        },
    )
