"""The desk's first page: what there is to do; and a page for each matter."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from relations.admin.press import pages as press
from relations.permissions import changeable
from relations.worklist import KINDS, Matter, Point, Row, Task, Worklist, rows_of
from relations.worklist.tasks import MODELS

FIRST = 5  # rows of each matter on the first page
PAGE = 50


class Line(NamedTuple):
    """A row with the address of the form of its record, and those of its points; without, where it is not open."""

    row: Row
    url: str
    points: list[tuple[Point, str]]
    words: str


class Section(NamedTuple):
    """A matter, how much there is of it, and its first rows."""

    matter: Matter
    size: int
    lines: list[Line]
    url: str


class Kind(NamedTuple):
    """A kind of record by which a matter is filtered; the empty code is all of them."""

    code: str
    label: str
    size: int


def index(request: HttpRequest) -> HttpResponse:
    """Django's index beside the first rows of every matter."""
    worklist = Worklist(request.user, timezone.localdate())
    first = rows_of({matter: tasks[:FIRST] for matter, tasks in worklist.tasks.items()})
    sections = [
        Section(matter, len(tasks), _lines(request, first[matter]), _url(matter))
        for matter, tasks in worklist.tasks.items()
    ]
    context = {
        "sections": [section for section in sections if section.size],
        "done": [section for section in sections if not section.size],
        "left": sum(worklist.left.values()),
        "may_add_agreement": request.user.has_perm("relations.add_agreement"),
    }
    return admin.site.index(request, context)


def matter_page(request: HttpRequest, code: str) -> HttpResponse:
    """All that there is of one matter."""
    if code not in Matter.values:
        raise Http404
    matter = Matter(code)
    worklist = Worklist(request.user, timezone.localdate())
    tasks = worklist.tasks[matter]
    chosen = _chosen(request)
    kept = [task for task in tasks if chosen in ("", task.kind)]
    page = Paginator(kept, PAGE).get_page(request.GET.get("p"))
    context = {
        **admin.site.each_context(request),
        "title": matter.label,
        "matter": matter,
        "kinds": _kinds(tasks),
        "chosen": chosen,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "lines": _lines(request, rows_of({matter: list(page)})[matter]),
        "left": worklist.left[matter],
    }
    return TemplateResponse(request, "admin/relations/worklist.html", context)


def _chosen(request: HttpRequest) -> str:
    """The kind of record that is asked for; one that does not exist is said and passed over."""
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        sentence = _("There is no kind of record “%(kind)s”; all are shown.")
        messages.warning(request, sentence % {"kind": kind})
        return ""
    return kind


def _kinds(tasks: Iterable[Task]) -> list[Kind]:
    """The kinds of record that there are, if there are several."""
    of = [task.kind for task in tasks]
    found = [Kind(kind, _plural(kind), of.count(kind)) for kind in KINDS if kind in of]
    return [Kind("", _("All"), len(of)), *found] if len(found) > 1 else []


def _plural(kind: str) -> str:
    return str(MODELS[kind]._meta.verbose_name_plural)  # noqa: SLF001 # public in all but name


def _url(matter: Matter) -> str:
    return reverse("desk:worklist", args=(matter.value,))


def _lines(request: HttpRequest, rows: Iterable[Row]) -> list[Line]:
    """Rows with their addresses, for someone."""
    may = changeable(request.user, KINDS)
    return [
        _line(row, may_change=(row.task.kind, row.task.flaws.is_guarded) in may) for row in rows
    ]


def _line(row: Row, *, may_change: bool) -> Line:
    form = reverse(f"admin:relations_{row.task.kind}_change", args=(row.task.key,))
    points = [(point, _address(form, point) if may_change else "") for point in row.points]
    words = "" if points else _next_step(row.task, may_change=may_change)
    return Line(row, form, points, words)


def _address(form: str, point: Point) -> str:
    """The very field; `static/js/desk/fields.js` opens what is folded, and begins the citation."""
    return f"{form}?cite={point.cite}#{point.anchor}" if point.cite else f"{form}#{point.anchor}"


def _next_step(task: Task, *, may_change: bool) -> str:
    """What to do with a record that has all that it takes."""
    if not task.flaws.is_guarded:
        return _("It has all that it takes and can be sent to review.")
    return _("It can be published now.") if may_change else _("It waits for a publisher.")


def urls() -> tuple[list[URLPattern], str]:
    """The addresses of these pages, for those who have signed in."""
    view: Any = admin.site.admin_view
    return [
        path("", view(index), name="index"),
        path("worklist/<slug:code>/", view(matter_page), name="worklist"),
        *press.urls(),
    ], "desk"
