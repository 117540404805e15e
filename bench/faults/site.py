"""The site as one machine serves it, all parts of it our own: PostgreSQL, Redis, Gunicorn and nginx."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.clusters import Cluster, free_port
from bench.killing import BASE_DIR, PUBLIC, Process, manage
from bench.readers import ask

WORKERS, THREADS = 2, 4
SECONDS_TO_RECOVER = 60
# Each of several workers has connections of its own: so many good answers come from all of them.
IN_A_ROW = 12
CONFIGURATION = BASE_DIR / "deploy/nginx"
NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include atlas.conf;
}}
"""
MACHINE = """
access_log off;
upstream atlas {{ server 127.0.0.1:{port}; keepalive 32; keepalive_timeout 60s; }}
"""


class Site:
    """Its parts, on ports that were free; `port` is Gunicorn's, `front` that of nginx before it."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.cluster = cluster
        self.port, self.front, redis = (free_port() for _ in range(3))
        self.pages = folder / "pages"
        self.redis = Process(["redis-server", "--port", str(redis), "--save", ""])
        environment = {
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": str(WORKERS),
            "WEB_THREADS": str(THREADS),
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": cluster.url("atlas_reader"),
            "REDIS_URL": f"redis://127.0.0.1:{redis}/0",
            "PAGE_CACHE_DIR": str(self.pages),
        }
        # It finds gunicorn.conf.py by itself.
        self.web = Process(
            [sys.executable, "-m", "gunicorn"], PUBLIC | environment, folder / "web.log"
        )
        self.nginx = Process(["nginx", "-c", str(_configure(folder, self.port, self.front))])

    def load(self) -> None:
        """Make the database with the founding data and its roles, and stop it."""
        self.cluster.create()
        for command in (["migrate", "--skip-checks"], ["load_atlas"], ["create_roles"]):
            manage(self.cluster.url(), *command)
        self.cluster.stop()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start all but the database, and stop all at the end."""
        parts = [self.redis, self.web, self.nginx]
        try:
            for part in parts:
                part.start()
            yield
        finally:
            for part in reversed(parts):
                part.kill()

    def recovered(self, path: str) -> float:
        """Wait until a page comes as on any day, whichever worker is asked; the seconds that it took.

        Raises SystemExit if it does not within a minute.
        """
        begun = since = time.monotonic()
        good = 0
        while time.monotonic() - begun < SECONDS_TO_RECOVER:
            answer = ask(self.port, path)
            if answer.status == 200 and not answer.is_as_of:
                good += 1
                if good == IN_A_ROW:
                    return since - begun
            else:
                good = 0
                since = time.monotonic()
            time.sleep(0.02)
        told = f"{answer.status} {answer.body[-200:]!r}"
        raise SystemExit(f"{path} is not back after {SECONDS_TO_RECOVER} s: {told}")


def _configure(folder: Path, web: int, front: int) -> Path:
    """The configuration of docs/deploy.md, without TLS and on a port of its own."""
    shutil.copytree(CONFIGURATION / "atlas", folder / "atlas")
    (folder / "atlas/machine.conf").write_text(MACHINE.format(port=web), encoding="utf-8")
    (folder / "atlas/name.conf").write_text("server_name 127.0.0.1;", encoding="utf-8")
    text = (CONFIGURATION / "atlas.conf").read_text(encoding="utf-8")
    for old, new in {
        "listen 443 ssl http2": f"listen 127.0.0.1:{front}",
        "listen 80": f"listen 127.0.0.1:{free_port()}",
        "ssl_reject_handshake on;": "",
        "include atlas/tls.conf;": "",
        "/var/cache/nginx/atlas": f"{folder}/cache",
    }.items():
        text = text.replace(old, new)
    (folder / "atlas.conf").write_text(text, encoding="utf-8")
    main = folder / "nginx.conf"
    main.write_text(NGINX.format(folder=folder), encoding="utf-8")
    return main
