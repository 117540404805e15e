"""Reads releases whose content is known, and prints how much of it was read rightly.

    python -m bench.evaluate                        the half that rules are written by
    python -m bench.evaluate --set-aside            the half that is looked at only at the end
    python -m bench.evaluate --misses               with every value that was missed or made up
    python -m bench.evaluate PATH...                files or folders of texts: counted where they have
                                                    labels, and otherwise the reading is printed

`make evaluate` gives its ARGS. Exits with 1 where a target is missed. The labels and how they were
decided are described in bench/releases/README.md.

How is counted. Act means the first of a reading, and `act` of a label; where one side has none,
all its facts count as not given.

- Language, date of the source, kind, stage and date of the act are shares: of how many releases is
  the value the same. Where the label gives none, reading none is right, and reading any is wrong.
- All other fields are sums over the releases of a half: a hit is a value both read and told, each at
  most once; precision is hits to values read, recall hits to values told, F1 their harmonic mean.
  Term, renewal, publisher and place of signature are such sets too, of one value or none; an
  unknown renewal is none.
- Dates are the same if their EDTF is, apart from ~, ? and %. Places are the same by key, bodies by
  key and institution, sectors by code (a broader one is another). Signatories are the same if their
  folded names are, spaces apart, and their sides; the office does not count. Publishers are folded.
- Further acts are the same by kind, date and the places of their bodies, events by kind and first
  day; both are told for information, and have no target.
- Invented is a suggestion without evidence, or with a span outside the text, of nothing but space,
  or of letters that the release does not have (folded, since a reading tidies its text).
- Time is that of a second reading of all texts, in proportion to 10,000 characters; memory is what
  the process grew by from before the reader was made until after the last text.
"""

import argparse
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.counting import suggestions
from bench.labels import OPEN, SET_ASIDE, Release, releases
from bench.scores import Evaluation, shown
from relations.press.reader import Reader
from relations.press.readings import Reading
from relations.press.stored import stored_gazetteer

MILLISECONDS, MEGABYTES = 300, 150
_MANY = 10_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate a half, or what is named; 1 if a target is missed."""
    options = _options(arguments)
    paths = options.paths or [SET_ASIDE if options.set_aside else OPEN]
    before = _memory()
    reader = Reader(stored_gazetteer())
    read: list[Release] = []
    is_missed = False
    for path in paths:
        found = list(releases(path))
        if not found:
            raise SystemExit(f"No texts (*.txt) in {path}.")
        is_missed |= _evaluate(reader, path, found, is_detailed=options.misses)
        read += found
    return int(_measure(reader, read, before) or is_missed)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.evaluate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="texts of your own")
    parser.add_argument("--set-aside", action="store_true", help="the half for the end")
    parser.add_argument("--misses", action="store_true", help="every value that is not right")
    return parser.parse_args(arguments)


def _evaluate(reader: Reader, path: Path, found: Sequence[Release], *, is_detailed: bool) -> bool:
    """Print what of labelled releases was read rightly, and all of others; whether a target was missed."""
    evaluation = Evaluation()
    for release in found:
        reading = reader.read(release.text)
        if release.label is None:
            print("\n".join(_told(release, reading)))
        else:
            evaluation.count(release, reading)
    if not evaluation.outcomes:
        return False
    print(f"\n{path.name}: {evaluation.releases} releases\n\n{evaluation.table()}")
    print(f"\nInvented values: {evaluation.invented}")
    if is_detailed:
        print("\n" + "\n".join(evaluation.details))
    if missed := evaluation.missed():
        print(f"\nTargets missed: {', '.join(missed)}")
    return bool(missed)


def _measure(reader: Reader, read: Sequence[Release], before: float) -> bool:
    """Print time and memory; whether either is too much."""
    began = time.perf_counter()
    for release in read:
        reader.read(release.text)
    spent = 1000 * (time.perf_counter() - began)
    milliseconds = spent * _MANY / sum(len(release.text) for release in read)
    grown = _memory() - before
    print(f"\nTime: {milliseconds:.0f} ms for 10,000 characters (at most {MILLISECONDS})")
    print(f"Memory: grown by {grown:.0f} MB (at most {MEGABYTES})")
    return milliseconds > MILLISECONDS or grown > MEGABYTES


def _memory() -> float:
    """The most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _told(release: Release, reading: Reading) -> Iterator[str]:
    """A reading in lines: what was read, where it stands, and why it was taken for that."""
    yield f"\n{release.name} ({reading.language})\n"
    for path, suggestion in suggestions(reading):
        sure = f"{suggestion.confidence:.2f}{', implied' if suggestion.implied else ''}"
        yield f"{path}: {shown(suggestion.value)} ({sure})"
        evidence = (reading.text[span.start : span.end].split() for span in suggestion.evidence)
        quoted = " … ".join(f"“{' '.join(words)}”" for words in evidence)
        yield f"    {quoted}: {suggestion.reason}"
    yield from (f"Remark: {remark}" for remark in reading.remarks)


if __name__ == "__main__":
    raise SystemExit(main())
