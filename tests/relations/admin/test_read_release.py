"""A release is read on the desk: who may, what is offered, what is made of it, and that nothing else is left."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from relations.admin.press import pages
from relations.enums import Country, EventKind, PlaceKind, PublicationState
from relations.loading import load_gazetteer
from relations.models import (
    Agreement,
    Citation,
    Event,
    Partnership,
    Party,
    Place,
    PressRelease,
    Signatory,
    Source,
    Upload,
)
from relations.models.uploads import KEPT
from relations.press.readings import Named
from tests.relations.admin.rows import inline_code, said
from tests.relations.press.la_spezia import READING, TEXT, read

pytestmark = pytest.mark.django_db

URL = "/admin/releases/"
SLUG = "la-spezia-izumisano-2025"
MODELS = (Agreement, Citation, Event, Partnership, Party, Place, PressRelease, Signatory, Source)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def reading(monkeypatch):
    """What the desk reads in any text: tests of the reader itself are elsewhere. Changed by tests."""
    texts = {"reading": READING}
    monkeypatch.setattr(pages, "read", lambda _text, _received: texts["reading"])
    return texts


@pytest.fixture
def publisher(atlas, reading, signed_in):
    return signed_in("publisher")


def send(client, **typed):
    return client.post(URL, {"text": TEXT, "received": "2025-09-25"} | typed)


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


def values(page):
    """What a browser would send back if the editor changed nothing."""
    form = page.context["form"]
    return {field.html_name: field.value() for field in form if field.value() not in (None, False)}


def confirm(client, **changed):
    """Send a release, and confirm what is proposed with changes; False takes an acceptance away."""
    url = send(client)["location"]
    sent = values(client.get(url)) | {name.replace("__", "-"): v for name, v in changed.items()}
    return client.post(
        url, {name: v for name, v in sent.items() if v is not False} | {"_make": "1"}
    )


def cited(record):
    return {
        c.field: c.stated for c in record.citations.exclude(source__slug="la-spezia-2025-09-24")
    }


# Who may


@pytest.mark.parametrize(
    "page", [URL, f"{URL}6e0b2f0a-5a4e-4c1e-9d5b-000000000000/", f"{URL}kept/1/"]
)
def test_who_has_not_signed_in_is_asked_to_and_who_may_add_nothing_gets_nothing(signed_in, page):
    assert signed_in("anonymous").get(page)["location"] == f"/admin/login/?next={page}"
    assert signed_in("viewer").get(page).status_code == 403


def test_every_post_needs_its_token(atlas, admin_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user, backend=BACKEND)

    assert send(client).status_code == 403


def test_the_release_of_another_is_not_there(publisher, signed_in):
    url = send(publisher)["location"]
    other = signed_in("superuser")

    for answer in (other.get(url), other.post(url, {"_discard": "1"})):
        assert answer["location"] == URL
    assert Upload.objects.count() == 1


def test_after_an_hour_it_is_gone(publisher):
    url = send(publisher)["location"]
    Upload.objects.update(uploaded=timezone.now() - KEPT - timedelta(seconds=1))

    answer = publisher.post(url, {"_make": "1"}, follow=True)

    assert said(answer) == [
        "The release is no longer there: an hour has passed, or its drafts are made. Read it again."
    ]


@pytest.mark.parametrize(
    "denied", ["add_source", "add_partnership", "add_citation", "add_signatory"]
)
def test_who_may_not_add_a_part_is_told_and_nothing_is_made(atlas, reading, denied):
    user = User.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="relations").exclude(codename=denied)
    )
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend=BACKEND)
    before = counts()

    page = confirm(client, **{"act-1-target": "new"})

    assert page.context["form"].non_field_errors() == [
        "You may not add all that these drafts are made of: ask a publisher."
    ]
    assert counts() == before


def test_the_index_and_the_list_of_agreements_lead_there(publisher, signed_in):
    link = f'href="{URL}"'
    lists = "/admin/relations/agreement/"

    assert all(link in publisher.get(page).content.decode() for page in ("/admin/", lists))
    viewer = signed_in("viewer")
    assert not any(link in viewer.get(page).content.decode() for page in ("/admin/", lists))


# The pages


def test_the_pages_have_no_code_of_their_own_and_are_kept_by_no_cache(publisher):
    for page in (publisher.get(URL), publisher.get(send(publisher)["location"])):
        assert inline_code(page) == []
        assert "no-store" in page["Cache-Control"]


def test_nothing_is_saved_before_it_is_confirmed_and_what_is_discarded_is_gone(publisher):
    before = counts()

    url = send(publisher)["location"]
    publisher.get(url)

    assert counts() == before
    assert Upload.objects.count() == 1
    send(publisher)
    assert Upload.objects.count() == 1
    publisher.post(send(publisher)["location"], {"_discard": "1"})
    assert (counts(), Upload.objects.count()) == (before, 0)


def test_the_evidence_is_marked_and_leads_to_its_row(publisher):
    html = publisher.get(send(publisher)["location"]).content.decode()

    assert '<mark id="mark-1" data-rows="source-publisher">Comune della Spezia</mark>' in html
    assert 'data-rows="act-1-term">tre anni</mark>' in html
    assert "<script>" not in html


def test_marks_do_not_let_the_text_speak_html(publisher, reading):
    reading["reading"] = replace(READING, text=TEXT.replace("Ufficio", "<b>Uf"))

    html = publisher.get(send(publisher)["location"]).content.decode()

    assert "&lt;b&gt;Uf" in html
    assert "<b>Uf" not in html


def test_homonyms_and_near_misses_are_offered_beside_the_place(publisher, reading):
    osaka = Named("JP-27", Country.JAPAN, PlaceKind.PREFECTURE, "Osaka")
    nagoya = read(Named("JP-23100", Country.JAPAN, PlaceKind.MUNICIPALITY, "Nagoya"), "sport")
    place = replace(READING.acts[0].signed_at, others=(osaka,))
    act = replace(READING.acts[0], signed_at=place)
    reading["reading"] = replace(READING, acts=(act,), near_misses=(nagoya,))

    page = publisher.get(send(publisher)["location"])

    def offered(name):
        widget = page.context["form"].fields[name].widget
        return [label for _key, label in widget.candidates]

    assert offered("act-1-signed_at") == ["大阪府 Osaka"]
    assert offered("act-1-japanese_place") == ["名古屋市 Nagoya · Aichi"]
    assert offered("act-1-italian_place") == []
    html = page.content.decode()
    assert re.search(
        r'<select name="act-1-signed_at".*?<option value="\d+">大阪府 Osaka', html, re.DOTALL
    )
    assert "“sport” says so." in html


def test_what_is_sure_is_preselected_and_what_speaks_against_the_atlas_is_not(publisher):
    Agreement.objects.filter(slug=SLUG).update(term_months=60)

    page = publisher.get(send(publisher)["location"])

    form = page.context["form"]
    taken = {
        name.removeprefix("take-act-1-"): form[name].value()
        for name in form.fields
        if name.startswith("take-act-1")
    }
    assert {name for name, is_taken in taken.items() if not is_taken} == {"term", "sector-4"}
    html = page.content.decode()
    assert "the atlas has another: 5 years" in html
    assert "the atlas has the same: 23 September 2025" in html
    assert form["act-1-target"].value() == str(Agreement.objects.get(slug=SLUG).pk)


def test_a_text_and_a_file_at_once_and_neither_get_their_sentence(publisher):
    both = send(publisher, file=SimpleUploadedFile("a.txt", TEXT.encode()))
    neither = send(publisher, text=" ")

    assert both.context["form"].non_field_errors() == ["Paste the text or choose a file, not both."]
    assert neither.context["form"].errors == {
        "text": ["There is no text: paste the release, or choose its file."]
    }
    assert not Upload.objects.exists()


def test_a_text_that_tells_of_nothing_gets_its_sentence_and_leaves_nothing(publisher, reading):
    reading["reading"] = replace(READING, acts=(), events=(), remarks=("Nobody is named.",))

    assert send(publisher).context["form"].non_field_errors() == [
        "Nobody is named.",
        "Nothing was kept of it.",
    ]
    assert not Upload.objects.exists()


# Drafts


def test_a_new_act_is_made_with_all_that_hangs_on_it(publisher):
    before = counts()

    answer = confirm(
        publisher, **{"act-1-target": "new", "source-url": "https://www.comune.example/1"}
    )

    act = Agreement.objects.get(slug=f"{SLUG}-2")
    assert answer["location"] == f"/admin/relations/agreement/{act.pk}/change/"
    assert (act.state, act.kind, act.signed, act.signed_at.slug, act.term_months, act.renewal) == (
        PublicationState.DRAFT, "memorandum", "2025-09-23", "izumisano", 36, "automatic",
    )  # fmt: skip
    assert (act.title_it, act.summary_it) == ("Memorandum d’intesa tra La Spezia e Izumisano", "")
    assert [(p.place.slug, [(s.name, s.office_it) for s in p.signatories.all()]) for p in act.parties.order_by("pk")] == [
        ("la-spezia", [("Pierluigi Peracchini", "sindaco")]),
        ("izumisano", [("Hiroyasu Chiyomatsu", "sindaco")]),
    ]  # fmt: skip
    assert {sector.code for sector in act.sectors.all()} == {"culture", "tourism", "sport"}
    source = Source.objects.get(url="https://www.comune.example/1")
    assert (source.publisher, source.published, source.language, str(source.retrieved)) == (
        "Comune della Spezia", "2025-09-24", "it", "2025-09-25",
    )  # fmt: skip
    assert cited(act) == {
        "record": "",
        "kind": "memorandum d’intesa",
        "signed": "23 settembre 2025",
        "signed_at": "nella città di Izumisano",
        "parties": "La Spezia; Izumisano",
        "signatories": "sindaco Pierluigi Peracchini; sindaco Hiroyasu Chiyomatsu",
        "term": "tre anni",
        "renewal": "si rinnova in modo automatico",
        "sectors": "cultura; turismo; sport",
    }
    assert counts()["Partnership"] == before["Partnership"]
    assert counts()["Place"] == before["Place"]


def test_the_event_that_is_told_in_passing_is_a_draft_of_its_own(publisher):
    confirm(publisher)

    event = Event.objects.get(slug="la-spezia-izumisano-delegation-2025")
    assert (event.state, event.kind, event.start) == ("draft", EventKind.DELEGATION, "2025-03")
    assert [pair.slug for pair in event.partnerships.all()] == ["la-spezia-izumisano"]
    assert not event.places.exists()
    assert event.title_it == "Delegazione: La Spezia – Izumisano"
    assert cited(event) == {
        "record": "",
        "kind": "una delegazione",
        "start": "marzo 2025",
        "places": "Izumisano aveva; visitato La Spezia",
    }


def test_new_places_and_their_partnership_are_made_from_the_gazetteer(publisher):
    load_gazetteer(settings.BASE_DIR / "data" / "gazetteer")
    pair = Partnership.objects.get(slug="la-spezia-izumisano")
    Citation.objects.filter(source__slug="la-spezia-2025-09-24").delete()
    pair.agreements.all().delete()
    pair.delete()
    Place.objects.filter(slug__in=("la-spezia", "izumisano")).delete()

    refused = confirm(publisher)
    assert Place.objects.filter(slug="izumisano").count() == 0
    assert "The atlas does not know the Japanese name of La Spezia yet" in str(
        refused.context["form"].errors["act-1-italian_place"]
    )
    confirm(publisher, **{"name_ja-IT-011015": "ラ・スペツィア市"})

    act = Agreement.objects.get(slug=SLUG)
    assert (act.partnership.slug, act.partnership.italian_place.name_ja) == (
        "la-spezia-izumisano",
        "ラ・スペツィア市",
    )
    assert cited(act.partnership) == {"italian_place": "La Spezia", "japanese_place": "Izumisano"}
    assert {party.place.slug for party in act.parties.all()} == {"la-spezia", "izumisano"}


def test_an_act_of_the_atlas_gets_citations_that_confirm_or_disagree_and_keeps_its_values(
    publisher,
):
    act = Agreement.objects.get(slug=SLUG)
    Agreement.objects.filter(pk=act.pk).update(term_months=60, state="draft")
    before = counts()

    answer = confirm(publisher, **{"take-act-1-term": "on", "event-1-target": "none"})

    assert answer["location"] == f"/admin/relations/agreement/{act.pk}/change/"
    act.refresh_from_db()
    assert (act.term_months, act.state) == (60, "draft")
    assert cited(act)["term"] == "tre anni"
    assert cited(act)["signatories"] == "Sindaco Pierluigi Peracchini; Sindaco Hiroyasu Chiyomatsu"
    assert (
        not act.citations.filter(preferred=True)
        .exclude(source__slug="la-spezia-2025-09-24")
        .exists()
    )
    after = counts()
    unchanged = ("Agreement", "Event", "Party", "Signatory", "Partnership", "Place")
    assert [after[name] for name in unchanged] == [before[name] for name in unchanged]


def test_what_the_atlas_does_not_know_of_its_act_is_filled_in(publisher):
    Agreement.objects.filter(slug=SLUG).update(term_months=None, renewal="unknown", state="draft")

    confirm(publisher)

    act = Agreement.objects.get(slug=SLUG)
    assert (act.term_months, act.renewal) == (36, "automatic")


def test_what_is_public_gets_citations_alone(publisher):
    act = Agreement.objects.get(slug=SLUG)
    Agreement.objects.filter(pk=act.pk).update(term_months=None)
    act.sectors.clear()
    act.parties.all().delete()

    page = publisher.get(send(publisher)["location"])
    assert "is public: what is added to it is seen at once" in page.content.decode()
    confirm(publisher)

    act.refresh_from_db()
    assert (act.term_months, act.sectors.count(), act.parties.count()) == (None, 0, 0)
    assert {"term", "sectors", "parties"} <= set(cited(act))


def test_an_editor_adds_nothing_to_what_is_public(atlas, reading, signed_in):
    client = signed_in("editor")

    page = client.get(send(client)["location"])

    assert "only publishers add to it" in page.content.decode()
    assert page.context["form"]["act-1-target"].value() == "none"
    act = Agreement.objects.get(slug=SLUG)
    forged = confirm(client, **{"act-1-target": str(act.pk)})
    assert "act-1-target" in forged.context["form"].errors
    assert act.citations.exclude(source__slug="la-spezia-2025-09-24").count() == 0


def test_what_is_rejected_is_neither_kept_nor_checked(publisher):
    confirm(
        publisher,
        **{
            "act-1-target": "new",
            "act-1-signed": "the day after",
            "take-act-1-signed": False,
            "take-act-1-signatory-2": False,
            "event-1-target": "none",
        },
    )

    act = Agreement.objects.get(slug="la-spezia-izumisano-agreement")
    assert (act.signed, "signed" in cited(act)) == ("", False)
    assert [s.name for p in act.parties.all() for s in p.signatories.all()] == [
        "Pierluigi Peracchini"
    ]
    assert not Event.objects.filter(kind=EventKind.DELEGATION, state="draft").exists()


def test_what_is_corrected_is_made_and_the_words_of_the_source_are_cited(publisher):
    confirm(
        publisher, **{"act-1-target": "new", "act-1-signed": "24/9/2025", "act-1-kind": "protocol"}
    )

    act = Agreement.objects.get(slug=f"{SLUG}-2")
    assert (act.signed, act.kind, cited(act)["signed"]) == (
        "2025-09-24",
        "protocol",
        "23 settembre 2025",
    )
    assert act.title_en.startswith("Protocol of understanding")


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"act-1-signed": "the day after"}, "act-1-signed", "is not understood as a date"),
        ({"take-act-1-kind": False}, "act-1-kind", "An agreement needs its kind"),
        ({"take-act-1-japanese_place": False}, "act-1-japanese_place", "An agreement needs its two places"),
        ({"take-source-title": False}, "source-title", "A source needs a title"),
        ({"source-url": "comune"}, "source-url", "Enter a valid URL"),
        ({"act-1-target": "none", "event-1-target": "none"}, "__all__", "Everything is left out"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_gets_its_sentence_and_nothing_is_left(
    publisher, changed, field, sentence
):
    before = counts()

    page = confirm(publisher, **{"act-1-target": "new"} | changed)

    assert sentence in str(page.context["form"].errors[field])
    assert counts() == before
    assert Upload.objects.count() == 1


def test_a_failure_in_the_middle_leaves_nothing(publisher, monkeypatch):
    before = counts()
    url = send(publisher)["location"]
    sent = values(publisher.get(url)) | {"act-1-target": "new", "_make": "1"}
    monkeypatch.setattr(PressRelease.objects, "keep", None)  # the last step

    with pytest.raises(TypeError):
        publisher.post(url, sent)

    assert counts() == before
    assert Upload.objects.count() == 1
    monkeypatch.undo()


def test_a_model_that_refuses_is_heard_and_nothing_is_left(publisher, reading):
    before = counts()

    page = confirm(
        publisher,
        **{
            "act-1-target": "new",
            "act-1-party-1-institution": "university",
            "act-1-party-1-name": "",
        },
    )

    assert page.context["form"].non_field_errors() == [
        "A body other than the local government needs its names."
    ]
    assert counts() == before


def test_the_text_is_kept_for_editors_and_what_was_made_is_on_the_log(publisher, signed_in):
    confirm(publisher, **{"act-1-target": "new"})

    kept = PressRelease.objects.get()
    assert (kept.text, kept.read_by.username) == (TEXT, "publisher")
    assert not Upload.objects.exists()
    added = LogEntry.objects.filter(action_flag=ADDITION).values_list(
        "content_type__model", flat=True
    )
    assert {"agreement", "event", "source", "party", "signatory", "citation"} == set(added)
    page = publisher.get(f"{URL}kept/{kept.pk}/").content.decode()
    assert "hanno firmato" in page
    assert kept.sha256 in page
    form = publisher.get(f"/admin/relations/source/{kept.source_id}/change/").content.decode()
    assert f'href="{URL}kept/{kept.pk}/"' in form
    assert signed_in("viewer").get(f"{URL}kept/{kept.pk}/").status_code == 403


def test_the_same_text_once_more_is_said_to_be_known_and_its_source_is_proposed(publisher):
    confirm(publisher, **{"act-1-target": "new"})
    kept = PressRelease.objects.get()

    page = publisher.get(send(publisher)["location"])

    assert "This very text was read on" in page.content.decode()
    assert page.context["form"]["source"].value() == str(kept.source_id)
    before = counts()
    confirm(publisher)
    assert counts() == before


def test_many_queries_are_not_asked_for_the_page(publisher, django_assert_max_num_queries):
    url = send(publisher)["location"]

    with django_assert_max_num_queries(70):
        publisher.get(url)
