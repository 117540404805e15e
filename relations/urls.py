"""The pages and the feeds of the domain."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from relations import feeds, views
from relations.api.reference import reference
from relations.formats import FORMATS, LISTS


class YearConverter:
    """A year of four digits, written in one way only."""

    regex = "19[0-9]{2}|20[0-9]{2}|2100"

    def to_python(self, value: str) -> int:
        """The year as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The year as text."""
        return str(value)


class SuffixConverter(StringConverter):
    """The end of the address of a file, which says its format."""

    regex = "|".join(suffix.replace(".", r"\.") for suffix in FORMATS)


class ListConverter(StringConverter):
    """The name of a list that can be taken away."""

    regex = "|".join(LISTS)


register_converter(YearConverter, "year")
register_converter(SuffixConverter, "suffix")
register_converter(ListConverter, "list")

app_name = "relations"
urlpatterns = [
    # Files
    path("<list:kind>.<suffix:suffix>", views.list_file, name="list_file"),
    path(
        "partnerships/<slug:slug>.<suffix:suffix>", views.partnership_file, name="partnership_file"
    ),
    path("places/<slug:slug>.<suffix:suffix>", views.place_file, name="place_file"),
    path(
        "anniversaries/<year:year>.<suffix:suffix>", views.anniversary_file, name="anniversary_file"
    ),
    path("<list:kind>/take-away/", views.list_take_away, name="list_take_away"),
    path(
        "partnerships/<slug:slug>/take-away/",
        views.partnership_take_away,
        name="partnership_take_away",
    ),
    path("places/<slug:slug>/take-away/", views.place_take_away, name="place_take_away"),
    path(
        "anniversaries/<year:year>/take-away/",
        views.anniversary_take_away,
        name="anniversary_take_away",
    ),
    # Pages
    path("", views.home, name="home"),
    path("timeline/", views.timeline, name="timeline"),
    path("partnerships/", views.partnership_list, name="partnership_list"),
    path("partnerships/<slug:slug>/", views.partnership_detail, name="partnership_detail"),
    path(
        "partnerships/<slug:partnership>/changes/",
        views.change_list,
        name="partnership_change_list",
    ),
    path("agreements/", views.agreement_list, name="agreement_list"),
    path("anniversaries/", views.anniversaries_of_this_year, name="anniversaries"),
    path("anniversaries/<year:year>/", views.anniversary_list, name="anniversary_list"),
    path("places/", views.place_list, name="place_list"),
    path("places/<slug:slug>/", views.place_detail, name="place_detail"),
    path("matrix/", views.matrix, name="matrix"),
    path("matrix.csv", views.matrix_csv, name="matrix_csv"),
    path("sectors/", views.sector_list, name="sector_list"),
    path("sources/", views.source_list, name="source_list"),
    path("sources/<slug:slug>/", views.source_detail, name="source_detail"),
    path("changes/", views.change_list, name="change_list"),
    path("api/", reference, name="api_reference"),
    path("data/", views.data, name="data"),
    path("about/", views.about, name="about"),
    path("about/counts/", views.count_page, name="counts"),
    path("about/data-quality/", views.data_quality, name="data_quality"),
    # Pictures for links that are shared
    path("home.png", views.home_picture, name="home_picture"),
    path("partnerships/<slug:slug>.png", views.partnership_picture, name="partnership_picture"),
    path("places/<slug:slug>.png", views.place_picture, name="place_picture"),
    # Small pages that other sites may frame
    path("embed/map/", views.embed_map, name="embed_map"),
    path("embed/timeline/", views.embed_timeline, name="embed_timeline"),
    path(
        "embed/partnership/<slug:slug>/",
        views.embed_partnership,
        name="embed_partnership",
    ),
    path("embed/place/<slug:slug>/", views.embed_place, name="embed_place"),
    # Feeds
    path("anniversaries.ics", feeds.calendar, name="calendar"),
    path("changes.atom", feeds.changes, name="changes"),
    path(
        "partnerships/<slug:partnership>/anniversaries.ics",
        feeds.calendar,
        name="partnership_calendar",
    ),
    path("partnerships/<slug:partnership>/changes.atom", feeds.changes, name="partnership_changes"),
    path("places/<slug:place>/anniversaries.ics", feeds.calendar, name="place_calendar"),
]

# What is the same in every language
files = [
    path("data/<str:name>", views.data_file, name="data_file"),
    path("data/releases/<str:name>", views.release_file, name="release_file"),
]
