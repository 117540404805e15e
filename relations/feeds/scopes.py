"""What a feed is about: everything, one partnership or one place, and of that what the filter leaves."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relations.filters import AtlasFilter
from relations.models import Agreement, Event, Partnership, Place
from relations.models.agreements import AgreementQuerySet
from relations.models.events import EventQuerySet
from relations.views.tombstones import public_partnership


@dataclass(frozen=True, slots=True)
class Scope:
    """The subject of a feed.

    `key` tells it from others in every language; `about` is what it is called, empty where
    it is everything; `page` is the path of the page that it belongs to.
    """

    key: str
    about: str
    page: str
    agreements: AgreementQuerySet
    events: EventQuerySet

    def titled(self, title: str) -> str:
        """A title with what the feed is about."""
        words = {"title": title, "about": self.about}
        # Translators: the title of a feed, and the places, partnership or filter that it is limited to.
        return _("%(title)s: %(about)s") % words if self.about else title


def scope_of(
    request: HttpRequest, whole: str, partnership: str | None = None, place: str | None = None
) -> Scope:
    """What a request asks for: one partnership or place (by slug), or all; less what is filtered away.

    `whole` is the name of the page on all.

    Raises:
        FilterError: the query string cannot be understood.
        GoneError: the partnership was public and is no longer.
        Http404: there is no such partnership or place.
    """
    atlas_filter = AtlasFilter(request.GET)
    agreements, events = Agreement.objects.published(), Event.objects.published()
    key, names, page = "", [], reverse(f"relations:{whole}")
    if partnership:
        subject = public_partnership(Partnership.objects.with_places(), partnership)
        key, names, page = (
            f"/partnerships/{partnership}",
            [str(subject)],
            subject.get_absolute_url(),
        )
        agreements, events = (
            agreements.filter(partnership=subject),
            events.filter(partnerships=subject),
        )
    elif place:
        where = get_object_or_404(Place, slug=place)
        key, names, page = f"/places/{place}", [str(where)], where.get_absolute_url()
        within = Partnership.objects.of_place_or_within(where)
        agreements, events = agreements.filter(partnership__in=within), events.at(where)
    else:
        page += atlas_filter.asked_query
    if atlas_filter.is_set:
        names += [chip.label for chip in atlas_filter.chips]
        agreements = atlas_filter.apply(agreements)
        shown = atlas_filter.partnerships(Partnership.objects.published())
        events = events.filter(pk__in=Event.objects.filter(partnerships__in=shown))
    about = pgettext("list separator", ", ").join(names)
    return Scope(key + atlas_filter.asked_query, about, page, agreements, events)
