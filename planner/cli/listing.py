"""A table that a terminal is too narrow for, told row by row."""

from collections.abc import Iterator, Sequence

from planner.cli.paragraph import folded, unbroken
from planner.errors.text import columns

READABLE = 12
"""Cells that a column has at least, unless everything in it is shorter: narrower text is hard to read."""

BETWEEN = 2
"""Cells between two columns."""


def fits(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether every column has room for its longest word, and to be read."""
    needed = [_needed(cells) for cells in zip(titles, *rows, strict=True)]
    return sum(needed) + BETWEEN * len(needed) <= width


def listed(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Each row as its first cell, and below it the others with their titles; an empty line between two rows."""
    for number, row in enumerate(rows):
        if number:
            yield ""
        yield from folded(row[0], width=width)
        for title, cell in zip(titles[1:], row[1:], strict=True):
            yield from folded(f"{title}: {cell}", "  ", "    ", width)


def _needed(cells: Sequence[str]) -> int:
    longest = max(columns(cell) for cell in cells)
    word = max((columns(piece) for cell in cells for piece in unbroken(cell)), default=0)
    return max(word, min(longest, READABLE))
