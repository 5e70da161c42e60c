"""What a subject leans on, by kind of need, over all places it may stand in: enough to order tasks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from planner.model.asset import NETWORK_KINDS, Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.need import NeedKind, leaves
from planner.scheduling.gateways import redundant
from planner.scheduling.hard_group import Group, hard_groups

STEADY = frozenset({AssetKind.UPS, *NETWORK_KINDS})
"""Kinds without derived network needs."""


@dataclass(slots=True)
class Providers:
    """The providers of each subject, trees read as all of, so a superset of what the truth uses.

    ``hard`` have to be stopped after it and started before it; ``live`` (and start) needs are up when it is checked,
    ``start`` needs when it starts. ``heirs`` take over, one after the other, the role of what others name. ``groups``
    are the circles of hard needs, ``spares`` what is one of several, or what such leans on.
    """

    inventory: Inventory
    hard: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    live: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    start: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    heirs: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    groups: tuple[Group, ...] = field(init=False)
    spares: frozenset[str] = field(init=False)
    _storages: dict[str, list[str]] = field(init=False, default_factory=dict)
    _switches: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.groups = hard_groups(self.inventory)
        for heir in (asset for asset in self.inventory.assets.values() if asset.replaces):
            for role in self._roles(heir):
                self.heirs[role] = (*self.heirs.get(role, ()), heir.id)
        for cluster in self.inventory.clusters.values():
            for host in dict.fromkeys(cluster.hosts) if cluster.storage else ():
                self._storages.setdefault(host, []).append(cluster.storage or host)
        for id in (*self.inventory.assets, *self.inventory.systems):
            starting = (n for n in self.inventory.subject(id).needs if n.kind is NeedKind.START)
            self.start[id] = tuple(dict.fromkeys(leaf for need in starting for leaf in leaves(need.tree)))
        for asset in self.inventory.assets.values():
            self.hard[asset.id] = tuple(dict.fromkeys(self._hard(asset)))
            self.live[asset.id] = tuple(dict.fromkeys(self._live(asset)))
        for system in self.inventory.systems.values():
            members = leaves(system.runs_on) if system.runs_on else iter(())
            declared = [id for n in system.needs if n.kind is NeedKind.HARD for id in leaves(n.tree)]
            self.hard[system.id] = tuple(dict.fromkeys([*members, *declared]))
            weak = (NeedKind.LIVE, NeedKind.START)
            self.live[system.id] = tuple(id for n in system.needs if n.kind in weak for id in leaves(n.tree))
        self.spares = redundant(self.inventory, self.leant_on)

    def in_roles(self, ids: Iterable[str]) -> Iterator[str]:
        """These subjects, each with all that may ever fill its role."""
        for id in ids:
            yield id
            yield from self.heirs.get(id, ())

    def _roles(self, heir: Asset) -> Iterator[str]:
        """By what names others may know the role that an asset takes over: the last holder's, and those before it."""
        role, seen = heir.replaces, {heir.id}
        while role is not None and role not in seen:
            seen.add(role)
            yield role
            role = self.inventory.assets[role].replaces

    def leant_on(self, id: str) -> tuple[str, ...]:
        """What a subject hard- or live-needs."""
        return (*self.hard.get(id, ()), *self.live.get(id, ()))

    def _hard(self, asset: Asset) -> Iterator[str]:
        yield from (id for n in asset.needs if n.kind is NeedKind.HARD for id in leaves(n.tree))
        yield from (id for id in (asset.host, asset.chassis) if id)
        if asset.kind is AssetKind.VM and asset.cluster:
            yield from self.inventory.clusters[asset.cluster].hosts
        yield from self._storages.get(asset.id, ())
        yield from self._feeding(asset)

    def _feeding(self, asset: Asset) -> Iterator[str]:
        places = [asset.at, *(stage.position for stage in asset.stages)]
        for rack in (p.rack for p in places if p and p.rack):
            for feed in self.inventory.racks[rack].feeds:
                ups = self.inventory.circuits[feed].ups
                if ups and ups != asset.id:
                    yield ups

    def _live(self, asset: Asset) -> Iterator[str]:
        for need in asset.needs:
            if need.kind in (NeedKind.LIVE, NeedKind.START):
                yield from leaves(need.tree)
        if asset.kind in STEADY:
            return
        for segment in asset.segments:
            yield from self.inventory.segments[segment].gateway
            yield from self._carriers(segment)

    def _carriers(self, segment: str) -> tuple[str, ...]:
        """The switches that forward a segment."""
        if segment not in self._switches:
            switches = (a for a in self.inventory.assets.values() if a.kind is AssetKind.SWITCH)
            self._switches[segment] = tuple(a.id for a in switches if carries(a, segment))
        return self._switches[segment]


def carries(asset: Asset, segment: str) -> bool:
    """Whether the asset is a switch that forwards the segment."""
    return asset.kind is AssetKind.SWITCH and (asset.carries is None or segment in asset.carries)
