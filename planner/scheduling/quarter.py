"""A part of an estate that is judged by itself: all that has a say in it is in it.

What it costs to judge a quarter does not depend on how large the rest of the estate is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from planner.model.asset import Asset, Cluster
from planner.model.inventory import Inventory
from planner.scheduling.community import lasting_bonds, on_links
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.provider import Providers
from planner.scheduling.racking import in_racks
from planner.scheduling.truth import Truth
from planner.scheduling.world import World

REMEMBERED = 16
"""How many states of a quarter are remembered: few, because there are many quarters."""


@dataclass(slots=True)
class Quarter:
    """``numbers`` are those of its subjects in the whole estate, whose links and rooms it shares."""

    inventory: Inventory
    truth: Truth
    numbers: Sequence[int]
    _racks: dict[int, int] = field(init=False, default_factory=dict)
    _subjects: dict[int, int] = field(init=False, default_factory=dict)
    _providers: Providers | None = field(init=False, default=None)

    @property
    def providers(self) -> Providers:
        if self._providers is None:
            self._providers = Providers(self.inventory)
        return self._providers

    def world(self, whole: World) -> World:
        """The quarter as it is in a state of the whole estate."""
        numbering, there = self.truth.numbering, whole.numbering
        if not self._subjects:
            self._subjects = {number: i for i, number in enumerate(self.numbers)}
            self._racks = {there.rack[rack]: i for i, rack in enumerate(numbering.racks)}
        world, assets, own = World(numbering), self.numbers[: numbering.assets], self._subjects
        world.state = bytearray(whole.state[i] for i in self.numbers)
        world.link = whole.link[:]
        world.room = [whole.room[i] for i in assets]
        world.rack = [self._racks.get(whole.rack[i], NOWHERE) for i in assets]
        world.unit = [whole.unit[i] for i in assets]
        world.host = [own.get(whole.host[i], NOWHERE) for i in assets]
        world.serve = [own.get(whole.serve[i], NOWHERE) for i in assets]
        world.renumbering = bytearray(whole.renumbering[i] for i in assets)
        world.stale = frozenset((own[a], own[b]) for a, b in whole.stale if a in own and b in own)
        world.updated = frozenset((own[a], own[b]) for a, b in whole.updated if a in own and b in own)
        return world


class Quarters:
    """Cuts quarters out of one estate."""

    def __init__(self, truth: Truth) -> None:
        self._truth = truth
        self._leant_on: list[list[int]] = [[] for _ in truth.leaning]
        for i, dependents in enumerate(truth.leaning):
            for dependent in dependents:
                self._leant_on[dependent].append(i)
        for bond in lasting_bonds(truth):
            for one, other in pairwise(bond):
                self._leant_on[one].append(other)
                self._leant_on[other].append(one)
        self._tie_guests()
        self._racks_in: dict[str, list[str]] = {}
        for rack in truth.inventory.racks.values():
            self._racks_in.setdefault(rack.room, []).append(rack.id)
        self._joints = on_links(truth)

    def _tie_guests(self) -> None:
        """What names a cluster leans on it, also before it is there."""
        inventory, number = self._truth.inventory, self._truth.numbering.subject
        self._clusters: dict[str, list[Cluster]] = {}
        for cluster in inventory.clusters.values():
            for host in cluster.hosts:
                self._clusters.setdefault(host, []).append(cluster)
        for asset in (a for a in inventory.assets.values() if a.cluster in inventory.clusters):
            hosts = inventory.clusters[asset.cluster or ""].hosts
            self._leant_on[number[asset.id]] += [number[host] for host in hosts]

    def of(self, subjects: Iterable[int]) -> Quarter:
        """The quarter of these subjects, with all that they lean on, directly or not."""
        found = {*subjects, *self._joints}
        waiting = list(found)
        while waiting:
            more = [i for i in self._leant_on[waiting.pop()] if i not in found]
            found.update(more)
            waiting += more
        numbers = sorted(found)
        inventory = self._inventory([self._truth.numbering.subjects[i] for i in numbers])
        return Quarter(inventory, Truth(inventory, REMEMBERED), numbers)

    def _inventory(self, ids: Sequence[str]) -> Inventory:
        """The facts about these subjects, in the order of the file; what concerns everybody stays as it is."""
        whole = self._truth.inventory
        assets = {id: whole.assets[id] for id in ids if id in whole.assets}
        segments = dict.fromkeys(segment for asset in assets.values() for segment in asset.segments)
        clusters = {c.id: c for id in assets for c in self._clusters.get(id, ())}
        racks = dict.fromkeys(rack for asset in assets.values() for rack in self._stands(asset))
        return replace(
            whole,
            assets=assets,
            systems={id: whole.systems[id] for id in ids if id in whole.systems},
            segments={id: whole.segments[id] for id in segments},
            clusters=clusters,
            racks={id: whole.racks[id] for id in racks},
        )

    def _stands(self, asset: Asset) -> Iterator[str]:
        """The racks in which an asset may ever stand."""
        for at in in_racks(asset):
            yield from (at.rack,) if at.rack else self._racks_in.get(at.room, ())
