"""Processes of our own that may be killed, and how much of the processor they have used."""

import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from http.client import HTTPConnection, HTTPException
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 30
# As in public, but over plain HTTP and without the desk.
PUBLIC = {"DEBUG": "0", "HTTPS": "0", "DESK": "0", "SECRET_KEY": "for-this-measurement-only"}
TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """A program with its children, which end together; what it complains of goes to `log`, if there is one."""

    def __init__(
        self, command: list[str], environment: dict[str, str] | None = None, log: Path | None = None
    ) -> None:
        self._command = command
        self._log = log
        self._environment = os.environ | (environment or {})
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The number of the first process."""
        return self._running.pid if self._running else 0

    def start(self) -> None:
        """Start it."""
        with self._log.open("ab") if self._log else nullcontext() as log:
            self._running = subprocess.Popen(  # noqa: S603 # our own
                self._command,
                cwd=BASE_DIR,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    @property
    def children(self) -> set[int]:
        """The numbers of the processes that it has begun and that live."""
        path = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return set(map(int, path.read_text(encoding="ascii").split()))

    def kill(self) -> None:
        """End it and its children at once, in the middle of whatever they do."""
        if self._running:
            os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()
            self._running = None


def manage(database: str, *command: str) -> None:
    """Run a command of manage.py on a database, quietly; one that fails is a CalledProcessError."""
    environment = os.environ | {"DATABASE_URL": database, "DATABASE_REPLICA_URLS": ""}
    line = [sys.executable, "manage.py", *command, "--verbosity", "0"]
    subprocess.run(line, cwd=BASE_DIR, env=environment, check=True)  # noqa: S603 # our own


def wait_for(port: int, path: str) -> None:
    """Return when a site answers 200 there."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise SystemExit(f"No site answers on port {port}.")


def processor_seconds(pid: int) -> float:
    """What a process and its children have used, those that have ended too."""
    children = (Path(f"/proc/{pid}/task/{pid}/children")).read_text(encoding="ascii").split()
    return _used(pid, with_ended=True) + sum(_used(int(child)) for child in children)


def _used(pid: int, *, with_ended: bool = False) -> float:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    # Behind the name, which may hold blanks: user, system, and those of children that ended.
    fields = [int(field) for field in text.rpartition(")")[2].split()[11:15]]
    return sum(fields if with_ended else fields[:2]) / TICKS
