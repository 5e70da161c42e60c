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

    def _start(self, step: Step, ends: dict[str, Minute]) -> Minute:
        waits = self.waiting.before(step)
        known = [(ends[wait.after.id], wait.slack) for wait in waits if wait.after and wait.after.id in ends]
        if not known or step.start <= self.span.start or any(wait.after is None for wait in waits):
            return step.start
        pause = min(slack for _, slack in known)
        return max(end for end, _ in known) + pause
