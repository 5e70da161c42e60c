"""Which room can be reached from which, over which links."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from planner.model.inventory import Inventory

Path = tuple[str, ...]


class Standpoint(NamedTuple):
    """Where somebody stands and as what: room (None: on the way), segments, and tier where there is no segment."""

    room: str | None
    segments: tuple[str, ...] = ()
    tier: str | None = None


class Network:
    """The usable links at an instant, and the segments whose gateway is up; paths are looked up once.

    Parameters
    ----------
    usable : frozenset of str
        Ids of the links that may be used.
    routed : frozenset of str
        Ids of the segments with a gateway member that is up.
    """

    def __init__(self, inventory: Inventory, usable: frozenset[str], routed: frozenset[str]) -> None:
        self._inventory = inventory
        self.usable = usable
        self.routed = routed
        self._permitted = {frozenset(p.between) for p in inventory.permissions}
        self._paths: dict[tuple[Standpoint, Standpoint], Path | None] = {}
        self._shortest: dict[tuple[str, str, frozenset[str] | None], Path | None] = {}

    def path(self, here: Standpoint, there: Standpoint) -> Path | None:
        """The links between the two: the fewest, then the first by id; empty in one room; None: unreachable."""
        if here.room is None or there.room is None:
            return None
        if here.room == there.room:
            return ()
        key = (here, there)
        if key not in self._paths:
            self._paths[key] = self._first(here.room, there.room, self._ways(here, there))
        return self._paths[key]

    def path_on(self, segment: str, here: str | None, there: str | None) -> Path | None:
        """The same on one segment, as a gateway or a partner of a group is reached."""
        if here is None or there is None:
            return None
        return () if here == there else self._first(here, there, self._stretched((segment,)))

    def _first(self, here: str, there: str, ways: Iterable[frozenset[str] | None]) -> Path | None:
        found = [path for tiers in ways if (path := self._along(here, there, tiers)) is not None]
        return min(found, key=lambda path: (len(path), path), default=None)

    def _ways(self, here: Standpoint, there: Standpoint) -> Iterator[frozenset[str] | None]:
        """The sets of tiers of which every link of a path has to carry one (None: any link will do)."""
        shared = [s for s in here.segments if s in there.segments]
        if shared:
            yield from self._stretched(shared)
        elif here.segments and there.segments:
            yield from self._routes(here.segments, there.segments)
        else:
            yield from self._known(here, there)

    def _stretched(self, segments: Iterable[str]) -> Iterator[frozenset[str]]:
        for segment in (self._inventory.segments[id] for id in segments):
            if segment.stretch or segment.client:
                yield frozenset({segment.tier})

    def _routes(self, here: tuple[str, ...], there: tuple[str, ...]) -> Iterator[frozenset[str]]:
        for one, other in product(here, there):
            tiers = frozenset({self._inventory.segments[one].tier, self._inventory.segments[other].tier})
            if {one, other} <= self.routed and (len(tiers) == 1 or tiers in self._permitted):
                yield tiers

    def _known(self, here: Standpoint, there: Standpoint) -> Iterator[frozenset[str] | None]:
        """Where a segment is missing: the tiers of the other's segments, else those of both, else any link."""
        segments = (*here.segments, *there.segments)
        known = [self._inventory.segments[id].tier for id in segments]
        known = known or [tier for tier in (here.tier, there.tier) if tier is not None]
        yield from (frozenset({tier}) for tier in dict.fromkeys(known))
        if not known:
            yield None

    def _along(self, here: str, there: str, tiers: frozenset[str] | None) -> Path | None:
        key = (here, there, tiers)
        if key not in self._shortest:
            self._shortest[key] = shortest(self._steps(tiers), here, there)
        return self._shortest[key]

    def _steps(self, tiers: frozenset[str] | None) -> Mapping[str, list[tuple[str, str]]]:
        steps: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for id in sorted(self.usable):
            link = self._inventory.links[id]
            if tiers is None or not link.tiers or link.tiers & tiers:
                for one, other in (link.between, link.between[::-1]):
                    steps[one].append((id, other))
        return steps


def shortest(steps: Mapping[str, list[tuple[str, str]]], here: str, there: str) -> Path | None:
    """The path with the fewest links, among these the first by link ids; ``steps`` lists (link, room) by link id."""
    front: dict[str, Path] = {here: ()}
    seen = {here}
    while front:
        if there in front:
            return front[there]
        reached: dict[str, Path] = {}
        for room, path in sorted(front.items(), key=lambda item: item[1]):
            for link, other in steps.get(room, ()):
                if other not in seen:
                    reached[other] = min(reached.get(other, (*path, link)), (*path, link))
        seen |= reached.keys()
        front = reached
    return None
