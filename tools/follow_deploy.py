"""Follow docs/deploy.md, section "One machine", to the letter: every block of it, in its order.

    python tools/follow_deploy.py

It needs root and Debian 12 with the packages that the section names; PostgreSQL must run. The blocks
run in a view of this machine in which /etc, /srv, /run and a few more are copies (overlayfs), and nginx
in a network of its own: so paths and ports are the real ones, and nothing here is changed, except for a
database and a role, which are dropped at the end. Only this differs from what a reader does:

- `sh settings`: the values are those of this script;
- `sh packages`: it is checked that they are installed;
- `systemctl` is tools/systemctl.py, since no systemd runs here.

Then it asks the site through nginx as a visitor does. Blocks under "Upgrade" run while it is read
all the time: one answer that fails, and this fails. Exits with 1 and a sentence.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "deploy.md"
COPIES = ("/etc", "/srv", "/run", "/usr/local/sbin", "/var/backups", "/var/cache", "/var/log")
SCRATCH = Path("/tmp/atlas-follow")  # noqa: S108 # of this view alone
TOOLS = SCRATCH / "tools"
PATH = f"{TOOLS}:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
NAME = f"atlas_follow_{os.getpid()}"
HOST = "atlas.example.org"
SETTINGS = {"SOURCE": str(SCRATCH / "source"), "HOST": HOST, "DATABASE": NAME}
IN_NETWORK = ("ip", "netns", "exec", "atlas")


def blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """Each block of the section: the heading over it, its kind, and its lines."""
    section = re.search(r"^## One machine\n(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL)
    if not section:
        raise SystemExit(f'{DOCUMENT.name} has no section "One machine".')
    heading = ""
    for part in re.finditer(
        r"^### ([^\n]+)$|^```sh ?(\w*)\n(.*?)^```", section[1], re.MULTILINE | re.DOTALL
    ):
        if part[1]:
            heading = part[1]
        else:
            yield heading, part[2], part[3]


def run(*command: str, **options: object) -> str:
    """Run a command, and return what it prints; stop where it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, **options)  # type: ignore[call-overload] # noqa: S603 # ours
    if done.returncode:
        raise SystemExit(f"This failed ({done.returncode}): {' '.join(command)}")
    return str(done.stdout)


def attempt(*command: str) -> int:
    """Run a command that may fail, and return how it ended."""
    return subprocess.run(command, env={"PATH": PATH}, cwd="/", check=False).returncode  # noqa: S603 # ours


@contextmanager
def view() -> Iterator[None]:
    """The view of this machine in which everything happens; this process is in a mount namespace of its own."""
    SCRATCH.mkdir(exist_ok=True)
    run("mount", "-t", "tmpfs", "none", str(SCRATCH))
    TOOLS.mkdir()
    (SCRATCH / "run").mkdir()
    run("mount", "--bind", "/run", str(SCRATCH / "run"))
    for number, path in enumerate(COPIES):
        new, work = SCRATCH / f"{number}-new", SCRATCH / f"{number}-work"
        new.mkdir()
        work.mkdir()
        options = f"lowerdir={path},upperdir={new},workdir={work}"
        run("mount", "-t", "overlay", "overlay", "-o", options, path)
    # A socket of the copied folder leads nowhere.
    run("mount", "--bind", str(SCRATCH / "run/postgresql"), "/run/postgresql")
    run("ip", "netns", "add", "atlas")
    run("ip", "-n", "atlas", "link", "set", "lo", "up")
    shim("systemctl", f'exec /usr/bin/python3 {ROOT}/tools/systemctl.py "$@"')
    shim("curl", f'exec {" ".join(IN_NETWORK)} /usr/bin/curl "$@"')
    run("git", "clone", "--quiet", f"file://{ROOT}", SETTINGS["SOURCE"])
    try:
        yield
    finally:
        for unit in ("nginx", "atlas@1", "atlas@2"):
            attempt(str(TOOLS / "systemctl"), "stop", unit)
        for drop in ("dropdb", "dropuser"):
            attempt("/usr/sbin/runuser", "-u", "postgres", "--", drop, "--if-exists", NAME)
        run("ip", "netns", "del", "atlas")


def shim(name: str, line: str) -> None:
    """Put a command before the one of the system."""
    (TOOLS / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    (TOOLS / name).chmod(0o755)


def follow(heading: str, kind: str, text: str) -> None:
    """Do what a block says."""
    print(f"\n[{heading}] {kind}\n{text}", end="", flush=True)
    if kind == "settings":
        missing = set(re.findall(r"^export (\w+)=", text, re.MULTILINE)) ^ set(SETTINGS)
        if missing:
            raise SystemExit(f"The settings differ from those that are known here: {missing}")
    elif kind == "packages":
        (names,) = re.findall(r"apt-get install (.*)", text)
        run("dpkg", "--status", *(name for name in names.split() if not name.startswith("-")))
    else:
        keep = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        environment = {"PATH": PATH, "HOME": str(SCRATCH), "LANG": "C.UTF-8", **keep, **SETTINGS}
        print(
            run("/bin/bash", "-euo", "pipefail", "-c", text, env=environment, cwd="/"), flush=True
        )


def ask(path: str, *options: str) -> tuple[int, dict[str, str], str]:
    """The status, the headers and the text of an answer through nginx, over TLS."""
    address = path if "://" in path else f"https://{HOST}{path}"
    said = run(
        str(TOOLS / "curl"), "--silent", "--insecure", "--include", "--http1.1", "--max-time", "30",
        "--resolve", f"{HOST}:443:127.0.0.1", "--resolve", f"{HOST}:80:127.0.0.1", *options, address,
        env={"PATH": PATH},
    )  # fmt: skip
    head, _, body = said.partition("\n\n")
    status, *lines = head.splitlines()
    headers = {n.lower(): v for n, _, v in (line.partition(": ") for line in lines)}
    return int(status.split()[1]), headers, body


def expect(what: str, *, holds: bool) -> None:
    """Say what was seen, or stop."""
    if not holds:
        raise SystemExit(f"This is not so: {what}")
    print(f"  {what}", flush=True)


def look() -> None:
    """Ask for what visitors ask for."""
    status, headers, page = ask("/it/")
    expect(
        "the home page is there, in Italian", holds=status == HTTPStatus.OK and 'lang="it"' in page
    )
    expect("it is under TLS for good", holds="strict-transport-security" in headers)
    expect("nginx does not say its version", holds=headers.get("server") == "nginx")
    status, headers, _ = ask(f"http://{HOST}/it/")
    expect(
        "plain HTTP leads to HTTPS",
        holds=(status, headers["location"]) == (301, f"https://{HOST}/it/"),
    )
    (style,) = re.findall(r'href="([^"]*/css/site\.[0-9a-f]{12}\.css)"', page)
    status, headers, _ = ask(urljoin("/it/", style), "--header", "Accept-Encoding: gzip", "--head")
    expect(
        "a static file is compressed and stays for ever",
        holds=headers.get("content-encoding") == "gzip" and "immutable" in headers["cache-control"],
    )
    for _ in range(2):
        ask("/it/about/")
    status, headers, _ = ask("/admin/login/")
    expect(
        "the desk is there, and is not kept",
        holds=status == HTTPStatus.OK and "no-store" in headers["cache-control"],
    )
    expect(
        "another host is refused",
        holds=ask("http://127.0.0.1/nginx")[0] == HTTPStatus.NO_CONTENT and refused(),
    )
    records = [
        json.loads(line)
        for line in Path("/var/log/nginx/atlas.log").read_text("utf-8").splitlines()
    ]
    expect(
        "the log has requests and no addresses",
        holds=bool(records) and not any("127.0.0.1" in str(record) for record in records),
    )
    kept = [record["cache"] for record in records if "/it/about/" in str(record)]
    expect("nginx answers from its cache what it was asked before", holds=kept[-1:] == ["HIT"])
    if number := headers.get("x-request-id"):
        expect(
            "an answer has the number of its line",
            holds=number in [record["request_id"] for record in records],
        )


def refused() -> bool:
    """Whether a name that is not the site's is answered by nothing."""
    empty_reply, reset = 52, 56  # as curl numbers them
    ended = attempt(*IN_NETWORK, "/usr/bin/curl", "--silent", "http://127.0.0.1/it/")
    return ended in (empty_reply, reset)


@contextmanager
def readers() -> Iterator[None]:
    """Read pages all the time; stop where one was not answered."""
    loop = f"""
for number in $(seq 100000); do
  curl --silent --insecure --output /dev/null --max-time 30 --write-out '%{{http_code}}\\n' \
    --resolve {HOST}:443:127.0.0.1 "https://{HOST}/en/partnerships/?q=$number" || echo lost
  sleep 0.1
done"""
    with (SCRATCH / "answers").open("w") as answers:
        reader = subprocess.Popen(  # noqa: S603 # ours
            [*IN_NETWORK, "/bin/bash", "-c", loop], stdout=answers, start_new_session=True
        )
        try:
            yield
        finally:
            time.sleep(1)
            os.killpg(reader.pid, 15)
            reader.wait()
    statuses = (SCRATCH / "answers").read_text().split()
    bad = [status for status in statuses if status != "200"]
    expect(
        f"of {len(statuses)} requests meanwhile, {len(bad)} failed",
        holds=bool(statuses) and not bad,
    )


def main() -> None:
    """Follow every block, and look."""
    if "APART" not in os.environ:
        apart = ["/usr/bin/env", "APART=1", "unshare", "--mount", sys.executable, *sys.argv]
        os.execv(apart[0], apart)  # noqa: S606 # ourselves
    started = time.monotonic()
    with view():
        looked = False
        for heading, kind, text in blocks(DOCUMENT.read_text("utf-8")):
            if heading == "Upgrade":
                with readers():
                    follow(heading, kind, text)
            else:
                follow(heading, kind, text)
            if heading == "nginx":
                looked = True
                look()
        expect("there is a part about nginx", holds=looked)
        look()
    print(f"\nFollowed in {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    main()
