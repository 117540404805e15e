"""Every page of the desk answers, for those who may see it."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from relations.models import (
    DatasetVersion,
    GazetteerEntry,
    LinkCheck,
    LoadedRecord,
    PlaceName,
    PressRelease,
    PublicChange,
    Upload,
)
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
)
from tests.relations.admin.rows import MODELS, inline_code, make_one_of_each

pytestmark = pytest.mark.django_db


def found(client, model, words):
    """The rows that a search on a list page finds."""
    page = client.get(reverse(f"admin:relations_{model}_changelist"), {"q": words})
    return list(page.context["cl"].queryset)


def offered(client, app_model, field, words):
    """What an autocomplete offers for the words."""
    answer = client.get(
        reverse("admin:autocomplete"),
        {"term": words, "app_label": "relations", "model_name": app_model, "field_name": field},
    )
    return [row["text"] for row in answer.json()["results"]]


def test_every_model_but_the_bookkeeping_is_on_the_desk():
    models = apps.get_app_config("relations").get_models()
    ours = {model for model in models if not hasattr(model, "instance_type")}  # no versions
    bookkeeping = {
        DatasetVersion, GazetteerEntry, LinkCheck, LoadedRecord, PressRelease, PublicChange, Upload,
    }  # fmt: skip

    assert {model for model in ours if not admin.site.is_registered(model)} == bookkeeping
    assert {model._meta.model_name for model in ours - bookkeeping} == set(MODELS)  # noqa: SLF001


def test_the_index_names_the_desk(admin_client):
    page = admin_client.get("/admin/", headers={"accept-language": "en"})

    assert page.context["site_header"] == "Italy–Japan Twinning Atlas: the editor’s desk"
    assert page.context["site_title"] == "Editor’s desk"
    assert page.context["title"] == "What there is to do"
    assert inline_code(page) == []


@pytest.mark.parametrize("model", MODELS)
def test_a_list_shows_its_rows(admin_client, model):
    row = make_one_of_each()[model]

    page = admin_client.get(reverse(f"admin:relations_{model}_changelist"))

    assert page.status_code == 200
    assert set(page.context["cl"].result_list) == set(type(row).objects.all())
    assert inline_code(page) == []


@pytest.mark.parametrize("model", MODELS)
def test_a_search_that_matches_nothing_shows_nothing(admin_client, model):
    make_one_of_each()

    assert found(admin_client, model, "kxqz・無") == []


@pytest.mark.parametrize("model", MODELS)
def test_an_empty_form_answers(admin_client, model):
    page = admin_client.get(reverse(f"admin:relations_{model}_add"))

    assert page.status_code == 200
    assert page.context["adminform"].form.instance.pk is None
    assert inline_code(page) == []


@pytest.mark.parametrize("model", MODELS)
def test_the_form_of_a_row_answers(admin_client, model):
    row = make_one_of_each()[model]

    page = admin_client.get(reverse(f"admin:relations_{model}_change", args=(row.pk,)))

    assert page.status_code == 200
    assert page.context["original"] == row
    assert inline_code(page) == []


@pytest.mark.parametrize("model", MODELS)
def test_the_deletion_page_of_a_row_answers(admin_client, model):
    row = make_one_of_each()[model]

    page = admin_client.get(reverse(f"admin:relations_{model}_delete", args=(row.pk,)))

    assert page.status_code == 200
    assert page.context["object"] == row
    assert inline_code(page) == []


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [
        ("agreement", 6),
        ("citation", 5),
        ("event", 6),
        ("partnership", 7),
        ("party", 5),
        ("place", 6),
        ("placename", 5),
        ("sector", 6),
        ("signatory", 5),
        ("source", 5),
    ],
)
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(
    admin_client, django_assert_num_queries, model, queries, rows
):
    for _ in range(rows):
        make_one_of_each()

    # Session, editor, number found, number of all, rows; one more for each filter by a related row.
    with django_assert_num_queries(queries):
        admin_client.get(reverse(f"admin:relations_{model}_changelist"))


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_up_partnerships_takes_as_many_queries_for_three_as_for_one(
    admin_client, django_assert_num_queries, rows
):
    for _ in range(rows):
        make_partnership()

    # Session, editor, number found, rows.
    with django_assert_num_queries(4):
        offered(admin_client, "agreement", "partnership", "")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_of_an_event_takes_as_many_queries_for_three_partnerships_as_for_one(
    admin_client, django_assert_num_queries, rows
):
    event = make_event(partnerships=tuple(make_partnership() for _ in range(rows)))
    url = reverse("admin:relations_event_change", args=(event.pk,))
    admin_client.get(url)  # after which Django knows the content type

    # Session, editor, event; its partnerships, places, sectors and citations; the names of the
    # partnerships and of the citation's source; the partnership that it is previewed with.
    with django_assert_num_queries(10):
        admin_client.get(url)


@pytest.mark.parametrize(
    "words",
    [
        "鹿児島",
        "かごしま",
        "カゴシマ",
        "kagoshima",
        "KAGOSHIMA",
        "Kagosima",
        "Kagòshima",
        "鹿児島県",
    ],
)
def test_a_place_is_found_in_any_script_and_spelling(admin_client, words):
    make_prefecture()
    kagoshima = make_prefecture(
        name_it="Kagoshima", name_ja="鹿児島県", name_en="Kagoshima", reading="かごしまけん"
    )
    PlaceName.objects.create(place=kagoshima, text="Kagosima", language="it")
    PlaceName.objects.create(place=kagoshima, text="Kagosima-ken", language="en")

    assert found(admin_client, "place", words) == [kagoshima]


@pytest.mark.parametrize("words", ["鹿児島", "かごしま", "Kagosima", "Nàpoli", "Neapolis napoli"])
def test_agreements_and_partnerships_are_found_by_their_places(admin_client, words):
    naples = make_italian_city(name_it="Napoli", name_ja="ナポリ", name_en="Naples")
    PlaceName.objects.create(place=naples, text="Neapolis", language="it")
    kagoshima = make_japanese_city(name_ja="鹿児島市", reading="かごしまし")
    PlaceName.objects.create(place=kagoshima, text="Kagosima", language="it")
    partnership = make_partnership(italian_place=naples, japanese_place=kagoshima)
    agreement = make_agreement(partnership=partnership)
    make_agreement()

    assert found(admin_client, "partnership", words) == [partnership]
    assert found(admin_client, "agreement", words) == [agreement]


def test_a_source_is_found_by_a_katakana_word_of_its_title(admin_client):
    source = make_one_of_each()["source"]
    source.title = "ナポリ市との姉妹都市"
    source.save()

    assert found(admin_client, "source", "ナポリ") == [source]


def test_only_places_of_the_right_country_are_offered(admin_client):
    make_italian_city(name_en="Torino")
    make_japanese_city(name_en="Toride")

    assert offered(admin_client, "partnership", "italian_place", "tor") == ["Torino"]
    assert offered(admin_client, "partnership", "japanese_place", "tor") == ["Toride"]


def test_a_partnership_is_viewed_on_the_site_once_it_is_published(admin_client):
    quiet, public = make_partnership(), make_agreement().partnership

    unpublished, published = (
        admin_client.get(reverse("admin:relations_partnership_change", args=(row.pk,)))
        for row in (quiet, public)
    )

    assert not unpublished.context["has_absolute_url"]
    link = admin_client.get(published.context["absolute_url"], headers={"accept-language": "it"})
    assert link.headers["location"] == f"http://testserver/it/partnerships/{public.slug}/"


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_a_stranger_is_sent_to_the_login(client, model, page):
    url = reverse(f"admin:relations_{model}_{page}")

    answer = client.get(url)

    assert answer.status_code == 302
    assert answer.headers["location"] == f"/admin/login/?next={url}"


def test_the_login_has_no_inline_code(client):
    assert inline_code(client.get("/admin/login/")) == []
