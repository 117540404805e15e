"""What the site answers beside its pages."""

from django.test import Client


def test_programs_may_read_everything(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode() == "User-agent: *\nDisallow:\n"
