"""Tables as Markdown, which is also what is printed."""

import re
from collections.abc import Mapping, Sequence

from bench.measuring import Figures
from bench.targets import Target

Cells = Sequence[str]

_SINGLE = (
    ("memory {}", "Memory of the worker (PSS), {} partnerships", 1e6, "MB"),
    ("queries {}", "Queries of a list page, {} partnerships", 1, ""),
    ("list page gzip", "List page without map, gzip", 1024, "KiB"),
    ("page {} KiB", "Home page with map, all that is sent, {} partnerships", 1, "KiB"),
    ("page {} requests", "Home page with map, requests, {} partnerships", 1, ""),
    ("page {} first paint ms", "First contentful paint, slow line, {} partnerships", 1, "ms"),
    ("page {} map paint ms", "First paint of the map, slow line, {} partnerships", 1, "ms"),
    ("loading written", "Writing 10,000 agreements with parties and sectors", 1, "s"),
    ("loading from a file", "`load_atlas`, 500 drafts from a file", 1, "s"),
    ("real page", "Slowest uncached page of the real data", 1, "ms"),
)


def table(head: Cells, rows: Sequence[Cells]) -> str:
    """A table whose first column is text and whose others are figures."""
    cells = [[one.replace("|", "\\|") for one in row] for row in (head, *rows)]
    widths = [max(3, *(len(row[n]) for row in cells)) for n in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [
        " | ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (cells[0], rule, *cells[1:])
    ]
    return "\n".join(f"| {line} |" for line in lines)


def number(value: float) -> str:
    """Three digits that count, and a comma between thousands."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def subjects(results: Mapping[str, Figures]) -> str:
    """What each subject answered."""
    rows = [
        (name, number(f.rate), number(f.cpu), number(f.p50), f"{f.size:,.0f}")
        for name, f in results.items()
    ]
    return table(("System", "req/s", "CPU ms/request", "p50 ms alone", "bytes"), rows)


def targets(goals: Sequence[Target], figures: Mapping[str, float]) -> str:
    """What is to be reached beside what was."""
    rows = []
    for goal in goals:
        reached = goal.reached(figures)
        bound = f"{'at least' if goal.at_least else 'at most'} {_in_unit(goal.bound, goal.unit)}"
        shown = (
            "–" if reached is None else _in_unit(float(number(reached).replace(",", "")), goal.unit)
        )
        rows.append((goal.name, shown, bound, goal.verdict(figures)))
    return table(("Target", "reached", "to reach", "verdict"), rows)


def growth(results: Mapping[str, Figures], systems: Sequence[str], sizes: Sequence[int]) -> str:
    """The milliseconds of an uncached page alone, by the number of partnerships; `{}` stands for it in a name."""
    rows = [
        (
            system.format("").replace("  ", " "),
            *(
                number(results[name].p50) if (name := system.format(size)) in results else "–"
                for size in sizes
            ),
        )
        for system in systems
    ]
    return table(("p50 ms alone", *(f"{size:,}" for size in sizes)), rows)


def single(figures: Mapping[str, float]) -> str:
    """The figures that belong to no subject."""
    rows = [
        (label.format(f"{size:,}"), number(figures[name] / scale), unit)
        for pattern, label, scale, unit in _SINGLE
        for name, size in _sizes(figures, pattern)
    ]
    return table(("What", "figure", "unit"), rows)


def views(results: Mapping[str, Figures], names: Sequence[str]) -> str:
    """What a million views take of one processor core, in hours."""
    rows = [
        (
            name,
            number(results[name].cpu),
            number(results[name].cpu / 3.6),
            number(results[name].rate),
        )
        for name in names
        if name in results
    ]
    head = ("Each view is", "CPU ms", "CPU hours per million", "views/s that one core can answer")
    return table(head, rows)


def _sizes(figures: Mapping[str, float], pattern: str) -> list[tuple[str, int]]:
    """The figures that a pattern names, each with the number in it, the least first."""
    expression = re.compile(re.escape(pattern).replace(r"\{\}", "([0-9]+)"))
    found = [(name, expression.fullmatch(name)) for name in figures]
    return sorted(
        ((name, int((match.groups() or ("0",))[0])) for name, match in found if match),
        key=lambda pair: pair[1],
    )


def _in_unit(value: float, unit: str) -> str:
    shown = f"{value:,.0f}" if value >= 100 else f"{value:g}"
    return f"{shown}{unit}" if unit == "×" else f"{shown} {unit}".strip()
