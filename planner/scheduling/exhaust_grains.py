"""The calendar of a small problem by grains: what is open, usable and barred in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.calendar import hours
from planner.calendar.usability import tagged_blackouts
from planner.scheduling.exhaust_units import SmallProblem
from planner.units.span import Minute, Span, Spans

Flags = Sequence[bool]
"""One answer per grain of the horizon."""


@dataclass(frozen=True, slots=True)
class Grains:
    """``service`` and ``barred`` by system, ``usable`` by unit, ``office``; the ``day`` on which each grain begins."""

    start: Minute
    grain: int
    service: Mapping[str, Flags]
    barred: Mapping[str, Flags]
    usable: Sequence[Flags]
    office: Flags
    day: Sequence[int]

    def number(self, at: Minute) -> int:
        return (at - self.start) // self.grain


def grains(problem: SmallProblem) -> Grains:
    """The calendar over the whole horizon, one grain more for its end."""
    inventory, size = problem.construction.inventory, problem.grain
    horizon, clock, timetable = inventory.project.horizon, inventory.clock, inventory.timetable
    starts = range(horizon.start, horizon.end + 1, size)

    def flags(spans: Spans) -> Flags:
        return _flags(spans, starts, size)

    first = clock.day(horizon.start)
    return Grains(
        horizon.start,
        size,
        {s.id: flags(hours(timetable, clock, s.hours, horizon)) for s in inventory.systems.values()},
        {s.id: flags(tagged_blackouts(inventory, s.blackouts)) for s in inventory.systems.values()},
        [flags(unit.usable) for unit in problem.units],
        flags(hours(timetable, clock, inventory.policy.staff.office, horizon)),
        [(clock.day(at) - first).days for at in starts],
    )


def _flags(spans: Spans, starts: range, size: int) -> list[bool]:
    """Every edge is a multiple of the grain, so a grain lies inside or outside as a whole."""
    found = [False] * len(starts)
    for span in spans.within(Span(starts[0], starts[-1] + 1)):
        first, last = (span.start - starts[0]) // size, (span.end - starts[0]) // size
        found[first:last] = [True] * (last - first)
    return found
