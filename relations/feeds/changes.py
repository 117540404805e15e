"""New and changed agreements and events as a feed (Atom, RFC 4287)."""

from collections.abc import Collection, Sequence
from operator import itemgetter

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations.exports.entries import Entry, entry, feed, paragraphs
from relations.feeds.scopes import Scope, scope_of
from relations.filters.index import Index
from relations.models import Agreement, Event, PublicChange
from relations.tables import Context
from relations.uris import origin, tag
from relations.views.filtered import filtered
from relations.views.tombstones import tombstoned

MOST_ENTRIES = 50
# What an entry takes in memory.
ENTRY = 4000

# Whether it is an event, and its key.
Key = tuple[bool, int]


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
    context = Context(origin(request), timezone.localdate())
    for made in _entries(_last_changed(scope), context):
        whole.add_item(**made)
    return HttpResponse(whole.writeString("utf-8"), content_type=whole.content_type)


def _last_changed(scope: Scope) -> list[Key]:
    """What changed last of a scope, the newest first: whether it is an event, and its key."""
    order = ("-changed", "slug")
    acts = scope.agreements.order_by(*order).values_list("changed", "pk")[:MOST_ENTRIES]
    events = scope.events.order_by(*order).values_list("changed", "pk")[:MOST_ENTRIES]
    found = [(changed, (False, key)) for changed, key in acts]
    found += [(changed, (True, key)) for changed, key in events]
    found.sort(key=itemgetter(0), reverse=True)
    return [key for _changed, key in found[:MOST_ENTRIES]]


def _entries(keys: Sequence[Key], context: Context) -> list[Entry]:
    """The entries of some records, each made once until the data change."""

    def make(missing: Collection[Key]) -> dict[Key, Entry]:
        records = _read(missing)
        facts = PublicChange.objects.last_facts(list(records.values()))
        return {
            key: _entry(record, context, facts.get(record, [])) for key, record in records.items()
        }

    what = ("changed", get_language(), context.site)
    kept = Index.current().keep(what, keys, make, weight=ENTRY)
    return [kept[key] for key in keys if key in kept]


def _read(keys: Collection[Key]) -> dict[Key, Agreement | Event]:
    acts = Agreement.objects.published().select_related(
        "partnership__italian_place", "partnership__japanese_place"
    )
    events = Event.objects.published().prefetch_related(
        "partnerships__italian_place", "partnerships__japanese_place", "places"
    )
    found: dict[Key, Agreement | Event] = {}
    for is_event, records in ((False, acts), (True, events)):
        read = records.in_bulk([key for of_events, key in keys if of_events == is_event])
        found |= {(is_event, key): record for key, record in read.items()}
    return found


def _entry(record: Agreement | Event, context: Context, facts: Sequence[str]) -> Entry:
    """That of any feed, and the facts that changed last."""
    made = entry(record, context)
    if facts:
        listed = pgettext("list separator", ", ").join(facts)
        made["description"] += paragraphs([_("Changed last: %(facts)s.") % {"facts": listed}])
    return made
