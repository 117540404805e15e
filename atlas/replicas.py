"""Public pages read from a replica of the database; the desk keeps to the primary.

A request reads from one database only, so that the version of the data and the data agree. It
chooses at its first query: a replica that is up to date, else the primary, else a replica that is
behind. Where that database is lost in its middle, the request is run once more on another: it
only reads, so nobody can tell.

Code that asks for rows need not know: `Router` answers Django's question where to read. There is
one thing to keep in mind: what a public page reads, it reads through the ORM, or through the alias
that `router.db_for_read` gives, and not through `django.db.connection`.
"""

import logging
import random
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from copy import copy
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from atlas.desk import is_of_the_desk
from atlas.postgres import is_given_up

logger = logging.getLogger(__name__)

LEFT_ALONE = 5.0  # seconds, for a replica that could not be reached or broke off
CHECKED_EVERY = 1.0  # seconds between two looks at how far behind a replica is, in each process
UNREACHABLE = (OperationalError, InterfaceError)

# How many seconds a replica is behind. Where the primary has nothing to do, the last transaction is
# long ago: who has replayed all that came, and is connected, is up to date.
LAG = """
SELECT CASE
  WHEN NOT pg_is_in_recovery() THEN 0
  WHEN pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn()
    AND EXISTS (SELECT FROM pg_stat_wal_receiver) THEN 0
  ELSE coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 'Infinity')
END::float"""


class Replica:
    """What this process knows of one replica."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self._left_alone_until = 0.0
        self._checked = 0.0
        self._is_behind = False

    def is_ready(self) -> bool:
        """Whether a request can read there now; this connects to it."""
        now = monotonic()
        if now < self._left_alone_until:
            return False
        try:
            connection = connections[self.alias]
            if _note_cancelled not in connection.execute_wrappers:
                connection.execute_wrappers.append(_note_cancelled)
            connection.ensure_connection()
            if now - self._checked >= CHECKED_EVERY:
                self._checked = now  # first: other threads go by what was known
                self._look()
        except UNREACHABLE as error:
            self.leave_alone(error)
            return False
        return not self._is_behind

    def is_there(self) -> bool:
        """Whether it can be reached, however far behind."""
        return monotonic() >= self._left_alone_until

    def leave_alone(self, why: object) -> None:
        """Ask it nothing for some seconds."""
        self._left_alone_until = monotonic() + LEFT_ALONE
        self._checked = 0.0
        logger.warning("The database %s is left alone for %g s: %s", self.alias, LEFT_ALONE, why)
        _close(self.alias)

    def _look(self) -> None:
        with connections[self.alias].cursor() as cursor:
            cursor.execute(LAG)
            [lag] = cursor.fetchone()
        is_behind = lag > settings.REPLICA_MAX_LAG
        if is_behind != self._is_behind:
            logger.warning("The database %s is %.0f s behind.", self.alias, lag)
        self._is_behind = is_behind


class Replicas:
    """The replicas that this process may read from, in its own order.

    It stays with the first that is ready, since one that goes from one to the other would see two
    versions of the data by turns and make its pages anew; other processes begin with others.
    """

    def __init__(self) -> None:
        self._by_alias = {alias: Replica(alias) for alias in settings.DATABASE_REPLICAS}
        self._order = random.sample(list(self._by_alias.values()), len(self._by_alias))

    def choose(self, avoided: set[str]) -> str:
        """The database that a request reads from, but none of those on which it has failed."""
        left = [replica for replica in self._order if replica.alias not in avoided]
        for replica in left:
            if replica.is_ready():
                return replica.alias
        behind = [replica for replica in left if replica.is_there()]
        if behind and (DEFAULT_DB_ALIAS in avoided or not _can_connect(DEFAULT_DB_ALIAS)):
            return behind[0].alias
        return DEFAULT_DB_ALIAS

    def leave_alone(self, alias: str, why: object) -> None:
        """Note that a database broke off."""
        if alias in self._by_alias:
            self._by_alias[alias].leave_alone(why)
        else:
            _close(alias)


class Reading:
    """From where one request reads: chosen when it first does, and then kept."""

    def __init__(self, replicas: Replicas, avoided: set[str]) -> None:
        self._replicas = replicas
        self._avoided = avoided
        self.alias = ""
        self.was_cancelled = False

    def choose(self) -> str:
        """The alias of the database."""
        if not self.alias:
            self.alias = self._replicas.choose(self._avoided)
        return self.alias

    def is_lost(self) -> bool:
        """Whether the database broke off, or cancelled a query, while the request read from it.

        Told by the connection, since who asked may have answered an error by something else.
        """
        if not self.alias:
            return False
        connection = connections[self.alias]
        return self.was_cancelled or (connection.errors_occurred and _is_closed(connection))


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


class Router:
    """Tells Django where to read: what the request at hand has chosen, or else the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:  # noqa: ARG002 # as Django calls it
        """The alias of the database; None leaves it to Django, which takes the primary."""
        reading = _reading.get()
        return reading.choose() if reading else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str:  # noqa: ARG002 # likewise
        """The primary."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:  # noqa: ARG002 # likewise
        """All rows are of the same database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:  # noqa: ARG002 # likewise
        """Replicas follow the primary."""
        return db == DEFAULT_DB_ALIAS


class ReadFromReplicas:
    """Middleware: lets every request that reads a public page choose where, and run once more elsewhere.

    It stands before whatever asks for the version of the data.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.replicas = Replicas()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, from another database if the first one is lost."""
        if request.method not in ("GET", "HEAD") or is_of_the_desk(request):
            return self.get_response(request)
        untouched = copy(request)
        lost: set[str] = set()
        while True:
            reading = Reading(self.replicas, lost)
            token = _reading.set(reading)
            try:
                response = self.get_response(request)
            finally:
                _reading.reset(token)
            if not reading.is_lost() or reading.alias in lost:
                return response
            self.replicas.leave_alone(reading.alias, "it was lost in the middle of a request")
            lost.add(reading.alias)
            request = copy(untouched)  # what was noted on it belongs to an answer that nobody gets


def _note_cancelled(execute: Callable[..., Any], *arguments: Any) -> Any:
    """Run a query of a replica, and note when the replica had to cancel it."""
    try:
        return execute(*arguments)
    except OperationalError as error:
        reading = _reading.get()
        if reading and is_given_up(error):
            reading.was_cancelled = True
        raise


def _is_closed(connection: BaseDatabaseWrapper) -> bool:
    return connection.connection is None or bool(connection.connection.closed)


def _can_connect(alias: str) -> bool:
    try:
        connections[alias].ensure_connection()
    except UNREACHABLE:
        return False
    return True


def _close(alias: str) -> None:
    """Give a connection back to the pool, which throws away a broken one."""
    with suppress(Error):
        connections[alias].close()
