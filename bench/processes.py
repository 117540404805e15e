"""Servers to measure: each started on the first processor of this machine, and stopped again.

What puts load on them runs on another (`LOAD_CORE`), where there is one.
"""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = _CORES[0], _CORES[-1]
SECONDS_TO_START = 120
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its status, headers (names in lower case), body as sent, and in how many seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, its address without a slash at the end, and its first process."""

    name: str
    address: str
    pid: int

    def cpu_seconds(self) -> float:
        """The processor time that it has taken, with all its workers."""
        return sum(_cpu_seconds(pid) for pid in (self.pid, *workers(self.pid)))

    def memory(self) -> int:
        """The proportional set size (PSS) of its only worker, in bytes.

        Raises:
            ValueError: it has no worker, or several.
        """
        (worker,) = workers(self.pid)
        for line in Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
        raise ValueError(f"The kernel does not tell the memory of process {worker}.")

    def ask(self, path: str, headers: Mapping[str, str]) -> Answer:
        """Ask once; an error or a redirect is an answer like any other."""
        request = urllib.request.Request(self.address + path, headers=dict(headers))  # noqa: S310 # of our own
        begin = time.perf_counter()
        try:
            with _OPENER.open(request, timeout=SECONDS_TO_START) as response:
                status, sent, body = response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            status, sent, body = error.code, error.headers, error.read()
        seconds = time.perf_counter() - begin
        return Answer(status, {name.lower(): value for name, value in sent.items()}, body, seconds)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would measure another page than the one that is meant."""

    def redirect_request(self, *_args: object) -> None:
        """Follow none."""


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


def workers(pid: int) -> list[int]:
    """The children of a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu_seconds(pid: int) -> float:
    """Time in user and kernel mode; fields 14 and 15, counted after the name, which may hold blanks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(
    name: str,
    command: Sequence[str],
    port: int,
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """A server that a command starts, from when its port can be reached until it is left.

    Raises:
        RuntimeError: it ended, or cannot be reached within two minutes.
    """
    pinned = ["taskset", "-c", str(SERVER_CORE), *command]
    log = folder / f"{name.replace(' ', '-').replace(',', '')}.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603 # our own
            pinned,
            env=os.environ | dict(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _wait_for(port, process, log)
            yield Server(name, f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{log.stem} did not start; what it said is in {log}:\n{_end_of(log)}")


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-5:])
