"""What editors see of a page before the public does."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_agreement, make_event, make_partnership
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
        ("it", "Anteprima: non pubblica"),
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


def test_a_new_record_has_no_preview(admin_client):
    page = admin_client.get(reverse("admin:relations_agreement_add"))

    assert page.context["preview_url"] == ""
