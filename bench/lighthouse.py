"""Runs Lighthouse on the home page, and prints its scores and what it found.

    python -m bench.lighthouse                              starts a site of its own
    python -m bench.lighthouse http://127.0.0.1:8000/it/    audits one that runs

`make lighthouse` gets Lighthouse into var/bench/ first. Nothing is sent anywhere. Exits with 1
where accessibility, best practices or SEO are below 100; performance depends on the machine,
and is only printed.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from bench.serving import BASE_DIR, serving

PROGRAM = BASE_DIR / "var/bench/node_modules/.bin/lighthouse"
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
PAGES = ("../it/", "../ja/")
SECONDS = 240
FLAGS = "--no-sandbox --headless=new --disable-gpu --disable-quic --disable-background-networking"
# What a finding is told by, the first that it has.
TELLING = ("url", "source", "description", "label")


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit the page in two languages, and say whether the goals that are no times are met."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.lighthouse",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("url", nargs="?", default="", help="the home page of a site that runs")
    options = parser.parse_args(arguments)
    if not PROGRAM.exists():
        raise SystemExit("Lighthouse is not there: run `make lighthouse`.")
    print(f"Load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with serving(options.url) as home:
        return max([_audit(urljoin(home, page)) for page in PAGES])


def _audit(url: str) -> int:
    """Print the scores of a page and every audit that it failed; 1 if a goal is missed."""
    report = _run(url)
    print(f"\n{url}")
    is_missed = 0
    for name, goal in GOALS.items():
        score = round(100 * (report["categories"][name]["score"] or 0))
        print(f"  {report['categories'][name]['title']:<16}{score:>4}{goal:>14} wanted")
        is_missed |= name != "performance" and score < goal
    for category, audit in _failed(report):
        print(f"  {category}: {audit['id']}: {audit['title']} {audit.get('displayValue', '')}")
        for item in audit.get("details", {}).get("items", [])[:5]:
            print(f"      {_told(item)}")
    return int(is_missed)


def _run(url: str) -> Mapping[str, Any]:
    """What Lighthouse says of a page, loaded as on a desktop."""
    command = [str(PROGRAM), url, "--preset=desktop", "--quiet", "--output=json"]
    command += ["--output-path=stdout", "--no-enable-error-reporting", f"--chrome-flags={FLAGS}"]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    run = subprocess.run(  # noqa: S603 # what `make lighthouse` got
        command,
        cwd=BASE_DIR / "var/bench",
        env=os.environ | {"CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if run.returncode:
        raise SystemExit(run.stderr or "Lighthouse failed.")
    report: Mapping[str, Any] = json.loads(run.stdout)
    return report


def _failed(report: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each audit that is not passed, with the category that asks for it."""
    for name in GOALS:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if (
                audit["score"] is not None
                and audit["score"] < 0.9
                and part.get("group") != "hidden"
            ):
                yield name, audit


def _told(item: Mapping[str, Any]) -> str:
    """One finding in a line: the element or the address, with whatever numbers there are."""
    said = item.get("node", {}).get("snippet", "") if isinstance(item.get("node"), dict) else ""
    said = said or next((str(item[name]) for name in TELLING if item.get(name)), "")
    numbers = [f"{n} {v:g}" for n, v in item.items() if isinstance(v, int | float) and v]
    return re.sub(r"\s+", " ", f"{said[:140]} {', '.join(numbers)}")


if __name__ == "__main__":
    raise SystemExit(main())
