"""A new act is typed in the order of a press release: its source, its two places, and the rest."""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from relations.enums import CitedField, PublicationState
from relations.models import Agreement, Citation, Partnership, Place, Source
from tests.factories import (
    make_agreement,
    make_entry,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_prefecture,
    make_region,
    make_source,
)
from tests.relations.admin.rows import errors, form_values, post_and_confirm

pytestmark = pytest.mark.django_db

ADD = "/admin/relations/agreement/add/"
BETWEEN = "/admin/relations/agreement/between/"
READING = "/admin/relations/agreement/reading/"


@pytest.fixture
def spezia():
    return make_italian_city(
        slug="la-spezia", name_it="La Spezia", name_ja="ラ・スペツィア市", name_en="La Spezia"
    )


@pytest.fixture
def izumisano():
    return make_japanese_city(
        slug="izumisano", name_it="Izumisano", name_ja="泉佐野市", name_en="Izumisano"
    )


@pytest.fixture
def release(spezia, izumisano):
    """What an editor types of the press release."""
    return {
        "source_publisher": "Comune della Spezia",
        "source_title": "Firmato il memorandum",
        "source_published": "24 settembre 2025",
        "source_url": "https://www.comune.example/memorandum",
        "italian_place": spezia.pk,
        "japanese_place": izumisano.pk,
        "kind": "memorandum",
        "signed": "23 settembre 2025",
        "term_months": "3 anni",
        "parties-0-place": spezia.pk,
        "parties-1-place": izumisano.pk,
    }


def send(client, typed):
    return post_and_confirm(client, ADD, form_values(client.get(ADD)) | typed)


def editor(client, *denied):
    """Sign in as someone who may do everything but these."""
    user = User.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.exclude(codename__in=denied))
    client.force_login(user)
    return client


def test_the_act_its_partnership_and_its_source_are_saved_at_once(admin_client, release):
    answer = send(admin_client, release)

    assert answer.status_code == 302
    act, source = Agreement.objects.get(), Source.objects.get()
    assert (act.partnership.slug, act.slug, act.signed, act.term_months, act.state) == (
        "la-spezia-izumisano",
        "la-spezia-izumisano-2025",
        "2025-09-23",
        36,
        PublicationState.DRAFT,
    )
    assert (source.slug, source.publisher, source.published, source.kind, source.language) == (
        "comune-della-spezia-firmato-il-memorandum",
        "Comune della Spezia",
        "2025-09-24",
        "press_release",
        "it",
    )
    assert [(c.source, c.field, c.stated) for c in act.citations.all()] == [
        (source, CitedField.RECORD, "")
    ]
    act.check_publishable()


def test_a_title_that_is_left_empty_is_made_in_three_languages(admin_client, release):
    send(admin_client, release)

    act = Agreement.objects.get()
    assert (act.title_it, act.title_ja, act.title_en) == (
        "Memorandum d’intesa tra La Spezia e Izumisano",
        "ラ・スペツィア市と泉佐野市との覚書",
        "Memorandum of understanding between La Spezia and Izumisano",
    )


def test_a_title_that_was_typed_stays_alone(admin_client, release):
    send(admin_client, release | {"title_it": "Il mare che unisce"})

    act = Agreement.objects.get()
    assert (act.title_it, act.title_ja, act.title_en) == ("Il mare che unisce", "", "")


def test_the_partnership_that_the_two_places_have_is_found(
    admin_client, release, spezia, izumisano
):
    there = make_partnership(
        slug="spezia-e-izumisano", italian_place=spezia, japanese_place=izumisano
    )

    send(admin_client, release)

    assert Agreement.objects.get().partnership == there
    assert Partnership.objects.count() == 1


def test_two_new_places_become_places_with_their_partnership(admin_client, release):
    make_region(code="IT-34", name_it="Emilia-Romagna")
    make_prefecture(code="JP-27", name_it="Osaka")
    make_entry(country="IT", name_it="Fidenza", name_ja="", code="034014", region_code="IT-34")
    make_entry(
        country="JP", name_it="Izumiotsu", name_ja="泉大津市", code="27206", region_code="JP-27",
        latitude="34.5", longitude="135.4",
    )  # fmt: skip
    new = {
        "italian_place": "IT-034014",
        "japanese_place": "JP-27206",
        "name_ja-IT-034014": "フィデンツァ市",
    }
    bound = {"parties-0-place": "IT-034014", "parties-1-place": "JP-27206"}

    answer = send(admin_client, release | new | bound)

    assert answer.status_code == 302
    act = Agreement.objects.get()
    assert act.partnership.slug == "fidenza-izumiotsu"
    assert {party.place.name_ja for party in act.parties.all()} == {"フィデンツァ市", "泉大津市"}
    assert Place.objects.filter(code__in=("034014", "27206")).count() == 2


def test_what_was_added_beside_the_act_is_on_the_log(admin_client, release):
    send(admin_client, release)

    added = LogEntry.objects.filter(action_flag=ADDITION).values_list(
        "content_type__model", flat=True
    )
    assert sorted(added) == ["agreement", "partnership", "source"]


def test_a_source_of_the_atlas_is_chosen(admin_client, release):
    there = make_source()
    described = dict.fromkeys(
        ("source_publisher", "source_title", "source_published", "source_url"), ""
    )

    send(admin_client, release | described | {"source": there.pk})

    assert [c.source for c in Agreement.objects.get().citations.all()] == [there]
    assert Source.objects.count() == 1


def test_a_citation_without_source_is_of_the_one_at_the_top(admin_client, release):
    send(
        admin_client,
        release
        | {
            "citations-0-field": "signed",
            "citations-0-stated": "23 settembre 205",
            "citations-0-preferred": "on",
        },
    )

    act = Agreement.objects.get()
    assert [(c.field, c.stated, c.source) for c in act.citations.order_by("field")] == [
        ("record", "", Source.objects.get()),
        ("signed", "23 settembre 205", Source.objects.get()),
    ]


def test_a_citation_of_the_whole_act_that_is_typed_is_not_written_twice(admin_client, release):
    there = make_source()
    described = dict.fromkeys(
        ("source_publisher", "source_title", "source_published", "source_url"), ""
    )

    answer = send(
        admin_client,
        release
        | described
        | {"source": there.pk, "citations-0-source": there.pk, "citations-0-field": "record"},
    )

    assert answer.status_code == 302
    assert Citation.objects.count() == 1


def test_a_source_without_date_and_address_is_enough(admin_client, release):
    send(admin_client, release | {"source_published": "", "source_url": ""})

    source = Source.objects.get()
    assert (source.published, source.retrieved) == ("", None)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"source_title": ""}, {"source_title": ["This field cannot be blank."]}),
        ({"source_url": "comune"}, {"source_url": ["Enter a valid URL."]}),
        ({"source_language": ""}, {"source_language": ["This field cannot be blank."]}),
        ({"source_kind": ""}, {"source_kind": ["This field cannot be blank."]}),
    ],
)
def test_a_source_that_is_described_badly_gets_its_sentence(admin_client, release, typed, expected):
    answer = send(admin_client, release | typed)

    assert errors(answer) == expected
    assert (Agreement.objects.count(), Partnership.objects.count(), Source.objects.count()) == (
        0,
        0,
        0,
    )


def test_a_source_is_chosen_or_described_but_not_both(admin_client, release):
    answer = send(admin_client, release | {"source": make_source().pk})

    assert errors(answer) == {
        "source": ["Choose a source that the atlas has or describe a new one, not both."]
    }
    assert Agreement.objects.count() == 0


def test_a_source_that_the_atlas_has_at_this_address_is_named(admin_client, release):
    make_source(publisher="Comune", title="Il memorandum", url=release["source_url"])

    answer = send(admin_client, release)

    assert errors(answer) == {
        "source": ["The atlas has “Comune, Il memorandum” at this address: choose it here."]
    }
    assert Agreement.objects.count() == 0


@pytest.mark.parametrize(
    ("denied", "field", "sentence"),
    [
        (
            "add_partnership",
            "japanese_place",
            "These two places have no partnership yet, and you may not add one.",
        ),
        ("add_source", "source", "You may not add sources: choose one that the atlas has."),
    ],
)
def test_who_may_not_add_what_the_act_needs_is_told(client, release, denied, field, sentence):
    answer = send(editor(client, denied), release)

    assert errors(answer) == {field: [sentence]}
    assert Agreement.objects.count() == 0


def test_another_act_of_the_same_pair_and_year_is_asked_about_once(admin_client, release):
    send(admin_client, release)

    page = admin_client.post(
        ADD, form_values(admin_client.get(ADD)) | release | {"source_url": "", "kind": "protocol"}
    )

    assert [doubt.sentence for doubt in page.context["doubts"]] == [
        "“Memorandum of understanding between La Spezia and Izumisano” joins the same two places and is of the same year, 2025."
    ]
    assert Agreement.objects.count() == 1


def test_a_link_may_bring_the_two_places(admin_client, spezia, izumisano):
    pair = make_partnership(italian_place=spezia, japanese_place=izumisano)

    values = form_values(admin_client.get(ADD, {"partnership": pair.pk}))

    assert (values["italian_place"], values["japanese_place"]) == (spezia.pk, izumisano.pk)


@pytest.mark.parametrize("key", ["", "0", "x", "99999999999999999999"])
def test_a_link_that_brings_nothing_opens_an_empty_form(admin_client, key):
    assert admin_client.get(ADD, {"partnership": key}).status_code == 200


def test_the_acts_that_two_places_have_are_shown_while_the_form_is_filled_in(
    admin_client, spezia, izumisano
):
    pair = make_partnership(italian_place=spezia, japanese_place=izumisano)
    act = make_agreement(partnership=pair, title_en="The act of 2013", signed="2013-05")

    html = admin_client.get(
        BETWEEN, {"italian_place": spezia.pk, "japanese_place": izumisano.pk}
    ).content.decode()

    assert "linked already" in html
    assert (
        f'<a href="{reverse("admin:relations_agreement_change", args=(act.pk,))}">The act of 2013</a>'
        in html
    )
    assert "May 2013" in html


@pytest.mark.parametrize(
    "places", [("IT-011015", "JP-27213"), ("1", "2"), ("", ""), ("²", "9" * 30), ("1", "9" * 30)]
)
def test_places_without_a_partnership_are_said_to_begin_one(admin_client, places):
    html = admin_client.get(
        BETWEEN, dict(zip(("italian_place", "japanese_place"), places, strict=True))
    )

    assert "The first act of these two places" in html.content.decode()


def test_what_the_form_asks_is_for_those_who_may_see_agreements(client):
    client.force_login(User.objects.create_user("nobody", is_staff=True))

    assert client.get(BETWEEN).status_code == 403


@pytest.mark.parametrize(
    ("reads", "text", "understood", "sentence"),
    [
        ("date", "maggio 2013", True, "May 2013 (month)"),
        ("date", "S38.10.12", True, "12 October 1963 (day)"),
        ("date", "circa 1986", True, "about 1986 (year)"),
        ("date", "", True, ""),
        ("date", "31/2/2005", False, "“31/2/2005” is not a day of the calendar."),
        ("term", "3 anni", True, "3 years = 36 months"),
        ("term", "36", True, "3 years = 36 months"),
        ("term", "anni", False, "“anni” is not understood as a length of time. Write for example 3 years, 18 months or 3年; a number alone means months."),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_back(admin_client, reads, text, understood, sentence):
    answer = admin_client.get(READING, {"reads": reads, "text": text})

    assert answer.json() == {"understood": understood, "sentence": sentence}


def test_a_saved_date_and_term_are_read_back_with_the_form(admin_client):
    act = make_agreement(signed="2013-05", term_months=30, state="draft")

    html = admin_client.get(
        reverse("admin:relations_agreement_change", args=(act.pk,))
    ).content.decode()

    assert ">May 2013 (month)</output>" in html
    assert 'value="30 months"' in html


def test_the_form_of_a_new_act_follows_a_press_release(admin_client):
    page = admin_client.get(ADD)

    order = [
        section["fieldset"].name if "fieldset" in section else section["inline"].formset.prefix
        for section in page.context["sections"]
    ]
    assert order[:7] == [
        "Where you read it",
        "Between whom",
        "The act",
        "parties",
        "Content",
        "Term",
        "citations",
    ]


def test_three_languages_stand_in_one_row(admin_client):
    html = admin_client.get(ADD).content.decode()

    assert 'class="form-row field-summary_it field-summary_ja field-summary_en"' in html
    assert all(
        f'lang="{language}" placeholder="Missing"' in html for language in ("it", "ja", "en")
    )


def test_a_saved_act_stays_with_its_partnership_page(admin_client, release):
    send(admin_client, release)
    act = Agreement.objects.get()

    page = admin_client.get(reverse("admin:relations_agreement_change", args=(act.pk,)))

    assert "partnership" in page.context["adminform"].form.fields
    assert "source_title" not in page.context["adminform"].form.fields


@pytest.mark.parametrize(
    "field", ["source", "italian_place", "parties-0-place", "signed_at", "renews"]
)
def test_a_number_that_is_no_key_is_refused(admin_client, release, field):
    answer = send(admin_client, release | {field: "9" * 23})

    assert answer.status_code == 200
    assert not Agreement.objects.exists()
