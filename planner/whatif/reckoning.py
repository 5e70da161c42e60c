"""How many service minutes a changed course of events costs, over what the plan costs anyhow."""

from collections.abc import Iterable, Iterator

from planner.plan.contingency import Loss
from planner.safety.cause import first_cause
from planner.safety.context import Context
from planner.safety.replay import Replay
from planner.safety.returning import latest_return
from planner.safety.timetable import Almanac
from planner.units.span import Minute, Span, Spans
from planner.whatif.broken import Broken


class Reckoning:
    """Counts lost service minutes.

    A system that is out loses its minutes from the first minute of its service in which it is out, for ``repair``
    minutes on the clock: by then what failed is repaired or replaced. Service that the plan itself takes away is not
    counted.
    """

    def __init__(self, context: Context, almanac: Almanac, repair: int) -> None:
        self._context = context
        self._almanac = almanac
        self._repair = repair
        self._weights = context.inventory.policy.weights.criticality
        self._given: dict[str, Spans] = {}

    def until(self, at: Minute) -> Minute:
        """How far a replay of what happens at an instant has to go: every service has opened, and is repaired."""
        opened = (self._next(system, at) for system in self._context.inventory.systems)
        return min(max(opened, default=at) + self._repair, self._context.horizon.end)

    def is_open(self, systems: Iterable[str], span: Span) -> bool:
        """Whether one of the systems has something to lose in a span: service, or a limit on the clock."""
        return any(self._service(system, span) or self._is_timed(system) for system in systems)

    def is_lost(self, system: str, out: Spans, since: Minute) -> bool:
        """Whether a system that is out then loses service from an instant on, or has a limit on the clock."""
        after = out.within(Span(since, max(out.parts[-1].end, since + 1)))
        return self._is_timed(system) or any(self._service(system, span) for span in after)

    def _is_timed(self, system: str) -> bool:
        return self._context.inventory.systems[system].longest_elapsed is not None

    def losses(self, course: Broken, since: Minute, before: Replay | None = None) -> tuple[Loss, ...]:
        """What is lost from an instant on, by weight; ``before`` is what came before the course."""
        span = Span(since, max(course.replay.span.end, since + 1))
        out = dict(course.replay.unavailable)
        if before is not None:
            out = {system: spans.union(before.unavailable[system]) for system, spans in out.items()}
        found = (self._loss(course, system, out[system].within(span)) for system in self._context.inventory.systems)
        return tuple(
            sorted((loss for loss in found if loss is not None), key=lambda loss: (-loss.weighted, loss.system))
        )

    def beyond(self, replay: Replay) -> tuple[str, ...]:
        """The systems with an outage that ends after its latest permitted return (S13), and would not in the plan."""
        return tuple(id for id, out in replay.unavailable.items() if self._too_long(id, out, replay.span.start))

    def _too_long(self, system: str, out: Spans, begin: Minute) -> bool:
        horizon, planned = self._context.horizon, self._context.replay.unavailable[system]
        before = planned.within(Span(horizon.start, begin)) if horizon.start < begin else Spans()
        for part in out:
            latest = latest_return(
                self._almanac, self._context.inventory.systems[system], before.union(out), part.start
            )
            if latest is not None and part.end > latest and part not in planned.parts:
                return True
        return False

    def _loss(self, course: Broken, system: str, out: Spans) -> Loss | None:
        lost = Spans.of(part for span in out for part in self._service(system, span))
        if not lost.parts:
            return None
        since = lost.parts[0].start
        minutes = lost.within(Span(since, since + self._repair)).minutes
        weight = self._weights[self._context.inventory.systems[system].criticality.value]
        opens = any(part.start == since for part in self._hours(system))
        chain = course.chain(first_cause(course.replay.at(since), system).ids)
        return Loss(system, since, minutes, minutes * weight, opens, chain)

    def _service(self, system: str, span: Span) -> Spans:
        return self._left(system).within(span)

    def _left(self, system: str) -> Spans:
        """The service of a system without what the plan takes away."""
        if system not in self._given:
            self._given[system] = self._hours(system).minus(self._context.replay.unavailable[system])
        return self._given[system]

    def _hours(self, system: str) -> Spans:
        return self._almanac.hours(self._context.inventory.systems[system].hours)

    def _next(self, system: str, at: Minute) -> Minute:
        """The first service minute from an instant on; the instant itself if there is none."""
        return next(_from(self._left(system), at), at)


def _from(service: Spans, at: Minute) -> Iterator[Minute]:
    yield from (max(part.start, at) for part in service if part.end > at)
