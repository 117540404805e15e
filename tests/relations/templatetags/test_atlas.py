"""Tags say texts in their language, dates as far as they are known, and where facts come from."""

import re
from datetime import date

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation

from relations.dates import parse
from relations.enums import Language, Renewal, Status
from relations.filters import AtlasFilter, Facet, Option
from relations.maps import WIDE, Bundle, Tints, draw
from relations.models import Agreement, Event, Place
from relations.models.localized import LocalizedText
from relations.provenance import CitedFact, Mark, Provenance
from relations.templatetags.atlas import fact_sources, record_sources
from tests.factories import (
    make_agreement,
    make_citation,
    make_partnership,
    make_prefecture,
    make_region,
    make_source,
)
from tests.relations.maps.rows import city, territory, tie


def render(text, **context):
    return Template("{% load atlas %}" + text).render(Context(context))


# Texts


def test_a_text_in_the_language_of_the_page_stands_as_it_is():
    event = Event(title_en="Visit", title_it="Visita")

    assert render("{% text event 'title' %}", event=event) == "Visit"


def test_a_text_in_another_language_is_marked_with_it():
    event = Event(title_it="Visita")

    assert render("{% text event 'title' %}", event=event) == (
        '<span class="untranslated"><span lang="it">Visita</span> '
        "<small>(in Italian: not translated yet)</small></span>"
    )


def test_a_text_that_exists_in_no_language_says_nothing():
    assert render("{% text event 'title' %}", event=Event()) == ""


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (Event(title_en="<b>&"), "&lt;b&gt;&amp;"),
        (
            Event(title_ja="<b>"),
            '<span class="untranslated"><span lang="ja">&lt;b&gt;</span> '
            "<small>(in Japanese: not translated yet)</small></span>",
        ),
    ],
    ids=["translated", "untranslated"],
)
def test_a_text_is_escaped(event, said):
    assert render("{% text event 'title' %}", event=event) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (LocalizedText("Visit", Language.ENGLISH), "Visit"),
        (LocalizedText("", Language.ENGLISH), ""),
        (
            LocalizedText("訪問", Language.JAPANESE, is_translated=False),
            '<span class="untranslated"><span lang="ja">訪問</span> '
            "<small>(in Japanese: not translated yet)</small></span>",
        ),
    ],
)
def test_a_localized_text_is_marked_where_it_is_not_translated(value, said):
    assert render("{{ value|marked }}", value=value) == said


# Native names

NAMES = {"name_it": "Nagoya", "name_ja": "名古屋市", "name_en": "Nagoya"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", '<span class="native" lang="ja">名古屋市</span>'),
        ("it", '<span class="native" lang="ja">名古屋市</span>'),
        ("ja", ""),
    ],
)
def test_the_native_name_stands_where_the_page_is_in_another_language(language, said):
    with translation.override(language):
        assert render("{% native_name place %}", place=Place(country="JP", **NAMES)) == said


@pytest.mark.parametrize(
    ("name_en", "said"),
    [("Turin", '<span class="native" lang="it">Torino</span>'), ("Torino", "")],
)
def test_the_native_name_is_not_said_twice(name_en, said):
    place = Place(country="IT", name_it="Torino", name_ja="トリノ", name_en=name_en)

    assert render("{% native_name place %}", place=place) == said


def test_the_native_name_is_escaped():
    place = Place(country="IT", name_it="<b>", name_en="Turin")

    assert render("{% native_name place %}", place=place) == (
        '<span class="native" lang="it">&lt;b&gt;</span>'
    )


# Dates


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-09-23", '<time datetime="2025-09-23">23 September 2025</time>'),
        ("2013-11", '<time datetime="2013-11">November 2013</time>'),
        ("1986", '<time datetime="1986">1986</time>'),
        ("1986~", '<time datetime="1986">about 1986</time>'),
        ("198X", "1980s"),
        ("", '<span class="unknown">date unknown</span>'),
    ],
)
def test_a_date_is_a_time_element_where_html_can_say_it(text, said):
    assert render("{{ date|when }}", date=parse(text)) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (
            "2024-02-12",
            "2024-02-16",
            '<time datetime="2024-02-12">12 February 2024</time> – '
            '<time datetime="2024-02-16">16 February 2024</time>',
        ),
        ("2025", "198X", '<time datetime="2025">2025</time> – 1980s'),
        ("2024-02", "", '<time datetime="2024-02">February 2024</time>'),
        ("2024", "2024", '<time datetime="2024">2024</time>'),
        ("", "", '<span class="unknown">date unknown</span>'),
        (
            "",
            "2024",
            '<span class="unknown">date unknown</span> – <time datetime="2024">2024</time>',
        ),
    ],
)
def test_a_period_is_one_date_where_it_is_one(start, end, said):
    assert render("{% period start end %}", start=parse(start), end=parse(end)) == said


# Terms, pages and statuses


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (
            date(2028, 9, 23),
            "3 years, until 23 September 2028; then it renews itself unless one side gives notice.",
        ),
        (
            date(2028, 9, 24),
            "The first term of 3 years ran out on 23 September 2028; since then it renews itself "
            "unless one side gives notice.",
        ),
    ],
)
def test_a_term_is_said_as_it_is_on_the_day_of_the_page(on, said):
    act = Agreement(signed="2025-09-23", term_months=36, renewal=Renewal.AUTOMATIC)

    assert render("{% term act %}", act=act, on=on) == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "query"), [(1, "?kind=twinning"), (2, "?kind=twinning&amp;page=2")]
)
def test_the_first_page_is_the_list_itself(number, query):
    atlas_filter = AtlasFilter(QueryDict("kind=twinning&page=3"))

    assert render("{{ filter|page_query:number }}", filter=atlas_filter, number=number) == query


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.IN_FORCE, "In force"),
        ("in_renewal", "In renewal"),
        ("ended", "Ended"),
        ("proposed", "Proposed"),
        ("unknown", "Unknown"),
    ],
)
def test_a_status_has_its_word(status, said):
    assert render("{{ status|status_label }}", status=status) == said


@pytest.mark.parametrize(
    ("since", "said"), [("1986-05-03", "39 years"), ("1986", "38–39 years"), ("", "")]
)
def test_an_age_is_said_as_of_the_day_of_the_page(since, said):
    assert render("{% age since %}", since=parse(since), on=date(2025, 6, 1)) == said


# Maps


def facet(*options):
    return Facet("region", "Region", [("North", list(options[:1])), ("South", list(options[1:]))])


@pytest.fixture
def regions(db):
    """Context of a page with two Italian regions, one of them chosen, and a prefecture."""
    make_region(code="IT-45")
    make_region(code="IT-52")
    make_prefecture(code="JP-08")
    return {
        "filter": AtlasFilter(QueryDict("region=IT-45&q=a")),
        "tints": Tints.of([1, 8]),
        "facets": [
            facet(
                Option("IT-45", "Emilia-Romagna & Co", 8, selected=True),
                Option("IT-52", "Tuscany", 1, selected=False),
            ),
            facet(Option("JP-08", "Ibaraki", 0, selected=False)),
        ],
    }


def test_regions_are_links_that_add_them_to_the_filter_or_take_them_off(regions):
    assert render("{% territory_links 'IT' %}", **regions) == (
        '<a class="territory territory--it3" href="?q=a" tabindex="-1" data-live'
        ' data-territory="IT-45" data-caption="Emilia-Romagna &amp; Co: 8 partnerships">'
        '<use href="#IT-45" /></a>'
        '<a class="territory territory--it1" href="?region=IT-45&amp;region=IT-52&amp;q=a"'
        ' tabindex="-1" data-live data-territory="IT-52"'
        ' data-caption="Tuscany: 1 partnership"><use href="#IT-52" /></a>'
    )


@pytest.mark.parametrize(
    ("tag", "codes"),
    [
        ("{% territory_links 'IT' %}", ["IT-45", "IT-52"]),
        ("{% territory_links 'JP' %}", ["JP-08"]),
        ("{% territory_links 'IT' only='IT-52' %}", ["IT-52"]),
        ("{% territory_links 'JP' only='JP-47' %}", []),
    ],
)
def test_regions_of_one_country_or_one_of_them_are_drawn(regions, tag, codes):
    assert re.findall(r'data-territory="([^"]+)"', render(tag, **regions)) == codes


@pytest.fixture
def ties(db):
    """A public place with two partnerships, in the order `one`, `two`."""
    one = make_partnership(slug="one")
    two = make_partnership(slug="two", italian_place=one.italian_place)
    make_agreement(partnership=one)
    make_agreement(partnership=two)
    return [one, two]


def filter_of(query):
    return AtlasFilter(QueryDict(query), views=["world"])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "?sel=one"),
        ("sel=two&q=a", "?q=a&amp;sel=one"),
        ("sel=one&q=a", "?q=a"),
        ("sel=one", "?"),
        ("view=world&page=2", "?page=2&amp;view=world&amp;sel=one"),
    ],
)
def test_a_partnership_is_selected_or_let_go_of(ties, query, said):
    context = {"filter": filter_of(query), "partnership": ties[0]}

    assert render("{% selecting partnership %}", **context) == said


@pytest.mark.parametrize(
    ("query", "view", "said"),
    [
        ("", "world", "?view=world"),
        ("q=a&sel=one", "world", "?q=a&amp;view=world&amp;sel=one"),
        ("q=a&view=world", "", "?q=a"),
        ("view=world", "", "?"),
    ],
)
def test_another_view_shows_the_same(ties, query, view, said):
    context = {"filter": filter_of(query), "view": view}

    assert render("{% other_view view %}", **context) == said


def test_a_bundle_leads_to_what_is_in_it(regions):
    bundle = Bundle("", "", ["IT-52", "JP-08"], 2, "1.5", "", None, ((0, 0), (0, 0)))

    assert render("{% bundle_query bundle %}", bundle=bundle, filter=regions["filter"]) == (
        "?region=IT-52&amp;region=JP-08&amp;q=a"
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=a", "?q=a&amp;sel=one"),
        ("q=a&sel=one", "?q=a&amp;sel=two"),
        ("q=a&sel=two", "?q=a"),
    ],
)
def test_a_mark_leads_to_the_next_of_its_partnerships_and_the_last_lets_go(ties, query, said):
    (mark,) = draw(WIDE, ties).marks["IT"]

    assert render("{% mark_url mark %}", mark=mark, filter=filter_of(query)) == said


def test_a_mark_leads_to_its_place_where_there_is_no_list():
    (mark,) = draw(WIDE, [], place=city(44.5, 11.3, slug="bologna")).marks["IT"]

    assert render("{% mark_url mark %}", mark=mark) == "/en/places/bologna/"


def test_a_mark_is_called_by_its_place_where_that_is_and_its_partners():
    bologna = city(44.5, 11.3, name_en="Bologna")
    bologna.region.name_en = "Emilia-Romagna"
    ties = [tie(bologna, city(36, 139, name_en=name)) for name in ("Itabashi", "Hamamatsu")]

    (mark,) = draw(WIDE, ties).marks["IT"]

    assert render("{% mark_name mark %}", mark=mark) == (
        "Bologna, Emilia-Romagna: linked with Itabashi, Hamamatsu"
    )


def test_the_mark_of_a_prefecture_says_its_country():
    ties = [tie(city(44.8, 10.3, name_en="Parma"), territory("JP-37", name_en="Kagawa"))]

    (mark,) = draw(WIDE, ties).marks["JP"]

    assert render("{% mark_name mark %}", mark=mark) == "Kagawa, Japan: linked with Parma"


@pytest.mark.parametrize(("language", "said"), [("en", "名古屋市"), ("it", "名古屋市"), ("ja", "")])
def test_a_label_has_the_native_name_where_the_page_is_in_another_language(language, said):
    with translation.override(language):
        assert render("{% native_label place %}", place=Place(country="JP", **NAMES)) == said


# Sources of facts


@pytest.fixture
def act(db):
    return make_agreement()


def test_the_sources_of_a_fact_are_listed_beside_it(act):
    citation = make_citation(agreement=act, field="kind", stated="gemellaggio")
    provenance = Provenance([citation])

    mark = Mark(1, citation)
    assert fact_sources(provenance, act, "kind") == {
        "marks": [mark],
        "facts": [CitedFact([mark])],
        "numbers": "1",
        "count": 1,
        "key": f"cited-agreement-{act.pk}-kind",
        "is_listed": True,
    }


def test_facts_that_stand_together_count_each_source_once(act):
    source = make_source()
    parties = make_citation(agreement=act, source=source, field="parties", stated="due città")
    persons = make_citation(agreement=act, source=source, field="signatories", stated="i sindaci")
    provenance = Provenance([parties, persons])

    said = fact_sources(provenance, act, "parties", "signatories")

    assert said["facts"] == [CitedFact([Mark(1, parties)]), CitedFact([Mark(1, persons)])]
    assert (said["marks"], said["count"]) == ([Mark(1, parties), Mark(1, persons)], 1)


def test_a_fact_that_rests_on_the_record_opens_the_sources_of_the_record(act):
    whole = make_citation(agreement=act, field="record", stated="")
    provenance = Provenance([whole])

    said = fact_sources(provenance, act, "kind", "signed")
    listed = record_sources(provenance, act)

    assert (said["is_listed"], said["facts"], said["numbers"]) == (False, [], "1")
    assert said["key"] == listed["key"] == f"cited-agreement-{act.pk}-record"
    assert listed["marks"] == [Mark(1, whole)]


def test_a_mark_opens_a_list_that_is_on_the_page(act):
    citation = make_citation(agreement=act, field="kind", stated="gemellaggio <b>")
    said = render(
        "{% fact_sources provenance act 'kind' %}", provenance=Provenance([citation]), act=act
    )

    opened = re.search(r'popovertarget="([^"]+)"', said)
    assert opened
    assert f'id="{opened[1]}" popover' in said
    assert "gemellaggio &lt;b&gt;" in said


def test_a_fact_that_nobody_cites_has_no_sources(act):
    said = fact_sources(Provenance([]), act, "kind")

    assert (said["marks"], said["facts"]) == ([], [])


@pytest.mark.parametrize("provenance", [None, ""])
def test_a_list_has_no_provenance(act, provenance):
    assert fact_sources(provenance, act, "signed") == {"facts": []}
    assert record_sources(provenance, act) == {"marks": []}


def test_a_fact_without_sources_leaves_no_trace_on_the_page(act):
    said = render("{% fact_sources provenance act 'signed' %}", provenance=None, act=act)

    assert said.strip() == ""


def test_a_value_is_looked_up_by_its_key():
    assert render("{{ counts|lookup:7 }} {{ counts|lookup:8 }}", counts={7: 12}) == "12 None"
