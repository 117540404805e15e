"""The pages of sources."""

import pytest
from django.test import Client

from relations.enums import CitedField, PublicationState
from relations.filters.index import Index
from tests.factories import make_agreement, make_citation, make_event, make_source


def test_list_has_every_source_that_something_public_cites(client: Client, atlas: None) -> None:
    years = client.get("/en/sources/").context["years"]()

    sources = [source for _year, of_year in years for source in of_year]
    assert len(sources) == 5
    assert sum(source.citation_count for source in sources) == 144


def test_list_is_parted_by_year_with_a_place_to_go_to_for_each(client: Client, db: None) -> None:
    for published in ("2024-05", "2025", "", "198X", "2024~"):
        source = make_source(published=published)
        make_citation(agreement=make_agreement(), source=source, field="kind", stated="x")

    response = client.get("/en/sources/")
    page = response.content.decode()

    years = {year: len(sources) for year, sources in response.context["years"]()}
    assert (years.pop(2024), years[None]) == (2, 2)
    assert list(response.context["years"]())[-1][0] is None
    for name in ("2024", "2025", "undated"):
        assert page.count(f'href="#{name}"') == page.count(f'id="{name}"') == 1


def test_source_of_a_record_as_a_whole_states_no_value_of_its_own(client: Client, db: None) -> None:
    source = make_source()
    make_citation(
        agreement=make_agreement(title_en="Pact"),
        source=source,
        field=CitedField.RECORD,
        preferred=False,
    )

    page = client.get(f"/en/sources/{source.slug}/").content.decode()

    assert '<p class="supported-whole">The record as a whole</p>' in page
    assert "Not the value that the atlas follows." not in page
    assert "<q" not in page


def test_source_cited_by_a_draft_alone_is_not_shown(client: Client, db: None) -> None:
    source = make_source()
    act = make_agreement(state=PublicationState.DRAFT)
    make_citation(agreement=act, source=source, field=CitedField.KIND, stated="gemellaggio")

    response = client.get(source.get_absolute_url())

    assert response.status_code == 404


@pytest.mark.parametrize("language", ["it", "ja", "en"])
@pytest.mark.parametrize("kind", ["agreement", "event", "partnership"])
def test_source_of_what_is_withdrawn_is_gone_and_says_so(
    client: Client, db: None, kind: str, language: str
) -> None:
    source = make_source(title="A title that was typed")
    act = make_agreement(state=PublicationState.WITHDRAWN)
    target = {
        "agreement": act,
        "event": make_event(state="draft", withdrawn_on="2026-11-08"),
        "partnership": act.partnership,
    }[kind]
    make_citation(source=source, field=CitedField.RECORD, **{kind: target})

    response = client.get(f"/{language}/sources/{source.slug}/")

    html = response.content.decode()
    assert response.status_code == 410
    assert response.templates[0].name == "relations/source_gone.html"
    assert '<meta name="robots" content="noindex">' in html
    assert "A title that was typed" not in html


def test_source_that_something_public_still_cites_stays(client: Client, db: None) -> None:
    source = make_source()
    for state in ("withdrawn", "published"):
        act = make_agreement(state=state)
        make_citation(agreement=act, source=source, field=CitedField.KIND, stated="gemellaggio")

    response = client.get(source.get_absolute_url())

    assert response.status_code == 200
    ((record, _citations),) = response.context["supported"]
    assert record.state == "published"


def test_page_shows_what_the_source_states_of_each_record(client: Client, atlas: None) -> None:
    response = client.get("/it/sources/la-spezia-2025-09-24/")

    assert [str(record) for record, _citations in response.context["supported"]] != []
    assert "23 settembre 205" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_agreement()

    Index.current()

    # the version of the data; sources
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get("/en/sources/")
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/en/sources/")


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_number_of_queries_for_any_rows(
    client: Client, db: None, rows: int, django_assert_num_queries: object
) -> None:
    source = make_source()
    for _ in range(rows):
        act = make_agreement()
        make_citation(agreement=act, source=source, field=CitedField.KIND, stated="gemellaggio")

    Index.current()

    # the version, the source, its citations (with no events to prefetch for)
    with django_assert_num_queries(3):  # type: ignore[operator]
        client.get(source.get_absolute_url())
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get(source.get_absolute_url())
