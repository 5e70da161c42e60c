"""VMs that live on while their hosts are away: which go where before, and how they come back.

A host that moves or is renumbered is emptied first and gets its VMs back when it works again, so that what is done
decides where everything runs, in whatever order it was done. A host that retires is emptied for good.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.model.asset import Asset, AssetKind, Cluster
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.scheduling.judge import Judge
from planner.scheduling.network import overflowing
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.partners import redundancies
from planner.scheduling.seating import Guest, Seat, seat
from planner.scheduling.truth import Truth
from planner.scheduling.world import AssetState, World
from planner.units.span import Minute

AT_ONCE = 8
"""VMs that migrate in one step: what a hypervisor does at a time by default on a network of 10 Gbit/s."""

Leg = tuple[tuple[str, str], ...]
"""Migrations that are one step, as (VM, its new host)."""


@dataclass(frozen=True, slots=True)
class Evacuation:
    """``out`` are done before the hosts stop, ``back`` when they work again; each leg ends before the next begins."""

    out: tuple[Leg, ...]
    back: tuple[Leg, ...] = ()

    @property
    def guests(self) -> tuple[str, ...]:
        """The VMs that migrate."""
        return tuple(dict.fromkeys(vm for leg in (*self.out, *self.back) for vm, _ in leg))

    def emptied(self, world: World) -> World:
        """The estate before, when the hosts are empty."""
        return _with(world, (move for leg in self.out for move in leg))

    def leaving(self, world: World) -> Iterator[World]:
        """The states between the first leg out and the stop of the hosts, from the estate before."""
        for leg in self.out:
            world = _with(world, leg)
            yield world

    def returning(self, world: World) -> Iterator[World]:
        """The states between the check of the hosts and the last leg back, from the estate after."""
        refuge = {vm: host for leg in self.out for vm, host in leg}
        world = _with(world, ((vm, refuge[vm]) for leg in self.back for vm, _ in leg))
        for leg in self.back:
            yield world
            world = _with(world, leg)


class Evacuations:
    """Decides for one inventory whether and how hosts can be emptied.

    ``homes`` are the final hosts of VMs whose host retires. VMs and hosts of unknown memory stay out of it: that they
    fit is not known.
    """

    def __init__(self, inventory: Inventory, truth: Truth) -> None:
        self.inventory = inventory
        self.truth = truth
        self.cluster = {vm.id: found for vm in _vms(inventory) if (found := _cluster(inventory, vm))}
        self.siblings = redundancies(inventory)
        self.importance = _importance(inventory)
        self.homes = {} if not self.cluster else self._homes()

    def of(self, before: World, after: World, away: Iterable[str], at: Minute) -> Evacuation | None:
        """How the VMs that can leave ``away`` in ``before`` do so, and come back towards ``after``; None if none can.

        Of those that do not all find room the more important ones go, and the others stop with their host.
        """
        gone = self._with_blades(away)
        guests = self.guests(before, gone)
        goals = {vm: self._host(after, vm) for vm in guests}
        settled = {vm: host for vm, host in goals.items() if self._open(before, host, gone)}
        if not guests or not self._fit(before, settled):
            return None
        refuge = self._seats(before, [vm for vm in guests if vm not in settled], settled, gone, at)
        targets = {**settled, **refuge}
        while targets:
            out = self._legs(before, targets, at, reversible=True)
            coming = {vm: goals[vm] for vm in targets if vm not in settled}
            back = self._legs(_with(after, ((vm, targets[vm]) for vm in coming)), coming, at)
            stuck = targets.keys() - _movers(out) | coming.keys() - _movers(back)
            if not stuck:
                return Evacuation(out, back)
            targets = {vm: host for vm, host in targets.items() if vm not in stuck}
        return None

    def guests(self, world: World, hosts: Iterable[str]) -> tuple[str, ...]:
        """The VMs on these hosts, or on blades in them, that may migrate, in the order of the file."""
        on = self._with_blades(hosts)
        return tuple(vm for vm in self.cluster if self._runs(world, vm) and self._host(world, vm) in on)

    def _with_blades(self, boxes: Iterable[str]) -> frozenset[str]:
        named = frozenset(boxes)
        return named | frozenset(a.id for a in self.inventory.assets.values() if a.chassis in named)

    def _fit(self, world: World, settled: Mapping[str, str]) -> bool:
        """Whether the final hosts have the memory now; who retires or moves on may have to go first."""
        assets = self.inventory.assets
        asked = dict.fromkeys(settled.values(), 0)
        for vm in (vm.id for vm in _vms(self.inventory) if self._runs(world, vm.id)):
            host = settled.get(vm, self._host(world, vm))
            if host in asked:
                asked[host] += assets[vm].memory_gb or 0
        return all(gb <= (assets[host].memory_gb or 0) for host, gb in asked.items())

    def _homes(self) -> dict[str, str]:
        """A host that stays for each VM on one that retires, with everything that stays where it is."""
        assets = self.inventory.assets
        retiring = frozenset(id for id, asset in assets.items() if asset.method is Method.RETIRE)
        guests = [vm for vm in self.cluster if assets[vm].host in retiring and vm not in retiring]
        if not guests:
            return {}
        away = {*guests, *retiring}
        staying = {vm.id: vm.host or "" for vm in _vms(self.inventory) if vm.id not in away}
        rooms = {id: self._first_room(asset) for id, asset in assets.items()}
        return self._seated(guests, retiring, staying, rooms)

    def _first_room(self, asset: Asset) -> str:
        """Where an asset stands at the start, through its host or chassis; what is new, where it is put."""
        on = asset.host or asset.chassis
        if on:
            return self._first_room(self.inventory.assets[on])
        position = asset.at or (asset.stages[0].position if asset.stages else None)
        return position.room if position else ""

    def _seats(
        self, world: World, guests: Sequence[str], settled: Mapping[str, str], gone: frozenset[str], at: Minute
    ) -> dict[str, str]:
        """Where guests find refuge, next to all who stay and those who have ``settled``."""
        names, rooms = self.truth.numbering.rooms, dict[str, str]()
        for id in self.inventory.assets:
            room = world.room_of(self.truth.numbering.subject[id])
            rooms[id] = names[room] if room != NOWHERE else ""
        holding = self.truth.evaluate(world, at)
        closed = gone | {id for id in self._hosts(guests) if not holding.holds(id)}
        running = {vm.id: self._host(world, vm.id) for vm in _vms(self.inventory) if self._runs(world, vm.id)}
        staying = {vm: host for vm, host in running.items() if vm not in guests}
        return self._seated(guests, closed, {**staying, **settled}, rooms)

    def _seated(
        self, guests: Sequence[str], closed: frozenset[str], staying: Mapping[str, str], rooms: Mapping[str, str]
    ) -> dict[str, str]:
        """A host that is not ``closed`` for each guest, next to those that are ``staying`` where they are.

        Where there is not room for all, the most important come first.
        """
        asked = {vm: guest for vm in guests if (guest := self._guest(vm, closed, rooms))}
        seats = {host: self._seat(host, staying) for host in self._hosts(guests) if host not in closed}
        found = seat(list(asked.values()), seats)
        if found is not None:
            return found
        chosen: list[Guest] = []
        best: dict[str, str] = {}
        for vm in sorted(asked, key=lambda vm: (-self.importance.get(vm, 0), vm)):
            more = seat([*chosen, asked[vm]], seats)
            if more is not None:
                chosen, best = [*chosen, asked[vm]], more
        return best

    def _guest(self, id: str, closed: frozenset[str], rooms: Mapping[str, str]) -> Guest | None:
        vm, cluster = self.inventory.assets[id], self.cluster[id]
        work = vm.works.get(StepKind.MIGRATE)
        if vm.memory_gb is None or work is None or not work.duration.likely:
            return None
        here = rooms[id]
        near = [host for host in cluster.hosts if host not in closed and rooms[host] == here]
        far = [host for host in cluster.hosts if host not in closed and rooms[host] != here and cluster.across]
        return Guest(id, vm.memory_gb, (tuple(near), tuple(far)), frozenset(self._shunned(vm)), self.siblings[id])

    def _shunned(self, vm: Asset) -> Iterator[str]:
        yield from vm.apart_from
        yield from (other.id for other in self.inventory.assets.values() if vm.id in other.apart_from)

    def _seat(self, host: str, staying: Mapping[str, str]) -> Seat:
        guests = frozenset(vm for vm, on in staying.items() if on == host)
        has = self.inventory.assets[host].memory_gb
        taken = sum(self.inventory.assets[vm].memory_gb or 0 for vm in guests)
        unknown = any(self.inventory.assets[vm].memory_gb is None for vm in guests)
        return Seat(0 if has is None or unknown else max(0, has - taken), guests)

    def _hosts(self, guests: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(host for vm in guests for host in self.cluster[vm].hosts))

    def _legs(self, world: World, goals: Mapping[str, str], at: Minute, *, reversible: bool = False) -> tuple[Leg, ...]:
        """Steps in which the VMs reach their hosts, as many at a time as the links bear; who cannot is in none.

        ``reversible``: each can be undone as well, the last first.
        """
        left, legs = self._heaviest_first(goals), list[Leg]()
        while leg := self._leg(world, left, at, reversible=reversible):
            legs.append(leg)
            left = [move for move in left if move not in leg]
            world = _with(world, leg)
        return tuple(legs)

    def _heaviest_first(self, goals: Mapping[str, str]) -> list[tuple[str, str]]:
        """What loads links most goes while the least crosses them."""
        return sorted(goals.items(), key=lambda move: (-(self.inventory.assets[move[0]].migrate_mbps or 0), move[0]))

    def _leg(self, world: World, left: Sequence[tuple[str, str]], at: Minute, *, reversible: bool) -> Leg:
        """As many as migrate together without harm, in their order; empty if not even one does."""
        leg: Leg = tuple(left[:AT_ONCE])
        if leg and self._may_go(world, leg, at, reversible=reversible):
            return leg
        leg = ()
        for move in left:
            if len(leg) < AT_ONCE and self._may_go(world, (*leg, move), at, reversible=reversible):
                leg = (*leg, move)
        return leg

    def _may_go(self, world: World, leg: Leg, at: Minute, *, reversible: bool) -> bool:
        home = tuple((vm, self._host(world, vm)) for vm, _ in leg)
        back = not reversible or self._bears(_with(world, leg), home, at)
        return back and self._bears(world, leg, at)

    def _bears(self, world: World, leg: Leg, at: Minute) -> bool:
        """Whether all ways are open and every link carries what it carries anyway and the migrations."""
        found = self.truth.evaluate(world, at)
        load = dict(found.load)
        for vm, host in leg:
            way = self._way(found.judge, vm, self._host(world, vm), host)
            if way is None or not found.holds(vm) or not found.holds(host):
                return False
            for link in way:
                load[link] = load.get(link, 0) + (self.inventory.assets[vm].migrate_mbps or 0)
        return not overflowing(self.inventory, load)

    def _way(self, judge: Judge, vm: str, here: str, there: str) -> tuple[str, ...] | None:
        """The links that the migration loads; None where there is no way, or none that the cluster may use."""
        one, other = self.truth.numbering.subject[here], self.truth.numbering.subject[there]
        if judge.room[one] == judge.room[other]:
            return ()
        path = judge.path(one, other) if self.cluster[vm].across else None
        return None if path is None else tuple(self.truth.numbering.links[link] for link in path)

    def _open(self, world: World, host: str, gone: frozenset[str]) -> bool:
        return host not in gone and world.state_of(host) is AssetState.UP

    def _runs(self, world: World, vm: str) -> bool:
        return world.state_of(vm) is AssetState.UP

    def _host(self, world: World, vm: str) -> str:
        return self.truth.numbering.subjects[world.host[self.truth.numbering.subject[vm]]]


def _with(world: World, moves: Iterable[tuple[str, str]]) -> World:
    changed = world.copy()
    for vm, host in moves:
        changed.set_host(vm, host)
    return changed


def _movers(legs: Iterable[Leg]) -> frozenset[str]:
    return frozenset(vm for leg in legs for vm, _ in leg)


def _importance(inventory: Inventory) -> Mapping[str, int]:
    """By asset what a minute without the systems that run on it costs."""
    found: dict[str, int] = {}
    for system in inventory.systems.values():
        for id in leaves(system.runs_on) if system.runs_on else ():
            found[id] = found.get(id, 0) + inventory.policy.weights.criticality[system.criticality]
    return found


def _vms(inventory: Inventory) -> Iterator[Asset]:
    return (asset for asset in inventory.assets.values() if asset.kind is AssetKind.VM and asset.host)


def _cluster(inventory: Inventory, vm: Asset) -> Cluster | None:
    """The cluster in which the VM may migrate."""
    found = inventory.clusters.get(vm.cluster or "")
    return found if found is not None and found.live_migration and vm.host in found.hosts else None
