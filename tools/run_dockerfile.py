"""Take the steps of deploy/Dockerfile without Docker, then start what they make.

    python tools/run_dockerfile.py [--port 8135]

Each stage is a view of this machine in which what is written stays apart (overlayfs): so paths are
those of the Dockerfile, and nothing here is changed. It stands in for the base image: Python of
the same version must be /usr/bin/python3, and packages that the steps install must be installed.
The result runs as the Dockerfile's user, without any right, on a root that is read-only except where
compose.yaml says so. Exits with 1 and a sentence where a step or an answer is not as it should be.
Needs root.
"""

import argparse
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
WRITABLE = ("app/var/pictures", "app/var/pages", "app/var/releases", "tmp")
PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
SECONDS_TO_START = 60


@dataclass
class Stage:
    """A stage under way: where it is mounted, and what its instructions have set."""

    name: str
    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    folder: str = "/"
    user: str = "0:0"
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Each instruction of a Dockerfile, with its arguments on one line."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        if line.strip():
            name, _, rest = line.strip().partition(" ")
            yield name.upper(), re.sub(r"\s+", " ", rest).strip()


def run(*command: str) -> None:
    """Run a command of the system, or stop."""
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603 # ours
        raise SystemExit(f"This failed: {shlex.join(command)}")


class Builder:
    """Takes one instruction after the other; whatever it does not know is an error."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.stages: list[Stage] = []

    def take(self, name: str, rest: str) -> None:
        """Take one step."""
        print(f"{name} {rest}"[:150], flush=True)
        step = getattr(self, f"_{name.lower()}", None)
        if step is None:
            raise SystemExit(f"{DOCKERFILE.name}: this does not know how to take {name}.")
        step(rest)

    @property
    def stage(self) -> Stage:
        """The one that is being made."""
        return self.stages[-1]

    def _from(self, rest: str) -> None:
        image, _, name = rest.partition(" AS ")
        version = image.partition(":")[2].partition("-")[0]
        ours = subprocess.run(  # ours
            ["/usr/bin/python3", "--version"], capture_output=True, text=True, check=True
        ).stdout
        if not ours.startswith(f"Python {version}."):
            raise SystemExit(f"{image} has Python {version}; /usr/bin/python3 is {ours.strip()}.")
        folders = [self.scratch / f"{len(self.stages)}-{part}" for part in ("new", "work", "root")]
        for folder in folders:
            folder.mkdir()
        new, work, root = folders
        run(
            "mount",
            "-t",
            "overlay",
            "overlay",
            "-o",
            f"lowerdir=/,upperdir={new},workdir={work}",
            str(root),
        )
        run("mount", "-t", "proc", "proc", str(root / "proc"))
        run("mount", "--rbind", "/dev", str(root / "dev"))
        run("ln", "-sf", "/usr/bin/python3", str(root / "usr/local/bin/python"))
        self.stages.append(Stage(name, root))

    def _workdir(self, rest: str) -> None:
        self.stage.folder = rest
        self._inside(rest).mkdir(parents=True, exist_ok=True)

    def _env(self, rest: str) -> None:
        for word in shlex.split(rest):
            name, _, value = word.partition("=")
            self.stage.environment[name] = value.replace("$PATH", self.stage.environment["PATH"])

    def _copy(self, rest: str) -> None:
        options = dict(re.findall(r"--(\w+)=(\S+)", rest))
        *sources, target = re.sub(r"--\S+ ", "", rest).split()
        goal = self._inside(target)
        for source in sources:
            if "from" in options:
                (stage,) = (stage for stage in self.stages if stage.name == options["from"])
                copy(stage.root / source.lstrip("/"), goal)
            elif source == ".":
                for name in sent():
                    copy(ROOT / name, goal / name)
            else:
                copy(ROOT / source, goal / Path(source).name)
        if "chown" in options:
            run("chown", "--recursive", options["chown"], str(goal))

    def _run(self, rest: str) -> None:
        if packages := re.search(r"apt-get install ([^&]*)", rest):
            names = [word for word in packages[1].split() if not word.startswith("-")]
            run("dpkg", "--status", *names)  # of the base system, which is this machine
            return
        done = subprocess.run(  # noqa: S603 # the Dockerfile's own
            [
                "/usr/sbin/chroot",
                str(self.stage.root),
                "sh",
                "-c",
                f"cd {self.stage.folder} && {rest}",
            ],
            env=self.stage.environment | kept(),
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"This step failed: RUN {rest}")

    def _user(self, rest: str) -> None:
        self.stage.user = rest

    def _cmd(self, rest: str) -> None:
        self.stage.command = [word.strip(' "') for word in rest.strip("[]").split(",")]

    def _healthcheck(self, rest: str) -> None:
        words = re.search(r"CMD \[(.*)\]$", rest)
        if not words:
            raise SystemExit("HEALTHCHECK: expected CMD with a list of words.")
        self.stage.health = re.findall(r'"([^"]*)"', words[1])

    def _label(self, rest: str) -> None:
        """Says something, and does nothing."""

    _expose = _stopsignal = _label

    def _inside(self, path: str) -> Path:
        inside = Path(self.stage.folder) / path
        return self.stage.root / str(inside).lstrip("/")


def kept() -> dict[str, str]:
    """What this machine tells pip."""
    return {name: value for name, value in os.environ.items() if name.startswith("PIP_")}


def sent() -> list[str]:
    """What of the project is sent to a build: what .dockerignore does not leave out."""
    lines = (DOCKERFILE.parent / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    if rules[0] != "*" or not all(rule.startswith("!") for rule in rules[1:]):
        raise SystemExit(".dockerignore: expected `*`, then only what is not left out.")
    return [rule[1:] for rule in rules[1:]]


def copy(source: Path, target: Path) -> None:
    """Copy a file or a directory, without what Python and tools have made beside it."""
    if source.is_dir():
        leave = shutil.ignore_patterns("__pycache__", "*.mo") if ROOT in source.parents else None
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True, ignore=leave)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


@contextmanager
def running(stage: Stage, port: int) -> Iterator[list[str]]:
    """Start the result as compose.yaml does; yields how a command is run beside it."""
    for name in WRITABLE:
        run("mount", "-t", "tmpfs", "-o", "mode=1777", "none", str(stage.root / name))
    database = "/tmp/atlas.sqlite3"  # noqa: S108 # a tmpfs of this view alone
    environment = stage.environment | {
        "BIND": f"127.0.0.1:{port}",
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    run("mount", "-o", "remount,ro", str(stage.root))
    enter = ["/usr/sbin/chroot", f"--userspec={stage.user}", "--groups=", str(stage.root)]
    enter += ["env", "-i", *(f"{name}={value}" for name, value in environment.items())]
    enter += [
        "setpriv",
        "--no-new-privs",
        "--bounding-set=-all",
        "sh",
        "-c",
        f'cd {stage.folder} && exec "$@"',
        "-",
    ]
    for arguments in (["migrate", "-v0", "--skip-checks"], ["load_atlas", "-v0"]):
        run(*enter, "python", "manage.py", *arguments)
    with subprocess.Popen([*enter, *stage.command], start_new_session=True) as server:  # noqa: S603 # ours
        try:
            yield enter
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def expect(port: int, path: str, words: str) -> None:
    """Ask for a page as the proxy does; stop where it does not say what it should."""
    address = f"http://127.0.0.1:{port}{path}"
    request = urllib.request.Request(address, headers={"X-Forwarded-Proto": "https"})  # ours
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                text = response.read().decode(errors="replace")
            break
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path} answers {error.code}.") from error
        except OSError:
            if time.monotonic() > end:
                raise SystemExit(f"Nothing answers at {address}.") from None
            time.sleep(0.3)
    if words not in text:
        raise SystemExit(f"{path} does not say {words!r}.")
    print(f"{path}: as it should be", flush=True)


def main() -> None:
    """Build, start, ask, stop."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8135)
    port = parser.parse_args().port
    if "APART" not in os.environ:
        apart = ["/usr/bin/env", "APART=1", "unshare", "--mount", sys.executable, *sys.argv]
        os.execv(apart[0], apart)  # noqa: S606 # ourselves
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        run("mount", "-t", "tmpfs", "none", scratch)
        builder = Builder(Path(scratch))
        try:
            for name, rest in instructions(DOCKERFILE.read_text("utf-8")):
                builder.take(name, rest)
            print(f"Built in {time.monotonic() - started:.0f} s", flush=True)
            with running(builder.stage, port) as enter:
                expect(port, "/healthz", "")
                health = [word.replace(":8000", f":{port}") for word in builder.stage.health]
                run(*enter, *health)
                expect(port, "/it/", "Torino")
                expect(port, "/ja/partnerships/torino-nagoya/", "名古屋")
        finally:
            for stage in builder.stages:
                run("umount", "--recursive", "--lazy", str(stage.root))
            run("umount", "--lazy", scratch)


if __name__ == "__main__":
    main()
