"""What is offered when a place is looked up: those of the atlas, then entries of the gazetteer."""

# Overrides keep Django's signatures:
# ruff: noqa: ARG002

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.enums import Country
from relations.models import GazetteerEntry, Place
from relations.models.gazetteer import KEY

PAGE = 20
NEW = _("Not yet in the atlas: added when you save")
_NUMBER = re.compile("[1-9][0-9]{0,4}")
Result = dict[str, str]


def key_of(entry: GazetteerEntry) -> str:
    """What a form sends for an entry."""
    return f"{entry.country}-{entry.code}"


def find(key: str) -> GazetteerEntry | None:
    """The entry with this key, None for what is no key or has no entry."""
    match = KEY.fullmatch(key)
    return GazetteerEntry.objects.filter(country=match[1], code=match[2]).first() if match else None


def label(place: Place | GazetteerEntry, province: str = "", territory: object = "") -> str:
    """How a place is offered: La Spezia · SP · Liguria, 泉佐野市 Izumisano · Osaka."""
    is_japanese = place.country == Country.JAPAN
    name = f"{place.name_ja} {place.name_it}" if is_japanese else place.name_it
    return " · ".join(str(part) for part in (name, province, territory) if part)


def label_of_place(place: Place) -> str:
    """The same of a place that the atlas has. It asks for the region if that is not fetched."""
    return label(place, territory=place.region.name if place.region else "")


def label_of_entry(entry: GazetteerEntry) -> str:
    """The same of an entry. It asks for the region."""
    region = Place.objects.filter(country=entry.country, code=entry.region_code).first()
    return label(entry, entry.province, region.name if region else "")


class PlaceAutocomplete(AutocompleteJsonView):
    """Suggests the places of the atlas that a search finds, and then entries of the gazetteer.

    Only editors who may add places are offered entries.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """One page of suggestions, as select2 reads them."""
        self.term, self.model_admin, self.source_field, _to_field = self.process_request(request)
        if self.model_admin.model is not Place or not self.has_perm(request):
            raise PermissionDenied
        start = (_page_number(request) - 1) * PAGE
        end = start + PAGE
        found = self.get_queryset().select_related("region")
        count = found.count()
        places = [self.place_result(place) for place in found[start:end]]
        # One more than is shown, to know whether there are more.
        first, last = max(start - count, 0), max(end + 1 - count, 0)
        entries = self.entry_results(self.entries()[first:last])
        shown = entries[: PAGE - len(places)]
        return JsonResponse(
            {
                "results": [
                    *_group(_("In the atlas"), places, is_first=start == 0),
                    *_group(NEW, shown, is_first=first == 0),
                ],
                "pagination": {"more": count > end or len(entries) > len(shown)},
            }
        )

    def entries(self) -> Any:
        """The entries that the search finds and that the field may hold."""
        if not self.term.strip() or not self.model_admin.has_add_permission(self.request):
            return GazetteerEntry.objects.none()
        return (
            GazetteerEntry.objects.complex_filter(self.source_field.get_limit_choices_to())
            .not_yet_places()
            .spelled(self.term)
        )

    def place_result(self, place: Place) -> Result:
        """A place, with the address of its form."""
        url = self._url("change", place.pk)
        return {"id": str(place.pk), "text": label_of_place(place), "url": url}

    def entry_results(self, entries: Iterable[GazetteerEntry]) -> list[Result]:
        """Entries, each with the address of the form that it fills in, and what will be asked for."""
        names = {place.code: str(place.name) for place in Place.objects.territories()}
        return [
            {
                "id": key_of(entry),
                "text": label(entry, entry.province, names.get(entry.region_code, "")),
                "url": f"{self._url('add')}?gazetteer={key_of(entry)}",
                "asks": "" if entry.name_ja else question(entry),
            }
            for entry in entries
        ]

    def _url(self, page: str, *args: Any) -> str:
        return reverse(f"admin:relations_place_{page}", args=args)


def _group(heading: Any, results: list[Result], *, is_first: bool) -> list[Any]:
    """Results under their heading, which a later page of them does not repeat."""
    return [{"text": str(heading), "children": results}] if results and is_first else results


def _page_number(request: HttpRequest) -> int:
    """The page that is asked for, the first where that is no number."""
    number = request.GET.get("page", "")
    return int(number) if _NUMBER.fullmatch(number) else 1


def question(entry: GazetteerEntry) -> str:
    """What the form asks of an entry that has no Japanese name."""
    return str(_("Japanese name of %(place)s") % {"place": entry.name_it})
