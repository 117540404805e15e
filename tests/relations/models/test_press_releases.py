"""The texts of releases are kept once, with their source and for editors alone."""

from hashlib import sha256

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError

from relations.models import PressRelease
from tests.factories import make_source

pytestmark = pytest.mark.django_db

TEXT = "Il sindaco ha firmato."


@pytest.fixture
def editor():
    return User.objects.create_user("editor", is_staff=True)


def test_a_text_is_kept_with_who_read_it_and_what_it_became(editor):
    source = make_source()

    kept = PressRelease.objects.keep(TEXT, source, editor)

    assert (kept.text, kept.sha256, kept.source, kept.read_by) == (
        TEXT,
        sha256(TEXT.encode()).hexdigest(),
        source,
        editor,
    )
    assert str(kept) == str(source)
    assert list(source.press_releases.all()) == [kept]


def test_the_same_text_of_the_same_source_is_kept_once(editor):
    source, other = make_source(), make_source()

    kept = [PressRelease.objects.keep(TEXT, each, editor) for each in (source, source, other)]

    assert kept[0] == kept[1] != kept[2]
    assert list(PressRelease.objects.of_text(TEXT)) == [kept[0], kept[2]]
    assert not PressRelease.objects.of_text(f"{TEXT} ").exists()
    with pytest.raises(IntegrityError):
        PressRelease.objects.create(text="", sha256=kept[0].sha256, source=source)


def test_a_text_goes_with_its_source_and_stays_without_its_reader(editor):
    source = make_source()
    kept = PressRelease.objects.keep(TEXT, source, editor)

    editor.delete()
    kept.refresh_from_db()

    assert kept.read_by is None
    source.delete()
    assert not PressRelease.objects.exists()


def test_editors_and_publishers_may_see_them_and_nobody_may_write_them_by_hand(groups):
    found = {
        group.name: sorted(
            group.permissions.filter(content_type__model="pressrelease").values_list(
                "codename", flat=True
            )
        )
        for group in Group.objects.all()
    }

    assert found == {"Editors": ["view_pressrelease"], "Publishers": ["view_pressrelease"]}
