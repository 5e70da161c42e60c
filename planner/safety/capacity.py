"""The memory of clusters: what the hosts that are up have, and what the VMs that run ask for."""

from dataclasses import dataclass

from planner.model.asset import AssetKind, Cluster
from planner.safety.condition import Condition
from planner.safety.moment import Moment

RUNNING = frozenset({Condition.UP, Condition.STARTING})


@dataclass(frozen=True, slots=True)
class Memory:
    """In GB. ``unknown`` are hosts and VMs whose memory the inventory does not know; they are not counted."""

    has: int
    asked: int
    unknown: tuple[str, ...]


def memory(moment: Moment, cluster: Cluster) -> Memory:
    """The memory of the hosts that are up against that of the VMs that run on hosts of the cluster."""
    assets = moment.world.inventory.assets
    hosts = [assets[id] for id in cluster.hosts if moment.condition[id] is Condition.UP]
    guests = [vm for vm in assets.values() if vm.kind is AssetKind.VM and moment.host.get(vm.id) in cluster.hosts]
    running = [vm for vm in guests if moment.condition[vm.id] in RUNNING]
    return Memory(
        has=sum(host.memory_gb or 0 for host in hosts),
        asked=sum(vm.memory_gb or 0 for vm in running),
        unknown=tuple(asset.id for asset in (*hosts, *running) if asset.memory_gb is None),
    )
