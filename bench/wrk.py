"""Puts load on a server with wrk, and reads what it says."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.processes import LOAD_CORE

_SCRIPT = Path(__file__).with_name("load.lua")
_ERRORS = ("connect", "read", "write", "timeout", "status")
# A response that takes longer counts as lost.
_TIMEOUT = 30


class LoadError(Exception):
    """A load that says nothing: requests were lost or refused, or none was answered."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a server answered: times in milliseconds, bytes of a response with its headers."""

    requests: int
    seconds: float
    p50: float
    p99: float
    bytes: float

    @property
    def rate(self) -> float:
        """Requests in a second."""
        return self.requests / self.seconds


def parse(output: str) -> Load:
    """What wrk printed with our script.

    Raises:
        LoadError: not every request was answered as it should be.
    """
    lines = [line for line in output.splitlines() if line.startswith("{")]
    if not lines:
        raise LoadError(f"wrk printed no figures: {output.strip()[-300:]}")
    said = json.loads(lines[-1])
    if errors := {name: said[name] for name in _ERRORS if said[name]}:
        told = ", ".join(f"{name} {count}" for name, count in errors.items())
        raise LoadError(f"Of {said['requests']} requests some failed: {told}.")
    if not said["requests"]:
        raise LoadError("No request was answered.")
    return Load(
        requests=said["requests"],
        seconds=said["microseconds"] / 1e6,
        p50=said["p50"] / 1000,
        p99=said["p99"] / 1000,
        bytes=said["bytes"] / said["requests"],
    )


def press(
    url: str,
    seconds: float,
    connections: int,
    headers: Mapping[str, str],
    paths: tuple[Path, int] | None = None,
) -> Load:
    """Ask for an address again and again, or for the paths of a file, from a number on.

    Raises:
        LoadError: not every request was answered as it should be.
    """
    command = ["taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{connections}"]
    command += [f"-d{max(1, round(seconds))}s", "--timeout", f"{_TIMEOUT}s", "-s", str(_SCRIPT)]
    command += [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    if paths:
        environment |= {"BENCH_PATHS": str(paths[0]), "BENCH_SKIP": str(paths[1])}
    done = subprocess.run(  # noqa: S603 # our own
        [*command, url], env=environment, capture_output=True, text=True, check=False
    )
    return parse(done.stdout + done.stderr)
