"""How a node looks: strip, number, label, letters, and the four signs of what does not move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.diagram.description import Node, Sign
from planner.rendering.diagram.filtering import Chip
from planner.rendering.diagram.labels import Label
from planner.rendering.diagram.layout import STRIP, TEXT_PAD, Frame
from planner.rendering.drawing import Box, Disc, Path, Shape, Text

RADIUS: Final = 2.5
CHIP: Final = 4.4
CHIP_STEP: Final = 10.0
NOTE: Final = 8.4
DASHES: Final = (3.0, 2.0)


def node_marks(frame: Frame, chips: Sequence[Chip], waves: int) -> Iterable[Shape]:
    """Return the shapes of a node of a plan with so many waves."""
    node = frame.node
    colour = palette.wave_colour(node.waves[0], waves) if node.waves else palette.STILL
    still = not node.waves
    yield Box(
        frame.x, frame.y, frame.width, frame.height,
        fill=palette.PAPER if still else palette.tint(colour),
        stroke=colour, line=1.0, radius=RADIUS, dashes=DASHES if still else (), tag=f"node:{node.id}",
    )  # fmt: skip
    yield from strip(frame.x, frame.y, frame.height, node, waves)
    yield from _words(frame, chips)


def strip(x: float, y: float, height: float, node: Node, waves: int) -> Iterable[Shape]:
    """Return the solid strip at the left of a box: wave numbers, or the sign of what does not move."""
    if not node.waves:
        yield Box(x, y, STRIP, height, fill=palette.STILL, radius=RADIUS)
        yield from sign(x + STRIP / 2, y + height / 2, node.sign)
        return
    shown = node.waves if len(node.waves) <= 3 else (node.waves[0], node.waves[-1])
    part = height / len(shown)
    for place, wave in enumerate(shown):
        colour = palette.wave_colour(wave, waves)
        yield Box(x, y + place * part, STRIP, part, fill=colour, radius=RADIUS if len(shown) == 1 else 0)
        size = typeface.fitted(str(wave), min(10.0, part * 0.95), STRIP - 2.5, bold=True)
        yield Text(
            x + STRIP / 2, y + (place + 0.5) * part, str(wave), size, palette.ink_on(colour), bold=True, anchor="middle"
        )


def sign(x: float, y: float, meaning: Sign, colour: str = palette.PAPER) -> Iterable[Shape]:
    """Return the sign around a point.

    A bar stays, an arrow is moved by others, a cross is replaced, a cloud leaves; a dot moves but is not planned yet.
    """
    arm = 3.6
    if meaning is Sign.STAYS:
        yield Path(((x - arm, y), (x + arm, y)), colour, 1.8)
    elif meaning is Sign.OTHERS:
        yield Path(((x - arm, y), (x + arm - 1.5, y)), colour, 1.5)
        yield Path(((x + arm, y), (x + 0.2, y - 3.2), (x + 0.2, y + 3.2)), stroke="", closed=True, fill=colour)
    elif meaning is Sign.REPLACED:
        yield Path(((x - 3, y - 3), (x + 3, y + 3)), colour, 1.6)
        yield Path(((x - 3, y + 3), (x + 3, y - 3)), colour, 1.6)
    elif meaning is Sign.CLOUD:
        yield Disc(x - 2.3, y + 0.8, 2.2, fill=colour)
        yield Disc(x + 0.4, y - 1.0, 2.9, fill=colour)
        yield Disc(x + 2.9, y + 1.0, 2.0, fill=colour)
        yield Box(x - 2.3, y + 0.6, 5.2, 2.4, fill=colour)
    else:
        yield Disc(x, y, 1.6, fill=colour)


def chip_mark(x: float, y: float, chip: Chip) -> Iterable[Shape]:
    """Return a letter in a circle; orange and filled when the hub moves in a later wave."""
    colour = palette.LATE if chip.late else palette.QUIET
    yield Disc(x, y, CHIP, fill=palette.LATE if chip.late else palette.PAPER, stroke=colour, line=0.7)
    yield Text(x, y, chip.letter, 6.6, palette.PAPER if chip.late else palette.INK, bold=True, anchor="middle")


def _words(frame: Frame, chips: Sequence[Chip]) -> Iterable[Shape]:
    """Place label and note in the middle of the box, the letters on its lower edge."""
    left = frame.x + STRIP + TEXT_PAD
    found: Label = frame.label
    leading = found.size * 1.1
    below = NOTE * 1.15 if frame.node.note else 0.0
    rise = 1.2 if chips and len(found.lines) + bool(below) > 1 else 0.0
    top = frame.y + (frame.height - leading * len(found.lines) - below) / 2 - rise
    for place, line in enumerate(found.lines):
        yield Text(left, top + leading * (place + 0.5), line, found.size, palette.INK, tag=f"label:{frame.node.id}")
    if frame.node.note:
        size = typeface.fitted(frame.node.note, NOTE, frame.width - STRIP - 2 * TEXT_PAD)
        y = top + leading * len(found.lines) + below / 2
        yield Text(left, y, frame.node.note, size, palette.QUIET, tag=f"note:{frame.node.id}")
    right = frame.x + frame.width - CHIP - 2
    for place, chip in enumerate(reversed(chips)):
        yield from chip_mark(right - place * CHIP_STEP, frame.y + frame.height + 0.6, chip)
