"""An axis of days from the first to the last month in which anything happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.plan.comparison import Tally
from planner.rendering import palette, typeface
from planner.rendering.drawing import Path, Shape, Text
from planner.units.clock import Clock
from planner.units.span import Minute, Span

SIZE: Final = 8.0


@dataclass(frozen=True, slots=True)
class Axis:
    """Instants of whole months between two ends in points."""

    clock: Clock
    span: Span
    left: float
    right: float

    def x(self, at: Minute) -> float:
        """Return where an instant is; what lies outside stands at the end."""
        share = (at - self.span.start) / self.span.minutes
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def begins(self) -> Iterator[date]:
        """Yield the first day of each month."""
        day, last = self.clock.day(self.span.start), self.clock.day(self.span.end)
        while day <= last:
            yield day
            day = _after(day)

    def grid(self, top: float, bottom: float) -> Iterable[Shape]:
        """Yield a line at the beginning of each month."""
        for day in self.begins():
            x = self.x(self.clock.minute(day))
            yield Path(((x, top), (x, bottom)), palette.RULE, 0.5)

    def months(self, y: float) -> Iterable[Shape]:
        """Yield the names of months, as many as have room beside each other."""
        free = self.left
        for day in self.begins():
            x, name = self.x(self.clock.minute(day)), f"{day:%Y-%m}"
            if x >= free and x + typeface.width(name, SIZE) <= self.right + 12:
                yield Text(x + 2, y, name, SIZE, palette.QUIET)
                free = x + typeface.width(name, SIZE) + 8


def axis_of(clock: Clock, tallies: Sequence[Tally], instants: Sequence[Minute], left: float, right: float) -> Axis:
    """Return the axis on which all waves and instants have their place."""
    starts = [*(wave.start for tally in tallies for wave in tally.waves), *instants]
    ends = [*(wave.end for tally in tallies for wave in tally.waves), *instants]
    first, last = clock.day(min(starts, default=0)), clock.day(max(ends, default=0))
    span = Span(clock.minute(first.replace(day=1)), clock.minute(_after(last)))
    return Axis(clock, span, left, right)


def _after(day: date) -> date:
    """Return the first day of the next month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
