"""The public pages for search engines (https://www.sitemaps.org/protocol.html): each in three languages, and when it last changed.

An index leads to one file for each kind of page. The addresses are those that the pages call
canonical: of the lists, which can be filtered in any number of ways, the whole one.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.core.paginator import InvalidPage
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations import uris
from relations.linked.trails import PAGES
from relations.models import Agreement, Event, Partnership, Place, Source

CONTENT_TYPE = "application/xml"
# Addresses in a file. The protocol allows 50,000 and 50 MB, and each of ours names three others.
MOST_ADDRESSES = 20_000

# The pages that are about no single record; the year of the anniversaries is that of today.
_PAGES = ("home", *PAGES)
# Those of them that are texts: when they were last rewritten nobody keeps.
_TEXTS = {"about", "api_reference"}

Moments = dict[int, datetime]
Listed = dict[Any, datetime | None]

if TYPE_CHECKING:
    _Sitemap = Sitemap[Any]
else:
    _Sitemap = Sitemap


class _Pages(_Sitemap):
    """What all sections have in common: three languages, and the address that leads to the reader's own.

    What is listed is read once for each request, in `read`: pairs of an item and the moment
    of its last change, or None where that is not known.
    """

    i18n = True
    alternates = True
    x_default = True
    limit = MOST_ADDRESSES

    def __init__(self, origin: str) -> None:
        self.protocol, _separator, self._domain = origin.partition("://")
        self._read = self.read()

    def read(self) -> Listed:
        """The items of the section."""
        raise NotImplementedError

    def items(self) -> list[Any]:
        """The items in their order."""
        return list(self._read)

    def lastmod(self, item: Any) -> datetime | None:
        """When the page of an item last changed."""
        return self._read[item]

    def get_latest_lastmod(self) -> datetime | None:
        """When the last one changed that did."""
        return max(filter(None, self._read.values()), default=None)

    def get_domain(self, site: Any = None) -> str:  # noqa: ARG002 # as Django calls it
        """The host of all addresses, whichever was asked."""
        return self._domain


class _StaticPages(_Pages):
    def read(self) -> Listed:
        changed = max(_moments().values(), default=None)
        return {name: None if name in _TEXTS else changed for name in _PAGES}

    def location(self, item: str) -> str:
        year = (timezone.localdate().year,) if item == "anniversary_list" else ()
        return reverse(f"relations:{item}", args=year)


class _Partnerships(_Pages):
    def read(self) -> Listed:
        moments = _moments()
        found = Partnership.objects.published().only("slug").order_by("slug")
        return {partnership: moments.get(partnership.pk) for partnership in found}


class _Places(_Pages):
    """Places with a partnership or an event of their own or, of a region or prefecture, within it."""

    def read(self) -> Listed:
        moments = _moments_of_places()
        places = Place.objects.only("slug").order_by("slug")
        return {place: moments[place.pk] for place in places if place.pk in moments}


class _Sources(_Pages):
    """Sources; when the page of one changed is not known."""

    def read(self) -> Listed:
        return dict.fromkeys(Source.objects.published().only("slug").order_by("slug"))


SECTIONS: dict[str, Callable[[str], _Pages]] = {
    "pages": _StaticPages,
    "partnerships": _Partnerships,
    "places": _Places,
    "sources": _Sources,
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The files of the sitemap, each with the last change of what it names."""
    origin, entries = uris.origin(request), []
    for name, pages_of in SECTIONS.items():
        pages = pages_of(origin)
        changed = pages.get_latest_lastmod()
        for number in pages.paginator.page_range:
            path = reverse("sitemap_section", args=(name,))
            query = f"?p={number}" if number > 1 else ""
            entries.append({"location": f"{origin}{path}{query}", "last_mod": changed})
    return _sent("sitemap_index.xml", {"sitemaps": entries})


@require_safe
def section(request: HttpRequest, name: str) -> HttpResponse:
    """One file of the sitemap."""
    if name not in SECTIONS:
        raise Http404
    pages = SECTIONS[name](uris.origin(request))
    try:
        urlset = pages.get_urls(page=request.GET.get("p", "1"), protocol=pages.protocol)
    except InvalidPage as error:
        raise Http404 from error
    return _sent("sitemap.xml", {"urlset": urlset})


def _sent(template: str, context: dict[str, Any]) -> HttpResponse:
    content = render_to_string(template, context)
    return HttpResponse(content, content_type=CONTENT_TYPE)


def _moments() -> Moments:
    """When the agreements and events of each partnership last changed, by its key."""
    found: Moments = {}
    acts = Agreement.objects.published().order_by().values_list("partnership")
    _keep_last(found, acts.annotate(Max("changed")))
    events = Event.objects.published().filter(partnerships__isnull=False).order_by()
    _keep_last(found, events.values_list("partnerships").annotate(Max("changed")))
    return found


def _moments_of_places() -> Moments:
    """The same of each place, with what is in a region or prefecture counted there too."""
    found: Moments = {}
    moments = _moments()
    sides = ("italian_place", "japanese_place")
    names = [name for side in sides for name in (side, f"{side}__region")]
    for key, *places in Partnership.objects.values_list("pk", *names):
        if key in moments:
            _keep_last(found, [(place, moments[key]) for place in places])
    events = Event.objects.published().order_by()
    for place in ("place", "places"):
        told = events.values_list(place, f"{place}__region").annotate(Max("changed"))
        for one, region, changed in told:
            _keep_last(found, [(one, changed), (region, changed)])
    return found


def _keep_last(found: Moments, told: Iterable[tuple[int | None, datetime]]) -> None:
    """Keep the last moment of each key."""
    for key, moment in told:
        if key is not None:
            found[key] = max(moment, found.get(key, moment))
