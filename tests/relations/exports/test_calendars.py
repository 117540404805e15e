"""Rows as a calendar, read back by a library that did not write it."""

from datetime import date

import pytest
from django.utils import translation
from ical.calendar_stream import IcsCalendarStream

from relations.exports.calendars import write_ics
from relations.models import Agreement
from tests.factories import make_agreement, make_event, make_partnership
from tests.relations.exports.rows import SITE, selection


def read(kind: str):
    return IcsCalendarStream.calendar_from_ics(write_ics(selection(kind)).decode())


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_facts_come_back_as_they_are(atlas: None, language: str) -> None:
    with translation.override(language):
        whole = read("agreements")
        dated = {
            act: act.title.text for act in Agreement.objects.published() if len(act.signed) == 10
        }

    found = {(event.dtstart, event.summary.split("（")[0].split(" (")[0]) for event in whole.events}
    assert {(act.signed_date.earliest, title) for act, title in dated.items()} == found
    assert len(whole.events) + len(whole.journal) == Agreement.objects.published().count()


@pytest.mark.django_db
@pytest.mark.parametrize("signed", ["1986", "2013-11", "1986~", "2005-05-27~", "198X", "XXXX", ""])
def test_what_has_no_certain_day_is_a_note_without_a_date(signed: str) -> None:
    make_agreement(signed=signed)

    for kind in ("agreements", "partnerships", "timeline"):
        content = write_ics(selection(kind)).decode()
        assert "BEGIN:VJOURNAL" in content
        assert "BEGIN:VEVENT" not in content
        assert "DTSTART" not in content


@pytest.mark.django_db
def test_an_event_lasts_until_the_end_of_its_last_day() -> None:
    make_event(
        partnerships=(make_agreement(signed="").partnership,), start="2024-02-27", end="2024-02-29"
    )

    (event,) = read("timeline").events

    assert (event.dtstart, event.dtend) == (date(2024, 2, 27), date(2024, 3, 1))
    assert event.transparency == "TRANSPARENT"


@pytest.mark.django_db
def test_an_entry_keeps_its_name_and_moment_in_every_language_and_leads_to_the_page() -> None:
    act = make_agreement(signed="2005-05-27", partnership=make_partnership(slug="torino-nagoya"))
    found = []
    for language in ("it", "ja", "en"):
        with translation.override(language):
            (event,) = read("agreements").events
        assert str(event.url) == f"{SITE}/{language}/partnerships/torino-nagoya/#{act.slug}"
        found.append((event.uid, event.dtstamp, event.last_modified))

    assert len(set(found)) == 1


@pytest.mark.django_db
def test_lines_are_no_longer_than_75_octets() -> None:
    make_agreement(title_ja="姉妹都市提携の盟約書に調印した" * 6)

    with translation.override("ja"):
        content = write_ics(selection("agreements"))

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
