"""The one filter: what a query string asks for, and the agreements and partnerships that answer."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import timezone, translation

from relations.enums import AgreementKind, Language, Renewal
from relations.filters import AtlasFilter, FilterError
from relations.models import Agreement, Partnership, PlaceName, Signatory
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_sector,
)

pytestmark = pytest.mark.django_db

TODAY = date(2025, 12, 1)
SORTS = ("place", "signed")


def read(query="", **options):
    return AtlasFilter(QueryDict(query), **{"sorts": SORTS, "on": TODAY} | options)


def problems(query):
    with pytest.raises(FilterError) as caught:
        read(query)
    return caught.value.problems


def found(query):
    """The titles of the agreements that match, and the slugs of the partnerships."""
    atlas_filter = read(query)
    acts = atlas_filter.apply(Agreement.objects.published())
    partnerships = atlas_filter.partnerships(Partnership.objects.published())
    return sorted(act.title_en for act in acts), sorted(p.slug for p in partnerships)


def acts_of(query):
    return found(query)[0]


def partnerships_of(query):
    return found(query)[1]


@pytest.fixture
def emilia_romagna():
    return make_region(code="IT-45", name_it="Emilia-Romagna", name_en="Emilia-Romagna")


@pytest.fixture
def piemonte():
    return make_region(code="IT-21", name_it="Piemonte", name_en="Piedmont")


@pytest.fixture
def ibaraki():
    return make_prefecture(
        code="JP-08", name_ja="茨城県", name_en="Ibaraki", reading="いばらきけん"
    )


@pytest.fixture
def aichi():
    return make_prefecture(code="JP-23", name_ja="愛知県", name_en="Aichi", reading="あいちけん")


@pytest.fixture
def industry():
    return make_sector(code="industry", order=1, name_en="Industry", name_it="Industria")


@pytest.fixture
def automotive(industry):
    return make_sector(code="automotive", order=2, parent=industry, name_en="Automotive")


# Reading


def test_a_filter_of_nothing_is_not_set():
    atlas_filter = read()

    assert (atlas_filter.is_set, atlas_filter.values, atlas_filter.query(), atlas_filter.page) == (
        False,
        {},
        "?",
        1,
    )


def test_every_parameter_is_read(emilia_romagna, automotive):
    atlas_filter = read(
        "region=IT-45&sector=automotive&kind=twinning&status=ended"
        "&from=1986&to=2005&q=+Torino+&sort=-signed&page=3"
    )

    assert atlas_filter.values == {
        "region": ["IT-45"],
        "sector": ["automotive"],
        "kind": ["twinning"],
        "status": ["ended"],
        "from": ["1986"],
        "to": ["2005"],
        "q": ["Torino"],
        "sort": ["-signed"],
        "page": ["3"],
    }


def test_empty_values_are_those_of_a_form_that_was_left_empty():
    atlas_filter = read("region=&sector=&kind=&status=&from=&to=&q=&sort=&page=")

    assert (atlas_filter.is_set, atlas_filter.values) == (False, {})


def test_parameters_that_are_not_the_atlas_s_own_are_left_alone():
    atlas_filter = read("utm_source=newsletter&regione=IT-45")

    assert atlas_filter.values == {}


def test_the_status_is_that_of_today_unless_a_day_is_given():
    assert AtlasFilter(QueryDict("")).on == timezone.localdate()


LISTED = "It is none of the values listed in the filter."
A_YEAR = "A year from 1860 to 2100 is expected."
A_PAGE = "A page number is expected."


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("region", "IT-99", LISTED),
        ("region", "it-45", LISTED),
        ("region", "Emilia-Romagna", LISTED),
        ("sector", "cars", LISTED),
        ("kind", "gemellaggio", LISTED),
        ("status", "IN_FORCE", LISTED),
        ("status", "None", LISTED),
        ("from", "205", A_YEAR),
        ("from", "1859", A_YEAR),
        ("to", "2101", A_YEAR),
        ("to", "20050", A_YEAR),
        ("to", "0", A_YEAR),
        ("from", "-1986", A_YEAR),
        ("from", "1986~", A_YEAR),
        ("from", "2005-05", A_YEAR),
        ("from", "9" * 90, A_YEAR),
        ("from", "02005999", A_YEAR),
        ("sort", "name", "The list cannot be sorted by this."),
        ("sort", "--place", "The list cannot be sorted by this."),
        ("sort", "-", "The list cannot be sorted by this."),
        ("page", "0", A_PAGE),
        ("page", "-1", A_PAGE),
        ("page", "1.5", A_PAGE),
        ("page", "last", A_PAGE),
        ("page", "²", A_PAGE),
        ("page", "1000000", A_PAGE),
        ("page", "00000019999999", A_PAGE),
    ],
)
def test_a_value_that_does_not_exist_is_refused_by_name(name, value, expected, emilia_romagna):
    assert problems(f"{name}={value}") == [f"“{value}” is not a value of “{name}”. {expected}"]


def test_a_city_is_no_region():
    city = make_italian_city(code="039014")

    assert problems(f"region={city.code}") == [f"“039014” is not a value of “region”. {LISTED}"]


@pytest.mark.parametrize("name", ["from", "to", "page"])
def test_a_number_of_thousands_of_digits_is_refused(name):
    value = "000000" + "1" * 5000

    expected = A_PAGE if name == "page" else A_YEAR
    assert problems(f"{name}={value}") == [
        f"“{value[:100]}…” is not a value of “{name}”. {expected}"
    ]


def test_the_first_and_the_last_year_are_accepted():
    atlas_filter = read("from=1860&to=2100")

    assert (atlas_filter.year_from, atlas_filter.year_to) == (1860, 2100)


def test_years_that_run_backwards_are_refused():
    assert problems("from=2010&to=2005") == ["The years run backwards: from 2010 to 2005."]


def test_a_single_year_may_be_both_the_first_and_the_last():
    atlas_filter = read("from=2005&to=2005")

    assert (atlas_filter.year_from, atlas_filter.year_to) == (2005, 2005)


def test_a_text_of_a_hundred_characters_is_accepted():
    assert read("q=" + "a" * 100).text == "a" * 100


def test_a_longer_text_is_refused_and_cut():
    assert problems("q=" + "a" * 101) == [
        f"“{'a' * 100}…” is not a value of “q”. At most 100 characters are expected."
    ]


def test_a_text_of_eight_words_is_accepted():
    assert read("q=a+b-c+d·e+高野+g+h").text == "a b-c d·e 高野 g h"


def test_a_text_of_more_words_is_refused():
    assert problems("q=a+b-c+d·e+高野+g+h+i") == [
        "“a b-c d·e 高野 g h i” is not a value of “q”. At most 8 words are expected."
    ]


@pytest.mark.parametrize("name", ["region", "sector", "kind", "status", "from", "sort", "page"])
def test_a_null_byte_is_refused(name):
    assert [sentence.partition(". ")[0] for sentence in problems(f"{name}=a%00b")] == [
        f"“a�b” is not a value of “{name}”"
    ]


def test_a_year_in_full_width_digits_is_read():
    assert read("from=２００５").year_from == 2005  # noqa: RUF001 # as a Japanese keyboard types it


def test_a_null_byte_in_the_text_is_refused():
    assert problems("q=a%00b") == [
        "“a�b” is not a value of “q”. It holds a character that is no text."
    ]


def test_all_that_is_wrong_is_said_at_once():
    assert problems("region=IT-45&region=IT-99&kind=x&from=1&sort=y&page=z") == [
        f"“IT-45” is not a value of “region”. {LISTED}",
        f"“IT-99” is not a value of “region”. {LISTED}",
        f"“x” is not a value of “kind”. {LISTED}",
        f"“1” is not a value of “from”. {A_YEAR}",
        "“y” is not a value of “sort”. The list cannot be sorted by this.",
        f"“z” is not a value of “page”. {A_PAGE}",
    ]


def test_the_error_reads_as_its_sentences():
    with pytest.raises(FilterError) as caught:
        read("kind=x&page=z")

    assert str(caught.value) == (
        f"“x” is not a value of “kind”. {LISTED} “z” is not a value of “page”. {A_PAGE}"
    )


def test_a_list_that_cannot_be_sorted_refuses_every_sort():
    with pytest.raises(FilterError) as caught:
        AtlasFilter(QueryDict("sort=place"))

    assert caught.value.problems == [
        "“place” is not a value of “sort”. The list cannot be sorted by this."
    ]


@pytest.mark.parametrize("sort", ["place", "-place", "signed", "-signed"])
def test_a_list_is_sorted_up_or_down(sort):
    assert read(f"sort={sort}").sort == sort


# Writing


def test_a_query_string_is_written_in_canonical_order(emilia_romagna, ibaraki, automotive):
    query = (
        "page=2&sort=place&q=a+b&to=2005&from=1986&status=ended&status=in_force&kind=twinning"
        "&sector=automotive&region=JP-08&region=IT-45&region=JP-08&x=1"
    )

    assert read(query).query(page=2) == (
        "?region=IT-45&region=JP-08&sector=automotive&kind=twinning&status=ended&status=in_force"
        "&from=1986&to=2005&q=a+b&sort=place&page=2"
    )


def test_a_query_string_says_the_same_whatever_order_it_came_in(emilia_romagna, ibaraki):
    one, other = (
        read("region=JP-08&region=IT-45&from=1986"),
        read("from=1986&region=IT-45&region=JP-08"),
    )

    assert one.query() == other.query()


def test_a_written_query_string_reads_as_itself(emilia_romagna, automotive):
    written = read("q=高野+%26+Forl%C3%AC&sector=automotive&region=IT-45&to=2005").query()

    assert read(written.removeprefix("?")).query() == written


@pytest.mark.parametrize(
    ("changes", "query"),
    [
        ({}, "?kind=twinning&from=1986&q=ito&sort=place"),
        ({"page": 4}, "?kind=twinning&from=1986&q=ito&sort=place&page=4"),
        ({"page": None}, "?kind=twinning&from=1986&q=ito&sort=place"),
        ({"from_": 1990}, "?kind=twinning&from=1990&q=ito&sort=place"),
        ({"from_": None}, "?kind=twinning&q=ito&sort=place"),
        ({"to": 2005}, "?kind=twinning&from=1986&to=2005&q=ito&sort=place"),
        ({"q": ""}, "?kind=twinning&from=1986&sort=place"),
        ({"sort": "-place"}, "?kind=twinning&from=1986&q=ito&sort=-place"),
        ({"kind": []}, "?from=1986&q=ito&sort=place"),
        ({"kind": "protocol"}, "?kind=protocol&from=1986&q=ito&sort=place"),
        (
            {"kind": ("memorandum", "protocol"), "q": None},
            "?kind=memorandum&kind=protocol&from=1986&sort=place",
        ),
        ({"kind": None, "from_": None, "q": None, "sort": None}, "?"),
    ],
    ids=str,
)
def test_a_change_of_the_filter_goes_back_to_the_first_page(changes, query):
    atlas_filter = read("kind=twinning&from=1986&q=ito&sort=place&page=3")

    assert atlas_filter.query(**changes) == query


def test_writing_a_change_leaves_the_filter_as_it_is():
    atlas_filter = read("kind=twinning&page=2")

    atlas_filter.query(kind=None)

    assert atlas_filter.values == {"kind": ["twinning"], "page": ["2"]}


@pytest.mark.parametrize(
    ("query", "is_set"),
    [
        ("", False),
        ("sort=place&page=2", False),
        ("q=a", True),
        ("to=2005", True),
        ("kind=twinning", True),
    ],
)
def test_sorting_and_paging_are_not_filtering(query, is_set):
    assert read(query).is_set is is_set


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", ""),
        ("sort=place&page=2", ""),
        (
            "to=2005&q=a%26b&kind=twinning&kind=other&sort=place&page=2",
            "?kind=other&kind=twinning&to=2005&q=a%26b",
        ),
    ],
)
def test_another_page_or_a_feed_is_asked_for_the_same_without_the_order(query, asked):
    assert read(query).asked_query == asked


@pytest.mark.parametrize(
    ("query", "clear"), [("q=a&page=2", "?"), ("q=a&sort=-place&page=2", "?sort=-place")]
)
def test_clearing_the_filter_keeps_the_order_of_the_list(query, clear):
    assert read(query).clear == clear


# Views and the selection

VIEWS = ("world",)


@pytest.fixture
def assisi():
    """A public partnership, and beside it a draft and one with nothing on record."""
    make_agreement(partnership=make_partnership(slug="of-a-draft"), state="draft")
    make_partnership(slug="of-nothing")
    return make_agreement(partnership=make_partnership(slug="assisi-koya")).partnership


@pytest.mark.parametrize(
    ("query", "view", "selected"),
    [
        ("", "", ""),
        ("view=&sel=", "", ""),
        ("view=world", "world", ""),
        ("sel=assisi-koya", "", "assisi-koya"),
        ("view=world&sel=assisi-koya&q=nowhere", "world", "assisi-koya"),
    ],
)
def test_a_page_with_views_reads_the_view_and_what_is_selected(assisi, query, view, selected):
    atlas_filter = read(query, views=VIEWS)

    assert (atlas_filter.view, atlas_filter.selected) == (view, selected)


def test_a_page_without_views_leaves_view_and_selection_alone():
    atlas_filter = read("view=moon&sel=nobody")

    assert (atlas_filter.view, atlas_filter.selected, atlas_filter.values) == ("", "", {})


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (
            "view=moon",
            "“moon” is not a value of “view”. The page cannot be looked at in this way.",
        ),
        (
            "sel=atlantide-mu",
            "“atlantide-mu” is not a value of “sel”. There is no partnership of this name.",
        ),
        (
            "sel=of-a-draft",
            "“of-a-draft” is not a value of “sel”. There is no partnership of this name.",
        ),
        (
            "sel=of-nothing",
            "“of-nothing” is not a value of “sel”. There is no partnership of this name.",
        ),
        ("sel=a%00", "“a�” is not a value of “sel”. There is no partnership of this name."),
        ("view=%00", "“�” is not a value of “view”. The page cannot be looked at in this way."),
    ],
)
def test_an_unknown_view_or_partnership_is_refused_by_name(assisi, query, problem):
    with pytest.raises(FilterError) as caught:
        read(query, views=VIEWS)

    assert caught.value.problems == [problem]


@pytest.mark.parametrize(
    ("changes", "query"),
    [
        ({"page": 3}, "?q=a&sort=place&page=3&view=world&sel=assisi-koya"),
        ({"view": ""}, "?q=a&sort=place&page=2&sel=assisi-koya"),
        ({"sel": None}, "?q=a&sort=place&page=2&view=world"),
        ({"view": "", "sel": None}, "?q=a&sort=place&page=2"),
        ({"q": "b"}, "?q=b&sort=place&view=world&sel=assisi-koya"),
        ({"q": None}, "?sort=place&view=world&sel=assisi-koya"),
        ({"sort": None}, "?q=a&view=world&sel=assisi-koya"),
        ({"sel": None, "q": "b"}, "?q=b&sort=place&page=2&view=world"),
    ],
    ids=str,
)
def test_a_change_keeps_how_the_result_is_looked_at(assisi, changes, query):
    atlas_filter = read("sel=assisi-koya&view=world&page=2&sort=place&q=a", views=VIEWS)

    assert atlas_filter.query(**changes) == query


@pytest.mark.parametrize("query", ["view=world", "sel=assisi-koya", "view=world&sel=assisi-koya"])
def test_looking_is_not_filtering(assisi, query):
    atlas_filter = read(query, views=VIEWS)

    assert (atlas_filter.is_set, atlas_filter.chips) == (False, [])


def test_clearing_the_filter_keeps_the_view_and_the_selection(assisi):
    atlas_filter = read("q=a&page=2&kind=twinning&view=world&sel=assisi-koya", views=VIEWS)

    assert atlas_filter.clear == "?view=world&sel=assisi-koya"


def test_a_chip_keeps_the_view_and_the_selection(assisi):
    (chip,) = read("q=a&view=world&sel=assisi-koya", views=VIEWS).chips

    assert chip.remove == "?view=world&sel=assisi-koya"


# Chips


def chips(query):
    return [(chip.label, chip.remove) for chip in read(query).chips]


def test_a_filter_of_nothing_has_no_chips():
    assert chips("sort=place&page=2") == []


def test_each_value_has_a_chip_that_takes_it_off(emilia_romagna, ibaraki, automotive):
    query = (
        "region=IT-45&region=JP-08&sector=automotive&kind=twinning&status=in_force"
        "&from=1986&to=2005&q=ito&sort=place&page=2"
    )
    rest = "sector=automotive&kind=twinning&status=in_force&from=1986&to=2005&q=ito&sort=place"

    assert chips(query) == [
        ("Emilia-Romagna", f"?region=JP-08&{rest}"),
        ("Ibaraki", f"?region=IT-45&{rest}"),
        ("Automotive", f"?region=IT-45&region=JP-08&{rest.replace('sector=automotive&', '')}"),
        ("Twinning", f"?region=IT-45&region=JP-08&{rest.replace('kind=twinning&', '')}"),
        ("In force", f"?region=IT-45&region=JP-08&{rest.replace('status=in_force&', '')}"),
        ("from 1986", f"?region=IT-45&region=JP-08&{rest.replace('from=1986&', '')}"),
        ("until 2005", f"?region=IT-45&region=JP-08&{rest.replace('to=2005&', '')}"),
        ("“ito”", f"?region=IT-45&region=JP-08&{rest.replace('q=ito&', '')}"),
    ]


def test_a_chip_is_named_in_the_active_language(ibaraki):
    with translation.override("ja"):
        labels = [chip.label for chip in read("region=JP-08").chips]

    assert labels == ["茨城県"]


def test_a_chip_holds_the_text_as_it_was_typed():
    assert chips("q=Forl%C3%AC+%26+%3Cb%3E") == [("“Forlì & <b>”", "?")]


# Places


@pytest.fixture
def four(emilia_romagna, piemonte, ibaraki, aichi):
    """Partnerships of a region itself, of cities, and across both."""
    bologna = make_italian_city(region=emilia_romagna, name_en="Bologna")
    torino = make_italian_city(region=piemonte, name_en="Turin")
    mito = make_japanese_city(region=ibaraki, name_en="Mito")
    nagoya = make_japanese_city(region=aichi, name_en="Nagoya")
    for title, italian_place, japanese_place in (
        ("region-prefecture", emilia_romagna, ibaraki),
        ("bologna-mito", bologna, mito),
        ("bologna-nagoya", bologna, nagoya),
        ("torino-nagoya", torino, nagoya),
    ):
        partnership = make_partnership(
            slug=title, italian_place=italian_place, japanese_place=japanese_place
        )
        make_agreement(partnership=partnership, title_en=title)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["bologna-mito", "bologna-nagoya", "region-prefecture", "torino-nagoya"]),
        ("region=IT-45", ["bologna-mito", "bologna-nagoya", "region-prefecture"]),
        ("region=IT-21", ["torino-nagoya"]),
        ("region=JP-08", ["bologna-mito", "region-prefecture"]),
        ("region=JP-23", ["bologna-nagoya", "torino-nagoya"]),
        ("region=IT-45&region=JP-23", ["bologna-nagoya"]),
        ("region=IT-21&region=JP-08", []),
        (
            "region=IT-45&region=IT-21",
            ["bologna-mito", "bologna-nagoya", "region-prefecture", "torino-nagoya"],
        ),
        ("region=IT-45&region=IT-21&region=JP-23", ["bologna-nagoya", "torino-nagoya"]),
        (
            "region=JP-08&region=JP-23&region=IT-45",
            ["bologna-mito", "bologna-nagoya", "region-prefecture"],
        ),
    ],
)
def test_a_region_finds_its_own_government_and_the_places_in_it(four, query, names):
    assert found(query) == (names, names)


def test_a_region_is_found_on_the_side_of_its_country_only(emilia_romagna, ibaraki):
    city = make_italian_city(region=emilia_romagna, code="JP-08")
    make_agreement(partnership=make_partnership(italian_place=city))

    assert found("region=JP-08") == ([], [])


# Sectors and kinds


@pytest.fixture
def acts(industry, automotive):
    culture = make_sector(code="culture", order=3)
    for title, kind, sectors in (
        ("twinning", AgreementKind.TWINNING, (industry,)),
        ("memorandum", AgreementKind.MEMORANDUM, (automotive, culture)),
        ("protocol", AgreementKind.PROTOCOL, (culture,)),
        ("nothing", AgreementKind.OTHER, ()),
    ):
        partnership = make_partnership(slug=title)
        make_agreement(partnership=partnership, title_en=title, kind=kind, sectors=sectors)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("sector=industry", ["memorandum", "twinning"]),
        ("sector=automotive", ["memorandum"]),
        ("sector=culture", ["memorandum", "protocol"]),
        ("sector=automotive&sector=culture", ["memorandum", "protocol"]),
        ("sector=industry&sector=automotive", ["memorandum", "twinning"]),
        ("kind=twinning", ["twinning"]),
        ("kind=twinning&kind=protocol", ["protocol", "twinning"]),
        ("kind=friendship_pact", []),
        ("kind=memorandum&sector=industry", ["memorandum"]),
        ("kind=protocol&sector=industry", []),
    ],
)
def test_values_of_one_parameter_widen_and_different_parameters_narrow(acts, query, names):
    assert found(query) == (names, names)


# Status


@pytest.fixture
def standings():
    for title, fields in {
        "force": {"signed": "2005"},
        "ended": {"signed": "1990", "ended": "2000"},
        "unknown": {"signed": "2010", "term_months": 12, "renewal": Renewal.UNKNOWN},
        "proposed": {"signed": "2026"},
    }.items():
        partnership = make_partnership(slug=title)
        make_agreement(partnership=partnership, title_en=title, **fields)
    renewing = make_partnership(slug="renewing")
    first = make_agreement(partnership=renewing, title_en="first", signed="2005")
    make_agreement(
        partnership=renewing,
        title_en="letter",
        signed="2024",
        renews=first,
        kind=AgreementKind.LETTER_OF_INTENT,
    )
    make_event(partnerships=(make_partnership(slug="idea"),))


@pytest.mark.parametrize(
    ("query", "acts", "partnerships"),
    [
        ("status=in_force", ["force"], ["force"]),
        ("status=ended", ["ended"], ["ended"]),
        ("status=unknown", ["unknown"], ["unknown"]),
        ("status=proposed", ["proposed"], ["idea", "proposed"]),
        ("status=in_renewal", ["first", "letter"], ["renewing"]),
        ("status=ended&status=in_force", ["ended", "force"], ["ended", "force"]),
    ],
)
def test_the_status_is_that_of_the_partnership(standings, query, acts, partnerships):
    assert found(query) == (acts, partnerships)


def test_the_status_is_that_of_the_day(standings):
    then = read("status=in_force", on=date(1995, 1, 1))

    assert [p.slug for p in then.partnerships(Partnership.objects.published())] == ["ended"]


# Years


@pytest.fixture
def signatures():
    for signed in ("1986", "198X", "1990-03", "2005-05-27", "2013-11~", ""):
        make_agreement(
            partnership=make_partnership(slug=f"p-{signed.lower().strip('~')}"),
            title_en=signed,
            signed=signed,
        )


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["", "1986", "198X", "1990-03", "2005-05-27", "2013-11~"]),
        ("from=1980", ["1986", "198X", "1990-03", "2005-05-27", "2013-11~"]),
        ("from=1987", ["198X", "1990-03", "2005-05-27", "2013-11~"]),
        ("from=1989", ["198X", "1990-03", "2005-05-27", "2013-11~"]),
        ("from=1990", ["1990-03", "2005-05-27", "2013-11~"]),
        ("from=2013", ["2013-11~"]),
        ("from=2014", []),
        ("to=2100", ["1986", "198X", "1990-03", "2005-05-27", "2013-11~"]),
        ("to=1990", ["1986", "198X", "1990-03"]),
        ("to=1980", ["198X"]),
        ("to=1979", []),
        ("from=1986&to=1986", ["1986", "198X"]),
        ("from=1987&to=1988", ["198X"]),
        ("from=1990&to=2005", ["1990-03", "2005-05-27"]),
    ],
)
def test_a_year_finds_what_may_have_been_signed_then(signatures, query, titles):
    assert acts_of(query) == titles


# Text


@pytest.fixture
def texts():
    emilia_romagna = make_region(
        code="IT-45",
        name_it="Emilia-Romagna",
        name_ja="エミリア＝ロマーニャ州",
        name_en="Emilia-Romagna",
    )
    forli = make_italian_city(
        region=emilia_romagna, name_it="Forlì", name_ja="フォルリ", name_en="Forli"
    )
    gunma = make_prefecture(
        code="JP-10", name_it="Gunma", name_ja="群馬県", name_en="Gunma", reading="ぐんまけん"
    )
    PlaceName.objects.create(place=gunma, text="Gumma", language=Language.ITALIAN)
    annaka = make_japanese_city(
        region=gunma, name_it="Annaka", name_ja="安中市", name_en="Annaka", reading="あんなかし"
    )
    act = make_agreement(
        partnership=make_partnership(
            slug="forli-annaka",
            italian_place=forli,
            japanese_place=annaka,
            summary_it="Nato dalla maratona",
        ),
        title_en="Pact of the marathon",
        title_ja="友好都市盟約",
        summary_it="Promosso dall’Ambasciata",
    )
    Signatory.objects.create(
        party=act.parties.get(place=annaka), name="Shin’ichi Itō", name_ja="伊藤 信一"
    )
    make_agreement(partnership=make_partnership(slug="other"), title_en="Other")


@pytest.mark.parametrize(
    "query",
    [
        "forli",
        "Forlì",
        "FORLI'",
        "フォルリ",
        "ふぉるり",
        "ﾌｫﾙﾘ",
        "annaka",
        "安中",
        "あんなか",
        "アンナカ",
        "gunma",
        "gumma",
        "群馬",
        "ぐんま",
        "グンマ",
        "emilia",
        "Emilia-Romagna",
        "エミリア・ロマーニャ",
        "ロマーニャ",
        "pact",
        "友好都市",
        "ambasciata",
        "dall'ambasciata",
        "maratona",
        "ito",
        "Itō",
        "shinichi",
        "伊藤",
        "forli gumma",
        "gumma 友好 ito maratona",
    ],
)
def test_a_text_is_found_in_the_names_titles_summaries_and_signatories(texts, query):
    assert found(f"q={query}") == (["Pact of the marathon"], ["forli-annaka"])


@pytest.mark.parametrize(
    "query", ["orli", "くんま", "forli nagoya", "ito nagoya", "romagnola", "_", "fo%25li"]
)
def test_a_text_that_stands_nowhere_finds_nothing(texts, query):
    assert found(f"q={query}") == ([], [])


def test_a_text_that_is_as_long_and_has_as_many_words_as_it_may_is_answered(texts):
    query = "+".join(["forli"] * 7 + ["f" + "o" * 57])

    assert found(f"q={query}") == ([], [])


def test_a_signatory_finds_the_act_and_not_the_others_of_the_partnership(texts):
    partnership = Partnership.objects.get(slug="forli-annaka")
    make_agreement(partnership=partnership, title_en="Second")

    assert acts_of("q=ito") == ["Pact of the marathon"]
    assert acts_of("q=forli") == ["Pact of the marathon", "Second"]


# What is decided together


def test_drafts_are_never_shown(emilia_romagna):
    city = make_italian_city(region=emilia_romagna)
    partnership = make_partnership(slug="drafted", italian_place=city)
    for state in ("draft", "review", "withdrawn"):
        make_agreement(partnership=partnership, title_en="Drafted", state=state)
        make_event(partnerships=(partnership,), title_en="Drafted", state=state)

    assert [found(query) for query in ("", "region=IT-45", "q=drafted", "kind=twinning")] == [
        ([], [])
    ] * 4


def test_a_draft_does_not_let_its_partnership_match(emilia_romagna):
    partnership = make_partnership(slug="p", italian_place=make_italian_city(region=emilia_romagna))
    make_agreement(partnership=partnership, title_en="Twinning", signed="1990")
    make_agreement(
        partnership=partnership, state="draft", kind=AgreementKind.PROTOCOL, signed="2005"
    )

    assert [partnerships_of(query) for query in ("kind=protocol", "from=2000", "")] == [
        [],
        [],
        ["p"],
    ]


def test_all_conditions_must_hold_for_the_same_agreement(industry):
    partnership = make_partnership(slug="p")
    make_agreement(
        partnership=partnership, title_en="a", kind=AgreementKind.TWINNING, signed="1990"
    )
    make_agreement(
        partnership=partnership,
        title_en="b",
        kind=AgreementKind.PROTOCOL,
        signed="2005",
        sectors=(industry,),
    )

    assert [
        found(query)
        for query in (
            "kind=twinning&from=2000",
            "kind=twinning&sector=industry",
            "kind=protocol&from=2000&sector=industry",
            "kind=twinning&to=2000",
        )
    ] == [([], []), ([], []), (["b"], ["p"]), (["a"], ["p"])]


def test_the_years_must_both_hold_for_the_same_agreement():
    partnership = make_partnership(slug="p")
    make_agreement(partnership=partnership, signed="1990")
    make_agreement(partnership=partnership, signed="2010")

    assert found("from=1995&to=2005") == ([], [])


@pytest.fixture
def proposal(emilia_romagna, automotive):
    partnership = make_partnership(
        slug="proposal", italian_place=make_italian_city(region=emilia_romagna, name_en="Parma")
    )
    make_event(
        partnerships=(partnership,),
        title_en="First meeting",
        start="2024-02",
        sectors=(automotive,),
    )
    return partnership


@pytest.mark.parametrize(
    ("query", "partnerships"),
    [
        ("", ["proposal"]),
        ("region=IT-45", ["proposal"]),
        ("sector=automotive", ["proposal"]),
        ("sector=industry", ["proposal"]),
        ("status=proposed", ["proposal"]),
        ("status=in_force", []),
        ("kind=twinning", []),
        ("from=2024", ["proposal"]),
        ("from=2025", []),
        ("to=2024", ["proposal"]),
        ("to=2023", []),
        ("q=meeting", ["proposal"]),
        ("q=parma", ["proposal"]),
        ("q=parma+meeting", ["proposal"]),
        ("q=signing", []),
        ("sector=industry&from=2024&q=parma", ["proposal"]),
        ("sector=industry&from=2025&q=parma", []),
    ],
)
def test_a_partnership_without_agreements_is_decided_by_its_events(proposal, query, partnerships):
    assert found(query) == ([], partnerships)


def test_a_partnership_with_an_agreement_is_not_decided_by_its_events(proposal):
    make_agreement(partnership=proposal, title_en="Pact", signed="1990")

    assert [
        found(query) for query in ("from=2024", "q=meeting", "sector=automotive", "q=pact")
    ] == [([], []), ([], []), ([], []), (["Pact"], ["proposal"])]


def test_a_partnership_with_a_draft_agreement_alone_is_decided_by_its_events(proposal):
    make_agreement(partnership=proposal, state="draft")

    assert partnerships_of("from=2024") == ["proposal"]


def test_all_conditions_must_hold_for_the_same_event(proposal):
    make_event(partnerships=(proposal,), start="2010")

    assert partnerships_of("sector=automotive&to=2015") == []


def test_a_partnership_is_not_found_by_the_places_of_others_at_the_same_event(proposal):
    other = make_partnership(italian_place=make_italian_city(name_en="Modena"), slug="modena")
    proposal.events.get().partnerships.add(other)

    assert [partnerships_of(query) for query in ("q=parma", "q=modena", "q=meeting")] == [
        ["proposal"],
        ["modena"],
        ["modena", "proposal"],
    ]


def test_each_agreement_and_partnership_is_found_once(four, automotive, industry):
    partnership = Partnership.objects.get(slug="torino-nagoya")
    for _ in range(2):
        make_agreement(
            partnership=partnership, title_en="torino-nagoya", sectors=(automotive, industry)
        )
    query = "region=IT-21&region=JP-23&sector=industry&sector=automotive&q=nagoya"

    assert found(query) == (["torino-nagoya"] * 2, ["torino-nagoya"])


# Cost


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_and_applying_the_filter_costs_five_queries(
    rows, emilia_romagna, automotive, django_assert_num_queries
):
    for _ in range(rows):
        city = make_italian_city(region=emilia_romagna)
        make_agreement(
            partnership=make_partnership(italian_place=city), sectors=(automotive,), title_en="Act"
        )
    query = "region=IT-45&sector=automotive&kind=twinning&status=in_force&from=1990&to=2020&q=act"

    read(query).index.by_status(TODAY)

    # The version; the places and signatories of the word; then one each for the agreements and
    # the partnerships.
    with django_assert_num_queries(5):
        atlas_filter = read(query)
        chips = len(atlas_filter.chips)
        found = (
            len(atlas_filter.apply(Agreement.objects.published())),
            len(atlas_filter.partnerships(Partnership.objects.published())),
        )

    assert (chips, found) == (7, (rows, rows))
