"""The axis on paper: days, hours, midnights, breaks, and the band of service hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.rendering import palette, typeface
from planner.rendering.documents.moments import Moments
from planner.rendering.drawing import Box, Path, Shape, Text
from planner.rendering.timechart.axis import BREAK, Axis
from planner.rendering.timechart.lettering import LEGIBLE
from planner.units.span import Minute, Span, Spans

DAYS: Final = 15.0
HOURS: Final = 13.0
HEIGHT: Final = DAYS + HOURS
DAY_SIZE: Final = 9.5
TICK: Final = 2.0
"""Points of a line below its label."""
SERVICE: Final = "#FFF3D6"
"""The band of service hours."""
GRID: Final = "#DDE2E7"


@dataclass(frozen=True, slots=True)
class Head:
    """The axis with its labels; the origin is its top, ``top`` and ``bottom`` are those of the rows."""

    axis: Axis
    moments: Moments
    top: float
    bottom: float

    def service(self, hours: Spans) -> Iterable[Shape]:
        """Return the band of service hours across all rows."""
        for part in hours.intersection(self.axis.times):
            left, right = self.axis.x(part.start), self.axis.x(part.end)
            yield Box(left, self.top, right - left, self.bottom - self.top, fill=SERVICE, tag="service")

    def grid(self) -> Iterable[Shape]:
        """Return a hairline per label, a stronger one at midnight; between labels and rows only its beginning."""
        for minute, _ in self._labels():
            midnight = self.moments.clock.of_day(minute) == 0
            colour, line = (palette.STILL, 1.0) if midnight else (GRID, 0.6)
            x = self.axis.x(minute)
            yield Path(((x, HEIGHT), (x, HEIGHT + TICK)), palette.STILL, 0.6)
            yield Path(((x, self.top), (x, self.bottom)), colour, line)

    def labels(self) -> Iterable[Shape]:
        """Return the two rows of days and hours."""
        yield from self._days()
        half = typeface.width("00:00", LEGIBLE) / 2
        right = float("-inf")
        for place, (minute, first) in enumerate(found := list(self._labels())):
            x = self.axis.x(minute)
            firsts = (self.axis.x(later) - half for later, begins in found[place + 1 :] if begins)
            if x - half > right and (first or x + half + 1.5 <= next(firsts, float("inf"))):
                yield Text(x, DAYS + HOURS / 2, self.moments.time(minute), LEGIBLE, anchor="middle")
                right = x + half + 1.5

    def breaks(self) -> Iterable[Shape]:
        """Return a white gap with a torn edge where idle time is left out."""
        for x in self.axis.breaks():
            yield Box(x - BREAK / 2 + 1, self.top, BREAK - 2, self.bottom - self.top, fill=palette.PAPER)
            for side in (-2.4, 2.4):
                yield Path(tuple(_torn(x + side, self.top, self.bottom)), palette.STILL, 0.7, tag="break")

    def _labels(self) -> Iterable[tuple[Minute, bool]]:
        """Yield the instants with a label, and whether it is the first one of its part of the axis."""
        step = self.axis.step(typeface.width("00:00", LEGIBLE) + 5)
        for part in self.axis.times:
            first = minute = part.start + -self.moments.clock.of_day(part.start) % step
            while minute <= part.end:
                yield minute, minute == first
                minute += step

    def _days(self) -> Iterable[Shape]:
        """Yield the name of every day over its part; a short part has the number of the day only, or nothing."""
        right = float("-inf")
        for day, span in self._parts():
            left, end = self.axis.x(span.start), self.axis.x(span.end)
            yield Path(((left, DAYS), (left, 2), (end, 2)), palette.RULE, 0.8)
            left += 3
            for text in (self.moments.day(span.start), str(day.day)):
                if left > right and left + typeface.width(text, DAY_SIZE, bold=True) <= end:
                    yield Text(left, DAYS / 2 + 1.5, text, DAY_SIZE, bold=True)
                    right = left + typeface.width(text, DAY_SIZE, bold=True) + 2
                    break

    def _parts(self) -> Iterable[tuple[date, Span]]:
        clock = self.moments.clock
        for part in self.axis.times:
            start = part.start
            while start < part.end:
                day = clock.day(start)
                end = min(part.end, clock.day_span(day).end)
                yield day, Span(start, end)
                start = end


def _torn(x: float, top: float, bottom: float) -> Iterable[tuple[float, float]]:
    y, side = top, 1.0
    while y < bottom:
        yield x + side, y
        y, side = y + 5, -side
    yield x + side, bottom
