"""Asks the addresses of sources whether they still lead somewhere: politely, and nobody inside the network.

An address is asked by HEAD and, where that is not answered by a page, by GET, whose text is
not read. Several addresses of one host are asked one after the other, with a pause between.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from itertools import zip_longest
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils.encoding import iri_to_uri

from relations.enums import LinkResult
from relations.models import LinkCheck, Source

MOST_REDIRECTS = 5
PAUSE = 2.0  # seconds between two requests to one host
PORTS = {"http": 80, "https": 443}
GONE = (404, 410)
PERMANENT, TEMPORARY = (301, 308), (302, 303, 307)
# HEAD is not understood there, whatever GET would say.
_FIRST_ERROR, _FIRST_SERVER_ERROR = 400, 500


class NotPublicError(Exception):
    """An address that is not asked: neither http nor https, or of this machine or a private network."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address said: the result, the last status of HTTP, and where it has moved to for good."""

    result: LinkResult
    status: int | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """How addresses are asked: so many seconds for a whole answer; private networks too, for tests."""

    timeout: float = 10.0
    allow_private: bool = False

    def ask(self, url: str) -> Answer:
        """Ask an address and those that it redirects to."""
        status, moved_to, is_moved = None, "", True
        here = url
        try:
            for _ in range(MOST_REDIRECTS + 1):
                status, location = self._status(here)
                if status not in PERMANENT + TEMPORARY or not location:
                    return _said(status, moved_to)
                here = urljoin(here, location)
                is_moved = is_moved and status in PERMANENT
                moved_to = here if is_moved else moved_to
        except NotPublicError:
            return Answer(LinkResult.NOT_ASKED, status)
        except (OSError, HTTPException, ValueError):  # a name that is no name is a ValueError
            return Answer(LinkResult.NO_ANSWER, status)
        return Answer(LinkResult.SERVER_ERROR, status)  # it redirects for ever

    def _status(self, url: str) -> tuple[int, str]:
        """The status of HTTP, and the address that it redirects to."""
        try:
            status, location = self._request("HEAD", url)
        except HTTPException:
            status, location = _FIRST_ERROR, ""
        return self._request("GET", url) if status >= _FIRST_ERROR else (status, location)

    def _request(self, method: str, url: str) -> tuple[int, str]:
        parts = urlsplit(iri_to_uri(url))
        host = (parts.hostname or "").encode("idna").decode()
        if parts.scheme not in PORTS or not host:
            raise NotPublicError
        connected = self._connect(host, parts)
        # A server that sends a letter now and then would keep us for ever.
        end = threading.Timer(self.timeout, _hang_up, (connected,))
        end.start()
        try:
            with closing(HTTPConnection(host)) as connection:
                connection.sock = connected
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                connection.request(method, path, headers=_headers(host, parts))
                response = connection.getresponse()
                return response.status, _location(response)
        finally:
            end.cancel()
            connected.close()

    def _connect(self, host: str, parts: SplitResult) -> socket.socket:
        """Connect to the very address that was looked at: a name may mean another one the next time."""
        port = parts.port or PORTS[parts.scheme]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(row[4][0]) for row in found]
        if not self.allow_private and not all(ip_address(a).is_global for a in addresses):
            raise NotPublicError
        plain = self._reach(addresses, port)
        if parts.scheme == "http":
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except OSError:
            plain.close()
            raise

    def _reach(self, addresses: list[str], port: int) -> socket.socket:
        """Connect to the first address of a host that lets us, as long as there are others."""
        *others, last = dict.fromkeys(addresses)
        for address in others:
            with suppress(OSError):
                return socket.create_connection((address, port), self.timeout)
        return socket.create_connection((last, port), self.timeout)


def _headers(host: str, parts: SplitResult) -> dict[str, str]:
    port = f":{parts.port}" if parts.port else ""
    contact = f"; {settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else ""
    return {
        "Host": f"{host}{port}",
        "User-Agent": f"ItalyJapanTwinningAtlas/1.0 (link check{contact})",
        "Accept": "*/*",
        "Connection": "close",
    }


def _location(response: HTTPResponse) -> str:
    """The address in the header, whose letters beyond ASCII are UTF-8 on the way."""
    location = response.getheader("Location") or ""
    return location.encode("latin-1", "replace").decode("utf-8", "replace")


def _hang_up(connected: socket.socket) -> None:
    with suppress(OSError):  # it is closed already
        connected.shutdown(socket.SHUT_RDWR)


def _said(status: int, moved_to: str) -> Answer:
    if status in GONE:
        return Answer(LinkResult.GONE, status)
    if status >= _FIRST_SERVER_ERROR:
        return Answer(LinkResult.SERVER_ERROR, status)
    if status >= _FIRST_ERROR:
        return Answer(LinkResult.REFUSED, status)
    return Answer(LinkResult.MOVED if moved_to else LinkResult.FINE, status, moved_to)


def addresses_due(on: date, older_than: int = 0, limit: int | None = None) -> list[str]:
    """The addresses of sources whose last check is so many days old, or that have none; the oldest first."""
    named = {
        url for pair in Source.objects.values_list("url", "archived_url") for url in pair if url
    }
    checked = dict(LinkCheck.objects.values_list("url", "day"))
    latest = on - timedelta(days=older_than)
    due = [url for url in named if url not in checked or checked[url] <= latest]
    return sorted(due, key=lambda url: (checked.get(url, date.min), url))[:limit]


def _host(url: str) -> str:
    """The host and port of an address; of what is no address, the text itself."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return url


def in_turns(urls: list[str]) -> Iterator[str]:
    """Addresses in such an order that those of one host are far from each other."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(_host(url), []).append(url)
    return (url for row in zip_longest(*hosts.values()) for url in row if url)


def check_links(
    urls: list[str], on: date, asker: Asker, pause: float = PAUSE
) -> Iterator[tuple[str, LinkCheck]]:
    """Ask addresses one by one, and keep what each has answered at once; one that fails stops nothing."""
    last_asked: dict[str, float] = {}
    for url in in_turns(urls):
        host = _host(url)
        time.sleep(max(0.0, last_asked.get(host, -pause) + pause - time.monotonic()))
        answer = asker.ask(url)
        last_asked[host] = time.monotonic()
        found = {"status": answer.status, "moved_to": answer.moved_to}
        yield url, LinkCheck.note(url, on, answer.result, **found)


def forget_others() -> int:
    """Let go of the checks of addresses that no source names any more; returns how many."""
    sources = Source.objects.order_by()
    named = Q(url__in=sources.values("url")) | Q(url__in=sources.values("archived_url"))
    return LinkCheck.objects.exclude(named).delete()[0]
