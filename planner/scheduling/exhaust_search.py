"""What the walk through all plans of a small problem shares: the problem, its states, and the best way so far."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from planner.scheduling.exhaust_grains import Grains, grains
from planner.scheduling.exhaust_state import Node, Truths, Worlds
from planner.scheduling.exhaust_units import SmallProblem
from planner.scheduling.exhaust_way import Way
from planner.units.span import Minute


class TooLarge(Exception):
    """There are more states than the effort allows to look at."""


@dataclass(slots=True)
class Search:
    """`best` is the best way, None if there is no plan; ``most`` bounds the number of states that are looked at."""

    problem: SmallProblem
    worlds: Worlds
    most: int
    stopped: Callable[[], bool]
    best: Way | None = None
    states: int = 0
    calendar: Grains = field(init=False)
    movers: frozenset[int] = field(init=False)
    _restarts: dict[frozenset[int], frozenset[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.calendar = grains(self.problem)
        self.movers = frozenset(n for n, unit in enumerate(self.problem.units) if unit.move)

    def truths(self, node: Node, at: Minute) -> Truths:
        return self.worlds.truths(self.worlds.spots(node), at)

    def crossed(self, node: Node, crossings: int, count: int) -> int:
        """Sixtieths for needs that cross for so many grains."""
        weights = self.problem.construction.inventory.policy.weights
        peak = weights.bridge_peak * max(0, crossings - node.peak)
        return 60 * (weights.bridge_minute * crossings * count * self.problem.grain + (peak if count else 0))

    def restarts(self, anchor: frozenset[int], at: Minute) -> frozenset[int]:
        """The units that have a reason to restart in a turn after ``anchor``: what would fall if all the rest went."""
        if anchor not in self._restarts:
            units = self.problem.units
            away = [units[n].subject for n in sorted(self.movers - anchor)]
            truth = self.problem.construction.transitions.truth
            fallen = {*away, *truth.stop_closure(self.worlds.anchor(anchor), away, at)}
            self._restarts[anchor] = frozenset(n for n, u in enumerate(units) if u.again and u.subject in fallen)
        return self._restarts[anchor]

    def finish(self, node: Node, way: Way, now: int) -> None:
        """Nothing is left to do: a way to a plan, which may be the best."""
        crossings = self.truths(node, self.calendar.start).crossings
        whole = replace(way, rest=way.rest + self.crossed(node, crossings, len(self.calendar.day) - 1 - now))
        if self.best is None or whole.score < self.best.score:
            self.best = whole

    def count(self) -> None:
        """One more state is looked at.

        Raises
        ------
        TooLarge
            If there are too many, or the search is stopped.
        """
        self.states += 1
        if self.states > self.most or (self.states % 1024 == 0 and self.stopped()):
            raise TooLarge
