"""What the URI of a record leads to: a page for people, data for programs, as each asks (RFC 9110, content negotiation)."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from relations import linked
from relations.enums import Language
from relations.formats import FORMATS
from relations.linked.catalog import catalog, day_of_last_change, first_signed
from relations.uris import COLLECTIONS, origin
from relations.views.opened import open_to_all

HTML = "text/html"
_PARAMETERS = re.compile(r';\s*(?!q=)[\w-]+="?[^",;]*"?', re.IGNORECASE)
# In which formats of lists a partnership or place is there too, under the language whose labels need no choice.
TABLES = ("csv", "json")

_MODELS = {collection: model for model, collection in COLLECTIONS.items()}
_WITH_TABLES = ("partnerships", "places")


class SeeOther(HttpResponseRedirect):
    """What tells of a thing is elsewhere: a URI names a partnership, and a page is none."""

    status_code = 303


@require_safe
@open_to_all
def record(request: HttpRequest, collection: str, slug: str) -> HttpResponse:
    """From the URI of a record to what tells of it; from that of a withdrawn one to what says so."""
    found = _public(collection, slug) or _withdrawn(collection, slug)
    page = found.get_absolute_url() if found else ""
    if not page:
        raise Http404
    places = {HTML: page}
    places |= _in_rdf(f"/{collection}/{slug}")
    if collection in _WITH_TABLES:
        with override("en"):
            stem = found.get_absolute_url().rstrip("/")
        places |= {FORMATS[end].short_type: f"{stem}.{end}" for end in TABLES}
    return _see_other(request, places)


@require_safe
@open_to_all
def catalogue(request: HttpRequest) -> HttpResponse:
    """From the URI of the catalogue to the page on the data, or to itself in a format."""
    places = {HTML: f"{reverse('relations:home')}data/"}
    places |= _in_rdf("/catalog")
    return _see_other(request, places)


def _in_rdf(stem: str) -> dict[str, str]:
    """The addresses of the same in each format of linked data, by media type."""
    return {form.media_type: f"{stem}.{end}" for end, form in linked.FORMATS.items()}


def _see_other(request: HttpRequest, places: dict[str, str]) -> HttpResponse:
    """303 to the place in the format that is preferred (the first where all are equal), or 406 with what there is."""
    # Parameters, as in `application/ld+json;profile=…`, choose among forms of a type, of which there is one.
    asked = HttpRequest()
    asked.META["HTTP_ACCEPT"] = _PARAMETERS.sub("", request.headers.get("Accept", "*/*"))
    chosen = asked.get_preferred_type(list(places))
    if chosen is None:
        there = [f"{kind}: {place}" for kind, place in places.items()]
        sentence = _("Nothing in the formats that you accept is here. There is:")
        response = _plain("\n".join([sentence, *there]), 406)
    else:
        response = SeeOther(places[chosen])
    patch_vary_headers(response, ("Accept", "Accept-Language"))
    return response


@require_safe
@open_to_all
def record_document(request: HttpRequest, collection: str, slug: str, form: str) -> HttpResponse:
    """All that is public of a record as linked data; 410 where it was public and is no longer."""
    found = _public(collection, slug)
    if found is None:
        if _withdrawn(collection, slug) is None:
            raise Http404
        return _plain(_("This record was in the atlas and has been withdrawn."), 410)
    return _document(linked.graph_of(linked.about(found), origin(request)), form)


@require_safe
@open_to_all
def catalogue_document(request: HttpRequest, form: str) -> HttpResponse:
    """The catalogue of the data (DCAT-AP_IT)."""
    return _document(catalog(origin(request), day_of_last_change(), first_signed()), form)


def _document(graph: Any, form: str) -> HttpResponse:
    media_type, write = linked.FORMATS[form]
    headers = {"Content-Language": ", ".join(Language.values)}
    return HttpResponse(write(graph), content_type=f"{media_type}; charset=utf-8", headers=headers)


def _plain(sentence: str, status: int) -> HttpResponse:
    kind = "text/plain; charset=utf-8"
    return HttpResponse(f"{sentence}\n", status=status, content_type=kind)


def _public(collection: str, slug: str) -> Any:
    """The public record of this name, or None. Every place and sector is public."""
    records = _MODELS[collection].objects
    if collection == "sectors":
        return records.filter(code=slug).first()
    return (
        (records.all() if collection == "places" else records.published()).filter(slug=slug).first()
    )


def _withdrawn(collection: str, slug: str) -> Any:
    """The record of this name that was public and is no longer, or None."""
    if collection in ("places", "sectors"):
        return None
    return _MODELS[collection].objects.withdrawn().filter(slug=slug).first()
