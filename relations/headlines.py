"""Titles and descriptions: how each page is called in a browser's tab, in a list of results and in a link that is shared.

A title is followed by the name of the atlas. A description says in one sentence, from the facts
alone, what is to be found there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from relations import ties
from relations.dates import format_date
from relations.enums import Country, Language
from relations.filters import AtlasFilter
from relations.models import Agreement, Partnership, Place, Source
from relations.models.localized import active_language

MOST_OF_TITLE = 120
# Of the title of a source within a description: lines of results hold half as many letters of Japanese.
MOST_OF_QUOTED = {Language.ITALIAN: 66, Language.JAPANESE: 52, Language.ENGLISH: 70}
MOST_OF_DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class Headline:
    """What a page is called, and what it says of itself.

    `subject` is the record that it is about, if it is about one. `query` is all of the query
    string that makes it another page: what it is filtered by, and which page of the list it is.
    """

    title: str
    description: str
    subject: models.Model | None = None
    query: str = ""

    @property
    def is_article(self) -> bool:
        """Whether the page is about one record, and no list or text of the site."""
        return self.subject is not None

    @property
    def picture(self) -> str:
        """The path of the picture with which a link to the page is shown: the subject's, or that of the atlas."""
        if isinstance(self.subject, Partnership):
            return reverse("relations:partnership_picture", args=(self.subject.slug,))
        if isinstance(self.subject, Place):
            return reverse("relations:place_picture", args=(self.subject.slug,))
        return reverse("relations:home_picture")

    @property
    def picture_text(self) -> str:
        """What is to be seen on that picture, in words."""
        if isinstance(self.subject, Partnership):
            return _("Map of Italy and Japan: a line joins %(italian)s and %(japanese)s.") % {
                "italian": self.subject.italian_place,
                "japanese": self.subject.japanese_place,
            }
        if isinstance(self.subject, Place):
            words = {"place": self.subject}
            return _("Map of Italy and Japan: a line for each partnership of %(place)s.") % words
        return _("Map of Italy and Japan: a line for each partnership between them.")


# The pages that are the same whatever the data: title, description.
_PAGES = {
    "about": (
        gettext_lazy("About the atlas"),
        gettext_lazy(
            "How the atlas is made, what its words mean, how it counts, and its statements on accessibility and privacy."
        ),
    ),
    "agreements": (
        gettext_lazy("Agreements"),
        gettext_lazy(
            "The known acts signed between Italian and Japanese local bodies: kind, date, parties, sectors, sources."
        ),
    ),
    "changes": (
        gettext_lazy("Changes"),
        gettext_lazy(
            "What was added to the atlas, changed in it or withdrawn from it: the day, the record and the facts."
        ),
    ),
    "counts": (
        gettext_lazy("Counts"),
        gettext_lazy(
            "What the atlas counts, the same by CLAIR’s three tests, and published figures beside what a stated rule gives."
        ),
    ),
    "api": (
        gettext_lazy("API"),
        gettext_lazy(
            "How programs ask the atlas: addresses, parameters, answers and examples. No key, and the same filter as the pages."
        ),
    ),
    "data": (
        gettext_lazy("Data and downloads"),
        gettext_lazy(
            "All data of the atlas to download: tables, releases, what is missing, the licence, how to cite, programming interface, feeds."
        ),
    ),
    "data_quality": (
        gettext_lazy("Quality of the data"),
        gettext_lazy(
            "Where sources disagree, where one stands alone, which dates are not to the day, what has not been verified for a year, and what is not translated."
        ),
    ),
    "home": (
        gettext_lazy("How Italy and Japan are linked"),
        gettext_lazy(
            "The twinnings, pacts and memoranda between Italian and Japanese cities, regions and prefectures: what was signed, by whom, and which source says so."
        ),
    ),
    "matrix": (
        gettext_lazy("Matrix of regions and prefectures"),
        gettext_lazy(
            "How many partnerships each Italian region has with each Japanese prefecture; the empty pairs are shown too."
        ),
    ),
    "partnerships": (
        gettext_lazy("Partnerships"),
        gettext_lazy(
            "Every known partnership between Italian and Japanese cities, regions and prefectures, with its agreements, dates and sources."
        ),
    ),
    "places": (
        gettext_lazy("Places"),
        gettext_lazy(
            "The Italian regions and Japanese prefectures, with the cities that have a partner in the other country."
        ),
    ),
    "sectors": (
        gettext_lazy("Sectors"),
        gettext_lazy(
            "What Italian and Japanese places work on together, in two levels, with the number of partnerships about each."
        ),
    ),
    "sources": (
        gettext_lazy("Sources"),
        gettext_lazy(
            "Every press release, official page and report that the atlas relies on, and how often each is cited."
        ),
    ),
    "timeline": (
        gettext_lazy("Timeline"),
        gettext_lazy(
            "When Italian and Japanese local bodies signed their agreements, and what has happened since: each date as precise as its source."
        ),
    ),
}


def of_page(name: str, atlas_filter: AtlasFilter | None = None, page: int = 1) -> Headline:
    """The headline of one of the pages that are about no single record.

    A list that is filtered says so: “Partnerships: Emilia-Romagna, Aerospace”; and so does
    each page of it after the first.
    """
    title, description = map(str, _PAGES[name])
    return _filtered(Headline(title, description), atlas_filter, page)


def of_anniversaries(year: int, atlas_filter: AtlasFilter) -> Headline:
    """The headline of the anniversaries of a year."""
    words = {"year": year}
    title = _("Anniversaries in %(year)s") % words
    description = _(
        "Which agreements between Italian and Japanese places have a round anniversary in %(year)s, and whose term runs out."
    )
    return _filtered(Headline(title, description % words), atlas_filter, 1)


def of_changes(
    partnership: Partnership | None, atlas_filter: AtlasFilter, page: int = 1
) -> Headline:
    """The headline of the change log of the atlas or of one partnership."""
    if partnership is None:
        return of_page("changes", atlas_filter, page)
    words = {"partnership": partnership}
    title = _("Changes: %(partnership)s") % words
    description = _(
        "What was added to the record of %(partnership)s, changed in it or withdrawn from it: the day and the facts."
    )
    return _filtered(Headline(title, description % words, partnership), atlas_filter, page)


def of_partnership(partnership: Partnership, acts: Sequence[Agreement], events: int) -> Headline:
    """The headline of a partnership, which is read with its status, as are its acts; and the number of its events."""
    words: dict[str, object] = {
        "record": partnership,
        "tie": ties.in_words(partnership, acts),
    }
    # Translators: the title of a page, a partnership and what it is: “Torino – Nagoya: twinning since 2005”.
    title = _("%(record)s: %(tie)s") % words
    words |= {
        "italian": _located(partnership.italian_place),
        "japanese": _located(partnership.japanese_place),
        "records": _counted(len(acts), events),
    }
    if acts:
        description = _(
            "%(italian)s and %(japanese)s: %(records)s, with the parties, the sectors and the source of every fact."
        )
    else:
        description = _(
            "%(italian)s and %(japanese)s, a proposed partnership: %(records)s on record, with the source of every fact."
        )
    return Headline(_shortened(title, MOST_OF_TITLE), description % words, partnership)


def _counted(acts: int, events: int) -> str:
    """What is on record, in words: “1 agreement and 3 events”."""
    signed = ngettext("%(count)d agreement", "%(count)d agreements", acts) % {"count": acts}
    told = ngettext("%(count)d event", "%(count)d events", events) % {"count": events}
    said = [words for words, count in ((signed, acts), (told, events)) if count]
    # Translators: between the two parts of “1 agreement and 3 events”.
    return pgettext("between two counts", " and ").join(said)


def of_place(place: Place, partnerships: int) -> Headline:
    """The headline of a place with so many partnerships of its own and within it."""
    words = {"place": called(place), "count": partnerships}
    is_italian = place.country == Country.ITALY
    if is_italian:
        title = _("%(place)s: partnerships with Japan") % words
    else:
        title = _("%(place)s: partnerships with Italy") % words
    if partnerships:
        description = ngettext(
            "%(place)s: %(count)d partnership between Italy and Japan on a map, with its agreements, its events and the sources.",
            "%(place)s: %(count)d partnerships between Italy and Japan on a map, with their agreements, events and sources.",
            partnerships,
        )
    else:
        description = _(
            "%(place)s: no partnership between Italy and Japan is on record here; what happened there, if anything, with the sources."
        )
    return Headline(title, description % words, place)


def of_source(source: Source, citations: int, records: int) -> Headline:
    """The headline of a source that so many citations for so many records name."""
    title = source.title
    if source.publisher and source.publisher not in title:
        title = _("%(title)s (%(publisher)s)") % {"title": title, "publisher": source.publisher}
    times = ngettext("%(count)d time", "%(count)d times", citations) % {"count": citations}
    description = ngettext(
        "%(kind)s, “%(title)s” (%(date)s). The atlas cites it %(times)s, for %(records)d record.",
        "%(kind)s, “%(title)s” (%(date)s). The atlas cites it %(times)s, for %(records)d records.",
        records,
    ) % {
        "kind": source.get_kind_display(),
        "title": _shortened(source.title, MOST_OF_QUOTED[active_language()]),
        "date": format_date(source.published_date),
        "times": times,
        "records": records,
    }
    return Headline(_shortened(title, MOST_OF_TITLE), description, source)


def called(place: Place) -> str:
    """A place by what tells it from others of its name: its Japanese name, and the region or prefecture that it lies in."""
    name = str(place.name)
    if place.country == Country.JAPAN and place.name_ja not in name:
        name = f"{name} {place.name_ja}"
    return name if place.is_territory else _within(name, place.territory)


def _located(place: Place) -> str:
    return str(place.name) if place.is_territory else _within(str(place.name), place.territory)


def _within(name: str, territory: Place) -> str:
    return _("%(place)s (%(region)s)") % {"place": name, "region": territory.name}


def _filtered(whole: Headline, atlas_filter: AtlasFilter | None, page: int) -> Headline:
    """A headline that says what a list is filtered by, and which page of it this is."""
    title, description = whole.title, whole.description
    asked = dict(atlas_filter.asked) if atlas_filter else {}
    if atlas_filter and asked:
        title = atlas_filter.titled(title)
        words = {"title": title, "description": description}
        # Translators: two sentences, the first of which is the title of a filtered list.
        description = _shortened(_("%(title)s. %(description)s") % words, MOST_OF_DESCRIPTION)
    title = _shortened(title, MOST_OF_TITLE)
    if page > 1:
        title = _("%(title)s, page %(page)d") % {"title": title, "page": page}
        asked["page"] = [str(page)]
    query = f"?{urlencode(asked, doseq=True)}" if asked else ""
    return Headline(title, description, whole.subject, query)


def _shortened(text: str, most: int) -> str:
    """A text with at most so many letters, the last of them an ellipsis where something is left out.

    It is cut between words where there are spaces, which Japanese has not.
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    if text[most - 1] != " " and " " in cut[most // 2 :]:
        cut = cut.rpartition(" ")[0]
    return f"{cut.rstrip(' ,.;:–')}…"
