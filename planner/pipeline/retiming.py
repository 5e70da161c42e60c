"""How much earlier an outage would end if some of its steps took no time, all else in the same order."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.pipeline.waiting import Waiting
from planner.plan.step import Step
from planner.units.span import Minute, Span


@dataclass(frozen=True, slots=True)
class Retiming:
    """The steps under way in an outage, which ends with ``last``.

    A step begins as long after the latest step that it waits for as it does in the plan, but no earlier than what opens
    for it; with all steps as they are this gives the plan's own times.
    """

    waiting: Waiting
    span: Span
    last: Step

    def gain(self, without: Callable[[Step], bool]) -> int:
        """The minutes by which the last step would end earlier if these steps took no time."""
        ends: dict[str, Minute] = {}
        for step in self.waiting.steps:
            if step.end > self.span.start and step.start < self.span.end:
                minutes = 0 if without(step) else step.end - step.start
                ends[step.id] = self._start(step, ends) + minutes
        return self.last.end - ends[self.last.id]

    def without(self, *ids: str) -> int:
        """The same for all steps that are about these alone; what is done together with others still takes its time."""
        return self.gain(lambda step: set(ids).issuperset(step.assets))

    def critical(self) -> tuple[str, ...]:
        """Who is worked on along any of the chains that lead to the end with no minute to spare, the longest first."""
        waiting, seen, lengths = [self.last], {self.last.id}, dict[str, int]()
        while waiting:
            step = waiting.pop()
            for id in step.assets:
                lengths[id] = lengths.get(id, 0) + step.end - step.start
            for before in self._latest(step):
                if before.id not in seen:
                    seen.add(before.id)
                    waiting.append(before)
        return tuple(sorted(lengths, key=lambda id: (-lengths[id], id)))

    def _latest(self, step: Step) -> list[Step]:
        """Those of the steps that a step waits for that end last, as far as they lie in the outage."""
        inside = [(w.slack, w.after) for w in self.waiting.before(step) if w.after and w.after.end > self.span.start]
        return [after for slack, after in inside if slack == inside[0][0]] if step.start > self.span.start else []

    def _start(self, step: Step, ends: dict[str, Minute]) -> Minute:
        waits = self.waiting.before(step)
        known = [(ends[wait.after.id], wait.slack) for wait in waits if wait.after and wait.after.id in ends]
        if not known or step.start <= self.span.start or any(wait.after is None for wait in waits):
            return step.start
        pause = min(slack for _, slack in known)
        return max(end for end, _ in known) + pause
