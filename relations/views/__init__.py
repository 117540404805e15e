"""HTTP in, HTTP out: each view filters, queries and renders; the rules live below."""

from relations.views.agreements import agreement_list
from relations.views.anniversaries import anniversaries_of_this_year, anniversary_list
from relations.views.changes import change_list
from relations.views.data import data, data_file, release_file
from relations.views.embeds import embed_map, embed_partnership, embed_place, embed_timeline
from relations.views.files import anniversary_file, list_file, partnership_file, place_file
from relations.views.home import home
from relations.views.matrix import matrix, matrix_csv
from relations.views.oembed import oembed
from relations.views.partnerships import partnership_detail, partnership_list
from relations.views.pictures import home_picture, partnership_picture, place_picture
from relations.views.places import place_detail, place_list
from relations.views.sectors import sector_list
from relations.views.site import about, count_page, data_quality
from relations.views.sources import source_detail, source_list
from relations.views.take_away import (
    anniversary_take_away,
    list_take_away,
    partnership_take_away,
    place_take_away,
)
from relations.views.timeline import timeline

__all__ = (
    "about",
    "agreement_list",
    "anniversaries_of_this_year",
    "anniversary_file",
    "anniversary_list",
    "anniversary_take_away",
    "change_list",
    "count_page",
    "data",
    "data_file",
    "data_quality",
    "embed_map",
    "embed_partnership",
    "embed_place",
    "embed_timeline",
    "home",
    "home_picture",
    "list_file",
    "list_take_away",
    "matrix",
    "matrix_csv",
    "oembed",
    "partnership_detail",
    "partnership_file",
    "partnership_list",
    "partnership_picture",
    "partnership_take_away",
    "place_detail",
    "place_file",
    "place_list",
    "place_picture",
    "place_take_away",
    "release_file",
    "sector_list",
    "source_detail",
    "source_list",
    "timeline",
)
