"""Addresses are asked politely, what they answer is kept, and nobody inside the network is asked."""

import socket
import threading
import time
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from relations import links
from relations.enums import LinkResult
from relations.links import Answer, Asker, addresses_due, check_links, forget_others, in_turns
from relations.models import LinkCheck, Source
from tests.factories import make_source

TODAY = date(2026, 11, 25)
YESTERDAY = TODAY - timedelta(days=1)
ASKER = Asker(timeout=5, allow_private=True)


class Handler(BaseHTTPRequestHandler):
    """Answers by its path, and notes what it was asked."""

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status, location = (
            self.server.answers.get((self.command, self.path)) or (self.server.answers[self.path])
        )
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"x" * 100_000)

    do_GET = do_HEAD  # noqa: N815 # its name

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def serving(answers):
    """A server on this machine that answers so."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.answers, server.asked = answers, []
        server.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def asked(**answers):
    """What `/a` says where the server answers so, and how it was asked."""
    answers = {f"/{path}": answer for path, answer in answers.items()}
    with serving(answers) as server:
        answer = ASKER.ask(f"{server.url}/a")
    return answer, [method for method, _path, _agent in server.asked]


@pytest.mark.parametrize(
    ("status", "result", "methods"),
    [
        (200, LinkResult.FINE, ["HEAD"]),
        (204, LinkResult.FINE, ["HEAD"]),
        (404, LinkResult.GONE, ["HEAD", "GET"]),
        (410, LinkResult.GONE, ["HEAD", "GET"]),
        (401, LinkResult.REFUSED, ["HEAD", "GET"]),
        (403, LinkResult.REFUSED, ["HEAD", "GET"]),
        (429, LinkResult.REFUSED, ["HEAD", "GET"]),
        (500, LinkResult.SERVER_ERROR, ["HEAD", "GET"]),
        (503, LinkResult.SERVER_ERROR, ["HEAD", "GET"]),
    ],
)
def test_an_answer_has_its_result(status, result, methods):
    assert asked(a=(status, "")) == (Answer(result, status), methods)


@pytest.mark.parametrize("refusal", [403, 404, 405, 501])
def test_where_head_is_refused_get_decides(refusal):
    with serving({("HEAD", "/a"): (refusal, ""), ("GET", "/a"): (200, "")}) as server:
        answer = ASKER.ask(f"{server.url}/a")

    assert answer == Answer(LinkResult.FINE, 200)
    assert [method for method, *_ in server.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [301, 308])
def test_what_has_moved_for_good_names_the_new_address(status):
    with serving({"/a": (status, "/b?c=1"), "/b?c=1": (200, "")}) as server:
        answer = ASKER.ask(f"{server.url}/a")

    assert answer == Answer(LinkResult.MOVED, 200, f"{server.url}/b?c=1")


def test_what_is_elsewhere_for_now_has_not_moved():
    answer, _methods = asked(a=(302, "/b"), b=(200, ""))

    assert answer == Answer(LinkResult.FINE, 200)


def test_the_new_address_is_the_last_one_that_is_for_good():
    with serving({"/a": (301, "/b"), "/b": (302, "/c"), "/c": (301, "/d"), "/d": (200, "")}) as s:
        answer = ASKER.ask(f"{s.url}/a")

    assert answer == Answer(LinkResult.MOVED, 200, f"{s.url}/b")


def test_what_has_moved_to_nowhere_is_gone():
    answer, _methods = asked(a=(301, "/b"), b=(404, ""))

    assert answer == Answer(LinkResult.GONE, 404)


def test_what_redirects_for_ever_is_given_up():
    answer, methods = asked(a=(302, "/a"))

    assert answer == Answer(LinkResult.SERVER_ERROR, 302)
    assert len(methods) == 1 + links.MOST_REDIRECTS


def test_an_address_beyond_ascii_is_asked():
    with serving({"/%E5%A7%89%E5%A6%B9?q=%C3%A0": (200, "")}) as server:
        answer = ASKER.ask(f"{server.url}/姉妹?q=à#nota")

    assert answer == Answer(LinkResult.FINE, 200)


def test_a_redirect_beyond_ascii_is_followed():
    path = "/姉妹".encode().decode("latin-1")
    answer, _methods = asked(a=(302, path), **{"%E5%A7%89%E5%A6%B9": (200, "")})

    assert answer == Answer(LinkResult.FINE, 200)


def test_the_program_says_who_it_is(settings):
    settings.CONTACT_EMAIL = "atlas@example.org"

    with serving({"/a": (200, "")}) as server:
        ASKER.ask(f"{server.url}/a")

    agents = [agent for *_, agent in server.asked]
    assert agents == ["ItalyJapanTwinningAtlas/1.0 (link check; atlas@example.org)"]


def test_what_nobody_serves_gives_no_answer():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        answer = ASKER.ask(f"http://127.0.0.1:{nobody.getsockname()[1]}/")

    assert answer == Answer(LinkResult.NO_ANSWER)


@contextmanager
def talking(reply):
    """A server that is none: it says a few bytes at a time, or nothing at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop = threading.Event()

        def talk():
            server.settimeout(0.05)
            while not stop.is_set():
                try:
                    connected, _address = server.accept()
                except TimeoutError:
                    continue
                with connected:
                    for piece in reply:
                        if stop.wait(0.05):
                            break
                        try:
                            connected.sendall(piece)
                        except OSError:
                            break

        thread = threading.Thread(target=talk)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    ("reply", "result"),
    [
        ([b""] * 100, LinkResult.NO_ANSWER),
        ([b"HTTP", *[b" "] * 100], LinkResult.NO_ANSWER),
        ([b"HTTP/1.1 200 OK\r\n", *[b"x"] * 100], LinkResult.FINE),  # so much is said
    ],
    ids=["nothing", "a sign now and then", "a letter now and then"],
)
def test_who_says_too_little_is_not_waited_for(reply, result):
    with talking(reply) as url:
        before = time.monotonic()
        answer = Asker(timeout=0.3, allow_private=True).ask(url)
        took = time.monotonic() - before

    assert answer.result == result
    assert took < 2


@pytest.mark.parametrize("reply", [[b"nonsense\r\n\r\n"], []])
def test_who_does_not_speak_http_gives_no_answer(reply):
    with talking(reply) as url:
        assert ASKER.ask(url) == Answer(LinkResult.NO_ANSWER)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http:///nowhere",
    ],
)
def test_what_is_not_public_is_not_asked(url):
    assert Asker().ask(url) == Answer(LinkResult.NOT_ASKED)


def test_nobody_is_led_into_the_network_by_a_redirect(monkeypatch):
    """The first address counts as public here, the one that it names as what it is."""
    with serving({"/a": (302, "http://10.0.0.1/")}) as server:
        monkeypatch.setattr(
            links, "ip_address", lambda text: PublicHere if text == "127.0.0.1" else Inside
        )
        answer = Asker(timeout=5).ask(f"{server.url}/a")

    assert answer == Answer(LinkResult.NOT_ASKED, 302)


class PublicHere:
    """An address that anybody reaches."""

    is_global = True


class Inside:
    """One that nobody outside does."""

    is_global = False


@pytest.mark.parametrize("url", ["http://[", f"http://{'a' * 70}.example/", "http://a..b/"])
def test_what_is_no_address_gives_no_answer(url):
    assert Asker().ask(url) == Answer(LinkResult.NO_ANSWER)


# What is kept


def note(day, result, url="https://example.org/"):
    """Keep a result."""
    return LinkCheck.note(url, day, result)


@pytest.mark.django_db
def test_what_is_gone_is_somebodys_work_at_once():
    check = note(TODAY, LinkResult.GONE)

    assert list(LinkCheck.objects.failing()) == [check]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "result", [LinkResult.NO_ANSWER, LinkResult.SERVER_ERROR, LinkResult.NOT_ASKED]
)
def test_what_fails_is_somebodys_work_on_the_second_day(result):
    found = []
    for day in (YESTERDAY, YESTERDAY, TODAY):
        note(day, result)
        found.append(LinkCheck.objects.failing().count())

    assert found == [0, 0, 1]


@pytest.mark.django_db
def test_an_answer_between_two_failures_begins_anew():
    for day, result in (
        (YESTERDAY - timedelta(days=1), LinkResult.NO_ANSWER),
        (YESTERDAY, LinkResult.FINE),
        (TODAY, LinkResult.NO_ANSWER),
    ):
        note(day, result)

    assert LinkCheck.objects.failing().count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("result", [LinkResult.FINE, LinkResult.MOVED, LinkResult.REFUSED])
def test_what_readers_reach_is_nobodys_work(result):
    for day in (YESTERDAY, TODAY):
        note(day, result)

    assert LinkCheck.objects.failing().count() == 0


@pytest.mark.django_db
def test_each_address_is_due_once_the_longest_unchecked_first():
    make_source(url="https://example.org/1", archived_url="https://example.org/2")
    make_source(url="https://example.org/1")
    make_source(url="https://example.org/3")
    note(TODAY, LinkResult.FINE, "https://example.org/1")
    note(YESTERDAY, LinkResult.FINE, "https://example.org/3")

    due = [addresses_due(TODAY, older_than) for older_than in (0, 1, 2)]

    never, old, new = (f"https://example.org/{n}" for n in (2, 3, 1))
    assert due == [[never, old, new], [never, old], [never]]
    assert addresses_due(TODAY, limit=1) == [never]


def test_those_of_one_host_are_far_from_each_other():
    urls = ["http://a/1", "http://a/2", "http://a/3", "http://b/1", "http://["]

    assert list(in_turns(urls)) == [
        "http://a/1",
        "http://b/1",
        "http://[",
        "http://a/2",
        "http://a/3",
    ]


@pytest.mark.django_db
def test_there_is_a_pause_between_two_requests_to_one_host():
    with serving({"/1": (200, ""), "/2": (200, "")}) as one, serving({"/1": (200, "")}) as other:
        urls = [f"{one.url}/1", f"{one.url}/2", f"{other.url}/1"]
        before = time.monotonic()
        order = [url for url, _check in check_links(urls, TODAY, ASKER, pause=0.3)]
        took = time.monotonic() - before

    assert order == [urls[0], urls[2], urls[1]]
    assert 0.3 <= took < 0.6


@pytest.mark.django_db
def test_what_no_source_names_any_more_is_forgotten():
    make_source(url="https://example.org/1", archived_url="https://example.org/2")
    for n in (1, 2, 3):
        note(TODAY, LinkResult.FINE, f"https://example.org/{n}")

    assert forget_others() == 1
    assert {check.url[-1] for check in LinkCheck.objects.all()} == {"1", "2"}
    assert Source.objects.count() == 1
