"""Tags say texts in their language, dates as far as they are known, and where facts come from."""

from datetime import date

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation

from relations.dates import parse
from relations.enums import Language, Renewal, Status
from relations.filters import AtlasFilter
from relations.models import Agreement, Event, Place
from relations.models.localized import LocalizedText
from relations.queries import CitedFact, Mark, Provenance
from relations.templatetags.atlas import fact_sources
from tests.factories import make_agreement, make_citation, make_source


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


# Sources of facts


@pytest.fixture
def act(db):
    return make_agreement()


def test_the_sources_of_a_fact_are_those_of_the_page(act):
    citation = make_citation(agreement=act, field="kind", stated="gemellaggio")
    provenance = Provenance([citation])

    mark = Mark(1, citation)
    assert fact_sources(provenance, act, "kind") == {"marks": [mark], "facts": [CitedFact([mark])]}


def test_facts_that_stand_together_show_each_source_once(act):
    source = make_source()
    parties = make_citation(agreement=act, source=source, field="parties", stated="due città")
    persons = make_citation(agreement=act, source=source, field="signatories", stated="i sindaci")
    provenance = Provenance([parties, persons])

    assert fact_sources(provenance, act, "parties", "signatories") == {
        "marks": [Mark(1, parties)],
        "facts": [CitedFact([Mark(1, parties)]), CitedFact([Mark(1, persons)])],
    }


def test_a_fact_that_nobody_cites_has_no_sources(act):
    assert fact_sources(Provenance([]), act, "kind") == {"marks": [], "facts": [CitedFact()]}


@pytest.mark.parametrize("provenance", [None, ""])
def test_a_list_has_no_provenance(act, provenance):
    assert fact_sources(provenance, act, "signed") == {"marks": [], "facts": []}


def test_a_fact_without_sources_leaves_no_trace_on_the_page(act):
    said = render("{% fact_sources provenance act 'signed' %}", provenance=None, act=act)

    assert said.strip() == ""
