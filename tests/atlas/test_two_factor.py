"""The second factor: set up at the desk, asked for at every sign-in, required where a setting says so."""

import logging
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from relations.admin import second_factor
from tests.relations.admin.rows import inline_code

pytestmark = pytest.mark.django_db

PAGE = "/admin/two-factor/"
PASSWORD = "a long secret"
KEY = "0123456789abcdef0123456789abcdef01234567"
LATER = {"throttling_failure_timestamp": timezone.now() - timedelta(days=1)}


@pytest.fixture
def editor():
    return User.objects.create_user("editor", password=PASSWORD, is_staff=True)


@pytest.fixture
def device(editor):
    """The app of the editor."""
    return TOTPDevice.objects.create(user=editor, name="app", key=KEY)


def code(key=KEY, steps=0):
    """What an app with this secret shows now, or some steps of half a minute later."""
    return f"{totp(bytes.fromhex(key), t0=-30 * steps):06}"


def wrong(key=KEY):
    """A code that it shows neither now nor a minute before or after."""
    shown = {code(key, steps) for steps in range(-2, 3)}
    return next(f"{n:06}" for n in range(10) if f"{n:06}" not in shown)


def browser(language="en"):
    """One that has not signed in."""
    return Client(headers={"accept-language": language})


def sign_in(client, password=PASSWORD, **typed):
    """Send the form."""
    values = {"username": "editor", "password": password, "next": "/admin/", **typed}
    return client.post("/admin/login/", values)


def is_in(client):
    """Whether it reaches the desk."""
    return client.get("/admin/").status_code == 200


def lines(caplog):
    """What was written into the log of the desk."""
    return [line.message for line in caplog.records if line.name == "atlas.desk"]


def begin(client):
    """Open the page, and return the secret that it shows, in hexadecimal digits."""
    client.get(PAGE)
    return client.session["two_factor_key"]


def set_up(client):
    """Set up a second factor; the recovery codes that the page shows."""
    answer = client.post(PAGE, {"code": code(begin(client))})
    return answer.context["codes"]


# Setting it up


def test_the_page_shows_the_secret_to_scan_and_to_type(editor):
    client = browser()
    sign_in(client)

    page = client.get(PAGE)

    html = page.content.decode()
    secret = page.context["secret"]
    assert re.fullmatch("([A-Z2-7]{4} ){7}[A-Z2-7]{4}", secret)
    assert secret in html
    assert page.context["qr"].startswith("<svg ")
    assert page.context["qr"] in html
    assert "data:" not in html
    assert inline_code(page) == []
    assert "no-store" in page.headers["Cache-Control"]
    assert not TOTPDevice.objects.exists()


def test_a_code_of_the_secret_sets_it_up_and_the_recovery_codes_are_shown_once(editor, caplog):
    caplog.set_level(logging.INFO)
    client = browser()
    sign_in(client)

    codes = set_up(client)

    assert [bool(re.fullmatch(r"(\d{4} ){2}\d{4}", code)) for code in codes] == [True] * 10
    assert len(set(codes)) == 10
    again = client.get(PAGE)
    assert [code for code in codes if code in again.content.decode()] == []
    assert (again.context["left"], again.context.get("secret")) == (10, None)
    assert lines(caplog)[1:] == [
        f"second factor set up: user {editor.pk}",
        f"recovery codes made: user {editor.pk}",
    ]


def test_a_wrong_code_sets_up_nothing_and_keeps_the_secret(editor):
    client = browser()
    sign_in(client)
    key = begin(client)

    pages = [client.post(PAGE, {"code": typed}) for typed in (wrong(key), "", "abc", "12")]

    sentences = [page.context["form"].errors["code"] for page in pages]
    other = "This is not the code of the secret shown here. Enter the one that the app shows now."
    assert sentences == [[other], ["This field is required."], [other], [other]]
    assert client.session["two_factor_key"] == key
    assert not TOTPDevice.objects.exists()
    client.post(PAGE, {"code": code(key)})
    assert TOTPDevice.objects.get().key == key


def test_each_visit_to_the_page_makes_another_secret(editor):
    client = browser()
    sign_in(client)

    assert begin(client) != begin(client)


def test_setting_it_up_gives_the_session_a_new_key_and_ends_the_others(editor):
    here, there = browser(), browser()
    for client in (here, there):
        sign_in(client)
    before = here.session.session_key

    set_up(here)

    assert here.session.session_key != before
    assert (is_in(here), is_in(there)) == (True, False)


# Signing in


def test_who_has_it_gives_a_code_at_every_sign_in(device, caplog):
    caplog.set_level(logging.INFO)
    without, with_ = browser(), browser()

    refused = sign_in(without)
    taken = sign_in(with_, code=code())

    assert refused.context["form"].errors == {
        "code": ["Enter the code that your app shows, or a recovery code."]
    }
    assert (taken.status_code, is_in(with_), is_in(without)) == (302, True, False)
    assert lines(caplog) == [
        f"login refused: user {device.user_id}",
        f"login: user {device.user_id}",
    ]


@pytest.mark.parametrize("style", ["{0[0]} {0[1]}", "{0[0]}-{0[1]}", " {0[0]}{0[1]}"])
def test_a_code_is_typed_as_it_is_shown(device, style):
    now = code()

    answer = sign_in(browser(), code=style.format((now[:3], now[3:])))

    assert answer.status_code == 302


def test_a_code_may_be_typed_in_full_width_digits(device):
    typed = code().translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})

    assert sign_in(browser(), code=typed).status_code == 302


def test_a_code_is_valid_once(device):
    now = code()

    first, second = sign_in(browser(), code=now), sign_in(browser(), code=now)

    assert (first.status_code, second.status_code) == (302, 200)


def test_a_wrong_code_is_refused_and_the_next_one_waits(device, caplog):
    answers = [sign_in(browser(), code=typed) for typed in (wrong(), code())]

    sentence = "This code is not valid, or no longer. Wait a little and enter the next one."
    assert [answer.context["form"].errors for answer in answers] == [{"code": [sentence]}] * 2
    assert (
        lines(caplog)
        == [
            f"code refused: user {device.user_id}",
            f"login refused: user {device.user_id}",
        ]
        * 2
    )
    TOTPDevice.objects.update(**LATER)
    assert sign_in(browser(), code=code()).status_code == 302


def test_wrong_codes_count_as_failed_attempts(device, settings):
    settings.AXES_FAILURE_LIMIT = 3

    statuses = [sign_in(browser(), code=wrong()).status_code for _ in range(3)]
    TOTPDevice.objects.update(**LATER)
    late = sign_in(browser(), code=code())

    assert statuses == [200, 200, 429]
    assert (late.status_code, "no-store" in late.headers["Cache-Control"]) == (429, True)


def test_a_right_password_does_not_wipe_out_wrong_codes(device, settings):
    settings.AXES_FAILURE_LIMIT = 3

    statuses = []
    for _ in range(2):
        statuses += [sign_in(browser()).status_code, sign_in(browser(), code=wrong()).status_code]
    last = sign_in(browser(), code=wrong())

    assert (statuses, last.status_code) == ([200] * 4, 429)


def test_nobody_learns_who_has_a_second_factor_before_the_password_is_right(device):
    User.objects.create_user("plain", password=PASSWORD, is_staff=True)

    pages = []
    for name in ("editor", "plain", "nobody"):
        page = sign_in(browser(), password="wrong", username=name, code=code()).content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
        pages.append(page.replace(f'value="{name}"', ""))

    assert pages[0] == pages[1] == pages[2]
    assert TOTPDevice.objects.get().throttling_failure_count == 0


def test_who_has_none_signs_in_with_the_password_whatever_is_typed_as_a_code(editor):
    assert sign_in(browser(), code="123 456").status_code == 302


def test_signing_in_with_a_code_gives_the_session_a_new_key(device):
    client = browser()
    client.get("/admin/login/")
    before = client.session.session_key

    sign_in(client, code=code())

    assert client.session.session_key not in {before, None}
    assert client.session["otp_device_id"] == device.persistent_id


def test_a_code_of_another_account_is_of_no_use(device):
    other = User.objects.create_user("other", password=PASSWORD, is_staff=True)
    TOTPDevice.objects.create(user=other, name="app", key=KEY[::-1])

    assert sign_in(browser(), username="other", code=code()).status_code == 200


# Recovery codes


def test_a_recovery_code_signs_in_once_and_is_written_down(editor, caplog):
    caplog.set_level(logging.INFO)
    client = browser()
    sign_in(client)
    codes = set_up(client)
    caplog.clear()

    statuses = [sign_in(browser(), code=typed).status_code for typed in (codes[0], codes[0])]

    assert statuses == [302, 200]
    assert StaticToken.objects.count() == 9
    assert lines(caplog)[:2] == [
        f"recovery code used: user {editor.pk}",
        f"login: user {editor.pk}",
    ]


def test_a_wrong_recovery_code_does_not_make_the_app_wait(device):
    second_factor.renew_recovery_codes(device.user)

    statuses = [sign_in(browser(), code=typed).status_code for typed in ("0000 0000 0000", code())]

    assert statuses == [200, 302]


def test_new_recovery_codes_take_a_code_and_replace_the_old(editor):
    client = browser()
    sign_in(client)
    old = set_up(client)

    refused = client.post(PAGE, {"code": wrong(TOTPDevice.objects.get().key), "renew": "1"})
    shown = client.post(PAGE, {"code": old[0], "renew": "1"}).context["codes"]

    assert list(refused.context["form"].errors) == ["code"]
    assert (len(shown), set(shown) & set(old)) == (10, set())
    assert sign_in(browser(), code=old[1]).status_code == 200


# Removing it


def test_removing_it_takes_a_code(device, caplog):
    client = browser()
    sign_in(client, code=code())
    TOTPDevice.objects.update(last_t=-1)

    refused = client.post(PAGE, {"code": wrong(), "remove": "1"})
    TOTPDevice.objects.update(**LATER)
    removed = client.post(PAGE, {"code": code(), "remove": "1"})

    assert list(refused.context["form"].errors) == ["code"]
    assert (removed.status_code, removed.headers["location"]) == (302, "/admin/")
    assert (TOTPDevice.objects.count(), is_in(client)) == (0, True)
    assert lines(caplog)[-1] == (
        f"second factor removed: user {device.user_id} by user {device.user_id}"
    )
    assert sign_in(browser()).status_code == 302


def test_guessing_codes_on_the_page_ends_as_it_does_when_signing_in(device, settings):
    settings.AXES_FAILURE_LIMIT = 3
    client = browser()
    sign_in(client, code=code())

    statuses = [client.post(PAGE, {"code": wrong(), "remove": "1"}).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]
    assert TOTPDevice.objects.count() == 1


def test_the_secret_is_not_shown_again_anywhere(device, admin_client):
    client = browser()
    sign_in(client, code=code())

    pages = [
        client.get(PAGE),
        *(
            admin_client.get(path)
            for path in (
                "/admin/",
                reverse("admin:auth_user_changelist"),
                reverse("admin:auth_user_change", args=(device.user_id,)),
            )
        ),
    ]
    secret = device.config_url.partition("secret=")[2].partition("&")[0]
    html = "".join(page.content.decode() for page in pages).replace(" ", "")
    assert [page.status_code for page in pages] == [200] * 4
    assert [text for text in (secret, KEY) if text in html] == []
    assert admin_client.get("/admin/otp_totp/totpdevice/").status_code == 404


def test_a_superuser_removes_that_of_an_account_whose_phone_is_lost(device, admin_client, caplog):
    client = browser()
    sign_in(client, code=code())
    caplog.clear()

    admin_client.post(
        reverse("admin:auth_user_changelist"),
        {"action": "reset_two_factor", "_selected_action": [device.user_id]},
    )

    superuser = User.objects.get(username="admin")
    assert (TOTPDevice.objects.count(), is_in(client)) == (0, False)
    assert lines(caplog) == [f"second factor removed: user {device.user_id} by user {superuser.pk}"]


def test_a_superuser_does_not_remove_the_own_one_without_a_code(admin_client, device):
    superuser = User.objects.get(username="admin")
    TOTPDevice.objects.update(user=superuser)

    page = admin_client.post(
        reverse("admin:auth_user_changelist"),
        {"action": "reset_two_factor", "_selected_action": [superuser.pk]},
        follow=True,
        headers={"accept-language": "en"},
    )

    sentence = "Your own is removed on the page “Two-factor sign-in”, with a code."
    assert [str(message) for message in page.context["messages"]] == [sentence]
    assert TOTPDevice.objects.count() == 1


def test_who_may_change_accounts_but_is_no_superuser_does_not_remove_it(device):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__endswith="_user"))
    client = browser()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")

    client.post(
        reverse("admin:auth_user_changelist"),
        {"action": "reset_two_factor", "_selected_action": [device.user_id]},
    )

    assert TOTPDevice.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_accounts_asks_for_all_second_factors_at_once(
    admin_client, django_assert_num_queries, rows
):
    for n in range(rows):
        user = User.objects.create_user(f"editor-{n}", is_staff=True)
        TOTPDevice.objects.create(user=user, name="app")
    url = reverse("admin:auth_user_changelist")
    admin_client.get(url)

    # The session, the account, the groups to filter by, two counts, the accounts.
    with django_assert_num_queries(6):
        page = admin_client.get(url)

    assert page.content.decode().count("icon-yes") == 2 * rows + 1  # and who is staff


def test_a_command_removes_it(device, caplog):
    out = StringIO()
    call_command("reset_two_factor", "editor", stdout=out)

    assert out.getvalue() == ("editor signs in with the password alone, and can set it up again.\n")
    assert lines(caplog) == [f"second factor removed: user {device.user_id} by command"]
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nobody", "There is no account 'nobody'."),
        ("editor", "The account 'editor' has no second factor."),
    ],
)
def test_the_command_says_what_it_does_not_find(editor, name, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command("reset_two_factor", name)


# Where it is required, and where it is off


@pytest.fixture
def _required(settings):
    settings.TWO_FACTOR = "required"


@pytest.mark.usefixtures("_required")
@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/relations/agreement/",
        "/admin/password_change/",
        "/admin/autocomplete/",
        "/admin/jsi18n/",
        "/admin/nothing/",
    ],
)
def test_an_account_without_one_reaches_only_the_page_that_sets_it_up(editor, path):
    client = browser()
    sign_in(client)

    answers = [client.get(path), client.post(path)]

    assert [(a.status_code, a.headers["location"]) for a in answers] == [(302, PAGE)] * 2
    assert client.get(PAGE).status_code == 200
    set_up(client)
    assert is_in(client)


@pytest.mark.usefixtures("_required")
def test_an_account_without_one_can_sign_out(editor):
    client = browser()
    sign_in(client)

    assert client.post("/admin/logout/").status_code == 200
    assert client.get(PAGE).headers["location"] == f"/admin/login/?next={PAGE}"


@pytest.mark.usefixtures("_required")
def test_a_stranger_is_sent_to_the_login_as_ever():
    assert browser().get(PAGE).headers["location"] == f"/admin/login/?next={PAGE}"
    assert browser().get("/en/").status_code == 200


@pytest.mark.usefixtures("_required")
def test_who_has_one_and_signed_in_without_it_signs_in_again(device):
    client = browser()
    client.force_login(device.user, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get("/admin/relations/agreement/")

    assert answer.headers["location"] == "/admin/login/?next=/admin/relations/agreement/"
    sign_in(client, code=code())
    assert is_in(client)


def test_where_it_is_off_nobody_is_asked_for_a_code(device, settings):
    settings.TWO_FACTOR = "off"
    client = browser()

    assert "code" not in client.get("/admin/login/").context["form"].fields
    assert sign_in(client).status_code == 302


def test_the_desk_links_to_it(editor):
    client = browser()
    sign_in(client)

    assert f'<a href="{PAGE}">Two-factor sign-in</a>' in client.get("/admin/").content.decode()


def test_a_drifting_clock_is_followed(device):
    answer = sign_in(browser(), code=code(steps=1))

    assert (answer.status_code, TOTPDevice.objects.get().drift) == (302, 1)
