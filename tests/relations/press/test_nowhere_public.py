"""The text of a release is shown to editors and to nobody else, in no format."""

import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from relations import roles, sitemaps
from relations.models import PressRelease, Source
from relations.releases import make
from tests.relations.releases.rows import SITE
from tests.relations.test_roles import OTHERS

pytestmark = pytest.mark.django_db

WORDS = "Parole che stanno soltanto nel comunicato"


@pytest.fixture
def kept(atlas: None) -> PressRelease:
    """The text of a source that public pages cite."""
    editor = User.objects.create_user("editor")
    return PressRelease.objects.keep(WORDS, Source.objects.get(slug="la-spezia-2025-09-24"), editor)


def holds(content: bytes, kept: PressRelease) -> bool:
    return WORDS.encode() in content or kept.sha256.encode() in content


def test_no_public_address_has_it(kept: PressRelease, client: Client) -> None:
    named = [client.get(f"/sitemap-{name}.xml").content.decode() for name in sitemaps.SECTIONS]
    pages = [*re.findall("<loc>http://testserver(/en/[^<]*)</loc>", "".join(named)), *OTHERS]

    answers = {page: client.get(page) for page in pages}

    assert any(kept.source.title.encode() in content_of(answer) for answer in answers.values())
    assert [page for page, answer in answers.items() if holds(content_of(answer), kept)] == []


def content_of(answer: object) -> bytes:
    is_sent_in_parts = getattr(answer, "streaming", False)
    return b"".join(answer.streaming_content) if is_sent_in_parts else answer.content  # type: ignore[attr-defined]


def test_no_release_and_no_dump_has_it(kept: PressRelease, tmp_path: Path) -> None:
    call_command("dump_atlas", tmp_path / "dump", verbosity=0)
    with ZipFile(make(tmp_path, SITE, date(2026, 11, 30)).path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files |= {str(path): path.read_bytes() for path in (tmp_path / "dump").iterdir()}

    assert any(kept.source.slug.encode() in content for content in files.values())
    assert [name for name, content in files.items() if holds(content, kept)] == []


def test_the_role_that_reads_in_public_does_not_read_its_table() -> None:
    assert PressRelease._meta.db_table not in roles.public_tables()  # noqa: SLF001 # public in all but name
