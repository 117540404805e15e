#!/usr/bin/python3
"""Does what `systemctl` is asked for in docs/deploy.md, where no systemd runs: see follow_deploy.py.

Units are read where systemd reads them. A service is started by its own ExecStart, with its own user,
environment, folder and run-time directory, without any capability, and is taken for started once it has
said so (sd_notify). Timers are left alone. nginx is started in the network namespace `atlas`.
"""

import os
import pwd
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNITS = Path("/etc/systemd/system")
STATE = Path("/run/follow")
SECONDS = 60
NGINX = ["ip", "netns", "exec", "atlas", "nginx"]


def read(unit: str) -> dict[str, list[str]]:
    """The settings of a unit's [Service], each with all its values."""
    name, _, instance = unit.removesuffix(".service").partition("@")
    path = UNITS / (f"{name}@.service" if instance else f"{name}.service")
    settings: dict[str, list[str]] = {}
    section = ""
    for line in path.read_text(encoding="utf-8").replace("%i", instance).splitlines():
        if line.startswith("["):
            section = line
        elif "=" in line and not line.startswith("#") and section == "[Service]":
            key, _, value = line.partition("=")
            settings.setdefault(key, []).append(value)
    return settings


def environment(settings: dict[str, list[str]]) -> dict[str, str]:
    """What a service finds in its environment."""
    lines = list(settings.get("Environment", []))
    for path in settings.get("EnvironmentFile", []):
        lines += Path(path).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {"PATH": "/usr/bin:/bin", **{name: value for name, _, value in pairs}}


def start(unit: str) -> None:
    """Start a service, and wait until it says that it is ready, or has ended."""
    settings = read(unit)
    user = pwd.getpwnam(settings["User"][0])
    for name in settings.get("RuntimeDirectory", []):
        folder = Path("/run") / name
        folder.mkdir(exist_ok=True)
        os.chown(folder, user.pw_uid, user.pw_gid)
    command = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    command += ["--no-new-privs", "--bounding-set=-all", *shlex.split(settings["ExecStart"][0])]
    with listening(unit) as told, log(unit).open("ab") as output:
        server = subprocess.Popen(  # noqa: S603 # the unit's own
            command,
            cwd=settings["WorkingDirectory"][0],
            env=environment(settings) | {"NOTIFY_SOCKET": told.getsockname()},
            stdout=output,
            stderr=output,
            start_new_session=True,
            umask=0o077,
        )
        if settings["Type"] == ["oneshot"]:
            ready = server.wait() == 0
        else:
            pid_file(unit).write_text(str(server.pid), encoding="ascii")
            ready = is_told(told)
    print(log(unit).read_text(encoding="utf-8"), end="", file=sys.stdout if ready else sys.stderr)
    if not ready:
        raise SystemExit(f"{unit} does not start.")


@contextmanager
def listening(unit: str) -> Iterator[socket.socket]:
    """Where a service says that it is ready."""
    address = STATE / f"{unit}.notify"
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(str(address))
        told.settimeout(SECONDS)
        address.chmod(0o777)
        yield told


def is_told(told: socket.socket) -> bool:
    """Whether a service says in time that it is ready."""
    try:
        while b"READY=1" not in told.recv(4096):
            pass
    except TimeoutError:
        return False
    return True


def stop(unit: str) -> None:
    """Ask a service to end, and wait for that."""
    path = pid_file(unit)
    if not path.exists():
        return
    pid = int(path.read_text(encoding="ascii"))
    try:
        os.kill(pid, signal.SIGTERM)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z":
            time.sleep(0.1)
    except (ProcessLookupError, FileNotFoundError):
        pass
    path.unlink()


def serve_pages(verb: str) -> None:
    """Start nginx, or let it read its configuration again."""
    if verb == "stop":
        subprocess.run([*NGINX, "-s", "quit"], check=False)  # noqa: S603 # ours
        return
    pid = Path("/run/nginx.pid")  # `nginx -t` leaves an empty one
    running = pid.exists() and pid.stat().st_size
    subprocess.run([*NGINX, *(["-s", "reload"] if running else [])], check=True)  # noqa: S603 # ours


def log(unit: str) -> Path:
    """What a service has written."""
    return STATE / f"{unit}.log"


def pid_file(unit: str) -> Path:
    """Where the process of a service is kept."""
    return STATE / f"{unit}.pid"


def do(verb: str, unit: str) -> None:
    """Do it to one unit."""
    if unit == "nginx":
        serve_pages(verb)
    elif verb == "reload":
        os.kill(int(pid_file(unit).read_text(encoding="ascii")), signal.SIGHUP)
    else:
        if verb in ("stop", "restart"):
            stop(unit)
        if verb in ("start", "restart"):
            start(unit)


def main(verb: str, *arguments: str) -> None:
    """Do what is asked for."""
    STATE.mkdir(exist_ok=True)
    if verb == "enable" and "--now" in arguments:
        verb = "start"
    if verb in ("start", "stop", "restart", "reload"):
        for unit in arguments:
            if not unit.startswith("-") and not unit.endswith(".timer"):
                do(verb, unit)


if __name__ == "__main__":
    main(*sys.argv[1:])
