"""How strongly a region or prefecture is tinted for the number of its partnerships."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tints:
    """Three steps of tint; `bounds` are the least counts of each step that is needed."""

    bounds: tuple[int, ...]
    most: int

    @classmethod
    def of(cls, counts: Iterable[int]) -> "Tints":
        """Steps that rise by equal factors, so that they tell 1 from 3 as well as 100 from 300."""
        most = max(counts, default=0)
        second = max(2, round(most ** (1 / 3)))
        third = max(second + 1, round(most ** (2 / 3)))
        return cls(tuple(bound for bound in (1, second, third) if bound <= most), most)

    def step(self, count: int) -> int:
        """The step of a count, from 1; 0 where there is nothing to show."""
        return sum(count >= bound for bound in self.bounds)

    @property
    def ranges(self) -> list[tuple[int, int, int]]:
        """Each step with its least and its greatest count, for the legend."""
        ends = (*(bound - 1 for bound in self.bounds[1:]), self.most)
        return [
            (step, least, greatest)
            for step, (least, greatest) in enumerate(zip(self.bounds, ends, strict=False), 1)
        ]
