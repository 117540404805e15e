"""The rows of the tables of partnerships and of agreements, each drawn once until the data change.

Written here and not in templates: where nothing is kept yet there are fifty of them on a page, and
the template engine would take most of the time that the page takes.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from html import escape
from typing import NamedTuple

from django.db.models import F, OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from relations.dates import UNKNOWN
from relations.enums import AgreementKind, Country, Language, PlaceKind, Status
from relations.filters.index import Index
from relations.models import Agreement, Event, Partnership, Party, Sector
from relations.models.fields import date_or_unknown
from relations.models.localized import LocalizedText, localized
from relations.models.partnerships import TEXTS
from relations.templatetags.atlas import marked, native_name, when

# Sectors that are named in a row of either table.
MOST_OF_PARTNERSHIP, MOST_OF_AGREEMENT = 3, 4

_PLACE = (
    '<span class="place place--%s"><span class="place__name">%s</span> %s'
    ' <span class="place__region">%s</span></span>'
)
_KIND = '<span class="kind kind--{}"><span class="kind__mark" aria-hidden="true"></span>{}</span>'
_STATUS = (
    '<span class="status status--{}"><span class="status__mark" aria-hidden="true"></span>{}</span>'
)
_SECTOR = '<li><a class="sector sector--{}" href="{}">{}</a></li>'
_PARTY = '<li class="party-list__item party-list__item--{}">{}</li>'

Draw = Callable[[Index, Collection[int], date], dict[int, SafeString]]


def partnership_rows(index: Index, keys: Sequence[int], on: date) -> list[SafeString]:
    """The rows of some partnerships, in their order; those that are no longer there are left out."""
    return _rows("partnership row", _draw_partnerships, index, keys, on)


def agreement_rows(index: Index, keys: Sequence[int], on: date) -> list[SafeString]:
    """The rows of some agreements, in their order; those that are no longer there are left out."""
    return _rows("agreement row", _draw_agreements, index, keys, on)


def _rows(what: str, draw: Draw, index: Index, keys: Sequence[int], on: date) -> list[SafeString]:
    kept = index.keep((what, get_language(), on), keys, lambda missing: draw(index, missing, on))
    return [kept[key] for key in keys if key in kept]


class _Side(NamedTuple):
    """A partner, as far as a row names it."""

    country: str
    kind: str
    region: int | None
    name_it: str
    name_ja: str
    name_en: str

    @property
    def name(self) -> LocalizedText:
        """As `Place.name`."""
        return localized(self, "name")

    @property
    def native_name(self) -> LocalizedText:
        """As `Place.native_name`."""
        native = Language.JAPANESE if self.country == Country.JAPAN else Language.ITALIAN
        return localized(self, "name", native)


def _draw_partnerships(index: Index, keys: Collection[int], on: date) -> dict[int, SafeString]:
    """Read partnerships in two queries, and draw them."""
    acts = _read_acts(keys)
    heads = ("Italian place", "Japanese place", "Since", "Agreements", "Sectors", "Status")
    cells = [f'<td data-label="{escape(_(head))}">' for head in (*heads, "Last event")]
    nothing = format_html('<span class="muted">{}</span>', _("none on record"))
    url = reverse("relations:partnership_list")
    regions = {place.pk: escape(place.name.text) for place in index.territories.values()}
    kind_of, status_of, tag_of = _pieces()
    drawn = {}
    for key, slug, last_told, italian, japanese in _read_partnerships(keys):
        dates = (date_or_unknown(signed) for _act, _kind, signed in acts[key])
        kinds = dict.fromkeys(kind for _act, kind, _signed in acts[key])
        sectors = index.sectors_of(index.place_of_act.get(act) for act, *_rest in acts[key])
        told = date_or_unknown(last_told or "")
        parts = (
            f'<a class="row-link" href="{url}{slug}/">{_place(italian, regions)}'
            f' <span class="visually-hidden">– {escape(japanese.name.text)}</span></a>',
            _place(japanese, regions),
            when(next((signed for signed in dates if signed.is_known), UNKNOWN)),
            f'<ul class="kind-list">{"".join(f"<li>{kind_of(kind)}</li>" for kind in kinds)}</ul>',
            f'<ul class="tag-list">{"".join(map(tag_of, sectors[:MOST_OF_PARTNERSHIP]))}'
            f"{_more(len(sectors) - MOST_OF_PARTNERSHIP)}</ul>",
            status_of(index.status_of(key, on)),
            when(told) if told.is_known else nothing,
        )
        drawn[key] = _row(cells, parts, head=0)
    return drawn


def _read_acts(partnerships: Collection[int]) -> Mapping[int, list[tuple[int, str, str]]]:
    """The key, kind and date of each agreement of some partnerships, in the order of signature."""
    acts: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    signed = Agreement.objects.published().filter(partnership__in=partnerships)
    in_order = signed.order_by(F("signed_earliest").asc(nulls_last=True), "slug")
    for key, act, kind, day in in_order.values_list("partnership", "pk", "kind", "signed"):
        acts[key].append((act, kind, day))
    return acts


def _read_partnerships(
    keys: Collection[int],
) -> Iterator[tuple[int, str, str | None, _Side, _Side]]:
    """The key and slug of partnerships, the date of the last event as it is written, and the two partners."""
    told = Event.objects.published().filter(
        partnerships=OuterRef("pk"), start_earliest__isnull=False
    )
    last = told.order_by("-start_earliest", "-slug").values("start")[:1]
    sides = [f"{side}_place__{name}" for side in ("italian", "japanese") for name in _Side._fields]
    rows = Partnership.objects.filter(pk__in=keys).order_by().annotate(last_told=Subquery(last))
    for key, slug, last_told, *names in rows.values_list("pk", "slug", "last_told", *sides):
        half = len(_Side._fields)
        yield key, slug, last_told, _Side(*names[:half]), _Side(*names[half:])


def _draw_agreements(index: Index, keys: Collection[int], on: date) -> dict[int, SafeString]:
    """Read agreements in two queries, and draw them."""
    heads = ("Signed", "Agreement", "Kind", "Between", "Sectors", "Status")
    cells = [f'<td data-label="{escape(_(head))}">' for head in heads]
    kind_of, status_of, tag_of = _pieces()
    drawn = {}
    for key, act in _read_agreements(keys, on).items():
        sectors = index.sectors_of([index.place_of_act.get(key)])
        parties = ((party.place.country.lower(), marked(party.name)) for party in act.parties.all())
        link = '<a class="row-link" href="{}">{}</a>'
        parts = (
            when(act.signed_date),
            format_html(link, act.get_absolute_url(), marked(act.title)),
            kind_of(act.kind),
            f'<ul class="party-list">{format_html_join("", _PARTY, parties)}</ul>',
            f'<ul class="tag-list">{"".join(map(tag_of, sectors[:MOST_OF_AGREEMENT]))}</ul>',
            status_of(vars(act)["status"]),
        )
        drawn[key] = _row(cells, parts, head=1)
    return drawn


def _read_agreements(keys: Collection[int], on: date) -> dict[int, Agreement]:
    """Agreements with their parties and their status on a day."""
    summaries = [name for name in TEXTS if not name.startswith("title")]
    return (
        Agreement.objects.with_status(on)
        .defer(*summaries)
        .select_related("partnership")
        .prefetch_related(Prefetch("parties", Party.objects.select_related("place")))
        .in_bulk(list(keys))
    )


def _row(cells: Sequence[str], parts: Sequence[str], head: int) -> SafeString:
    """A row of cells that are HTML, one of them its head."""
    drawn = [f"{cell}{part}</td>" for cell, part in zip(cells, parts, strict=True)]
    named = cells[head].removeprefix("<td")
    drawn[head] = f'<th scope="row"{named}{parts[head]}</th>'
    return SafeString(f"<tr>{''.join(drawn)}</tr>\n")


def _place(side: _Side, regions: Mapping[int, str]) -> str:
    """A partner, as `components/_place.html` shows it."""
    region = regions[side.region] if side.region else escape(str(PlaceKind(side.kind).label))
    return _PLACE % (side.country.lower(), escape(side.name.text), native_name(side), region)


def _pieces() -> tuple[Callable[[str], str], Callable[[str], str], Callable[[Sector], str]]:
    """How a kind, a status and a sector are shown in the language of the page, each drawn once."""
    sectors = reverse("relations:sector_list")
    return (
        cache(lambda kind: format_html(_KIND, kind, AgreementKind(kind).label)),
        cache(lambda status: format_html(_STATUS, status, Status(status).label)),
        cache(lambda s: format_html(_SECTOR, s.colour, f"{sectors}#{s.code}", s.name)),
    )


def _more(count: int) -> str | SafeString:
    """How many sectors are not named."""
    if count <= 0:
        return ""
    said = ngettext("and %(n)s more", "and %(n)s more", count) % {"n": count}
    return format_html('<li class="muted">{}</li>', said)
