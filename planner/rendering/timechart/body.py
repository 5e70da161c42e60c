"""The rows of a sheet: tabs, columns, bars, check points with their deadlines, room for what really happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.diagram.description import Language
from planner.rendering.drawing import Box, Disc, Path, Shape, Text
from planner.rendering.timechart.axis import Axis
from planner.rendering.timechart.bars import PAD, badge, bar, fits_inside, inside
from planner.rendering.timechart.description import Bar, Chart, Columns, Group, Mark, Row
from planner.rendering.timechart.head import SERVICE, hours_on
from planner.rendering.timechart.lettering import COMMA, LEGIBLE, listed, shortened

LEAST: Final = 13.0
GREATEST: Final = 24.0
GAP: Final = 4.0
"""Points between two groups."""
LANE_GAP: Final = 1.6
"""How many times larger the gap is where the outer tab changes."""
NUMBER: Final = 9.5
DISC: Final = 6.2
TAB: Final = "#D9E0E8"
ACTUAL: Final = "#F4F6F8"


def gaps(chart: Chart) -> float:
    """Return the sum of the gaps between the groups."""
    pairs = zip(chart.groups, chart.groups[1:], strict=False)
    return sum(GAP * (LANE_GAP if one.outer != other.outer else 1.0) for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Body:
    """The rows below one another, each `height` points high; the origin is that of the sheet's picture."""

    chart: Chart
    axis: Axis
    top: float
    height: float
    language: Language

    @property
    def size(self) -> float:
        """The size of labels."""
        return min(10.0, max(LEGIBLE, self.height * 0.55))

    @property
    def bottom(self) -> float:
        return self.top + gaps(self.chart) + self.height * len(self.chart.rows)

    def ground(self) -> Iterable[Shape]:
        """Return bands behind every second group, and what is shaded per row."""
        for place, (group, top) in enumerate(self._groups()):
            height = self.height * len(group.rows)
            left = self.chart.columns.outer + self.chart.columns.inner
            if place % 2 == 0:
                yield Box(left, top, self.axis.right - left, height, fill=palette.BAND)

    def hours(self) -> Iterable[Shape]:
        """Return the service hours of single rows, and the free halves of rows for what really happened."""
        for row, top in self._rows():
            for part in hours_on(self.axis, row.hours):
                left, right = self.axis.x(part.start), self.axis.x(part.end)
                yield Box(left, top, right - left, self.height, fill=SERVICE)

    def rules(self) -> Iterable[Shape]:
        """Return hairlines between rows, dotted ones above the room for actual times."""
        columns = self.chart.columns
        left = columns.outer + columns.inner
        for row, top in self._rows():
            bottom = top + self.height
            yield Path(((left, bottom), (self.axis.right, bottom)), palette.RULE, 0.4)
            if row.open:
                y = top + self._plan(row)
                yield Path(((self.axis.left, y), (self.axis.right, y)), palette.RULE, 0.4, dashes=(1.0, 2.0))

    def content(self) -> Iterable[Shape]:
        """Return tabs, words, bars and marks."""
        yield from self._tabs()
        for row, top in self._rows():
            yield from self._words(row, top)
            yield from self._notes(row, top)
            yield from self._bars(row, top)
            yield from self._deadlines(row, top)

    def _plan(self, row: Row) -> float:
        """Return the height of the upper part of a row, which holds its bar."""
        return self.height * 0.68 if row.open else self.height

    def _groups(self) -> Iterable[tuple[Group, float]]:
        y = self.top
        before: Group | None = None
        for group in self.chart.groups:
            if before is not None:
                y += GAP * (LANE_GAP if before.outer != group.outer else 1.0)
            yield group, y
            y += self.height * len(group.rows)
            before = group

    def _rows(self) -> Iterable[tuple[Row, float]]:
        for group, top in self._groups():
            for place, row in enumerate(group.rows):
                yield row, top + place * self.height

    def _tabs(self) -> Iterable[Shape]:
        """Yield the outer tabs, one per run of groups, and the inner ones."""
        columns = self.chart.columns
        for outer, run in groupby(self._groups(), key=lambda found: found[0].outer):
            groups = list(run)
            bottom = groups[-1][1] + self.height * len(groups[-1][0].rows)
            width = columns.outer if groups[0][0].inner else columns.outer + columns.inner
            yield from _tab(0, groups[0][1], width - 2, bottom - groups[0][1], outer, dark=True)
            for group, top in groups:
                if group.inner:
                    height = self.height * len(group.rows)
                    yield from _tab(columns.outer, top, columns.inner - 2, height, group.inner, dark=False)

    def _words(self, row: Row, top: float) -> Iterable[Shape]:
        """Yield number, letters of the teams, and label; each takes the room of those that there are not."""
        columns, middle = self.chart.columns, top + self.height / 2
        x = columns.outer + columns.inner + 3
        if row.number:
            yield Text(x + columns.number - 7, middle, row.number, NUMBER, bold=True, anchor="right", tag="number")
            x += columns.number
        if row.badges:
            width = (columns.badge - 4) / len(row.badges)
            for place, livery in enumerate(row.badges):
                yield from badge(livery, x + place * width, middle, width, min(self.height - 3, 12))
            x += columns.badge
        end = self._notes_left(columns) if row.open or any(row.notes) else self.axis.left
        text = listed(row.label, row.names, self.size, end - 4 - x, COMMA[self.language])
        yield Text(x, middle, text, self.size, bold=bool(row.marks))

    def _notes_left(self, columns: Columns) -> float:
        return columns.width - sum(width for _, width in columns.notes)

    def _notes(self, row: Row, top: float) -> Iterable[Shape]:
        x = self._notes_left(self.chart.columns)
        for text, (_, width) in zip(row.notes, self.chart.columns.notes, strict=False):
            if row.open:
                yield Box(x, top + 0.8, width - 2, self.height - 1.6, palette.PAPER, palette.RULE, 0.6, tag="actual")
            elif text:
                shown = shortened(text, LEGIBLE, width - 4)
                yield Text(x, top + self.height / 2, shown, LEGIBLE, palette.QUIET)
            x += width

    def _bars(self, row: Row, top: float) -> Iterable[Shape]:
        plan = self._plan(row)
        middle, height = top + plan / 2, plan - 2.4
        for place, found in enumerate(row.bars):
            left, right = self.axis.x(found.span.start), self.axis.x(found.span.end)
            yield from bar(found, left, right, middle - height / 2, height)
            if fits_inside(found.text, right - left) and height >= LEGIBLE:
                yield from inside(found, left, right, middle)
            else:
                yield from self._beside(row, place, found, right, top + self.height / 2)

    def _beside(self, row: Row, place: int, found: Bar, right: float, middle: float) -> Iterable[Shape]:
        """Return the text right of a bar, left of it at the end of the axis, or none between near bars."""
        width = typeface.width(found.text, LEGIBLE) + 2 * PAD
        end = self.axis.x(row.bars[place + 1].span.start) if place + 1 < len(row.bars) else self.axis.right
        if row.deadlines:
            end = min(end, *(x for at, _ in row.deadlines if (x := self.axis.x(at)) > right), end)
        left = self.axis.x(found.span.start)
        if right + width <= end:
            yield Text(right + PAD, middle, found.text, LEGIBLE, palette.QUIET)
        elif len(row.bars) == 1 and left - width >= self.axis.left:
            yield Text(left - PAD, middle, found.text, LEGIBLE, palette.QUIET, anchor="right")

    def _deadlines(self, row: Row, top: float) -> Iterable[Shape]:
        middle = top + self.height / 2
        if row.marks:
            yield from self._reach(row.marks, middle)
        for at, tag in row.deadlines:
            if not self.axis.holds(at):
                continue
            x = self.axis.x(at)
            yield Path(((x, top + 1), (x, top + self.height - 1)), palette.LATE, 2.2, tag=tag)
        for mark in row.marks:
            yield from _disc(mark, self.axis.x(mark.at), middle)

    def _reach(self, marks: tuple[Mark, ...], y: float) -> Iterable[Shape]:
        """Return the orange line from the first check point to the deadline; an arrow where that is off the axis."""
        first = marks[0]
        if first.deadline is None:
            return
        left, right = self.axis.x(first.at), self.axis.x(first.deadline)
        yield Path(((left, y), (right, y)), palette.LATE, 1.6)
        if not self.axis.holds(first.deadline):
            yield Path(((right, y), (right - 7, y - 4), (right - 7, y + 4)), "", closed=True, fill=palette.LATE)


def _disc(mark: Mark, x: float, y: float) -> Iterable[Shape]:
    colour = palette.INK if mark.deadline is None else palette.LATE
    yield Disc(x, y, DISC, palette.PAPER, colour, 1.2, tag=mark.tag)
    yield Text(x, y, str(mark.number), LEGIBLE, colour, bold=True, anchor="middle")


def _tab(x: float, y: float, width: float, height: float, text: str, *, dark: bool) -> Iterable[Shape]:
    fill = palette.SLATE if dark else TAB
    yield Box(x, y, width, height, fill=fill, radius=2)
    shown = shortened(text, LEGIBLE, width - 3, bold=True)
    yield Text(x + width / 2, y + height / 2, shown, LEGIBLE, palette.ink_on(fill), bold=True, anchor="middle")
