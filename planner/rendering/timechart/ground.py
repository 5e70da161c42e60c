"""What lies under the words and bars of the rows: bands, service hours of single rows, hairlines, tabs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from planner.rendering import palette
from planner.rendering.drawing import Box, Path, Shape, Text
from planner.rendering.timechart.head import SERVICE
from planner.rendering.timechart.layout import Layout
from planner.rendering.timechart.lettering import LEGIBLE, wrapped

TAB: Final = "#D9E0E8"
LINE: Final = 10.5
"""Points per line of a tab's name."""


def bands(layout: Layout) -> Iterable[Shape]:
    """Return a band behind every second group."""
    for place, (group, top, bottom) in enumerate(layout.groups()):
        left = layout.left_of(group)
        if place % 2 == 0:
            yield Box(left, top, layout.axis.right - left, bottom - top, fill=palette.BAND)


def service(layout: Layout) -> Iterable[Shape]:
    """Return the service hours of single rows."""
    for row, _, top in layout.rows():
        for part in row.hours.intersection(layout.axis.times):
            left, right = layout.axis.x(part.start), layout.axis.x(part.end)
            yield Box(left, top, right - left, layout.height, fill=SERVICE, tag="service")


def rules(layout: Layout) -> Iterable[Shape]:
    """Return hairlines between rows, dotted ones above the room for what really happened."""
    right = layout.axis.right
    for row, left, top in layout.rows():
        bottom = top + layout.height
        yield Path(((left, bottom), (right, bottom)), palette.RULE, 0.4)
        if row.open:
            y = top + layout.planned(row)
            yield Path(((layout.axis.left, y), (right, y)), palette.RULE, 0.4, dashes=(1.0, 2.0), tag="actual")


def tabs(layout: Layout) -> Iterable[Shape]:
    """Return the outer tabs, one per run of groups, and the inner ones."""
    columns = layout.chart.columns
    for outer, run in groupby(layout.groups(), key=lambda found: found[0].outer):
        found = list(run)
        yield from _tab(0, columns.outer, found[0][1], found[-1][2], outer, palette.SLATE)
        for group, top, bottom in found:
            if group.inner:
                yield from _tab(columns.outer, columns.inner, top, bottom, group.inner, TAB)


def _tab(left: float, width: float, top: float, bottom: float, text: str, fill: str) -> Iterable[Shape]:
    yield Box(left, top, width - 2, bottom - top, fill=fill, radius=2)
    lines = wrapped(text, LEGIBLE, width - 5, max(1, int((bottom - top) / LINE)))
    y = (top + bottom) / 2 - LINE * (len(lines) - 1) / 2
    for place, line in enumerate(lines):
        x = left + width / 2 - 1
        yield Text(x, y + LINE * place, line, LEGIBLE, palette.ink_on(fill), bold=True, anchor="middle")
