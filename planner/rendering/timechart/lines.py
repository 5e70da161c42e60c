"""Lines across the rows: gates, the point of no return, deadlines; their words in lanes above, none over another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.drawing import Path, Shape, Text
from planner.rendering.timechart.axis import Axis
from planner.rendering.timechart.description import Pole, PoleKind

LANE: Final = 13.0
SIGN: Final = 5.0
"""Half the width of the sign on a line."""
SIZE: Final = 8.5
DASHES: Final = (6.0, 3.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A pole in its lane; the words stand right of it, or left where there is no room."""

    pole: Pole
    x: float
    lane: int
    text: str
    before: bool


def placed(poles: Sequence[Pole], axis: Axis) -> tuple[Placed, ...]:
    """Return the poles, each in the first lane in which it touches no other."""
    ends: list[list[tuple[float, float]]] = []
    found = []
    for pole in sorted(poles, key=lambda pole: (pole.at, pole.kind, pole.text)):
        x = axis.x(pole.at)
        length = typeface.width(pole.text, SIZE) + SIGN + 6
        before = x + length > axis.right
        span = (x - length, x + SIGN + 2) if before else (x - SIGN - 2, x + length)
        lane = next((n for n, taken in enumerate(ends) if _free(taken, span)), len(ends))
        if lane == len(ends):
            ends.append([])
        ends[lane].append(span)
        found.append(Placed(pole, x, lane, pole.text, before))
    return tuple(found)


def height(poles: Sequence[Placed]) -> float:
    """Return the height of the lanes."""
    return LANE * (1 + max((pole.lane for pole in poles), default=-1))


def lines(poles: Iterable[Placed], top: float, bottom: float) -> Iterable[Shape]:
    """Return the lines from their lanes to the bottom."""
    for found in poles:
        y = top + (found.lane + 0.5) * LANE
        yield _line(found.pole, found.x, y, bottom)


def words(poles: Iterable[Placed], top: float) -> Iterable[Shape]:
    """Return signs and words."""
    for found in poles:
        y = top + (found.lane + 0.5) * LANE
        yield from sign(found.pole.kind, found.x, y)
        gap = -SIGN - 3 if found.before else SIGN + 3
        colour = palette.LATE if found.pole.kind is PoleKind.DEADLINE else palette.INK
        yield Text(found.x + gap, y, found.text, SIZE, colour, bold=True, anchor="right" if found.before else "left")


def sign(kind: PoleKind, x: float, y: float) -> Iterable[Shape]:
    """Return the sign: a diamond is a gate, a downward triangle a deadline, a bar the point of no return."""
    if kind is PoleKind.GATE:
        corners = ((x, y - SIGN), (x + SIGN, y), (x, y + SIGN), (x - SIGN, y))
        yield Path(corners, "", closed=True, fill=palette.INK)
    elif kind is PoleKind.DEADLINE:
        yield Path(((x - 4, y - 4), (x + 4, y - 4), (x, y + 4)), "", closed=True, fill=palette.LATE)
    else:
        yield Path(((x - 4, y - 3), (x + 4, y - 3)), palette.INK, 2.0)


def _line(pole: Pole, x: float, top: float, bottom: float) -> Path:
    if pole.kind is PoleKind.GATE:
        return Path(((x, top), (x, bottom)), palette.INK, 0.8, tag=pole.tag)
    if pole.kind is PoleKind.DEADLINE:
        return Path(((x, top), (x, bottom)), palette.LATE, 2.2, tag=pole.tag)
    return Path(((x, top), (x, bottom)), palette.INK, 1.8, dashes=DASHES, tag=pole.tag)


def _free(taken: Iterable[tuple[float, float]], span: tuple[float, float]) -> bool:
    return all(end <= span[0] or span[1] <= start for start, end in taken)
