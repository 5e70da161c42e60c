"""Needs that go round in a circle: hard ones are started as one group, start ones cannot be started at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from planner.dependencies.graph import Edge, as_digraph, edges_of
from planner.dependencies.requirement import Requirement, requirements
from planner.dependencies.scene import at_end, at_start
from planner.dependencies.truth import holds
from planner.model.inventory import Inventory
from planner.model.need import NeedKind

HARD = frozenset({NeedKind.HARD})
STARTING = frozenset({NeedKind.HARD, NeedKind.START})


@dataclass(frozen=True, slots=True)
class Cycle:
    """One circle of needs that no order can start.

    ``members`` is the whole strongly connected group in the order of the inventory; ``edges`` is one shortest circle in
    it, each edge's provider being the next edge's dependent, beginning at the member written first.
    """

    members: tuple[str, ...]
    edges: tuple[Edge, ...]

    @property
    def way(self) -> tuple[str, ...]:
        """The ids round the circle; the first stands again at the end."""
        return (*(edge.dependent for edge in self.edges), self.edges[0].dependent)


def hard_groups(inventory: Inventory) -> tuple[Cycle, ...]:
    """Return the circles of hard needs: each is one group that stops and starts together, in the order of the file.

    A choice (k of n) makes a circle only where every way to satisfy it leads back into the circle.
    """
    return _circles(inventory, HARD, through=NeedKind.HARD)


def start_cycles(inventory: Inventory) -> tuple[Cycle, ...]:
    """Return the circles with a start need in them: nothing in them can be started first."""
    return _circles(inventory, STARTING, through=NeedKind.START)


def _circles(inventory: Inventory, kinds: frozenset[NeedKind], through: NeedKind) -> tuple[Cycle, ...]:
    """The circles before the first step and those after the last, each group once."""
    found: dict[tuple[str, ...], Cycle] = {}
    for scene in (at_start(inventory), at_end(inventory)):
        wanted = [r for r in requirements(scene) if r.kind in kinds]
        subjects = (*inventory.assets, *inventory.systems)
        stuck = _never_started(subjects, wanted)
        named = dict.fromkeys(edge for r in wanted if r.dependent in stuck for edge in edges_of(r))
        for cycle in _components([edge for edge in named if edge.provider in stuck], subjects, through):
            found.setdefault(cycle.members, cycle)
    return tuple(found.values())


def _never_started(subjects: Iterable[str], wanted: list[Requirement]) -> frozenset[str]:
    """What is left when everything is started whose needs are started, again and again."""
    of: dict[str, list[Requirement]] = {id: [] for id in subjects}
    for requirement in wanted:
        of[requirement.dependent].append(requirement)
    started: set[str] = set()
    waiting = set(of)
    while ready := {id for id in waiting if all(holds(r.tree, started.__contains__) for r in of[id])}:
        started |= ready
        waiting -= ready
    return frozenset(waiting)


def _components(edges: list[Edge], order: tuple[str, ...], through: NeedKind) -> Iterator[Cycle]:
    rank = {id: number for number, id in enumerate(order)}
    graph = as_digraph(edges)
    parts = (sorted(part, key=rank.__getitem__) for part in nx.strongly_connected_components(graph))
    for members in sorted(parts, key=lambda part: rank[part[0]]):
        inside = graph.subgraph(members)
        starts = [e for e in edges if e.kind is through and e.dependent in inside and e.provider in inside]
        ways = [[e.dependent, *nx.shortest_path(inside, e.provider, e.dependent)] for e in starts]
        if ways:
            way = _from_first(min(ways, key=len), rank)
            yield Cycle(tuple(members), tuple(_edge(edges, a, b, through) for a, b in pairwise(way)))


def _from_first(way: list[str], rank: dict[str, int]) -> list[str]:
    """The same circle, begun at the member that is written first; its first id stands again at the end."""
    ring = way[:-1]
    first = ring.index(min(ring, key=rank.__getitem__))
    return [*ring[first:], *ring[: first + 1]]


def _edge(edges: list[Edge], dependent: str, provider: str, wanted: NeedKind) -> Edge:
    """The edge between two subjects, of the wanted kind if there is one."""
    between = [edge for edge in edges if (edge.dependent, edge.provider) == (dependent, provider)]
    return next((edge for edge in between if edge.kind is wanted), between[0])
