"""The public reads what is public and nothing else; the desk changes rows and no table: PostgreSQL sees to it."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from relations import roles, sitemaps
from relations.models import Place
from tests.factories import make_agreement, make_italian_city

# A role belongs to the whole server, where others may be at the same tests.
READER, DESK = f"test_reader_{os.getpid()}", f"test_desk_{os.getpid()}"

# One of each kind of address that the sitemap does not name.
OTHERS = (
    *("/robots.txt", "/sitemap.xml", "/catalog.ttl", "/api/v1/openapi.json"),
    *(f"/en/{name}.{suffix}" for name in ("partnerships", "places") for suffix in ("csv", "xlsx", "json", "geojson")),
    *(f"/en/{name}.json" for name in ("agreements", "timeline", "sectors", "sources", "anniversaries/2026")),
    *(f"/en/{name}/take-away/" for name in ("agreements", "partnerships/torino-nagoya")),
    *("/en/agreements.ics", "/en/timeline.atom", "/en/changes.atom", "/en/anniversaries.ics"),
    *(f"/en/partnerships/torino-nagoya.{suffix}" for suffix in ("json", "csv", "png")),
    *("/partnerships/torino-nagoya.ttl", "/places/torino.jsonld", "/en/partnerships/torino-nagoya/changes/"),
    *("/en/?q=torino&sector=culture", "/en/agreements/?q=%E5%A7%89%E5%A6%B9", "/en/matrix.csv", "/en/home.png"),
    *(f"/en/embed/{name}/" for name in ("map", "timeline", "place/torino", "partnership/torino-nagoya")),
    *(f"/data/{name}" for name in ("citations.csv", "places.geojson", "csv-metadata.json")),
    *(f"/api/v1/{name}" for name in ("partnerships", "agreements", "events", "places", "sectors", "sources", "citations", "facets")),
    "/oembed?url=http://testserver/en/partnerships/torino-nagoya/&format=json",
)  # fmt: skip

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def made() -> None:
    """The two roles, until the end of the test."""
    call_command("create_roles", "--reader", READER, "--desk", DESK, verbosity=0)


@contextmanager
def signed_in_as(role: str) -> Iterator[None]:
    """Do what follows with the rights of a role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def refusal(role: str, statement: str) -> str:
    """What PostgreSQL says to a statement; empty where it does as it is told."""
    with signed_in_as(role):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError as error:
            return str(error).splitlines()[0]
    return ""


@pytest.mark.usefixtures("whole_atlas", "made")
def test_every_public_page_is_made_of_what_the_reader_may_read(client: Client) -> None:
    named = [client.get(f"/sitemap-{name}.xml").content.decode() for name in sitemaps.SECTIONS]
    pages = re.findall("<loc>http://testserver(/en/[^<]*)</loc>", "".join(named))

    with signed_in_as(READER):
        failed = [page for page in (*pages, *OTHERS) if client.get(page).status_code != 200]

    assert len(pages) > 300
    assert failed == []


@pytest.mark.usefixtures("made")
def test_the_reader_reads_no_other_table() -> None:
    public = set(roles.public_tables())
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}  # noqa: SLF001 # documented API

    readable = {name for name in tables if not refusal(READER, f"TABLE {name}")}

    assert readable == public - {roles.MIGRATIONS}
    assert not [
        name
        for name in public
        if re.search("auth|session|otp|axes|histor|upload|pressrelease", name)
    ]


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("UPDATE relations_place SET slug = 'x'", "permission denied for table relations_place"),
        ("DELETE FROM relations_citation", "permission denied for table relations_citation"),
        ("TRUNCATE relations_event CASCADE", "permission denied for table relations_event"),
        ("INSERT INTO relations_sector (code) VALUES ('x')", "permission denied for table relations_sector"),
        ("SELECT password FROM auth_user", "permission denied for table auth_user"),
        ("SELECT history_user_id FROM relations_historicalplace", "permission denied for table relations_historicalplace"),
        ("SELECT text FROM relations_pressrelease", "permission denied for table relations_pressrelease"),
        ("CREATE TABLE mine ()", "permission denied for schema public"),
        ("DROP TABLE relations_event", "must be owner of table relations_event"),
    ],
)  # fmt: skip
def test_the_reader_is_refused_by_the_database(statement: str, complaint: str) -> None:
    assert refusal(READER, statement) == complaint


@pytest.mark.usefixtures("made")
def test_the_reader_signs_in_to_read_only_and_not_for_long() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unnest(setconfig) FROM pg_db_role_setting JOIN pg_roles r ON r.oid = setrole WHERE rolname = %s",
            [READER],
        )
        found = {line for (line,) in cursor.fetchall()}

    assert found == {
        "default_transaction_read_only=on",
        "statement_timeout=10s",
        "idle_in_transaction_session_timeout=30s",
    }


@pytest.mark.usefixtures("made")
def test_the_desk_works_as_it_does(admin_client: Client) -> None:
    act = make_agreement(state="draft")
    page = f"/admin/relations/agreement/{act.pk}/change/"

    with signed_in_as(DESK):
        answers = [admin_client.get(page).status_code, admin_client.get("/admin/").status_code]
        act.title_en = "Another title"
        act.save()
        make_italian_city(slug="torino")
        Place.objects.filter(slug="torino").delete()

    assert answers == [200, 200]
    assert type(act).objects.get().title_en == "Another title"
    assert not Place.objects.filter(slug="torino").exists()


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("CREATE TABLE mine ()", "permission denied for schema public"),
        ("ALTER TABLE auth_user ADD mine int", "must be owner of table auth_user"),
        ("DROP TABLE relations_event", "must be owner of table relations_event"),
        ("DELETE FROM django_migrations", "permission denied for table django_migrations"),
        ("CREATE ROLE mine", "permission denied to create role"),
    ],
)
def test_the_desk_changes_no_table(statement: str, complaint: str) -> None:
    assert refusal(DESK, statement) == complaint


@pytest.mark.usefixtures("made")
def test_a_table_to_come_is_the_desks_and_not_the_publics() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE to_come (id int)")

    assert refusal(DESK, "INSERT INTO to_come VALUES (1)") == ""
    assert refusal(READER, "SELECT FROM to_come") == "permission denied for table to_come"


def _verifier(role: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [role])
        return str(cursor.fetchone()[0])


def test_a_password_comes_from_a_file_and_stays_when_none_is_given(
    tmp_path: Path, django_assert_max_num_queries
) -> None:
    path = tmp_path / "password"
    path.write_text("s3cret\n", encoding="utf-8")
    names = ("--reader", READER, "--desk", DESK)

    with django_assert_max_num_queries(100) as queries:
        call_command("create_roles", *names, "--reader-password-file", path, verbosity=0)
    first = _verifier(READER)
    call_command("create_roles", *names, verbosity=0)

    assert first is not None
    assert first.startswith("SCRAM-SHA-256$")
    assert _verifier(READER) == first
    assert not [query for query in queries.captured_queries if "s3cret" in query["sql"]]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--reader", "one", "--desk", "one"), "Both roles are called 'one'. Give them two names."),
        (
            ("--desk-password-file", "/no/such"),
            "The file /no/such cannot be read: No such file or directory.",
        ),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("create_roles", *arguments)

    assert str(caught.value) == complaint


@pytest.mark.usefixtures("made")
def test_who_may_make_no_roles_is_told() -> None:
    with signed_in_as(DESK), pytest.raises(CommandError) as caught:
        call_command("create_roles", "--reader", f"{READER}_2", "--desk", f"{DESK}_2")

    assert str(caught.value).startswith("PostgreSQL refuses: permission denied to create role")
    assert str(caught.value).endswith("who needs CREATEROLE.")
