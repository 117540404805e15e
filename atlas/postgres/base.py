"""The engine: connections of the pool that fail fast. Django finds it by the name of this file."""

import logging
import select
from time import monotonic
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

logger = logging.getLogger(__name__)

# So long a server that could not be reached is left alone (seconds): who asks meanwhile is refused
# at once, and one request after it tries again for all.
LEFT_ALONE = 1.0


class DownError(OperationalError):
    """The server could not be reached a moment ago, and is not asked again yet."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL, from the pool where there is one."""

    # When each database that could not be reached may be asked again; one for all threads.
    _closed_until: dict[str, float] = {}
    # How many attempts of each pool to connect had failed when it was last looked at.
    _failures: dict[str, int] = {}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Take a connection that is alive, or raise an OperationalError within the pool's timeout.

        Raises DownError, without waiting, where an attempt has just failed.
        """
        self._enter()
        try:
            connection = super().get_new_connection(conn_params)
            while self.pool and _is_broken(connection):
                self.pool.putconn(connection)  # which throws it away and makes another
                connection = super().get_new_connection(conn_params)
        except OperationalError as error:
            if not isinstance(error, PoolTimeout) or self._cannot_connect():
                self._note_down(error)
            raise
        if self._closed_until.pop(self.alias, None):
            logger.warning("The database %s can be reached again.", self.alias)
        return connection

    def _note_down(self, error: OperationalError) -> None:
        if self.alias not in self._closed_until:
            logger.error("The database %s cannot be reached: %s", self.alias, error)
        self._closed_until[self.alias] = monotonic() + LEFT_ALONE

    def _enter(self) -> None:
        """Let one request try a server that was down; refuse the others until it has."""
        until = self._closed_until.get(self.alias)
        if until is None:
            return
        now = monotonic()
        if now < until:
            raise DownError(f"The database “{self.alias}” could not be reached a moment ago.")
        self._closed_until[self.alias] = now + LEFT_ALONE

    def _cannot_connect(self) -> bool:
        """Whether the pool is empty since nothing answers, and not since all its connections are in use."""
        failures = self.pool.get_stats().get("connections_errors", 0)
        known = self._failures.get(self.alias, 0)
        self._failures[self.alias] = failures
        return failures not in (0, known)


def _is_broken(connection: Any) -> bool:
    """Whether the server has hung up on a connection that lay idle.

    Between two queries a server has nothing to say: only where it has said something (most
    likely good-bye) is it asked whether it is still there. That costs no round trip.
    """
    try:
        heard = select.poll()
        heard.register(connection.fileno(), select.POLLIN)
        if heard.poll(0):
            connection.execute("")
    except (OperationalError, OSError):
        return True
    return bool(connection.closed)
