"""Pages of the atlas in frames of other sites: their addresses, the code that frames them, what oEmbed says of them.

oEmbed: https://oembed.com/, section 2.3.
"""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relations.filters import AtlasFilter
from relations.models import Partnership, Place

# How long, in seconds, a consumer may keep what it was told.
CACHE_AGE = 24 * 3600


class Size(NamedTuple):
    """Width and height in CSS pixels."""

    width: int
    height: int


# As much as each shows without scrolling in a column of text; the map in the width of a page.
SIZES = {
    "partnership": Size(640, 520),
    "place": Size(640, 560),
    "map": Size(960, 840),
    "timeline": Size(960, 640),
}


class Picture(NamedTuple):
    """The picture that stands for a page where it is shared, with its address."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Embed:
    """A page to be framed: its kind, a name of `SIZES`; its title; its address with host and query string."""

    kind: str
    title: str
    url: str

    @property
    def size(self) -> Size:
        """As large as it should be."""
        return SIZES[self.kind]

    @property
    def code(self) -> str:
        """The code for a page of another site, as wide as there is room."""
        return self.frame("100%", self.size.height)

    def frame(self, width: int | str, height: int) -> str:
        """The code with a width and a height; `frameborder`, since a style would need the leave of the other site's policy."""
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" frameborder="0"></iframe>',
            self.url,
            self.title,
            width,
            height,
        )

    def described(
        self, site: str, most: tuple[int | None, int | None], picture: Picture | None = None
    ) -> dict[str, Any]:
        """What an oEmbed response says of it; `most` are the greatest width and height that are asked for."""
        width, height = (
            min(wish, limit or wish) for wish, limit in zip(self.size, most, strict=True)
        )
        said = {
            "version": "1.0",
            "type": "rich",
            "title": self.title,
            "provider_name": _("Italy–Japan Twinning Atlas"),
            "provider_url": f"{site}/",
            "cache_age": CACHE_AGE,
            "html": self.frame(width, height),
            "width": width,
            "height": height,
        }
        if picture:
            said |= {f"thumbnail_{name}": value for name, value in picture._asdict().items()}
        return said


def of_partnership(partnership: Partnership, site: str) -> Embed:
    """The small page of a partnership, whose places are loaded; `site` is an `origin`."""
    path = reverse("relations:embed_partnership", args=(partnership.slug,))
    return Embed("partnership", str(partnership), site + path)


def of_place(place: Place, site: str) -> Embed:
    """The small page of a place."""
    path = reverse("relations:embed_place", args=(place.slug,))
    return Embed("place", str(place.name), site + path)


def of_map(atlas_filter: AtlasFilter, site: str) -> Embed:
    """The map as it is filtered."""
    title = atlas_filter.titled(_("How Italy and Japan are linked"))
    return Embed("map", title, site + _filtered("relations:embed_map", atlas_filter))


def of_timeline(atlas_filter: AtlasFilter, site: str) -> Embed:
    """The timeline as it is filtered."""
    title = atlas_filter.titled(_("Since when Italy and Japan are linked"))
    return Embed("timeline", title, site + _filtered("relations:embed_timeline", atlas_filter))


def _filtered(page: str, atlas_filter: AtlasFilter) -> str:
    """The address of a page under the filter; in what order a list beside it stood, and at which page, is left out."""
    return (reverse(page) + atlas_filter.query(page=None, sort=None)).removesuffix("?")


def neutral(embed: Embed) -> Embed:
    """The same without a language in its address: each reader gets it in that of their browser."""
    return replace(embed, url=embed.url.replace(f"/{get_language()}/embed/", "/embed/", 1))


def as_xml(said: dict[str, Any]) -> bytes:
    """An oEmbed response as XML."""
    root = Element("oembed")
    for name, value in said.items():
        SubElement(root, name).text = str(value)
    document: bytes = tostring(root, "utf-8", xml_declaration=True)
    return document
