"""Places lie in their country, in their region, under a code of their own."""

import pytest
from django.db.models import ProtectedError
from django.utils import translation

from relations.enums import Country, Language, MacroArea, PlaceKind
from relations.models import Place, PlaceName
from tests.factories import (
    make_agreement,
    make_event,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
)

pytestmark = pytest.mark.django_db

TORINO = {"latitude": "45.07049", "longitude": "7.68682"}
NAGOYA = {"latitude": "35.18147", "longitude": "136.90641"}


@pytest.fixture
def emilia_romagna():
    return make_region(
        slug="emilia-romagna",
        code="IT-45",
        name_it="Emilia-Romagna",
        name_ja="エミリア＝ロマーニャ州",
        name_en="Emilia-Romagna",
    )


@pytest.fixture
def gunma():
    return make_prefecture(
        slug="gunma",
        code="JP-10",
        name_it="Gunma",
        name_ja="群馬県",
        name_en="Gunma",
        reading="ぐんまけん",
    )


# Rules that the database keeps as well


def test_a_code_stands_once_in_a_country(refusals, database_refuses):
    make_italian_city(code="039014")
    other = make_italian_city()

    other.code = "039014"

    assert refusals(other) == {"__all__": ["Another place of this country has this code."]}
    with database_refuses("relations_place_code_once_in_country"):
        other.save()


def test_a_code_may_stand_in_both_countries():
    make_italian_city(code="13119")
    city = make_japanese_city(code="13119")

    city.full_clean()

    assert Place.objects.filter(code="13119").count() == 2


OUTSIDE = "The coordinates lie outside the country: check latitude and longitude."


@pytest.mark.parametrize(
    ("make", "latitude", "longitude"),
    [
        (make_italian_city, "35.1", "12.6"),
        (make_italian_city, "47.3", "12.6"),
        (make_italian_city, "44.1", "6.4"),
        (make_italian_city, "44.1", "18.8"),
        (make_italian_city, "35.18147", "136.90641"),
        (make_italian_city, "9.82411", "44.10283"),
        (make_japanese_city, "20.1", "136.9"),
        (make_japanese_city, "45.9", "136.9"),
        (make_japanese_city, "35.2", "122.6"),
        (make_japanese_city, "35.2", "154.2"),
        (make_japanese_city, "45.07049", "7.68682"),
    ],
)
def test_coordinates_outside_the_country_are_refused(
    make, latitude, longitude, refusals, database_refuses
):
    city = make()

    city.latitude, city.longitude = latitude, longitude

    assert refusals(city) == {"__all__": [OUTSIDE]}
    with database_refuses("relations_place_inside_country"):
        city.save()


@pytest.mark.parametrize(
    ("make", "latitude", "longitude"),
    [
        pytest.param(make_italian_city, "35.50000", "12.60000", id="Lampedusa"),
        pytest.param(make_italian_city, "47.05000", "12.10000", id="Predoi"),
        pytest.param(make_italian_city, "45.08000", "6.70000", id="Bardonecchia"),
        pytest.param(make_italian_city, "40.15000", "18.49000", id="Otranto"),
        pytest.param(make_japanese_city, "24.45000", "122.99000", id="Yonaguni"),
        pytest.param(make_japanese_city, "45.41000", "141.68000", id="Wakkanai"),
        pytest.param(make_japanese_city, "27.09000", "142.19000", id="Ogasawara"),
        pytest.param(make_japanese_city, "43.33000", "145.58000", id="Nemuro"),
    ],
)
def test_coordinates_at_the_ends_of_the_country_are_accepted(make, latitude, longitude):
    city = make(latitude=latitude, longitude=longitude)

    city.full_clean()

    assert Place.objects.filter(pk=city.pk).exists()


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (make_italian_city, PlaceKind.WARD),
        (make_japanese_city, PlaceKind.PROVINCE),
        (make_japanese_city, PlaceKind.METROPOLITAN_CITY),
        (lambda: make_region(code="IT-45"), PlaceKind.PREFECTURE),
        (lambda: make_prefecture(code="JP-08"), PlaceKind.REGION),
    ],
    ids=["ward", "province", "metropolitan city", "prefecture", "region"],
)
def test_a_country_has_only_its_own_kinds_of_place(make, kind, refusals, database_refuses):
    place = make()

    place.kind = kind

    assert refusals(place) == {"__all__": ["This country has no places of this kind."]}
    with database_refuses("relations_place_kind_of_country"):
        place.save()


NEEDS_REGION = (
    "A municipality, ward or province needs its region or prefecture; "
    "a region or prefecture has none."
)


@pytest.mark.parametrize("make", [make_italian_city, make_japanese_city])
def test_a_city_without_a_region_is_refused(make, refusals, database_refuses):
    city = make()

    city.region = None

    assert refusals(city) == {"__all__": [NEEDS_REGION]}
    with database_refuses("relations_place_has_region_unless_territory"):
        city.save()


def test_a_region_inside_a_region_is_refused(emilia_romagna, refusals, database_refuses):
    emilia_romagna.region = make_region()

    assert refusals(emilia_romagna) == {"__all__": [NEEDS_REGION]}
    with database_refuses("relations_place_has_region_unless_territory"):
        emilia_romagna.save()


MACRO_AREA = "A region or prefecture needs its macro-area; other places have none."


def test_a_region_without_a_macro_area_is_refused(emilia_romagna, refusals, database_refuses):
    emilia_romagna.macro_area = ""

    assert refusals(emilia_romagna) == {"__all__": [MACRO_AREA]}
    with database_refuses("relations_place_macro_area_of_territory"):
        emilia_romagna.save()


def test_a_city_with_a_macro_area_is_refused(refusals, database_refuses):
    city = make_japanese_city()

    city.macro_area = MacroArea.KINKI

    assert refusals(city) == {"__all__": [MACRO_AREA]}
    with database_refuses("relations_place_macro_area_of_territory"):
        city.save()


# Rules that only `clean` can keep


def test_a_city_in_a_region_of_the_other_country_is_refused(gunma, refusals):
    city = make_italian_city()

    city.region = gunma

    assert refusals(city, "clean") == {"region": ["“Gunma” lies in the other country."]}


def test_a_city_in_a_city_is_refused(refusals):
    city = make_italian_city()

    city.region = make_italian_city(name_en="Parma")

    assert refusals(city, "clean") == {"region": ["“Parma” is not a region or prefecture."]}


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        (PlaceKind.MUNICIPALITY, "39014", "an ISTAT code of 6 digits such as 011015"),
        (PlaceKind.MUNICIPALITY, "0390140", "an ISTAT code of 6 digits such as 011015"),
        (PlaceKind.MUNICIPALITY, "A944", "an ISTAT code of 6 digits such as 011015"),
        (PlaceKind.PROVINCE, "11", "an ISTAT code of 3 digits such as 011"),
        (PlaceKind.METROPOLITAN_CITY, "0237", "an ISTAT code of 3 digits such as 237"),
    ],
)
def test_an_istat_code_of_another_shape_is_refused(kind, code, expected, refusals):
    place = make_italian_city()

    place.kind, place.code = kind, code

    assert refusals(place) == {"code": [f"“{code}” should be {expected}."]}


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        (PlaceKind.MUNICIPALITY, "272132", "a JIS X 0402 code of 5 digits such as 27213"),
        (PlaceKind.MUNICIPALITY, "2441", "a JIS X 0402 code of 5 digits such as 27213"),
        (PlaceKind.WARD, "1311", "a JIS X 0402 code of 5 digits such as 13119"),
    ],
)
def test_a_jis_code_of_another_shape_is_refused(kind, code, expected, refusals):
    place = make_japanese_city()

    place.kind, place.code = kind, code

    assert refusals(place) == {"code": [f"“{code}” should be {expected}."]}


@pytest.mark.parametrize(
    ("make", "code", "example"),
    [
        (make_region, "45", "IT-45"),
        (make_region, "JP-08", "IT-45"),
        (make_region, "IT-451", "IT-45"),
        (make_prefecture, "08", "JP-08"),
        (make_prefecture, "IT-45", "JP-08"),
        (make_prefecture, "jp-08", "JP-08"),
    ],
)
def test_an_iso_code_of_another_shape_is_refused(make, code, example, refusals):
    territory = make()

    territory.code = code

    assert refusals(territory) == {
        "code": [f"“{code}” should be an ISO 3166-2 code such as {example}."]
    }


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (PlaceKind.MUNICIPALITY, "011015"),
        (PlaceKind.PROVINCE, "011"),
        (PlaceKind.METROPOLITAN_CITY, "237"),
    ],
)
def test_an_istat_code_of_the_right_shape_is_accepted(kind, code, emilia_romagna, column):
    place = make_italian_city(region=emilia_romagna)

    place.kind, place.code = kind, code
    place.full_clean()
    place.save()

    assert column(place, "code") == code


@pytest.mark.parametrize(
    ("kind", "code"), [(PlaceKind.MUNICIPALITY, "02441"), (PlaceKind.WARD, "13119")]
)
def test_a_jis_code_of_the_right_shape_is_accepted(kind, code, gunma, column):
    place = make_japanese_city(region=gunma)

    place.kind, place.code = kind, code
    place.full_clean()
    place.save()

    assert column(place, "code") == code


def test_all_that_is_wrong_with_a_place_is_said_at_once(gunma, refusals):
    city = make_italian_city()

    city.region, city.code = gunma, "1"

    assert refusals(city) == {
        "region": ["“Gunma” lies in the other country."],
        "code": ["“1” should be an ISTAT code of 6 digits such as 011015."],
    }


# What a place is called


def test_a_place_is_called_by_its_name_in_the_active_language(gunma):
    with translation.override("ja"):
        said = str(gunma)

    assert said == "群馬県"


@pytest.mark.parametrize(
    ("make", "text", "language"),
    [
        (make_italian_city, "Firenze", Language.ITALIAN),
        (make_japanese_city, "京都市", Language.JAPANESE),
    ],
)
def test_the_native_name_is_that_of_the_country(make, text, language):
    city = make(name_it="Firenze", name_ja="京都市", name_en="Somewhere")

    assert (city.native_name.text, city.native_name.language) == (text, language)


def test_a_place_has_its_page(emilia_romagna):
    assert emilia_romagna.get_absolute_url() == "/en/places/emilia-romagna/"


def test_a_place_has_its_page_in_each_language(emilia_romagna):
    with translation.override("it"):
        url = emilia_romagna.get_absolute_url()

    assert url == "/it/places/emilia-romagna/"


def test_a_place_is_found_by_its_natural_key(gunma):
    make_prefecture()

    assert gunma.natural_key() == ("gunma",)
    assert Place.objects.get_by_natural_key(*gunma.natural_key()) == gunma


# Where it lies


def test_the_territory_of_a_city_is_its_region(emilia_romagna):
    city = make_italian_city(region=emilia_romagna)

    assert (city.territory, city.is_territory) == (emilia_romagna, False)


def test_the_territory_of_a_prefecture_is_itself(gunma):
    assert (gunma.territory, gunma.is_territory) == (gunma, True)


def test_torino_and_nagoya_lie_9734_km_apart():
    """The same arc by the cross product of the two positions, on a sphere of 6371.0088 km."""
    torino = Place.objects.get(pk=make_italian_city(**TORINO).pk)
    nagoya = Place.objects.get(pk=make_japanese_city(**NAGOYA).pk)

    assert torino.distance_km(nagoya) == pytest.approx(9733.936, abs=1)


def test_a_distance_is_the_same_both_ways_and_a_whole_number():
    torino = Place.objects.get(pk=make_italian_city(**TORINO).pk)
    nagoya = Place.objects.get(pk=make_japanese_city(**NAGOYA).pk)

    there, back = torino.distance_km(nagoya), nagoya.distance_km(torino)

    assert (there, type(there)) == (back, int)


def test_a_place_lies_at_no_distance_from_itself():
    torino = Place.objects.get(pk=make_italian_city(**TORINO).pk)

    assert torino.distance_km(torino) == 0


def test_a_degree_of_latitude_is_111_km():
    south = Place.objects.get(pk=make_italian_city(latitude="43", longitude="11").pk)
    north = Place.objects.get(pk=make_italian_city(latitude="44", longitude="11").pk)

    assert south.distance_km(north) == 111


def test_a_region_that_contains_a_place_cannot_be_deleted(emilia_romagna):
    make_italian_city(region=emilia_romagna)

    with pytest.raises(ProtectedError):
        emilia_romagna.delete()


# Sets of places


def test_places_of_a_country_leave_the_other_out(emilia_romagna, gunma):
    assert list(Place.objects.in_country(Country.JAPAN)) == [gunma]


def test_territories_leave_cities_out(emilia_romagna, gunma):
    make_italian_city(region=emilia_romagna)

    assert list(Place.objects.territories()) == [emilia_romagna, gunma]


def test_places_stand_in_the_order_of_country_and_english_name(gunma):
    parma = make_region(name_en="Parma")
    asti = make_region(name_en="Asti")

    assert list(Place.objects.all()) == [asti, parma, gunma]


def test_a_place_counts_its_own_public_partnerships(gunma):
    bologna = make_italian_city()
    linked, proposed, drafted = (make_partnership(italian_place=bologna) for _ in range(3))
    for_region = make_partnership(italian_place=bologna.region, japanese_place=gunma)
    for partnership in (linked, linked, for_region):
        make_agreement(partnership=partnership)
    make_agreement(partnership=drafted, state="draft")
    make_event(partnerships=(proposed, linked))

    counts = {place: place.partnership_count for place in Place.objects.with_partnership_count()}

    assert counts == {
        bologna: 2,
        bologna.region: 1,
        gunma: 1,
        linked.japanese_place: 1,
        linked.japanese_place.region: 0,
        proposed.japanese_place: 1,
        proposed.japanese_place.region: 0,
        drafted.japanese_place: 0,
        drafted.japanese_place.region: 0,
    }


@pytest.mark.parametrize("needle", [" emilia", " romagna", "えみりあ", "ろまにゃ州"])
def test_a_place_is_spelled_as_each_of_its_names(needle, emilia_romagna, gunma):
    assert list(Place.objects.spelled(needle)) == [emilia_romagna]


@pytest.mark.parametrize("needle", [" gumma", " gunma", "群馬", "ぐんま"])
def test_a_city_is_spelled_as_its_region_and_the_other_spellings_of_it(needle, gunma):
    city = make_japanese_city(region=gunma, name_en="Annaka")
    make_japanese_city()
    PlaceName.objects.create(place=gunma, text="Gumma", language=Language.ITALIAN)

    assert set(Place.objects.spelled(needle)) == {gunma, city}


def test_a_place_is_spelled_as_its_former_name():
    takko = make_japanese_city(name_en="Takko")
    PlaceName.objects.create(place=takko, text="Tatsukomachi", language=Language.ITALIAN)

    assert list(Place.objects.spelled(" tatsuko")) == [takko]


def test_a_word_is_not_found_in_its_middle(gunma):
    assert list(Place.objects.spelled(" unma")) == []


# Columns that follow


def test_the_folded_names_follow_on_save(gunma, column):
    gunma.name_it = "Prefettura di Gunma"
    gunma.save()

    assert column(gunma, "folded") == " prefettura di gunma 群馬県 gunma ぐんまけん"


def test_the_folded_names_follow_after_a_refetch(gunma, column):
    again = Place.objects.get(pk=gunma.pk)

    again.name_ja = "群馬"
    again.save()

    assert column(gunma, "folded") == " gunma 群馬 gunma ぐんまけん"


def test_the_folded_spelling_follows_on_save(gunma, column):
    name = PlaceName.objects.create(place=gunma, text="Gumma-ken", language=Language.ENGLISH)

    assert column(name, "folded") == " gumma ken"


# Other spellings


def test_a_spelling_stands_once_for_a_place(gunma, refusals, database_refuses):
    PlaceName.objects.create(place=gunma, text="Gumma", language=Language.ITALIAN)
    again = PlaceName(place=gunma, text="Gumma", language=Language.ITALIAN)

    assert refusals(again) == {"__all__": ["This place already has this spelling."]}
    with database_refuses("relations_placename_once"):
        again.save()


def test_a_spelling_may_stand_in_two_languages_and_for_two_places(gunma):
    names = [
        PlaceName(place=gunma, text="Gumma", language=Language.ITALIAN),
        PlaceName(place=gunma, text="Gumma", language=Language.ENGLISH),
        PlaceName(place=make_japanese_city(), text="Gumma", language=Language.ITALIAN),
    ]

    for name in names:
        name.full_clean()
        name.save()

    assert PlaceName.objects.filter(text="Gumma").count() == 3


def test_a_spelling_is_found_by_its_natural_key(gunma):
    name = PlaceName.objects.create(place=gunma, text="Gumma", language=Language.ITALIAN)
    PlaceName.objects.create(place=gunma, text="Gumma", language=Language.ENGLISH)

    assert (str(name), name.natural_key()) == ("Gumma", ("gunma", "Gumma", "it"))
    assert PlaceName.objects.get_by_natural_key(*name.natural_key()) == name
