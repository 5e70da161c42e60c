"""Which steps a finding is about, where its rule does not say so."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.units.span import Minute


class Involved:
    """The steps of a plan by time."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = sorted(steps, key=lambda step: (step.start, step.id))
        self._starts = [step.start for step in self._steps]
        self._longest = max((step.end - step.start for step in self._steps), default=0)

    def named(self, finding: Finding) -> Finding:
        """The finding with the steps under way when it begins that concern its subjects or its cause."""
        if finding.steps or finding.span is None:
            return finding
        concerned = {*finding.subjects, *finding.cause}
        running = (step for step in self._running(finding.span.start) if concerned & set(step.assets))
        return replace(finding, steps=tuple(step.id for step in running))

    def _running(self, minute: Minute) -> Iterable[Step]:
        first = bisect_right(self._starts, minute - self._longest)
        last = bisect_right(self._starts, minute)
        return (step for step in self._steps[first:last] if minute < step.end)
