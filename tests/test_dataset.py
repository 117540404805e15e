"""The founding dataset holds what the research found, once, and nothing that cannot be.

The tables of this file are literals, derived from the research's own `agreements.json` (70
records) and not from the fixtures:

- 10 records are proposals (`status: proposed`): partnerships without agreement.
- Of the other 60, the province and the city of Grosseto are two records of one protocol
  with Kashiwara (1999): one agreement, so 59.
- The letter of intent of Naples and Kagoshima (6 November 2025) stands in the research in the
  terms of the twinning of 1960; here it is an act of its own, so 60.
- `friendship_city` is a friendship pact; `memorandum_of_understanding` and
  `protocol_of_understanding` are memorandum and protocol.
- The chambers of commerce of Turin and Nagoya (2006, 2025) have no partnership of their own,
  but act in that of their cities; so has Tuscany two acts with Kyoto Prefecture (1995, 2006)
  in one partnership: 70 − 1 (Grosseto) − 2 (chambers) − 1 (Tuscany) = 66 partnerships.
- 53 of the 223 events repeat the date of an agreement (`derived_from: agreement`) and are
  dropped; so are five more that tell a signature (Emilia-Romagna 1986, the chambers of Turin
  and Nagoya 2006 and 2025, Assisi 2009, La Spezia 2025) and the letter of intent of Naples, which is an act here. Three proposals that no
  event tells of have one, so that they are seen: 223 − 53 − 5 − 1 + 3 = 167 events.
"""

import re
from collections import Counter
from datetime import date

import pytest
from django.db.models import Count, F

from relations.enums import AgreementKind, CitedField, Country, EventKind, PlaceKind
from relations.models import Agreement, Citation, Event, Partnership, Place, Source
from tests.tools.test_geodata import drawn_at

TODAY = date(2026, 11, 24)


pytestmark = pytest.mark.usefixtures("whole_atlas")


def counted(*path):
    """How many agreements there are for each value of a column."""
    return Counter(Agreement.objects.published().values_list("__".join(path), flat=True))


def territories(side):
    """How many agreements there are for each Italian region or Japanese prefecture, by English name."""
    acts = Agreement.objects.published().select_related(f"partnership__{side}__region")
    return Counter(getattr(act.partnership, side).territory.name_en for act in acts)


# What the research found


def test_there_is_as_much_as_the_research_found():
    rows = {
        "partnerships": Partnership.objects.published().count(),
        "proposals": Partnership.objects.published().filter(agreements=None).count(),
        "agreements": Agreement.objects.published().count(),
        "events": Event.objects.published().count(),
        "sources": Source.objects.published().count(),
    }

    assert rows == {
        "partnerships": 66,
        "proposals": 10,
        "agreements": 60,
        "events": 167,
        "sources": 322,
    }


def test_agreements_by_kind():
    """The research counts 10 friendship pacts and 6 friendship cities, one of them Grosseto's province: 15."""
    assert counted("kind") == {
        AgreementKind.TWINNING: 25,
        AgreementKind.FRIENDSHIP_PACT: 15,
        AgreementKind.MEMORANDUM: 6,
        AgreementKind.PROTOCOL: 6,
        AgreementKind.OTHER: 6,
        AgreementKind.FRIENDSHIP_RECORD: 1,
        AgreementKind.LETTER_OF_INTENT: 1,
    }


def test_agreements_by_decade():
    """The research counts 9 in the 1990s, with Grosseto's province, and 10 in the 2020s, without the letter."""
    decades = Counter(signed[:3] for signed in counted("signed").elements())

    assert decades == {
        "196": 3,
        "197": 5,
        "198": 7,
        "199": 8,
        "200": 12,
        "201": 12,
        "202": 11,
        "": 2,
    }


def test_agreements_by_italian_region():
    """The research counts 11 in Tuscany, with Grosseto's province, and 5 in Campania, without the letter."""
    assert territories("italian_place") == {
        "Tuscany": 10,
        "Emilia-Romagna": 7,
        "Lazio": 6,
        "Veneto": 6,
        "Campania": 6,
        "Lombardy": 5,
        "Piedmont": 4,
        "Umbria": 4,
        "Liguria": 3,
        "Friuli-Venezia Giulia": 3,
        "Apulia": 2,
        "Abruzzo": 2,
        "Marche": 1,
        "Calabria": 1,
    }


def test_agreements_by_japanese_prefecture():
    """The research counts 6 in Osaka, with Kashiwara twice, and 1 in Kagoshima, without the letter."""
    assert territories("japanese_place") == {
        "Gunma": 6,
        "Shizuoka": 6,
        "Gifu": 6,
        "Osaka": 5,
        "Tokyo": 4,
        "Aichi": 4,
        "Kyoto": 3,
        "Miyagi": 2,
        "Ibaraki": 2,
        "Fukuoka": 2,
        "Aomori": 2,
        "Shiga": 2,
        "Hyogo": 2,
        "Kagoshima": 2,
        "Niigata": 1,
        "Iwate": 1,
        "Yamagata": 1,
        "Tochigi": 1,
        "Mie": 1,
        "Wakayama": 1,
        "Kagawa": 1,
        "Kanagawa": 1,
        "Nagasaki": 1,
        "Saitama": 1,
        "Hiroshima": 1,
        "Fukushima": 1,
    }


def test_an_act_of_several_bodies_is_one_agreement():
    grosseto = Agreement.objects.get(partnership__slug="grosseto-kashiwara")
    turin = Agreement.objects.filter(partnership__slug="torino-nagoya").order_by("signed")

    assert [(p.place.slug, p.institution) for p in grosseto.parties.order_by("place__slug")] == [
        ("grosseto", "local_government"),
        ("kashiwara", "local_government"),
        ("provincia-di-grosseto", "local_government"),
    ]
    assert [(a.signed, {p.institution for p in a.parties.all()}) for a in turin] == [
        ("2005-05-27", {"local_government"}),
        ("2006", {"chamber_of_commerce"}),
        ("2025", {"chamber_of_commerce"}),
    ]


def test_no_event_repeats_the_signing_of_an_agreement():
    signings = Event.objects.filter(kind=EventKind.SIGNING)

    repeated = signings.exclude(start="").filter(
        partnerships__agreements__signed=F("start"), agreement=F("partnerships__agreements")
    )

    assert list(repeated.values_list("slug", flat=True)) == []


# Once


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Place, ("country", "code")),
        (Place, ("country", "kind", "region", "name_ja")),
        (Partnership, ("italian_place", "japanese_place")),
        (Agreement, ("partnership", "kind", "signed")),
        (Source, ("title", "publisher", "published")),
    ],
)
def test_nothing_is_there_twice(model, fields):
    rows = model.objects.order_by().values_list(*fields).annotate(n=Count("pk")).filter(n__gt=1)

    assert list(rows) == []


def test_no_two_sources_have_one_url():
    """Neither as written, nor but for the scheme, `www.` or a slash at the end."""
    urls = Source.objects.exclude(url="").values_list("url", flat=True)
    plain = Counter(re.sub(r"^https?://(www\.)?", "", url).rstrip("/") for url in urls)

    assert [url for url, n in plain.items() if n > 1] == []


# Where it is


def test_the_code_of_every_place_has_the_shape_of_its_country():
    shapes = {
        (Country.ITALY, PlaceKind.MUNICIPALITY): r"\d{6}",
        (Country.ITALY, PlaceKind.PROVINCE): r"\d{3}",
        (Country.ITALY, PlaceKind.METROPOLITAN_CITY): r"\d{3}",
        (Country.ITALY, PlaceKind.REGION): r"IT-\d\d",
        (Country.JAPAN, PlaceKind.MUNICIPALITY): r"\d{5}",
        (Country.JAPAN, PlaceKind.WARD): r"131\d\d",  # in Tokyo alone
        (Country.JAPAN, PlaceKind.PREFECTURE): r"JP-\d\d",
    }

    wrong = [
        (place.slug, place.code)
        for place in Place.objects.all()
        if not re.fullmatch(shapes[place.country, place.kind], place.code)
    ]

    assert wrong == []


def test_a_japanese_code_begins_with_that_of_its_prefecture():
    inside = Place.objects.filter(country=Country.JAPAN).exclude(region=None)

    elsewhere = [
        place.slug
        for place in inside.select_related("region")
        if f"JP-{place.code[:2]}" != place.region.code
    ]

    assert elsewhere == []


def test_every_place_lies_in_the_shape_of_its_region_or_prefecture():
    """Kamijima is a group of islands in the Inland Sea that are too small to be drawn."""
    elsewhere = {}
    for place in Place.objects.exclude(region=None).select_related("region"):
        name = "italy-enlarged" if place.country == Country.ITALY else "japan-enlarged"
        drawn = drawn_at(name, float(place.latitude), float(place.longitude))
        if drawn != [place.region.code]:
            elsewhere[place.slug] = drawn

    assert elsewhere == {"kamijima": []}


# When it was


def test_every_act_was_signed_between_1860_and_today():
    dated = Agreement.objects.exclude(signed="")

    assert dated.count() == 58
    assert list(dated.filter(signed_earliest__lt=date(1860, 1, 1))) == []
    assert list(dated.filter(signed_earliest__gt=TODAY)) == []


def test_no_act_was_signed_after_the_act_that_renews_or_supersedes_it():
    for name in ("renews", "supersedes"):
        later = Agreement.objects.filter(signed_latest__lt=F(f"{name}__signed_earliest"))
        assert list(later) == []
        assert Agreement.objects.exclude(**{name: None}).count() == 1


def test_no_act_was_signed_after_an_event_that_renews_or_ends_it():
    for kind in (EventKind.RENEWAL, EventKind.ENDING):
        events = Event.objects.filter(kind=kind)
        before = events.filter(start_latest__lt=F("agreement__signed_earliest"))
        assert list(before) == []


def test_no_renewal_is_older_than_every_act_of_its_partnership():
    too_early = [
        event.slug
        for event in Event.objects.filter(kind=EventKind.RENEWAL).exclude(start="")
        for partnership in event.partnerships.all()
        if (first := partnership.first_signed_date.earliest) and event.start_latest < first
    ]

    assert too_early == []


# Who says so


def test_every_public_record_has_a_source():
    unsourced = [
        str(record)
        for model in (Partnership, Agreement, Event)
        for record in model.objects.published().filter(citations=None)
    ]

    assert unsourced == []


def facts_of(act):
    """The facts that an agreement states, beside its texts."""
    return {
        CitedField.KIND: act.kind,
        CitedField.PARTIES: True,
        CitedField.SIGNED: act.signed,
        CitedField.SIGNED_AT: act.signed_at,
        CitedField.TERM: act.term_months,
        CitedField.RENEWAL: act.renewal != "unknown",
        CitedField.ENDED: act.ended,
        CitedField.SECTORS: act.sectors.exists(),
        CitedField.SIGNATORIES: act.parties.exclude(signatories=None).exists(),
    }


def test_every_fact_of_an_agreement_has_a_source():
    """Its own, or one that supports the record as a whole."""
    unsourced = []
    for act in Agreement.objects.published():
        cited = set(act.citations.values_list("field", flat=True))
        missing = {name for name, value in facts_of(act).items() if value and name not in cited}
        if missing and CitedField.RECORD not in cited:
            unsourced.append((act.slug, sorted(missing)))

    assert unsourced == []


def test_every_answer_to_a_test_of_clair_has_a_source():
    answered = Agreement.objects.exclude(
        clair_heads="unknown", clair_general="unknown", clair_council="unknown"
    )

    assert answered.filter(citations=None).count() == 0
    assert {name: counted(name) for name in ("clair_heads", "clair_general", "clair_council")} == {
        "clair_heads": {"yes": 21, "unknown": 39},
        "clair_general": {"yes": 2, "no": 2, "unknown": 56},
        "clair_council": {"yes": 1, "unknown": 59},
    }


def test_every_conflict_is_decided():
    facts = (
        Citation.objects.order_by()
        .values("partnership", "agreement", "event", "field")
        .annotate(values=Count("stated", distinct=True))
        .filter(values__gt=1)
    )
    undecided = [
        fact
        for fact in facts
        if not Citation.objects.filter(
            partnership=fact["partnership"],
            agreement=fact["agreement"],
            event=fact["event"],
            field=fact["field"],
            preferred=True,
        ).exists()
    ]

    assert (facts.count(), undecided) == (62, [])
