"""Where each page stands in the site: the pages above it."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

# The pages that have one address each, by the name of their route: what they are called, and what is above them.
PAGES: dict[str, tuple["StrPromise", str]] = {
    "timeline": (gettext_lazy("Timeline"), ""),
    "partnership_list": (gettext_lazy("Partnerships"), ""),
    "agreement_list": (gettext_lazy("Agreements"), ""),
    "anniversary_list": (gettext_lazy("Anniversaries"), ""),
    "place_list": (gettext_lazy("Places"), ""),
    "matrix": (gettext_lazy("Matrix of regions and prefectures"), "place_list"),
    "sector_list": (gettext_lazy("Sectors"), ""),
    "source_list": (gettext_lazy("Sources"), ""),
    "change_list": (gettext_lazy("Changes"), ""),
    "data": (gettext_lazy("Data and downloads"), ""),
    "api_reference": (gettext_lazy("API"), "data"),
    "about": (gettext_lazy("About"), ""),
    "counts": (gettext_lazy("Counts"), "about"),
    "data_quality": (gettext_lazy("Quality of the data"), "about"),
}
# Those that list records.
LISTS = {
    "timeline",
    "partnership_list",
    "agreement_list",
    "anniversary_list",
    "place_list",
    "sector_list",
    "source_list",
    "change_list",
}


def trail_of(route: str, site: str, address: str = "") -> list[tuple[str, str]]:
    """The names and addresses of the home page, of the pages above a page, and of itself.

    `route` is the name of its route, `address` the path of the page where its route has more than
    one. Of a route that is not in `PAGES` the home page alone.
    """
    if route not in PAGES:
        return [(_("Home"), site + reverse("relations:home"))]
    name, above = PAGES[route]
    return [*trail_of(above, site), (str(name), site + (address or reverse(f"relations:{route}")))]
