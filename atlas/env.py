"""Strict readers of the environment.

A variable that is unset or empty takes its default; `default=None` makes it required.
Anything else that cannot be read stops the start with a sentence saying which variable,
what it was, and what was expected.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

FLAGS = {"1": True, "true": True, "0": False, "false": False}
DATABASES = ("sqlite", "postgres", "postgresql")
ENGINE = "atlas.postgres"  # of PostgreSQL
PERSIST = 600  # seconds that a connection is kept for the next request, where there is no pool
# A server that is gone is noticed in two seconds (psycopg knows no less): while connecting, while
# nothing comes back for what was sent (in ms), and by itself between the two.
IMPATIENT = {
    "connect_timeout": 2,
    "tcp_user_timeout": 2000,
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 2,
}


def text(name: str, *, default: str | None) -> str:
    """Return the variable without surrounding blanks."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it: there is no default.")
    return default


def flag(name: str, *, default: bool) -> bool:
    """Read a yes or no, written 1 or 0 (or true or false)."""
    value = text(name, default=str(default))
    if value.lower() not in FLAGS:
        raise ImproperlyConfigured(f"{name} is {value!r}. Expected 1 or 0.")
    return FLAGS[value.lower()]


def origin(name: str, *, default: str) -> str:
    """Read a scheme and a host, such as https://atlas.example.org; a slash at the end is taken off."""
    value = text(name, default=default).removesuffix("/")
    parts = urlsplit(value)
    rest = (parts.path, parts.query, parts.fragment)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or any(rest)):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Expected a scheme and a host, such as https://atlas.example.org."
        )
    return value


def integer(name: str, *, default: int, minimum: int) -> int:
    """Read a whole number that is not below `minimum`."""
    value = text(name, default=str(default))
    expected = f"Expected a whole number, {minimum} or more."
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}. {expected}") from None
    if number < minimum:
        raise ImproperlyConfigured(f"{name} is {value!r}. {expected}")
    return number


def choice(name: str, *, default: str, among: tuple[str, ...]) -> str:
    """Read one of a few words."""
    value = text(name, default=default).lower()
    if value not in among:
        raise ImproperlyConfigured(f"{name} is {value!r}. Expected one of: {', '.join(among)}.")
    return value


def items(name: str, *, default: list[str] | None, hidden: bool = False) -> list[str]:
    """Read a list, separated by commas; what may hold a password is `hidden` from the message."""
    value = text(name, default=None if default is None else "")
    if not value:
        return default or []
    found = [item.strip() for item in value.split(",")]
    if not all(found):
        held = "cannot be read" if hidden else f"is {value!r}"
        raise ImproperlyConfigured(
            f"{name} {held}. Expected items separated by commas, none empty."
        )
    return found


def urls(name: str) -> list[str]:
    """Read addresses of the web, separated by commas; none where the variable is not set.

    No message repeats them, since they may hold a key.
    """
    found = items(name, default=[], hidden=True)
    for url in found:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ImproperlyConfigured(
                f"{name} cannot be read. Expected addresses such as https://cdn.example.org/purge."
            )
    return found


def secret(name: str, *, default: str | None) -> str:
    """Read a secret from the variable, or from the file that NAME_FILE names.

    No message repeats the secret itself.
    """
    path = text(f"{name}_FILE", default="")
    if not path:
        return text(name, default=default)
    if text(name, default=""):
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Keep one.")
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ImproperlyConfigured(
            f"{name}_FILE is {path!r}. Expected a file that can be read: {reason}."
        ) from None
    if not value:
        raise ImproperlyConfigured(f"{name}_FILE is {path!r}, and that file is empty.")
    return value


def database(name: str, *, default: str, pool_size: int = 0) -> dj_database_url.DBConfig:
    """Read a database URL: sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME.

    PostgreSQL is reached through a pool of at most `pool_size` connections for each process;
    with 0, each thread keeps its own. The URL may stand in the file that NAME_FILE names; no
    message repeats it, since it may hold a password.
    """
    return _database(name, secret(name, default=default), pool_size)


def replicas(name: str, *, pool_size: int) -> dict[str, dj_database_url.DBConfig]:
    """Read the URLs of the primary's replicas, separated by commas: `replica_1` and so on."""
    found = [_database(name, url, pool_size) for url in items(name, default=[], hidden=True)]
    if any(config["ENGINE"] != ENGINE for config in found):
        raise ImproperlyConfigured(f"{name} names SQLite. Only PostgreSQL has replicas.")
    for config in found:
        config["TEST"] = {"MIRROR": "default"}
        # What is read there is public, and nobody waits so long for a page.
        config["OPTIONS"]["options"] += " -c statement_timeout=10s"
    return {f"replica_{number}": config for number, config in enumerate(found, start=1)}


def _database(name: str, url: str, pool_size: int) -> dj_database_url.DBConfig:
    expected = "Expected sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME."
    scheme = url.partition(":")[0]
    if scheme not in DATABASES:
        raise ImproperlyConfigured(f"{name} does not name a database. {expected}")
    engine = None if scheme == "sqlite" else ENGINE
    try:
        # ParseError and an impossible port are both a ValueError.
        config = dj_database_url.parse(url, engine=engine)
    except ValueError:
        raise ImproperlyConfigured(f"{name} cannot be read. {expected}") from None
    if not config.get("NAME"):
        raise ImproperlyConfigured(f"{name} names no database. {expected}")
    options = config.setdefault("OPTIONS", {})
    if scheme == "sqlite":
        # One writes at a time, and who saves during an import waits for it (seconds). A transaction
        # asks for that at once: one that has read before it writes would be refused without waiting.
        options.update(timeout=30, transaction_mode="IMMEDIATE")
        # To open the file takes eight times as long as to read a row of it.
        config["CONN_MAX_AGE"] = PERSIST
        return config
    # Compiling a query takes longer than any of ours takes to run.
    config["OPTIONS"] = IMPATIENT | {"options": "-c jit=off"} | options
    if pool_size:
        # Connections are made as they are needed. One is waited for a second; one that cannot be
        # made is given up soon, since the next request asks for another.
        pool = {"min_size": 1, "max_size": pool_size, "timeout": 1, "reconnect_timeout": 2}
        config["OPTIONS"]["pool"] = pool
    else:
        config.update({"CONN_MAX_AGE": PERSIST, "CONN_HEALTH_CHECKS": True})
    return config


def page_cache(name: str, *, most: int) -> dict[str, object]:
    """Read a Redis URL, redis://[:PASSWORD@]HOST:PORT/NUMBER, as a cache; without one the memory of the process, for so many entries.

    No message repeats the URL, which may hold a password.
    """
    url = secret(name, default="")
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "pages",
            "OPTIONS": {"MAX_ENTRIES": most},
        }
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured(
            f"{name} does not name a Redis server. Expected redis://:PASSWORD@HOST:PORT/NUMBER."
        )
    from redis.backoff import NoBackoff  # noqa: PLC0415 # only where there is a server
    from redis.retry import Retry  # noqa: PLC0415

    # A server that hangs must not hold up a page, which takes milliseconds to make (seconds).
    patience = {
        "socket_connect_timeout": 0.25,
        "socket_timeout": 0.5,
        "retry": Retry(NoBackoff(), 0),
    }
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": patience,
    }
