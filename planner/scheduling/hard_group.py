"""Circles of hard needs: they stop as one, start in the order of the file, and are tested as one (S03, S20)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.model.asset import Crew, Demand
from planner.model.inventory import Inventory
from planner.model.need import NeedKind, leaves

Group = tuple[str, ...]


def hard_groups(inventory: Inventory) -> tuple[Group, ...]:
    """Every circle of declared hard needs, of two members or more, each in the order of the file."""
    graph = {id: tuple(_hard(inventory, id)) for id in (*inventory.assets, *inventory.systems)}
    reach = {id: _reached(graph, id) for id in graph}
    circles = (tuple(o for o in graph if o in reach[id] and id in reach[o]) for id in graph if id in reach[id])
    return tuple(dict.fromkeys(group for group in circles if len(group) > 1))


def _hard(inventory: Inventory, id: str) -> Iterator[str]:
    yield from (leaf for n in inventory.subject(id).needs if n.kind is NeedKind.HARD for leaf in leaves(n.tree))
    system = inventory.systems.get(id)
    if system is not None and system.runs_on is not None:
        yield from leaves(system.runs_on)


def _reached(graph: Mapping[str, Sequence[str]], id: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[id])
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += graph[here]
    return seen


def shared_crew(asked: Iterable[tuple[Crew, Demand | None]]) -> tuple[Crew, Demand | None]:
    """People who fill each of these crews by themselves, and the first witness that is asked for."""
    most: dict[tuple[str, str | None], Demand] = {}
    witnesses: list[Demand] = []
    for crew, witness in asked:
        witnesses += [witness] if witness else []
        for demand in crew:
            key = (demand.team, demand.skill)
            if key not in most or most[key].count < demand.count:
                most[key] = demand
    return tuple(most.values()), next(iter(witnesses), None)
