"""The outage that no order of work avoids: what a system loses while something it cannot do without is carried.

Everything here holds for any plan that satisfies S03 and S21. It looks away from rooms, links and people, takes every
leaf as good but the one in question, and leaves out what may be replaced, leave, or migrate; so it never says too much.
Durations are the likely ones, in minutes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from planner.model.asset import Asset, AssetKind
from planner.model.chain import CHAINS, Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
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
            again = (K.RENUMBER,) if asset.new_address else ()
            return minutes_of(asset, *CHAINS[Method.CARRY], *again)
        case Method.RENUMBER:
            return minutes_of(asset, *CHAINS[Method.RENUMBER])
        case Method.RELAY if asset.kind is AssetKind.LINE:
            return minutes_of(asset, *((K.SWITCH_OVER,) if asset.dual_lay else CHAINS[Method.RELAY]))
    return 0


@dataclass(slots=True)
class Essential:
    """``outage[s]``: the least unbroken outage of system s; ``total[s]``: the least over the project. Minutes."""

    inventory: Inventory
    outage: dict[str, int] = field(init=False)
    total: dict[str, int] = field(init=False)
    replaced: frozenset[str] = field(init=False)
    _down: dict[str, int] = field(init=False, default_factory=dict)
    _trees: dict[str, list[Tree]] = field(init=False)
    _hard: dict[str, list[Tree]] = field(init=False)

    def __post_init__(self) -> None:
        assets, systems = self.inventory.assets, self.inventory.systems
        self.replaced = frozenset(a.replaces for a in assets.values() if a.replaces)
        every: tuple[Asset | System, ...] = (*assets.values(), *systems.values())
        self._hard = {subject.id: self._written(subject, HARD_KINDS) for subject in every}
        self._trees = {subject.id: self._written(subject, LIVE_KINDS) for subject in every}
        movers = {a.id: away_minutes(a) for a in assets.values() if away_minutes(a)}
        without = {mover: self.lost_without(mover) for mover in movers}
        hit = {s: [m for m in movers if s in without[m]] for s in systems}
        self.outage = {s: max([self._service_down(s), *(movers[m] for m in hit[s])]) for s in systems}
        stages = {m: max(1, len(assets[m].stages)) for m in movers}
        self.total = {s: max([self.outage[s], *(movers[m] * stages[m] for m in hit[s])]) for s in systems}

    def lost_without(self, mover: str) -> frozenset[str]:
        """Everything that does not hold while ``mover`` is away, however good all the rest is."""
        if mover in self.replaced:
            return frozenset()
        lost = {mover}
        while more := {
            d for d, trees in self._trees.items() if d not in lost and not all(_holds(t, lost) for t in trees)
        }:
            lost |= more
        return frozenset(lost)

    def _service_down(self, system: str) -> int:
        """The outage of a system that is stopped for what it hard-needs, acceptance included; 0 if it need not be."""
        down = self.down(system)
        return down and down + minutes_of(self.inventory.systems[system], K.ACCEPT)

    def down(self, subject: str) -> int:
        """From its stop until what hard-needs it may start: own changes, or a restart around a provider."""
        if subject not in self._down:
            self._down[subject] = 0  # a cycle adds nothing to itself
            needed = max((self.down(p) for p in self._indispensable(subject)), default=0)
            self._down[subject] = max(self._own(subject), needed and needed + self._restart(subject))
        return self._down[subject]

    def _own(self, subject: str) -> int:
        asset = self.inventory.assets.get(subject)
        return away_minutes(asset) if asset and asset.method is Method.CARRY else 0

    def _restart(self, subject: str) -> int:
        if subject in self.inventory.assets:
            return minutes_of(self.inventory.assets[subject], K.STOP, K.START, K.CHECK)
        return minutes_of(self.inventory.systems[subject], K.STOP, K.START)

    def _indispensable(self, subject: str) -> list[str]:
        """The providers of which each alone brings a hard tree down, in the order written."""
        named = dict.fromkeys(id for tree in self._hard[subject] for id in _leaves(tree))
        return [id for id in named if id not in self.replaced and not all(_holds(t, {id}) for t in self._hard[subject])]

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
        storages = (c.storage for c in self.inventory.clusters.values() if asset.id in c.hosts)
        return [*trees, *(Leaf(storage) for storage in storages if storage)]


def _holds(tree: Tree, lost: set[str]) -> bool:
    match tree:
        case Leaf(id):
            return id not in lost
        case AllOf(parts):
            return all(_holds(part, lost) for part in parts)
        case AtLeast(count, parts):
            return sum(_holds(part, lost) for part in parts) >= count


def _leaves(tree: Tree) -> Iterable[str]:
    return (tree.id,) if isinstance(tree, Leaf) else (id for part in tree.parts for id in _leaves(part))
