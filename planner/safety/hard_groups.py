"""Cycles of hard needs: their members stop and start as one group, in the order of the file."""

from collections.abc import Iterator, Mapping

from planner.model.need import NeedKind, leaves
from planner.safety.world import World

Group = tuple[str, ...]


def hard_groups(world: World) -> Mapping[str, Group]:
    """For each member of a cycle of declared hard needs its whole group, in the order of the file."""
    graph = {id: tuple(_hard(world, id)) for id in world.subjects}
    reach = {id: _reach(graph, id) for id in graph}
    found: dict[str, Group] = {}
    for id in graph:
        if id in reach[id]:
            found[id] = tuple(other for other in graph if other in reach[id] and id in reach[other])
    return {id: group for id, group in found.items() if len(group) > 1}


def _hard(world: World, id: str) -> Iterator[str]:
    for want in world.declared[id]:
        if want.need.kind is NeedKind.HARD:
            yield from leaves(want.need.tree)
    yield from world.members.get(id, ())


def _reach(graph: Mapping[str, tuple[str, ...]], id: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[id])
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += graph.get(here, ())
    return seen
