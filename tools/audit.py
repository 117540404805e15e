"""Ask the public databases of known weaknesses about every package that the site runs on.

Reads requirements/base.txt, whose hashes must be complete. Prints each package that is known
to be unsafe, with the release that mends it, and exits 1 if there is one. Where no database can
be reached it says so and exits 0: then nothing was found out, which is no fault of the packages.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements" / "base.txt"
UNREACHABLE = "No database of known weaknesses can be reached from here: nothing was audited."
# What an unreachable database looks like in what pip-audit writes when it gives up.
NO_CONNECTION = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "SSLError")


def ask(service: str) -> dict[str, Any] | None:
    """What a service (`pypi` or `osv`) knows, as pip-audit's report; None where it cannot be reached.

    Raises:
        RuntimeError: pip-audit failed for another reason, as a missing hash.
    """
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(REQUIREMENTS)]
    command += ["--require-hashes", "--disable-pip", "--vulnerability-service", service]
    command += ["--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 # our own
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        if any(sign in done.stderr for sign in NO_CONNECTION):
            return None
        raise RuntimeError(done.stderr.strip()) from None
    return report if answered(report) else None


def answered(report: dict[str, Any]) -> bool:
    """Whether the service knew any package at all: a mirror of the registry alone knows none."""
    return any("skip_reason" not in package for package in report["dependencies"])


def faults(report: dict[str, Any]) -> list[str]:
    """A sentence for each weakness, and for each package that the service did not know."""
    found = []
    for package in report["dependencies"]:
        if reason := package.get("skip_reason"):
            found.append(f"{package['name']} was not audited: {reason}")
        for weakness in package.get("vulns", ()):
            mended = ", ".join(weakness["fix_versions"]) or "no release yet"
            found.append(
                f"{package['name']} {package['version']}: {weakness['id']}, mended in {mended}"
            )
    return found


def main() -> int:
    """Ask one service after the other until one can be reached."""
    for service in ("pypi", "osv"):
        report = ask(service)
        if report is not None:
            found = faults(report)
            count = len(report["dependencies"])
            print("\n".join(found) or f"None of the {count} packages is known to be unsafe.")
            return 1 if found else 0
    print(UNREACHABLE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
