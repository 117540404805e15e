"""The table of what readers noticed, and which bounds were broken."""

from bench.readers import HEADER, Tally

WIDTH = 34


class Report:
    """Prints as it goes, and remembers what did not hold."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def title(self, text: str) -> None:
        """Begin a fault."""
        print(f"\n{text:{WIDTH}}{HEADER}", flush=True)

    def row(self, name: str, tally: Tally) -> None:
        """What readers got in one part of it."""
        kinds = {
            "as of": sum(answer.is_as_of for answer in tally.answers),
            "503": sum(answer.is_for_now for answer in tally.answers),
        }
        more = "".join(f"  {number} {kind}" for kind, number in kinds.items() if number)
        print(f"  {name:{WIDTH - 2}}{tally}{more}", flush=True)

    def figure(self, name: str, figure: str) -> None:
        """A figure that is none of requests."""
        print(f"  {name:{WIDTH - 2}}{figure:>9}", flush=True)

    def bound(self, sentence: str, *, holds: bool) -> None:
        """Say that something must hold, and whether it does."""
        print(f"    {'holds ' if holds else 'BROKEN'}  {sentence}", flush=True)
        if not holds:
            self.broken.append(sentence)

    def complaints(self, tally: Tally, most: int = 3) -> None:
        """Show some answers that are not as they should be."""
        told = {f"{answer.status}: {answer.body[-200:]!r}" for answer in tally.failed}
        for complaint in sorted(told)[:most]:
            print(f"      {complaint}", flush=True)
