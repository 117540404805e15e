"""The public change log: day, record and facts; of nothing that is not public, and nobody's name."""

import re
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relations.models import PublicChange
from relations.models.current import one_change
from tests.factories import make_agreement, make_citation, make_event, make_partnership
from tests.relations.admin.rows import form_values, inline_code, post_and_confirm

pytestmark = pytest.mark.django_db

ROME = ZoneInfo("Europe/Rome")


def log(client, path="/en/changes/"):
    """What the page tells: for each day and record the step and the facts."""
    page = client.get(path)
    assert page.status_code == 200
    return [
        (str(change.record), change.get_step_display(), change.fact_labels)
        for _day, changes in page.context["days"]()
        for change in changes
    ]


def texts(response):
    """What a page says, without its tags."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(plain))


def put(change, *moment):
    """Move a change to another moment, in Italian time."""
    PublicChange.objects.filter(pk=change.pk).update(moment=datetime(*moment, tzinfo=ROME))


def test_it_tells_which_facts_of_which_record_changed_the_last_first(client):
    first = make_agreement(title_en="The first act")
    make_event(title_en="A mission", partnerships=(first.partnership,))
    PublicChange.objects.all().delete()
    with one_change():
        first.signed = "2005"
        first.save()
        make_citation(agreement=first, field="kind", stated="gemellaggio")
    second = make_agreement(title_en="The second act", partnership=first.partnership)
    PublicChange.objects.filter(agreement=second, step="").delete()

    assert log(client) == [
        ("The second act", "Added", []),
        ("The first act", "", ["Date of signature", "Sources"]),
    ]


def test_what_happens_to_a_record_in_one_day_is_one_line(client):
    act = make_agreement(title_en="The act")
    PublicChange.objects.all().delete()
    for n, name in enumerate(("signed", "title_it", "kind")):
        setattr(act, name, ("2005", "Titolo", "other")[n])
        act.save()
    old, *_others = PublicChange.objects.order_by("pk")
    put(old, 2026, 11, 20, 10)

    assert log(client) == [
        ("The act", "", ["Title", "Kind"]),
        ("The act", "", ["Date of signature"]),
    ]
    days = [day.isoformat() for day, _changes in client.get("/en/changes/").context["days"]()]
    assert days[1] == "2026-11-20"


def test_a_day_is_that_of_italy(client):
    act = make_agreement()
    PublicChange.objects.exclude(step="added").delete()
    put(PublicChange.objects.get(agreement=act), 2026, 11, 8, 0, 30)

    assert (
        '<time datetime="2026-11-08">8 November 2026</time>'
        in client.get("/en/changes/").content.decode()
    )


def test_drafts_and_what_is_in_review_are_kept_out(client):
    for state in ("draft", "review"):
        act = make_agreement(state="published", title_en=f"Once public, now {state}")
        act.state = state
        act.save()

    assert log(client) == []


def test_of_what_is_withdrawn_the_withdrawal_alone_is_told(client):
    act = make_agreement(title_en="The act", slug="the-act")
    make_agreement(title_en="Another", partnership=act.partnership)
    act.signed = "2005"
    act.save()
    act.state, act.withdrawn_on = "withdrawn", datetime(2026, 11, 8, tzinfo=ROME).date()
    act.save()
    PublicChange.objects.exclude(agreement=act).delete()

    page = client.get("/en/changes/")

    assert log(client) == [("The act", "Withdrawn", [])]
    assert f'href="{act.get_absolute_url()}"' in page.content.decode()


def test_the_new_name_of_what_is_being_revised_is_not_told(client):
    act = make_agreement(title_en="The act")
    act.state, act.withdrawn_on = "withdrawn", datetime(2026, 11, 8, tzinfo=ROME).date()
    act.save()
    act.state, act.title_en = "draft", "A secret title"
    act.save()

    said = texts(client.get("/en/changes/"))

    assert "A record that is being revised" in said
    assert "A secret title" not in said


def test_a_change_of_a_partnership_is_told_while_it_is_public(client):
    act = make_agreement()
    hidden = make_partnership()
    PublicChange.objects.all().delete()
    for partnership in (act.partnership, hidden):
        partnership.first_contact = "1986"
        partnership.save()

    assert log(client) == [(str(act.partnership), "", ["First contact"])]


def test_no_name_no_account_and_no_reason_is_told(client):
    user = User.objects.create_superuser("chiara.bianchi")
    desk = Client()
    desk.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    act = make_agreement()
    address = reverse("admin:relations_agreement_change", args=(act.pk,))
    typed = {"title_en": "New title", "change_reason": "The mayor’s office called"}
    post_and_confirm(desk, address, form_values(desk.get(address)) | typed)

    pages = [
        client.get(path).content.decode()
        for path in ("/en/changes/", "/en/changes.atom", act.partnership.get_absolute_url())
    ]

    assert "New title" in pages[0]
    assert [
        word for word in ("chiara", "bianchi", "office called") for page in pages if word in page
    ] == []


def test_a_partnership_has_its_own_log_that_its_page_leads_to(client):
    act, other = make_agreement(title_en="The act"), make_agreement()
    event = make_event(title_en="A mission", partnerships=(act.partnership,))
    path = f"/en/partnerships/{act.partnership.slug}/changes/"

    records = {record for record, _step, _facts in log(client, path)}

    assert records == {"The act", str(event)}
    assert str(other) not in texts(client.get(path))
    assert f'href="{path}"' in client.get(act.partnership.get_absolute_url()).content.decode()


def test_a_partnership_that_is_not_public_has_none(client):
    partnership = make_agreement(state="draft").partnership
    gone = make_agreement(state="withdrawn", withdrawn_on=datetime(2026, 11, 8, tzinfo=ROME).date())

    paths = [f"/en/partnerships/{p.slug}/changes/" for p in (partnership, gone.partnership)]

    assert [client.get(path).status_code for path in paths] == [404, 410]


def test_it_takes_the_filter_of_the_atlas_and_names_a_wrong_value(client):
    act, _other = make_agreement(), make_agreement()
    code = act.partnership.italian_place.region.code

    assert {record for record, *_ in log(client, f"/en/changes/?region={code}")} == {str(act)}
    assert client.get("/en/changes/?region=IT-999").status_code == 400


def test_it_is_paged(client):
    act = make_agreement()
    PublicChange.objects.all().delete()
    PublicChange.objects.bulk_create(
        PublicChange(agreement=act, moment=datetime(2026, 1 + n // 28, 1 + n % 28, tzinfo=ROME))
        for n in range(120)
    )

    assert len(log(client, "/en/changes/?page=3")) == 20
    assert client.get("/en/changes/?page=4").status_code == 404


@pytest.mark.parametrize("path", ["/en/changes/", "/en/changes/?sector=culture"])
def test_it_takes_the_same_number_of_queries_for_any_rows(client, atlas, path):
    client.get(path)  # what is read once for a version of the data

    def asked():
        client.get(path)  # the same
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    few = asked()
    partnership = make_agreement().partnership
    for _n in range(3):
        make_event(partnerships=(partnership, make_agreement().partnership))

    assert asked() == few


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_it_is_a_public_page_without_a_cookie_or_inline_code(client, atlas, language):
    page = client.get(f"/{language}/changes/")

    assert (page.status_code, inline_code(page), page.cookies) == (200, [], {})
    assert f"/{language}/changes.atom" in page.content.decode()


def test_every_page_leads_to_it_and_to_the_feed(client, atlas):
    page = client.get("/en/about/").content.decode()

    assert ('href="/en/changes/"' in page, 'href="/en/changes.atom"' in page) == (True, True)


def test_a_page_says_when_each_record_last_changed(client):
    act = make_agreement()
    type(act).objects.filter(pk=act.pk).update(changed=datetime(2026, 11, 8, 0, 30, tzinfo=ROME))

    said = texts(client.get(act.partnership.get_absolute_url()))

    assert said.count("Last changed") == 2
    assert "Last changed: 8 November 2026" in said


def test_an_entry_of_the_feed_says_which_facts_changed_last(client):
    act = make_agreement()
    with one_change():
        act.signed, act.kind = "2005", "other"
        act.save()

    assert (
        "Changed last: Kind, Date of signature." in client.get("/en/changes.atom").content.decode()
    )
