"""Every public address of the site, by the pattern that answers it, with real examples in it."""

import re
from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from relations.models import Agreement, Event, Partnership, Place, Sector, Source

# In which a part of an address is named, each with an example; the slugs are read from the data.
_PARTS = {
    "<list:kind>": "partnerships",
    "<suffix:suffix>": "csv",
    "<year:year>": "2024",
    "<collection:collection>/<slug:slug>": "partnerships/{partnership}",
    "<rdf:form>": "ttl",
    "sitemap-<slug:name>": "sitemap-places",
    "data/releases/<str:name>": "data/releases/none.zip",
    "data/<str:name>": "data/partnerships.csv",
    ".*$": "none",
    "sectors/<code>": "sectors/{sector}",
    **{
        f"{kind}s/<{slug}>": f"{kind}s/{{{kind}}}"
        for kind in ("partnership", "place", "agreement", "event", "source")
        for slug in ("slug", "slug:slug", f"slug:{kind}")
    },
    "embed/partnership/<slug:slug>": "embed/partnership/{partnership}",
    "embed/place/<slug:slug>": "embed/place/{place}",
}


def routes() -> list[str]:
    """The patterns of all public addresses, written as in the URLconf."""
    found = _walk(get_resolver().url_patterns)
    return [route for route in found if not route.startswith("admin/")]


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            # The language that is active while they are read is in the pattern.
            yield re.sub("^(it|ja|en)/", "en/", route).replace("^", "")
        else:
            yield from _walk(pattern.url_patterns, route)


def template(route: str) -> str:
    """The address of a pattern, with the slugs still to be filled in, as `{partnership}`."""
    for part, example in _PARTS.items():
        route = route.replace(part, example)
    assert not re.search("[<>*]", route), f"Give an example of {route} in _PARTS."
    return f"/{route}"


def slugs() -> dict[str, str]:
    """A real record of each kind."""
    return {
        "partnership": Partnership.objects.published().values_list("slug", flat=True)[0],
        "agreement": Agreement.objects.published().values_list("slug", flat=True)[0],
        "event": next(iter(Event.objects.published().values_list("slug", flat=True)), "none"),
        "place": Place.objects.values_list("slug", flat=True)[0],
        "source": Source.objects.published().values_list("slug", flat=True)[0],
        "sector": Sector.objects.values_list("code", flat=True)[0],
    }
