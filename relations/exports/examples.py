"""Questions that people have, and the addresses that answer them; the tests ask each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class Example:
    """A question, and the address that answers it: of the API or, without a slash, of a list in the language of the reader."""

    question: "StrPromise"
    address: str

    @property
    def path(self) -> str:
        """The path with its query string."""
        return self.address if self.address.startswith("/") else f"/{get_language()}/{self.address}"


EXAMPLES = (
    Example(
        _("Who in Emilia-Romagna works with Japan on industry, since when, and is it in force?"),
        "/api/v1/partnerships?region=IT-45&sector=industry",
    ),
    Example(_("The same list for a spreadsheet"), "partnerships.csv?region=IT-45&sector=industry"),
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
    Example(_("Lines for a map"), "partnerships.geojson?kind=twinning"),
    Example(_("The round anniversaries of 2026, for a calendar"), "anniversaries/2026.ics"),
)
