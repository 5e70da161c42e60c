"""What follows from where things stand (contract, "Derived needs"), prepared once per inventory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.model.asset import NETWORK_KINDS, Asset, AssetKind
from planner.model.inventory import Inventory
from planner.scheduling.compiled import Declared
from planner.scheduling.hard_group import Group, hard_groups
from planner.scheduling.numbering import Numbering, carrier
from planner.scheduling.racking import in_racks

WITHOUT_NETWORK = NETWORK_KINDS | {AssetKind.UPS}
"""Kinds without derived network needs."""


@dataclass(slots=True)
class Derived:
    """By asset number: ``storage`` (number, may be remote, Mbit/s) and ``segments`` with a switch or gateway need.

    ``supply`` are by rack the UPSs of which one has to be up, empty where a feed does without. ``switches`` and
    ``gateways`` are by segment; ``switched`` are the rooms in which it needs a switch, because one stands there at the
    start or has the room as a target; ``routing`` the gateways and what may replace them. ``ends`` are of a line, by
    room, the devices of which one has to be up in it. ``groups`` are the circles of hard needs.
    """

    inventory: Inventory
    numbering: Numbering
    storage: list[tuple[int, bool, int | None] | None] = field(init=False)
    segments: list[tuple[str, ...]] = field(init=False)
    supply: list[tuple[int, ...]] = field(init=False)
    switches: dict[str, tuple[int, ...]] = field(init=False)
    switched: dict[str, frozenset[int]] = field(init=False)
    gateways: dict[str, tuple[int, ...]] = field(init=False)
    routing: dict[str, frozenset[int]] = field(init=False)
    ends: list[dict[int, tuple[int, ...]]] = field(init=False)
    replacements: dict[int, tuple[int, ...]] = field(init=False)
    groups: tuple[Group, ...] = field(init=False)
    _racks_in: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        assets, number = self.inventory.assets, self.numbering.subject
        self.groups = hard_groups(self.inventory)
        self.storage = [None] * len(assets)
        for cluster in self.inventory.clusters.values():
            for host in cluster.hosts if cluster.storage else ():
                self.storage[number[host]] = (number[cluster.storage or host], cluster.across, cluster.storage_mbps)
        self.segments = [() if asset.kind in WITHOUT_NETWORK else asset.segments for asset in assets.values()]
        self._racks_in = {room: [] for room in self.inventory.rooms}
        for i, rack in enumerate(self.inventory.racks.values()):
            self._racks_in[rack.room].append(i)
        self.supply = [self._supply(rack.feeds) for rack in self.inventory.racks.values()]
        carrying = {s: [a for a in assets.values() if _carries(a, s)] for s in self.inventory.segments}
        self.switches = {s: tuple(number[a.id] for a in switches) for s, switches in carrying.items()}
        self.switched = {s: frozenset(self._rooms(switches)) for s, switches in carrying.items()}
        self.gateways = {s.id: tuple(number[g] for g in s.gateway) for s in self.inventory.segments.values()}
        self.ends = [
            {self.numbering.room[room]: tuple(number[id] for id in ids) for room, ids in asset.ends.items()}
            for asset in assets.values()
        ]
        replacing: dict[str, list[str]] = {}
        for asset in assets.values():
            replacing.setdefault(asset.replaces or "", []).append(asset.id)
        self.replacements = {number[id]: tuple(self._replacing(id, replacing)) for id in assets}
        self.routing = {s: frozenset(self._with_replacements(set(g))) for s, g in self.gateways.items()}

    def _supply(self, feeds: tuple[str, ...]) -> tuple[int, ...]:
        ups = [self.inventory.circuits[feed].ups for feed in feeds]
        named = [self.numbering.subject[u] for u in ups if u]
        return tuple(dict.fromkeys(named)) if len(named) == len(ups) else ()

    def _rooms(self, switches: list[Asset]) -> Iterator[int]:
        for switch in switches:
            for position in (switch.at, *(stage.position for stage in switch.stages)):
                if position:
                    yield self.numbering.room[position.room]

    def _replacing(self, id: str, replacing: Mapping[str, Sequence[str]]) -> Iterator[int]:
        for other in replacing.get(id, ()):
            yield self.numbering.subject[other]
            yield from self._replacing(other, replacing)

    def _feeding(self, asset: Asset) -> Iterator[int]:
        """The UPSs of every rack in which the asset may ever stand."""
        for position in in_racks(asset):
            racks = (self.numbering.rack[position.rack],) if position.rack else self._racks_in[position.room]
            for rack in racks:
                yield from self.supply[rack]

    def providers(self, declared: Declared) -> list[frozenset[int]]:
        """By subject: every subject whose state may ever decide whether it holds."""
        return [
            frozenset(self._with_replacements(self._named(i, declared))) for i in range(len(self.numbering.subjects))
        ]

    def _with_replacements(self, named: set[int]) -> Iterator[int]:
        for i in named:
            yield i
            yield from self.replacements.get(i, ())

    def _named(self, i: int, declared: Declared) -> set[int]:
        trees = [need.tree for need in (*declared.needs[i], *declared.cloud[i])]
        runs_on = declared.runs_on[i]
        named = {leaf for tree in (*trees, *((runs_on,) if runs_on else ())) for leaf in tree.leaves()}
        return named | self._derived(i) if i < self.numbering.assets else named

    def _derived(self, i: int) -> set[int]:
        asset = self.inventory.assets[self.numbering.subjects[i]]
        storage, on = self.storage[i], carrier(asset)
        found = {storage[0]} if storage else set()
        found.update(self.numbering.subject[id] for id in ((on,) if on else ()))
        if asset.cluster and asset.cluster in self.inventory.clusters and asset.host:
            found.update(self.numbering.subject[host] for host in self.inventory.clusters[asset.cluster].hosts)
        for segment in self.segments[i]:
            found.update(self.switches[segment], self.gateways[segment])
        if not on:
            found.update(self._feeding(asset))
        for ids in asset.ends.values():
            found.update(self.numbering.subject[id] for id in ids)
        return found - {i}


def _carries(asset: Asset, segment: str) -> bool:
    return asset.kind is AssetKind.SWITCH and (asset.carries is None or segment in asset.carries)


def evaluation_order(providers: list[frozenset[int]]) -> list[int]:
    """Subjects with providers first as far as cycles allow: the post-order of a depth-first walk, by number."""
    order: list[int] = []
    seen = [False] * len(providers)
    for root in range(len(providers)):
        stack = [(root, iter(sorted(providers[root])))] if not seen[root] else []
        seen[root] = True
        while stack:
            node, rest = stack[-1]
            following = next((p for p in rest if not seen[p]), None)
            if following is None:
                order.append(node)
                stack.pop()
            else:
                seen[following] = True
                stack.append((following, iter(sorted(providers[following]))))
    return order
