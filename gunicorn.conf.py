"""How Gunicorn serves the atlas: `gunicorn` in this folder reads this file by itself.

All that differs between machines comes from the environment, read as strictly as the settings
are; docs/deploy.md names every variable.
"""

import gc
import os
import sys
import tempfile
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

sys.path.insert(0, str(Path(__file__).resolve().parent))
from atlas import env  # Gunicorn itself adds the folder after this file only

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 # a tmpfs of the kernel; the file in it has no name

wsgi_app = "atlas.wsgi"
bind = env.items("BIND", default=["127.0.0.1:8000"])

# Each worker keeps the counts of the filter and the finished pages in its own memory, so few
# workers with several threads take less than many with one.
worker_class = "gthread"
workers = env.integer("WEB_WORKERS", default=2, minimum=1)
threads = env.integer("WEB_THREADS", default=4, minimum=1)

# The master loads the application, and workers are forks of it: they share its memory, and one that
# takes the place of another answers at once. So SIGHUP brings new workers but no new code; new code
# needs a restart, of one process after the other behind nginx (docs/deploy.md).
preload_app = True

# A worker that has not said for so long (seconds) that it lives is killed. With threads this is no
# limit for one request: the database has its own.
timeout = env.integer("WEB_TIMEOUT", default=30, minimum=1)
# So long a stopping worker may take to answer what it has begun.
graceful_timeout = env.integer("WEB_GRACEFUL_TIMEOUT", default=30, minimum=1)
# Longer than nginx keeps its connections to us (deploy/nginx): it must be the one that closes them,
# or it may send a request on a connection that is just being closed.
keepalive = env.integer("WEB_KEEPALIVE", default=75, minimum=0)

# Nothing here is known to leak, and a new worker has to read all that the old one had in memory: so
# workers stay, unless this is set. Then no two of them leave at once.
max_requests = env.integer("WEB_MAX_REQUESTS", default=0, minimum=0)
max_requests_jitter = max_requests // 5

# Workers say that they live by touching a file; on a disk that is busy this may block them.
worker_tmp_dir = str(SHARED_MEMORY) if os.access(SHARED_MEMORY, os.W_OK) else None

# The longest filter that a page makes is far below; what is longer is answered 400 before it is read.
limit_request_line = 8190
limit_request_fields = 50
limit_request_field_size = 8190

# The site logs its requests itself, without addresses.
accesslog = None
errorlog = "-"
loglevel = env.choice(
    "WEB_LOG_LEVEL", default="warning", among=("debug", "info", "warning", "error", "critical")
)

# It would write a socket into a home folder, which a service has not; signals do what we need.
control_socket_disable = True

# Where workers keep their figures must be known before the application is loaded.
METRICS_PORT = env.integer("METRICS_PORT", default=0, minimum=0)
METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
if METRICS_PORT and not os.environ.get(METRICS_FOLDER):
    os.environ[METRICS_FOLDER] = tempfile.mkdtemp(prefix="atlas-metrics-")


def when_ready(server: Arbiter) -> None:  # noqa: ARG001 # as Gunicorn calls it
    """Let the master serve the figures of all workers on a port of their own."""
    if METRICS_PORT:
        from atlas import metrics  # noqa: PLC0415 # nothing of it is needed otherwise

        metrics.serve(METRICS_PORT)


def pre_fork(server: Arbiter, worker: Worker) -> None:  # noqa: ARG001 # likewise
    """Have workers never look through what they share with the master, which would copy it."""
    gc.collect()
    gc.freeze()


def child_exit(server: Arbiter, worker: Worker) -> None:  # noqa: ARG001 # as Gunicorn calls it
    """Forget the figures of a worker that has gone."""
    if METRICS_PORT:
        from atlas import metrics  # noqa: PLC0415 # likewise

        metrics.worker_exit(worker.pid)
