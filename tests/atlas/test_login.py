"""Signing in: who fails too often waits, and nobody learns which accounts there are."""

import logging
import re
from datetime import timedelta
from itertools import chain

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from atlas.login import address_of
from tests.relations.admin.rows import MODELS

pytestmark = pytest.mark.django_db

LIMIT = 3


@pytest.fixture(autouse=True)
def _limit(settings):
    settings.AXES_FAILURE_LIMIT = LIMIT


@pytest.fixture
def editor():
    return User.objects.create_user("editor", password="a long secret", is_staff=True)


def sign_in(username="editor", password="wrong", address="192.0.2.1"):  # noqa: S107 # it is none
    """Try once, from an address."""
    return Client(headers={"accept-language": "en"}, REMOTE_ADDR=address).post(
        "/admin/login/?next=/admin/", {"username": username, "password": password}
    )


def said(response, name):
    """The page, without the token of its form and the name that was typed into it."""
    html = response.content.decode().replace(f'value="{name}"', "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


def test_an_editor_signs_in(editor):
    response = sign_in(password="a long secret")

    assert (response.status_code, response.headers["location"]) == (302, "/admin/")


def test_who_fails_too_often_waits_even_with_the_right_password(editor):
    statuses = [sign_in().status_code for _ in range(LIMIT)]

    late = sign_in(password="a long secret")

    assert statuses == [200, 200, 429]
    assert late.status_code == 429
    assert "Too many attempts to sign in" in late.content.decode()
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)", late.content.decode())


def test_who_signs_in_in_time_begins_anew(editor):
    for _ in range(2):
        for _ in range(LIMIT - 1):
            sign_in()
        assert sign_in(password="a long secret").status_code == 302


def test_the_pause_ends_when_it_said_it_would(editor):
    for _ in range(LIMIT + 2):
        sign_in()
    AccessAttempt.objects.update(
        attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1)
    )

    assert sign_in(password="a long secret").status_code == 302
    assert AccessAttempt.objects.count() == 0


def test_another_account_from_another_address_is_not_kept_out(editor):
    User.objects.create_user("colleague", password="another secret", is_staff=True)
    for _ in range(LIMIT):
        sign_in()

    response = sign_in("colleague", "another secret", address="192.0.2.2")

    assert response.status_code == 302


def test_an_address_that_tries_many_accounts_is_kept_out(editor):
    for n in range(LIMIT):
        sign_in(f"guess-{n}")

    assert sign_in(password="a long secret").status_code == 429


def test_an_account_that_is_tried_from_many_addresses_is_kept_out(editor):
    for n in range(LIMIT):
        sign_in(address=f"192.0.2.{n + 10}")

    assert sign_in(password="a long secret").status_code == 429


def test_nobody_learns_which_accounts_there_are(editor):
    User.objects.create_user("former", password="a long secret", is_staff=True, is_active=False)

    pages = {
        name: [
            (answer.status_code, said(answer, name))
            for answer in (
                sign_in(name, "a long secret" if name != "editor" else "wrong", f"192.0.2.{n}")
                for _ in range(LIMIT + 1)
            )
        ]
        for n, name in enumerate(("editor", "nobody", "former"))
    }

    assert pages["editor"] == pages["nobody"] == pages["former"]
    assert [status for status, _page in pages["nobody"]] == [200, 200, 429, 429]


def test_an_account_without_access_to_the_desk_gets_the_same_sentence(editor):
    User.objects.create_user("visitor", password="a long secret")

    pages = [
        said(sign_in(name, password), name)
        for name, password in (("visitor", "a long secret"), ("editor", "wrong"))
    ]

    assert pages[0] == pages[1]


def test_who_signs_in_and_who_fails_is_written_down_by_number_alone(editor, caplog):
    caplog.set_level(logging.DEBUG)

    sign_in()
    sign_in("nobody@example.org", "a secret that was typed")
    sign_in(password="a long secret")

    lines = [line for line in caplog.records if line.name == "atlas.desk"]
    assert [(line.levelname, line.message) for line in lines] == [
        ("WARNING", f"login refused: user {editor.pk}"),
        ("WARNING", "login refused: user unknown"),
        ("INFO", f"login: user {editor.pk}"),
    ]


def test_no_other_line_of_the_log_names_anybody(editor):
    assert settings.LOGGING["loggers"]["axes"]["level"] == "CRITICAL"
    assert logging.getLogger("axes").getEffectiveLevel() == logging.CRITICAL
    assert logging.getLogger("atlas.desk").getEffectiveLevel() == logging.INFO


def test_what_is_kept_of_attempts_holds_no_password_and_ends_with_success(editor):
    sign_in(password="a secret that was typed")

    (attempt,) = AccessAttempt.objects.all()
    kept = " ".join(str(value) for value in vars(attempt).values())
    assert "a secret that was typed" not in kept
    sign_in(password="a long secret")
    assert (AccessAttempt.objects.count(), AccessLog.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("is_behind", "forwarded", "expected"),
    [
        (False, None, "192.0.2.1"),
        (False, "203.0.113.9", "192.0.2.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (True, "", "192.0.2.1"),
        (True, None, "192.0.2.1"),
    ],
)
def test_the_address_is_the_one_that_the_proxy_has_seen(settings, is_behind, forwarded, expected):
    settings.BEHIND_PROXY = is_behind
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}

    request = RequestFactory().get("/admin/login/", headers=headers, REMOTE_ADDR="192.0.2.1")

    assert address_of(request) == expected


DESK = [
    "/admin/",
    "/admin/login/",
    "/admin/logout/",
    "/admin/password_change/",
    "/admin/two-factor/",
    "/admin/auth/user/",
    "/admin/auth/user/add/",
    "/admin/auth/group/",
    *(
        f"/admin/relations/{model}/{page}"
        for model in MODELS
        for page in ("", "add/", "1/change/", "1/delete/")
    ),
    "/admin/relations/agreement/1/withdraw/",
    "/admin/relations/event/1/withdraw/",
]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_every_request_that_changes_something_needs_the_token(admin_user, method):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")

    statuses = {path: getattr(client, method)(path).status_code for path in DESK}

    assert statuses == dict.fromkeys(DESK, 403)


def test_no_page_of_the_desk_is_kept(admin_client):
    editors = [path for path in DESK if "/1/" not in path and "logout" not in path]

    answers = {path: admin_client.get(path, follow=True) for path in [*editors, "/admin/jsi18n/"]}
    stranger = Client().get("/admin/", follow=True)

    assert {answer.status_code for answer in answers.values()} == {200}
    kept = [
        path
        for path, answer in {**answers, "stranger": stranger}.items()
        if "no-store" not in answer.headers["Cache-Control"]
    ]
    assert kept == []
    assert "no-store" not in Client().get("/en/").headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("it", "Troppi tentativi di accesso"),
        ("ja", "ログインの試行回数が上限を超えました"),
        ("en", "Too many attempts to sign in"),
    ],
)
def test_who_waits_reads_why_in_the_language_of_the_browser(editor, language, heading):
    for _ in range(LIMIT):
        sign_in()

    page = Client(headers={"accept-language": language}, REMOTE_ADDR="192.0.2.1").post(
        "/admin/login/", {"username": "editor", "password": "a long secret"}
    )

    assert page.status_code == 429
    assert (f"<h1>{heading}</h1>", f'<html lang="{language}"') == tuple(
        text
        for text in (f"<h1>{heading}</h1>", f'<html lang="{language}"')
        if text in page.content.decode()
    )


def test_a_session_ends_with_the_browser_and_after_twelve_hours(editor):
    answer = sign_in(password="a long secret")

    cookie = answer.cookies["sessionid"]
    (session,) = Session.objects.all()
    left = session.expire_date - timezone.now()
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)


def test_working_does_not_make_a_session_longer(admin_client):
    before = Session.objects.get().expire_date

    sector = {"code": "a", "order": 1, "colour": "culture"}
    answer = admin_client.post(
        "/admin/relations/sector/add/",
        sector | {f"name_{code}": "A" for code in ("it", "ja", "en")},
    )

    assert answer.status_code == 302
    assert Session.objects.get().expire_date == before
    assert answer.cookies["messages"]["path"] == "/admin/"
    read = admin_client.get(answer.headers["location"])
    assert (len(read.context["messages"]), read.cookies["messages"]["path"]) == (1, "/admin/")
    assert read.cookies["messages"].value == ""


def test_a_new_password_ends_the_other_sessions(editor):
    here, there = Client(), Client()
    for client in (here, there):
        client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    editor.set_password("a long secret")
    editor.save()
    here.post("/admin/login/", {"username": "editor", "password": "a long secret"})
    there.post("/admin/login/", {"username": "editor", "password": "a long secret"})

    changed = here.post(
        "/admin/password_change/",
        {
            "old_password": "a long secret",
            "new_password1": "another long one",
            "new_password2": "another long one",
        },
    )

    assert changed.status_code == 302
    assert (here.get("/admin/").status_code, there.get("/admin/").status_code) == (200, 302)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("secret", "This password is too short. It must contain at least 8 characters."),
        ("password", "This password is too common."),
        ("2718281828459", "This password is entirely numeric."),
        ("yamada-taro", "The password is too similar to the username."),
    ],
)
def test_a_weak_password_is_refused_when_an_account_is_made_and_when_it_is_changed(
    admin_client, typed, sentence
):
    user = User.objects.create_user("yamada.taro", password="a long secret")
    passwords = {"password1": typed, "password2": typed}

    pages = [
        admin_client.post(path, values | passwords, headers={"accept-language": "en"})
        for path, values in (
            ("/admin/auth/user/add/", {"username": "yamada_taro", "usable_password": "true"}),
            (f"/admin/auth/user/{user.pk}/password/", {"usable_password": "true"}),
        )
    ]

    found = [list(chain(*errors_of(page).values())) for page in pages]
    assert [sentence in sentences for sentences in found] == [True, True]
    assert User.objects.filter(username="yamada_taro").count() == 0
    user.refresh_from_db()
    assert user.check_password("a long secret")


def errors_of(page):
    """The sentences of the form of a page."""
    context = page.context
    form = context["adminform"].form if "adminform" in context else context["form"]
    return form.errors


def test_signing_out_takes_more_than_a_link(admin_client):
    answers = admin_client.get("/admin/logout/"), admin_client.get("/admin/")

    assert [answer.status_code for answer in answers] == [405, 200]
    assert admin_client.post("/admin/logout/").status_code == 200
    assert admin_client.get("/admin/").status_code == 302


def test_a_refusal_takes_as_long_for_an_account_that_does_not_exist(editor, monkeypatch):
    User.objects.create_user("former", password="a long secret", is_active=False)
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, password, salt: hashed.append(password) or encode(self, password, salt),
    )

    counts = {}
    for name in ("editor", "nobody", "former"):
        hashed.clear()
        sign_in(name, "a guess")
        counts[name] = len(hashed)

    assert counts == {"editor": 1, "nobody": 1, "former": 1}


def test_there_is_no_page_that_resets_a_password():
    with pytest.raises(NoReverseMatch):
        reverse("admin_password_reset")


def test_the_cookies_of_the_desk_go_to_the_desk_alone_and_no_script_reads_the_session(editor):
    answer = Client().get("/admin/login/")
    csrf = answer.cookies["csrftoken"]
    session = sign_in(password="a long secret").cookies["sessionid"]

    flags = [(c["path"], bool(c["httponly"]), c["samesite"]) for c in (session, csrf)]
    assert flags == [("/admin/", True, "Lax"), ("/admin/", False, "Lax")]
