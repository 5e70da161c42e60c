"""The diagram on paper: title, counts, lanes, lines, boxes, legend, on the smallest sheet that stays legible."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.diagram.description import Diagram
from planner.rendering.diagram.labels import script, stacked
from planner.rendering.diagram.layout import TEXT, Arrangement, Band, Layout, arranged, geometry
from planner.rendering.diagram.legend import legend
from planner.rendering.diagram.lines import line_marks
from planner.rendering.diagram.marks import node_marks
from planner.rendering.diagram.wording import WORDING
from planner.rendering.drawing import Box, Drawing, Shape, Text
from planner.rendering.sheets import MARGIN, SHEETS, Page

LEGIBLE: Final = 6.0
"""The least size of a label on paper, in points."""
SMALLER: Final = 0.92
"""A label that is reduced further to fit its box does not ask for a larger sheet."""
GREATEST: Final = 1.35
"""The greatest enlargement of a small diagram."""
WIDER: Final = 40.0
"""By how much a channel is widened at most to fill the sheet."""
LABEL: Final = 20.0
"""The width of a lane's label."""
TURNED: Final = "ー-－（）()「」〜～…"


def drawing(diagram: Diagram) -> Drawing:
    """Return the diagram as a picture on a sheet: A3 where the labels stay legible, else A2, A1, A0 or larger.

    Raises
    ------
    ValueError
        When the diagram has no node.
    """
    if not diagram.nodes:
        raise ValueError(f"the diagram {diagram.title!r} has nothing to show")
    arrangement = arranged(diagram)
    found = geometry(arrangement)
    page = _page(found)
    least = min(frame.label.size for frame in found.frames)
    for width, height in SHEETS:
        inner, free = page.free(width, height)
        scale = min(inner / (found.width + LABEL), free / found.height, GREATEST)
        if scale * max(least, TEXT * SMALLER) >= LEGIBLE:
            return _sheet(page, _spread(arrangement, found, inner / scale), scale, width, height)
    scale = LEGIBLE / least
    width = (found.width + LABEL) * scale + 2 * MARGIN
    return _sheet(page, found, scale, width, page.height(width, found.height * scale))


def _page(found: Layout) -> Page:
    diagram = found.filtered.diagram
    said = WORDING[diagram.language].subtitle(found.filtered.counts)
    remark = "  |  ".join(part for part in (diagram.remark, said) if part)
    return Page(diagram.title, remark, lambda width: legend(found.filtered, width))


def _spread(arrangement: Arrangement, found: Layout, wide: float) -> Layout:
    """Return the geometry with columns so far apart that they fill the width, as far as that helps."""
    spare = wide - LABEL - found.width
    return geometry(arrangement, min(spare / max(len(arrangement.channels), 1), WIDER)) if spare > 0 else found


def _sheet(page: Page, found: Layout, scale: float, width: float, height: float) -> Drawing:
    wide = (width - 2 * MARGIN) / scale
    shift = LABEL + max(0.0, (wide - LABEL - found.width) / 2)
    lanes = Drawing(wide, found.height, tuple(_lanes(found, wide)))
    body = Drawing(wide, found.height, tuple(_body(found)))
    shapes = (*lanes.placed(scale), *body.placed(scale, shift * scale))
    return page.around(shapes, found.height * scale, width, height)


def _lanes(found: Layout, width: float) -> Iterable[Shape]:
    for place, band in enumerate(found.bands):
        height = band.bottom - band.top
        yield Box(LABEL, band.top, width - LABEL, height, fill=palette.PAPER if place % 2 else palette.BAND)
        yield Box(0, band.top, LABEL, height, fill=palette.SLATE)
    for band in found.bands:
        yield Box(0, band.bottom - 0.3, width, 0.6, fill=palette.RULE)
        yield from _lane_label(band)


def _lane_label(band: Band) -> Iterable[Shape]:
    """Return the label of a lane: Japanese letters stand upright, one below the other; other text is turned."""
    middle, room = (band.top + band.bottom) / 2, band.bottom - band.top - 8
    if not stacked(band.name):
        size = typeface.fitted(band.name, 10.0, room, bold=True)
        yield Text(LABEL / 2, middle, band.name, size, palette.PAPER, bold=True, anchor="middle", angle=90)
        return
    step = min(11.5, room / len(band.name))
    top = middle - step * len(band.name) / 2
    for place, letter in enumerate(band.name):
        angle = -90.0 if letter in TURNED or script(letter) in {"opening", "closing"} else 0.0
        y = top + (place + 0.5) * step
        yield Text(LABEL / 2, y, letter, step / 1.15, palette.PAPER, bold=True, anchor="middle", angle=angle)


def _body(found: Layout) -> Iterable[Shape]:
    yield from line_marks(found.routes)
    waves = len(found.filtered.diagram.waves)
    for frame in found.frames:
        yield from node_marks(frame, found.filtered.chips.get(frame.node.id, ()), waves)
