"""Rows as a calendar (RFC 5545, with the properties of RFC 7986).

What has a day is an event of that day. What has none, since only its month or year is known, is
there too, as a journal entry without a date, for which the standard has that form: a
file has as many entries as its page has rows, and none of them claims a day that no source gives.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import singledispatch
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import icalendar
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relations.anniversaries import Anniversary, has_day
from relations.dates import PartialDate, format_date, format_period
from relations.exports.selection import Selection, page_of
from relations.models import Agreement, Event, Partnership
from relations.representations import plain
from relations.tables import Context
from relations.uris import tag

# A name of CSS, as RFC 7986 asks; neither Italy's colour nor Japan's.
COLOUR = "darkslategray"
REFRESH = timedelta(days=1)


def write_ics(selection: Selection) -> bytes:
    """One entry for each row."""
    whole = begin(selection.title, selection.page, selection.address)
    for row in selection.rows():
        whole.add_component(entry(row, selection.context))
    text: bytes = whole.to_ical()
    return text


def begin(name: str, page: str, address: str) -> icalendar.Calendar:
    """A calendar without entries: what it is called, the page that shows the same, and where it is."""
    language = get_language() or "en"
    whole = icalendar.Calendar()
    whole.add("prodid", f"-//Italy-Japan Twinning Atlas//Atlas//{language.upper()}")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("name", name, parameters=texts())
    # As programs older than RFC 7986 know it.
    whole.add("x-wr-calname", icalendar.vText(name))
    whole.add("url", page)
    whole.add("source", address, parameters={"VALUE": "URI"})
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", icalendar.vDuration(REFRESH))
    whole.add("color", COLOUR)
    return whole


def texts() -> dict[str, str]:
    """The parameters of a text: its language."""
    return {"LANGUAGE": get_language() or "en"}


@singledispatch
def entry(record: Any, context: Context) -> icalendar.Component:  # noqa: ARG001 # of those below
    """A record as an entry of a calendar."""
    raise TypeError(type(record))


@entry.register
def _of_agreement(act: Agreement, context: Context) -> icalendar.Component:
    found = _dated(f"agreements/{act.slug}/signature", act.signed_date)
    said = _("Signed: %(date)s.") % {"date": format_date(act.signed_date)}
    lines = [str(act.partnership), act.get_kind_display(), said, plain(act.summary)]
    _tell(found, plain(act.title), lines, page_of(act, context))
    _stamp(found, act.added, act.changed)
    found.add("categories", [act.get_kind_display()], parameters=texts())
    return found


@entry.register
def _of_event(event: Event, context: Context) -> icalendar.Component:
    found = _dated(f"events/{event.slug}", event.start_date, event.end_date)
    when = format_period(event.start_date, event.end_date)
    pairs = map(str, event.partnerships.all())
    lines = [*pairs, event.get_kind_display(), _("Date: %(date)s.") % {"date": when}]
    _tell(found, plain(event.title), [*lines, plain(event.summary)], page_of(event, context))
    _stamp(found, event.added, event.changed)
    found.add("categories", [event.get_kind_display()], parameters=texts())
    return found


@entry.register
def _of_partnership(partnership: Partnership, context: Context) -> icalendar.Component:
    since = partnership.first_signed_date
    found = _dated(f"partnerships/{partnership.slug}/first", since)
    summary, said = str(partnership), ""
    if partnership.public_agreements:
        summary = _("%(partnership)s: first agreement") % {"partnership": partnership}
        said = _("Signed: %(date)s.") % {"date": format_date(since)}
    _tell(found, summary, [said, plain(partnership.summary)], page_of(partnership, context))
    records: list[Agreement | Event] = [*partnership.public_agreements, *partnership.public_events]
    _stamp(found, min(r.added for r in records), max(r.changed for r in records))
    return found


@entry.register
def _of_anniversary(anniversary: Anniversary, context: Context) -> icalendar.Component:
    act, when = anniversary.agreement, anniversary.when
    found = _dated(f"agreements/{act.slug}/anniversary/{anniversary.years}", when)
    words = {
        "partnership": act.partnership,
        "years": anniversary.years,
        "kind": act.get_kind_display(),
    }
    # Translators: an entry of a calendar; the kind is that of an agreement.
    summary = _("%(partnership)s: %(years)d years (%(kind)s)") % words
    lines = [plain(act.title), _("Signed: %(date)s.") % {"date": format_date(act.signed_date)}]
    lines += [] if has_day(when) else [_("Date: %(date)s.") % {"date": format_date(when)}]
    _tell(found, summary, lines, page_of(act, context))
    _stamp(found, act.added, act.changed)
    return found


def uid(name: str) -> str:
    """A UUID made of a lasting name, as RFC 7986 recommends: the same in every language and release."""
    return str(uuid5(NAMESPACE_URL, tag(name)))


def moment(when: datetime) -> datetime:
    """In UTC and whole seconds, as a calendar writes it."""
    return when.astimezone(UTC).replace(microsecond=0)


def _dated(
    name: str, start: PartialDate, end: PartialDate | None = None
) -> icalendar.Event | icalendar.Journal:
    """Whole days on which nobody is busy, or a note without a day."""
    found: icalendar.Event | icalendar.Journal = icalendar.Journal()
    if has_day(start):
        found = icalendar.Event()
        found.add("dtstart", start.earliest)
        found.add("transp", "TRANSPARENT")
        if end and has_day(end) and end.earliest != start.earliest:
            found.add("dtend", _day_after(end.earliest))
    found.add("uid", uid(name))
    return found


def _day_after(day: date | None) -> date:
    """The end of whole days is the first day that is no longer one of them."""
    assert day is not None  # noqa: S101 # it has a day
    return day + timedelta(days=1)


def _tell(found: icalendar.Component, summary: str, lines: Iterable[str], url: str) -> None:
    found.add("summary", summary, parameters=texts())
    found.add("description", "\n".join(filter(None, [*lines, url])), parameters=texts())
    found.add("url", url)


def _stamp(found: icalendar.Component, added: datetime, changed: datetime) -> None:
    """The moments of the record, so that an entry stays the same until the record changes."""
    found.add("dtstamp", moment(changed))
    found.add("created", moment(added))
    found.add("last-modified", moment(changed))
