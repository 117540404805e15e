"""What editors see of a page before the public does."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.factories import make_agreement, make_event, make_italian_city, make_partnership
from tests.relations.admin.rows import inline_code, make_draft, make_reviewed

pytestmark = pytest.mark.django_db


def preview(client, partnership, language="en"):
    """The preview of a partnership."""
    return client.get(
        reverse("admin:relations_partnership_preview", args=(partnership.pk, language))
    )


def test_a_draft_is_seen_on_the_real_page_with_a_clear_banner(admin_client):
    partnership = make_draft(title_en="The draft").partnership
    make_reviewed(partnership=partnership, title_en="The one in review")
    make_event(partnerships=(partnership,), title_en="The draft event", state="draft")
    make_agreement(partnership=partnership, title_en="The withdrawn one", state="withdrawn")
    make_agreement(partnership=partnership, title_en="The public one")

    response = preview(admin_client, partnership)

    html = response.content.decode()
    assert response.status_code == 200
    assert response.templates[0].name == "relations/partnership_detail.html"
    assert [act.slug for act in response.context["life"].agreements] == [
        act.slug for act in partnership.agreements.previewed()
    ]
    assert "Preview: not public" in html
    assert re.findall(r'class="unpublished">([^<]+)<', html) == ["Draft", "In review", "Draft"]
    assert "The draft event" in html
    assert inline_code(response) == []


def test_a_preview_is_neither_indexed_nor_kept(admin_client):
    response = preview(admin_client, make_draft().partnership)

    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert {"no-store", "private", "no-cache"} <= set(response.headers["Cache-Control"].split(", "))
    html = response.content.decode()
    assert html.count('<meta name="robots" content="noindex, nofollow">') == 1
    assert [rel for rel in ('rel="canonical"', 'rel="alternate"') if rel in html] == []


@pytest.mark.parametrize(
    ("language", "banner"),
    [
        ("it", "Anteprima: pagina non pubblica"),
        ("ja", "プレビュー（非公開）"),
        ("en", "Preview: not public"),
    ],
)
def test_a_preview_is_in_the_language_of_its_address_whatever_that_of_the_desk(
    admin_client, language, banner
):
    partnership = make_draft().partnership

    response = preview(admin_client, partnership, language)

    html = response.content.decode()
    assert (f'<html lang="{language}">' in html, banner in html) == (True, True)
    assert response.headers["Content-Language"] == language
    switch = re.findall(r'class="languages__link"\s+href="([^"]+)"', html)
    assert switch == [
        f"/admin/relations/partnership/{partnership.pk}/preview/{code}/"
        for code in ("it", "ja", "en")
    ]


def test_there_is_no_preview_in_another_language_or_of_nothing(admin_client):
    partnership = make_partnership()

    assert preview(admin_client, partnership, "de").status_code == 404
    partnership.pk += 1
    assert preview(admin_client, partnership).status_code == 404


def test_a_partnership_of_which_nothing_is_written_yet_can_be_previewed(admin_client):
    assert preview(admin_client, make_partnership()).status_code == 200


def test_the_public_page_has_no_trace_of_a_preview(client):
    html = client.get(make_agreement().partnership.get_absolute_url()).content.decode()

    assert [
        text for text in ('class="preview"', 'class="unpublished"', "/admin/") if text in html
    ] == []


def test_a_stranger_is_sent_to_the_login(client):
    response = preview(client, make_draft().partnership)

    assert response.status_code == 302
    assert response.headers["location"].startswith("/admin/login/?next=/admin/relations/")


def test_the_forms_lead_to_the_preview(admin_client):
    act = make_draft()
    event = make_event(partnerships=(act.partnership,), state="draft")
    page = reverse("admin:relations_partnership_preview", args=(act.partnership.pk, "en"))

    links = [
        admin_client.get(
            reverse(f"admin:relations_{model}_change", args=(row.pk,)),
            headers={"accept-language": "en"},
        ).context["preview_url"]
        for model, row in (
            ("agreement", act),
            ("event", event),
            ("partnership", act.partnership),
            ("event", make_event()),
            ("place", act.partnership.italian_place),
        )
    ]

    assert links == [f"{page}#{act.slug}", f"{page}#{event.slug}", page, "", ""]


def place_preview(client, place, language="en"):
    """The preview of a place."""
    return client.get(reverse("admin:relations_place_preview", args=(place.pk, language)))


@pytest.mark.parametrize("column", ["place", "places"])
def test_an_event_without_a_partnership_is_previewed_on_the_page_of_its_place(
    admin_client, client, column
):
    place = make_italian_city()
    where = {"place": place} if column == "place" else {"places": (place,)}
    draft = make_event(title_en="The draft event", state="draft", **where)
    make_event(title_en="The withdrawn one", state="withdrawn", **where)

    form = admin_client.get(
        reverse("admin:relations_event_change", args=(draft.pk,)), headers={"accept-language": "en"}
    )
    response = place_preview(admin_client, place)

    html = response.content.decode()
    assert form.context["preview_url"] == f"{response.request['PATH_INFO']}#{draft.slug}"
    assert response.templates[0].name == "relations/place_detail.html"
    assert [event.title_en for event in response.context["events"]()] == ["The draft event"]
    marks = ["Preview: not public", 'class="unpublished">Draft<']
    assert [text for text in marks if text in html] == marks
    assert reverse("admin:relations_place_change", args=(place.pk,)) in html
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert html.count('<meta name="robots" content="noindex, nofollow">') == 1
    assert inline_code(response) == []
    public = client.get(place.get_absolute_url()).content.decode()
    assert [text for text in ("The draft event", 'class="preview"') if text in public] == []


def test_the_preview_of_a_region_leaves_out_no_event(admin_client):
    place = make_italian_city()
    for _ in range(14):
        make_event(place=place, state="draft")

    assert len(place_preview(admin_client, place.region).context["events"]()) == 14


@pytest.mark.parametrize(
    ("role", "status"), [("anonymous", 302), ("editor", 200), ("publisher", 200)]
)
def test_the_preview_of_a_place_is_for_those_who_work_at_the_desk(signed_in, role, status):
    assert place_preview(signed_in(role), make_italian_city()).status_code == status


def test_the_preview_of_a_place_is_not_for_those_who_may_see_nothing(client):
    user = User.objects.create_user("new", is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert place_preview(client, make_italian_city()).status_code == 403


def test_a_new_record_has_no_preview(admin_client):
    page = admin_client.get(reverse("admin:relations_agreement_add"))

    assert page.context["preview_url"] == ""
