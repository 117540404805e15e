"""Measures the home page in Chromium: when it is painted, what is sent, how fast it filters.

    python -m bench.page                              starts a site of its own
    python -m bench.page http://127.0.0.1:8000/it/    measures one that runs
    DATABASE_URL=sqlite:////tmp/atlas.sqlite3 python -m bench.page

Paints are those of a cold load on a processor 4 times slower and a line of 1.6 Mbit/s with
150 ms of latency (how the map is told: `bench.painting`); changes of the filter are measured
without either. Sizes are those of the responses with their headers; 1 KB is 1,000 bytes.
Exits with 1 where the page is too large or takes too many requests. Times depend on the machine,
and are only printed.
"""

import argparse
import os
import shutil
import statistics
from collections.abc import Sequence

from playwright.sync_api import sync_playwright

from bench.filtering import Changes, change_filter
from bench.painting import Load, Sent, load_cold
from bench.serving import serving

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
MAP_MS = 1500
MOST_BYTES = 250_000
MOST_REQUESTS = 12
# A change of the filter with the real data, and with the 5,000 partnerships of `bench.synthetic`.
CHANGE_MS = 100
CHANGE_MANY_MS = 300
MANY = 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say whether the page is small enough."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.page",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("url", nargs="?", default="", help="the home page of a site that runs")
    parser.add_argument("--rounds", type=int, default=5, help="cold loads (5)")
    parser.add_argument("--changes", type=int, default=20, help="changes of the filter (20)")
    options = parser.parse_args(arguments)
    print(f"Load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with serving(options.url) as url, sync_playwright() as playwright:
        program = find_chromium()
        if not program:
            raise SystemExit("There is no Chromium: apt-get install chromium")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        loads = [load_cold(browser, url) for _ in range(max(1, options.rounds))]
        _print_paints(loads)
        is_small = _print_sent(loads[-1].sent)
        if options.changes > 0:
            _print_changes(change_filter(browser, url, options.changes))
        browser.close()
    return 0 if is_small else 1


def find_chromium() -> str:
    """The path of the system's Chromium; empty where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


def _line(name: str, value: str, unit: str, goal: str = "") -> None:
    print(f"{name:<44}{value:>9} {unit:<4}{goal:>14}")


def _print_paints(loads: Sequence[Load]) -> None:
    """The medians of all rounds, and the worst of the map."""
    print(f"\nCold load, slow processor and line; median of {len(loads)}")
    for name, times, goal in (
        ("First paint", [load.first_paint for load in loads], ""),
        ("First contentful paint", [load.first_content for load in loads], ""),
        (
            "First paint of the map, by its clock",
            [load.map_shown for load in loads],
            f"under {MAP_MS:,}",
        ),
        ("First paint of the map, filmed", [load.map_paint for load in loads], f"under {MAP_MS:,}"),
    ):
        _line(name, f"{statistics.median(times):,.0f}", "ms", goal)
    _line("  the fastest", f"{min(load.map_paint for load in loads):,.0f}", "ms")
    _line("  the slowest", f"{max(load.map_paint for load in loads):,.0f}", "ms")


def _print_sent(sent: Sequence[Sent]) -> bool:
    """Bytes by kind; whether they, and the requests, are few enough."""
    total = sum(one.size for one in sent)
    print("\nSent, compressed as the site does it")
    for kind in sorted({one.kind for one in sent}):
        of_kind = [one for one in sent if one.kind == kind]
        sizes = sum(one.size for one in of_kind)
        _line(f"{kind} ({len(of_kind)})", f"{sizes / 1000:,.1f}", "KB")
    _line("Total", f"{total / 1000:,.1f}", "KB", f"under {MOST_BYTES // 1000:,}")
    _line("Requests", str(len(sent)), "", f"at most {MOST_REQUESTS}")
    return total < MOST_BYTES and len(sent) <= MOST_REQUESTS


def _print_changes(changes: Changes) -> None:
    """Median and worst of both ways to change the filter."""
    most = CHANGE_MANY_MS if changes.partnerships > MANY else CHANGE_MS
    print(
        f"\nA change of the filter among {changes.partnerships:,} partnerships, from click to paint"
    )
    for name, times in (("By an option", changes.by_facet), ("On the map", changes.on_map)):
        middle = f"{statistics.median(times):,.0f}"
        _line(f"{name}: median of {len(times)}", middle, "ms", f"under {most}")
        _line("  the slowest", f"{max(times):,.0f}", "ms")


if __name__ == "__main__":
    raise SystemExit(main())
