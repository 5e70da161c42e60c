"""Whether one asset reaches another in a scene: same room, or a path of permanent links that carry the traffic."""

from collections.abc import Callable, Iterator

import networkx as nx

from planner.dependencies.scene import Scene
from planner.model.network import Link, Segment

Down = Callable[[str], bool]


class Reach:
    """Answers for one scene and one set of assets that are down; each path is looked for once.

    Parameters
    ----------
    scene : Scene
        Where the assets stand.
    down : callable
        Whether an asset is down.
    """

    def __init__(self, scene: Scene, down: Down) -> None:
        self._scene = scene
        self._down = down
        self._links = [link for link in scene.inventory.links.values() if self._is_usable(link)]
        self._tiers_joined: dict[frozenset[str], bool] = {}
        self._connected: dict[frozenset[str], list[frozenset[str]]] = {}

    def reaches(self, dependent: str, provider: str) -> bool:
        """Whether ``dependent`` reaches ``provider``; what stands nowhere is not reached."""
        here, there = self._scene.room(dependent), self._scene.room(provider)
        if here is None or there is None:
            return False
        if here == there:
            return True
        ours, theirs = self._segments(dependent), self._segments(provider)
        shared = {s.id for s in ours} & {s.id for s in theirs}
        if shared:
            common = (s for s in ours if s.id in shared and (s.stretch or s.client))
            return any(self._joined(here, there, frozenset({s.tier})) for s in common)
        if ours and theirs:
            return self._routed(here, there, ours, theirs)
        return self._joined(here, there, self._known_tiers(dependent) | self._known_tiers(provider))

    def dead_ends(self) -> Iterator[tuple[str, str]]:
        """Each link that is down because of its ends, with an asset that it ends on and that is down."""
        for link in self._scene.inventory.links.values():
            if self._is_valid(link):
                for ends in link.ends_on.values():
                    if all(self._down(end) for end in ends):
                        yield from ((link.id, end) for end in ends)

    def _segments(self, asset: str) -> list[Segment]:
        inventory = self._scene.inventory
        return [inventory.segments[id] for id in inventory.assets[asset].segments]

    def _known_tiers(self, asset: str) -> frozenset[str]:
        tier = self._scene.inventory.assets[asset].tier
        return frozenset(s.tier for s in self._segments(asset)) or (frozenset({tier}) if tier else frozenset())

    def _routed(self, here: str, there: str, ours: list[Segment], theirs: list[Segment]) -> bool:
        return any(
            self._has_gateway(a)
            and self._has_gateway(b)
            and self._permitted(a.tier, b.tier)
            and self._joined(here, there, frozenset({a.tier, b.tier}))
            for a in ours
            for b in theirs
        )

    def _has_gateway(self, segment: Segment) -> bool:
        return not segment.gateway or any(not self._down(member) for member in segment.gateway)

    def _permitted(self, a: str, b: str) -> bool:
        return a == b or any(set(permission.between) == {a, b} for permission in self._scene.inventory.permissions)

    def _joined(self, here: str, there: str, tiers: frozenset[str]) -> bool:
        """Whether a path of links leads from room to room, each of which carries one of the tiers (empty: any)."""
        if tiers not in self._connected:
            rooms: nx.Graph[str] = nx.Graph()
            rooms.add_edges_from(
                link.between for link in self._links if not link.tiers or not tiers or link.tiers & tiers
            )
            self._connected[tiers] = [frozenset(part) for part in nx.connected_components(rooms)]
        return any(here in part and there in part for part in self._connected[tiers])

    def _is_usable(self, link: Link) -> bool:
        return self._is_valid(link) and all(
            any(not self._down(end) and self._scene.room(end) == room for end in ends)
            for room, ends in link.ends_on.items()
        )

    def _is_valid(self, link: Link) -> bool:
        """Permanent and in force: before the first and after the last step there is no tested bridge."""
        begun = link.since is None or link.since <= self._scene.instant
        return not link.bridge and begun and (link.until is None or self._scene.instant < link.until)
