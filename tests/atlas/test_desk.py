"""The desk can be switched off: then nothing of it is there."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

# Asks an instance of its own, since settings are read once.
QUESTIONS = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
call_command("migrate", verbosity=0, skip_checks=True)
client = Client(headers={"cookie": "sessionid=zzz; csrftoken=abc"})
answers = {path: client.get(path) for path in ("/en/", "/en/about/", "/admin/", "/admin/login/", "/admin")}
posted = client.post("/admin/login/", {"username": "a", "password": "b"})
from django.apps import apps
print(json.dumps({
    "status": {path: answer.status_code for path, answer in answers.items()},
    "posted": posted.status_code,
    "cookies": sorted(name for answer in answers.values() for name in answer.cookies),
    "varies": sorted({answer.get("Vary", "") for answer in answers.values() if "ookie" in answer.get("Vary", "")}),
    "apps": sorted(set(apps.app_configs) & {"admin", "sessions", "messages", "axes", "django_otp", "otp_totp", "otp_static", "import_export"}),
    "middleware": [name for name in settings.MIDDLEWARE if any(
        word in name for word in ("session", "auth", "messages", "axes", "otp", "guard"))],
    "backends": settings.AUTHENTICATION_BACKENDS,
    "modules": sorted({name for name in sys.modules if name.startswith(
        ("relations.admin", "relations.press", "axes", "django_otp", "ahocorasick", "charset_normalizer", "pypdf", "selectolax"))}),
}))
"""


def run(desk, tmp_path, *command):
    """Run something on an instance with a database of its own."""
    environment = os.environ | {
        "DESK": desk,
        "DJANGO_SETTINGS_MODULE": "atlas.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'atlas.sqlite3'}",
    }
    return subprocess.run(  # noqa: S603 # our own code
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_the_desk_there_is_no_admin_no_session_and_nobody_to_sign_in(tmp_path):
    done = run("0", tmp_path, "-c", QUESTIONS)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "status": {
            "/en/": 200,
            "/en/about/": 200,
            "/admin/": 404,
            "/admin/login/": 404,
            "/admin": 404,
        },
        "posted": 405,
        "cookies": [],
        "varies": [],
        "apps": [],
        "middleware": [],
        "backends": [],
        "modules": [],
    }


@pytest.mark.parametrize("desk", ["0", "1"])
def test_an_instance_with_or_without_the_desk_is_in_order(tmp_path, desk):
    done = run(desk, tmp_path, "manage.py", "check", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr) == (0, "")


def test_a_database_that_an_instance_without_the_desk_has_made_serves_one_with_it(tmp_path):
    made = run("0", tmp_path, "manage.py", "migrate", "-v0", "--skip-checks")
    taken = run("1", tmp_path, "manage.py", "migrate", "-v0", "--skip-checks")
    asked = run(
        "1",
        tmp_path,
        "manage.py",
        "shell",
        "-v0",
        "-c",
        "from django.contrib.auth.models import Group; print(*Group.objects.order_by('name'))",
    )

    assert (made.returncode, taken.returncode) == (0, 0), made.stderr + taken.stderr
    assert asked.stdout.strip() == "Editors Publishers"


def test_tables_are_exported_and_imported_without_the_desk_too(tmp_path):
    run("0", tmp_path, "manage.py", "migrate", "-v0", "--skip-checks")
    file = tmp_path / "places.csv"
    written = run("0", tmp_path, "manage.py", "export_table", "places", str(file))
    read = run("0", tmp_path, "manage.py", "import_table", "places", str(file))

    assert written.stdout == f"Wrote {file}, rows: 0.\n", written.stderr
    assert "has no rows below the names of the columns" in read.stderr


def test_a_switch_that_is_neither_on_nor_off_stops_the_start(tmp_path):
    done = run("maybe", tmp_path, "manage.py", "check")

    assert "DESK is 'maybe'. Expected 1 or 0." in done.stderr


COOKIES = """
import json
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
call_command("migrate", verbosity=0, skip_checks=True)
from django.contrib.auth.models import User
User.objects.create_user("editor", password="a long secret", is_staff=True)
client = Client()
client.get("/admin/login/", secure=True)
answer = client.post("/admin/login/", {"username": "editor", "password": "a long secret"}, secure=True)
print(json.dumps({name: bool(client.cookies[name]["secure"]) for name in ("sessionid", "csrftoken")}))
"""


def test_over_https_the_cookies_of_the_desk_go_over_https_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("HTTPS", "1")

    done = run("1", tmp_path, "-c", COOKIES)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"sessionid": True, "csrftoken": True}


TWO_FACTOR = """
import django
django.setup()
from django.urls import NoReverseMatch, reverse
try:
    print(reverse("two_factor"))
except NoReverseMatch:
    print("none")
"""


@pytest.mark.parametrize(
    ("value", "page"),
    [("off", "none"), ("offered", "/admin/two-factor/"), ("required", "/admin/two-factor/")],
)
def test_the_page_of_the_second_factor_is_there_unless_it_is_off(
    tmp_path, monkeypatch, value, page
):
    monkeypatch.setenv("TWO_FACTOR", value)

    done = run("1", tmp_path, "-c", TWO_FACTOR)

    assert done.stdout.strip() == page


def test_a_second_factor_that_is_neither_off_nor_offered_nor_required_stops_the_start(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("TWO_FACTOR", "maybe")

    done = run("1", tmp_path, "manage.py", "check")

    assert "TWO_FACTOR is 'maybe'. Expected one of: off, offered, required." in done.stderr


def test_without_the_desk_the_command_that_resets_a_second_factor_says_so(tmp_path):
    done = run("0", tmp_path, "manage.py", "reset_two_factor", "editor", "--skip-checks")

    assert "This instance has no desk (DESK=0)." in done.stderr
