"""Places are looked up in the atlas and in the gazetteer; what is chosen there becomes a place."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from relations.models import Agreement, Event, GazetteerEntry, Partnership, Place
from tests.factories import (
    make_entry,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
)
from tests.relations.admin.rows import errors, form_values

pytestmark = pytest.mark.django_db

SUGGEST = "/admin/relations/place/suggest/"
IN_ATLAS, NEW = "In the atlas", "Not yet in the atlas: added when you save"


@pytest.fixture
def spezia():
    """La Spezia in the gazetteer, and its region in the atlas."""
    make_region(code="IT-42", name_it="Liguria", name_en="Liguria", slug="liguria")
    return make_entry(name_it="La Spezia", code="011015", region_code="IT-42", province="SP")


@pytest.fixture
def izumisano():
    """Izumisano in the gazetteer, and its prefecture in the atlas."""
    make_prefecture(code="JP-27", name_en="Osaka", name_ja="大阪府", slug="osaka-prefecture")
    return make_entry(
        country="JP",
        name_it="Izumisano",
        name_ja="泉佐野市",
        reading="いずみさのし",
        code="27213",
        region_code="JP-27",
        latitude="34.4068",
        longitude="135.3273",
    )


def suggest(client, words="", model="party", field="place", **more):
    """What the desk answers to words that are typed into a field."""
    asked = {"term": words, "app_label": "relations", "model_name": model, "field_name": field}
    return client.get(SUGGEST, asked | more)


def offered(*arguments, **more):
    """The groups of suggestions, as heading and texts; rows without a heading stand alone."""
    results = suggest(*arguments, **more).json()["results"]
    return [
        (row["text"], [child["text"] for child in row["children"]])
        if "children" in row
        else row["text"]
        for row in results
    ]


def editor(django_user_model, *may):
    """An editor with some permissions."""
    user = django_user_model.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=may))
    return user


def send(client, model, **typed):
    """Fill an empty form with what is typed, and send it."""
    url = reverse(f"admin:relations_{model}_add")
    return client.post(url, form_values(client.get(url)) | typed)


# Suggestions


@pytest.mark.parametrize("words", ["spe", "la s", "LÀ SPEZIA", "spezia sp"])
def test_an_italian_place_is_found_by_a_few_letters(admin_client, spezia, words):
    assert offered(admin_client, words) == [(NEW, ["La Spezia · SP · Liguria"])]


@pytest.mark.parametrize("words", ["izu", "Izumi", "いずみ", "イズミサノ", "泉佐野", "佐野市"])
def test_a_japanese_place_is_found_in_three_scripts(admin_client, izumisano, words):
    assert offered(admin_client, words) == [(NEW, ["泉佐野市 Izumisano · Osaka"])]


def test_places_of_the_atlas_come_first_and_only_once(admin_client, spezia):
    region = Place.objects.get(code="IT-42")
    make_italian_city(name_it="Spello", name_en="Spello", region=region, code="054050")
    make_entry(name_it="Spello", code="054050", region_code="IT-42")

    assert offered(admin_client, "spe") == [
        (IN_ATLAS, ["Spello · Liguria"]),
        (NEW, ["La Spezia · SP · Liguria"]),
    ]


def test_a_suggestion_says_where_to_go_and_what_is_missing(admin_client, spezia):
    (group,) = suggest(admin_client, "spe").json()["results"]

    assert group["children"] == [
        {
            "id": "IT-011015",
            "text": "La Spezia · SP · Liguria",
            "url": "/admin/relations/place/add/?gazetteer=IT-011015",
            "asks": "Japanese name of La Spezia",
        }
    ]


def test_nothing_is_asked_of_a_place_whose_names_are_known(admin_client, izumisano):
    (group,) = suggest(admin_client, "izu").json()["results"]

    assert [child["asks"] for child in group["children"]] == [""]


def test_the_likeliest_name_comes_first(admin_client):
    for name, inhabitants in [
        ("Santomenna", 400),
        ("Omegna", 15_000),
        ("Sant’Omero", 5_000),
        ("Ome", 3_000),
        ("Omessa", 20_000),
    ]:
        make_entry(name_it=name, inhabitants=inhabitants)

    (group,) = suggest(admin_client, "ome").json()["results"]

    names = [child["text"] for child in group["children"]]
    assert names == ["Ome", "Omessa", "Omegna", "Sant’Omero"]


def test_only_places_of_the_right_country_are_offered(admin_client, spezia, izumisano):
    partnership = {"model": "partnership", "words": "s"}

    assert offered(admin_client, field="italian_place", **partnership) == [
        (NEW, ["La Spezia · SP · Liguria"])
    ]
    assert offered(admin_client, "izu", model="partnership", field="italian_place") == []


def test_a_region_is_not_looked_for_in_the_gazetteer(admin_client, spezia):
    assert offered(admin_client, "spe", model="place", field="region") == []


def test_without_words_the_gazetteer_is_not_spilled_out(admin_client, spezia):
    assert offered(admin_client, " ") == [(IN_ATLAS, ["Liguria"])]


def test_suggestions_go_on_page_by_page(admin_client):
    region = make_region(name_it="Regione")
    for n in range(15):
        make_italian_city(name_it=f"Villa {n}", name_en=f"Villa {n:02}", region=region)
    for n in range(30):
        make_entry(name_it=f"Villa Nuova {n}", inhabitants=100 - n)

    pages = [suggest(admin_client, "villa", page=page).json() for page in ("1", "2", "3", "x")]

    places, entries = pages[0]["results"]
    assert (len(places["children"]), len(entries["children"])) == (15, 5)
    assert [row["text"] for row in pages[1]["results"]] == [
        f"Villa Nuova {n}" for n in range(5, 25)
    ]
    assert [row["text"] for row in pages[2]["results"]] == [
        f"Villa Nuova {n}" for n in range(25, 30)
    ]
    assert [page["pagination"]["more"] for page in pages[:3]] == [True, True, False]
    assert pages[3] == pages[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_suggestions_take_as_many_queries_for_three_rows_as_for_one(
    admin_client, django_assert_num_queries, rows
):
    for n in range(rows):
        make_italian_city(name_it=f"Villa {n}")
        make_entry(name_it=f"Villa Nuova {n}")

    # Session, editor; places counted and read; regions, entries.
    with django_assert_num_queries(6):
        assert len(offered(admin_client, "villa")) == 2


# Permissions


def test_a_stranger_is_sent_to_the_login(client, spezia):
    answer = suggest(client, "spe")

    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/admin/login/")


def test_an_editor_who_may_not_see_places_is_refused(client, django_user_model, spezia):
    client.force_login(editor(django_user_model, "change_agreement"))

    assert suggest(client, "spe").status_code == 403


def test_an_editor_who_may_not_add_places_is_offered_those_of_the_atlas(
    client, django_user_model, spezia
):
    client.force_login(editor(django_user_model, "view_place"))

    assert offered(client, "lig") == [(IN_ATLAS, ["Liguria"])]
    assert offered(client, "spe") == []


def test_an_editor_who_may_not_add_places_cannot_make_one_by_hand(
    client, django_user_model, spezia
):
    client.force_login(
        editor(django_user_model, "view_place", "add_partnership", "view_partnership")
    )

    page = send(
        client,
        "partnership",
        italian_place="IT-011015",
        japanese_place=make_japanese_city().pk,
        **{"name_ja-IT-011015": "ラ・スペツィア市"},
    )

    sentence = "Select a valid choice. That choice is not one of the available choices."
    assert errors(page) == {"italian_place": [sentence]}
    assert not Place.objects.filter(code="011015").exists()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"model_name": "agreement", "field_name": "sectors"}, 403),  # no places
        ({"model_name": "agreement", "field_name": "kind"}, 403),
        ({"model_name": "nothing"}, 403),
        ({"field_name": "nothing"}, 403),
    ],
)
def test_what_is_no_field_of_places_has_no_suggestions(admin_client, asked, status):
    assert suggest(admin_client, "spe", **asked).status_code == status


# Making places


def test_two_entries_become_the_places_of_a_partnership(admin_client, spezia, izumisano):
    answer = send(
        admin_client,
        "partnership",
        italian_place="IT-011015",
        japanese_place="JP-27213",
        **{"name_ja-IT-011015": " ラ・スペツィア市 "},
    )

    assert answer.status_code == 302
    partnership = Partnership.objects.get()
    assert partnership.slug == "la-spezia-izumisano"
    italian, japanese = partnership.italian_place, partnership.japanese_place
    assert (italian.slug, italian.name_it, italian.name_ja, italian.name_en) == (
        "la-spezia",
        "La Spezia",
        "ラ・スペツィア市",
        "La Spezia",
    )
    assert (italian.kind, italian.code, italian.region.slug) == (
        "municipality",
        "011015",
        "liguria",
    )
    assert (japanese.name_ja, japanese.name_it, japanese.reading) == (
        "泉佐野市",
        "Izumisano",
        "いずみさのし",
    )
    assert (japanese.latitude, japanese.longitude) == (Decimal("34.40680"), Decimal("135.32730"))
    assert list(Place.objects.spelled("泉佐野")) == [japanese]


def test_a_new_place_has_its_addition_in_its_history(admin_client, spezia, izumisano):
    send(
        admin_client,
        "partnership",
        italian_place=make_italian_city().pk,
        japanese_place="JP-27213",
    )

    place = Place.objects.get(code="27213")
    page = admin_client.get(reverse("admin:relations_place_history", args=(place.pk,)))
    entries = page.context["history"].entries
    assert [[item.kind for item in entry.items] for entry in entries] == [["+"]]


def test_the_japanese_name_of_an_italian_place_is_asked_for(admin_client, spezia):
    japanese = make_japanese_city()

    page = send(admin_client, "partnership", italian_place="IT-011015", japanese_place=japanese.pk)

    assert errors(page) == {
        "italian_place": [
            "The atlas does not know the Japanese name of La Spezia yet: please give it."
        ]
    }
    content = page.content.decode()
    assert '<option value="IT-011015" selected>La Spezia · SP · Liguria</option>' in content
    assert 'name="name_ja-IT-011015"' in content
    assert "Japanese name of La Spezia" in content
    assert not Place.objects.filter(code="011015").exists()


def test_a_form_that_is_refused_makes_no_place_and_keeps_what_was_typed(admin_client, spezia):
    page = send(
        admin_client,
        "partnership",
        italian_place="IT-011015",
        **{"name_ja-IT-011015": "ラ・スペツィア市"},
    )

    assert errors(page) == {"japanese_place": ["This field is required."]}
    assert 'value="ラ・スペツィア市"' in page.content.decode()
    assert not Place.objects.filter(code="011015").exists()


@pytest.mark.parametrize(
    "chosen",
    ["IT-999999", "IT-27213", "JP-011015", "JP-27213", "IT-", "XX-011015", "0", "IT-011015x"],
)
def test_what_is_no_entry_for_the_field_is_refused(admin_client, spezia, izumisano, chosen):
    page = send(
        admin_client,
        "partnership",
        italian_place=chosen,
        japanese_place=make_japanese_city().pk,
    )

    assert errors(page) == {
        "italian_place": ["Select a valid choice. That choice is not one of the available choices."]
    }
    assert Partnership.objects.count() == 0


def test_an_entry_whose_region_the_atlas_lacks_is_refused(admin_client):
    make_entry(name_it="Aosta", name_ja="アオスタ市", code="007003", region_code="IT-23")

    page = send(
        admin_client,
        "partnership",
        italian_place="IT-007003",
        japanese_place=make_japanese_city().pk,
    )

    sentence = (
        "A municipality, ward or province needs its region or prefecture; "
        "a region or prefecture has none."
    )
    assert errors(page) == {"italian_place": [sentence]}


def test_an_entry_that_is_a_place_by_now_is_that_place(admin_client, izumisano):
    there = make_japanese_city(code="27213")

    send(
        admin_client,
        "partnership",
        italian_place=make_italian_city().pk,
        japanese_place="JP-27213",
    )

    assert Partnership.objects.get().japanese_place == there


def test_a_slug_that_is_taken_gets_the_name_of_the_region(admin_client, izumisano):
    make_italian_city(slug="izumisano")

    send(
        admin_client,
        "partnership",
        italian_place=make_italian_city().pk,
        japanese_place="JP-27213",
    )

    assert Place.objects.get(code="27213").slug == "izumisano-osaka"


def test_one_new_place_serves_the_whole_page_of_an_agreement(admin_client, izumisano):
    partnership = make_partnership()

    answer = send(
        admin_client,
        "agreement",
        italian_place=partnership.italian_place_id,
        japanese_place="JP-27213",
        kind="twinning",
        signed="2025-09-23",
        signed_at="JP-27213",
        doubts_read="on",
        doubt=["source"],
        **{"parties-0-place": "JP-27213", "parties-0-institution": "local_government"},
    )

    assert answer.status_code == 302
    agreement = Agreement.objects.get()
    place = Place.objects.get(code="27213")
    assert agreement.signed_at == place
    assert agreement.partnership.japanese_place == place
    assert [party.place for party in agreement.parties.all()] == [place]


def test_an_event_may_concern_places_old_and_new(admin_client, spezia, izumisano):
    there = make_italian_city()
    make_entry(
        country="JP",
        name_it="Izumisano",
        name_ja="泉佐野町",
        code="99999",
        region_code="JP-27",
        latitude="34.5",
        longitude="135.5",
    )

    answer = send(
        admin_client,
        "event",
        kind="mission",
        title_en="Mission",
        slug="mission",
        places=[str(there.pk), "IT-011015", "JP-27213", "JP-99999"],
        **{"name_ja-IT-011015": "ラ・スペツィア市"},
    )

    assert answer.status_code == 302
    assert {(place.code, place.slug) for place in Event.objects.get().places.all()} == {
        (there.code, there.slug),
        ("011015", "la-spezia"),
        ("27213", "izumisano"),
        ("99999", "izumisano-99999"),
    }


def test_every_place_that_is_refused_gets_its_sentence(admin_client, spezia):
    page = send(
        admin_client,
        "event",
        kind="mission",
        title_en="Mission",
        slug="mission",
        places=["IT-011015", "JP-27213"],
    )

    assert errors(page) == {
        "places": [
            "The atlas does not know the Japanese name of La Spezia yet: please give it.",
            "Select a valid choice. JP-27213 is not one of the available choices.",
        ]
    }


# The form of a place


def test_the_form_of_a_place_is_filled_in_from_the_gazetteer(admin_client, spezia):
    page = admin_client.get("/admin/relations/place/add/?gazetteer=IT-011015")

    filled = form_values(page)
    assert {name: str(filled[name]) for name in ("name_it", "name_en", "code", "slug")} == {
        "name_it": "La Spezia",
        "name_en": "La Spezia",
        "code": "011015",
        "slug": "la-spezia",
    }
    fields = page.context["adminform"].form.fields
    assert fields["name_ja"].help_text == "The gazetteer does not know it: please give it."

    admin_client.post(
        "/admin/relations/place/add/",
        {**filled, "name_ja": "ラ・スペツィア市"},
    )

    place = Place.objects.get(code="011015")
    assert (place.region.slug, place.name_ja) == ("liguria", "ラ・スペツィア市")


@pytest.mark.parametrize("key", ["", "IT-999999", "nonsense", "IT-011015"])
def test_an_entry_that_is_not_there_fills_in_nothing(admin_client, key):
    page = admin_client.get("/admin/relations/place/add/", {"gazetteer": key})

    assert "name_it" not in form_values(page)


def test_what_a_browser_kept_of_the_look_up_means_nothing(admin_client, izumisano):
    url = "/admin/relations/place/add/?gazetteer=JP-27213"
    filled = form_values(admin_client.get(url))

    answer = admin_client.post(url, {**filled, "gazetteer": "JP-27213"})

    assert answer.status_code == 302
    assert Place.objects.get(code="27213").name_ja == "泉佐野市"


def test_a_saved_place_is_not_looked_up(admin_client):
    page = admin_client.get(reverse("admin:relations_place_change", args=(make_italian_city().pk,)))

    assert b'name="gazetteer"' not in page.content
    assert b"data-point-picker" in page.content


def test_who_may_only_read_a_place_reads_its_point(client, django_user_model):
    place = make_italian_city()
    client.force_login(editor(django_user_model, "view_place"))

    page = client.get(reverse("admin:relations_place_change", args=(place.pk,)))

    assert b"44.40000, 11.20000" in page.content
    assert b"data-point-picker" not in page.content


def test_the_gazetteer_is_left_alone(admin_client, spezia, izumisano):
    send(
        admin_client,
        "partnership",
        italian_place=make_italian_city().pk,
        japanese_place="JP-27213",
    )

    assert GazetteerEntry.objects.count() == 2
    assert offered(admin_client, "泉佐野") == [(IN_ATLAS, ["泉佐野市 Izumisano · Osaka"])]
