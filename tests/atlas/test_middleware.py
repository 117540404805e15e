"""What the site does with every request, whatever the page."""

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
