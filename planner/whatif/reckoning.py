"""How many service minutes a changed course of events costs, over what the plan costs anyhow."""

from collections.abc import Iterable, Iterator

from planner.plan.contingency import Loss
from planner.safety.cause import first_cause
from planner.safety.context import Context
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
        """Whether one of the systems has service in a span, outside what the plan takes away."""
        return any(self._service(system, span) for system in systems)

    def is_lost(self, system: str, out: Spans, since: Minute) -> bool:
        """Whether a system that is out then loses service from an instant on."""
        return any(self._service(system, span) for span in out.within(Span(since, max(out.parts[-1].end, since + 1))))

    def losses(self, course: Broken, since: Minute) -> tuple[Loss, ...]:
        """What is lost from an instant on, by weight."""
        span = Span(since, max(course.replay.span.end, since + 1))
        out = course.replay.unavailable
        found = (self._loss(course, system, out[system].within(span)) for system in self._context.inventory.systems)
        return tuple(
            sorted((loss for loss in found if loss is not None), key=lambda loss: (-loss.weighted, loss.system))
        )

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
