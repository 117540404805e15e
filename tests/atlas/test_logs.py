"""What is written down of a request, and what is not."""

import json
import logging
import re
from io import StringIO
from logging.config import dictConfig

import pytest
from django.conf import settings as atlas_settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path as at

from atlas import logs
from atlas.urls import handler500  # noqa: F401
from atlas.urls import urlpatterns as real

SECRET = "hunter2"


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("it broke")


urlpatterns = [at("broken/", broken), *real]


@pytest.fixture
def lines(settings: object, request: pytest.FixtureRequest):
    """Log as in production; returns the lines written so far, as they are."""
    form = getattr(request, "param", "json")
    settings.LOG_REQUESTS = True  # type: ignore[attr-defined]
    dictConfig(logs.configuration(form))
    stream = StringIO()
    handler = logging.getLogger().handlers[0]
    handler.setStream(stream)  # type: ignore[attr-defined]
    yield lambda: stream.getvalue().splitlines()
    dictConfig(atlas_settings.LOGGING)


def test_a_request_is_one_line_that_names_the_view_and_no_person(
    client: Client, db: None, lines
) -> None:
    response = client.get(
        "/en/about/?q=mario.rossi",
        headers={"user-agent": "Netscape/4", "cookie": "sessionid=zzz", "referer": "https://e.org"},
        REMOTE_ADDR="198.51.100.7",
    )

    [line] = [json.loads(line) for line in lines()]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*\+00:00", line.pop("time"))
    assert 0 < line.pop("ms") < 60_000
    assert line.pop("message").startswith("GET /en/about/ 200 in ")
    assert line == {
        "level": "INFO",
        "logger": "atlas.requests",
        "request_id": response["X-Request-ID"],
        "method": "GET",
        "route": "relations:about",
        "path": "/en/about/",
        "status": 200,
        "bytes": len(response.content),
    }


@pytest.mark.parametrize("lines", ["plain"], indirect=True)
def test_on_a_terminal_a_line_is_plain(client: Client, db: None, lines) -> None:
    response = client.get("/robots.txt")

    [line] = lines()
    number = re.escape(response["X-Request-ID"])
    wanted = rf"\S+ \S+ INFO atlas\.requests \[{number}\]: GET /robots\.txt 200 in [\d.]+ ms"
    assert re.fullmatch(wanted, line)


@pytest.mark.parametrize("lines", ["plain", "json"], indirect=True)
def test_an_address_cannot_write_a_line_of_its_own(client: Client, db: None, lines) -> None:
    client.get("/en/x%0aERROR%20all%20is%20lost%0d%e2%80%ae" + "y" * 5000)

    [line] = lines()
    assert "\\nERROR all is lost" in line
    assert "\u202e" not in line
    assert len(line) < 800


@pytest.mark.parametrize("given", ["4bf92f3577b34da6a3ce929d0e0e4736", "abcd_ef-9", "A" * 64])
def test_a_well_formed_number_of_the_proxy_is_kept(client: Client, given: str) -> None:
    assert client.get("/robots.txt", headers={"x-request-id": given})["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given",
    [
        "",
        "short",
        "A" * 65,
        "mario rossi",
        "<script>",
        "x\r\ny: z",
        "\uff11" * 8,
        "abcdefgh\n",
    ],
)
def test_any_other_number_is_replaced(client: Client, given: str) -> None:
    response = client.get("/robots.txt", headers={"x-request-id": given})

    assert re.fullmatch("[0-9a-f]{32}", response["X-Request-ID"])


def test_each_request_has_a_number_of_its_own(client: Client) -> None:
    numbers = {client.get("/robots.txt")["X-Request-ID"] for _ in range(20)}

    assert len(numbers) == 20


@pytest.mark.urls(__name__)
def test_who_meets_a_failure_can_quote_the_number_under_which_it_stands_in_the_log(
    client: Client, db: None, lines
) -> None:
    client.raise_request_exception = False

    response = client.get(f"/broken/?q={SECRET}")

    failure, request = (json.loads(line) for line in lines())
    number = response["X-Request-ID"]
    assert response.status_code == 500
    assert f"<code>{number}</code>" in response.content.decode()
    assert [failure["request_id"], request["request_id"]] == [number, number]
    assert "RuntimeError: it broke" in failure["exc_info"]
    assert "it broke" not in response.content.decode()
    assert SECRET not in "".join(lines())


def test_between_requests_lines_have_no_number(client: Client) -> None:
    client.get("/robots.txt")

    assert logs.request_id.get() == "-"


def test_no_request_is_written_down_unless_wanted(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    client.get("/robots.txt")

    assert caplog.records == []
