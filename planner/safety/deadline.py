"""The last instant at which turning back can still be decided (S13)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.plan.wave import CheckPoint, Wave
from planner.safety.context import Context
from planner.safety.returning import latest_return
from planner.safety.timetable import Almanac
from planner.safety.witness import length
from planner.units.span import Minute, Span, Spans


@dataclass(frozen=True, slots=True)
class Deadline:
    """``min(window end, latest permitted returns) - margin - R``, and what gives the minimum."""

    at: Minute
    bound_by: str
    subjects: tuple[str, ...]


def deadline(context: Context, almanac: Almanac, wave: Wave, point: CheckPoint, turned: Context) -> Deadline:
    """Compute the deadline of a check point from the replay ``turned`` of its witness.

    A system counts as stopped if it is out when turning back is decided, or is taken out by turning back. The declared
    end of its outage does not enter (planner/README.md, "Latest permitted return"); the window's end always does.
    """
    bounds = [(wave.window.end, "window"), *_returns(context, almanac, point, turned)]
    latest, bound_by = min(bounds)
    at = latest - context.inventory.policy.margin - length(point)
    return Deadline(at, bound_by, () if bound_by == "window" else (bound_by,))


def _returns(context: Context, almanac: Almanac, point: CheckPoint, turned: Context) -> Iterator[tuple[Minute, str]]:
    begin = context.replay.span.start
    for id, out in turned.replay.unavailable.items():
        planned = context.replay.unavailable[id]
        for part in out:
            since = _since(planned, part.start) if part.start == point.planned else part.start
            if since == begin:
                continue  # it was never available: no outage of the plan
            history = _until(planned, begin, point.planned).union(out)
            latest = latest_return(almanac, context.inventory.systems[id], history, since)
            if latest is not None:
                yield latest, id


def _since(planned: Spans, at: Minute) -> Minute:
    """When the outage that holds at an instant began."""
    return next((span.start for span in planned if span.start <= at <= span.end), at)


def _until(planned: Spans, begin: Minute, at: Minute) -> Spans:
    return planned.within(Span(begin, at)) if begin < at else Spans()
