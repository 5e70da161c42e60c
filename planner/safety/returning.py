"""Until when a stopped system has to be back: the latest permitted return (S13)."""

from bisect import bisect_right
from collections.abc import Iterator

from planner.model.system import System
from planner.safety.timetable import Almanac
from planner.units.span import Minute, Span, Spans


def latest_return(almanac: Almanac, system: System, out: Spans, since: Minute) -> Minute | None:
    """The last instant at which an outage that began at ``since`` may end; None if no limit is reached.

    ``out`` is when the system is not available in the plan. The earliest of: the instant at which the budget that
    remains after earlier outages, or the longest outage, would be exceeded (both count minutes inside service hours),
    and ``since + longest_elapsed``. The answer is ``max T`` with ``service minutes in [since, T) <= limit``: closed
    hours cost nothing, so that for a budget of 0 it is the instant of opening.
    """
    return min(_limits(almanac, system, out, since), default=None)


def _limits(almanac: Almanac, system: System, out: Spans, since: Minute) -> Iterator[Minute]:
    service = almanac.hours(system.hours)
    horizon = almanac.horizon
    before = out.within(Span(horizon.start, since)) if since > horizon.start else Spans()
    used = sum(service.within(part).minutes for part in before)
    for limit in (system.budget - used, system.longest):
        if limit is not None:
            exceeded = _exceeded(service, since, max(0, limit))
            if exceeded is not None:
                yield exceeded
    if system.longest_elapsed is not None:
        yield since + system.longest_elapsed


def _exceeded(service: Spans, since: Minute, limit: int) -> Minute | None:
    """The start of the first service minute after ``since`` that is one too many; None if there is none."""
    left = limit
    for number in range(bisect_right(service.parts, since, key=lambda part: part.end), len(service)):
        part = service.parts[number]
        start = max(part.start, since)
        if part.end - start > left:
            return start + left
        left -= part.end - start
    return None
