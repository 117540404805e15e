"""A reading beside the whole atlas: what is new, what confirms, what disagrees, and what was read before."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from relations.enums import AgreementKind, CitedField, Country, EventKind, Institution, Renewal
from relations.models import Agreement, Partnership, PressRelease, Source
from relations.press.comparison import compare
from relations.press.facts import Fact, Standing, fact_of_act, fact_of_event
from relations.press.readings import UNSURE, Body, EventReading, Named, Person, Stage
from tests.factories import make_event
from tests.relations.press.la_spezia import ACT, EVENT, IZUMISANO, READING, SPEZIA, TEXT, read

pytestmark = pytest.mark.django_db

CHAMBERS = tuple(
    read(Body(place, Institution.CHAMBER_OF_COMMERCE, "Camera di commercio"), "La Spezia")
    for place in (SPEZIA, IZUMISANO)
)


@pytest.fixture
def memorandum(atlas: None) -> Agreement:
    return Agreement.objects.get(slug="la-spezia-izumisano-2025")


def fact(act: Agreement, name: CitedField, value: Any) -> tuple[str, str]:
    found = fact_of_act(act, name, value)
    return found.standing.value, found.atlas


def the_act(**changes: Any) -> Any:
    """The first act of the reading with other values, beside the atlas."""
    return compare(replace(READING, acts=(replace(ACT, **changes),))).acts[0]


def test_the_partnership_and_the_act_of_the_release_are_found(whole_atlas: None) -> None:
    memorandum = Agreement.objects.get(slug="la-spezia-izumisano-2025")

    found = compare(READING)

    (act,) = found.acts
    assert (act.partnership, act.acts, act.likely) == (
        memorandum.partnership,
        (memorandum,),
        memorandum,
    )
    assert {key: place.slug for key, place in found.places.items()} == {
        "IT-011015": "la-spezia",
        "JP-27213": "izumisano",
    }


def test_two_places_without_partnership_are_a_new_one(memorandum: Agreement) -> None:
    torino = Named("IT-001272", Country.ITALY, SPEZIA.kind, "Torino")
    bodies = (read(Body(torino, Institution.LOCAL_GOVERNMENT), "La Spezia"), ACT.bodies[1])

    act = the_act(bodies=bodies)

    assert (act.partnership, act.acts, act.likely) == (None, (), None)
    assert act.sides.keys == ("IT-001272", "JP-27213")


def test_prefectures_and_regions_are_found_by_their_codes(whole_atlas: None) -> None:
    pair = Partnership.objects.filter(
        italian_place__kind="region", japanese_place__kind="prefecture"
    ).first()
    assert pair is not None
    bodies = tuple(
        read(
            Body(
                Named(
                    place.code if place.is_territory else f"{place.country}-{place.code}",
                    Country(place.country),
                    place.kind,  # type: ignore[arg-type]
                    place.name_it,
                ),
                Institution.LOCAL_GOVERNMENT,
            ),
            "La Spezia",
        )
        for place in (pair.italian_place, pair.japanese_place)
    )

    assert the_act(bodies=bodies).partnership == pair


def test_an_act_without_bodies_joins_the_first_places_that_are_named_but_not_surely(
    memorandum: Agreement,
) -> None:
    act = the_act(bodies=())

    assert act.partnership == memorandum.partnership
    assert act.sides.italian is not None
    assert act.sides.italian.confidence < UNSURE


@pytest.mark.parametrize(
    ("changes", "is_likely"),
    [
        ({"signed": read("2025-09-24", "24 settembre 2025")}, True),
        ({"signed": read("2025", "2025"), "kind": read(AgreementKind.TWINNING, "accordo")}, True),
        ({"signed": read("2025-10-20", "2025"), "kind": None}, True),
        ({"signed": read("2024-05-01", "2025")}, True),
        ({"signed": read("2024-05-01", "2025"), "kind": None}, False),
        ({"signed": read("2019-05-01", "2025")}, False),
        ({"signed": None}, True),
        ({"signed": None, "kind": read(AgreementKind.TWINNING, "accordo")}, True),
        ({"bodies": CHAMBERS}, False),
        ({"signed": None, "stage": read(Stage.PLANNED, "dura")}, False),
        ({"signed": None, "stage": read(Stage.RENEWED, "dura")}, False),
    ],
)
def test_an_act_is_the_likely_one_by_its_time_or_else_by_its_kind(
    memorandum: Agreement, changes: dict[str, Any], is_likely: bool
) -> None:
    assert the_act(**changes).likely == (memorandum if is_likely else None)


def test_a_renewal_renews_the_last_act(memorandum: Agreement) -> None:
    act = the_act(signed=read("2028-09-23", "2025"), stage=read(Stage.RENEWED, "si rinnova"))

    assert (act.likely, act.renewed) == (None, memorandum)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (CitedField.KIND, AgreementKind.MEMORANDUM, ("confirms", "Memorandum of understanding")),
        (CitedField.KIND, AgreementKind.TWINNING, ("disagrees", "Memorandum of understanding")),
        (CitedField.SIGNED, "2025-09-23", ("confirms", "23 September 2025")),
        (CitedField.SIGNED, "2025-09", ("confirms", "23 September 2025")),
        (CitedField.SIGNED, "2025-09-24", ("disagrees", "23 September 2025")),
        (CitedField.SIGNED_AT, IZUMISANO, ("confirms", "Izumisano")),
        (CitedField.SIGNED_AT, SPEZIA, ("disagrees", "Izumisano")),
        (CitedField.PARTIES, Body(SPEZIA, Institution.LOCAL_GOVERNMENT), ("confirms", "La Spezia")),
        (CitedField.PARTIES, Body(SPEZIA, Institution.PORT_AUTHORITY, "Porto"), ("new", "")),
        (CitedField.SIGNATORIES, Person("PERACCHINI Pierluigi", "", None), ("confirms", "Pierluigi Peracchini")),
        (CitedField.SIGNATORIES, Person("Peracchini", "", None), ("confirms", "Pierluigi Peracchini")),
        (CitedField.SIGNATORIES, Person("Mario Rossi", "", Country.ITALY), ("disagrees", "Pierluigi Peracchini")),
        (CitedField.TERM, 36, ("confirms", "3 years")),
        (CitedField.TERM, 60, ("disagrees", "3 years")),
        (CitedField.RENEWAL, Renewal.AUTOMATIC, ("confirms", "Automatic unless one side gives notice")),
        (CitedField.SECTORS, "culture", ("confirms", "Culture")),
        (CitedField.SECTORS, "health", ("new", "")),
    ],
)  # fmt: skip
def test_each_fact_is_new_confirms_or_disagrees(
    memorandum: Agreement, name: CitedField, value: Any, expected: tuple[str, str]
) -> None:
    assert fact(memorandum, name, value) == expected


def test_what_the_atlas_does_not_know_is_new(memorandum: Agreement) -> None:
    act = Agreement(signed="", renewal=Renewal.UNKNOWN, partnership=memorandum.partnership)

    for name, value in (
        (CitedField.SIGNED, "2025"),
        (CitedField.SIGNED_AT, SPEZIA),
        (CitedField.TERM, 36),
        (CitedField.RENEWAL, Renewal.NONE),
    ):
        assert fact_of_act(act, name, value) == Fact(Standing.NEW)


def test_an_event_of_the_same_kind_and_time_is_found(memorandum: Agreement) -> None:
    known = make_event(
        kind=EventKind.DELEGATION, start="2025-03-11", partnerships=(memorandum.partnership,)
    )

    (event,) = compare(READING).events

    assert (event.partnership, event.likely) == (memorandum.partnership, known)
    assert fact_of_event(known, CitedField.START, "2025-03").standing == Standing.CONFIRMS
    assert fact_of_event(known, CitedField.PLACES, SPEZIA).standing == Standing.CONFIRMS
    other = replace(READING, events=(replace(EVENT, start=read("2024", "2025")),))
    assert compare(other).events[0].likely is None


def test_an_event_that_names_no_pair_is_of_that_of_the_first_act(memorandum: Agreement) -> None:
    event = EventReading(kind=EVENT.kind, start=EVENT.start)

    (found,) = compare(replace(READING, events=(event,))).events

    assert found.partnership == memorandum.partnership


def test_the_same_text_is_found_with_the_source_that_it_became(memorandum: Agreement) -> None:
    editor = User.objects.create_user("editor")
    kept = PressRelease.objects.keep(TEXT, Source.objects.get(slug="la-spezia-2025-09-24"), editor)

    assert compare(READING).texts == (kept,)
    assert compare(replace(READING, text=TEXT + "!")).texts == ()


def test_a_source_is_found_by_its_address_or_by_title_and_day(memorandum: Agreement) -> None:
    source = Source.objects.create(
        slug="x", title="UN MEMORANDUM D'INTESA lega La Spezia e Izumisano", published="2025-09",
        kind="press_release", language="it", url="https://www.comune.example/1",
    )  # fmt: skip
    undated = replace(READING, source=replace(READING.source, published=None))

    assert compare(READING).sources == (source,)
    assert compare(undated).sources == ()
    assert compare(undated, "https://www.comune.example/1").sources == (source,)
    assert compare(undated, "https://www.comune.example/2").sources == ()


@pytest.mark.parametrize("acts", [1, 3])
def test_ten_acts_take_as_many_queries_as_one(
    memorandum: Agreement, django_assert_max_num_queries: Any, acts: int
) -> None:
    reading = replace(READING, acts=(ACT,) * acts, events=(EVENT,) * acts)

    # Partnerships; acts with parties, signatories, sectors, their parents, citations, sources; events
    # with sectors, parents, places, partnerships and their places; citations; places; texts; sources.
    with django_assert_max_num_queries(18):
        compare(reading)


def test_a_text_of_nothing_is_compared_with_nothing(whole_atlas: None) -> None:
    found = compare(replace(READING, acts=(), events=(), places=(), source=type(READING.source)()))

    assert (found.acts, found.events, found.places, found.sources) == ((), (), {}, ())
