"""The data as a whole: what there is to download, its releases, and the files themselves."""

from codecs import BOM_UTF8
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from relations import headlines
from relations.exports.examples import EXAMPLES
from relations.filters.index import Index
from relations.formats import LISTS, formats_of
from relations.freshness import last_change
from relations.linked.catalog import day_of_last_change, first_signed
from relations.releases import (
    FILES,
    TABLE_WORDS,
    Edition,
    Release,
    bibtex,
    expected,
    figures,
    gaps,
    releases,
)
from relations.tables import DERIVED, TABLES
from relations.uris import origin
from relations.views.opened import open_to_all
from relations.views.parts import once


class ColumnWords(NamedTuple):
    """A column in words: what it is, and how its values are written."""

    name: str
    meaning: object
    expected: object


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What the data are, hold and lack, their files and releases, the licence and how to cite them."""
    site, on = origin(request), timezone.localdate()
    found, made = figures(site), releases(settings.RELEASES_DIR)
    edition = made[0].edition if made else Edition(site)
    context = {
        "section": "data",
        "headline": headlines.of_page("data"),
        "files": [figure for figure in found.values() if figure.file.label],
        "description": found["csv-metadata.json"],
        "columns": once(_tables),
        "changed": last_change(),
        "releases": made,
        "lists": once(_lists),
        "examples": EXAMPLES,
        "oldest": first_signed(),
        "changed_on": day_of_last_change(),
        "gaps": once(partial(gaps, on)),
        "edition": edition,
        "bibtex": bibtex(edition, on),
        "site": site,
        "index": Index.current(),
        "on": on,
    }
    return render(request, "relations/data.html", context)


def _tables() -> list[tuple[object, ...]]:
    """Each table: its name, what it is, its columns, and what is derived in it."""
    return [(kind, words, _columns(kind), DERIVED[kind]) for kind, words in TABLE_WORDS.items()]


def _lists() -> list[tuple[str, list[tuple[object, str]]]]:
    """Each list by its title, with its files."""
    return [(headlines.of_page(kind).title, _in_formats(kind)) for kind in LISTS]


def _columns(kind: str) -> list[ColumnWords]:
    table = TABLES[kind]
    return [ColumnWords(c.name, table.meaning(c), expected(c)) for c in table.columns]


def _in_formats(kind: str) -> list[tuple[object, str]]:
    """The address of a list in each format: its own, with the suffix in the place of the last slash."""
    return [
        (form.label, reverse("relations:list_file", args=(kind, form.suffix)))
        for form in formats_of(kind)
    ]


@require_safe
@open_to_all
def data_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the whole data as it is now; of a table with `?bom=1` as Excel reads it."""
    if not (file := FILES.get(name)):
        raise Http404(_("There is no such file. All files are named at /data/."))
    wanted = request.GET.urlencode()
    if wanted not in ("", "bom=1" if file.described_by else ""):
        problem = _("“%(query)s”: this file is always whole. Lists can be filtered.")
        context = {"problems": [problem % {"query": wanted}], "back": reverse("relations:data")}
        return render(request, "400.html", context, status=400)
    body = file.make(Edition(origin(request))).body
    response = HttpResponse(BOM_UTF8 + body if wanted else body, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if file.described_by:
        address = reverse("files:data_file", args=(file.described_by,))
        described = FILES[file.described_by].media_type
        response["Link"] = f'<{address}>; rel="describedby"; type="{described}"'
    return response


def _release(name: str) -> Release | None:
    """The release in a file of this name: one of those that stand in the folder, and nothing else."""
    found = releases(settings.RELEASES_DIR)
    return next((release for release in found if release.path.name == name), None)


def _etag_of_release(request: HttpRequest, name: str) -> str | None:  # noqa: ARG001 # as Django calls it
    release = _release(name)
    return f'"{release.sha256}"' if release else None


@require_safe
@open_to_all
@condition(etag_func=_etag_of_release)
def release_file(request: HttpRequest, name: str) -> HttpResponseBase:  # noqa: ARG001 # the same for everyone
    """A release as a zip; it never changes."""
    if not (release := _release(name)):
        raise Http404(_("There is no such release. All releases are named at /data/."))
    return FileResponse(
        release.path.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
