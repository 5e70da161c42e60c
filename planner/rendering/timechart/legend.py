"""What the signs of a sheet mean, only those that occur on it; and the stamp of plan and inventory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from planner.rendering import palette
from planner.rendering.diagram.legend import Entry, rows
from planner.rendering.documents.words import Words
from planner.rendering.drawing import Box, Drawing, Path, Shape, Text
from planner.rendering.timechart.bars import badge, bar, hatch
from planner.rendering.timechart.description import Bar, Chart, Livery, PoleKind
from planner.rendering.timechart.head import SERVICE
from planner.rendering.timechart.lines import DASHES, sign
from planner.rendering.timechart.marks import HEIGHT
from planner.units.span import Span

STAMP: Final = 14.0
WIDTH: Final = 26.0
_ANY: Final = Span(0, 1)


def legend(chart: Chart, words: Words, stamp: str, number: str, width: float) -> Drawing:
    """Return the legend with the stamp below it, the number of the sheet at its right end."""
    found = rows(entries(chart, words), width)
    y = found.height + STAMP / 2
    shapes = (*found.shapes, Text(0, y, stamp, 8.0, palette.QUIET), Text(width, y, number, 9.0, anchor="right"))
    return Drawing(width, found.height + STAMP, shapes)


def entries(chart: Chart, words: Words) -> Iterable[Entry]:
    """Return a sample and its meaning for everything that the sheet shows."""
    said = words["chart"]
    yield from _teams(chart)
    bars = [found for row in chart.rows for found in row.bars]
    if any(found.critical for found in bars):
        yield Entry(tuple(bar(Bar(_ANY, fill=palette.PAPER, critical=True), 0, WIDTH, -5, 10)), WIDTH, said["critical"])
    if any(found.fill == palette.SLATE for found in bars):
        yield Entry((Box(0, -5, WIDTH, 10, fill=palette.SLATE),), WIDTH, said["outage"])
    yield from _signs(chart, words)
    if chart.hours or any(row.hours for row in chart.rows):
        yield Entry((Box(0, -5, WIDTH, 10, fill=SERVICE, stroke=palette.RULE),), WIDTH, said["service"])
    if any(row.open for row in chart.rows):
        yield Entry((Box(0, -5, WIDTH, 10, palette.PAPER, palette.RULE),), WIDTH, said["actual_row"])
    if len(chart.times) > 1:
        torn = ((8, -6), (10, -2), (8, 2), (10, 6))
        other = tuple((x + 6, y) for x, y in torn)
        yield Entry((Path(torn, palette.STILL, 0.7), Path(other, palette.STILL, 0.7)), WIDTH, said["break"])


def _teams(chart: Chart) -> Iterable[Entry]:
    found = {livery: None for row in chart.rows for livery in row.badges}
    for livery in sorted(found, key=lambda livery: (len(livery.letter), livery.letter)):
        yield Entry(tuple(_team(livery)), WIDTH, livery.name)


def _team(livery: Livery) -> Iterable[Shape]:
    yield from badge(livery, 0, 0, 12, 12)
    yield Box(12, -6, WIDTH - 12, 12, fill=livery.colour, stroke=palette.STILL, line=0.5)
    yield from hatch(livery, 12, -6, WIDTH - 12, 12)


def _signs(chart: Chart, words: Words) -> Iterable[Entry]:
    said, used = words["chart"], {pole.kind for pole in chart.poles}
    if PoleKind.GATE in used:
        yield Entry(tuple(sign(PoleKind.GATE, 7, 0)), 14, said["gate"])
    if any(row.marks for row in chart.rows):
        oval = Box(0, -HEIGHT / 2, 1.4 * HEIGHT, HEIGHT, palette.PAPER, palette.LATE, 1.2, HEIGHT / 2)
        yield Entry((oval,), 1.4 * HEIGHT, words["runbook"]["check_point"])
    if PoleKind.DEADLINE in used or any(row.deadlines for row in chart.rows):
        yield Entry((Path(((0, 0), (WIDTH, 0)), palette.LATE, 2.2),), WIDTH, said["deadline"])
    if PoleKind.NO_RETURN in used:
        yield Entry((Path(((0, 0), (WIDTH, 0)), palette.INK, 1.8, dashes=DASHES),), WIDTH, said["no_return"])
