"""The life of a partnership as one line of moments, from the first contact to what is due. Pure: no query."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from relations.dates import UNKNOWN, PartialDate
from relations.models import Agreement, Event, Partnership
from relations.models.partnerships import last_dated

# So many years of which nothing is on record are told as a silence, which is no end.
SILENCE = 5


class MomentKind(TextChoices):
    """What a moment of the line is; of what came on one day, in this order."""

    CONTACT = "contact", _("First contact")
    AGREEMENT = "agreement", _("Agreement")
    EVENT = "event", _("Event")
    ENDING = "ending", _("End")
    TERM = "term", _("End of the term")
    SILENCE = "silence", _("Nothing on record")
    TODAY = "today", _("Today")


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment: `record` is the agreement or event that it is, or whose term or end it is.

    A silence has the number of its full years.
    """

    kind: MomentKind
    when: PartialDate = UNKNOWN
    record: Agreement | Event | None = None
    is_past: bool = True
    years: int = 0

    @property
    def day(self) -> date | None:
        """The day by which it has its place in the line: a term may run until the last that it can mean."""
        return self.when.latest if self.kind == MomentKind.TERM else self.when.earliest


def tell(
    partnership: Partnership, agreements: Sequence[Agreement], events: Sequence[Event], on: date
) -> list[Moment]:
    """The moments of a life in order of time, today among them; what has no date stands last."""
    moments = list(_moments(partnership, agreements, events, on))
    dated = sorted((m for m in moments if m.day), key=_place)
    past = [moment for moment in dated if moment.is_past]
    today = Moment(MomentKind.TODAY, record=last_dated([*events]))
    return [
        *_with_silences(past, on),
        today,
        *(moment for moment in dated if not moment.is_past),
        *(moment for moment in moments if not moment.day),
    ]


def _moments(
    partnership: Partnership, agreements: Iterable[Agreement], events: Iterable[Event], on: date
) -> Iterator[Moment]:
    def moment(kind: MomentKind, when: PartialDate, record: Agreement | Event | None) -> Moment:
        day = when.latest if kind == MomentKind.TERM else when.earliest
        return Moment(kind, when, record, is_past=day is None or day <= on)

    if partnership.first_contact:
        yield moment(MomentKind.CONTACT, partnership.first_contact_date, None)
    for act in agreements:
        yield moment(MomentKind.AGREEMENT, act.signed_date, act)
        if act.ended:
            yield moment(MomentKind.ENDING, act.ended_date, act)
        elif act.term_end_date.is_known:
            yield moment(MomentKind.TERM, act.term_end_date, act)
    for event in events:
        yield moment(MomentKind.EVENT, event.start_date, event)


def _place(moment: Moment) -> tuple[date, int, str]:
    slug = moment.record.slug if moment.record else ""
    return (moment.day or date.max, MomentKind.values.index(moment.kind), slug)


def _with_silences(past: Sequence[Moment], on: date) -> Iterator[Moment]:
    """The moments with the silences between them, and that from the last of them to today.

    A term that runs out is nothing that happened.
    """
    last: date | None = None
    for moment in past:
        if moment.kind != MomentKind.TERM:
            if last and moment.day:
                yield from _silence(last, moment.day)
            end = moment.record.end_date.latest if isinstance(moment.record, Event) else None
            latest = end or moment.when.latest or moment.day
            last = max(filter(None, (last, latest)), default=None)
        yield moment
    if last:
        yield from _silence(last, on)


def _silence(since: date, until: date) -> Iterator[Moment]:
    years = relativedelta(until, since).years
    if years >= SILENCE:
        yield Moment(MomentKind.SILENCE, years=years)
