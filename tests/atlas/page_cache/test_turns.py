"""What several readers want at once is made for one of them."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from atlas.page_cache import PageCache
from atlas.page_cache.turns import Turns
from relations.models import DatasetVersion

READERS = 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("kept_pages")
@pytest.mark.parametrize(
    ("paths", "made"), [(["/it/about/"], 1), (["/it/about/", "/ja/about/"], 2)]
)
def test_who_asks_while_a_page_is_made_gets_that_page(paths: list[str], made: int) -> None:
    DatasetVersion.objects.change()
    begun: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        begun.append(request.path)
        time.sleep(0.3)  # longer than it takes the others to ask
        return HttpResponse(f"page {len(begun)} of {request.path}")

    cache = PageCache(view)

    def ask(number: int) -> bytes:
        try:
            request = RequestFactory().get(paths[number % len(paths)])
            return b"".join(cache(request))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(READERS) as readers:
        answers = set(readers.map(ask, range(READERS)))

    assert (len(begun), len(answers)) == (made, made)


def test_a_turn_that_failed_is_the_next_ones() -> None:
    turns = Turns()

    with pytest.raises(ZeroDivisionError), turns.of("a page"):
        raise ZeroDivisionError

    with turns.of("a page") as was_made:
        assert not was_made
    assert not turns._locks  # noqa: SLF001 # nothing is left of it


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("atlas.page_cache.turns.PATIENCE", 0.05)
    turns, done = Turns(), threading.Event()

    def hold() -> None:
        with turns.of("a page"):
            done.wait(5)

    holder = threading.Thread(target=hold)
    holder.start()
    begin = time.monotonic()
    with turns.of("a page") as was_made:
        assert was_made
    waited = time.monotonic() - begin
    done.set()
    holder.join()

    assert waited < 2
    assert not turns._locks  # noqa: SLF001 # nothing is left of it
