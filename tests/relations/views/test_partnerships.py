"""The table of partnerships and the page of one, as HTTP answers them."""

import re
from typing import Any

import pytest
from django.test import Client

from relations.enums import CitedField, PublicationState
from relations.filters.index import Index
from relations.models import Place
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_sector,
    make_source,
)

EMILIA_ROMAGNA = [
    "bologna-hamamatsu",
    "bologna-itabashi",
    "emilia-romagna-ibaraki",
    "faenza-toki",
    "maranello-sakahogi",
    "monticelli-d-ongina-takko",
    "parma-kagawa",
]


def slugs_of(response: Any) -> list[str]:
    """The partnerships of the rows of a page."""
    return re.findall(
        r'class="row-link" href="/\w+/partnerships/([\w-]+)/"', response.content.decode()
    )


def slugs_in(html: str) -> list[str]:
    """The partnerships that a list links to, in alphabetical order."""
    return sorted(set(re.findall(r'href="/(?:it|ja|en)/partnerships/([a-z-]+)/"', html)))


def number_of(html: str, facet: str, value: str) -> int:
    """The count beside an option of the filter."""
    option = re.search(rf'name="{facet}"\s+value="{value}".*?__count">\s*(\d+)', html, re.DOTALL)
    assert option is not None
    return int(option[1])


@pytest.mark.parametrize("language", ["it", "ja", "en"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("region=IT-45", EMILIA_ROMAGNA),
        ("region=JP-08", ["emilia-romagna-ibaraki"]),
        ("sector=automotive", ["torino-nagoya"]),
        ("q=peracchini", ["la-spezia-izumisano"]),
        ("q=tatsukomachi", ["monticelli-d-ongina-takko"]),
    ],
)
def test_filtered_list_shows_exactly_the_matching_partnerships(
    client: Client, atlas: None, language: str, query: str, expected: list[str]
) -> None:
    response = client.get(f"/{language}/partnerships/?{query}")

    assert response.status_code == 200
    assert slugs_in(response.content.decode()) == expected


@pytest.mark.parametrize("query", ["gumma", "gunma", "群馬", "ぐんま", "グンマ", "ｸﾞﾝﾏ", "GUNMA"])
def test_search_finds_a_prefecture_in_every_spelling(
    client: Client, atlas: None, query: str
) -> None:
    gunma = Place.objects.get(slug="gunma-prefecture")
    act = make_agreement(partnership=make_partnership(slug="of-gunma", japanese_place=gunma))

    response = client.get("/it/partnerships/", {"q": query})

    assert slugs_of(response) == [act.partnership.slug]


@pytest.mark.parametrize("query", ["ibaraki", "Ibaraki", "茨城", "いばらき", "イバラキ"])
def test_search_finds_a_partner_in_every_script(client: Client, atlas: None, query: str) -> None:
    response = client.get("/it/partnerships/", {"q": query})

    assert slugs_in(response.content.decode()) == ["emilia-romagna-ibaraki"]


def test_counts_on_the_page_in_the_facets_and_in_the_table_agree(
    client: Client, atlas: None
) -> None:
    html = client.get("/en/partnerships/?region=IT-45").content.decode()

    said = re.search(r"<strong>(\d+)</strong>\s+partnerships", html)

    assert said is not None
    assert int(said[1]) == html.count('<th scope="row"') == len(EMILIA_ROMAGNA)
    assert number_of(html, "region", "IT-45") == len(EMILIA_ROMAGNA)


def test_unknown_value_gets_a_400_page_that_names_it(client: Client, atlas: None) -> None:
    response = client.get("/en/partnerships/?region=IT-99&sector=jousting")

    assert response.status_code == 400
    html = response.content.decode()
    assert "“IT-99” is not a value of “region”." in html
    assert "“jousting” is not a value of “sector”." in html


def test_unknown_parameter_is_left_alone(client: Client, atlas: None) -> None:
    response = client.get("/en/partnerships/?fbclid=x&region=JP-08")

    assert slugs_in(response.content.decode()) == ["emilia-romagna-ibaraki"]


def test_page_beyond_the_last_is_not_found(client: Client, atlas: None) -> None:
    response = client.get("/en/partnerships/?page=2")

    assert response.status_code == 404


def test_empty_result_says_what_to_loosen(client: Client, atlas: None) -> None:
    html = client.get("/en/partnerships/?region=IT-67").content.decode()

    assert slugs_in(html) == []
    assert "No partnership matches this filter." in html


@pytest.mark.parametrize(
    "sort", ["italian", "-italian", "japanese", "since", "-since", "event", "-event"]
)
def test_every_column_sorts(client: Client, atlas: None, sort: str) -> None:
    response = client.get("/it/partnerships/", {"sort": sort})

    assert response.status_code == 200


def test_list_is_sorted_by_date_with_unknown_dates_last(client: Client, db: None) -> None:
    late = make_agreement(signed="2016")
    early = make_agreement(signed="1960-05-03")
    undated = make_agreement(signed="")

    response = client.get("/en/partnerships/")

    assert slugs_of(response) == [act.partnership.slug for act in (early, late, undated)]


def test_each_row_has_the_status_of_its_partnership(client: Client, db: None) -> None:
    make_agreement(signed="1990")
    make_agreement(signed="1991", ended="2000")
    make_event(partnerships=(make_partnership(),))

    page = client.get("/en/partnerships/").content.decode()

    shown = re.findall(r'class="status status--(\w+)"', page)
    assert shown == ["in_force", "ended", "proposed"]


def test_a_long_list_goes_on_where_its_last_page_ended(client: Client, db: None) -> None:
    region, prefecture = make_region(), make_prefecture()
    for n in range(51):
        partnership = make_partnership(
            slug=f"p-{n:02}",
            italian_place=make_italian_city(region=region),
            japanese_place=make_japanese_city(region=prefecture),
        )
        make_agreement(partnership=partnership)

    responses = [client.get("/en/partnerships/", {"page": n}) for n in (1, 2)]
    pages = [response.context["page"] for response in responses]

    assert [s for r in responses for s in slugs_of(r)] == [f"p-{n:02}" for n in range(51)]
    assert [(page.paginator.count, page.end_index()) for page in pages] == [(51, 50), (51, 51)]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        act = make_agreement(sectors=(make_sector(),))
        make_event(partnerships=(act.partnership,))

    # version; the index: 6; its order and its statuses; rows: partnerships, agreements
    with django_assert_num_queries(11):  # type: ignore[operator]
        client.get("/en/partnerships/")
    # version; rows in another language
    with django_assert_num_queries(1 + 2):  # type: ignore[operator]
        client.get("/it/partnerships/?from=1900&sort=since")
    # version
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/en/partnerships/")


def test_page_names_related_partnerships_and_leads_to_all_of_them(
    client: Client, atlas: None
) -> None:
    page = client.get("/en/partnerships/faenza-toki/").content.decode()

    related = page.split('id="related"')[1].split("</section>", maxsplit=1)[0]
    assert "Also with Emilia-Romagna" in related
    assert related.count('href="/en/partnerships/') == 4 + 1
    assert 'href="/en/partnerships/?region=IT-45"' in related


def test_page_of_a_partnership_that_shares_nothing_names_none(client: Client, db: None) -> None:
    page = client.get(make_agreement().partnership.get_absolute_url()).content.decode()

    assert "Related partnerships" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_one_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    partnership = make_partnership()
    region = partnership.italian_place.territory
    for _ in range(rows):
        make_agreement(partnership=partnership, sectors=(make_sector(),))
        make_event(partnerships=(partnership,), sectors=(make_sector(),))
        make_agreement(partnership=make_partnership(italian_place=make_italian_city(region=region)))
    Index.current()

    # the version; the partnership; then of its life:
    # agreements, sectors, parties, signatories, renewals, events, their sectors, places and
    # partnerships, citations; agreements and events that are withdrawn; the related ones:
    # who there is, those named
    with django_assert_num_queries(16):  # type: ignore[operator]
        client.get(partnership.get_absolute_url())
    # the partnership; the version
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get(partnership.get_absolute_url())


def test_page_shows_every_fact_of_the_la_spezia_memorandum(client: Client, atlas: None) -> None:
    html = client.get("/it/partnerships/la-spezia-izumisano/").content.decode()

    for fact in (
        "Pierluigi Peracchini",
        "Hiroyasu Chiyomatsu",
        "23 settembre 2025",
        "23 settembre 205",
        "Memorandum di Intesa",
        "accordo di amicizia",
        "23 settembre 2028",
    ):
        assert fact in html, fact


def test_page_shows_a_conflict_with_the_preferred_value_first(client: Client, db: None) -> None:
    act = make_agreement(signed="2005-05-27")
    act.citations.all().delete()
    make_citation(agreement=act, field=CitedField.SIGNED, stated="11 maggio 2005", preferred=False)
    make_citation(
        agreement=act,
        field=CitedField.SIGNED,
        stated="27 maggio 2005",
        note_en="The party says so.",
    )

    response = client.get(act.partnership.get_absolute_url())

    fact = response.context["life"].provenance.of(act, CitedField.SIGNED)
    assert [value.stated for value in fact.conflict] == ["27 maggio 2005", "11 maggio 2005"]
    assert "The party says so." in response.content.decode()


def test_page_keeps_drafts_to_itself(client: Client, db: None) -> None:
    act = make_agreement(title_en="The public one")
    make_agreement(
        partnership=act.partnership, title_en="The secret one", state=PublicationState.DRAFT
    )

    html = client.get(act.partnership.get_absolute_url()).content.decode()

    assert "The public one" in html
    assert "The secret one" not in html


def test_partnership_with_drafts_alone_is_not_found(client: Client, db: None) -> None:
    act = make_agreement(state=PublicationState.DRAFT)

    response = client.get(act.partnership.get_absolute_url())

    assert response.status_code == 404


def test_year_of_a_source_never_becomes_a_day(client: Client, atlas: None) -> None:
    for language, day in (("it", "gennaio 1986"), ("ja", "1986年1月"), ("en", "January 1986")):
        html = client.get(f"/{language}/partnerships/emilia-romagna-ibaraki/").content.decode()

        assert "1986" in html
        assert day not in html
        assert "1986-01" not in html


def test_missing_translation_is_marked_with_its_language(client: Client, db: None) -> None:
    act = make_agreement(title_ja="", title_en="Only in English")

    html = client.get(f"/ja/partnerships/{act.partnership.slug}/").content.decode()

    assert '<span class="untranslated"><span lang="en">Only in English</span>' in html


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_only_read(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)("/en/partnerships/")

    assert response.status_code == 405


def test_hostile_text_is_shown_as_text(client: Client, db: None) -> None:
    source = make_source(title="<script>alert(1)</script>")
    act = make_agreement(title_en="<b>bold</b>", summary_en="<img src=x onerror=alert(1)>")
    make_citation(agreement=act, source=source, field=CitedField.KIND, stated="<i>x</i>")

    html = client.get(act.partnership.get_absolute_url()).content.decode()

    assert [tag for tag in ("<b>bold", "<img src=x", "<script>alert", "<i>x") if tag in html] == []


def test_what_a_form_sends_empty_is_taken_out_of_the_address(client: Client, db: None) -> None:
    response = client.get("/en/partnerships/?q=&region=&from=1960&to=")

    assert (response.status_code, response["Location"]) == (302, "/en/partnerships/?from=1960")


@pytest.mark.parametrize("text", ["%", "。", "—"])
def test_a_text_with_nothing_to_search_for_finds_nothing(
    client: Client, atlas: None, text: str
) -> None:
    page = client.get("/en/partnerships/", {"q": text}).context["page"]

    assert page.paginator.count == 0


def test_page_shows_both_places_and_their_curve_on_a_small_map(client: Client, atlas: None) -> None:
    html = client.get("/en/partnerships/bologna-itabashi/").content.decode()

    small = re.search(r'<div class="small-map">(.*?)small-map__credit', html, re.DOTALL)

    assert small is not None
    links = re.findall(
        r'<a class="(curve|mark)[^>]*?href="([^"]+)"[^>]*?tabindex="([^"]+)"', small[1]
    )
    assert links == [
        ("curve", "/en/partnerships/bologna-itabashi/", "-1"),
        ("mark", "/en/places/bologna/", "-1"),
        ("mark", "/en/places/itabashi/", "-1"),
    ]
    assert re.findall(r'territory--..2" href="#([^"]+)"', small[1]) == ["IT-45", "JP-13"]
    assert re.findall(r'class="mark__count"', small[1]) == []
    assert re.findall(r'<svg class="map[^>]*aria-hidden="true"', small[1]) != []


def test_a_small_map_has_the_inset_of_okinawa_only_where_it_is_marked(
    client: Client, atlas: None
) -> None:
    okinawa = Place.objects.get(code="JP-47")
    act = make_agreement(partnership=make_partnership(japanese_place=okinawa))

    pages = [
        client.get(f"/en/partnerships/{slug}/").content.decode()
        for slug in (act.partnership.slug, "torino-nagoya")
    ]

    assert [html.count('<g class="inset">') for html in pages] == [1, 0]


def test_every_shape_that_a_small_map_refers_to_is_on_the_page(client: Client, atlas: None) -> None:
    html = client.get("/en/partnerships/torino-nagoya/").content.decode()

    wanted = set(re.findall(r'<use [^>]*href="#([^"]+)"', html))
    wanted |= set(re.findall(r"url\(#([^)]+)\)", html))
    missing = wanted - set(re.findall(r'\sid="([^"]+)"', html))
    assert (len(wanted) > 67, missing) == (True, set())


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_an_act_that_is_not_public_is_not_named_by_one_that_is(
    client: Client, db: None, state: str
) -> None:
    hidden = make_agreement(title_en="Secret act", state=state)
    make_agreement(partnership=hidden.partnership, renews=hidden)
    make_agreement(partnership=hidden.partnership, supersedes=hidden)

    html = client.get(f"/en/partnerships/{hidden.partnership.slug}/").content.decode()

    told = html.partition('id="withdrawn"')[0]  # below stands what was withdrawn
    assert "Secret act" not in told
    assert f"#{hidden.slug}" not in told
