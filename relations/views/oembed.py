"""oEmbed: from the address of a page to the code that frames its small one. See https://oembed.com/."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import ResolverMatch, resolve, reverse
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations import embedding, pictures
from relations.embedding import Embed, Picture
from relations.filters import FilterError
from relations.models import Partnership, Place
from relations.uris import origin
from relations.views.home import home_filter
from relations.views.opened import open_to_all
from relations.views.timeline import timeline_filter
from relations.views.tombstones import GoneError, public_partnership

FORMATS = ("json", "xml")


@require_safe
@open_to_all
def oembed(request: HttpRequest) -> HttpResponse:
    """What a consumer needs to frame a page: 501 in other formats, 404 where the page is not public or not ours."""
    form = request.GET.get("format", "json")
    if form not in FORMATS:
        return _say(f"The formats are {' and '.join(FORMATS)}.", 501)
    try:
        most = _pixels(request, "maxwidth"), _pixels(request, "maxheight")
    except ValueError as error:
        return _say(str(error), 400)
    try:
        said = _described(request, request.GET.get("url", ""), most)
    except (Http404, GoneError, FilterError):
        return _say(
            _("There is no public page of the atlas at this address that can be framed."), 404
        )
    if form == "json":
        return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(embedding.as_xml(said), "text/xml; charset=utf-8")


def _pixels(request: HttpRequest, name: str) -> int | None:
    """A greatest width or height, or none where it is not asked for.

    Raises:
        ValueError: it is no whole number of pixels.
    """
    value = request.GET.get(name, "")
    if value and not (value.isascii() and value.isdecimal() and int(value[:9]) > 0):
        raise ValueError(f"{name} is a whole number of pixels, at least 1.")
    return int(value[:9]) if value else None


def _say(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", "text/plain; charset=utf-8", status=status)


def _described(
    request: HttpRequest, url: str, most: tuple[int | None, int | None]
) -> dict[str, Any]:
    """What there is to say of a page in any language, or in none: then each reader gets their own.

    Raises:
        Http404, GoneError, FilterError: there is no such page that can be framed.
    """
    site = origin(request)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Http404 from error
    if f"{parts.scheme}://{parts.netloc}" not in {site, f"{request.scheme}://{request.get_host()}"}:
        raise Http404
    own = get_language_from_path(parts.path)
    language = own or get_language() or "en"
    with override(language):
        path = parts.path if own else f"/{language}{parts.path}"
        match = resolve(path)
        if match.view_name not in _EMBEDS:
            raise Http404
        embed = _EMBEDS[match.view_name](site, QueryDict(parts.query), **match.kwargs)
        if not own:
            embed = embedding.neutral(embed)
        return embed.described(site, most, _picture(match, site))


def _picture(match: ResolverMatch, site: str) -> Picture:
    """The picture with which a link to the page is shown."""
    name = _PICTURES.get(match.view_name, "relations:home_picture")
    return Picture(site + reverse(name, kwargs=match.kwargs), pictures.WIDTH, pictures.HEIGHT)


def _partnership(site: str, _query: QueryDict, slug: str) -> Embed:
    return embedding.of_partnership(
        public_partnership(Partnership.objects.with_places(), slug), site
    )


def _place(site: str, _query: QueryDict, slug: str) -> Embed:
    return embedding.of_place(get_object_or_404(Place, slug=slug), site)


def _map(site: str, query: QueryDict) -> Embed:
    return embedding.of_map(home_filter(query), site)


def _timeline(site: str, query: QueryDict) -> Embed:
    return embedding.of_timeline(timeline_filter(query), site)


_PICTURES = {
    "relations:partnership_detail": "relations:partnership_picture",
    "relations:place_detail": "relations:place_picture",
}
_EMBEDS: dict[str, Callable[..., Embed]] = {
    "relations:partnership_detail": _partnership,
    "relations:place_detail": _place,
    "relations:home": _map,
    "relations:timeline": _timeline,
}
