"""Every wrong input gets the sentence that says what was expected, where it was typed, and nothing at all is saved."""

import pytest
from django.apps import apps
from django.urls import reverse

from relations.models import DatasetVersion
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_sector,
    make_source,
)
from tests.relations.admin.rows import errors, form_values

pytestmark = pytest.mark.django_db

NO_DATE = (
    "“{}” is not understood as a date. Write it for example as 23 September 2025, 23/9/2025, "
    "May 2013, 1986, about 1986, 1980s or S38.10.12; leave it empty if nothing is known."
)
NO_TERM = (
    "“{}” is not understood as a length of time. Write for example 3 years, 18 months or 3年; "
    "a number alone means months."
)
NO_DAY = "“{}” is not a day of the calendar."
NO_SLUG = "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."
REQUIRED = "This field is required."
NO_CHOICE = "Select a valid choice. That choice is not one of the available choices."
NOT_AMONG = "Select a valid choice. {} is not one of the available choices."
TOO_LONG = "Ensure this value has at most {} characters (it has {})."

# What is typed beside what is right, where the sentence stands, and the sentence.
AGREEMENT = [
    ({"italian_place": ""}, "italian_place", REQUIRED),
    ({"japanese_place": ""}, "japanese_place", REQUIRED),
    ({"italian_place": "<japanese>"}, "italian_place", NO_CHOICE),
    ({"japanese_place": "<italian>"}, "japanese_place", NO_CHOICE),
    ({"italian_place": "IT-999999"}, "italian_place", NO_CHOICE),
    ({"italian_place": "La Spezia"}, "italian_place", NO_CHOICE),
    ({"kind": ""}, "kind", REQUIRED),
    ({"kind": "pact"}, "kind", NOT_AMONG.format("pact")),
    ({"title_it": "x" * 301}, "title_it", TOO_LONG.format(300, 301)),
    ({"signed": "yesterday"}, "signed", NO_DATE.format("yesterday")),
    ({"signed": "23 settembre 205"}, "signed", NO_DATE.format("23 settembre 205")),
    ({"signed": "23/9/25"}, "signed", NO_DATE.format("23/9/25")),
    ({"signed": "primavera 2013"}, "signed", NO_DATE.format("primavera 2013")),
    ({"signed": "31 febbraio 2005"}, "signed", NO_DAY.format("31 febbraio 2005")),
    ({"signed": "2025-13"}, "signed", NO_DAY.format("2025-13")),
    ({"signed": "H40"}, "signed", "“H40” lies outside its era."),
    (
        {"signed": "明治5年10月"},
        "signed",
        "“明治5年10月”: before 1873 Japan counted lunar months. Give the year alone.",
    ),
    ({"signed_at": "999999999"}, "signed_at", NO_CHOICE),
    ({"sectors": ["999999999"]}, "sectors", NOT_AMONG.format("999999999")),
    ({"sectors": ["sport"]}, "sectors", "“sport” is not a valid value."),
    ({"term_months": "anni"}, "term_months", NO_TERM.format("anni")),
    ({"term_months": "-3"}, "term_months", NO_TERM.format("-3")),
    (
        {"term_months": "101 anni"},
        "term_months",
        "Ensure this value is less than or equal to 1200.",
    ),
    (
        {"term_months": "0"},
        "",
        "A term lasts at least one month; leave it empty if there is none.",
    ),
    ({"renewal": "perhaps"}, "renewal", NOT_AMONG.format("perhaps")),
    ({"ended": "1985"}, "", "An agreement cannot end before it is signed."),
    ({"ended": "oggi"}, "ended", NO_DATE.format("oggi")),
    ({"renews": "<other act>"}, "renews", "“Another act” belongs to another partnership."),
    ({"supersedes": "<other act>"}, "supersedes", "“Another act” belongs to another partnership."),
    ({"slug": "La Spezia!"}, "slug", NO_SLUG),
    ({"slug": "another-act"}, "slug", "Agreement with this Slug already exists."),
    ({"clair_heads": "perhaps"}, "clair_heads", NOT_AMONG.format("perhaps")),
    ({"source": "999999999"}, "source", NO_CHOICE),
    ({"source_title": ""}, "source_title", "This field cannot be blank."),
    ({"source_url": "comune"}, "source_url", "Enter a valid URL."),
    ({"source_published": "25"}, "source_published", NO_DATE.format("25")),
    ({"source_kind": "leaflet"}, "source_kind", NOT_AMONG.format("leaflet")),
    ({"source_language": "fr"}, "source_language", NOT_AMONG.format("fr")),
    (
        {"source": "<source>"},
        "source",
        "Choose a source that the atlas has or describe a new one, not both.",
    ),
    (
        {"source_url": "https://there.example/"},
        "source",
        "The atlas has “Comune, The release” at this address: choose it here.",
    ),
    ({"parties-0-place": "", "parties-0-name_en": "Port"}, "parties-0-place", REQUIRED),
    ({"parties-0-institution": ""}, "parties-0-institution", REQUIRED),
    (
        {"parties-1-institution": "university"},
        "parties-1",
        "A body other than the local government needs its names.",
    ),
    ({"parties-1-place": "<italian>"}, "parties", "This body is already a party to the agreement."),
    (
        {"parties-0-signatories-0-office_it": "sindaco"},
        "parties-0-signatories-0-name",
        REQUIRED,
    ),
    (
        {"citations-0-field": "", "citations-0-stated": "1986"},
        "citations-0-field",
        REQUIRED,
    ),
    (
        {"citations-0-field": "signed"},
        "citations-0-stated",
        "Say what the source states of this fact.",
    ),
    (
        {"citations-0-field": "first_contact", "citations-0-stated": "1980"},
        "citations-0-field",
        NOT_AMONG.format("first_contact"),
    ),
]

OTHERS = [
    ("partnership", {"italian_place": ""}, "italian_place", REQUIRED),
    ("partnership", {"first_contact": "once"}, "first_contact", NO_DATE.format("once")),
    (
        "partnership",
        {"italian_place": "<paired italian>", "japanese_place": "<paired japanese>"},
        "",
        "These two places already have a partnership: add the act to it.",
    ),
    ("event", {"kind": ""}, "kind", REQUIRED),
    ("event", {"start": "2020", "end": "2019"}, "", "An event cannot end before it starts."),
    ("event", {"start": "maggio"}, "start", NO_DATE.format("maggio")),
    ("event", {"slug": ""}, "slug", REQUIRED),
    ("source", {"title": ""}, "title", REQUIRED),
    ("source", {"language": ""}, "language", REQUIRED),
    ("source", {"retrieved": "24/13/2025"}, "retrieved", "Enter a valid date."),
    ("place", {"name_ja": ""}, "name_ja", REQUIRED),
    ("place", {"latitude": "95"}, "", "The coordinates lie outside the country: check latitude and longitude."),
    ("place", {"latitude": "north"}, "latitude", "Enter a number."),
    ("place", {"region": ""}, "", "A municipality, ward or province needs its region or prefecture; a region or prefecture has none."),
    ("place", {"region": "<prefecture>"}, "region", "“Kagoshima” lies in the other country."),
    ("place", {"code": "11015"}, "code", "“11015” should be an ISTAT code of 6 digits such as 011015."),
    ("place", {"kind": "ward"}, "", "This country has no places of this kind."),
    ("place", {"macro_area": "centre"}, "", "A region or prefecture needs its macro-area; other places have none."),
    ("citation", {"source": ""}, "source", REQUIRED),
    ("citation", {"agreement": ""}, "", "A citation is about one partnership, one agreement or one event."),
    ("citation", {"field": "start"}, "field", "A record of this kind has no fact “Date”."),
    ("sector", {"code": "a b"}, "code", NO_SLUG),
]  # fmt: skip


@pytest.fixture
def known():
    """What the atlas has, by the words that stand for it in the tables."""
    italian, japanese = make_italian_city(name_en="La Spezia"), make_japanese_city()
    pair = make_partnership()
    other = make_agreement(title_en="Another act", slug="another-act")
    make_event()
    source = make_source(publisher="Comune", title="The release", url="https://there.example/")
    return {
        "<italian>": italian.pk,
        "<japanese>": japanese.pk,
        "<paired italian>": pair.italian_place_id,
        "<paired japanese>": pair.japanese_place_id,
        "<other act>": other.pk,
        "<source>": source.pk,
        "<prefecture>": make_prefecture(name_en="Kagoshima").pk,
        "<region>": make_region().pk,
        "<sector>": make_sector().pk,
    }


RIGHT = {
    "agreement": {
        "source_publisher": "Comune della Spezia",
        "source_title": "Firmato il memorandum",
        "italian_place": "<italian>",
        "japanese_place": "<japanese>",
        "kind": "memorandum",
        "signed": "23 settembre 2025",
        "sectors": ["<sector>"],
        "parties-0-place": "<italian>",
        "parties-1-place": "<japanese>",
    },
    "partnership": {"italian_place": "<italian>", "japanese_place": "<japanese>"},
    "event": {"kind": "mission", "title_en": "Mission", "slug": "mission", "start": "2020"},
    "source": {"title": "Title", "kind": "news", "language": "it", "slug": "title"},
    "place": {
        "name_it": "Fidenza",
        "name_ja": "フィデンツァ市",
        "name_en": "Fidenza",
        "country": "IT",
        "kind": "municipality",
        "region": "<region>",
        "latitude": "44.86",
        "longitude": "10.06",
        "code": "034014",
        "slug": "fidenza",
    },
    "citation": {"source": "<source>", "agreement": "<other act>", "field": "kind", "stated": "patto"},
    "sector": {"name_it": "A", "name_ja": "あ", "name_en": "A", "code": "a", "order": 999, "colour": "1"},
}  # fmt: skip


def filled(known, values):
    """The values, with keys in the place of the words that stand for rows."""

    def key(value):
        return known.get(value, value) if isinstance(value, str) else value

    return {
        name: [key(one) for one in value] if isinstance(value, list) else key(value)
        for name, value in values.items()
    }


def everything():
    """How many rows of every kind there are, and the version of the data."""
    counts = {
        model: model.objects.count() for model in apps.get_app_config("relations").get_models()
    }
    return counts, DatasetVersion.objects.current()


@pytest.fixture
def refused(admin_client, known):
    """Sends a form in which all but one thing is right, after which nothing is saved; gives its sentences."""

    def send(model, typed):
        url = reverse(f"admin:relations_{model}_add")
        values = form_values(admin_client.get(url)) | filled(known, RIGHT[model])
        before = everything()
        answer = admin_client.post(url, values | filled(known, typed) | {"doubts_read": "on"})
        assert answer.status_code == 200
        assert everything() == before
        return errors(answer)

    return send


@pytest.mark.parametrize(("typed", "where", "sentence"), AGREEMENT)
def test_a_wrong_agreement(refused, typed, where, sentence):
    assert sentence in refused("agreement", typed).get(where, [])


@pytest.mark.parametrize(("model", "typed", "where", "sentence"), OTHERS)
def test_a_wrong_record(refused, model, typed, where, sentence):
    assert sentence in refused(model, typed).get(where, [])


@pytest.mark.parametrize("model", sorted(RIGHT))
def test_what_is_right_is_saved(admin_client, known, model):
    url = reverse(f"admin:relations_{model}_add")
    values = form_values(admin_client.get(url)) | filled(known, RIGHT[model])

    answer = admin_client.post(url, values | {"doubts_read": "on", "doubt": ["source"]})

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("name", "value"),
    [("signed", "\x00"), ("title_en", "a\x00b"), ("slug", "\x00"), ("parties-TOTAL_FORMS", "x"), ("parties-TOTAL_FORMS", "99999"), ("italian_place", "1\x00")],
)  # fmt: skip
def test_what_no_browser_sends_is_refused_too(admin_client, known, name, value):
    before = everything()
    url = reverse("admin:relations_agreement_add")
    values = form_values(admin_client.get(url)) | filled(known, RIGHT["agreement"])

    answer = admin_client.post(url, values | {name: value})

    assert answer.status_code in (200, 400)
    assert everything() == before
