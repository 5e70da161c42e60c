"""Check points in their rows: a numbered sign each, and the orange line to the deadline that they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.drawing import Box, Path, Shape, Text
from planner.rendering.timechart.description import Mark
from planner.rendering.timechart.layout import Layout
from planner.rendering.timechart.lettering import LEGIBLE

HEIGHT: Final = 12.4
"""Of a sign with the number of a check point."""
GAP: Final = 0.6


def marks(layout: Layout) -> Iterable[Shape]:
    """Return the deadlines and check points of all rows."""
    for row, _, top in layout.rows():
        middle = top + layout.height / 2
        if row.marks:
            yield from _reach(layout, row.marks[0], middle)
        for at, tag in row.deadlines:
            if layout.axis.holds(at):
                x = layout.axis.x(at)
                yield Path(((x, top + 1), (x, top + layout.height - 1)), palette.LATE, 1.8, tag=tag)
        widths = [width(mark.number) for mark in row.marks]
        places = spread([layout.axis.x(mark.at) for mark in row.marks], widths, layout.axis.right)
        for mark, x in zip(row.marks, places, strict=True):
            yield from _sign(mark, x, middle)


def width(number: int) -> float:
    """Return the width of the sign of a check point."""
    return max(HEIGHT, typeface.width(str(number), LEGIBLE, bold=True) + 5)


def spread(places: Sequence[float], widths: Sequence[float], right: float) -> list[float]:
    """Return ascending places moved apart just as far as signs need, none behind the right end of the axis."""
    found: list[float] = []
    for at, x in enumerate(places):
        found.append(max(x, found[-1] + _apart(widths, at)) if found else x)
    for at in range(len(found) - 1, -1, -1):
        end = right if at == len(found) - 1 else found[at + 1] - _apart(widths, at + 1)
        found[at] = min(found[at], end)
    return found


def _apart(widths: Sequence[float], at: int) -> float:
    return (widths[at - 1] + widths[at]) / 2 + GAP


def _reach(layout: Layout, first: Mark, y: float) -> Iterable[Shape]:
    """Yield the line from the first check point to the deadline; an arrow where that is off the axis."""
    if first.deadline is None:
        return
    left, right = layout.axis.x(first.at), layout.axis.x(first.deadline)
    yield Path(((left, y), (right, y)), palette.LATE, 1.6)
    if not layout.axis.holds(first.deadline):
        yield Path(((right, y), (right - 7, y - 4), (right - 7, y + 4)), "", closed=True, fill=palette.LATE)


def _sign(mark: Mark, x: float, y: float) -> Iterable[Shape]:
    colour = palette.INK if mark.deadline is None else palette.LATE
    wide = width(mark.number)
    yield Box(x - wide / 2, y - HEIGHT / 2, wide, HEIGHT, palette.PAPER, colour, 1.2, HEIGHT / 2, tag=mark.tag)
    yield Text(x, y, str(mark.number), LEGIBLE, colour, bold=True, anchor="middle")
