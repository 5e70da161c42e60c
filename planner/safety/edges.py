"""Instants at which links and needs begin or end to hold or something leaves for the cloud, and whom it concerns."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator

from planner.model.inventory import Inventory
from planner.safety.world import World
from planner.units.span import Minute, Span


class Edges:
    """Instants at which something changes without a step."""

    def __init__(self, world: World) -> None:
        self._concerned: dict[Minute, set[str]] = defaultdict(set)
        for minute, id in _edges(world):
            if minute is not None:
                self._concerned[minute].add(id)
        self._minutes = sorted(self._concerned)

    def at(self, minute: Minute) -> set[str]:
        """Whom an instant concerns."""
        return self._concerned.get(minute, set())

    def within(self, span: Span) -> list[Minute]:
        """The instants in a span."""
        return self._minutes[bisect_left(self._minutes, span.start) : bisect_left(self._minutes, span.end)]

    def after(self, begin: Minute, until: Minute) -> set[str]:
        """Whom the instants after ``begin`` up to ``until``, included, concern."""
        due = self._minutes[bisect_right(self._minutes, begin) : bisect_right(self._minutes, until)]
        return {id for minute in due for id in self._concerned[minute]}


def _edges(world: World) -> Iterator[tuple[Minute | None, str]]:
    for link in world.inventory.links.values():
        yield from ((minute, link.id) for minute in (link.since, link.until))
    for table in (world.declared, world.in_cloud):
        for id, wants in table.items():
            yield from ((minute, id) for want in wants for minute in (want.need.since, want.need.until))
    yield from _departures(world.inventory)


def _departures(inventory: Inventory) -> Iterator[tuple[Minute | None, str]]:
    for asset in inventory.assets.values():
        yield asset.leaves, asset.id
    for system in inventory.systems.values():
        yield system.leaves, system.id
