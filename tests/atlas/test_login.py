"""Signing in: who fails too often waits, and nobody learns which accounts there are."""

import logging
import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.utils import timezone

from atlas.login import address_of

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


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_every_request_that_changes_something_needs_the_token(editor, method):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")

    for path in ("/admin/login/", "/admin/relations/agreement/", "/admin/logout/"):
        assert getattr(client, method)(path).status_code == 403


def test_the_cookie_of_a_session_goes_to_the_desk_alone(editor):
    cookie = sign_in(password="a long secret").cookies["sessionid"]

    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) == (
        "/admin/",
        True,
        "Lax",
    )
