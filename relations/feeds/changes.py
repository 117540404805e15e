"""New and changed agreements and events as a feed (Atom, RFC 4287)."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from relations.exports.entries import Entry, entry, feed, paragraphs
from relations.feeds.scopes import scope_of
from relations.models import Agreement, Event, PublicChange
from relations.tables import Context
from relations.uris import origin, tag
from relations.views.filtered import filtered
from relations.views.tombstones import tombstoned

MOST_ENTRIES = 50


@require_safe
@filtered
@tombstoned
def changes(request: HttpRequest, partnership: str | None = None) -> HttpResponse:
    """The last changes of all agreements and events, or of those of one partnership; the newest first."""
    scope = scope_of(request, "home", partnership)
    whole = feed(
        scope.titled(_("New and changed agreements and events")),
        request.build_absolute_uri(scope.page),
        request.build_absolute_uri(),
        guid=tag(f"changes{scope.key}"),
        subtitle=_("What was added to the atlas or changed in it last, with its date in words."),
    )
    acts = scope.agreements.select_related(
        "partnership__italian_place", "partnership__japanese_place"
    )
    events = scope.events.prefetch_related(
        "partnerships__italian_place", "partnerships__japanese_place", "places"
    )
    records: list[Agreement | Event] = [
        *acts.order_by("-changed", "slug")[:MOST_ENTRIES],
        *events.order_by("-changed", "slug")[:MOST_ENTRIES],
    ]
    records.sort(key=lambda record: record.changed, reverse=True)
    records = records[:MOST_ENTRIES]
    facts = PublicChange.objects.last_facts(records)
    context = Context(origin(request), timezone.localdate())
    for record in records:
        whole.add_item(**_entry(record, context, facts.get(record, [])))
    return HttpResponse(whole.writeString("utf-8"), content_type=whole.content_type)


def _entry(record: Agreement | Event, context: Context, facts: Sequence[str]) -> Entry:
    """That of any feed, and the facts that changed last."""
    made = entry(record, context)
    if facts:
        listed = pgettext("list separator", ", ").join(facts)
        made["description"] += paragraphs([_("Changed last: %(facts)s.") % {"facts": listed}])
    return made
