"""What has changed in the atlas: day, record and facts, and nobody's name."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations import headlines
from relations.filters import AtlasFilter
from relations.listings import keys_of
from relations.models import Agreement, Event, Partnership, PublicChange
from relations.models.public_changes import PublicChangeQuerySet
from relations.views.filtered import filtered, page_of
from relations.views.parts import once
from relations.views.tombstones import public_partnership, tombstoned

if TYPE_CHECKING:
    from django.db.models import Model


@require_safe
@filtered
@tombstoned
def change_list(request: HttpRequest, partnership: str | None = None) -> HttpResponse:
    """What has changed in the whole atlas or in one partnership, the last first; the rows of the feed."""
    atlas_filter = AtlasFilter(request.GET)
    subject = None
    feed = reverse("relations:changes") + atlas_filter.asked_query
    if partnership:
        subject = public_partnership(Partnership.objects.with_places(), partnership)
        feed = reverse("relations:partnership_changes", args=(partnership,))
    keys = keys_of(_changes(atlas_filter, subject).latest_first())
    page = page_of(keys, list, atlas_filter)
    context = {
        "section": "changes",
        "headline": headlines.of_changes(subject, atlas_filter, page.number),
        "filter": atlas_filter,
        "partnership": subject,
        "page": page,
        "days": once(lambda: _by_day(_read(list(page.object_list)))),
        "feed": feed,
        "on": atlas_filter.on,
    }
    return render(request, "relations/change_list.html", context)


def _changes(atlas_filter: AtlasFilter, subject: Partnership | None) -> PublicChangeQuerySet:
    """Those of what the filter leaves of one partnership or of all."""
    agreements, events = Agreement.objects.all(), Event.objects.all()
    partnerships = Partnership.objects.all()
    if subject:
        agreements = agreements.filter(partnership=subject)
        events = events.filter(partnerships=subject)
        partnerships = partnerships.filter(pk=subject.pk)
    if atlas_filter.is_set:
        agreements = atlas_filter.apply(agreements)
        matching = atlas_filter.partnerships(Partnership.objects.published())
        events = events.filter(pk__in=Event.objects.filter(partnerships__in=matching))
        partnerships = partnerships.filter(pk__in=matching)
    return PublicChange.objects.shown(agreements, events, partnerships)


def _read(keys: Sequence[int]) -> list[PublicChange]:
    found = PublicChange.objects.with_records().in_bulk(list(keys))
    return [found[key] for key in keys if key in found]


def _by_day(changes: Iterable[PublicChange]) -> list[tuple[date, list[PublicChange]]]:
    return [(day, _by_record(told)) for day, told in groupby(changes, _day)]


def _day(change: PublicChange) -> date:
    return timezone.localdate(change.moment)


def _by_record(changes: Iterable[PublicChange]) -> list[PublicChange]:
    """The changes of a day, those of one record in one; where it passed through several steps, the last."""
    told: dict[Model, PublicChange] = {}
    for change in changes:
        first = told.setdefault(change.record, change)
        first.add(first.step or change.step, change.facts)
    return list(told.values())
