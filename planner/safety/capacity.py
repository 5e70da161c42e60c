"""The memory of clusters: what the hosts that are up have, and what the VMs that run ask for."""

from dataclasses import dataclass

from planner.model.asset import AssetKind, Cluster
from planner.safety.condition import Condition
from planner.safety.moment import Moment

RUNNING = frozenset({Condition.UP, Condition.STARTING})


@dataclass(frozen=True, slots=True)
class Memory:
    """In GB. ``unknown`` are hosts and VMs whose memory the inventory does not know; they are not counted.

    ``has`` is None where a host that is up is among them: then nobody can say that it is too little.
    """

    has: int | None
    asked: int
    unknown: tuple[str, ...]


def memory(moment: Moment, cluster: Cluster) -> Memory:
    """The memory of the hosts that are up against that of the VMs that run on hosts of the cluster."""
    assets = moment.world.inventory.assets
    hosts = [assets[id] for id in cluster.hosts if moment.condition[id] is Condition.UP]
    guests = [assets[id] for host in cluster.hosts for id in moment.held(host) if assets[id].kind is AssetKind.VM]
    running = sorted((vm for vm in guests if moment.condition[vm.id] in RUNNING), key=lambda vm: vm.id)
    return Memory(
        has=None if any(host.memory_gb is None for host in hosts) else sum(host.memory_gb or 0 for host in hosts),
        asked=sum(vm.memory_gb or 0 for vm in running),
        unknown=tuple(asset.id for asset in (*hosts, *running) if asset.memory_gb is None),
    )


def host_memory(moment: Moment, host: str) -> tuple[int, int]:
    """GB asked for by the VMs that run on one host or are migrating to it, and the GB that it has (0: unknown)."""
    assets = moment.world.inventory.assets
    asked = sum(assets[vm].memory_gb or 0 for vm in _running_on(moment, host))
    return asked, assets[host].memory_gb or 0


def is_crowded(moment: Moment, host: str) -> bool:
    """Whether migrations put more on a host than it bears; how it is filled at the start is the office's choice."""
    assets = moment.world.inventory.assets
    came = any(assets[vm].host != host for vm in _running_on(moment, host))
    asked, has = host_memory(moment, host)
    return came and assets[host].memory_gb is not None and asked > has


def _running_on(moment: Moment, host: str) -> list[str]:
    assets, condition = moment.world.inventory.assets, moment.condition
    coming = (vm for vm, target in moment.state.target.items() if target == host)
    vms = (id for id in dict.fromkeys((*moment.held(host), *coming)) if assets[id].kind is AssetKind.VM)
    return [vm for vm in vms if condition[vm] in RUNNING]
