"""The axis of time: instants become places, idle time becomes a break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planner.units.clock import Clock
from planner.units.span import Minute, Span, Spans

BREAK: Final = 16.0
"""Points that a break takes."""
STEPS: Final = (5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440)
"""Minutes that may lie between two labels of the axis."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Parts of time side by side in one scale.

    Parameters
    ----------
    times : Spans
        The parts, at least one.
    left, width : float
        Where the axis begins and how long it is, in points.
    """

    times: Spans
    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def scale(self) -> float:
        """Points per minute."""
        return (self.width - BREAK * (len(self.times) - 1)) / self.times.minutes

    def x(self, minute: Minute) -> float:
        """Return the place of an instant; one in a break stands in its middle, one outside at the end of the axis."""
        place = self.left
        for part in self.times:
            if minute < part.start:
                return max(self.left, place - BREAK / 2)
            if minute <= part.end:
                return place + (minute - part.start) * self.scale
            place += part.minutes * self.scale + BREAK
        return self.right

    def holds(self, minute: Minute) -> bool:
        """Return whether the instant lies on the axis and in no break."""
        return any(part.start <= minute <= part.end for part in self.times)

    def end_of(self, minute: Minute) -> float:
        """Return where the part of the axis ends that holds an instant."""
        return next((self.x(part.end) for part in self.times if minute <= part.end), self.right)

    def breaks(self) -> tuple[float, ...]:
        """Return the middle of every break."""
        return tuple(self.x(part.end) + BREAK / 2 for part in self.times.parts[:-1])

    def step(self, room: float) -> int:
        """Return the least minutes between two labels that need so much room in points."""
        return next((step for step in STEPS if step * self.scale >= room), STEPS[-1])


def axis_times(spans: Iterable[Span], clock: Clock, *, unit: int, idle: int) -> Spans:
    """Return the parts of an axis that shows the spans, each from a full `unit` of minutes to the next one.

    Parameters
    ----------
    spans : iterable of Span
        What is shown, at least one.
    clock : Clock
        Whose units they are.
    unit : int
        Minutes, a divisor of a day.
    idle : int
        Shorter gaps stay in, in minutes.
    """
    rounded = Spans.of(Span(_down(span.start, clock, unit), _up(span.end, clock, unit)) for span in spans)
    return _joined(rounded.parts, idle)


def _down(minute: Minute, clock: Clock, unit: int) -> Minute:
    return minute - clock.of_day(minute) % unit


def _up(minute: Minute, clock: Clock, unit: int) -> Minute:
    return minute + -clock.of_day(minute) % unit


def _joined(parts: Sequence[Span], idle: int) -> Spans:
    starts = [parts[0].start, *(after.start for before, after in pairwise(parts) if after.start - before.end >= idle)]
    ends = [*(before.end for before, after in pairwise(parts) if after.start - before.end >= idle), parts[-1].end]
    return Spans(tuple(Span(start, end) for start, end in zip(starts, ends, strict=True)))
