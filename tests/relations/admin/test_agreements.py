"""An editor writes down what a press release tells, on one page."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from relations.enums import CitedField, Country, PublicationState, Renewal
from relations.models import Agreement, Citation, Partnership, Party, Signatory
from tests.factories import (
    make_agreement,
    make_italian_city,
    make_japanese_city,
    make_partnership,
    make_sector,
    make_source,
)
from tests.relations.admin.rows import errors, form_values, make_draft, post_and_confirm

pytestmark = pytest.mark.django_db

ADD = "/admin/relations/agreement/add/"


@pytest.fixture
def la_spezia():
    return make_italian_city(slug="la-spezia", name_it="La Spezia")


@pytest.fixture
def izumisano():
    return make_japanese_city(slug="izumisano", name_it="Izumisano")


@pytest.fixture
def partnership(la_spezia, izumisano):
    return make_partnership(
        slug="la-spezia-izumisano", italian_place=la_spezia, japanese_place=izumisano
    )


@pytest.fixture
def release(partnership, la_spezia, izumisano):
    """The press release of 24 September 2025, as typed into the empty form."""
    source = make_source(publisher="Comune della Spezia")
    return {
        "italian_place": la_spezia.pk,
        "japanese_place": izumisano.pk,
        "kind": "memorandum",
        "title_it": "Memorandum d’intesa tra La Spezia e Izumisano",
        "signed": "2025-09-23",
        "signed_at": izumisano.pk,
        "sectors": [make_sector(name_en="Culture").pk, make_sector(name_en="Sport").pk],
        "term_months": 36,
        "renewal": "automatic",
        "parties-0-place": la_spezia.pk,
        "parties-0-signatories-0-name": "Pierluigi Peracchini",
        "parties-0-signatories-0-office_it": "Sindaco della Spezia",
        "parties-1-place": izumisano.pk,
        "parties-1-signatories-0-name": "Hiroyasu Chiyomatsu",
        "parties-1-signatories-0-office_it": "Sindaco di Izumisano",
        "citations-0-source": source.pk,
        "citations-0-field": "signed",
        "citations-0-stated": "23 settembre 205",
        "citations-0-preferred": "on",
    }


def send(client, typed, url=ADD):
    """Fill the page's form with what is typed, and send it."""
    values = form_values(client.get(url)) | typed
    return post_and_confirm(client, url, values)


def change(agreement):
    """The page of an agreement."""
    return reverse("admin:relations_agreement_change", args=(agreement.pk,))


def test_one_form_takes_the_act_its_parties_signatories_and_citations(admin_client, release):
    answer = send(admin_client, release)

    assert answer.headers["location"] == "/admin/relations/agreement/"
    agreement = Agreement.objects.get()
    assert (
        agreement.partnership_id,
        agreement.kind,
        agreement.signed,
        agreement.signed_at_id,
        agreement.term_months,
        agreement.renewal,
        agreement.slug,
        agreement.state,
    ) == (
        Partnership.objects.get(slug="la-spezia-izumisano").pk,
        "memorandum",
        "2025-09-23",
        release["signed_at"],
        36,
        Renewal.AUTOMATIC,
        "la-spezia-izumisano-2025",
        PublicationState.DRAFT,
    )
    assert [sector.pk for sector in agreement.sectors.all()] == release["sectors"]
    assert [
        (party.place.slug, person.name, person.office_it)
        for party in agreement.parties.order_by("place__country")
        for person in party.signatories.all()
    ] == [
        ("la-spezia", "Pierluigi Peracchini", "Sindaco della Spezia"),
        ("izumisano", "Hiroyasu Chiyomatsu", "Sindaco di Izumisano"),
    ]
    assert [
        (citation.field, citation.stated, citation.preferred, citation.source_id)
        for citation in agreement.citations.all()
    ] == [(CitedField.SIGNED, "23 settembre 205", True, release["citations-0-source"])]


def test_a_form_cannot_publish(admin_client, release):
    send(admin_client, release | {"state": "published"})

    assert Agreement.objects.get().state == PublicationState.DRAFT


def test_an_empty_form_has_room_for_a_party_of_each_side_and_a_citation(admin_client):
    values = form_values(admin_client.get(ADD))

    assert {name: values[name] for name in values if name.endswith("TOTAL_FORMS")} == {
        "parties-TOTAL_FORMS": 2,
        "parties-0-signatories-TOTAL_FORMS": 1,
        "parties-1-signatories-TOTAL_FORMS": 1,
        "citations-TOTAL_FORMS": 1,
    }


def test_saving_a_page_as_it_is_changes_nothing(admin_client, release):
    send(admin_client, release)
    agreement = Agreement.objects.get()
    rows = [Agreement, Party, Signatory, Citation]
    before = [list(model.objects.order_by("pk").values()) for model in rows]

    send(admin_client, {}, change(agreement))

    assert [list(model.objects.order_by("pk").values()) for model in rows] == before


def test_a_signatory_is_corrected_and_one_added_on_the_page_of_the_agreement(admin_client, release):
    send(admin_client, release)
    agreement = Agreement.objects.get()

    send(
        admin_client,
        {
            "parties-0-signatories-0-office_en": "Mayor of La Spezia",
            "parties-0-signatories-1-name": "Maria Rossi",
        },
        change(agreement),
    )

    italian = agreement.parties.get(place__country=Country.ITALY)
    assert [(person.name, person.office_en) for person in italian.signatories.all()] == [
        ("Maria Rossi", ""),
        ("Pierluigi Peracchini", "Mayor of La Spezia"),
    ]


def test_a_signatory_is_removed_on_the_page_of_the_agreement(admin_client, release):
    send(admin_client, release)
    agreement = Agreement.objects.get()

    send(admin_client, {"parties-0-signatories-0-DELETE": "on"}, change(agreement))

    assert [person.name for person in Signatory.objects.all()] == ["Hiroyasu Chiyomatsu"]


def test_a_signatory_without_a_name_is_refused_and_nothing_saved(admin_client, release):
    release["parties-0-signatories-0-name"] = ""

    answer = send(admin_client, release)

    assert errors(answer) == {
        "parties-0-signed_by": ["Correct the signatories of this party."],
        "parties-0-signatories-0-name": ["This field is required."],
    }
    assert Agreement.objects.count() == 0


def test_a_signatory_of_no_party_asks_for_its_place(admin_client, release):
    release["parties-1-place"] = ""

    answer = send(admin_client, release)

    assert errors(answer) == {"parties-1-place": ["This field is required."]}
    assert Agreement.objects.count() == 0


def test_the_same_signatory_twice_is_refused(admin_client, release):
    send(admin_client, release)
    agreement = Agreement.objects.get()

    answer = send(
        admin_client, {"parties-0-signatories-1-name": "Pierluigi Peracchini"}, change(agreement)
    )

    assert "This person already signs for the party." in answer.content.decode()
    assert "parties-0-signed_by" in errors(answer)
    assert Signatory.objects.count() == 2


def test_who_may_only_read_sees_the_names(client, release, admin_client):
    send(admin_client, release)
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)

    page = client.get(change(Agreement.objects.get()))

    assert page.content.decode().count("Pierluigi Peracchini") == 1
    assert page.content.decode().count('<input type="submit"') == 0


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("S38.10.12", "1963-10-12"),
        ("昭和38年10月12日", "1963-10-12"),
        ("平成9年12月", "1997-12"),
        ("1986~", "1986~"),
        ("23 settembre 2025", "2025-09-23"),
        ("maggio 2013", "2013-05"),
        ("circa 1986", "1986~"),
        ("", ""),
    ],
)
def test_a_date_is_stored_as_edtf(admin_client, release, typed, stored):
    send(admin_client, release | {"signed": typed})

    assert Agreement.objects.get().signed == stored


@pytest.mark.parametrize(
    ("signed", "slug"),
    [
        ("S38.10.12", "la-spezia-izumisano-1963"),
        ("198X", "la-spezia-izumisano-198x"),
        ("", "la-spezia-izumisano-agreement"),
    ],
)
def test_the_slug_is_made_from_the_partnership_and_the_year(admin_client, release, signed, slug):
    send(admin_client, release | {"signed": signed})

    assert Agreement.objects.get().slug == slug


def test_a_slug_that_was_typed_is_kept(admin_client, release):
    send(admin_client, release | {"slug": "la-spezia-izumisano-memorandum"})

    assert Agreement.objects.get().slug == "la-spezia-izumisano-memorandum"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"italian_place": ""}, {"italian_place": ["This field is required."]}),
        ({"japanese_place": ""}, {"japanese_place": ["This field is required."]}),
        ({"kind": ""}, {"kind": ["This field is required."]}),
        (
            {"kind": "pact"},
            {"kind": ["Select a valid choice. pact is not one of the available choices."]},
        ),
        ({"signed": "2025-02-30"}, {"signed": ["“2025-02-30” is not a day of the calendar."]}),
        ({"ended": "H40"}, {"ended": ["“H40” lies outside its era."]}),
        ({"ended": "2024"}, {"": ["An agreement cannot end before it is signed."]}),
        (
            {"term_months": "0"},
            {"": ["A term lasts at least one month; leave it empty if there is none."]},
        ),
        (
            {"term_months": "-1"},
            {
                "term_months": [
                    "“-1” is not understood as a length of time. Write for example 3 years, 18 months "
                    "or 3年; a number alone means months."
                ]
            },
        ),
        (
            {"parties-1-institution": "university"},
            {"parties-1": ["A body other than the local government needs its names."]},
        ),
        ({"citations-0-source": ""}, {"citations-0-source": ["This field is required."]}),
        (
            {"citations-0-stated": ""},
            {"citations-0-stated": ["Say what the source states of this fact."]},
        ),
        (
            {"citations-0-field": "first_contact"},
            {
                "citations-0-field": [
                    "Select a valid choice. first_contact is not one of the available choices."
                ]
            },
        ),
    ],
)
def test_what_is_wrong_gets_its_sentence_and_nothing_is_saved(
    admin_client, release, typed, expected
):
    answer = send(admin_client, release | typed)

    assert errors(answer) == expected
    assert [model.objects.count() for model in (Agreement, Party, Signatory, Citation)] == [0] * 4


def test_a_made_slug_that_is_taken_is_numbered(admin_client, release):
    make_agreement(slug="la-spezia-izumisano-2025")

    send(admin_client, release)

    assert Agreement.objects.filter(slug="la-spezia-izumisano-2025-2").exists()


def test_a_typed_slug_is_given_once(admin_client, release):
    make_agreement(slug="la-spezia-izumisano-2025")

    answer = send(admin_client, release | {"slug": "la-spezia-izumisano-2025"})

    assert errors(answer) == {"slug": ["Agreement with this Slug already exists."]}


@pytest.mark.parametrize("name", ["renews", "supersedes"])
def test_an_act_does_not_follow_itself(admin_client, name):
    agreement = make_draft()

    answer = send(admin_client, {name: agreement.pk}, change(agreement))

    assert errors(answer) == {"": ["An agreement cannot renew or supersede itself."]}


@pytest.mark.parametrize("name", ["renews", "supersedes"])
def test_an_act_does_not_follow_one_of_another_partnership(admin_client, name):
    agreement, other = make_draft(), make_draft(title_en="Another act")

    answer = send(admin_client, {name: other.pk}, change(agreement))

    assert errors(answer) == {name: ["“Another act” belongs to another partnership."]}


def test_a_body_is_bound_once(admin_client, release):
    send(admin_client, release)
    agreement = Agreement.objects.get()
    values = form_values(admin_client.get(change(agreement)))

    answer = admin_client.post(
        change(agreement),
        values
        | {
            "parties-TOTAL_FORMS": 3,
            "parties-2-place": release["parties-0-place"],
            "parties-2-institution": "local_government",
            "parties-2-signatories-TOTAL_FORMS": 0,
            "parties-2-signatories-INITIAL_FORMS": 0,
        },
    )

    assert errors(answer)["parties"] == ["This body is already a party to the agreement."]
    assert agreement.parties.count() == 2


def another_citation(release, **fields):
    """A second row of citations."""
    return {
        "citations-TOTAL_FORMS": 2,
        "citations-1-source": release["citations-0-source"],
        "citations-1-field": "signed",
        "citations-1-stated": "24 settembre 2025",
    } | {f"citations-1-{name}": value for name, value in fields.items()}


def test_two_sources_may_disagree(admin_client, release):
    send(admin_client, release | another_citation(release))

    assert [citation.stated for citation in Citation.objects.all()] == [
        "23 settembre 205",
        "24 settembre 2025",
    ]


def test_only_one_of_two_values_typed_at_once_is_preferred(admin_client, release):
    answer = send(admin_client, release | another_citation(release, preferred="on"))

    assert errors(answer) == {
        "citations": ["Another citation of this fact is already the preferred one."]
    }
    assert Citation.objects.count() == 0


def test_a_second_preferred_value_is_refused(admin_client, release):
    send(admin_client, release)
    agreement = Agreement.objects.get()
    typed = another_citation(release, preferred="on")

    answer = send(admin_client, typed, change(agreement))

    assert errors(answer) == {
        "citations": ["Another citation of this fact is already the preferred one."]
    }
    assert Citation.objects.count() == 1


@pytest.mark.parametrize("preferred", [0, 1])
def test_a_preference_passes_from_one_citation_to_another(admin_client, release, preferred):
    send(admin_client, release | another_citation(release))
    agreement = Agreement.objects.get()
    Citation.objects.update(preferred=False)
    Citation.objects.filter(stated=["23 settembre 205", "24 settembre 2025"][preferred]).update(
        preferred=True
    )
    values = form_values(admin_client.get(change(agreement)))
    del values[f"citations-{preferred}-preferred"]
    values[f"citations-{1 - preferred}-preferred"] = "on"

    admin_client.post(change(agreement), values)

    assert [citation.preferred for citation in agreement.citations.order_by("stated")] == [
        preferred == 1,
        preferred == 0,
    ]


def test_the_facts_of_an_agreement_alone_are_offered(admin_client):
    page = admin_client.get(ADD)

    citations = page.context["inline_admin_formsets"][1].formset
    assert [code for code, _ in citations.forms[0].fields["field"].choices] == [
        "",
        "record",
        "kind",
        "signed",
        "signed_at",
        "parties",
        "signatories",
        "term",
        "renewal",
        "ended",
        "sectors",
        "summary",
    ]
