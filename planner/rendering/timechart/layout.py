"""Where the rows of a sheet stand: groups below one another, behind their tabs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planner.rendering.diagram.description import Language
from planner.rendering.timechart.axis import Axis
from planner.rendering.timechart.description import Chart, Group, Row
from planner.rendering.timechart.lettering import LEGIBLE

GREATEST: Final = 30.0
"""A row is never higher, in points."""
GAP: Final = 4.0
"""Points between two groups."""
WIDE: Final = 6.4
"""The same where the outer tab changes."""
PLANNED: Final = 0.74
"""The share of an open row that holds the planned bar; the rest is free for what really happened."""


def gaps(chart: Chart) -> float:
    """Return the sum of the gaps between the groups."""
    return sum(_gap(one, other) for one, other in pairwise(chart.groups))


def _gap(one: Group, other: Group) -> float:
    return GAP if one.outer == other.outer else WIDE


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows, each `height` points high, from `top` on; the origin is that of the sheet's picture."""

    chart: Chart
    axis: Axis
    top: float
    height: float
    language: Language

    @property
    def size(self) -> float:
        """The greatest size of letters in a row."""
        return min(11.5, max(LEGIBLE, self.height * 0.55))

    @property
    def bottom(self) -> float:
        return self.top + gaps(self.chart) + self.height * len(self.chart.rows)

    def groups(self) -> Iterable[tuple[Group, float, float]]:
        """Yield every group with its upper and its lower edge."""
        y = self.top
        before: Group | None = None
        for group in self.chart.groups:
            y += _gap(before, group) if before else 0.0
            yield group, y, y + self.height * len(group.rows)
            y += self.height * len(group.rows)
            before = group

    def rows(self) -> Iterable[tuple[Row, float, float]]:
        """Yield every row with its left and its upper edge."""
        for group, top, _ in self.groups():
            for place, row in enumerate(group.rows):
                yield row, self.left_of(group), top + place * self.height

    def left_of(self, group: Group) -> float:
        """Return where the rows of a group begin, right of its tabs."""
        columns = self.chart.columns
        return columns.outer + (columns.inner if group.inner else 0.0)

    def planned(self, row: Row) -> float:
        """Return the height of the upper part of a row, which holds its bar."""
        return self.height * PLANNED if row.open else self.height
