"""Reachability: which links a pair may use, and the shortest path over those that are usable."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.model.asset import Asset
from planner.model.inventory import Inventory
from planner.scheduling.numbering import NOWHERE, Numbering
from planner.scheduling.world import AssetState, LinkState, World
from planner.units.span import Minute

Path = tuple[int, ...]
"""Link numbers, from the dependent to the provider; empty inside one room."""

Mask = int
"""A set of links, bit ``i`` for link ``i``."""

Route = tuple[Mask, tuple[int, ...], tuple[int, ...]]
"""The links that carry the traffic of a pair, and the two gateway groups of which one each has to be up, if any."""


@dataclass(slots=True)
class Network:
    """The links of one inventory. Paths and routes are remembered; they depend on the masks alone."""

    inventory: Inventory
    numbering: Numbering
    assets: tuple[Asset, ...] = field(init=False)
    ends: list[tuple[int, int]] = field(init=False)
    tier_mask: dict[str | None, Mask] = field(init=False)
    permitted: frozenset[frozenset[str]] = field(init=False)
    _routes: dict[tuple[int, int], tuple[Route, ...]] = field(init=False, default_factory=dict)
    _paths: dict[tuple[int, int, Mask], Path | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        links, room = self.inventory.links.values(), self.numbering.room
        self.assets = tuple(self.inventory.assets.values())
        self.ends = [(room[link.between[0]], room[link.between[1]]) for link in links]
        self.tier_mask = {
            tier: sum(1 << i for i, link in enumerate(links) if not link.tiers or tier in link.tiers)
            for tier in {*self.inventory.tiers, *(s.tier for s in self.inventory.segments.values())}
        }
        self.tier_mask[None] = (1 << len(self.ends)) - 1
        self.permitted = frozenset(frozenset(p.between) for p in self.inventory.permissions)

    def usable(self, world: World, rooms: list[int], at: Minute) -> Mask:
        """The links that are open, tested, inside their dates, and whose ends are up."""
        mask = 0
        for i, link in enumerate(self.inventory.links.values()):
            dated = (link.since is None or link.since <= at) and (link.until is None or at < link.until)
            if dated and world.link[i] == LinkState.TESTED and self._ends_up(world, rooms, i):
                mask |= 1 << i
        return mask

    def _ends_up(self, world: World, rooms: list[int], i: int) -> bool:
        for room, ids in self.inventory.links[self.numbering.links[i]].ends_on.items():
            numbers = [self.numbering.subject[id] for id in ids]
            here = self.numbering.room[room]
            if numbers and not any(world.state[n] == AssetState.UP and rooms[n] == here for n in numbers):
                return False
        return True

    def routes(self, dependent: int, provider: int) -> tuple[Route, ...]:
        """The ways in which a pair may talk across rooms, by their segments and tiers; empty: none."""
        key = (dependent, provider)
        if key not in self._routes:
            self._routes[key] = self._find_routes(self.assets[dependent], self.assets[provider])
        return self._routes[key]

    def segment_mask(self, segment_id: str) -> Mask:
        """The links over which the segment may exist in two rooms at once; 0 where it may not."""
        segment = self.inventory.segments[segment_id]
        return self.tier_mask[segment.tier] if segment.stretch or segment.client else 0

    def _find_routes(self, a: Asset, b: Asset) -> tuple[Route, ...]:
        if not a.segments or not b.segments:
            return self._by_tier(a, b)
        shared = [s for s in a.segments if s in b.segments]
        if shared:
            return tuple((self.segment_mask(s), (), ()) for s in shared if self.segment_mask(s))
        routes = (self._between(s, t) for s in a.segments for t in b.segments)
        return tuple(dict.fromkeys(route for route in routes if route))

    def _by_tier(self, a: Asset, b: Asset) -> tuple[Route, ...]:
        segments = self.inventory.segments
        known: list[str | None] = [segments[s].tier for s in (*a.segments, *b.segments)]
        known = known or [tier for tier in (a.tier, b.tier) if tier] or [None]
        return tuple((self.tier_mask.get(tier, 0), (), ()) for tier in dict.fromkeys(known))

    def _between(self, one: str, other: str) -> Route | None:
        s, t = self.inventory.segments[one], self.inventory.segments[other]
        if (s.tier != t.tier and frozenset((s.tier, t.tier)) not in self.permitted) or not s.gateway or not t.gateway:
            return None
        numbers = self.numbering.subject
        gateways = tuple(numbers[g] for g in s.gateway), tuple(numbers[g] for g in t.gateway)
        return (self.tier_mask[s.tier] | self.tier_mask[t.tier], *gateways)

    def path(self, start: int, goal: int, mask: Mask) -> Path | None:
        """The path of fewest links of ``mask`` from room to room, of these the first by link ids; None if none."""
        key = (start, goal, mask)
        if key not in self._paths:
            self._paths[key] = self._find_path(start, goal, mask) if NOWHERE not in (start, goal) else None
        return self._paths[key]

    def _find_path(self, start: int, goal: int, mask: Mask) -> Path | None:
        ordered = sorted((i for i in range(len(self.ends)) if mask >> i & 1), key=self.numbering.links.__getitem__)
        found: dict[int, Path] = {start: ()}
        layer = [start]
        while layer and goal not in found:
            layer = self._next_layer(layer, ordered, found)
        return found.get(goal)

    def _next_layer(self, layer: list[int], ordered: list[int], found: dict[int, Path]) -> list[int]:
        """The rooms one link further. They come in the order of their paths, so the first path is the first by ids."""
        fresh: dict[int, Path] = {}
        for room in layer:
            for i in ordered:
                if room in self.ends[i]:
                    other = self.ends[i][self.ends[i][0] == room]
                    if other not in found and other not in fresh:
                        fresh[other] = (*found[room], i)
        found.update(fresh)
        return list(fresh)


def overflowing(inventory: Inventory, load: Mapping[str, int]) -> frozenset[str]:
    """The links with more Mbit/s on them than they carry; one of unknown capacity is the verifier's to report."""
    capacity = {id: inventory.links[id].mbps for id in load}
    return frozenset(id for id, mbps in load.items() if (most := capacity[id]) is not None and mbps > most)
