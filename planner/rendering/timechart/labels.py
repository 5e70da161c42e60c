"""The words left of the axis: numbers, letters of the teams, labels, notes, boxes to write in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.drawing import Box, Shape, Text
from planner.rendering.timechart.bars import badge
from planner.rendering.timechart.description import Row
from planner.rendering.timechart.layout import Layout
from planner.rendering.timechart.lettering import COMMA, LEGIBLE, listed, shortened

MOST: Final = 0.7
"""The share of the labels that are written in full, if the size of the letters can see to it."""


def labels(layout: Layout) -> Iterable[Shape]:
    """Return what stands left of the axis; steps in one size, check points in another, none of these cut."""
    found = [_Label(layout, row, left, top + layout.height / 2) for row, left, top in layout.rows()]
    plain = _size([label for label in found if not label.row.marks], MOST)
    points = _size([label for label in found if label.row.marks], 1.0)
    number = _number_size(found)
    for label in found:
        yield from label.sign(number)
        yield from label.text(points if label.row.marks else plain)
        yield from label.notes()


def _size(found: list[_Label], share: float) -> float:
    """Return the greatest size at which this share of the labels has room."""
    fitting = sorted((label.fitted() for label in found), reverse=True)
    return max(LEGIBLE, fitting[ceil(len(fitting) * share) - 1]) if fitting else LEGIBLE


def _number_size(found: list[_Label]) -> float:
    layout = found[0].layout
    room = layout.chart.columns.number - 7
    numbers = [label.row.number for label in found if label.row.number]
    return max(LEGIBLE, min((typeface.fitted(n, layout.size + 1.5, room, bold=True) for n in numbers), default=LEGIBLE))


@dataclass(frozen=True, slots=True)
class _Label:
    """One row's words; each takes the room of those that there are not."""

    layout: Layout
    row: Row
    left: float
    middle: float

    @property
    def start(self) -> float:
        """Where the label begins."""
        columns = self.layout.chart.columns
        number = columns.number if self.row.number else 0.0
        return self.left + 4 + number + (columns.badge if self.row.badges else 0.0)

    @property
    def room(self) -> float:
        """How wide the label may be."""
        end = self._notes_left() if self.row.open or any(self.row.notes) else self.layout.axis.left
        return end - 4 - self.start

    @property
    def bold(self) -> bool:
        return bool(self.row.marks)

    def fitted(self) -> float:
        """Return the size at which all of the label has room."""
        names = COMMA[self.layout.language].join(self.row.names)
        whole = " ".join(filter(None, (self.row.label, names)))
        return typeface.fitted(whole, self.layout.size, self.room, bold=self.bold)

    def text(self, size: float) -> Iterable[Shape]:
        row, room = self.row, self.room
        if row.names:
            shown = listed(row.label, row.names, size, room, COMMA[self.layout.language])
        else:
            shown = shortened(row.label, size, room, bold=self.bold)
        yield Text(self.start, self.middle, shown, size, bold=self.bold)

    def sign(self, size: float) -> Iterable[Shape]:
        """Yield the number and the letters of the teams."""
        columns = self.layout.chart.columns
        x = self.left + 4
        if self.row.number:
            x += columns.number
            yield Text(x - 7, self.middle, self.row.number, size, bold=True, anchor="right", tag="number")
        width = (columns.badge - 4) / max(len(self.row.badges), 1)
        for place, livery in enumerate(self.row.badges):
            yield from badge(livery, x + place * width, self.middle, width, min(self.layout.height - 3, 12))

    def notes(self) -> Iterable[Shape]:
        """Yield the notes, or boxes to write in."""
        x, height = self._notes_left(), self.layout.height
        for text, (_, width) in zip(self.row.notes, self.layout.chart.columns.notes, strict=False):
            if self.row.open:
                top = self.middle - height / 2 + 0.8
                yield Box(x, top, width - 2, height - 1.6, palette.PAPER, palette.RULE, 0.6, tag="actual")
            elif text:
                yield Text(x, self.middle, shortened(text, LEGIBLE, width - 4), LEGIBLE, palette.QUIET)
            x += width

    def _notes_left(self) -> float:
        columns = self.layout.chart.columns
        return columns.width - sum(width for _, width in columns.notes)
