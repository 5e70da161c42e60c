"""Every plan of a small problem, grain by grain: of the ways to one state only those are kept that may be best.

A way is dropped when another leads to the same state that costs no more and has spent no more of any budget, when a
finished plan costs no more, and when a restart has no reason.
"""

from collections.abc import Sequence
from dataclasses import replace

from planner.scheduling.exhaust_pace import Pace
from planner.scheduling.exhaust_return import Duty
from planner.scheduling.exhaust_search import Search
from planner.scheduling.exhaust_state import REST, Node
from planner.scheduling.exhaust_way import Layer, Way, keep


def walk(search: Search, duties: Sequence[Duty]) -> Way | None:
    """The best way through the windows, in time order, with who is on duty in each; None if there is no plan.

    Raises
    ------
    TooLarge
        If there are too many states; the best way so far is nothing then.
    """
    problem, calendar = search.problem, search.calendar
    rest = tuple(REST for _ in problem.units)
    spent = tuple(0 for _ in problem.construction.inventory.systems)
    none: frozenset[int] = frozenset()
    layer: Layer = {Node(none, none, rest): [Way(0, 0, spent)]}
    now = 0
    for window, duty in zip(problem.windows, duties, strict=True):
        begin, end = calendar.number(window.span.start), calendar.number(window.span.end)
        layer = _wait(search, layer, begin - now)
        pace = Pace(search, window, duty, end)
        for now in range(begin, end):
            layer = pace.step(layer, now)
        now = end
        layer = _close(layer)
    return search.best


def _close(layer: Layer) -> Layer:
    """At the end of a window only states that may last go on."""
    following: Layer = {}
    for node, ways in layer.items():
        for way in ways if node.still and node.moved == node.anchor else ():
            keep(following, node._replace(used=False, cut=False), way)
    return following


def _wait(search: Search, layer: Layer, count: int) -> Layer:
    """Between windows nothing happens but that needs cross the bridge."""
    following: Layer = {}
    for node, ways in layer.items():
        crossings = search.truths(node, search.calendar.start).crossings
        for way in ways:
            rest = way.rest + search.crossed(node, crossings, count)
            keep(following, node._replace(peak=max(node.peak, crossings)), replace(way, rest=rest))
    return following
