"""An answer is made once for each state of the site, and told apart by all that it depends on."""

import gzip
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import zstandard
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from atlas.page_cache import state, store
from relations.models import Place
from tests.factories import make_agreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_pages")]

PAGES = ["/it/partnerships/", "/ja/", "/en/timeline/", "/api/v1/partnerships", "/it/agreements.csv"]


def told(response: Any) -> dict[str, str]:
    """The headers, but for the number of the request."""
    return {name: value for name, value in response.items() if name != "X-Request-ID"}


def queries(client: Client, path: str, **headers: str) -> tuple[int, Any]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    return len(captured), response


@pytest.mark.parametrize("path", PAGES)
def test_what_was_made_once_takes_one_row(client: Client, atlas: None, path: str) -> None:
    made, first = queries(client, path)
    again, second = queries(client, path)

    assert (made > 1, again) == (True, 1)
    assert second.content == first.content
    assert told(second) == told(first)


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
@pytest.mark.parametrize("path", PAGES)
def test_a_304_takes_one_row(client: Client, atlas: None, path: str, encoding: str) -> None:
    first = client.get(path, headers={"accept-encoding": encoding})
    caches["pages"].clear()
    count, second = queries(client, path, accept_encoding=encoding, if_none_match=first["ETag"])

    assert (count, second.status_code, second.content) == (1, 304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert second[name] == first[name]


@pytest.mark.parametrize("given", ["*", "W/{etag}", '"other", {etag}'])
def test_validators_are_read_as_the_standard_says(client: Client, atlas: None, given: str) -> None:
    etag = client.get("/it/about/")["ETag"]
    known = given.format(etag=etag)
    status = client.get("/it/about/", headers={"if-none-match": known}).status_code

    assert status == (200 if given == "*" else 304)


def test_a_moment_is_a_validator_too(client: Client, atlas: None) -> None:
    first = client.get("/it/about/")
    known = {"if-modified-since": first["Last-Modified"]}
    both = known | {"if-none-match": '"other"'}

    assert client.get("/it/about/", headers=known).status_code == 304
    assert client.get("/it/about/", headers=both).status_code == 200
    assert client.get("/it/about/", headers={"if-modified-since": "yesterday"}).status_code == 200


def test_each_encoding_has_its_own_validator_and_bytes(client: Client, atlas: None) -> None:
    plain, zstd, zipped = (
        client.get("/it/about/", headers={"accept-encoding": e} if e else {})
        for e in ("", "zstd", "gzip")
    )

    assert len({plain["ETag"], zstd["ETag"], zipped["ETag"]}) == 3
    assert zstandard.ZstdDecompressor().decompress(zstd.content) == plain.content
    assert gzip.decompress(zipped.content) == plain.content
    assert {r["Vary"] for r in (plain, zstd, zipped)} == {"Accept-Encoding"}
    assert [r["Content-Length"] for r in (plain, zstd, zipped)] == [
        str(len(r.content)) for r in (plain, zstd, zipped)
    ]


def test_what_is_kept_compressed_is_sent_plain_to_who_takes_nothing_else(
    client: Client, atlas: None
) -> None:
    client.get("/it/about/", headers={"accept-encoding": "zstd"})
    count, plain = queries(client, "/it/about/")

    assert count == 1
    assert "Content-Encoding" not in plain
    assert plain.content.startswith(b"\n\n<!DOCTYPE html>") or b"<!DOCTYPE html>" in plain.content


def test_a_change_is_seen_at_once(client: Client, atlas: None) -> None:
    before = client.get("/it/places/torino/")
    Place.objects.filter(slug="torino").update(name_it="Augusta Taurinorum")
    after = client.get("/it/places/torino/", headers={"if-none-match": before["ETag"]})

    assert (after.status_code, before["ETag"] == after["ETag"]) == (200, False)
    assert "Augusta Taurinorum" in after.content.decode()


def test_another_day_is_another_state(
    client: Client, atlas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    etag = client.get("/it/partnerships/")["ETag"]
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2031, 1, 1))
    known = {"if-none-match": etag}

    assert client.get("/it/partnerships/", headers=known).status_code == 200


def test_a_new_release_is_another_state(
    client: Client, atlas: None, settings: Any, tmp_path: Path
) -> None:
    settings.RELEASES_DIR = tmp_path / "releases"
    etag = client.get("/it/about/")["ETag"]
    settings.RELEASES_DIR.mkdir()

    assert client.get("/it/about/")["ETag"] != etag


def test_a_change_of_what_the_settings_show_is_another_state(settings: Any) -> None:
    before = state.code()
    settings.CONTACT_EMAIL = "atlas@example.org"
    state.code.cache_clear()
    after = state.code()
    state.code.cache_clear()

    assert before.digest != after.digest


def test_a_clock_that_was_put_back_makes_no_answer_of_the_future(
    atlas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_agreement()
    monkeypatch.setattr(state, "_start_of", lambda _day: int(time.time()) + 86400)

    assert state.State.read().changed <= time.time()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"accept-language": "it"}, {"accept-language": "ja"}),
        ({"host": "127.0.0.1"}, {"host": "localhost"}),
    ],
)
def test_languages_and_hosts_are_told_apart(
    client: Client, atlas: None, settings: Any, one: dict[str, str], other: dict[str, str]
) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
    path = "/api/v1/partnerships?region=IT-99"
    first, second = (client.get("/sitemap.xml", headers=h) for h in (one, other))

    assert first["ETag"] != second["ETag"]
    assert client.get(path, headers=one).status_code == 400


@pytest.mark.parametrize("path", ["/it/nothing/", "/it/partnerships/?region=nowhere", "/nothing"])
def test_an_error_is_not_kept(client: Client, atlas: None, path: str) -> None:
    responses = [client.get(path) for _ in range(2)]

    assert [r.status_code >= 400 for r in responses] == [True, True]
    assert all("ETag" not in r for r in responses)


def test_what_depends_on_more_of_the_request_is_not_kept(client: Client, atlas: None) -> None:
    html, turtle = (
        client.get("/partnerships/assisi-koya/", headers={"accept": accept})
        for accept in ("text/html", "text/turtle")
    )

    assert html["Location"] != turtle["Location"]
    assert "ETag" not in html


def test_the_desk_is_never_kept(client: Client, atlas: None, admin_user: object) -> None:
    client.force_login(admin_user)  # type: ignore[arg-type]
    response = client.get("/admin/", headers={"accept-encoding": "gzip"})

    assert ("ETag" in response, "no-store" in response["Cache-Control"]) == (False, True)


def test_caches_between_may_go_on_when_the_site_does_not(client: Client, atlas: None) -> None:
    said = client.get("/it/about/")["Cache-Control"].split(", ")

    assert said == [
        "public",
        "max-age=0",
        "s-maxage=60",
        "stale-while-revalidate=60",
        "stale-if-error=604800",
    ]


def test_a_head_tells_the_same_as_a_get(client: Client, atlas: None) -> None:
    got, head = client.get("/it/about/"), client.head("/it/about/")

    assert told(head) == told(got)
    assert head.content == b""


# Large ones


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of what counts as large."""
    monkeypatch.setattr(store, "LARGE", 1000)
    return "/data/places.geojson"


@pytest.mark.parametrize("encoding", ["zstd", "gzip", ""])
def test_a_large_one_is_kept_as_a_file(
    client: Client, atlas: None, large: str, settings: Any, encoding: str
) -> None:
    headers = {"accept-encoding": encoding}
    first = client.get(large, headers=headers)
    count, second = queries(client, large, accept_encoding=encoding)
    content = b"".join(second.streaming_content) if second.streaming else second.content

    assert (count, content) == (1, first.content)
    assert told(second) == told(first)
    assert second.streaming == bool(encoding)
    assert [path.name[0] != "." for path in settings.PAGE_CACHE_DIR.iterdir()] == [True]


def test_a_file_that_is_gone_is_made_again(
    client: Client, atlas: None, large: str, settings: Any
) -> None:
    first = client.get(large)
    shutil.rmtree(settings.PAGE_CACHE_DIR)

    assert client.get(large).content == first.content


def test_where_no_file_can_be_written_answers_go_on(
    client: Client, atlas: None, large: str, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PAGE_CACHE_DIR = Path("/proc/pages")
    responses = [client.get(large) for _ in range(2)]

    assert [r.status_code for r in responses] == [200, 200]
    assert "cannot be kept in /proc/pages" in caplog.text


def test_the_oldest_files_make_room(
    client: Client, atlas: None, large: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_FILES", 8)
    for n in range(12):
        client.get(f"/it/partnerships.csv?from={1960 + n}")

    assert len(list(settings.PAGE_CACHE_DIR.iterdir())) <= 8
