"""What the site does with every request, whatever the page."""

import gzip

import pytest
from django.test import Client


@pytest.mark.parametrize("cookie", ["sessionid=zzz", "csrftoken=abc"])
def test_public_pages_neither_read_nor_answer_a_cookie(
    client: Client, db: None, cookie: str
) -> None:
    response = client.get("/en/about/", headers={"cookie": cookie})

    assert response.status_code == 200
    assert dict(response.cookies) == {}
    assert "Cookie" not in response.get("Vary", "")


def test_the_desk_keeps_its_cookies(client: Client, admin_user: object) -> None:
    client.force_login(admin_user)  # type: ignore[arg-type]

    response = client.get("/admin/")

    assert response.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1, evil.example", "../../x", ""])
def test_a_host_that_is_not_ours_is_refused(client: Client, db: None, host: str) -> None:
    response = client.get("/en/about/", headers={"host": host})

    assert response.status_code == 400


def test_a_public_page_is_compressed_for_who_accepts_that(client: Client, db: None) -> None:
    plain = client.get("/en/about/")
    response = client.get("/en/about/", headers={"accept-encoding": "gzip, br"})

    assert (response["Content-Encoding"], response["Content-Length"]) == (
        "gzip",
        str(len(response.content)),
    )
    assert gzip.decompress(response.content) == plain.content
    assert len(response.content) < len(plain.content) / 2


def test_a_public_page_is_sent_as_it_is_to_who_accepts_no_compression(
    client: Client, db: None
) -> None:
    response = client.get("/en/about/")

    assert "Content-Encoding" not in response
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/"])
def test_the_desk_which_holds_tokens_is_never_compressed(
    client: Client, admin_user: object, path: str
) -> None:
    client.force_login(admin_user)  # type: ignore[arg-type]

    response = client.get(path, follow=True, headers={"accept-encoding": "gzip"})

    assert response.status_code == 200
    assert "Content-Encoding" not in response
