"""What is measured one after the other, once the side-by-side servers are gone."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bench import checks, data, sides
from bench.measuring import CONNECTIONS
from bench.peers import gunicorn
from bench.report import Plan, Report
from bench.sides import Prepared

_MEMORY_SIZES = (10_000, 100_000)
_BROWSER_SIZES = (70, 10_000)
# The load after which the memory is read: more pages than the cache keeps, as far as there is time.
_LOAD_PAGES, _LOAD_SECONDS = 1_500, 8
KIB = 1024


def measure_extras(plan: Plan, prepared: dict[int, Prepared], report: Report) -> None:
    """Measure each; what fails is noted, and the others go on."""
    steps = []
    for size in plan.sizes:
        if size in _MEMORY_SIZES:
            steps.append((f"memory {size}", partial(_memory, size, prepared[size], report)))
        steps.append((f"queries {size}", partial(_queries, size, prepared[size], report)))
        if plan.browser and size in _BROWSER_SIZES:
            steps.append((f"browser {size}", partial(_paint, size, report)))
    if not plan.is_quick:
        steps.append(("loading", partial(_loading, plan, report)))
    steps.append(("real data", partial(_real, report)))
    for name, step in steps:
        report.say(name)
        try:
            step()
        except Exception as error:  # noqa: BLE001 # noted, and told by the exit status
            report.fail(f"{name}: {error}")


def _memory(size: int, files: Prepared, report: Report) -> None:
    """Of a worker that runs alone, so that it shares nothing with others, after a load of uncached pages."""
    with gunicorn.atlas(f"memory {size}", data.url_of(size)) as server:
        server.ask(sides.LIST, sides.GZIP)
        end = time.monotonic() + _LOAD_SECONDS

        def ask(path: str) -> None:
            if time.monotonic() < end:
                checks.list_page(server.ask(path, sides.PLAIN))

        paths = files.of_atlas.read_text().splitlines()[:_LOAD_PAGES]
        with ThreadPoolExecutor(CONNECTIONS) as readers:
            list(readers.map(ask, paths))
        report.figures[f"memory {size}"] = server.memory()


def _queries(size: int, files: Prepared, report: Report) -> None:
    said = data.run_python(
        "-m", "bench.inside", "queries", str(files.of_atlas), url=data.url_of(size)
    )
    count = json.loads(said)["queries"]
    report.figures[f"queries {size}"] = count
    report.figures["list page queries"] = max(count, report.figures.get("list page queries", 0))


def _loading(plan: Plan, report: Report) -> None:
    said = data.run_python("-m", "bench.inside", "loading", url=data.url_of(plan.main))
    for name, seconds in json.loads(said).items():
        report.figures[f"loading {name}"] = seconds


def _real(report: Report) -> None:
    """The slowest page of the real data, which `bench.uncached` measures in a process of its own."""
    from bench import uncached  # noqa: PLC0415 # it needs Django set up

    costs = uncached.measure()
    page, cost = next(iter(costs.items()))
    slowest = max(costs, key=lambda page: costs[page].anew)
    report.figures["real page"] = cost.kept
    report.remark(
        f"The slowest uncached page of the real data is {page}; that which takes longest to be drawn "
        f"anew after a change is {slowest}, with {costs[slowest].anew:.0f} ms."
    )


def _paint(size: int, report: Report) -> None:
    """Bytes and first paint of the home page with its map, in Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 # only where there is a browser

    from bench.page import FLAGS, find_chromium  # noqa: PLC0415 # likewise
    from bench.painting import load_cold  # noqa: PLC0415 # likewise

    program = find_chromium()
    if not program:
        report.remark("Page weight and first paint of the map: there is no Chromium.")
        return
    with gunicorn.atlas(f"browser {size}", data.url_of(size)) as server, sync_playwright() as play:
        server.ask("/it/", sides.GZIP)
        browser = play.chromium.launch(executable_path=program, args=FLAGS)
        load = load_cold(browser, f"{server.address}/it/")
        browser.close()
    report.figures[f"page {size} KiB"] = sum(one.size for one in load.sent) / KIB
    report.figures[f"page {size} requests"] = len(load.sent)
    report.figures[f"page {size} first paint ms"] = load.first_content
    report.figures[f"page {size} map paint ms"] = load.map_paint
