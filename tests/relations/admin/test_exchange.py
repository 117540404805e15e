"""Import and export on the desk: who may, what the pages say, and what is left behind."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relations.bulk import running
from relations.models import Agreement, DatasetVersion, Upload
from relations.models.uploads import KEPT
from relations.tables import TABLES
from tests.factories import (
    make_agreement,
    make_entry,
    make_japanese_city,
    make_partnership,
    make_region,
)
from tests.relations.admin.rows import inline_code, make_draft, make_one_of_each
from tests.relations.bulk.files import csv_file, exported, of, workbook

pytestmark = pytest.mark.django_db

MODEL_OF = {kind: table.model._meta.model_name for kind, table in TABLES.items()}  # noqa: SLF001
IMPORTED = [kind for kind, table in TABLES.items() if table.can_be_read]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def desk(admin_client):
    """A superuser, in English."""
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return admin_client


def url(kind, page):
    return reverse(f"admin:relations_{MODEL_OF[kind]}_{page}")


def send(client, kind, content, name="table.csv"):
    return client.post(url(kind, "import"), {"file": SimpleUploadedFile(name, content)})


def text(answer):
    """What a page says, also one that is sent in parts."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def key_in(page):
    return re.search(r'name="upload" value="([^"]+)"', page)[1]


def counts(page):
    """New, changed, unchanged, with errors."""
    return [int(n) for n in re.findall(r"<dd>\s*(\d+)\s*</dd>", page)]


# Who may


@pytest.mark.parametrize("kind", TABLES)
def test_who_may_see_a_list_exports_it(signed_in, kind):
    make_one_of_each()

    answer = signed_in("editor").post(url(kind, "export"), {"format": "0", "resource": "0"})

    assert answer.content == exported(kind)
    assert answer["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{kind}-{timezone.localdate()}.csv"'
    )


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("page", ["import", "process_import", "export"])
def test_who_has_not_signed_in_is_asked_to(kind, page):
    answer = Client().post(url(kind, page))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("page", ["import", "process_import", "export"])
def test_who_may_see_nothing_gets_nothing(kind, page):
    client = Client()
    client.force_login(User.objects.create_user("clerk", is_staff=True), backend=BACKEND)

    assert client.post(url(kind, page)).status_code == 403


@pytest.mark.parametrize("kind", IMPORTED)
def test_an_import_takes_each_permission_to_add_and_change(kind):
    user = User.objects.create_user("clerk", is_staff=True)
    codes = [name.partition(".")[2] for name in TABLES[kind].permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user, backend=BACKEND)

    assert client.get(url(kind, "import")).status_code == 200
    for permission in user.user_permissions.all():
        user.user_permissions.remove(permission)
        assert client.get(url(kind, "import")).status_code == 403
        assert client.post(url(kind, "process_import")).status_code == 403
        user.user_permissions.add(permission)


def test_sectors_are_not_imported(desk):
    assert desk.get(url("sectors", "import")).status_code == 403
    assert "import_link" not in text(desk.get(url("sectors", "changelist")))


@pytest.mark.parametrize("page", ["import", "process_import", "export"])
def test_every_post_needs_its_token(admin_user, page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user, backend=BACKEND)

    assert client.post(url("agreements", page)).status_code == 403


def test_the_import_itself_is_no_link(desk):
    assert desk.get(url("agreements", "process_import")).status_code == 405


# The pages


@pytest.mark.parametrize("kind", IMPORTED)
@pytest.mark.parametrize("page", ["changelist", "import", "export"])
def test_pages_have_no_code_of_their_own(desk, kind, page):
    make_one_of_each()

    assert inline_code(desk.get(url(kind, page))) == []


def test_lists_lead_to_both_pages(desk):
    page = text(desk.get(f"{url('agreements', 'changelist')}?state__exact=draft"))

    assert 'href="/admin/relations/agreement/import/"' in page.replace("'", '"')
    assert 'href="/admin/relations/agreement/export/?state__exact=draft"' in page.replace("'", '"')


def test_the_page_names_every_column(desk):
    page = text(desk.get(url("agreements", "import")))

    assert re.findall(r"<code>(\w+)</code>", page) == TABLES["agreements"].names


def test_an_export_holds_what_the_list_shows(desk):
    make_agreement()
    draft = make_draft()

    answer = desk.post(f"{url('agreements', 'export')}?state__exact=draft", {"format": "1"})

    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert answer.content.startswith(b"\xef\xbb\xbfslug;partnership;")
    assert [row[0] for row in rows] == ["slug", draft.slug]


def test_a_workbook_is_sent_as_one(desk):
    make_agreement()

    answer = desk.post(url("agreements", "export"), {"format": "2"})

    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content.startswith(b"PK")


def test_an_address_that_means_nothing_leads_back(desk):
    answer = desk.get(f"{url('agreements', 'export')}?state__exact__what=x")

    assert (answer.status_code, answer.url) == (302, url("agreements", "export"))


def test_what_does_not_fit_into_a_workbook_is_told(desk):
    act = make_agreement(summary_it="x" * 40_000)

    page = text(desk.post(url("agreements", "export"), {"format": "2"}))

    assert "column “summary_it” does not fit into a workbook" in page
    assert desk.post(url("agreements", "export"), {"format": "0"}).content.startswith(b"slug,")
    assert act.summary_it


# From the file to the atlas


def test_a_preview_shows_what_changes_and_writes_nothing(desk):
    act, same = make_agreement(title_it="Vecchio"), make_agreement()
    rows = (
        [act.slug, act.partnership.slug, "twinning", "Nuovo <b>"],
        [same.slug, same.partnership.slug, "twinning", same.title_it],
        ["new", act.partnership.slug, "memorandum", ""],
    )
    version = DatasetVersion.objects.current()

    page = text(
        send(desk, "agreements", csv_file(["slug", "partnership", "kind", "title_it"], *rows))
    )

    assert counts(page) == [1, 1, 1, 0]
    assert "<del>Vecchio</del>" in page
    assert "<ins>Nuovo &lt;b&gt;</ins>" in page
    assert "<ins>memorandum</ins>" in page
    assert DatasetVersion.objects.current() == version
    assert list(Upload.objects.values_list("kind", "name")) == [("agreements", "table.csv")]


def test_what_is_confirmed_is_written_and_the_file_is_gone(desk, admin_user):
    act = make_agreement()
    head = ["slug", "partnership", "kind", "title_it"]
    content = csv_file(
        head,
        [act.slug, act.partnership.slug, act.kind, "Nuovo"],
        ["new", act.partnership.slug, "memorandum", "Un altro"],
    )
    key = key_in(text(send(desk, "agreements", content)))

    page = text(desk.post(url("agreements", "process_import"), {"upload": key}))

    assert "The file is imported. What is new is a draft." in page
    assert counts(page) == [1, 1, 0, 0]
    assert dict(Agreement.objects.values_list("title_it", "state")) == {
        "Nuovo": "published",
        "Un altro": "draft",
    }
    assert not Upload.objects.exists()
    assert [
        (entry.user, entry.object_repr, entry.get_change_message())
        for entry in LogEntry.objects.order_by("pk")
    ] == [(admin_user, act.slug, "Changed title_it."), (admin_user, "new", "Added.")]


def test_a_place_that_comes_from_the_gazetteer_is_told_and_logged(desk):
    make_region(code="IT-42")
    make_entry(code="011015", name_it="La Spezia", name_ja="ラ・スペツィア", region_code="IT-42")
    row = of(slug="new", italian_place="IT-011015", japanese_place=make_japanese_city().slug)
    page = text(send(desk, "partnerships", row))

    text(desk.post(url("partnerships", "process_import"), {"upload": key_in(page)}))

    told = re.search(r"These places are added from the gazetteer:\s+(.+)", page)[1]
    assert told == "La Spezia"
    assert set(LogEntry.objects.values_list("object_repr", "action_flag")) == {
        ("La Spezia", ADDITION),
        ("new", ADDITION),
    }


def test_a_file_is_imported_once(desk):
    act = make_agreement()
    key = key_in(text(send(desk, "agreements", of(slug=act.slug, title_it="Nuovo"))))
    text(desk.post(url("agreements", "process_import"), {"upload": key}))

    answer = desk.post(url("agreements", "process_import"), {"upload": key}, follow=True)

    assert answer.redirect_chain == [(url("agreements", "import"), 302)]
    assert "The file is no longer there" in text(answer)


def test_the_exported_file_has_nothing_to_confirm(desk):
    make_one_of_each()

    page = text(send(desk, "agreements", exported("agreements")))

    assert "Nothing to import: the file says what the atlas says." in page
    assert counts(page) == [0, 0, 1, 0]
    assert "upload" not in page
    assert not Upload.objects.exists()


def test_errors_stand_by_row_and_column_with_what_is_expected(desk):
    act = make_agreement()

    page = text(send(desk, "agreements", of(slug=act.slug, kind="marriage")))

    assert "1 row has errors. Nothing has been written" in page
    row = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)[1]
    cells = [
        " ".join(re.sub("<[^>]+>", " ", cell).split())
        for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
    ]
    assert cells[:2] == [f"2 {act.slug}", "kind"]
    assert cells[2].startswith("“marriage” is none of the codes.")
    assert cells[3].startswith("one of: twinning")
    assert not Upload.objects.exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", "slug\nà".encode("latin-1"), b"PK\3\4"])
def test_a_wrong_file_is_refused_beside_its_field(desk, content):
    answer = send(desk, "agreements", content)

    assert answer.status_code == 200
    assert not answer.streaming
    assert len(answer.context["form"].errors["file"]) == 1
    assert "nothing has changed" in text(answer)


def test_no_file_is_asked_for(desk):
    answer = desk.post(url("agreements", "import"))

    assert answer.context["form"].errors["file"] == ["This field is required."]


@pytest.mark.parametrize("page", ["preview", "result"])
def test_pages_that_are_sent_in_parts_have_no_code_of_their_own(desk, page):
    act = make_agreement()
    answer = send(desk, "agreements", of(slug=act.slug, title_it="Nuovo"))
    if page == "result":
        answer = desk.post(url("agreements", "process_import"), {"upload": key_in(text(answer))})

    class Page:
        content = text(answer).encode()

    assert inline_code(Page) == []
    assert Page.content.count(b"</html>") == 1


@pytest.mark.parametrize(("language", "word"), [("it", "righe"), ("ja", "行")])
def test_pages_speak_the_language_that_was_asked_for(desk, language, word):
    rows = [[make_agreement().slug, "Nuovo"] for _n in range(2)]
    content = csv_file(["slug", "title_it"], *rows)

    answer = desk.post(
        url("agreements", "import"),
        {"file": SimpleUploadedFile("a.csv", content)},
        headers={"accept-language": language},
    )

    assert f'<html lang="{language}"' in text(answer)


# How far it has come


def test_a_page_shows_how_far_it_has_come_while_it_is_made(desk):
    partnership = make_partnership()
    rows = [[f"new-{n}", partnership.slug, "twinning"] for n in range(running.CHUNK + 1)]
    answer = send(desk, "agreements", csv_file(["slug", "partnership", "kind"], *rows))
    parts = [part.decode() for part in answer.streaming_content]

    total = running.CHUNK + 1
    assert "</html>" not in parts[0]
    assert f'<progress max="{total}" value="{running.CHUNK}">' in parts[1]
    assert f'<progress max="{total}" value="{total}">' in parts[2]
    assert answer["X-Accel-Buffering"] == "no"


def test_who_closes_the_page_undoes_the_import(desk):
    act = make_agreement()
    key = key_in(text(send(desk, "agreements", of(slug=act.slug, title_it="Nuovo"))))
    answer = desk.post(url("agreements", "process_import"), {"upload": key})
    parts = iter(answer.streaming_content)

    next(parts)
    next(parts)
    assert Agreement.objects.get().title_it == "Nuovo"
    for close in answer._resource_closers:  # noqa: SLF001 # without the signal that closes the connection
        close()

    assert Agreement.objects.get().title_it == act.title_it
    assert Upload.objects.exists()


def test_a_database_that_is_busy_is_told(desk, monkeypatch):
    act = make_agreement()

    def fail(*_args, **_kwargs):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(Agreement, "save", fail)
    page = text(send(desk, "agreements", of(slug=act.slug, title_it="Nuovo")))

    assert "The import was broken off, and nothing has been written." in page
    assert page.rstrip().endswith("</html>")


# Between preview and confirmation


def test_what_changed_meanwhile_is_previewed_again(desk):
    act = make_agreement(title_it="Uno")
    key = key_in(text(send(desk, "agreements", of(slug=act.slug, title_it="Tre"))))
    Agreement.objects.filter(pk=act.pk).update(title_it="Due")

    page = text(desk.post(url("agreements", "process_import"), {"upload": key}))

    assert "Since the preview the atlas has changed" in page
    assert Agreement.objects.get().title_it == "Due"


def test_other_changes_meanwhile_do_not_matter(desk):
    act = make_agreement()
    key = key_in(text(send(desk, "agreements", of(slug=act.slug, title_it="Nuovo"))))
    make_agreement()

    page = text(desk.post(url("agreements", "process_import"), {"upload": key}))

    assert "The file is imported." in page


def test_the_file_of_another_is_not_found(desk, signed_in):
    act = make_agreement()
    key = key_in(text(send(signed_in("publisher"), "agreements", of(slug=act.slug, title_it="X"))))

    answer = desk.post(url("agreements", "process_import"), {"upload": key}, follow=True)

    assert "The file is no longer there" in text(answer)
    assert Agreement.objects.get().title_it == act.title_it


@pytest.mark.parametrize(
    "key", ["", "../../etc/passwd", "0", "00000000-0000-0000-0000-000000000000"]
)
def test_a_key_that_means_nothing_is_not_found(desk, key):
    answer = desk.post(url("agreements", "process_import"), {"upload": key}, follow=True)

    assert "The file is no longer there" in text(answer)


def test_the_file_of_one_table_is_not_read_as_another(desk):
    act = make_agreement()
    key = key_in(text(send(desk, "agreements", of(slug=act.slug, title_it="X"))))

    answer = desk.post(url("events", "process_import"), {"upload": key}, follow=True)

    assert "The file is no longer there" in text(answer)


def test_a_new_file_takes_the_place_of_the_last_one(desk):
    act = make_agreement()
    for title in ("Uno", "Due"):
        text(send(desk, "agreements", of(slug=act.slug, title_it=title)))

    assert Upload.objects.count() == 1


def test_files_are_kept_for_an_hour(desk, signed_in):
    act = make_agreement()
    client = signed_in("publisher")
    key = key_in(text(send(client, "agreements", of(slug=act.slug, title_it="Uno"))))
    Upload.objects.update(uploaded=timezone.now() - KEPT - timedelta(seconds=1))

    answer = client.post(url("agreements", "process_import"), {"upload": key}, follow=True)
    text(send(desk, "agreements", of(slug=act.slug, title_it="Due")))

    assert "The file is no longer there" in text(answer)
    assert [upload.user.username for upload in Upload.objects.all()] == ["admin"]


def test_opening_the_page_again_keeps_the_file_of_a_preview(desk):
    act = make_agreement()
    key = key_in(text(send(desk, "agreements", of(slug=act.slug, title_it="Uno"))))

    desk.get(url("agreements", "import"))
    text(desk.post(url("agreements", "process_import"), {"upload": key}))

    assert Agreement.objects.get().title_it == "Uno"


def test_the_history_of_a_row_is_one_change_by_who_imported_it(desk):
    act = make_agreement()
    row = of(slug=act.slug, title_it="Uno", summary_it="Testo")
    key = key_in(text(send(desk, "agreements", row)))

    text(desk.post(url("agreements", "process_import"), {"upload": key}))

    page = desk.get(reverse("admin:relations_agreement_history", args=(act.pk,)))
    entries = page.context["history"].entries
    assert [(e.who, e.reason) for e in entries if e.reason] == [("admin", "Import")]
    assert len(entries[0].items[0].differences) == 2


def test_a_workbook_passes_from_preview_to_atlas(desk):
    act = make_agreement()
    content = workbook(["slug", "signed"], [act.slug, 1986])
    key = key_in(text(send(desk, "agreements", content, "table.xlsx")))

    text(desk.post(url("agreements", "process_import"), {"upload": key}))

    assert Agreement.objects.get().signed == "1986"
