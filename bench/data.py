"""The made-up databases that are measured: made once, and kept in var/bench/data.

A database of N partnerships has the founding data and made-up ones beside them. Its folder is
named after the code that makes it, so that it is made again when that changes; a change of the
tables is only migrated. To make the largest takes minutes.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from bench.serving import BASE_DIR

SEED = 1
WORK = BASE_DIR / "var/bench"
_GENERATOR = ("synthetic.py", "lives.py", "places.py")


def fingerprint(seed: int = SEED) -> str:
    """What tells apart what different generators, or seeds, make."""
    code = hashlib.sha256(str(seed).encode())
    for name in _GENERATOR:
        code.update((BASE_DIR / "bench" / name).read_bytes())
    return code.hexdigest()[:12]


def schema() -> str:
    """What tells apart what different migrations, of ours or of a package, make of the tables."""
    code = hashlib.sha256((BASE_DIR / "requirements/base.txt").read_bytes())
    for path in sorted((BASE_DIR / "relations/migrations").glob("*.py")):
        code.update(path.read_bytes())
    return code.hexdigest()[:12]


def path_of(partnerships: int) -> Path:
    """Where the SQLite database of so many partnerships is, or will be."""
    return WORK / "data" / fingerprint() / f"{partnerships}.sqlite3"


def url_of(partnerships: int) -> str:
    """The `DATABASE_URL` of the SQLite database of so many partnerships."""
    return f"sqlite:///{path_of(partnerships)}"


def make(partnerships: int) -> Path:
    """The SQLite database of so many partnerships, made unless it is there; all of it or nothing."""
    path, url = path_of(partnerships), url_of(partnerships)
    migrated = path.with_suffix(".schema")
    if not path.exists():
        print(f"Making a database of {partnerships:,} partnerships", flush=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        arguments = [str(partnerships), "--seed", str(SEED), "--total"]
        run_python("-m", "bench.synthetic", *arguments, url=f"sqlite:///{part}")
        part.rename(path)
    elif not migrated.exists() or migrated.read_text() != schema():
        migrate(url)
    migrated.write_text(schema())
    return path


def migrate(url: str) -> None:
    """Bring the tables of a database up to date."""
    run_python("manage.py", "migrate", "--verbosity", "0", "--skip-checks", url=url)


def run_python(*arguments: str, url: str) -> str:
    """What this Python prints when it runs with a database.

    Raises:
        subprocess.CalledProcessError: it failed; what it said stands on the terminal.
    """
    environment = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(  # noqa: S603 # our own
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout
