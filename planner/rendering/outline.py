"""Shapes become outlines of lines and curves: rounded rectangles, circles, lines with rounded corners."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Final

from planner.rendering.drawing import Box, Disc, Path, Point

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

MOVE: Final = 1
LINE: Final = 2
CURVE: Final = 3
CLOSE: Final = 79
"""The codes of Matplotlib's paths: move, line, quadratic curve (two points), close."""

Stroke = list[tuple[int, Point]]


def box_outline(box: Box) -> Outline:
    """Return the frame of a box."""
    corners = corners_of(box)
    return _outline(rounded(corners, min(box.radius, box.width / 2, box.height / 2), closed=True))


def corners_of(box: Box) -> tuple[Point, ...]:
    """Return the four corners of a box, clockwise from the top left."""
    right, bottom = box.x + box.width, box.y + box.height
    return (box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom)


def path_outline(path: Path) -> Outline:
    """Return the line through the path's points."""
    return _outline(rounded(path.points, path.radius, closed=path.closed))


def disc_outline(disc: Disc) -> Outline:
    """Return the circle."""
    from matplotlib.path import Path as Outline  # noqa: PLC0415 - loading it takes longer than most commands

    return Outline.circle((disc.x, disc.y), disc.radius)


def rounded(points: tuple[Point, ...], radius: float, *, closed: bool) -> Stroke:
    """Return the line as moves, lines and curves; no corner takes more than half of the shorter side next to it."""
    if not points:
        return []
    count = len(points)
    if closed:
        start = _towards(points[0], points[1], radius) if radius else points[0]
        inner = [*range(1, count), 0] if radius else list(range(1, count))
    else:
        start, inner = points[0], list(range(1, count - 1))
    stroke: Stroke = [(MOVE, start)]
    for at in inner:
        before, corner, after = points[at - 1], points[at], points[(at + 1) % count]
        stroke += _corner(before, corner, after, radius)
    stroke.append((CLOSE, start) if closed else (LINE, points[-1]))
    return stroke


def _corner(before: Point, corner: Point, after: Point, radius: float) -> Stroke:
    if not radius:
        return [(LINE, corner)]
    return [
        (LINE, _towards(corner, before, radius)),
        (CURVE, corner),
        (CURVE, _towards(corner, after, radius)),
    ]


def _towards(start: Point, end: Point, radius: float) -> Point:
    """Return the point `radius` away from the start, at most half way to the end."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    share = min(radius / length, 0.5) if length else 0.0
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _outline(stroke: Stroke) -> Outline:
    from matplotlib.path import Path as Outline  # noqa: PLC0415 - see above

    return Outline([point for _, point in stroke], [code for code, _ in stroke])
