"""Anniversaries and ends of terms as a calendar (RFC 5545, with the properties of RFC 7986).

Only what has a day is in it: a year or a month is no day, and all-day events have no other
form. How much is left out for that reason, the calendar says of itself.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

import icalendar
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations.anniversaries import celebrated, has_day, is_leap_day, with_terms
from relations.dates import format_date
from relations.exports.calendars import begin, moment, texts, uid
from relations.feeds.scopes import Scope, scope_of
from relations.filters.index import Index
from relations.models import Agreement
from relations.models.agreements import AgreementQuerySet
from relations.representations import describe_duration, plain
from relations.uris import origin
from relations.views.filtered import filtered
from relations.views.tombstones import tombstoned

CONTENT_TYPE = "text/calendar; charset=utf-8"
_END = b"END:VCALENDAR\r\n"
PLACES = ("partnership__italian_place", "partnership__japanese_place")
# What an entry takes in memory.
ENTRY = 1500
_YEARLY = {"FREQ": "YEARLY"}
# The last day of February: the 29th where there is one, else the 28th.
_YEARLY_ON_LEAP_DAY = {"FREQ": "YEARLY", "BYMONTH": 2, "BYMONTHDAY": -1}


@require_safe
@filtered
@tombstoned
def calendar(
    request: HttpRequest, partnership: str | None = None, place: str | None = None
) -> HttpResponse:
    """The calendar of all anniversaries, or of those of one partnership or place."""
    scope = scope_of(request, "anniversaries", partnership, place)
    made = _Calendar(request, scope, timezone.localdate())
    name = f"anniversaries-{partnership or place or 'all'}-{get_language()}.ics"
    return HttpResponse(
        made.to_ical(),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


class _Calendar:
    """A calendar while it is being filled."""

    def __init__(self, request: HttpRequest, scope: Scope, on: date) -> None:
        self._request = request
        acts = list(_bare(celebrated(scope.agreements, on)))
        ends = list(_bare(with_terms(scope.agreements, on)))
        self._whole = begin(
            scope.titled(_("Anniversaries between Italy and Japan")),
            request.build_absolute_uri(scope.page),
            request.build_absolute_uri(),
        )
        self._describe(scope, acts)
        self._entries = [
            *self._written(
                "anniversary",
                [act.pk for act in acts if has_day(act.signed_date)],
                self._anniversary,
            ),
            *self._written(
                "end of term",
                [act.pk for act in ends if has_day(act.term_end_date)],
                self._end_of_term,
            ),
        ]

    def to_ical(self) -> bytes:
        """The calendar as text, its lines folded at 75 octets."""
        begun: bytes = self._whole.to_ical().removesuffix(_END)
        return b"".join([begun, *self._entries, _END])

    def _written(
        self, what: str, keys: Sequence[int], write: Callable[[Agreement], icalendar.Event]
    ) -> Iterable[bytes]:
        """The entries of some acts, each written once until the data change."""

        def written(missing: Collection[int]) -> dict[int, bytes]:
            read = Agreement.objects.select_related(*PLACES).in_bulk(list(missing))
            return {key: write(act).to_ical() for key, act in read.items()}

        what_is_kept = ("calendar", what, get_language(), origin(self._request))
        kept = Index.current().keep(what_is_kept, keys, written, weight=ENTRY)
        return [kept[key] for key in keys if key in kept]

    def _describe(self, scope: Scope, acts: Sequence[Agreement]) -> None:
        whole = self._whole
        description = " ".join(_sentences(acts))
        whole.add("uid", uid(f"calendar{scope.key}"))
        whole.add("description", description, parameters=texts())
        # As programs older than RFC 7986 know it.
        whole.add("x-wr-caldesc", icalendar.vText(description))
        if acts:
            whole.add("last-modified", moment(max(act.changed for act in acts)))

    def _anniversary(self, act: Agreement) -> icalendar.Event:
        """Every year on the day of the signature."""
        signed = act.signed_date
        words = {
            "partnership": act.partnership,
            "kind": act.get_kind_display(),
            "date": format_date(signed),
            "year": signed.edtf[:4],
        }
        lines = [plain(act.title), _("Signed: %(date)s.") % words]
        if is_leap_day(signed):
            lines.append(
                _("It was signed on a 29 February: in other years the anniversary is on the 28th.")
            )
        event = self._event(act, "anniversary", signed.earliest, lines)
        # Translators: an entry of a calendar.
        summary = _("%(partnership)s: anniversary of the signature (%(kind)s, %(year)s)")
        event.add("summary", summary % words, parameters=texts())
        event.add("rrule", _YEARLY_ON_LEAP_DAY if is_leap_day(signed) else _YEARLY)
        return event

    def _end_of_term(self, act: Agreement) -> icalendar.Event:
        """Once, on the last day of the term."""
        assert act.term_months is not None  # noqa: S101 # it has a term
        words = {
            "partnership": act.partnership,
            "kind": act.get_kind_display(),
            "date": format_date(act.term_end_date),
            "duration": describe_duration(act.term_months),
            "renewal": act.get_renewal_display(),
        }
        lines = [
            plain(act.title),
            _("The term of %(duration)s ends: %(date)s.") % words,
            _("Renewal: %(renewal)s.") % words,
        ]
        event = self._event(act, "end-of-term", act.term_end_date.earliest, lines)
        # Translators: an entry of a calendar.
        summary = _("%(partnership)s: end of the term (%(kind)s)")
        event.add("summary", summary % words, parameters=texts())
        return event

    def _event(
        self, act: Agreement, what: str, day: date | None, lines: Iterable[str]
    ) -> icalendar.Event:
        """A whole day on which nobody is busy. It bears the moments of its act, so that it stays the same."""
        url = self._request.build_absolute_uri(act.get_absolute_url())
        event = icalendar.Event()
        event.add("uid", uid(f"agreements/{act.slug}/{what}"))
        event.add("dtstamp", moment(act.changed))
        event.add("created", moment(act.added))
        event.add("last-modified", moment(act.changed))
        event.add("dtstart", day)
        event.add("transp", "TRANSPARENT")
        event.add("description", "\n".join([*lines, url]), parameters=texts())
        event.add("categories", [act.get_kind_display()], parameters=texts())
        event.add("url", url)
        return event


def _bare(acts: AgreementQuerySet) -> AgreementQuerySet:
    """As little of each act as the calendar says of all together, in the order of their entries."""
    return acts.select_related(None).only("signed", "term_months", "changed").order_by("slug")


def _sentences(acts: Sequence[Agreement]) -> Iterable[str]:
    """What the calendar holds, and how much it cannot hold."""
    yield _(
        "The day on which each agreement was signed, repeated every year, and the last day of each "
        "term, as far as these days are known."
    )
    without_day = [act.signed_date for act in acts if not has_day(act.signed_date)]
    undated = sum(not signed.is_known for signed in without_day)
    partial = len(without_day) - undated
    if partial:
        yield ngettext(
            "Not in it: %(count)d agreement of which only the month, the year or the decade is known.",
            "Not in it: %(count)d agreements of which only the month, the year or the decade is known.",
            partial,
        ) % {"count": partial}
    if undated:
        yield ngettext(
            "Not in it: %(count)d agreement whose date is unknown.",
            "Not in it: %(count)d agreements whose date is unknown.",
            undated,
        ) % {"count": undated}
