"""Bars: stripes in the colours of the teams, hatches for black and white, a black border on the critical path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.drawing import Box, Path, Shape, Text
from planner.rendering.timechart.description import Bar, Livery
from planner.rendering.timechart.lettering import LEGIBLE

PAD: Final = 2.5
HATCH: Final = 4.5
"""Points between two lines of a hatch."""
BORDER: Final = 1.4


def bar(found: Bar, left: float, right: float, top: float, height: float) -> Iterable[Shape]:
    """Return a bar without its text."""
    width = max(right - left, 1.2)
    colours = [livery.colour for livery in found.liveries] or [found.fill]
    stripe = height / len(colours)
    for place, colour in enumerate(colours):
        yield Box(left, top + place * stripe, width, stripe, fill=colour)
    for place, livery in enumerate(found.liveries):
        yield from hatch(livery, left, top + place * stripe, width, stripe)
    pen, line = (palette.INK, BORDER) if found.critical else (palette.STILL, 0.5)
    yield Box(left, top, width, height, stroke=pen, line=line, tag=found.tag)


def fits_inside(text: str, size: float, width: float) -> bool:
    """Return whether a text stands inside a bar so wide."""
    return typeface.width(text, size) + 2 * PAD <= width


def inside(found: Bar, left: float, right: float, middle: float, size: float) -> Iterable[Shape]:
    """Return the text in the middle of a bar; on a hatch or on stripes it has a plain ground."""
    colour = found.liveries[0].colour if found.liveries else found.fill
    width = typeface.width(found.text, size)
    x = (left + right) / 2
    if len(found.liveries) > 1 or any(livery.hatch for livery in found.liveries):
        yield Box(x - width / 2 - 1.5, middle - size / 2, width + 3, size, fill=colour)
    yield Text(x, middle, found.text, size, palette.ink_on(colour), anchor="middle")


def badge(livery: Livery, x: float, middle: float, width: float, height: float) -> Iterable[Shape]:
    """Return the letter of a team on its colour."""
    top = middle - height / 2
    yield Box(x, top, width, height, fill=livery.colour, stroke=palette.STILL, line=0.5)
    size = typeface.fitted(livery.letter, LEGIBLE, width) if len(livery.letter) == 1 else LEGIBLE
    yield Text(x + width / 2, middle, livery.letter, size, palette.ink_on(livery.colour), bold=True, anchor="middle")


def hatch(livery: Livery, left: float, top: float, width: float, height: float) -> Iterable[Shape]:
    """Return the lines of a livery's hatch, cut at the edges of the box."""
    colour = palette.ink_on(livery.colour)
    for rising in _directions(livery.hatch):
        for line in _lines(width, height):
            points = [(left + x, top + (height - y if rising else y)) for x, y in line]
            yield Path(tuple(points), colour, 0.6)


def _directions(number: int) -> Sequence[bool]:
    return ((), (True,), (False,), (True, False))[number]


def _lines(width: float, height: float) -> Iterable[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield falling lines of 45 degrees that cover a box at the origin."""
    start = HATCH / 2 - height
    while start < width:
        first, last = max(start, 0.0), min(start + height, width)
        if last - first > 0.3:
            yield (first, first - start), (last, last - start)
        start += HATCH
