"""Cycles of hard needs: their members stop and start as one group, in the order of the file."""

from collections.abc import Iterator, Mapping

from planner.model.need import NeedKind, leaves
from planner.safety.world import World

Group = tuple[str, ...]


def hard_groups(world: World) -> Mapping[str, Group]:
    """For each member of a cycle of declared hard needs its whole group, in the order of the file."""
    graph = {id: tuple(_hard(world, id)) for id in world.subjects}
    order = {id: number for number, id in enumerate(graph)}
    found: dict[str, Group] = {}
    for members in circles(graph):
        if len(members) > 1:
            found |= dict.fromkeys(members, tuple(sorted(members, key=order.__getitem__)))
    return found


def _hard(world: World, id: str) -> Iterator[str]:
    for want in world.declared[id]:
        if want.need.kind is NeedKind.HARD:
            yield from leaves(want.need.tree)
    yield from world.members.get(id, ())


def circles(graph: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """The greatest sets of nodes that lead to each other (Tarjan, SIAM J. Comput. 1(2), 1972), in linear time."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_ones: dict[str, None] = {}
    for root in graph:
        way = [] if root in number else [(root, iter(graph[root]))]
        while way:
            here, rest = way[-1]
            if here not in number:
                number[here] = lowest[here] = len(number)
                open_ones[here] = None
            following = next((id for id in rest if id in graph and (id not in number or id in open_ones)), None)
            if following is not None and following not in number:
                way.append((following, iter(graph[following])))
            elif following is not None:
                lowest[here] = min(lowest[here], number[following])
            else:
                way.pop()
                if way:
                    lowest[way[-1][0]] = min(lowest[way[-1][0]], lowest[here])
                if lowest[here] == number[here]:
                    circle: list[str] = []
                    while not circle or circle[-1] != here:
                        circle.append(open_ones.popitem()[0])
                    yield circle
