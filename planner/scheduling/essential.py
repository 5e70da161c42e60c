"""The outage that no order of work avoids: what a system loses while something it cannot do without is carried.

Everything here holds for any plan that satisfies S03 and S21. It looks away from rooms, links and people, takes every
leaf as good but the one in question, and leaves out what may be replaced, leave, or migrate; so it never says too much.
Durations are the likely ones, in minutes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planner.calendar.memory import remembered
from planner.model.asset import Asset, AssetKind
from planner.model.chain import CHAINS, Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree, leaves
from planner.model.system import System

K = StepKind
LIVE_KINDS = frozenset({NeedKind.HARD, NeedKind.LIVE})
HARD_KINDS = frozenset({NeedKind.HARD})


def minutes_of(subject: Asset | System, *kinds: StepKind) -> int:
    """The likely minutes of these works together."""
    return sum(subject.works[kind].duration.likely for kind in kinds if kind in subject.works)


def away_minutes(asset: Asset) -> int:
    """How long an asset does not serve because of one of its own changes, from the first step to its check."""
    match asset.method:
        case Method.CARRY if asset.stages:
            # Of several stages the last gives the new address; the others take no time for it.
            again = (K.RENUMBER,) if asset.new_address and len(asset.stages) == 1 else ()
            return minutes_of(asset, *CHAINS[Method.CARRY], *again)
        case Method.RENUMBER:
            return minutes_of(asset, *CHAINS[Method.RENUMBER])
        case Method.RELAY if asset.kind is AssetKind.LINE:
            return minutes_of(asset, *((K.SWITCH_OVER,) if asset.dual_lay else CHAINS[Method.RELAY]))
    return 0


Margins = tuple[int, int]
"""The minutes before and after a mover is away in which a subject, for its sake, cannot serve either."""


@dataclass(slots=True)
class Essential:
    """``outage[s]``: the least unbroken outage of system s, as ``cause[s]`` moves; ``total[s]``: all of it. Minutes.

    Both are the largest that one mover alone forces: what hard-needs it is stopped before and started after it,
    provider by provider; what live-needs one of these is out as long as these are. Of a k-of-n tree fewer than k parts
    are left from the k-th smallest margin on, on either side.
    """

    inventory: Inventory
    outage: dict[str, int] = field(init=False)
    cause: dict[str, str] = field(init=False)
    total: dict[str, int] = field(init=False)
    replaced: frozenset[str] = field(init=False)
    _trees: dict[str, list[Tree]] = field(init=False)
    _hard: dict[str, list[Tree]] = field(init=False)
    _storages: dict[str, list[str]] = field(init=False)
    _named: dict[int, dict[str, list[str]]] = field(init=False, default_factory=dict)
    _voids: dict[int, Sequence[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        assets, systems = self.inventory.assets, self.inventory.systems
        self.replaced = frozenset(a.replaces for a in assets.values() if a.replaces)
        self._storages = {}
        for cluster in self.inventory.clusters.values():
            for host in cluster.hosts if cluster.storage else ():
                self._storages.setdefault(host, []).append(cluster.storage or host)
        every: tuple[Asset | System, ...] = (*assets.values(), *systems.values())
        self._hard = {subject.id: self._written(subject, HARD_KINDS) for subject in every}
        self._trees = {subject.id: self._written(subject, LIVE_KINDS) for subject in every}
        self.cause = {}
        self.outage, self.total = dict.fromkeys(systems, 0), dict.fromkeys(systems, 0)
        for asset in assets.values():
            away = away_minutes(asset) if asset.leaves is None else 0  # who leaves for the cloud may stay until then
            for system, margins in self.margins(asset.id).items() if away else ():
                if system in systems:
                    if away + sum(margins) > self.outage[system]:
                        self.cause[system] = asset.id
                    self.outage[system] = max(self.outage[system], away + sum(margins))
                    self.total[system] = max(self.total[system], away * max(1, len(asset.stages)) + sum(margins))

    def lost_without(self, mover: str) -> frozenset[str]:
        """Everything that does not hold while ``mover`` is away, however good all the rest is."""
        return self._lost(mover, self._trees)

    def margins(self, mover: str) -> dict[str, Margins]:
        """For everything that is lost without ``mover``, how much longer than the mover it cannot serve."""
        lost = self.lost_without(mover)
        stopped = self._stopped(mover)
        found: dict[str, Margins] = {}
        for subject in lost:
            self._margin(subject, stopped, lost, found)
        return found

    def _lost(self, mover: str, trees: Mapping[str, list[Tree]]) -> frozenset[str]:
        if mover in self.replaced:
            return frozenset()
        lost: set[str] = set()
        gone: set[str] = set()
        waiting = [mover, *self._void(trees)]
        while waiting:
            id = waiting.pop()
            if id in lost:
                continue
            lost.add(id)
            if id not in self.replaced:
                gone.add(id)
                near = (d for d in self._naming(trees).get(id, ()) if d not in lost)
                waiting += [d for d in near if not all(_holds(t, gone) for t in trees[d])]
        return frozenset(lost)

    def _naming(self, trees: Mapping[str, list[Tree]]) -> Mapping[str, Sequence[str]]:
        """By subject all whose trees name it."""
        if id(trees) not in self._named:
            found = self._named.setdefault(id(trees), {})
            for subject, written in trees.items():
                for leaf in dict.fromkeys(leaf for tree in written for leaf in leaves(tree)):
                    found.setdefault(leaf, []).append(subject)
        return self._named[id(trees)]

    def _void(self, trees: Mapping[str, list[Tree]]) -> Sequence[str]:
        """What would not hold if nothing were lost."""
        if id(trees) not in self._voids:
            self._voids[id(trees)] = [d for d, written in trees.items() if not all(_holds(t, set()) for t in written)]
        return self._voids[id(trees)]

    def _stopped(self, mover: str) -> dict[str, Margins]:
        """From the stop of what hard-needs the mover until its start is over, checks of assets included."""
        found: dict[str, Margins] = {mover: (0, 0)}
        lost = self._lost(mover, self._hard)
        for subject in lost:
            self._stop(subject, lost, found)
        return found

    def _stop(self, subject: str, lost: frozenset[str], found: dict[str, Margins]) -> Margins:
        if subject not in lost or subject in self.replaced:
            return 0, 0
        if subject not in found:
            found[subject] = 0, 0  # a cycle adds nothing to itself
            before, after = _all_of([self._of_tree(t, lost, found) for t in self._hard[subject]])
            stop, start = self._restart(subject)
            found[subject] = before + stop, after + start
        return found[subject]

    def _of_tree(self, tree: Tree, lost: frozenset[str], found: dict[str, Margins]) -> Margins:
        match tree:
            case Leaf(id):
                return self._stop(id, lost, found)
            case AllOf(parts):
                return _all_of([self._of_tree(part, lost, found) for part in parts])
            case AtLeast(count, parts):
                return _at_least(count, [self._of_tree(part, lost, found) for part in parts])

    def _margin(
        self, subject: str, stopped: Mapping[str, Margins], lost: frozenset[str], found: dict[str, Margins]
    ) -> Margins:
        """From when to when a subject that is lost does not hold: stopped, or without what it live-needs."""
        if subject not in found:
            found[subject] = 0, 0  # a cycle adds nothing to itself
            live = _all_of([self._out(t, stopped, lost, found) for t in self._trees[subject]])
            own = stopped.get(subject, (0, 0))
            system = self.inventory.systems.get(subject)
            accept = minutes_of(system, K.ACCEPT) if system and subject in stopped else 0
            found[subject] = max(own[0], live[0]), max(own[1] + accept, live[1])
        return found[subject]

    def _out(
        self, tree: Tree, stopped: Mapping[str, Margins], lost: frozenset[str], found: dict[str, Margins]
    ) -> Margins:
        match tree:
            case Leaf(id):
                return self._margin(id, stopped, lost, found) if id in lost - self.replaced else (0, 0)
            case AllOf(parts):
                return _all_of([self._out(part, stopped, lost, found) for part in parts])
            case AtLeast(count, parts):
                return _at_least(count, [self._out(part, stopped, lost, found) for part in parts])

    def _restart(self, subject: str) -> Margins:
        if subject in self.inventory.assets:
            asset = self.inventory.assets[subject]
            return minutes_of(asset, K.STOP), minutes_of(asset, K.START, K.CHECK)
        system = self.inventory.systems[subject]
        return minutes_of(system, K.STOP), minutes_of(system, K.START)

    def _written(self, subject: Asset | System, kinds: frozenset[NeedKind]) -> list[Tree]:
        if isinstance(subject, System):
            if subject.leaves is not None:
                return []
            runs_on = [subject.runs_on] if subject.runs_on else []
            return runs_on + self._lasting(subject.needs, kinds)
        return self._carried_by(subject) + self._lasting(subject.needs, kinds)

    def _lasting(self, needs: Iterable[Need], kinds: frozenset[NeedKind]) -> list[Tree]:
        horizon = self.inventory.project.horizon
        return [
            need.tree
            for need in needs
            if need.kind in kinds
            and (need.since is None or need.since <= horizon.start)
            and (need.until is None or need.until >= horizon.end)
        ]

    def _carried_by(self, asset: Asset) -> list[Tree]:
        """Host (any of the cluster where VMs may migrate), chassis, and the storage of a hypervisor's cluster."""
        trees: list[Tree] = [Leaf(asset.chassis)] if asset.chassis else []
        if asset.host:
            cluster = self.inventory.clusters.get(asset.cluster or "")
            hosts = dict.fromkeys((asset.host, *(cluster.hosts if cluster and cluster.live_migration else ())))
            trees.append(AtLeast(1, tuple(Leaf(host) for host in hosts), 1))
        return [*trees, *(Leaf(storage) for storage in self._storages.get(asset.id, ()))]


essential_of = remembered(Essential)
"""The same, worked out once for each inventory."""


def _all_of(parts: Sequence[Margins]) -> Margins:
    return max((before for before, _ in parts), default=0), max((after for _, after in parts), default=0)


def _at_least(count: int, parts: Sequence[Margins]) -> Margins:
    return sorted(before for before, _ in parts)[count - 1], sorted(after for _, after in parts)[count - 1]


def _holds(tree: Tree, lost: set[str]) -> bool:
    match tree:
        case Leaf(id):
            return id not in lost
        case AllOf(parts):
            return all(_holds(part, lost) for part in parts)
        case AtLeast(count, parts):
            return sum(_holds(part, lost) for part in parts) >= count
