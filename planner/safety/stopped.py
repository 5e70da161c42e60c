"""The state in which a project is left when nothing more is done, without doing everything again (S23)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.safety.condition import State
from planner.safety.done import WITHOUT_EFFECT
from planner.safety.replay import Replay
from planner.safety.stop_point import StopPoint
from planner.safety.underway import Underway
from planner.units.span import Span

K = StepKind
SETTLED = frozenset({K.CHECK, K.ACCEPT, K.MIGRATE, K.UPDATE})
"""Steps whose effect is the same, whatever comes after them."""


class Stopped:
    """Replays what is left at stop points of a plan.

    Where exactly the steps before an instant have been done, and none of them waits for one after it, what is left is
    what the replay of the plan has come to; elsewhere the steps are replayed from the start.
    """

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        steps = [step for step in replay.steps if step.kind not in WITHOUT_EFFECT]
        self._starts = sorted(step.start for step in steps)
        self._ends = sorted(step.end for step in steps)
        self._unsettled = Underway((span, None) for span in _unsettled(replay))
        limit = replay.inventory.policy.shared_fate_after
        self._long = any(s.kind is K.CARRY and s.end - s.start > limit and len(s.assets) > 1 for s in steps)

    def at(self, inventory: Inventory, point: StopPoint) -> Replay:
        """The replay of the time for which the state at a stop point has to last."""
        if self._is_between(point):
            return self._replay.branch(inventory, point.span.start, (), point.span)
        return Replay(inventory, State.start(inventory), point.steps, point.span)

    def _is_between(self, point: StopPoint) -> bool:
        """Whether the steps that are done are those before the point, and all is over that they have begun."""
        at = point.span.start
        begun, over = bisect_left(self._starts, at), bisect_right(self._ends, at)
        cut = begun == over == point.steps.telling and point.steps.end <= at
        return cut and not self._long and not self._unsettled.at(at)


def _unsettled(replay: Replay) -> Iterator[Span]:
    """From after the start of a step to the start of the next one of its subject, which has a say in its effect."""
    assets, links = replay.inventory.assets, replay.inventory.links
    for id, own in replay.of_subject.items():
        heir = id in assets and assets[id].replaces is not None
        row = [step for step in own if step.kind not in WITHOUT_EFFECT] if id not in links else []
        yield from _between(row, heir=heir)


def _between(row: Sequence[Step], *, heir: bool) -> Iterator[Span]:
    for one, other in pairwise(row):
        if (heir or one.kind not in SETTLED) and one.start < other.start:
            yield Span(one.start + 1, other.start + 1)
