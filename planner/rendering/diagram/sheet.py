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

SHEETS: Final = ((1190.55, 841.89), (1683.78, 1190.55), (2383.94, 1683.78), (3370.39, 2383.94))
"""A3, A2, A1 and A0 across, in points."""
MARGIN: Final = 22.0
LEGIBLE: Final = 6.0
"""The least size of a label on paper, in points."""
GREATEST: Final = 1.35
"""The greatest enlargement of a small diagram."""
WIDER: Final = 40.0
"""By how much a channel is widened at most to fill the sheet."""
LABEL: Final = 20.0
"""The width of a lane's label."""
TURNED: Final = "ー-－（）()「」〜～…"


def drawing(diagram: Diagram) -> Drawing:
    """Return the diagram as a picture on a sheet: A3 where the labels stay legible, else A2, A1, A0 or larger."""
    if not diagram.nodes:
        raise ValueError(f"the diagram {diagram.title!r} has nothing to show")
    arrangement = arranged(diagram)
    found = geometry(arrangement)
    for width, height in SHEETS:
        scale = _scale(found, width, height)
        if scale * TEXT >= LEGIBLE:
            return _sheet(_spread(arrangement, found, (width - 2 * MARGIN) / scale), scale, width, height)
    scale = LEGIBLE / TEXT
    above, below = _furniture(found, (found.width + LABEL) * scale)
    width = (found.width + LABEL) * scale + 2 * MARGIN
    return _sheet(found, scale, width, found.height * scale + above + below + 2 * MARGIN)


def _spread(arrangement: Arrangement, found: Layout, wide: float) -> Layout:
    """Return the geometry with columns so far apart that they fill the width, as far as that helps."""
    spare = wide - LABEL - found.width
    return geometry(arrangement, min(spare / max(len(arrangement.channels), 1), WIDER)) if spare > 0 else found


def _scale(found: Layout, width: float, height: float) -> float:
    """Return how much of its natural size the diagram has on a sheet."""
    inner = width - 2 * MARGIN
    above, below = _furniture(found, inner)
    free = height - 2 * MARGIN - above - below
    return min(inner / (found.width + LABEL), free / found.height, GREATEST)


def _furniture(found: Layout, width: float) -> tuple[float, float]:
    """Return the heights of what stands above and below the lanes."""
    return _unit(width) * 46, legend(found.filtered, width / _unit(width)).height * _unit(width) + 10


def _unit(width: float) -> float:
    """Return how much larger title and legend are than on A3."""
    return max(width / 1146.55, 0.8)


def _sheet(found: Layout, scale: float, width: float, height: float) -> Drawing:
    inner = width - 2 * MARGIN
    unit = _unit(inner)
    above, _ = _furniture(found, inner)
    wide = inner / scale
    lanes = Drawing(wide, found.height, tuple(_lanes(found, wide)))
    shift = LABEL + (wide - LABEL - found.width) / 2 if wide - LABEL > found.width * 1.02 else LABEL
    body = Drawing(wide, found.height, tuple(_body(found)))
    shapes = [
        *_header(found, inner, unit),
        *lanes.placed(scale, MARGIN, MARGIN + above),
        *body.placed(scale, MARGIN + shift * scale, MARGIN + above),
        *legend(found.filtered, inner / unit).placed(unit, MARGIN, MARGIN + above + found.height * scale + 10),
    ]
    return Drawing(width, height, tuple(shapes), found.filtered.diagram.title)


def _header(found: Layout, width: float, unit: float) -> Iterable[Shape]:
    diagram = found.filtered.diagram
    size = typeface.fitted(diagram.title, 17 * unit, width, bold=True)
    yield Text(MARGIN, MARGIN + 11 * unit, diagram.title, size, bold=True)
    said = WORDING[diagram.language].subtitle(found.filtered.counts)
    text = "  |  ".join(part for part in (diagram.remark, said) if part)
    yield Text(MARGIN, MARGIN + 32 * unit, text, typeface.fitted(text, 9.5 * unit, width), palette.QUIET)


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
