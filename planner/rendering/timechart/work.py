"""The bars of the rows with their texts, and the lines that join the critical path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.drawing import Path, Shape, Text
from planner.rendering.timechart.bars import PAD, bar, fits_inside, inside
from planner.rendering.timechart.description import Bar, Row
from planner.rendering.timechart.layout import Layout
from planner.rendering.timechart.lettering import LEGIBLE

AROUND: Final = 2.0
"""Points of a row's upper part above and below its bar together."""
LOW: Final = 7.2
"""A lower bar has its text beside it."""


def path(layout: Layout) -> Iterable[Shape]:
    """Return the lines that join the bars of the critical path, from the end of one down or up to the next."""
    places = {found.tag: (found, top) for row, _, top in layout.rows() for found in row.bars if found.critical}
    for later, top in places.values():
        if later.follows in places:
            before, its_top = places[later.follows]
            x = layout.axis.x(before.span.end)
            middle = layout.height / 3
            yield Path(((x, its_top + middle), (x, top + middle)), palette.INK, 1.1, tag="path")


def bars(layout: Layout) -> Iterable[Shape]:
    """Return the bars of all rows, without words."""
    for row, _, top in layout.rows():
        height = layout.planned(row) - AROUND
        for found in row.bars:
            left, right = layout.axis.x(found.span.start), layout.axis.x(found.span.end)
            yield from bar(found, left, right, top + AROUND / 2, height)


def words(layout: Layout) -> Iterable[Shape]:
    """Return the text of every bar, inside where there is room, else beside it."""
    for row, _, top in layout.rows():
        height = layout.planned(row) - AROUND
        middle = top + layout.planned(row) / 2
        size = min(layout.size, max(LEGIBLE, height * 0.75))
        for place, found in enumerate(row.bars):
            left, right = layout.axis.x(found.span.start), layout.axis.x(found.span.end)
            if fits_inside(found.text, size, right - left) and height >= LOW:
                yield from inside(found, left, right, middle, size)
            else:
                yield from _beside(layout, row, place, found, middle)


def _beside(layout: Layout, row: Row, place: int, found: Bar, middle: float) -> Iterable[Shape]:
    """Yield the text right of a bar; left of it where the axis ends or breaks; nothing between bars that are near."""
    left, right = layout.axis.x(found.span.start), layout.axis.x(found.span.end)
    width = typeface.width(found.text, LEGIBLE) + 2 * PAD
    nearest = [later.span.start for later in row.bars[place + 1 :]] + [at for at, _ in row.deadlines]
    ends = [x for at in nearest if (x := layout.axis.x(at)) >= right]
    if right + width <= min([*ends, layout.axis.end_of(found.span.end)]):
        yield Text(right + PAD, middle, found.text, LEGIBLE, palette.QUIET)
    elif len(row.bars) == 1 and left - width >= layout.axis.left:
        yield Text(left - PAD, middle, found.text, LEGIBLE, palette.QUIET, anchor="right")
