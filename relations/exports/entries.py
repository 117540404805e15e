"""Rows as a feed (Atom, RFC 4287): one entry for each, with the moment of its last real change."""

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from relations.anniversaries import Anniversary
from relations.dates import PartialDate, format_date, format_period
from relations.exports.selection import Selection, page_of
from relations.licence import LICENCE, LICENCE_URL
from relations.models import Agreement, Event, Partnership
from relations.representations import plain
from relations.tables import Context
from relations.uris import path_of, tag

Entry = dict[str, Any]


class Feed(Atom1Feed):
    """Says of each entry of what kind it is, in a code and in a word."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Those of Django, and the category."""
        super().add_item_elements(handler, item)
        if item.get("kind"):
            handler.addQuickElement(
                "category", None, {"term": item["kind"], "label": item["label"]}
            )


def feed(title: str, page: str, address: str, *, guid: str, subtitle: str) -> Feed:
    """A feed without entries: what it is called, the page that shows the same, and where it is."""
    return Feed(
        title=title,
        link=page,
        description="",  # Atom calls it the subtitle
        subtitle=subtitle,
        language=get_language(),
        author_name=_("Italy–Japan Twinning Atlas"),
        feed_url=address,
        feed_guid=guid,
        feed_copyright=f"{LICENCE}, {LICENCE_URL}",
    )


def write_atom(selection: Selection) -> bytes:
    """One entry for each row."""
    subtitle = _("The rows of the page, with their dates in words.")
    # The address tells one view from another, and the host is no part of a lasting name.
    name = selection.address.removeprefix(selection.context.site)
    whole = feed(
        selection.title,
        selection.page,
        selection.address,
        guid=tag(name.strip("/")),
        subtitle=subtitle,
    )
    for row in selection.rows():
        whole.add_item(**entry(row, selection.context))
    return whole.writeString("utf-8").encode()


@singledispatch
def entry(record: Any, context: Context) -> Entry:  # noqa: ARG001 # of those below
    """A record as an entry of a feed, as Django's feeds take it."""
    raise TypeError(type(record))


@entry.register
def _of_agreement(act: Agreement, context: Context) -> Entry:
    when = _("Signed: %(date)s.") % {"date": format_date(act.signed_date)}
    return _recorded(act, [act.partnership], when, context)


@entry.register
def _of_event(event: Event, context: Context) -> Entry:
    when = format_period(event.start_date, event.end_date)
    return _recorded(
        event, event.partnerships.all(), _("Date: %(date)s.") % {"date": when}, context
    )


@entry.register
def _of_partnership(partnership: Partnership, context: Context) -> Entry:
    records: list[Agreement | Event] = [*partnership.public_agreements, *partnership.public_events]
    kinds = pgettext("list separator", ", ").join(str(kind.label) for kind in partnership.kinds)
    signed = _first(partnership.first_signed_date) if partnership.public_agreements else ""
    lines = [kinds, signed, plain(partnership.summary)]
    return {
        "title": str(partnership),
        "link": page_of(partnership, context),
        "description": paragraphs(lines),
        "unique_id": tag(path_of(partnership).strip("/")),
        "pubdate": min(record.added for record in records),
        "updateddate": max(record.changed for record in records),
    }


@entry.register
def _of_anniversary(anniversary: Anniversary, context: Context) -> Entry:
    act = anniversary.agreement
    words = {"date": format_date(anniversary.when), "years": anniversary.years}
    said = _("%(years)d years: %(date)s.") % words
    made = _recorded(act, [act.partnership], said, context)
    return made | {"unique_id": f"{made['unique_id']}/anniversary/{anniversary.years}"}


def paragraphs(lines: Iterable[str]) -> str:
    """Lines of plain text as HTML, which Django's feeds say that a summary is."""
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _first(since: PartialDate) -> str:
    return _("First agreement: %(date)s.") % {"date": format_date(since)}


def _recorded(
    record: Agreement | Event, pairs: Iterable[Partnership], when: str, context: Context
) -> Entry:
    """What it is, between whom, when as far as it is known, and the summary."""
    between = pgettext("list separator", ", ").join(map(str, pairs))
    lines = [record.get_kind_display(), between, when, plain(record.summary)]
    return {
        "title": plain(record.title),
        "link": page_of(record, context),
        "description": paragraphs(lines),
        "unique_id": tag(path_of(record).strip("/")),
        "pubdate": record.added,
        "updateddate": record.changed,
        "kind": record.kind,
        "label": record.get_kind_display(),
    }
