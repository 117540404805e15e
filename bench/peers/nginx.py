"""nginx with one worker: pages as static files, and before the atlas, whose answers it keeps."""

import os
import pwd
import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from bench.data import WORK
from bench.processes import Server, free_port, running

FOLDER = WORK / "nginx"

_CONFIGURATION = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 256; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  types {{ text/html html; application/geo+json geojson; }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=atlas:10m;
  server {{
    listen 127.0.0.1:{port};
    location /files/ {{
      alias {folder}/www/;
      gzip_static on;
    }}
    location / {{
      proxy_pass {upstream};
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header Connection "";
      proxy_cache atlas;
      proxy_cache_lock on;
      proxy_cache_use_stale updating;
      proxy_cache_background_update on;
      # Where the atlas does not say how long.
      proxy_cache_valid 200 1m;
      add_header X-Cache-Status $upstream_cache_status;
    }}
  }}
}}
"""


def write_file(name: str, body: bytes, compressed: bytes) -> str:
    """Put a file, and the same compressed, where nginx finds them; its path there."""
    www = FOLDER / "www"
    www.mkdir(parents=True, exist_ok=True)
    (www / name).write_bytes(body)
    (www / f"{name}.gz").write_bytes(compressed)
    return f"/files/{name}"


def nginx(upstream: str) -> AbstractContextManager[Server]:
    """nginx before a server of this address."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    port = free_port()
    # Started as root it would give its worker to somebody who may not read this folder.
    user = f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
    configuration = FOLDER / "nginx.conf"
    configuration.write_text(
        _CONFIGURATION.format(user=user, folder=FOLDER, port=port, upstream=upstream)
    )
    command = [_program(), "-p", str(FOLDER), "-c", str(configuration)]
    return running("nginx", command, port, folder=WORK)


def _program() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise FileNotFoundError("There is no nginx: apt-get install nginx-light")
    return str(Path(found))
