"""Shows the public site on several machines, all of them this one, and takes parts away under load.

    python -m bench.beyond_one_machine

Makes a PostgreSQL primary with the founding data, a streaming replica of it, a Redis and two web
processes that read from the replica, and nginx before them. While readers ask for pages, the replica,
a web process and then the primary go and come back; no request may fail. Then it measures how
long a change takes to show, and what pages cost the processors. Takes under two minutes; needs
PostgreSQL, nginx, redis-server, root, and the static files collected (`make measure` does that).
"""

import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from bench.clusters import Cluster, clusters, free_port
from bench.killing import BASE_DIR, PUBLIC, Process, manage, processor_seconds, wait_for
from bench.readers import HEADER, Readers, ask, by_turns

TERRITORY = "piemonte"
NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream web {{
    server 127.0.0.1:{web[0]} max_fails=1 fail_timeout=1s;
    server 127.0.0.1:{web[1]} max_fails=1 fail_timeout=1s;
    keepalive 16;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://web; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_connect_timeout 1s;
      proxy_next_upstream error timeout http_502 http_503 http_504;
    }}
  }}
}}
"""


class Site:
    """All parts of the site, on ports that were free."""

    def __init__(self, folder: Path, primary: Cluster, replica: Cluster) -> None:
        self.primary, self.replica = primary, replica
        port, redis, *web = (free_port() for _ in range(4))
        self.port = port
        reader = {
            "DATABASE_URL": primary.url("atlas_reader"),
            "DATABASE_REPLICA_URLS": replica.url("atlas_reader"),
            "REDIS_URL": f"redis://127.0.0.1:{redis}/0",
            "ALLOWED_HOSTS": "127.0.0.1",
        }
        self.redis = Process(["redis-server", "--port", str(redis), "--save", ""])
        self.web = [Process(_gunicorn(port), {**PUBLIC, **reader}) for port in web]
        self.web_ports = web
        configuration = folder / "nginx.conf"
        configuration.write_text(NGINX.format(folder=folder, port=port, web=web), encoding="utf-8")
        self.nginx = Process(["nginx", "-c", str(configuration)])

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start every part, and stop all at the end."""
        parts = [self.redis, *self.web, self.nginx]
        try:
            for part in parts:
                part.start()
            for port in (*self.web_ports, self.port):
                wait_for(port, "/en/")
            yield
        finally:
            for part in reversed(parts):
                part.kill()

    def load(self) -> None:
        """Make the primary with the founding data and its roles, and the replica."""
        self.primary.create()
        for command in (["migrate", "--skip-checks"], ["load_atlas"], ["create_roles"]):
            manage(self.primary.url(), *command)
        self.replica.copy_of(self.primary)


def _gunicorn(port: int) -> list[str]:
    command = [sys.executable, "-m", "gunicorn", "atlas.wsgi", "--bind", f"127.0.0.1:{port}"]
    return [*command, "--workers", "1", "--threads", "4", "--log-level", "critical"]


def _outages(site: Site, readers: Readers) -> None:
    """Take each part away for some seconds, and print how the readers fared."""
    web = site.web[0]
    steps: list[tuple[str, Callable[[], None]]] = [
        ("all is well", lambda: None),
        ("the replica crashes", lambda: site.replica.stop("immediate")),
        ("the replica is back", site.replica.start),
        ("a web process is killed", web.kill),
        ("it is back", web.start),
        ("the primary is stopped", site.primary.stop),
        ("the primary is back", site.primary.start),
    ]
    print(f"{'':26}{HEADER}")
    with readers.reading():
        for name, step in steps:
            readers.turn()
            step()
            time.sleep(5)
            print(f"{name:26}{readers.turn()}")
    print(f"{'in all':26}{readers.all()}")
    for complaint in sorted(readers.complaints()):
        print(f"  {complaint}")


def _staleness(site: Site, rounds: int = 10) -> None:
    """Change a name on the primary, and wait until a page shows it."""
    waited = []
    with psycopg.connect(site.primary.url(), autocommit=True) as editor:
        for number in range(rounds):
            name = f"Piedmont {number}"
            editor.execute(
                "UPDATE relations_place SET name_en = %s WHERE slug = %s", [name, TERRITORY]
            )
            changed = time.monotonic()
            while name.encode() not in ask(site.port, f"/en/places/{TERRITORY}/").body:
                if time.monotonic() - changed > 20:
                    raise SystemExit("A change does not show after 20 s.")
                time.sleep(0.002)
            waited.append((time.monotonic() - changed) * 1000)
    print(
        f"\nA change on the primary shows on the page after {statistics.median(waited):.0f} ms"
        f" (median of {rounds}), {max(waited):.0f} ms at most."
    )


def _cost(site: Site) -> None:
    """Print what a million views cost the processors of web processes and databases."""
    print(f"\n{'a million views':26}{'web, h':>9}{'database, h':>13}")
    pages = {
        "made anew": [f"/en/?q=torino&cost={n}" for n in range(60)],
        "kept, sent whole": ["/en/"] * 300,
    }
    for name, addresses in pages.items():
        parts = (
            [process.pid for process in site.web],
            [site.primary.pid, site.replica.pid],
        )
        before = [sum(map(processor_seconds, pids)) for pids in parts]
        for address in addresses:
            ask(site.port, address)
        spent = [sum(map(processor_seconds, pids)) for pids in parts]
        hours = [(b - a) / len(addresses) * 1e6 / 3600 for a, b in zip(before, spent, strict=True)]
        print(f"{name:26}{hours[0]:9.2f}{hours[1]:13.2f}")


def main() -> None:
    """Show it; end with an error if a request failed."""
    if not (BASE_DIR / "var/static/staticfiles.json").exists():
        raise SystemExit("The static files are not collected: run `make measure`.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # all that was started is ended
    started = time.monotonic()
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="atlas-nginx-"))
        stack.callback(shutil.rmtree, folder)
        site = Site(folder, *stack.enter_context(clusters(free_port(), free_port())))
        site.load()
        stack.enter_context(site.running())
        readers = Readers(by_turns(site.port))
        _outages(site, readers)
        _staleness(site)
        _cost(site)
    print(f"\n{time.monotonic() - started:.0f} s")
    if readers.complaints():
        raise SystemExit("Requests failed.")


if __name__ == "__main__":
    main()
