"""One rack: frame, numbered units, devices with strip, name and way, and bars for what the rack bears."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.diagram.description import Language
from planner.rendering.diagram.layout import STRIP
from planner.rendering.diagram.marks import DASHES, strip
from planner.rendering.drawing import Box, Drawing, Shape, Text
from planner.rendering.rack.description import Cabinet, Load, Slot
from planner.rendering.rack.wording import WORDING

UNIT: Final = 10.4
INSIDE: Final = 168.0
NUMBERS: Final = 17.0
FRAME: Final = 6.0
CABINET_WIDTH: Final = NUMBERS + INSIDE + FRAME
NAME: Final = 18.0
TEXT: Final = 8.6
WAY: Final = 7.6
LEAST: Final = 6.6
BAR_ROW: Final = 12.0
BAR_LEFT: Final = 38.0
BAR_WIDTH: Final = 64.0
"""Where the bar of a load begins, and how long it is at the limit."""


def cabinet_height(cabinet: Cabinet) -> float:
    """Return the height of a rack with its name, its bars, and the list of what has no unit yet."""
    return NAME + cabinet.units * UNIT + 2 * FRAME + len(cabinet.loads) * BAR_ROW + 8 + BAR_ROW * _open(cabinet)


def cabinet_drawing(cabinet: Cabinet, height: float, waves: int, language: Language) -> Drawing:
    """Return a rack, of a plan with so many waves, that stands on the floor of a drawing of this height."""
    top = height - cabinet_height(cabinet) + NAME
    floor = top + FRAME + cabinet.units * UNIT
    shapes: list[Shape] = [
        Text(CABINET_WIDTH / 2, top - NAME / 2, cabinet.name, 12.0, bold=True, anchor="middle"),
        Box(0, top, CABINET_WIDTH, cabinet.units * UNIT + 2 * FRAME, fill=palette.SLATE, radius=2),
        Box(NUMBERS, top + FRAME, INSIDE, cabinet.units * UNIT, fill=palette.PAPER),
        *_numbers(cabinet.units, floor),
    ]
    for slot in cabinet.slots:
        if slot.unit is not None:
            shapes += _device(slot, floor, waves, language)
    for place, load in enumerate(cabinet.loads):
        shapes += _load(load, floor + FRAME + 8 + place * BAR_ROW, language)
    if _open(cabinet):
        y = floor + FRAME + 8 + len(cabinet.loads) * BAR_ROW + BAR_ROW / 2
        names = "、".join(slot.node.label for slot in cabinet.slots if slot.unit is None)
        text = WORDING[language].open_unit.format(names)
        shapes.append(Text(0, y, text, typeface.fitted(text, WAY, CABINET_WIDTH), palette.LATE))
    return Drawing(CABINET_WIDTH, height, tuple(shapes))


def _open(cabinet: Cabinet) -> int:
    return 1 if any(slot.unit is None for slot in cabinet.slots) else 0


def _numbers(units: int, floor: float) -> Iterable[Shape]:
    for unit in range(1, units + 1):
        middle = floor - (unit - 0.5) * UNIT
        yield Text(NUMBERS / 2, middle, str(unit), 7.0, "#C9D1D8", anchor="middle")
        yield Box(NUMBERS, middle + UNIT / 2 - 0.2, INSIDE, 0.4, fill="#E4E8EC")


def _device(slot: Slot, floor: float, waves: int, language: Language) -> Iterable[Shape]:
    """Paint a device in its units; one of unknown height takes one unit and says so."""
    node, units = slot.node, slot.height or 1
    height = units * UNIT - 0.8
    top = floor - ((slot.unit or 1) - 1 + units) * UNIT + 0.4
    colour = palette.wave_colour(node.waves[0], waves) if node.waves else palette.STILL
    sure = bool(node.waves) and slot.height is not None
    yield Box(
        NUMBERS + 0.5, top, INSIDE - 1, height,
        fill=palette.tint(colour) if node.waves else palette.PAPER, stroke=colour, line=0.9, radius=1.5,
        dashes=() if sure else DASHES, tag=f"device:{node.id}",
    )  # fmt: skip
    mark = Drawing(0, 0, tuple(strip(0, 0, height, node, waves))) if units > 1 else _low_strip(slot, height, waves)
    yield from mark.placed(1.0, NUMBERS + 0.5, top)
    way = slot.way if slot.height is not None else WORDING[language].open_height
    yield from _words(node.label, way, top, height, orange=slot.height is None)


def _low_strip(slot: Slot, height: float, waves: int) -> Drawing:
    """Return the strip of a device of one unit: too low for two numbers, it names the first and the last wave."""
    shown = slot.node.waves
    if len(shown) < 2:
        return Drawing(0, 0, tuple(strip(0, 0, height, slot.node, waves)))
    colour = palette.wave_colour(shown[0], waves)
    text = f"{shown[0]}-{shown[-1]}"
    size = typeface.fitted(text, 8.0, STRIP - 1.5, bold=True)
    box = Box(0, 0, STRIP, height, fill=colour, radius=1.5)
    label = Text(STRIP / 2, height / 2, text, size, palette.ink_on(colour), bold=True, anchor="middle")
    return Drawing(0, 0, (box, label))


def _words(label: str, way: str, top: float, height: float, *, orange: bool) -> Iterable[Shape]:
    """Write name and way: beside each other in one unit, below each other where there is room."""
    left, right = NUMBERS + STRIP + 4, NUMBERS + INSIDE - 3
    colour = palette.LATE if orange else palette.QUIET
    if height > 1.8 * UNIT:
        middle = top + height / 2
        yield Text(left, middle - (5.2 if way else 0), label, typeface.fitted(label, TEXT, right - left))
        if way:
            yield Text(left, middle + 5.2, way, typeface.fitted(way, WAY, right - left), colour)
        return
    taken = typeface.width(way, WAY) + 5 if way else 0.0
    room = right - left - taken
    yield Text(left, top + height / 2, label, typeface.fitted(label, TEXT, room))
    if way:
        yield Text(right, top + height / 2, way, WAY, colour, anchor="right")


def _load(load: Load, y: float, language: Language) -> Iterable[Shape]:
    """Paint a bar: full at the limit, orange above it; dashed at its end where devices are unknown."""
    words = WORDING[language]
    middle = y + BAR_ROW / 2
    yield Text(BAR_LEFT - 4, middle, load.name, typeface.fitted(load.name, WAY, BAR_LEFT - 6), anchor="right")
    yield Box(BAR_LEFT, middle - 3.5, BAR_WIDTH, 7, fill=palette.TROUGH)
    share = min(load.used / load.limit, 1.0) if load.limit else 0.0
    if share:
        yield Box(BAR_LEFT, middle - 3.5, BAR_WIDTH * share, 7, fill=palette.LATE if load.is_over else palette.BAR)
    if load.unknown or load.limit is None:
        yield Box(BAR_LEFT, middle - 3.5, BAR_WIDTH, 7, stroke=palette.STILL, line=0.8, dashes=(2.0, 1.5))
    limit = f"{load.limit:,.0f} {load.unit}" if load.limit is not None else f"{load.unit} ({words.no_limit})"
    unknown = f" + {words.unknown.format(load.unknown)}" if load.unknown else ""
    joined = f"{load.used:,.0f} / {limit}" if load.limit is not None else f"{load.used:,.0f} {limit}"
    text = joined + unknown
    left = BAR_LEFT + BAR_WIDTH + 4
    colour = palette.LATE if load.is_over else palette.INK
    yield Text(left, middle, text, typeface.fitted(text, WAY, CABINET_WIDTH - left), colour, bold=load.is_over)
