"""Whose trees may change their truth when something falls, so that only these are judged again."""

from collections.abc import Iterable

from planner.dependencies.requirement import Requirement
from planner.dependencies.scene import Scene
from planner.model.need import leaves


class Touched:
    """Whose trees may change their truth when something falls."""

    def __init__(self, scene: Scene, found: Iterable[Requirement]) -> None:
        inventory = scene.inventory
        self._systems = frozenset(inventory.systems)
        self._every = frozenset((*inventory.assets, *inventory.systems))
        self._dependents: dict[str, set[str]] = {}
        for requirement in found:
            for id in leaves(requirement.tree):
                self._dependents.setdefault(scene.server_of(id), set()).add(requirement.dependent)
        ends = (end for link in inventory.links.values() for ids in link.ends_on.values() for end in ids)
        gateways = (member for segment in inventory.segments.values() for member in segment.gateway)
        self._ways = frozenset((*ends, *gateways))

    def by(self, fallen: Iterable[str]) -> frozenset[str]:
        """The subjects to judge again: dependents, those of systems on the way, everyone where a way may be broken."""
        waiting = list(fallen)
        if not self._ways.isdisjoint(waiting):
            return self._every
        touched: set[str] = set()
        while waiting:
            for dependent in self._dependents.get(waiting.pop(), set()) - touched:
                touched.add(dependent)
                if dependent in self._systems:
                    waiting.append(dependent)
        return frozenset(touched)
