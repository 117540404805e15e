"""Names of records as URIs: the same in every language and for ever.

`https://…/partnerships/torino-nagoya/` names the partnership; a browser that follows it is led to
the page in its language, a program to the data in the format that it asks for.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from relations.models import Agreement, Event, Partnership, Place, Sector, Source

# Which records have a URI, and the first part of its path.
COLLECTIONS: dict[Any, str] = {
    Agreement: "agreements",
    Event: "events",
    Partnership: "partnerships",
    Place: "places",
    Sector: "sectors",
    Source: "sources",
}


# Names are made of this for ever, whatever host and language they are read from. The atlas has no
# domain of its own, and one that ends in .invalid is nobody else's (RFC 4151, RFC 6761).
_AUTHORITY = "tag:italy-japan-twinning-atlas.invalid,2026"


def origin(request: HttpRequest) -> str:
    """The scheme and host of the URIs, without a slash: SITE_URL, or where that is not set those that were asked for."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def path_of(record: Any) -> str:
    """The part of a record's URI that follows the host: `/partnerships/torino-nagoya/`."""
    collection = COLLECTIONS[type(record)]
    return f"/{collection}/{record.code if isinstance(record, Sector) else record.slug}/"


def uri_of(record: Any, site: str) -> str:
    """The URI of a record; `site` is an `origin`."""
    return site + path_of(record)


def tag(name: str) -> str:
    """A name for ever that is no address (RFC 4151): `tag:…:agreements/torino-nagoya-2005`."""
    return f"{_AUTHORITY}:{name}"
