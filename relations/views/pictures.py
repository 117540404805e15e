"""The pictures with which links to the atlas are shown elsewhere."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from relations import maps, pictures, queries
from relations.filters import AtlasFilter
from relations.models import Agreement, Partnership, Place
from relations.views.home import MOST_CURVES
from relations.views.opened import shown_anywhere
from relations.views.tombstones import public_partnership, tombstoned

# So long may a program show a picture without asking whether it has changed.
AGE = 3600


@require_safe
@shown_anywhere
@cache_control(public=True, max_age=AGE)
def home_picture(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # the same for everyone
    """The whole atlas: every partnership, or bundles of them where they are too many to be told apart."""
    atlas_filter = AtlasFilter(QueryDict())
    index = atlas_filter.index
    if index.total > MOST_CURVES:
        counted = index.count_pairs(index.everything)
        bundles = maps.draw_bundles(pictures.FRAME, counted, atlas_filter.territories)
        return _picture(pictures.of_atlas([], queries.numbers(), bundles))
    found = Partnership.objects.published().with_places().with_status(atlas_filter.on)
    rows = list(found.with_dates().oldest_first())
    return _picture(pictures.of_atlas(rows, queries.numbers()))


@require_safe
@shown_anywhere
@cache_control(public=True, max_age=AGE)
@tombstoned
def partnership_picture(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 # likewise
    """One partnership."""
    today = timezone.localdate()
    partnership = public_partnership(Partnership.objects.with_places().with_status(today), slug)
    acts = Agreement.objects.published().filter(partnership=partnership).with_status(today)
    return _picture(
        pictures.of_partnership(
            partnership, list(acts.order_by(F("signed_earliest").asc(nulls_last=True), "slug"))
        )
    )


@require_safe
@shown_anywhere
@cache_control(public=True, max_age=AGE)
def place_picture(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 # likewise
    """One place, with its partnerships and those within it."""
    place = get_object_or_404(Place.objects.select_related("region"), slug=slug)
    within = Partnership.objects.published().of_place_or_within(place)
    rows = within.with_places().with_status(timezone.localdate()).with_dates().oldest_first()
    return _picture(pictures.of_place(place, list(rows[:MOST_CURVES]), within.count()))


def _picture(drawn: str) -> HttpResponse:
    return HttpResponse(pictures.png_of(drawn), content_type="image/png")
