"""New and changed agreements and events as a feed (Atom, RFC 4287)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe

from relations.dates import format_date, format_period
from relations.feeds.scopes import plain, scope_of, tag
from relations.models import Agreement, Event, Partnership, PublicChange
from relations.views.filtered import filtered
from relations.views.tombstones import tombstoned

MOST_ENTRIES = 50
LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


class _Feed(Atom1Feed):
    """Says of each entry of what kind it is, in a code and in a word."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Those of Django, and the category."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("category", None, {"term": item["kind"], "label": item["label"]})


@require_safe
@conditional_page
@filtered
@tombstoned
def changes(request: HttpRequest, partnership: str | None = None) -> HttpResponse:
    """The last changes of all agreements and events, or of those of one partnership; the newest first."""
    scope = scope_of(request, "home", partnership)
    feed = _Feed(
        title=scope.titled(_("New and changed agreements and events")),
        link=request.build_absolute_uri(scope.page),
        description="",  # Atom calls it the subtitle
        subtitle=_("What was added to the atlas or changed in it last, with its date in words."),
        language=get_language(),
        author_name=_("Italy–Japan Twinning Atlas"),
        feed_url=request.build_absolute_uri(),
        feed_guid=tag(f"changes{scope.key}"),
        feed_copyright=LICENCE,
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
    for record in records:
        _add(feed, record, request, facts.get(record, []))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _add(
    feed: _Feed, record: Agreement | Event, request: HttpRequest, facts: Sequence[str]
) -> None:
    collection = "agreements" if isinstance(record, Agreement) else "events"
    feed.add_item(
        title=plain(record.title),
        link=request.build_absolute_uri(record.get_absolute_url()),
        # Atom1Feed calls it HTML.
        description="".join(f"<p>{escape(line)}</p>" for line in _lines(record, facts)),
        unique_id=tag(f"{collection}/{record.slug}"),
        pubdate=record.added,
        updateddate=record.changed,
        kind=record.kind,
        label=record.get_kind_display(),
    )


def _lines(record: Agreement | Event, facts: Sequence[str]) -> Iterable[str]:
    """What it is, between whom, when as far as it is known, the summary, and the facts that changed last."""
    if isinstance(record, Agreement):
        partnerships: Iterable[Partnership] = [record.partnership]
        when = format_date(record.signed_date)
        when = _("Signed: %(date)s.") % {"date": when}
    else:
        partnerships = record.partnerships.all()
        when = format_period(record.start_date, record.end_date)
        when = _("Date: %(date)s.") % {"date": when}
    pairs = pgettext("list separator", ", ").join(map(str, partnerships))
    yield from filter(None, (record.get_kind_display(), pairs, when, plain(record.summary)))
    if facts:
        listed = pgettext("list separator", ", ").join(facts)
        yield _("Changed last: %(facts)s.") % {"facts": listed}
