"""Questions that people have, and the addresses that answer them; the tests ask each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class Example:
    """A question, and the path that answers it, with its query string."""

    question: "StrPromise"
    path: str


EXAMPLES = (
    Example(
        _("Who in Emilia-Romagna works with Japan on industry, since when, and is it in force?"),
        "/api/v1/partnerships?region=IT-45&sector=industry",
    ),
    Example(
        _("Which acts were signed since 2020, the newest first?"), "/api/v1/agreements?from=2020"
    ),
    Example(_("All of one partnership, with its sources"), "/api/v1/partnerships/torino-nagoya"),
    Example(
        _("What sources say of each fact, conflicts too"), "/api/v1/citations?q=torino&limit=10"
    ),
    Example(
        _("How many partnerships each prefecture has with Piedmont"), "/api/v1/facets?region=IT-21"
    ),
    Example(_("The same list for a spreadsheet"), "/it/partnerships.csv?region=IT-45"),
    Example(_("Lines for a map"), "/en/partnerships.geojson?kind=twinning"),
    Example(_("The round anniversaries of 2026, for a calendar"), "/ja/anniversaries/2026.ics"),
)
