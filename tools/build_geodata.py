"""Build the project data that come from packages: the base maps and the gazetteer.

The maps go into templates/geo/, static/geo/ and relations/maps/geodata.json, the gazetteer into
data/gazetteer/.

`make geodata` runs it where the packages of requirements/geodata.txt are. With --check it
writes nothing and exits 1 if a file is not what it would write.
"""

import argparse
import gzip
from pathlib import Path

from geodata import gazetteer, maps

ROOT = Path(__file__).resolve().parent.parent


def differs(path: Path, content: str) -> bool:
    """Return whether a file is missing or holds something else."""
    return not path.exists() or path.read_bytes() != content.encode()


def check(contents: dict[str, str]) -> None:
    """Exit with a sentence for each file that differs."""
    faults = [
        f"{name} is not what the packages give: run `make geodata`."
        for name, content in contents.items()
        if differs(ROOT / name, content)
    ]
    if faults:
        raise SystemExit("\n".join(faults))
    print("The base maps and the gazetteer are what the packages give.")


def write(contents: dict[str, str]) -> None:
    """Write every file and say how large each one is."""
    for name, content in contents.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
        size = len(gzip.compress(content.encode(), 9))
        print(f"{name}: {len(content) / 1024:.1f} kB, {size / 1024:.1f} kB compressed")


def main() -> None:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    chosen = parser.parse_args()
    (check if chosen.check else write)({**maps.files(), **gazetteer.files()})


if __name__ == "__main__":
    main()
