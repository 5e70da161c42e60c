"""Lines across the rows: gates, the point of no return, deadlines; their words in lanes above, none over another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.drawing import Path, Shape, Text
from planner.rendering.timechart.axis import Axis
from planner.rendering.timechart.description import Pole, PoleKind
from planner.rendering.timechart.lettering import shortened
from planner.units.span import Minute

LANE: Final = 13.0
SIGN: Final = 5.0
"""Half the width of the sign on a line."""
SIZE: Final = 8.5
DASHES: Final = (6.0, 3.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A pole in its lane; the words stand right of it, or left of it (``before``)."""

    pole: Pole
    x: float
    lane: int
    before: bool
    text: str

    @property
    def span(self) -> tuple[float, float]:
        """Where its sign and words begin and end."""
        length = typeface.width(self.text, SIZE, bold=True) + SIGN + 3
        near = SIGN + 2
        return (self.x - length, self.x + near) if self.before else (self.x - near, self.x + length)

    def covers(self, other: Placed) -> bool:
        """Return whether words stand on words."""
        return self.lane == other.lane and self.span[0] < other.span[1] and other.span[0] < self.span[1]

    def crosses(self, other: Placed) -> bool:
        """Return whether the line of the upper one runs through the words of the lower one."""
        if self.lane == other.lane:
            return False
        upper, lower = (self, other) if self.lane < other.lane else (other, self)
        return abs(upper.x - lower.x) > SIGN and lower.span[0] < upper.x < lower.span[1]


def placed(poles: Sequence[Pole], axis: Axis) -> tuple[Placed, ...]:
    """Return the poles, each in the lane and on the side where it is whole, stands on no other, and crosses fewest."""
    found: list[Placed] = []
    for pole in sorted(poles, key=_turn):
        places = [_place(pole, axis, lane, before) for lane in range(len(found) + 1) for before in (False, True)]
        found.append(
            min(
                places,
                key=lambda place: (
                    any(map(place.covers, found)),
                    place.text != place.pole.text,
                    sum(map(place.crosses, found)),
                ),
            )
        )
    return tuple(found)


def _turn(pole: Pole) -> tuple[bool, Minute, PoleKind, str]:
    """Return who is placed before whom: deadlines from the latest on, as they lie at the end; then the others."""
    late = pole.kind is PoleKind.DEADLINE
    return not late, -pole.at if late else pole.at, pole.kind, pole.text


def _place(pole: Pole, axis: Axis, lane: int, before: bool) -> Placed:  # noqa: FBT001 - a side, in order of preference
    """Return the pole with as much of its text as there is room for on this side."""
    x = axis.x(pole.at)
    room = (x - axis.left if before else axis.right - x) - SIGN - 3
    return Placed(pole, x, lane, before, shortened(pole.text, SIZE, room, bold=True))


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
