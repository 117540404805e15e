"""Who may do what: nobody, an editor, a publisher, a superuser, on every page and with every action of the desk."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from relations.enums import Language, PublicationState
from relations.models import Citation, PlaceName
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_partnership,
    make_source,
)
from tests.relations.admin.rows import (
    MODELS,
    errors,
    form_values,
    make_draft,
    make_one_of_each,
    make_reviewed,
)

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "editor", "publisher", "superuser")
LOGIN, FINE, REFUSED = 302, 200, 403


def url(model, page, row=None):
    """A page of the desk."""
    return reverse(f"admin:relations_{model}_{page}", args=(row.pk,) if row else ())


def expected(role, editor, publisher=FINE):
    """The status that a role gets: the superuser may do all that can be done, nobody must sign in."""
    return {"anonymous": LOGIN, "editor": editor, "publisher": publisher, "superuser": FINE}[role]


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of_the_desk_itself(signed_in, role):
    client = signed_in(role)

    pages = {
        name: client.get(reverse(f"admin:{name}")).status_code
        for name in ("index", "password_change", "jsi18n")
    }

    signed_in_only = expected(role, FINE)
    assert pages == {
        "index": signed_in_only,
        "password_change": signed_in_only,
        "jsi18n": signed_in_only,
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", ["auth_user_changelist", "auth_user_add", "auth_group_changelist"])
def test_accounts_are_for_superusers(signed_in, role, page):
    status = signed_in(role).get(reverse(f"admin:{page}")).status_code

    assert status == expected(role, REFUSED, REFUSED)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", MODELS)
def test_the_pages_of_a_model(signed_in, role, model):
    row = make_one_of_each()[model]
    client = signed_in(role)

    status = {
        "list": client.get(url(model, "changelist")).status_code,
        "add": client.get(url(model, "add")).status_code,
        "change": client.get(url(model, "change", row)).status_code,
        "history": client.get(url(model, "history", row)).status_code,
        "delete": client.get(url(model, "delete", row)).status_code,
        "save": client.post(url(model, "change", row), {}).status_code,
    }

    # The rows belong to something published.
    assert status == {
        "list": expected(role, FINE),
        "add": expected(role, REFUSED if model == "sector" else FINE),
        "change": expected(role, FINE),
        "history": expected(role, FINE),
        "delete": expected(role, REFUSED, REFUSED if model == "sector" else FINE),
        "save": expected(role, REFUSED),
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", ["agreement", "citation", "event", "party"])
def test_drafts_are_open_to_editors(signed_in, role, model):
    act = make_draft()
    rows = {
        "agreement": act,
        "citation": act.citations.first(),
        "party": act.parties.first(),
        "event": make_event(state=PublicationState.DRAFT),
    }
    client = signed_in(role)

    status = {
        "save": client.post(url(model, "change", rows[model]), {}).status_code,
        "delete": client.get(url(model, "delete", rows[model])).status_code,
    }

    assert status == {"save": expected(role, FINE), "delete": expected(role, FINE)}


@pytest.mark.parametrize("role", ["editor", "publisher", "superuser"])
@pytest.mark.parametrize("model", ["partnership", "place", "source", "placename"])
def test_what_nothing_public_shows_is_open_to_editors(signed_in, role, model):
    partnership = make_partnership()
    place = partnership.italian_place
    rows = {
        "partnership": partnership,
        "place": place,
        "source": make_source(),
        "placename": PlaceName.objects.create(place=place, text="x", language=Language.ITALIAN),
    }

    assert signed_in(role).post(url(model, "change", rows[model]), {}).status_code == FINE


STEPS = {
    "send_to_review": (PublicationState.DRAFT, PublicationState.REVIEW, {"editor", "publisher"}),
    "publish": (PublicationState.REVIEW, PublicationState.PUBLISHED, {"publisher"}),
    "withdraw": (PublicationState.PUBLISHED, PublicationState.WITHDRAWN, {"publisher"}),
    "back_to_draft": (PublicationState.REVIEW, PublicationState.DRAFT, {"editor", "publisher"}),
    "revise": (PublicationState.WITHDRAWN, PublicationState.DRAFT, {"publisher"}),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("model", ["agreement", "event"])
def test_every_step(signed_in, role, step, model):
    before, after, roles = STEPS[step]
    partnership = make_partnership()
    record = (
        make_agreement(partnership=partnership, state=before)
        if model == "agreement"
        else make_event(partnerships=(partnership,), state=before)
    )

    signed_in(role).post(
        url(model, "changelist"),
        {
            "action": "back_to_draft" if step == "revise" else step,
            "_selected_action": [record.pk],
            "reason": "given",
            "en": "A duplicate.",
        },
    )

    record.refresh_from_db()
    assert record.state == (after if role in {*roles, "superuser"} else before)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", MODELS)
def test_deleting_from_a_list(signed_in, role, model):
    row = make_one_of_each()[model]
    number = type(row).objects.count()

    signed_in(role).post(
        url(model, "changelist"),
        {"action": "delete_selected", "post": "yes", "_selected_action": [row.pk]},
    )

    # Others rest on the rest of them, or they are public.
    deleted = role in {
        "placename": {"publisher", "superuser"},
        "signatory": {"publisher", "superuser"},
        "sector": {"superuser"},
    }.get(model, ())
    assert type(row).objects.count() == number - deleted


@pytest.mark.parametrize("role", ROLES)
def test_the_preview(signed_in, role):
    partnership = make_draft().partnership

    answer = signed_in(role).get(
        reverse("admin:relations_partnership_preview", args=(partnership.pk, "en"))
    )

    assert answer.status_code == expected(role, FINE)


@pytest.mark.parametrize("role", ROLES)
def test_looking_up_a_record(signed_in, role):
    answer = signed_in(role).get(
        reverse("admin:autocomplete"),
        {
            "term": "",
            "app_label": "relations",
            "model_name": "agreement",
            "field_name": "partnership",
        },
    )

    assert answer.status_code == expected(role, FINE)


@pytest.mark.parametrize("path", ["changelist", "add"])
def test_who_is_in_no_group_sees_nothing(client, path):
    client.force_login(
        User.objects.create_user("new", is_staff=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )

    answers = [client.get(url(model, path)).status_code for model in MODELS]
    preview = client.get(
        reverse("admin:relations_partnership_preview", args=(make_draft().partnership.pk, "en"))
    )

    assert (set(answers), preview.status_code) == ({REFUSED}, REFUSED)


@pytest.mark.parametrize("record", [make_agreement, make_reviewed])
def test_an_editor_adds_no_citation_to_what_is_no_draft(signed_in, record):
    agreement = record()
    client = signed_in("editor")
    page = client.get(url("citation", "add"))

    answer = client.post(
        url("citation", "add"),
        form_values(page)
        | {
            "agreement": agreement.pk,
            "source": make_source().pk,
            "field": "kind",
            "stated": "gemellaggio",
        },
    )

    assert errors(answer) == {
        "": ["This belongs to a record that is not a draft: only publishers may change it."]
    }
    assert Citation.objects.count() == 1


def test_an_editor_adds_no_party_to_what_is_published(signed_in):
    agreement = make_agreement()
    client = signed_in("editor")

    answer = client.post(
        url("party", "add"),
        form_values(client.get(url("party", "add")))
        | {"agreement": agreement.pk, "place": make_italian_city().pk},
    )

    assert list(errors(answer)) == [""]
    assert agreement.parties.count() == 2


def test_an_editor_reads_what_is_published_without_a_form(signed_in):
    page = signed_in("editor").get(url("agreement", "change", make_agreement()))

    assert page.context["has_change_permission"] is False
    assert 'name="title_en"' not in page.content.decode()


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        ("editor", ["delete_selected", "send_to_review", "back_to_draft"]),
        (
            "publisher",
            ["delete_selected", "send_to_review", "publish", "withdraw", "back_to_draft"],
        ),
    ],
)
@pytest.mark.parametrize("model", ["agreement", "event"])
def test_only_the_actions_of_a_role_are_offered(signed_in, role, actions, model):
    make_draft()
    make_event()

    page = signed_in(role).get(url(model, "changelist"))

    choices = page.context["action_form"].fields["action"].choices
    assert [name for name, _label in choices if name] == actions


@pytest.mark.usefixtures("groups")
def test_the_groups_come_with_the_migrations_and_may_be_made_again():
    counts = {group.name: group.permissions.count() for group in Group.objects.all()}

    assert counts == {"Editors": 34, "Publishers": 44}
