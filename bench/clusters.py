"""PostgreSQL servers of our own, for minutes: to stop and start under load, and to make replicas of."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"  # a server does not run as root


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, of its newest version here; None where it is not installed."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    versions = sorted(found, key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


class Cluster:
    """One server in a folder, on a port of this machine, without password."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def url(self, user: str = OWNER, database: str = "atlas") -> str:
        """The address of a database of it, for DATABASE_URL."""
        return f"postgres://{user}@127.0.0.1:{self.port}/{database}"

    def create(self) -> None:
        """Make it anew, with an empty database."""
        _run("initdb", "-D", self.folder, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self._configure("fsync = off", "wal_receiver_timeout = '5s'")
        self.start()
        _run("createdb", "-h", "127.0.0.1", "-p", self.port, "atlas")

    def copy_of(self, primary: "Cluster") -> None:
        """Make it a streaming replica."""
        source = f"host=127.0.0.1 port={primary.port}"
        _run("pg_basebackup", "-d", source, "-D", self.folder, "-R", "-X", "stream", "-c", "fast")
        self._configure("hot_standby_feedback = on")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._control("start", "-l", self.folder / "log")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `fast` ends the sessions, `immediate` is like a crash."""
        self._control("stop", "-m", mode)

    @property
    def pid(self) -> int:
        """The number of its first process."""
        pid, *_ = (self.folder / "postmaster.pid").read_text(encoding="utf-8").split()
        return int(pid)

    def is_running(self) -> bool:
        """Whether there is a server."""
        return (self.folder / "postmaster.pid").exists()

    def _control(self, action: str, *options: str | Path) -> None:
        _run("pg_ctl", action, "-D", self.folder, "-w", *options)

    def _configure(self, *lines: str) -> None:
        own = (
            f"port = {self.port}",
            "listen_addresses = '127.0.0.1'",
            "unix_socket_directories = ''",
        )
        with (self.folder / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in (*own, *lines))


@contextmanager
def clusters(*ports: int) -> Iterator[list[Cluster]]:
    """Clusters yet to be made, in a folder that is removed at the end; those that run are stopped."""
    folder = Path(tempfile.mkdtemp(prefix="atlas-clusters-"))
    shutil.chown(folder, OWNER)
    made = [Cluster(folder / str(port), port) for port in ports]
    try:
        yield made
    finally:
        for cluster in made:
            if cluster.is_running():
                cluster.stop("immediate")
        shutil.rmtree(folder)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _run(program: str, *arguments: str | Path | int) -> None:
    folder = binaries()
    if folder is None:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    command = ["runuser", "-u", OWNER, "--", str(folder / program), *map(str, arguments)]
    done = subprocess.run(  # noqa: S603 # our own arguments
        command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stderr.strip()}")
