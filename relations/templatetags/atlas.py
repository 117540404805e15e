"""Tags of the pages: texts in their language, dates as far as they are known, citations."""

import html
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from relations import dates, maps
from relations.enums import CitedField, Country, Language, Status
from relations.maps import Bundle, Mark
from relations.matrix import Cell
from relations.models import Agreement, Event, Partnership, Place
from relations.models.localized import LocalizedText, active_language, localized
from relations.provenance import CitedFact, Provenance, say_numbers
from relations.representations import describe_age, describe_term, describe_year
from relations.timelines import Theme

register = template.Library()

# Where the link of a row stands, which differs with the filter.
_LINK = "\0"


@register.simple_tag
def text(record: Any, name: str) -> str | SafeString:
    """A trilingual text of a record; where it is not translated, marked with its language."""
    return marked(localized(record, name))


@register.filter
def marked(value: LocalizedText) -> str | SafeString:
    """A text chosen among languages; where it is not in the page's own, it says so."""
    if value.is_translated or not value:
        return value.text
    return format_html(
        '<span class="untranslated"><span lang="{}">{}</span> <small>{}</small></span>',
        value.language,
        value.text,
        _("(in %(language)s: not translated yet)") % {"language": Language(value.language).label},
    )


@register.simple_tag
def native_name(place: Any) -> str | SafeString:
    """The name that a place has at home, or nothing where the page is in that language."""
    native = place.native_name
    if native.language == active_language() or native.text == place.name.text:
        return ""
    return format_html('<span class="native" lang="{}">{}</span>', native.language, native.text)


@register.filter
def when(value: dates.PartialDate) -> str | SafeString:
    """A date as a `time` element, never saying more than is known."""
    return _when(value, active_language())


@lru_cache(maxsize=4096)
def _when(value: dates.PartialDate, language: str) -> str | SafeString:
    said = dates.format_date(value, language)
    if not value.datetime:
        return format_html('<span class="unknown">{}</span>', said) if not value.is_known else said
    return format_html('<time datetime="{}">{}</time>', value.datetime, said)


@register.filter
def year(value: dates.PartialDate) -> str:
    """The year of a date that is known, as short as a list needs it: 1986, ~1986, 1986?, 1980s."""
    return describe_year(value)


@register.filter
def day(value: date) -> str:
    """A day of the calendar, or the day of a moment, in the words of the page's language."""
    if isinstance(value, datetime):
        value = localdate(value)
    return dates.format_date(dates.parse(value.isoformat()))


@register.simple_tag
def period(start: dates.PartialDate, end: dates.PartialDate) -> str | SafeString:
    """A period, or one date where the end is not known or the same."""
    if not dates.is_period(start, end):
        return when(start)
    # Translators: a period, from one date to another.
    return format_html(
        _("%(start)s – %(end)s") % {"start": "{}", "end": "{}"}, when(start), when(end)
    )


@register.simple_tag(takes_context=True)
def term(context: Mapping[str, Any], act: Agreement) -> str:
    """What is known of an agreement's term, as it is on the page's day."""
    return describe_term(act, context["on"])


@register.filter
def page_query(atlas_filter: Any, number: int) -> str:
    """The query string of another page of the same list."""
    query: str = atlas_filter.query(page=number if number > 1 else None)
    return query


@register.simple_tag(takes_context=True)
def territory_links(context: Mapping[str, Any], country: str, only: str = "") -> SafeString:
    """The shapes of a country's regions or prefectures as links that add them to the filter or take them off.

    `only` draws the one with this code. Written here and not in a template, since there
    are 67 of them on each map.
    """
    atlas_filter, tints = context["filter"], context["tints"]
    facet = context["facets"][country == Country.JAPAN]
    links = []
    for option in (option for _label, group in facet.groups for option in group):
        if only and option.value != only:
            continue
        chosen = set(atlas_filter.regions) ^ {option.value}
        said = ngettext(
            "%(name)s: %(count)d partnership", "%(name)s: %(count)d partnerships", option.count
        )
        links.append(
            (
                country.lower(),
                tints.step(option.count),
                atlas_filter.query(region=sorted(chosen)),
                option.value,
                said % {"name": option.label, "count": option.count},
                option.value,
            )
        )
    return format_html_join(
        "",
        '<a class="territory territory--{}{}" href="{}" tabindex="-1" data-live'
        ' data-territory="{}" data-caption="{}"><use href="#{}" /></a>',
        links,
    )


@register.simple_tag
def options(facet: Any) -> SafeString:
    """The checkboxes of a parameter of the filter in their groups, each with the number of results that it would leave.

    Written here and not in a template, since there are 130 of them on a page.
    """
    return SafeString("".join(_group(facet, *group) for group in facet.groups))


def _group(facet: Any, label: str, options: Sequence[Any]) -> str:
    style = "facet__legend" if label else "visually-hidden"
    return (
        f'<fieldset class="facet__group"><legend class="{style}">{html.escape(label or facet.label)}'
        f'</legend><ul class="facet__options">{"".join(_option(facet.name, o) for o in options)}'
        "</ul></fieldset>"
    )


def _option(name: str, option: Any) -> str:
    empty = "" if option.count or option.selected else " option--empty"
    narrower = "".join(_option(name, narrow) for narrow in option.narrower)
    below = f'<ul class="facet__narrower">{narrower}</ul>' if narrower else ""
    return (
        f'<li><label class="option{empty}"><input class="option__box" type="checkbox"'
        f' name="{name}" value="{html.escape(option.value)}"{" checked" if option.selected else ""}>'
        f' <span class="option__label">{html.escape(option.label)}</span>'
        f' <span class="option__count">{option.count}</span></label>'
        f"{below}</li>"
    )


@register.simple_tag(takes_context=True)
def selecting(context: Mapping[str, Any], partnership: Partnership) -> str:
    """The query string that selects a partnership, or lets go of it where it is selected."""
    query: str = context["filter"].selecting(partnership.slug)
    return query


@register.simple_tag(takes_context=True)
def other_view(context: Mapping[str, Any], view: str) -> str:
    """The query string that shows the same in another view of the page."""
    query: str = context["filter"].query(view=view)
    return query


@register.simple_tag(takes_context=True)
def tie(context: Context, partnership: Partnership) -> SafeString:
    """A partnership in the list beside the map. What is folded is drawn once until the data change."""
    if partnership == context["selected"]:
        return _draw_tie(context, partnership)
    atlas_filter = context["filter"]
    link = escape(atlas_filter.selecting(partnership.slug))

    def draw() -> str:
        return _draw_tie(context, partnership).replace(link, _LINK)

    what = ("tie", active_language(), atlas_filter.view, atlas_filter.on, partnership.pk)
    drawn = atlas_filter.index.keep_one(what, draw)
    return SafeString(drawn.replace(_LINK, link))


def _draw_tie(context: Context, partnership: Partnership) -> SafeString:
    template = context.template.engine.get_template("relations/_tie.html")  # type: ignore[union-attr] # it is being drawn
    with context.push(partnership=partnership):
        return template.render(context)


@register.simple_tag(takes_context=True)
def elsewhere(context: Mapping[str, Any], view: str = "") -> str:
    """The query string that shows the same on the other page of map and timeline: filter and selection are kept."""
    query: str = context["filter"].query(view=view, event=None, sort=None)
    return query


@register.simple_tag
def event_url(event: Event) -> str:
    """Where an event is told: on the page of its first partnership, or else of its place.

    Note: this reads its partnerships and places; prefetch them where there are several rows.
    """
    records = [*event.partnerships.all(), *filter(None, [event.place]), *event.places.all()]
    page = records[0].get_absolute_url() if records else reverse("relations:home")
    return f"{page}#{event.slug}"


@register.simple_tag(takes_context=True)
def years_query(context: Mapping[str, Any], first: int, last: int) -> str:
    """The query string that narrows the filter to some years."""
    query: str = context["filter"].query(from_=first, to=last)
    return query


@register.simple_tag(takes_context=True)
def lane_query(context: Mapping[str, Any], theme: Theme, year: int | None = None) -> str:
    """The query string that shows one lane of the timeline, of one year of it."""
    changes: dict[str, Any] = {theme.parameter: theme.values} if theme.parameter else {}
    if year:
        changes |= {"from_": year, "to": year}
    query: str = context["filter"].query(**changes)
    return query


@register.simple_tag(takes_context=True)
def bundle_query(context: Mapping[str, Any], bundle: Bundle) -> str:
    """The query string that shows what is in a bundle; `asked` is the filter of a page that has none to operate."""
    query: str = (context.get("filter") or context["asked"]).query(region=bundle.codes)
    return query


@register.simple_tag(takes_context=True)
def matrix_cell(context: Mapping[str, Any], cell: Cell, tints: maps.Tints, kind: str) -> SafeString:
    """A cell of the matrix, which leads to the list of its partnerships; one without any is empty.

    Written here and not in a template, since there are 1071 of them.
    """
    if not cell.count:
        return SafeString('<td class="matrix__cell"></td>')
    return format_html(
        '<td class="matrix__cell matrix__cell--{} matrix__cell--{}"><a href="{}{}" title="{}">{}</a></td>',
        kind,
        tints.step(cell.count),
        context["list"],
        context["filter"].query(region=cell.codes),
        cell.label,
        cell.count,
    )


@register.simple_tag(takes_context=True)
def mark_url(context: Mapping[str, Any], mark: Mark) -> str:
    """Where a mark on a map leads: on a page with a list to the next of its partnerships, else to its own page."""
    if atlas_filter := context.get("filter"):
        slugs = mark.slugs.split()
        at = slugs.index(atlas_filter.selected) + 1 if atlas_filter.selected in slugs else 0
        query: str = atlas_filter.selecting(slugs[at] if at < len(slugs) else slugs[-1])
        return query
    return mark.place.get_absolute_url()


@register.simple_tag
def mark_name(mark: Mark) -> str:
    """What a mark on a map is called: its place, where that is, and with whom it has partnerships."""
    place = mark.place
    where = place.region.name if place.region else place.get_country_display()
    partners = pgettext("list separator", ", ").join(str(place.name) for place in mark.partners)
    words = {"place": place.name, "where": where, "partners": partners}
    return _("%(place)s, %(where)s: linked with %(partners)s") % words


@register.simple_tag
def native_label(place: Place) -> str:
    """The native name that stands beside a name on a map."""
    return maps.native_label(place)


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def age(context: Mapping[str, Any], since: dates.PartialDate) -> str:
    """How long ago a date lies, as of the page's day."""
    return describe_age(since, context["on"])


@register.filter
def status_label(value: str) -> str:
    """The word for a status."""
    return str(Status(value).label)


@register.filter
def record_kind(record: Partnership | Agreement | Event) -> str:
    """The word for what a record is."""
    return str(record._meta.verbose_name)  # noqa: SLF001 # Django's own way to its name


@register.filter
def signed_number(value: int) -> str:
    """A difference with its sign: +3, −2, 0."""
    return f"{value:+}".replace("-", "−") if value else "0"


@register.inclusion_tag("components/_fact_sources.html")
def fact_sources(provenance: Provenance | None, record: Any, *names: str) -> dict[str, Any]:
    """The sources of facts of a record that stand together, with what they disagree on.

    Nothing is shown where there is no provenance, as in lists. What rests on the sources of
    the record as a whole opens the list of these, see `record_sources`.
    """
    if not isinstance(provenance, Provenance):
        return {"facts": []}
    found = [provenance.of(record, name) for name in names]
    facts = [fact for fact in found if fact.marks and not fact.is_whole]
    whole = next((fact for fact in found if fact.marks), None) if not facts else None
    marks = CitedFact([mark for fact in facts for mark in fact.marks])
    return {
        "facts": facts,
        "marks": whole.sources if whole else marks.marks,
        "numbers": say_numbers(whole.marks if whole else marks.marks),
        "count": len(whole.sources if whole else marks.sources),
        "key": _key(record, *([CitedField.RECORD] if whole else names)),
        "is_listed": not whole,
    }


@register.inclusion_tag("components/_record_sources.html")
def record_sources(provenance: Provenance | None, record: Any) -> dict[str, Any]:
    """The list of the sources of a record as a whole, which the marks of its facts open."""
    if not isinstance(provenance, Provenance):
        return {"marks": []}
    marks = provenance.of(record, CitedField.RECORD).sources
    return {"marks": marks, "key": _key(record, CitedField.RECORD)}


def _key(record: Any, *names: str) -> str:
    """What the list of sources of some facts is called on the page."""
    return "-".join(("cited", type(record).__name__.lower(), str(record.pk), *map(str, names)))
