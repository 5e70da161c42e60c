"""Rack elevations on paper: rooms side by side where they fit, else one below the other; loads under every rack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.diagram.legend import Entry, rows, sign_entries, wave_entries
from planner.rendering.drawing import Box, Drawing, Path, Shape, Text
from planner.rendering.rack.cabinet import CABINET_WIDTH, TEXT, cabinet_drawing, cabinet_height
from planner.rendering.rack.description import Elevation, Hall
from planner.rendering.rack.wording import WORDING
from planner.rendering.sheets import MARGIN, SHEETS, Page

LEGIBLE: Final = 8.0
"""The least size of a device's name on paper, in points."""
GAP: Final = 12.0
HALL_GAP: Final = 46.0
HEAD: Final = 26.0
GREATEST: Final = 1.6


def drawing(elevation: Elevation) -> Drawing:
    """Return the racks on the smallest sheet, from A3 across, on which the names are legible.

    Raises
    ------
    ValueError
        When no rack holds anything.
    """
    if not elevation.before and not elevation.after:
        raise ValueError(f"{elevation.title!r}: no rack holds anything that is known")
    page = Page(elevation.title, elevation.remark, lambda width: _legend(elevation, width))
    bodies = (_beside(elevation), _below(elevation))
    for width, height in SHEETS:
        free = page.free(width, height)
        body, scale = max(((body, _scale(body, *free)) for body in bodies), key=lambda found: found[1])
        if scale * TEXT >= LEGIBLE:
            return _sheet(page, body, scale, width, height)
    body, scale = bodies[1], LEGIBLE / TEXT
    width = body.width * scale + 2 * MARGIN
    return _sheet(page, body, scale, width, page.height(width, body.height * scale))


def _scale(body: Drawing, width: float, height: float) -> float:
    return min(width / body.width, height / body.height, GREATEST)


def _sheet(page: Page, body: Drawing, scale: float, width: float, height: float) -> Drawing:
    left = max(0.0, (width - 2 * MARGIN - body.width * scale) / 2)
    return page.around(body.placed(scale, left), body.height * scale, width, height)


def _beside(elevation: Elevation) -> Drawing:
    """Return all rooms in one row, with an arrow from before to after."""
    shapes: list[Shape] = []
    x = 0.0
    height = max(_hall(hall, elevation).height for hall in (*elevation.before, *elevation.after))
    for part in (elevation.before, elevation.after):
        if x and part:
            shapes += _arrow(x - HALL_GAP / 2, height / 2)
        for hall in part:
            found = _hall(hall, elevation)
            shapes += found.placed(1.0, x, 0)
            x += found.width + HALL_GAP
    return Drawing(x - HALL_GAP, height, tuple(shapes))


def _below(elevation: Elevation) -> Drawing:
    """Return one room per row."""
    shapes: list[Shape] = []
    y, width = 0.0, 0.0
    for hall in (*elevation.before, *elevation.after):
        found = _hall(hall, elevation)
        shapes += found.placed(1.0, 0, y)
        y += found.height + GAP
        width = max(width, found.width)
    return Drawing(width, y - GAP, tuple(shapes))


def _hall(hall: Hall, elevation: Elevation) -> Drawing:
    """Return a room: its name, and its racks standing on one floor."""
    tallest = max(cabinet_height(cabinet) for cabinet in hall.cabinets)
    shapes: list[Shape] = []
    for place, cabinet in enumerate(hall.cabinets):
        found = cabinet_drawing(cabinet, tallest, len(elevation.waves), elevation.language)
        shapes += found.placed(1.0, place * (CABINET_WIDTH + GAP), HEAD)
    width = len(hall.cabinets) * (CABINET_WIDTH + GAP) - GAP
    size = typeface.fitted(hall.name, 15.0, width, bold=True)
    shapes.append(Text(width / 2, HEAD / 2 - 2, hall.name, size, bold=True, anchor="middle"))
    return Drawing(width, HEAD + tallest, tuple(shapes))


def _arrow(x: float, y: float) -> Iterable[Shape]:
    yield Path(((x - 15, y), (x + 8, y)), palette.SLATE, 4.0)
    yield Path(((x + 16, y), (x + 5, y - 7), (x + 5, y + 7)), stroke="", fill=palette.SLATE, closed=True)


def _legend(elevation: Elevation, width: float) -> Drawing:
    halls: Sequence[Hall] = (*elevation.before, *elevation.after)
    nodes = [slot.node for hall in halls for cabinet in hall.cabinets for slot in cabinet.slots]
    found = [*wave_entries(nodes, elevation.waves), *sign_entries(nodes, elevation.language)]
    return rows([*found, *_load_entries(elevation, halls)], width)


def _load_entries(elevation: Elevation, halls: Sequence[Hall]) -> Iterable[Entry]:
    words = WORDING[elevation.language]
    every = [load for hall in halls for cabinet in hall.cabinets for load in cabinet.loads]
    if any(load.is_over for load in every):
        yield Entry((Box(0, -4, 26, 8, fill=palette.LATE),), 26, words.over)
    if any(load.unknown for load in every):
        yield Entry((Box(0, -4, 26, 8, stroke=palette.STILL, dashes=(2.0, 1.5)),), 26, words.partly)
