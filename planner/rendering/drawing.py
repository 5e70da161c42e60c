"""A picture as a list of shapes, before any file format: one geometry for PNG, SVG, PDF and HTML alike.

Lengths are points (1/72 inch), the origin is the top left corner, y grows downwards. Shapes are painted in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from planner.rendering.palette import INK

Anchor: TypeAlias = Literal["left", "middle", "right"]
Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled, framed, or both; ``tag`` names what it stands for (``node:jumin``)."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line: float = 0.8
    radius: float = 0.0
    dashes: tuple[float, ...] = ()
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points, its corners rounded; ``closed`` and ``fill`` make it a polygon."""

    points: tuple[Point, ...]
    stroke: str = INK
    line: float = 0.8
    radius: float = 0.0
    dashes: tuple[float, ...] = ()
    closed: bool = False
    fill: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle around its centre."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    line: float = 0.6
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``y`` is the middle of its letters, ``angle`` turns it anticlockwise, in degrees."""

    x: float
    y: float
    text: str
    size: float
    colour: str = INK
    bold: bool = False
    anchor: Anchor = "left"
    angle: float = 0.0
    tag: str = ""


Shape: TypeAlias = Box | Path | Disc | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet of paper and what is painted on it; ``title`` is what a screen reader says."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str = ""

    def placed(self, scale: float, dx: float = 0.0, dy: float = 0.0) -> tuple[Shape, ...]:
        """Return the shapes enlarged by `scale`, then shifted."""
        return tuple(_placed(shape, scale, dx, dy) for shape in self.shapes)

    def on_sheet(self, width: float, height: float, margin: float) -> Drawing:
        """Return the drawing enlarged or reduced to fill a sheet inside its margins, centred from left to right."""
        scale = min((width - 2 * margin) / self.width, (height - 2 * margin) / self.height)
        left = (width - self.width * scale) / 2
        return Drawing(width, height, self.placed(scale, left, margin), self.title)


def smallest_text(shapes: Iterable[Shape]) -> float:
    """Return the size of the smallest text in points, infinity without any text."""
    return min((shape.size for shape in shapes if isinstance(shape, Text)), default=float("inf"))


def _placed(shape: Shape, scale: float, dx: float, dy: float) -> Shape:
    if isinstance(shape, Path):
        return replace(
            shape,
            points=tuple((x * scale + dx, y * scale + dy) for x, y in shape.points),
            line=shape.line * scale,
            radius=shape.radius * scale,
            dashes=tuple(dash * scale for dash in shape.dashes),
        )
    x, y = shape.x * scale + dx, shape.y * scale + dy
    if isinstance(shape, Text):
        return replace(shape, x=x, y=y, size=shape.size * scale)
    if isinstance(shape, Disc):
        return replace(shape, x=x, y=y, radius=shape.radius * scale, line=shape.line * scale)
    return replace(
        shape,
        x=x,
        y=y,
        width=shape.width * scale,
        height=shape.height * scale,
        line=shape.line * scale,
        radius=shape.radius * scale,
        dashes=tuple(dash * scale for dash in shape.dashes),
    )
