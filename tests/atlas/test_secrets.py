"""No secret is written anywhere: not when the start fails, not when a request does."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SECRET = "hunter2-of-the-atlas"
START = "import django; django.setup(); from django.db import connection; connection.ensure_connection()"
FAIL = """
import django, logging
django.setup()
from django.conf import settings
from django.test import Client
settings.MIDDLEWARE = ["tests.atlas.test_secrets.fail"]
answer = Client(raise_request_exception=False).get(
    "/it/?q=SECRET", headers={"cookie": "sessionid=SECRET", "authorization": "Basic SECRET"}
)
print(answer.status_code, answer.content.decode(), answer.headers)
"""


def fail(_get_response):
    """A middleware that fails while it holds the secrets."""

    def failing(request):
        held = (settings.SECRET_KEY, settings.DATABASES, request.META)
        raise RuntimeError(f"it broke with {len(held)} things at hand")

    return failing


def written(code: str, **environment: str) -> tuple[int, str]:
    """Run something as in public; how it ended, and all that it wrote."""
    public = {
        "DEBUG": "0",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "testserver",
        "SECRET_KEY": SECRET + "-with-some-more-letters-behind-it",
        "DJANGO_SETTINGS_MODULE": "atlas.settings",
    }
    done = subprocess.run(  # noqa: S603 # our own code
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=os.environ | public | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("DATABASE_URL", f"postgres://atlas:{SECRET}@127.0.0.1:1/atlas", "cannot be reached"),
        ("DATABASE_URL", f"postgres://atlas:{SECRET}@127.0.0.1:port/atlas", "cannot be read"),
        ("DATABASE_URL", f"mysql://atlas:{SECRET}@127.0.0.1/atlas", "does not name a database"),
        ("DATABASE_URL", f"postgres://atlas:{SECRET}@127.0.0.1:1/", "names no database"),
        ("SECRET_KEY_FILE", "/none", "SECRET_KEY and SECRET_KEY_FILE are both set"),
        ("ALLOWED_HOSTS", ",", "ALLOWED_HOSTS"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT"),
        ("METRICS_PORT", "-1", "METRICS_PORT"),
    ],
)
def test_a_start_that_fails_says_why_without_a_secret(
    name: str, value: str, complaint: str
) -> None:
    ended, said = written(f"{START}; from atlas import metrics; metrics.port()", **{name: value})

    assert ended != 0
    assert complaint in said
    assert SECRET not in said


@pytest.mark.parametrize("form", ["plain", "json"])
def test_a_request_that_fails_is_written_down_without_a_secret(form: str) -> None:
    url = f"postgres://atlas:{SECRET}@127.0.0.1:1/atlas"

    ended, said = written(FAIL.replace("SECRET", SECRET), DATABASE_URL=url, LOG_FORMAT=form)

    assert ended == 0, said
    assert said.startswith("500 ")
    assert "it broke with 3 things at hand" in said
    assert SECRET not in said
