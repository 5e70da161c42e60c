"""Every plan of a small problem, grain by grain: of the ways to one state only those are kept that may be best.

A way is dropped when another leads to the same state that costs no more and has spent no more of any budget, when a
finished plan costs no more, and when a restart has no reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from planner.scheduling.exhaust_grains import Grains, grains
from planner.scheduling.exhaust_pace import Pace
from planner.scheduling.exhaust_return import Duty
from planner.scheduling.exhaust_state import REST, Node, Truths, Worlds
from planner.scheduling.exhaust_units import SmallProblem
from planner.scheduling.exhaust_way import Layer, Way, keep
from planner.units.span import Minute


class TooLarge(Exception):
    """There are more states than the effort allows to look at."""


@dataclass(slots=True)
class Walk:
    """`best` is the best way, None if there is no plan; ``most`` bounds the number of states that are looked at."""

    problem: SmallProblem
    worlds: Worlds
    duties: Sequence[Duty]
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

    def run(self) -> Way | None:
        """Go through the windows in time order.

        Raises
        ------
        TooLarge
            If there are too many states; the best way so far is nothing then.
        """
        rest = tuple(REST for _ in self.problem.units)
        spent = tuple(0 for _ in self.problem.construction.inventory.systems)
        none: frozenset[int] = frozenset()
        layer: Layer = {Node(none, none, rest): [Way(0, 0, spent)]}
        now = 0
        for window, duty in zip(self.problem.windows, self.duties, strict=True):
            begin, end = self.calendar.number(window.span.start), self.calendar.number(window.span.end)
            layer = self._wait(layer, begin - now)
            pace = Pace(self, window, duty, end)
            for now in range(begin, end):
                layer = pace.step(layer, now)
            now = end
            layer = self._close(layer)
        return self.best

    def _close(self, layer: Layer) -> Layer:
        """At the end of a window only states that may last go on."""
        following: Layer = {}
        for node, ways in layer.items():
            for way in ways if node.still and node.moved == node.anchor else ():
                keep(following, node._replace(used=False, cut=False), way)
        return following

    def _wait(self, layer: Layer, count: int) -> Layer:
        """Between windows nothing happens but that needs cross the bridge."""
        following: Layer = {}
        for node, ways in layer.items():
            crossings = self.truths(node, self.calendar.start).crossings
            for way in ways:
                rest = way.rest + self.crossed(node, crossings, count)
                keep(following, node._replace(peak=max(node.peak, crossings)), replace(way, rest=rest))
        return following

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
        crossings = self.truths(node, self.calendar.start).crossings
        whole = replace(way, rest=way.rest + self.crossed(node, crossings, len(self.calendar.day) - 1 - now))
        if self.best is None or whole.score < self.best.score:
            self.best = whole

    def count(self) -> None:
        self.states += 1
        if self.states > self.most or (self.states % 1024 == 0 and self.stopped()):
            raise TooLarge
