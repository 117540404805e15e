"""Calendars and feeds, read back by programs that had no part in writing them."""

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.test import Client
from ical.calendar_stream import CalendarStream
from icalendar import Calendar

from relations.enums import AgreementKind, EventKind, PublicationState, Renewal
from relations.models import Agreement, Event
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
)

LANGUAGES = ("it", "ja", "en")
ATOM = "{http://www.w3.org/2005/Atom}"
KINDS = {*AgreementKind.values, *EventKind.values}


def read(client: Client, path: str = "/en/anniversaries.ics"):
    """A calendar as a program that subscribes to it reads it."""
    text = client.get(path).content.decode()
    (found,) = CalendarStream.from_ics(text).calendars
    return found


def entries(client: Client, path: str = "/en/changes.atom"):
    """The entries of a feed as a reader of feeds shows them."""
    feed = feedparser.parse(client.get(path).content)
    assert feed.bozo is False
    return feed.entries


def titles(client: Client, path: str = "/en/changes.atom") -> list[str]:
    """The titles of a feed, in its order."""
    return [entry.title for entry in entries(client, path)]


# The calendar


def test_a_day_of_signature_is_an_event_every_year(client, db):
    make_agreement(signed="2005-05-27", title_en="Twinning of A and B")

    (event,) = read(client).events

    assert (event.dtstart, event.duration) == (date(2005, 5, 27), None)
    assert event.rrule.as_rrule_str() == "FREQ=YEARLY"
    assert event.transparency == "TRANSPARENT"
    assert event.description.startswith("Twinning of A and B\nSigned: 27 May 2005.")
    assert event.summary.endswith(": anniversary of the signature (Twinning, 2005)")


@pytest.mark.parametrize("signed", ["2013-11", "1986", "1986~", "1986-05-03~", "198X", ""])
def test_what_is_no_day_is_not_in_the_calendar(client, db, signed):
    make_agreement(signed=signed, term_months=36)

    assert read(client).events == []


def test_the_calendar_says_how_many_it_leaves_out(client, db):
    for signed in ("1986", "2013-11", "198X", "", "2005-05-27"):
        make_agreement(signed=signed)

    said = Calendar.from_ical(client.get("/en/anniversaries.ics").content)["description"]

    assert said == (
        "The day on which each agreement was signed, repeated every year, and the last day of each term, as far as these "
        "days are known. Not in it: 3 agreements of which only the month, the year or the decade "
        "is known. Not in it: 1 agreement whose date is unknown."
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": AgreementKind.LETTER_OF_INTENT},
        {"ended": "2010"},
        {"signed": "2099-01-10"},
        {"state": PublicationState.DRAFT},
    ],
    ids=["letter of intent", "ended", "not signed yet", "draft"],
)
def test_what_is_not_celebrated_is_not_in_the_calendar(client, db, fields):
    make_agreement(**{"signed": "2005-05-27"} | fields)

    assert read(client).events == []


def test_a_leap_day_is_kept_on_the_last_day_of_february(client, db):
    make_agreement(signed="2004-02-29")

    found = read(client)
    days = [e.dtstart for e in found.timeline.included(date(2004, 1, 1), date(2010, 1, 1))]

    assert days == [
        date(year, 2, 29 if calendar.isleap(year) else 28) for year in range(2004, 2010)
    ]
    assert "29 February" in found.events[0].description


def test_a_term_ends_once_on_its_last_day(client, db):
    make_agreement(signed="2025-09-23", term_months=36, renewal=Renewal.AUTOMATIC)

    _anniversary, end = read(client).events

    assert (end.dtstart, end.rrule) == (date(2028, 9, 23), None)
    assert "The term of 3 years ends: 23 September 2028." in end.description
    assert "Renewal: Automatic unless one side gives notice." in end.description


def test_the_term_of_what_was_renewed_ends_no_more(client, db):
    act = make_agreement(signed="2020-09-23", term_months=36)
    make_agreement(signed="2023-09-23", renews=act, partnership=act.partnership)

    assert all(event.rrule for event in read(client).events)


def test_names_of_events_are_the_same_in_every_language_on_every_host(client, db, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_agreement(signed="2005-05-27", term_months=600)

    uids = {
        tuple(
            event.uid
            for event in CalendarStream.from_ics(answer.content.decode()).calendars[0].events
        )
        for answer in (
            client.get(f"/{language}/anniversaries.ics", headers={"host": host})
            for language in LANGUAGES
            for host in ("one.example", "other.example")
        )
    }

    assert len(uids) == 1
    assert len(set(uids.pop())) == 2


def test_the_name_of_an_event_is_the_same_in_every_release(client, db):
    """Who has subscribed would see an anniversary twice if it changed."""
    make_agreement(slug="torino-nagoya-2005", signed="2005-05-27")

    assert [event.uid for event in read(client).events] == ["6ba1b69e-d023-58e0-a8ca-d74e64c719e8"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_data_give_the_same_bytes(client, atlas, language):
    path = f"/{language}/anniversaries.ics"

    assert client.get(path).content == client.get(path).content


def test_moments_are_those_of_the_record(client, db):
    act = make_agreement(signed="2005-05-27")
    moment = datetime(2026, 11, 20, 10, 30, 15, 999, tzinfo=UTC)
    Agreement.objects.filter(pk=act.pk).update(changed=moment, added=moment - timedelta(days=2))

    (event,) = read(client).events

    assert event.dtstamp == event.last_modified == datetime(2026, 11, 20, 10, 30, 15, tzinfo=UTC)
    assert event.created == datetime(2026, 11, 18, 10, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_longer_than_75_octets_and_none_is_cut_within_a_character(client, db, language):
    title = "日伊両国の自治体間における友好交流及び相互理解の促進並びに経済、文化、観光分野での協力に関する覚書"
    make_agreement(signed="2005-05-27", title_ja=title, title_it=title, title_en=title)

    text = client.get(f"/{language}/anniversaries.ics").content
    lines = text.split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()
    (event,) = Calendar.from_ical(text).events
    assert event["description"].split("\n")[0] == title
    assert read(client, f"/{language}/anniversaries.ics").events[0].description.startswith(title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_parsed_is_written_the_same_again(client, atlas, language):
    text = client.get(f"/{language}/anniversaries.ics").content

    assert Calendar.from_ical(text).to_ical() == text


def test_text_that_means_something_in_calendars_is_only_text(client, db):
    title = 'A, B; C: \\n "D"\x07'
    make_agreement(signed="2005-05-27", title_en=title)

    (event,) = read(client).events

    assert event.description.split("\n")[0] == title.replace("\x07", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_describes_itself(client, atlas, language):
    path = f"/{language}/anniversaries.ics?region=IT-42"
    found = Calendar.from_ical(client.get(path).content)

    assert found["prodid"].endswith(f"//{language.upper()}")
    assert (found["version"], found["calscale"]) == ("2.0", "GREGORIAN")
    assert found["name"].params["LANGUAGE"] == found["description"].params["LANGUAGE"] == language
    assert found["x-wr-calname"] == found["name"]
    assert found["source"] == f"http://testserver{path}"
    assert found["url"] == f"http://testserver/{language}/anniversaries/?region=IT-42"
    assert found["refresh-interval"].dt == timedelta(days=1)
    assert {"uid", "color", "last-modified"} <= {name.lower() for name in found}
    assert found.errors == [error for event in found.events for error in event.errors] == []


@pytest.mark.parametrize(
    ("path", "slugs"),
    [
        ("anniversaries.ics", ["city", "region", "elsewhere"]),
        ("anniversaries.ics?region=IT-45", ["city", "region"]),
        ("anniversaries.ics?region=IT-45&from=2000", ["city"]),
        ("partnerships/of-city/anniversaries.ics", ["city"]),
        ("places/emilia-romagna/anniversaries.ics", ["city", "region"]),
        ("places/parma/anniversaries.ics", ["city"]),
        ("places/kagawa/anniversaries.ics", ["city", "region", "elsewhere"]),
        ("places/kagawa/anniversaries.ics?region=IT-45", ["city", "region"]),
        ("places/kagawa/anniversaries.ics?to=1990", ["region"]),
    ],
)
def test_a_calendar_holds_what_its_address_asks_for(client, db, path, slugs):
    region = make_region(code="IT-45", slug="emilia-romagna")
    kagawa = make_prefecture(slug="kagawa")
    city = make_italian_city(region=region, slug="parma")
    for slug, place, signed in (
        ("city", city, "2005-05-27"),
        ("region", region, "1986-05-27"),
        ("elsewhere", make_italian_city(), "1999-05-27"),
    ):
        partner = make_japanese_city(region=kagawa)
        pair = make_partnership(slug=f"of-{slug}", italian_place=place, japanese_place=partner)
        make_agreement(slug=slug, partnership=pair, signed=signed)

    urls = [str(event.url) for event in read(client, f"/en/{path}").events]

    assert {url.partition("#")[2] for url in urls} == set(slugs)
    assert len(urls) == len(slugs)


# The feed of changes


def test_entries_are_agreements_and_events_the_last_changed_first(client, db):
    first, event = make_agreement(title_en="First"), make_event(title_en="Event")
    make_agreement(title_en="Second")
    first.save()

    assert titles(client) == ["First", "Second", "Event"]
    event.save()
    assert titles(client) == ["Event", "First", "Second"]


def test_drafts_are_kept_out(client, db):
    make_agreement(state=PublicationState.DRAFT)
    make_event(state=PublicationState.WITHDRAWN)

    assert entries(client) == []


def test_at_most_fifty_entries_are_told(client, db):
    partnership = make_partnership()
    for _ in range(30):
        make_agreement(partnership=partnership)
        make_event(partnerships=(partnership,))

    assert len(entries(client)) == 50


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["changes.atom", "partnerships/torino-nagoya/changes.atom", "changes.atom?region=IT-67"]
)
def test_a_feed_has_what_rfc_4287_requires(client, atlas, language, path):
    answer = client.get(f"/{language}/{path}")
    feed = ET.fromstring(answer.content)  # noqa: S314 # our own

    assert (feed.tag, feed.get("{http://www.w3.org/XML/1998/namespace}lang")) == (
        f"{ATOM}feed",
        language,
    )
    assert_once(feed, "id", "title", "updated", "rights", "subtitle")
    assert [name.text for name in feed.findall(f"{ATOM}author/{ATOM}name")] != [""]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver/{language}/{path}"
    assert links["alternate"].startswith(f"http://testserver/{language}/")
    for entry in feed.findall(f"{ATOM}entry"):
        assert_once(entry, "id", "title", "updated", "published", "summary", "category", "link")
        assert entry.find(f"{ATOM}category").get("term") in KINDS
        assert entry.find(f"{ATOM}link").get("href").startswith(f"http://testserver/{language}/")
        published, updated = (moment(entry, name) for name in ("published", "updated"))
        assert published <= updated <= moment(feed, "updated")
    ids = [entry.find(f"{ATOM}id").text for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"tag:[a-z0-9.-]+,2026:(agreements|events)/[a-z0-9-]+", i) for i in ids)


def assert_once(element: ET.Element, *names: str) -> None:
    """Each of these children is there once, and says something."""
    for name in names:
        (child,) = element.findall(f"{ATOM}{name}")
        assert child.text or child.attrib, name


def moment(element: ET.Element, name: str) -> datetime:
    """A date construct, which has a time zone (RFC 3339)."""
    found = datetime.fromisoformat(element.findtext(f"{ATOM}{name}"))
    assert found.tzinfo is not None
    return found


def test_names_of_entries_are_the_same_in_every_language_on_every_host(client, atlas, settings):
    settings.ALLOWED_HOSTS = ["*"]

    ids = {
        tuple(
            entry.id
            for entry in feedparser.parse(
                client.get(f"/{language}/changes.atom", headers={"host": host}).content
            ).entries
        )
        for language in LANGUAGES
        for host in ("one.example", "other.example")
    }

    assert len(ids) == 1


def test_an_entry_bears_its_kind_its_moments_and_its_page(client, db):
    act = make_agreement(kind=AgreementKind.PROTOCOL)
    act.save()

    (entry,) = entries(client)

    assert [(tag.term, tag.label) for tag in entry.tags] == [
        ("protocol", "Protocol of understanding")
    ]
    assert entry.link == f"http://testserver/en/partnerships/{act.partnership.slug}/#{act.slug}"
    assert datetime.fromisoformat(entry.published) == act.added
    assert datetime.fromisoformat(entry.updated) == act.changed


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("1986", "", "Date: 1986."),
        ("1986~", "", "Date: about 1986."),
        ("2013-11", "", "Date: November 2013."),
        ("", "", "Date: date unknown."),
        ("2024-02-14", "2024-02-16", "Date: 14 February 2024 – 16 February 2024."),
    ],
)
def test_a_date_is_said_in_words_as_far_as_it_is_known(client, db, start, end, said):
    make_event(partnerships=(make_partnership(),), start=start, end=end)

    (entry,) = entries(client)

    assert said in entry.summary


def test_a_text_that_is_not_translated_says_so(client, db):
    make_agreement(title_it="", title_ja="", title_en="Twinning")

    said = {language: titles(client, f"/{language}/changes.atom") for language in LANGUAGES}

    assert said == {
        "en": ["Twinning"],
        "it": ["Twinning (in inglese: non ancora tradotto)"],
        "ja": ["Twinning （未翻訳のため英語で表示）"],
    }


def test_hostile_text_is_only_text(client, db):
    hostile = "<script>alert(1)</script> & \x0b"
    make_agreement(title_en=hostile, summary_en=hostile)

    answer = client.get("/en/changes.atom").content
    (entry,) = ET.fromstring(answer).findall(f"{ATOM}entry")  # noqa: S314 # our own

    assert entry.findtext(f"{ATOM}title") == "<script>alert(1)</script> & "
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in entry.findtext(f"{ATOM}summary")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("changes.atom", {"Here", "Event here", "There", "Event there", "Event nowhere"}),
        ("changes.atom?region=IT-45", {"Here", "Event here"}),
        ("changes.atom?region=IT-45&kind=memorandum", set()),
        ("changes.atom?to=1990", {"There", "Event there"}),
        ("partnerships/here/changes.atom", {"Here", "Event here"}),
        ("partnerships/here/changes.atom?to=1990", set()),
    ],
)
def test_a_feed_holds_what_its_address_asks_for(client, db, path, expected):
    region = make_region(code="IT-45")
    here = make_partnership(slug="here", italian_place=make_italian_city(region=region))
    there = make_partnership(slug="there")
    make_agreement(title_en="Here", partnership=here)
    make_agreement(title_en="There", partnership=there, signed="1986")
    make_event(title_en="Event here", partnerships=(here,))
    make_event(title_en="Event there", partnerships=(there,))
    make_event(title_en="Event nowhere", places=(make_italian_city(),))

    assert set(titles(client, f"/en/{path}")) == expected


# Both


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("anniversaries.ics", "text/calendar; charset=utf-8"),
        ("partnerships/torino-nagoya/anniversaries.ics", "text/calendar; charset=utf-8"),
        ("places/piemonte/anniversaries.ics", "text/calendar; charset=utf-8"),
        ("places/torino/anniversaries.ics", "text/calendar; charset=utf-8"),
        ("changes.atom", "application/atom+xml; charset=utf-8"),
        ("partnerships/torino-nagoya/changes.atom", "application/atom+xml; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_is_public_compressed_and_asked_for_once(
    client, atlas, language, path, content_type
):
    client.cookies["sessionid"] = "of-somebody"
    accepted = {"accept-encoding": "gzip"}
    answer = client.get(f"/{language}/{path}", headers=accepted)
    known = accepted | {"if-none-match": answer["ETag"]}
    again = client.get(f"/{language}/{path}", headers=known)

    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    assert answer["Content-Encoding"] == "gzip"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert (again.status_code, again.content) == (304, b"")


def test_a_calendar_has_a_name_as_a_file(client, atlas):
    answer = client.get("/ja/partnerships/torino-nagoya/anniversaries.ics")

    assert answer["Content-Disposition"] == 'inline; filename="anniversaries-torino-nagoya-ja.ics"'


@pytest.mark.parametrize("name", ["anniversaries.ics", "changes.atom"])
def test_a_wrong_value_is_refused_and_named(client, atlas, name):
    answer = client.get(f"/en/{name}?region=IT-99")

    assert answer.status_code == 400
    assert "“IT-99” is not a value of “region”." in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "partnerships/atlantis/anniversaries.ics",
        "partnerships/atlantis/changes.atom",
        "places/atlantis/anniversaries.ics",
    ],
)
def test_what_is_not_there_is_not_found(client, db, path):
    assert client.get(f"/en/{path}").status_code == 404


@pytest.mark.parametrize("name", ["anniversaries.ics", "changes.atom"])
def test_a_partnership_with_drafts_alone_has_no_feed(client, db, name):
    act = make_agreement(state=PublicationState.DRAFT)

    assert client.get(f"/en/partnerships/{act.partnership.slug}/{name}").status_code == 404


@pytest.mark.parametrize("name", ["anniversaries.ics", "changes.atom"])
def test_feeds_only_read(client, db, name):
    assert client.post(f"/en/{name}").status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    "cost",
    [
        # version; celebrated; terms; what their entries say (of both)
        ("anniversaries.ics", 5, 3),
        # version; what changed (of both kinds); agreements; events, their partnerships, the places of these,
        # other places; changes
        ("changes.atom", 10, 3),
    ],
)
def test_a_feed_takes_the_same_number_of_queries_for_any_rows(
    client, db, rows, cost, django_assert_num_queries
):
    path, queries, again = cost
    for _ in range(rows):
        act = make_agreement(signed="2005-05-27", term_months=600)
        make_event(partnerships=(act.partnership,), places=(make_italian_city(),))
    client.get("/en/")  # which reads the index of this version

    with django_assert_num_queries(queries):
        client.get(f"/en/{path}")
    with django_assert_num_queries(again):
        client.get(f"/en/{path}")


def test_no_year_becomes_a_day_anywhere(client, atlas):
    written = datetime(2026, 11, 20, tzinfo=UTC)  # not on a 1 January itself
    for model in (Agreement, Event):
        model.objects.update(added=written, changed=written)

    for language in LANGUAGES:
        for name in ("anniversaries.ics", "changes.atom"):
            text = client.get(f"/{language}/{name}").content.decode()
            assert not re.search(r"\d{4}-?01-?01|1 gennaio|1º gennaio|1月1日|1 January", text)
