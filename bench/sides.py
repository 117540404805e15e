"""All that is measured side by side: the servers, and what each is asked."""

import gzip
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from bench import checks, data, flat, postgres, rotation
from bench.measuring import Subject
from bench.peers import gunicorn, nginx
from bench.peers.datasette import datasette
from bench.processes import Server
from bench.report import Plan, Report
from bench.wrk import LoadError

# More than are asked for in one run.
FILTERS = 20_000
LIST, GEOJSON = "/it/partnerships/", "/it/partnerships.geojson"
PLAIN = {"Accept-Encoding": "identity"}
GZIP = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """The files of a number of partnerships: the atlas's database, the flat tables, and filters as each reads them."""

    database: Path
    plain: Path
    tuned: Path
    of_atlas: Path
    of_datasette: Path


def prepare(partnerships: int) -> Prepared:
    """Make what is not there yet."""
    database = data.make(partnerships)
    plain, tuned = (flat.export(database, tuned=tuned) for tuned in (False, True))
    return Prepared(database, plain, tuned, *rotation.written(database, tuned, FILTERS))


@contextmanager
def side_by_side(
    plan: Plan, prepared: dict[int, Prepared], report: Report
) -> Iterator[list[Subject]]:
    """The subjects of a plan, whose servers run until it is left.

    What cannot be set up is noted, and not among them.
    """
    with ExitStack() as stack:
        subjects: list[Subject] = []

        def add(about: str, make: Callable[..., list[Subject]], *arguments: object) -> None:
            try:
                subjects.extend(make(stack, *arguments))
            except (OSError, RuntimeError, ValueError, psycopg.Error) as error:
                report.fail(f"{about}: {error}")

        atlas = _start_atlas(stack, plan.sizes, report)
        add("hello", _hello)
        if plan.main in atlas:
            add("nginx", _nginx, atlas[plan.main])
            add("cached pages", _kept, atlas[plan.main])
            add("GeoJSON", _geojson, atlas[plan.main])
        if plan.postgres:
            add("PostgreSQL", _postgres, plan.main, prepared[plan.main])
        for size, files in prepared.items():
            if size in atlas:
                add(f"SQLite {size}", _uncached, atlas[size], files)
            add(f"Datasette {size}", _datasette, size, files, plan)
        yield subjects


def _start_atlas(stack: ExitStack, sizes: Iterable[int], report: Report) -> dict[int, Server]:
    """The atlas over each database."""
    servers = {}
    for size in sizes:
        try:
            server = stack.enter_context(gunicorn.atlas(f"Atlas SQLite {size}", data.url_of(size)))
            servers[size] = server
        except RuntimeError as error:
            report.fail(str(error))
    return servers


def _hello(stack: ExitStack) -> list[Subject]:
    return [Subject("hello", stack.enter_context(gunicorn.hello()), checks.hello)]


def _uncached(_stack: ExitStack, server: Server, files: Prepared) -> list[Subject]:
    """A page that nobody has asked for before."""
    name = f"{server.name} uncached"
    subject = Subject(name, server, checks.list_page, headers=PLAIN, paths=files.of_atlas)
    subject.ask()  # a process works out much with its first page
    return [subject]


def _kept(_stack: ExitStack, server: Server) -> list[Subject]:
    """The page that everybody asks for, whole, and by who has it already."""
    whole = checks.status(200, "gzip")
    return [
        Subject(f"{server.name} cached", server, whole, LIST, GZIP),
        Subject(f"{server.name} 304", server, checks.status(304), LIST, _again(server, LIST)),
    ]


def _again(server: Server, path: str) -> dict[str, str]:
    """The headers of who has the answer already."""
    tag = server.ask(path, GZIP).headers.get("etag")
    # Without a validator the whole page comes, which the check of the subject tells.
    return GZIP | ({"If-None-Match": tag} if tag else {})


def _nginx(stack: ExitStack, atlas: Server) -> list[Subject]:
    """nginx with the page of the atlas as a file, and before the atlas; what no target compares with is measured once."""
    server = stack.enter_context(nginx.nginx(atlas.address))
    page, packed = (atlas.ask(LIST, headers).body for headers in (PLAIN, GZIP))
    file = nginx.write_file("page.html", page, packed)
    fill = partial(_fill, server)
    return [
        Subject("nginx file", server, checks.status(200), file, PLAIN, rounds=1),
        Subject("nginx file gzip", server, checks.status(200, "gzip"), file, GZIP),
        Subject("nginx 304", server, checks.status(304), file, _again(server, file), rounds=1),
        Subject(
            "nginx cache before the atlas", server, checks.from_cache, LIST, GZIP, warm_up=fill
        ),
        Subject("nginx GeoJSON", server, checks.status(200, "gzip"), _file_of(atlas), GZIP),
    ]


def _fill(server: Server) -> None:
    """Have nginx keep the page, or get it anew: what it has may be too old since the last round."""
    for _ in range(20):
        if server.ask(LIST, GZIP).headers.get("x-cache-status") == "HIT":
            return
        time.sleep(0.1)


def _file_of(atlas: Server) -> str:
    answer = atlas.ask(GEOJSON, GZIP)
    checks.status(200, "gzip")(answer)
    return nginx.write_file("whole.geojson", gzip.decompress(answer.body), answer.body)


def _geojson(_stack: ExitStack, server: Server) -> list[Subject]:
    return [Subject(f"{server.name} GeoJSON", server, checks.status(200, "gzip"), GEOJSON, GZIP)]


def _postgres(stack: ExitStack, size: int, files: Prepared) -> list[Subject]:
    url = postgres.copy(size, files.database)
    server = stack.enter_context(gunicorn.atlas(f"Atlas PostgreSQL {size}", url))
    return [*_uncached(stack, server, files), *_kept(stack, server)]


def _datasette(stack: ExitStack, size: int, files: Prepared, plan: Plan) -> list[Subject]:
    """Datasette as shipped and tuned; what no target compares with is measured once."""
    subjects = []
    for name, file, tuned in (("", files.plain, False), (" tuned", files.tuned, True)):
        called = f"Datasette{name} {size}"
        server = stack.enter_context(datasette(called, file, tuned=tuned))
        rounds = plan.rounds if tuned and size >= plan.main else 1
        subjects.append(
            Subject(called, server, checks.datasette, paths=files.of_datasette, rounds=rounds)
        )
    return subjects


def measure(subjects: list[Subject], plan: Plan, report: Report) -> None:
    """Measure everything in turn, round after round; who fails once is left out."""
    for number in range(plan.rounds):
        for subject in [one for one in subjects if number < one.rounds]:
            report.say(f"round {number + 1}: {subject.name}")
            try:
                subject.measure(plan.seconds, is_quick=plan.is_quick)
            except (OSError, ValueError, LoadError) as error:
                report.fail(f"{subject.name}: {error}")
                subjects.remove(subject)
    for subject in subjects:
        report.keep(subject.name, subject.figures())
