"""What pages say of themselves to programs: JSON-LD in the words of schema.org. Pure: no query, no request.

Addresses are absolute; a record is named by its URI, which is the same in every language, while
its names are in the language of the page.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relations.dates import PartialDate
from relations.enums import Country, Language
from relations.licence import LICENCE_URL
from relations.linked.downloads import DOWNLOADS, Download
from relations.linked.places import class_of, wikidata_of
from relations.linked.vocabulary import exact
from relations.models import Agreement, Event, Partnership, Place
from relations.uris import uri_of

Node = dict[str, Any]
# The pages above a page and itself, the home page first: name and address.
Trail = Sequence[tuple[str, str]]


def document(nodes: Iterable[Node]) -> Node:
    """Some nodes as one document."""
    return {"@context": "https://schema.org", "@graph": [_without_blanks(node) for node in nodes]}


def _without_blanks(node: Node) -> Node:
    """A node without the properties of which nothing is known."""
    return {name: value for name, value in node.items() if value not in ("", None, [])}


def breadcrumbs(trail: Trail) -> Node:
    """Where a page stands in the site."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": address}
            for n, (name, address) in enumerate(trail, 1)
        ],
    }


def website(site: str, home: str) -> Node:
    """The site, on its home page."""
    return {
        "@type": "WebSite",
        "@id": f"{site}/#site",
        "name": _("Italy–Japan Twinning Atlas"),
        "url": home,
        "inLanguage": get_language(),
    }


def collection_page(site: str, name: str, address: str) -> Node:
    """A page that lists records."""
    return {
        "@type": "CollectionPage",
        "name": name,
        "url": address,
        "inLanguage": get_language(),
        "isPartOf": {"@id": f"{site}/#site"},
    }


def dataset_page(
    site: str,
    page: str,
    modified: date | None = None,
    since: PartialDate | None = None,
    downloads: Iterable[Download] = DOWNLOADS,
) -> Node:
    """The dataset and the forms in which it can be had; `page` is the address of the page that tells of it.

    `modified` is the day of its last change, `since` the date of its oldest act; a page that would
    have to ask for them leaves them out.
    """
    start = exact(since) if since else ""
    return {
        "@type": "Dataset",
        "@id": f"{site}/catalog/#dataset",
        "name": _("Italy–Japan Twinning Atlas"),
        "description": _(
            "The twinnings, pacts and agreements between Italian and Japanese cities, regions and prefectures, each fact with its source."
        ),
        "url": page,
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "inLanguage": list(Language.values),
        "creator": {"@type": "Organization", "name": settings.PUBLISHER_NAME},
        "dateModified": modified.isoformat() if modified else "",
        "temporalCoverage": f"{start}/.." if start else "",
        "spatialCoverage": [
            {"@type": "Country", "name": str(country.label)} for country in Country
        ],
        "includedInDataCatalog": {"@type": "DataCatalog", "url": f"{site}/catalog/"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": download.name,
                "encodingFormat": download.media_type,
                "contentUrl": site + download.path,
            }
            for download in downloads
        ],
    }


def partnership_page(
    partnership: Partnership,
    agreements: Iterable[Agreement],
    events: Iterable[Event],
    site: str,
) -> list[Node]:
    """A partnership with its places, and the agreements and events that are its life."""
    ends = (partnership.italian_place, partnership.japanese_place)
    about = [{"@id": uri_of(place, site)} for place in ends]
    acts = [_agreement(act, about, site) for act in agreements]
    happened = [_event(event, about, site) for event in events]
    whole = {
        "@type": "Collection",
        "@id": uri_of(partnership, site),
        "name": str(partnership),
        "url": site + partnership.get_absolute_url(),
        "about": about,
        "hasPart": [{"@id": part["@id"]} for part in (*acts, *happened)],
    }
    return [whole, *(place_node(place, site) for place in ends), *acts, *happened]


def _agreement(act: Agreement, about: list[Node], site: str) -> Node:
    return {
        "@type": "CreativeWork",
        "@id": uri_of(act, site),
        "name": str(act),
        "genre": str(act.get_kind_display()),
        "dateCreated": exact(act.signed_date),
        "expires": exact(act.ended_date),
        "locationCreated": _reference(act.signed_at, site),
        "about": about,
    }


def _event(event: Event, about: list[Node], site: str) -> Node:
    return {
        "@type": "Event",
        "@id": uri_of(event, site),
        "name": str(event),
        "startDate": exact(event.start_date),
        "endDate": exact(event.end_date),
        "location": _reference(event.place, site),
        "about": about,
    }


def _reference(place: Place | None, site: str) -> Node | None:
    """A place that is told of elsewhere."""
    if place is None:
        return None
    return {"@type": class_of(place), "@id": uri_of(place, site), "name": str(place)}


def place_node(place: Place, site: str) -> Node:
    """A place: what it is called, where it lies, and which entity of Wikidata it is."""
    country = {"@type": "Country", "name": str(place.get_country_display())}
    return {
        "@type": class_of(place),
        "@id": uri_of(place, site),
        "name": str(place),
        "alternateName": str(place.native_name) if str(place.native_name) != str(place) else "",
        "url": site + place.get_absolute_url(),
        "identifier": place.code,
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": float(place.latitude),
            "longitude": float(place.longitude),
        },
        "containedInPlace": _reference(place.region, site) or country,
        "sameAs": wikidata_of(place),
    }
