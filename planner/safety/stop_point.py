"""Where a project may stop for a while, and in which state that leaves everything (S23)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import attrgetter

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.step import Step
from planner.plan.wave import Gate, Wave
from planner.safety.context import Context
from planner.safety.done import Done, Row
from planner.safety.irreversible import first_irreversible
from planner.safety.preparation import Use, in_use, is_preparatory
from planner.safety.unrest import Unrest
from planner.units.clock import DAY
from planner.units.span import Minute, Span, Spans


@dataclass(frozen=True, slots=True)
class StopPoint:
    """A gap after a wave, or a gate inside one (``id``).

    ``span`` is the time for which the state has to last: from when it is reached until ``resumes``, when the next wave
    begins or the same one can be tried again, and ``policy.stop_point_days`` more. ``steps`` are those that have been
    done and not undone.
    """

    id: str
    span: Span
    resumes: Minute
    steps: Done


def stop_points(inventory: Inventory, plan: Plan) -> tuple[StopPoint, ...]:
    """Every gap between two waves, and every gate at which stopping means rolling back; equal states are one."""
    found: dict[tuple[object, ...], StopPoint] = {}
    for point in every_stop_point(inventory, plan):
        first = found.setdefault(point.steps.key, point)
        span = Span(min(first.span.start, point.span.start), max(first.span.end, point.span.end))
        found[point.steps.key] = replace(first, span=span, resumes=min(first.resumes, point.resumes))
    return tuple(found.values())


class Work:
    """The work of a plan in its order: of the ``waves`` that have any, and what is prepared."""

    def __init__(self, plan: Plan) -> None:
        self.waves = sorted((wave for wave in plan.waves if wave.steps), key=start_of)
        self._row = Row(step for wave in self.waves for step in wave.steps)
        self._counts = [0, *accumulate(len(wave.steps) for wave in self.waves)]
        self._prepared = Row(sorted(plan.preparation, key=attrgetter("start")))
        self._starts = [step.start for step in self._prepared.steps]

    def resumes(self, number: int) -> Minute | None:
        """When the wave after the first ``number`` begins."""
        return start_of(self.waves[number]) if number < len(self.waves) else None

    def done(self, number: int, before: Minute, others: tuple[Step, ...] = ()) -> Done:
        """The first ``number`` waves, what is prepared before an instant, and some steps of the next wave."""
        if number < len(self.waves) and len(others) == len(self.waves[number].steps):
            number, others = number + 1, ()
        prepared = bisect_left(self._starts, before)
        return Done(((self._row, self._counts[number]), (self._prepared, prepared)), others)


def every_stop_point(inventory: Inventory, plan: Plan) -> Iterator[StopPoint]:
    """The same with equal states told apart by where the project stops, in order of time."""
    work, use = Work(plan), in_use(inventory, plan.steps())
    for number, wave in enumerate(work.waves):
        for gate in wave.gates:
            if is_before_no_return(inventory, wave, gate):
                steps = work.done(number, gate.at, tuple(_standing(inventory, wave, gate, use)))
                yield from _point(inventory, gate.id, gate.at, wave.window.end, steps)
        resumes = work.resumes(number + 1)
        if resumes is not None:
            end = max(step.end for step in wave.steps)
            yield from _point(inventory, wave.id, end, resumes, work.done(number + 1, resumes))


def start_of(wave: Wave) -> Minute:
    """When the first step of a wave starts."""
    return min(step.start for step in wave.steps)


def _point(inventory: Inventory, id: str, begin: Minute, resumes: Minute, steps: Done) -> Iterator[StopPoint]:
    """The point, as far as it lies inside the horizon."""
    until = min(resumes + inventory.policy.stop_point_days * DAY, inventory.project.horizon.end)
    if begin < until:
        yield StopPoint(id, Span(begin, until), resumes, steps)


def is_before_no_return(inventory: Inventory, wave: Wave, gate: Gate) -> bool:
    """Whether stopping at the gate is still rolling back; afterwards it is carrying on to the end of the wave."""
    return all(gate.at <= step.start for step in first_irreversible(inventory, wave))


def _standing(inventory: Inventory, wave: Wave, gate: Gate, use: Use) -> Iterator[Step]:
    """The steps of the turns that are over at a gate, and what only prepared; the turn under way is undone."""
    anchor = max((turn.end for turn in wave.turns if turn.end <= gate.at), default=start_of(wave))
    for step in wave.steps:
        if step.end <= anchor or (is_preparatory(inventory, step, use) and step.end <= gate.at):
            yield step


class KnownStates:
    """Which states that are left at stop points the plan's own replay has judged already.

    Nothing may be ``out`` meanwhile, announced or not, and nothing may begin or end to be valid. It has to last longer
    than redundancy may hang on one element, for that is looked at only then.
    """

    def __init__(self, inventory: Inventory, plan: Plan, out: Iterable[Span]) -> None:
        self._limit = inventory.policy.shared_fate_after
        self._out = Spans.of((*out, *(outage.span for outage in plan.outages)))
        self._unrest = Unrest(inventory)

    @classmethod
    def by(cls, context: Context) -> "KnownStates":
        """Those that a replay has judged in which no system is out that was available before the first step."""
        begin, unavailable = context.replay.span.start, context.replay.unavailable
        since = (span for spans in unavailable.values() for span in spans if span.start > begin)
        return cls(context.inventory, context.plan, since)

    def has(self, point: StopPoint) -> bool:
        """Whether the state at a stop point is one of them."""
        gap = Span(point.span.start, max(point.resumes, point.span.start + 1))
        is_brief = gap.minutes <= self._limit
        return not (is_brief or self._out.within(gap) or self._unrest.within(Span(gap.start, point.span.end)))
