"""Rows as a feed, read back by a library that did not write it."""

import feedparser
import pytest
from django.utils import translation

from relations.exports.entries import write_atom
from relations.models import Agreement
from tests.factories import make_agreement, make_event, make_partnership
from tests.relations.exports.rows import SITE, selection


def read(kind: str) -> feedparser.FeedParserDict:
    found = feedparser.parse(write_atom(selection(kind)))
    assert not found.bozo
    return found


@pytest.mark.parametrize("kind", ["partnerships", "agreements", "timeline"])
@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_each_row_is_an_entry_with_a_name_of_its_own(
    whole_atlas: None, kind: str, language: str
) -> None:
    with translation.override(language):
        made = selection(kind)
        found = read(kind)

    assert len(found.entries) == made.count
    assert len({entry.id for entry in found.entries}) == made.count
    assert {link.rel: link.href for link in found.feed.links} == {
        "alternate": made.page,
        "self": made.address,
    }
    assert found.feed.language == language


@pytest.mark.django_db
def test_an_entry_says_when_it_was_signed_and_no_more() -> None:
    make_agreement(signed="1986", partnership=make_partnership(slug="a-b"), slug="a-b-1986")

    with translation.override("en"):
        (entry,) = read("agreements").entries

    assert "Signed: 1986." in entry.summary
    assert "January" not in entry.summary
    assert entry.link == f"{SITE}/en/partnerships/a-b/#a-b-1986"


@pytest.mark.django_db
def test_the_moment_of_an_entry_is_that_of_its_last_change() -> None:
    act = make_agreement()
    event = make_event(partnerships=(act.partnership,))
    Agreement.objects.filter(pk=act.pk).update(changed="2026-01-02T03:04:05Z")
    type(event).objects.filter(pk=event.pk).update(changed="2026-02-02T03:04:05Z")

    (entry,) = read("partnerships").entries

    assert entry.updated.startswith("2026-02-02")
