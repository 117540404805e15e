"""Tags that tell programs what a page is about, as a block of data that nothing runs (JSON-LD)."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from relations.dates import PartialDate
from relations.linked import FORMATS, pages
from relations.linked.downloads import DATA_PAGE
from relations.linked.trails import LISTS, PAGES, trail_of
from relations.models import Agreement, Event, Partnership, Place, Source
from relations.uris import origin, path_of

if TYPE_CHECKING:
    from django.http import HttpRequest

register = template.Library()

# So that no text can close the block that it stands in.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def _block(nodes: Iterable[pages.Node]) -> SafeString:
    text = json.dumps(pages.document(nodes), ensure_ascii=False, separators=(",", ":"))
    escaped = mark_safe(text.translate(_ESCAPES))  # noqa: S308 # it has been escaped
    return format_html('<script type="application/ld+json">{}</script>', escaped)


@register.simple_tag(takes_context=True)
def page_data(context: Mapping[str, Any]) -> SafeString:
    """Where the page stands, and that it is a list if it is one. Nothing where no route leads to the page."""
    request: HttpRequest | None = context.get("request")
    match = request.resolver_match if request else None
    if request is None or match is None or match.app_name != "relations":
        return SafeString("")
    site, route = origin(request), match.url_name or ""
    trail = trail_of(route, site, request.path)
    nodes = [pages.breadcrumbs(trail)]
    if route in LISTS:
        nodes.append(pages.collection_page(site, *trail[-1]))
    return _block(nodes)


@register.simple_tag(takes_context=True)
def home_data(context: Mapping[str, Any]) -> SafeString:
    """The site and its dataset."""
    site = origin(context["request"])
    home = site + reverse("relations:home")
    dataset = pages.dataset_page(site, home + DATA_PAGE)
    return _block([pages.website(site, home), dataset, pages.breadcrumbs(trail_of("", site))])


@register.simple_tag(takes_context=True)
def dataset_data(context: Mapping[str, Any], modified: date, since: PartialDate) -> SafeString:
    """The dataset, on the page that tells of it, with the day of its last change and the date of its oldest act."""
    request = context["request"]
    site = origin(request)
    dataset = pages.dataset_page(site, site + request.path, modified, since)
    route = request.resolver_match.url_name
    return _block([dataset, pages.breadcrumbs(trail_of(route, site))])


@register.simple_tag(takes_context=True)
def partnership_data(
    context: Mapping[str, Any],
    partnership: Partnership,
    agreements: Iterable[Agreement],
    events: Iterable[Event],
) -> SafeString:
    """A partnership with its places, agreements and events, which the page has read already."""
    site = origin(context["request"])
    nodes = pages.partnership_page(partnership, agreements, events, site)
    return _block([_trail_to(partnership, "partnership_list", site), *nodes])


@register.simple_tag(takes_context=True)
def place_data(context: Mapping[str, Any], place: Place) -> SafeString:
    """A place."""
    site = origin(context["request"])
    return _block([_trail_to(place, "place_list", site), pages.place_node(place, site)])


@register.simple_tag(takes_context=True)
def record_trail(
    context: Mapping[str, Any], record: Partnership | Source, above: str, under: str = ""
) -> SafeString:
    """Where the page of a record stands, and `under` it a page of its own whose route is of that name in `PAGES`."""
    request = context["request"]
    site = origin(request)
    trail = [*trail_of(above, site), (str(record), site + record.get_absolute_url())]
    if under:
        trail.append((str(PAGES[under][0]), site + request.path))
    return _block([pages.breadcrumbs(trail)])


def _trail_to(record: Partnership | Place, above: str, site: str) -> pages.Node:
    return pages.breadcrumbs(
        [*trail_of(above, site), (str(record), site + record.get_absolute_url())]
    )


@register.simple_tag
def data_links(record: Partnership | Place | Source | None = None) -> SafeString:
    """Links from the head of a page to the same as linked data; without a record, to the catalogue."""
    stem = path_of(record).rstrip("/") if record else "/catalog"
    return format_html_join(
        "",
        '<link rel="alternate" type="{}" href="{}.{}">',
        ((form.media_type, stem, end) for end, form in FORMATS.items()),
    )
