"""How lines look: grey below, warnings on top, white casing where one passes over another, a head at the dependent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from planner.rendering import palette
from planner.rendering.diagram.filtering import Style
from planner.rendering.diagram.layout import Route
from planner.rendering.diagram.skeleton import ends, is_alone
from planner.rendering.drawing import Path, Point, Shape


@dataclass(frozen=True, slots=True)
class Pen:
    """Colour, width and dashes of a meaning, and the length of the head."""

    colour: str
    line: float
    head: float
    dashes: tuple[float, ...] = ()


PENS: Final[dict[Style, Pen]] = {
    Style.PLAIN: Pen(palette.PLAIN, 0.75, 4.2),
    Style.CROSSING: Pen(palette.CROSSING, 1.15, 4.6),
    Style.LATE: Pen(palette.LATE, 1.9, 5.8),
    Style.CYCLE: Pen(palette.CYCLE, 1.7, 5.8, (4.5, 2.2)),
}
CASING: Final = 2.4
ROUND: Final = 2.4


def line_marks(routes: Iterable[Route]) -> Iterable[Shape]:
    """Return the shapes of all lines; lines with one trunk are painted together, so that none cuts the other."""
    nets: dict[tuple[Style, str, str], list[Route]] = defaultdict(list)
    for route in routes:
        alone = ends(route.line)[1] if is_alone(route.line) else ""
        nets[route.line.style, ends(route.line)[0], alone].append(route)
    for style in PENS:
        for (own, _, _), members in nets.items():
            if own is style:
                yield from _net(members, PENS[style])


def head(tip: Point, before: Point, pen: Pen) -> Path:
    """Return the arrow head at the tip of a line that comes from `before`."""
    way = 1 if tip[0] >= before[0] else -1
    back = tip[0] - way * pen.head
    half = pen.head * 0.42
    return Path((tip, (back, tip[1] - half), (back, tip[1] + half)), stroke="", fill=pen.colour, closed=True)


def _net(members: Iterable[Route], pen: Pen) -> Iterable[Shape]:
    known = tuple(members)
    for route in known:
        yield Path(_shortened(route.points, 1.0), palette.PAPER, pen.line + CASING, ROUND)
    for route in known:
        edge = route.line.edge
        points = (*route.points[:-1], _before_head(route.points, pen))
        yield Path(points, pen.colour, pen.line, ROUND, pen.dashes, tag=f"edge:{edge.provider}:{edge.dependent}")
    for route in known:
        yield head(route.points[-1], route.points[-2], pen)


def _before_head(points: tuple[Point, ...], pen: Pen) -> Point:
    (x, y), (before, _) = points[-1], points[-2]
    return (x - pen.head * 0.8 if x > before else x + pen.head * 0.8), y


def _shortened(points: tuple[Point, ...], by: float) -> tuple[Point, ...]:
    """Return the line without its very ends, so that its casing does not touch the boxes."""
    first, last = points[0], points[-1]
    start = (first[0] + (by if points[1][0] > first[0] else -by), first[1])
    end = (last[0] - (by if last[0] > points[-2][0] else -by), last[1])
    return (start, *points[1:-1], end)
