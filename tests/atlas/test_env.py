"""The environment is read strictly: a bad value stops the start with a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from atlas import env


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAME", raising=False)
    monkeypatch.delenv("NAME_FILE", raising=False)


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_takes_the_default(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NAME", value)

    assert env.text("NAME", default="local") == "local"


def test_a_text_loses_its_surrounding_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", " Torino ")

    assert env.text("NAME", default=None) == "Torino"


@pytest.mark.parametrize("read", [env.text, env.items, env.secret])
def test_a_required_variable_must_be_set(read) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        read("NAME", default=None)

    assert str(caught.value) == "NAME is not set. Set it: there is no default."


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("true", True), ("True", True), ("0", False), ("false", False)],
)
def test_a_flag_is_one_or_zero(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("NAME", value)

    assert env.flag("NAME", default=not expected) is expected


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_not_set_takes_its_default(default: bool) -> None:
    assert env.flag("NAME", default=default) is default


@pytest.mark.parametrize("value", ["yes", "2", "on"])
def test_a_flag_that_is_neither_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("NAME", value)

    with pytest.raises(ImproperlyConfigured) as caught:
        env.flag("NAME", default=False)

    assert str(caught.value) == f"NAME is '{value}'. Expected 1 or 0."


def test_an_integer_may_equal_its_minimum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "3")

    assert env.integer("NAME", default=9, minimum=3) == 3


def test_an_integer_that_is_not_set_takes_its_default() -> None:
    assert env.integer("NAME", default=9, minimum=3) == 9


@pytest.mark.parametrize("value", ["2", "-3", "3.5", "three"])
def test_an_integer_too_low_or_not_whole_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("NAME", value)

    with pytest.raises(ImproperlyConfigured) as caught:
        env.integer("NAME", default=9, minimum=3)

    assert str(caught.value) == f"NAME is '{value}'. Expected a whole number, 3 or more."


def test_items_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "atlas.example, www.atlas.example")

    assert env.items("NAME", default=None) == ["atlas.example", "www.atlas.example"]


@pytest.mark.parametrize("default", [[], ["localhost", "[::1]"]])
def test_items_that_are_not_set_take_their_default(default: list[str]) -> None:
    assert env.items("NAME", default=default) == default


def test_an_empty_item_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "atlas.example,")

    with pytest.raises(ImproperlyConfigured) as caught:
        env.items("NAME", default=[])

    assert str(caught.value) == (
        "NAME is 'atlas.example,'. Expected items separated by commas, none empty."
    )


def test_a_secret_may_be_given_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "s3cret")

    assert env.secret("NAME", default=None) == "s3cret"


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("s3cret\n", encoding="utf-8")
    monkeypatch.setenv("NAME_FILE", str(path))

    assert env.secret("NAME", default="local") == "s3cret"


def test_a_secret_given_twice_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NAME", "s3cret")
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "key"))

    with pytest.raises(ImproperlyConfigured) as caught:
        env.secret("NAME", default=None)

    assert str(caught.value) == "NAME and NAME_FILE are both set. Keep one."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "Expected a file that can be read: No such file or directory."),
        (b"\xff", "Expected a file that can be read: it is not UTF-8 text."),
    ],
)
def test_a_secret_file_that_cannot_be_read_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("NAME_FILE", str(path))

    with pytest.raises(ImproperlyConfigured) as caught:
        env.secret("NAME", default=None)

    assert str(caught.value) == f"NAME_FILE is '{path}'. {reason}"


def test_an_empty_secret_file_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "key"
    path.touch()
    monkeypatch.setenv("NAME_FILE", str(path))

    with pytest.raises(ImproperlyConfigured) as caught:
        env.secret("NAME", default="local")

    assert str(caught.value) == f"NAME_FILE is '{path}', and that file is empty."


def test_a_database_is_a_file_when_nothing_is_set() -> None:
    config = env.database("NAME", default="sqlite:////srv/atlas.sqlite3")

    assert (config["ENGINE"], config["NAME"], config["CONN_MAX_AGE"]) == (
        "django.db.backends.sqlite3",
        "/srv/atlas.sqlite3",
        600,
    )


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_reached_through_a_pool(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("NAME", f"{scheme}://editor:p%40ss@db:5433/atlas")

    config = env.database("NAME", default="sqlite://", pool_size=6)

    assert config == {
        "ENGINE": "atlas.postgres",
        "USER": "editor",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": 5433,
        "NAME": "atlas",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {
            "options": "-c jit=off",
            "connect_timeout": 2,
            "tcp_user_timeout": 2000,
            "keepalives_idle": 5,
            "keepalives_interval": 1,
            "keepalives_count": 2,
            "pool": {"min_size": 1, "max_size": 6, "timeout": 1, "reconnect_timeout": 2},
        },
    }


def test_without_a_pool_connections_to_postgresql_are_kept_and_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NAME", "postgres://editor@db/atlas")

    config = env.database("NAME", default="sqlite://", pool_size=0)

    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"]) == (600, True)
    assert "pool" not in config["OPTIONS"]


def test_options_in_a_database_url_go_before_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "postgres://editor@db/atlas?connect_timeout=9&sslmode=verify-full")

    options = env.database("NAME", default="sqlite://")["OPTIONS"]

    assert (options["connect_timeout"], options["sslmode"]) == (9, "verify-full")


def test_there_are_no_replicas_when_nothing_is_set() -> None:
    assert env.replicas("NAME", pool_size=4) == {}


def test_replicas_are_numbered_and_wait_for_no_query_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NAME", "postgres://reader@one/atlas, postgres://reader@two/atlas")

    found = env.replicas("NAME", pool_size=4)

    assert {alias: config["HOST"] for alias, config in found.items()} == {
        "replica_1": "one",
        "replica_2": "two",
    }
    assert {config["OPTIONS"]["options"] for config in found.values()} == {
        "-c jit=off -c statement_timeout=10s"
    }


def test_a_replica_is_no_sqlite_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "sqlite:////srv/atlas.sqlite3")

    with pytest.raises(ImproperlyConfigured) as caught:
        env.replicas("NAME", pool_size=4)

    assert str(caught.value) == "NAME names SQLite. Only PostgreSQL has replicas."


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("atlas.sqlite3", "NAME does not name a database."),
        ("mysql://editor:p@db/atlas", "NAME does not name a database."),
        ("postgres://editor:p@db:port/atlas", "NAME cannot be read."),
        ("postgres://editor:p@db:5432/", "NAME names no database."),
    ],
)
def test_a_bad_database_url_stops_the_start_and_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, url: str, complaint: str
) -> None:
    monkeypatch.setenv("NAME", url)

    with pytest.raises(ImproperlyConfigured) as caught:
        env.database("NAME", default="sqlite://")

    assert str(caught.value) == (
        f"{complaint} Expected sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME."
    )


def test_a_choice_is_one_of_a_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    among = ("off", "offered")
    found = [env.choice("NAME", default="off", among=among)]
    monkeypatch.setenv("NAME", " Offered ")
    found.append(env.choice("NAME", default="off", among=among))

    assert found == ["off", "offered"]


def test_a_choice_that_is_none_of_them_says_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "on")

    with pytest.raises(ImproperlyConfigured) as caught:
        env.choice("NAME", default="off", among=("off", "offered"))

    assert str(caught.value) == "NAME is 'on'. Expected one of: off, offered."


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        ("https://atlas.example.org", "https://atlas.example.org"),
        ("https://atlas.example.org/", "https://atlas.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_an_origin_is_a_scheme_and_a_host(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: str
) -> None:
    monkeypatch.setenv("NAME", value)

    assert env.origin("NAME", default="") == expected


@pytest.mark.parametrize(
    "value", ["atlas.example.org", "ftp://atlas.example.org", "https://a.org/it", "https://", "//a"]
)
def test_an_origin_that_is_none_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("NAME", value)

    with pytest.raises(ImproperlyConfigured) as caught:
        env.origin("NAME", default="")

    assert str(caught.value) == (
        f"NAME is {value.removesuffix('/')!r}. Expected a scheme and a host, such as https://atlas.example.org."
    )


def test_a_database_url_may_stand_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "url").write_text("postgres://atlas:secret@database:5432/atlas\n", encoding="utf-8")
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "url"))

    config = env.database("NAME", default="sqlite:////srv/atlas.sqlite3")

    assert (config["HOST"], config["PASSWORD"], config["NAME"]) == ("database", "secret", "atlas")


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.replicas("NAME", pool_size=1), "postgres://a:secret@one/atlas,,"),
        (lambda: env.urls("NAME"), "https://a.example/?key=secret,"),
        (lambda: env.urls("NAME"), "ftp://a.example/?key=secret"),
    ],
)
def test_no_message_repeats_an_address_that_may_hold_a_secret(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object], value: str
) -> None:
    monkeypatch.setenv("NAME", value)

    with pytest.raises(ImproperlyConfigured, match="NAME cannot be read") as caught:
        read()

    assert "secret" not in str(caught.value)
