"""How long turning back takes from a state of a small problem, and who is out meanwhile (S13)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from planner.plan.step import Step
from planner.scheduling.exhaust_state import REST, Node, Worlds
from planner.scheduling.exhaust_units import MOVE
from planner.scheduling.rollback import witness
from planner.scheduling.turning_back import out_while_turning_back
from planner.units.span import Minute


@dataclass(frozen=True, slots=True)
class WayBack:
    """R in minutes, and by system the first minute after the decision in which it is out."""

    minutes: int
    out: Mapping[str, int]


@dataclass(slots=True)
class WaysBack:
    """``people`` are on duty by team. Answers are remembered by who has done what since the anchor."""

    worlds: Worlds
    people: Mapping[str, tuple[str, ...]]
    _known: dict[tuple[object, ...], WayBack] = field(default_factory=dict)

    def way(self, node: Node, at: Minute) -> WayBack:
        """The way from the state at the check point ``at`` back to the anchor's."""
        key = (node.moved, node.anchor, tuple((row.chain, row.task, row.left > 0) for row in node.rows))
        if key not in self._known:
            self._known[key] = self._found(node, at)
        return self._known[key]

    def _found(self, node: Node, at: Minute) -> WayBack:
        truth = self.worlds.problem.construction.transitions.truth
        inventory, world = truth.inventory, self.worlds.of(node)
        done = list(self._done(node, at))
        ended, begun = [s for s in done if s.end <= at], [s for s in done if s.end > at]
        steps = witness(inventory, truth, self.worlds.anchor(node.anchor), world, ended, begun, self.people)
        minutes = max((step.offset + step.minutes for step in steps), default=0)
        return WayBack(minutes, out_while_turning_back(inventory, truth, world, steps, at))

    def _done(self, node: Node, at: Minute) -> Iterator[Step]:
        """The steps done or begun since the anchor, at times that keep their order within each subject."""
        for n, (unit, row) in enumerate(zip(self.worlds.problem.units, node.rows, strict=True)):
            chain = row.chain or MOVE
            count = row.task if row != REST else len(unit.move) if n in node.moved - node.anchor else 0
            for number in range(count):
                step = self.worlds.step(unit, chain, number)
                end = at - (count - 1 - number)
                yield replace(step, start=end - 1, end=end)
            if row.left:
                yield replace(self.worlds.step(unit, chain, row.task), start=at - 1, end=at + 1)
