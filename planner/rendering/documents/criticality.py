"""Which steps are on the critical path: those whose delay delays the end of their turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.plan.step import Step
from planner.plan.wave import Wave


def critical_steps(wave: Wave) -> frozenset[str]:
    """The ids of the steps that chains without a gap connect with the end of their turn.

    A step hands over to one that begins when it ends, in the same turn; if any such step shares a subject or a person
    with the later one, only these hand over.
    """
    parts = [[step for step in wave.steps if turn.start <= step.start < turn.end] for turn in wave.turns]
    return frozenset(id for part in parts or [list(wave.steps)] for id in _chain(part))


def _chain(steps: Sequence[Step]) -> Iterable[str]:
    if not steps:
        return
    end = max(step.end for step in steps)
    waiting = [step for step in steps if step.end == end]
    found: set[str] = set()
    while waiting:
        step = waiting.pop()
        if step.id not in found:
            found.add(step.id)
            yield step.id
            waiting += _handing_over(step, steps)


def _handing_over(later: Step, steps: Iterable[Step]) -> list[Step]:
    before = [step for step in steps if step.end == later.start]
    bound = [step for step in before if _bound(step, later)]
    return bound or before


def _bound(step: Step, later: Step) -> bool:
    hands = {*later.people, later.witness} - {None}
    return bool(set(step.assets) & set(later.assets) or hands & {*step.people, step.witness})
