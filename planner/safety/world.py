"""What of the inventory does not change while a plan runs: who wants what, and who has to be asked again when."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar, cast

from planner.model.asset import NETWORK_KINDS, Asset, AssetKind, Cluster
from planner.model.inventory import Inventory
from planner.model.need import AtLeast, Leaf, Need, NeedKind, Tree, leaves
from planner.model.system import System
from planner.safety.affected import Affected
from planner.units.span import Minute

WITHOUT_NETWORK = NETWORK_KINDS | {AssetKind.UPS}
"""Kinds whose needs on switches and gateways are declared, never derived."""


T = TypeVar("T")
Pair = tuple[str, str]

BINDING = frozenset({NeedKind.HARD, NeedKind.LIVE})
"""The kinds of needs without which a dependent is not available."""


class Source(StrEnum):
    """Where a want comes from; the derived ones follow the present place."""

    DECLARED = "declared"
    HOST = "host"
    STORAGE = "storage"
    POWER = "power"
    SWITCH = "switch"
    GATEWAY = "gateway"


@dataclass(frozen=True, slots=True)
class Want:
    """A need with its origin. ``fact`` is its path in the inventory, ``segment`` that of a switch or gateway want."""

    need: Need
    source: Source
    fact: str
    segment: str | None = None

    def active(self, minute: Minute) -> bool:
        since, until = self.need.since, self.need.until
        return (since is None or since <= minute) and (until is None or minute < until)


class World:
    """Tables of one inventory.

    ``users[x]`` are the subjects that may have to be judged again when x changes, ``suffering[x]`` those that may be
    unavailable without x, wherever they stand (but see `affected`: any asset may come to hang on any UPS).
    ``timed`` are the subjects whose needs are not always the same, ``hosts`` the (VM, host) and ``racks`` the
    (asset, rack) pairs that ``users`` knows.
    """

    def __init__(self, inventory: Inventory, hosts: Iterable[Pair] = (), racks: Iterable[Pair] = ()) -> None:
        self.inventory = inventory
        self.hosts = frozenset((*hosts, *_cluster_hosts(inventory)))
        self.racks = frozenset((*racks, *_racks(inventory)))
        self.declared = {id: _declared(f"{home}.{id}", subject.needs) for home, id, subject in _subjects(inventory)}
        self.in_cloud = {
            id: _declared(f"systems.{id}", s.cloud_needs, "cloud_needs") for id, s in inventory.systems.items()
        }
        self.members = {id: tuple(dict.fromkeys(leaves(s.runs_on))) for id, s in inventory.systems.items() if s.runs_on}
        self.storage = _storage(inventory)
        self.power = _power(inventory)
        self.switches = _switches(inventory)
        self.switched = {id: _switch_want(id, switches) for id, switches in self.switches.items() if switches}
        self.switched_rooms = {id: _rooms(inventory, switches) for id, switches in self.switches.items()}
        self.subjects = dict.fromkeys((*inventory.assets, *inventory.systems))
        self.gateways = {id: _gateway_want(id, s.gateway) for id, s in inventory.segments.items() if s.gateway}
        self.line_ends = _line_ends(inventory)
        known: dict[frozenset[str], frozenset[str]] = {}  # most of these sets are equal, and one of them is enough
        self.users = _users(self, frozenset(NeedKind), known)
        self.suffering = _users(self, BINDING, known)
        self.timed = frozenset(id for table in (self.declared, self.in_cloud) for id in table if _is_timed(table[id]))
        self.timed |= {id for id, system in inventory.systems.items() if system.leaves is not None}
        self._host_wants: dict[tuple[str, str], Want] = {}
        self._once: dict[object, object] = {}

    @classmethod
    def of(cls, inventory: Inventory, hosts: Iterable[Pair], racks: Iterable[Pair]) -> "World":
        """The world of an inventory in which these pairs occur; the last ones made are used again."""
        hosts, racks = frozenset(hosts), frozenset(racks)
        for world in _LAST:
            if world.inventory is inventory and hosts <= world.hosts and racks <= world.racks:
                return world
        _LAST.appendleft(cls(inventory, hosts, racks))
        return _LAST[0]

    def with_pairs(self, hosts: Iterable[Pair], racks: Iterable[Pair]) -> "World":
        """The world in which these pairs occur too."""
        hosts, racks = frozenset(hosts), frozenset(racks)
        if hosts <= self.hosts and racks <= self.racks:
            return self
        return World.of(self.inventory, self.hosts | hosts, self.racks | racks)

    @cached_property
    def affected(self) -> Affected:
        """The systems that need each subject, directly or through others."""
        sources = {ups for want in self.power.values() for ups in leaves(want.need.tree)}
        hanging = [asset.id for asset in self.inventory.assets.values() if asset.kind is not AssetKind.UPS]
        return Affected(self.inventory.systems, self.suffering, dict.fromkeys(sources, hanging))

    @cached_property
    def providers(self) -> Mapping[str, tuple[str, ...]]:
        """For each subject those whom it may reach in another room: of its needs and members, gateways of its segments.

        What it has in its own room or nowhere is not among them: switches, power, its host or chassis.
        """
        found: dict[str, list[str]] = {id: list(self.members.get(id, ())) for id in self.subjects}
        for table in (self.declared, self.in_cloud):
            for id, wants in table.items():
                found[id] += (leaf for want in wants for leaf in leaves(want.need.tree))
        for id, want in self.storage.items():
            found[id] += leaves(want.need.tree)
        for segment in self.inventory.segments.values():
            for id in segment.gateway:
                found[id] += segment.gateway
        for asset in self.inventory.assets.values():
            for id in asset.segments if self.has_derived_network(asset) else ():
                found[asset.id] += self.inventory.segments[id].gateway
        return {id: tuple(dict.fromkeys(asked)) for id, asked in found.items() if asked}

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """A number for each subject: what provides comes before its users, but where they go in a circle."""
        found: dict[str, int] = {}
        for start in self.subjects:
            _rank(start, self.users, found)
        size = len(found)
        return {id: size - number for id, number in found.items()}

    def once(self, work: Callable[["World"], T]) -> T:
        """What is worked out of the inventory alone: done when it is first asked for, and kept."""
        if work not in self._once:
            self._once[work] = work(self)
        return cast(T, self._once[work])

    def host_want(self, id: str, host: str) -> Want:
        """The want of a VM on this host, of a blade in this chassis."""
        key = (id, host)
        if key not in self._host_wants:
            self._host_wants[key] = Want(Need(NeedKind.HARD, Leaf(host)), Source.HOST, f"assets.{id}.host")
        return self._host_wants[key]

    def network_wants(self, segment: str, room: str) -> Iterator[Want]:
        """The wants of a member of ``segment`` in ``room``: a switch, where one ever stands there, and a gateway."""
        if room in self.switched_rooms[segment]:
            yield self.switched[segment]
        if segment in self.gateways:
            yield self.gateways[segment]

    def has_derived_network(self, asset: Asset) -> bool:
        return bool(asset.segments) and asset.kind not in WITHOUT_NETWORK


def _rank(start: str, users: Mapping[str, frozenset[str]], found: dict[str, int]) -> None:
    """Number a subject and all its users, direct or not, users first."""
    waiting = [(start, iter(users.get(start, ())))]
    open_ = {start}
    while waiting and start not in found:
        id, rest = waiting[-1]
        user = next((user for user in rest if user not in found and user not in open_), None)
        if user is None:
            waiting.pop()
            found[id] = len(found)
        else:
            open_.add(user)
            waiting.append((user, iter(users.get(user, ()))))


_LAST: deque[World] = deque(maxlen=4)
"""Worlds are never changed, so that whoever replays the same inventory again may share one."""


def _is_timed(wants: Iterable[Want]) -> bool:
    return any(want.need.since is not None or want.need.until is not None for want in wants)


def _cluster_hosts(inventory: Inventory) -> Iterator[Pair]:
    """A VM may come to every host of its cluster, and of the clusters to which its host belongs."""
    clusters: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in inventory.clusters.values():
        for host in cluster.hosts:
            clusters[host].append(cluster)
    for vm in inventory.assets.values():
        own = inventory.clusters.get(vm.cluster or "")
        for cluster in (*([own] if own is not None else []), *clusters.get(vm.host or "", ())):
            yield from ((vm.id, host) for host in cluster.hosts)


def _racks(inventory: Inventory) -> Iterator[Pair]:
    """Where each asset stands as the inventory says, at the start and later."""
    for asset in inventory.assets.values():
        for place in (asset.at, *(stage.position for stage in asset.stages)):
            if place is not None and place.rack is not None:
                yield asset.id, place.rack


def one_of(ids: Iterable[str], *, in_room: bool = False) -> Tree:
    """At least one of these assets."""
    parts = tuple(Leaf(id) for id in ids)
    return AtLeast(1, parts, 1, in_room=in_room)


def _switch_want(segment: str, switches: tuple[str, ...]) -> Want:
    need = Need(NeedKind.LIVE, one_of(switches, in_room=True))
    return Want(need, Source.SWITCH, f"segments.{segment}", segment)


def _gateway_want(segment: str, members: tuple[str, ...]) -> Want:
    return Want(Need(NeedKind.LIVE, one_of(members)), Source.GATEWAY, f"segments.{segment}.gateway", segment)


def _subjects(inventory: Inventory) -> Iterator[tuple[str, str, Asset | System]]:
    for id, asset in inventory.assets.items():
        yield "assets", id, asset
    for id, system in inventory.systems.items():
        yield "systems", id, system


def _declared(home: str, needs: tuple[Need, ...], key: str = "needs") -> tuple[Want, ...]:
    return tuple(Want(need, Source.DECLARED, f"{home}.{key}[{number}]") for number, need in enumerate(needs))


def _storage(inventory: Inventory) -> Mapping[str, Want]:
    """What each hypervisor of a cluster wants: its storage, in its room unless the cluster may be apart."""
    found: dict[str, Want] = {}
    for cluster in inventory.clusters.values():
        if cluster.storage is not None:
            need = Need(NeedKind.HARD, Leaf(cluster.storage), mbps=cluster.storage_mbps, same_room=not cluster.across)
            want = Want(need, Source.STORAGE, f"clusters.{cluster.id}.storage")
            found |= dict.fromkeys(cluster.hosts, want)
    return found


def _power(inventory: Inventory) -> Mapping[str, Want]:
    """What an asset in each rack wants of power: one of the UPSs, if every feed hangs on one."""
    found: dict[str, Want] = {}
    for rack in inventory.racks.values():
        sources = [inventory.circuits[feed].ups for feed in rack.feeds]
        known = tuple(dict.fromkeys(ups for ups in sources if ups is not None))
        if known and None not in sources:
            need = Need(NeedKind.HARD, one_of(known, in_room=True))
            found[rack.id] = Want(need, Source.POWER, f"racks.{rack.id}.feeds")
    return found


def _switches(inventory: Inventory) -> Mapping[str, tuple[str, ...]]:
    """The switches that carry each segment, in the order of the file."""
    found: dict[str, list[str]] = {id: [] for id in inventory.segments}
    for switch in inventory.assets.values():
        if switch.kind is AssetKind.SWITCH:
            for id in found if switch.carries is None else dict.fromkeys(switch.carries):
                if id in found:
                    found[id].append(switch.id)
    return {id: tuple(switches) for id, switches in found.items()}


def _rooms(inventory: Inventory, ids: Iterable[str]) -> frozenset[str]:
    assets = [inventory.assets[id] for id in ids]
    here = {a.at.room for a in assets if a.at is not None}
    return frozenset(here | {stage.position.room for a in assets for stage in a.stages})


def _line_ends(inventory: Inventory) -> Mapping[str, tuple[str, ...]]:
    """For each asset that lines end on, these lines."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in inventory.assets.values():
        for ends in line.ends.values():
            for end in ends:
                found[end].append(line.id)
    return {end: tuple(dict.fromkeys(lines)) for end, lines in found.items()}


def _users(
    world: World, kinds: frozenset[NeedKind], known: dict[frozenset[str], frozenset[str]]
) -> Mapping[str, frozenset[str]]:
    users: dict[str, set[str]] = defaultdict(set)
    for provider, user in _edges(world, kinds):
        users[provider].add(user)
    for id in world.inventory.assets:
        for older in replaced_by(world.inventory, id):
            users[id] |= users[older]
    frozen = ((id, frozenset(found)) for id, found in users.items())
    return {id: known.setdefault(found, found) for id, found in frozen}


def replaced_by(inventory: Inventory, id: str) -> Iterator[str]:
    """What an asset replaces, what that replaces, and so on, in whatever order they are written."""
    seen = {id}
    while (older := inventory.assets[id].replaces) is not None and older not in seen:
        seen.add(older)
        yield older
        id = older


def _edges(world: World, kinds: frozenset[NeedKind]) -> Iterator[tuple[str, str]]:
    """(provider, user): every pair that a declared need, a containment, a segment, a rack or a line's end can join."""
    inventory = world.inventory
    for table in (world.declared, world.in_cloud):
        for user, wants in table.items():
            known = [want.need for want in wants if want.need.kind in kinds]
            yield from ((leaf, user) for need in known for leaf in leaves(need.tree))
    for user, members in world.members.items():
        yield from ((member, user) for member in members)
    for host, want in world.storage.items():
        yield from ((leaf, host) for leaf in leaves(want.need.tree))
    for end, lines in world.line_ends.items():
        yield from ((end, line) for line in lines)
    yield from ((host, vm) for vm, host in world.hosts)
    for id, rack in world.racks:
        yield from ((ups, id) for ups in _sources(inventory, rack) if inventory.assets[id].kind is not AssetKind.UPS)
    for asset in inventory.assets.values():
        yield from ((provider, asset.id) for provider in _derived_providers(world, asset))


def _sources(inventory: Inventory, rack: str) -> Iterator[str]:
    """The UPSs behind the circuits of a rack."""
    for feed in inventory.racks[rack].feeds:
        ups = inventory.circuits[feed].ups
        yield from () if ups is None else (ups,)


def _derived_providers(world: World, asset: Asset) -> Iterator[str]:
    """Every asset on which a derived need of this one can be, wherever it stands."""
    yield from (host for host in (asset.host, asset.chassis) if host is not None)
    if world.has_derived_network(asset):
        for segment in asset.segments:
            yield from (*world.switches[segment], *world.inventory.segments[segment].gateway)
