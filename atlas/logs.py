"""What is written down: events of the site and, where wanted, one line for each request. Nothing in it is personal.

No line holds an address of a reader, a browser's name, a cookie, or what stands after the `?`
of an address, where readers type. Lines of one request share its number, which the answer
carries too (`X-Request-ID`), so that a reader can quote it.

Knows nothing of Django, so that `gunicorn.conf.py` can write in the same form:

    logconfig_dict = logs.configuration(os.environ.get("LOG_FORMAT", "plain"))
"""

import logging
import re
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

FORMATS = ("plain", "json")
# What a proxy may have called the request: enough for a UUID or a trace, too little for a text.
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")
# A path that is longer was written by no page of ours.
LONGEST_PATH = 200

request_id: ContextVar[str] = ContextVar("request_id", default="-")


def identify(given: str | None) -> str:
    """The number of a request: that of the proxy if it is well formed, else a new one of 32 hexadecimal digits."""
    return given if given and WELL_FORMED.fullmatch(given) else uuid4().hex


def printable(path: str) -> str:
    """A path that cannot begin a line of its own, nor turn round the text after it, nor fill the disk."""
    cut = path[:LONGEST_PATH]
    return cut if cut.isprintable() else cut.encode("unicode_escape").decode("ascii")


class AddRequestId(logging.Filter):
    """Give each line the number of the request in which it is written; `-` outside of any."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass."""
        record.request_id = request_id.get()
        return True


class OnlyFailures(logging.Filter):
    """Drop what Django takes for a failure and is an answer: 501, which oEmbed asks for (`relations.views.oembed`)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let a line pass that is not about such an answer."""
        return getattr(record, "status_code", None) != HTTPStatus.NOT_IMPLEMENTED


class OneLine(JsonFormatter):
    """A line as a JSON object: time (UTC), level, logger, message, request_id, then what is its own."""

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "message", "request_id"],
            rename_fields={"levelname": "level", "name": "logger"},
            # Django passes the request along, whose text has the query string in it.
            reserved_attrs=[*RESERVED_ATTRS, "request"],
            timestamp="time",
        )


def configuration(form: str) -> dict[str, Any]:
    """The logging of a process in one of `FORMATS`, for `logging.config.dictConfig`: all to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": AddRequestId},
            "only_failures": {"()": OnlyFailures},
        },
        "formatters": {
            "plain": {
                "format": "{asctime} {levelname} {name} [{request_id}]: {message}",
                "style": "{",
            },
            "json": {"()": OneLine},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["request_id"],
            }
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            # Who signed in, published or withdrew what, by the number of the account.
            "atlas.desk": {"level": "INFO"},
            # Written where LOG_REQUESTS is on, and by nobody else.
            "atlas.requests": {"level": "INFO"},
            # Django's own would write each line twice, and mail errors to nobody.
            "django": {"handlers": [], "level": "WARNING"},
            # What a reader got wrong is in the line of the request. Not an error of ours.
            "django.request": {"level": "ERROR", "filters": ["only_failures"]},
            # Anybody can ask for any host, with any number of parameters, or for longer than can be
            # said in a redirect, as often as they like.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.security.DisallowedRedirect": {"level": "CRITICAL"},
            "django.security.TooManyFieldsSent": {"level": "CRITICAL"},
            # It would name accounts and addresses.
            "axes": {"level": "CRITICAL"},
            # A line for each attempt, while a database is down; atlas.postgres writes one in all.
            "psycopg.pool": {"level": "ERROR"},
            "gunicorn.error": {"level": "INFO"},
        },
    }
