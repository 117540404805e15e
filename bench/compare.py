"""Measures the atlas beside nginx, a bare Django and Datasette, in one run: `make bench`.

    python -m bench.compare             at 70, 1,000, 10,000 and 100,000 partnerships
    python -m bench.compare --quick     at 70 and 1,000, one round: whether it still works

Prints tables with what is to be reached, and writes them to var/bench/results.md. Exits with 1
where something could not be measured or a request failed, whatever was reached. docs/performance.md
says how it is measured.
"""

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version

import psycopg

from bench import postgres, tables
from bench.data import WORK
from bench.extras import measure_extras
from bench.processes import LOAD_CORE, SERVER_CORE
from bench.report import Plan, Report
from bench.serving import BASE_DIR
from bench.sides import measure, prepare, side_by_side
from bench.targets import TARGETS

RESULTS = WORK / "results.md"
DOCUMENT, HEADING = BASE_DIR / "docs/performance.md", "## Results\n"
SIZES, QUICK_SIZES = (70, 1_000, 10_000, 100_000), (70, 1_000)
_PACKAGES = {"nginx": "nginx-light", "wrk": "wrk", "taskset": "util-linux"}
_GROWING = ("Atlas SQLite {} uncached", "Datasette tuned {}", "Datasette {}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say whether everything could be measured."""
    options = _parser().parse_args(arguments)
    plan = Plan(
        sizes=QUICK_SIZES if options.quick else SIZES,
        rounds=1 if options.quick else max(1, options.rounds),
        seconds=1 if options.quick else options.seconds,
        postgres=not options.no_postgres,
        browser=not (options.quick or options.no_browser),
        is_quick=options.quick,
    )
    # Who is told to end stops the servers first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    WORK.mkdir(parents=True, exist_ok=True)
    _install_programs()
    report = Report()
    compare(plan, report)
    text = write(plan, report)
    RESULTS.write_text(text)
    if options.document:
        DOCUMENT.write_text(with_results(DOCUMENT.read_text(), text))
    print(f"\n{text}")
    return 1 if report.failures else 0


def compare(plan: Plan, report: Report) -> None:
    """Measure everything of a plan."""
    prepared = {size: prepare(size) for size in plan.sizes}
    if plan.postgres:
        with suppress(psycopg.Error):  # told when it is to be measured
            postgres.copy(plan.main, prepared[plan.main].database)
    report.ready = time.monotonic()
    report.say("databases are ready; starting the servers")
    with side_by_side(plan, prepared, report) as subjects:
        measure(subjects, plan, report)
    _doubt_the_cache(plan, report)
    if "nginx file gzip" in report.results:
        report.figures["list page gzip"] = report.results["nginx file gzip"].size
    measure_extras(plan, prepared, report)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.compare",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="small, once, without a browser")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each (3)")
    parser.add_argument("--seconds", type=float, default=2, help="of load in each round (2)")
    parser.add_argument("--no-postgres", action="store_true", help="leave PostgreSQL out")
    parser.add_argument("--no-browser", action="store_true", help="leave Chromium out")
    parser.add_argument(
        "--document", action="store_true", help="write the tables into docs/performance.md too"
    )
    return parser


def with_results(document: str, text: str) -> str:
    """A page whose last chapter, the results, is this text."""
    before, heading, _old = document.partition(HEADING)
    return f"{before}{heading}\n{text}"


def write(plan: Plan, report: Report) -> str:
    """Everything that was measured, as Markdown."""
    main = plan.main
    parts = [
        _circumstances(report),
        f"### Side by side, {main:,} partnerships where nothing else is said\n\n"
        + tables.subjects(report.results),
        "### Growth\n\n" + tables.growth(report.results, _GROWING, plan.sizes),
        "### Also measured\n\n" + tables.single(report.figures),
        "### Targets\n\n" + tables.targets(TARGETS, report.figures),
        "### A million views\n\n"
        + tables.views(
            report.results,
            (
                "nginx cache before the atlas",
                f"Atlas SQLite {main} 304",
                f"Atlas SQLite {main} cached",
                f"Atlas PostgreSQL {main} cached",
                f"Atlas SQLite {main} uncached",
                f"Atlas PostgreSQL {main} uncached",
            ),
        ),
        *(
            f"### {title}\n\n" + "\n".join(f"- {sentence}" for sentence in sentences)
            for title, sentences in (
                ("Not measured", report.failures),
                ("Remarks", report.remarks),
            )
            if sentences
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _doubt_the_cache(plan: Plan, report: Report) -> None:
    """A page out of the cache cannot take as long as one that is made."""
    for system in ("Atlas SQLite", "Atlas PostgreSQL"):
        names = (f"{system} {plan.main} cached", f"{system} {plan.main} uncached")
        cached, uncached = (report.results.get(name) for name in names)
        if cached and uncached and cached.cpu > uncached.cpu / 2:
            report.fail(
                f"{names[0]}: it takes {cached.cpu:.1f} ms of the processor, and {uncached.cpu:.1f} "
                "ms uncached, so that it does not come out of a cache."
            )


def _circumstances(report: Report) -> str:
    moment = datetime.now(UTC)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 # of the reader's own machine
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "gunicorn"))
    cores = f"servers on processor {SERVER_CORE} of {os.cpu_count()}, wrk on {LOAD_CORE}"
    return (
        f"Measured on {moment.day} {moment:%B %Y} at {moment:%H:%M} UTC in "
        f"{time.monotonic() - report.ready:.0f} s, after {report.ready - report.began:.0f} s for the "
        f"databases; commit {commit or 'unknown'}; "
        f"{_processor()}, {cores}; Python {platform.python_version()}, {packages}; "
        f"load of the machine before: {report.load:.1f}."
    )


def _processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 # of the kernel
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _install_programs() -> None:
    """Get what is missing with apt, where that may be done.

    Raises:
        SystemExit: something is missing and only an administrator can get it.
    """
    os.environ["PATH"] += os.pathsep + "/usr/sbin"  # where Debian has nginx
    missing = [package for program, package in _PACKAGES.items() if not shutil.which(program)]
    if not missing:
        return
    command = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit(f"This needs programs that are not installed: {' '.join(command)}")
    subprocess.run(command, check=True)  # noqa: S603 # a fixed list


if __name__ == "__main__":
    raise SystemExit(main())
