"""Where the VMs of a host can go that does not come up."""

from collections.abc import Iterator, Mapping

from planner.model.asset import Cluster
from planner.model.inventory import Inventory
from planner.safety.condition import Condition, State


def other_hosts(inventory: Inventory, host: str, end: State) -> dict[str, str]:
    """For each VM that is left on a host a host of the same cluster that is up in the end and has memory for it.

    The largest VM goes first, to where most memory is free. A VM or a host whose memory is not known is not placed, nor
    a VM beside one that it has to be apart from; what the cluster keeps on no common storage cannot be started
    elsewhere.
    """
    cluster = next((each for each in inventory.clusters.values() if host in each.hosts), None)
    if cluster is None or (cluster.storage is None and not cluster.live_migration):
        return {}
    free = dict(_free(inventory, cluster, host, end))
    stays: dict[str, str] = dict(end.host)
    found: dict[str, str] = {}
    for vm in sorted((id for id, at in end.host.items() if at == host), key=lambda id: (-_memory(inventory, id), id)):
        goal = _goal(inventory, vm, free, stays)
        if goal is not None:
            free[goal] -= _memory(inventory, vm)
            found[vm] = stays[vm] = goal
    return found


def _free(inventory: Inventory, cluster: Cluster, lost: str, end: State) -> Iterator[tuple[str, int]]:
    for host in cluster.hosts:
        memory = inventory.assets[host].memory_gb
        if host != lost and memory is not None and end.condition[host] is Condition.UP:
            held = (vm for vm, at in end.host.items() if at == host and end.condition[vm] is not Condition.GONE)
            yield host, memory - sum(_memory(inventory, vm) for vm in held)


def _goal(inventory: Inventory, vm: str, free: Mapping[str, int], stays: Mapping[str, str]) -> str | None:
    needed, apart = inventory.assets[vm].memory_gb, _apart(inventory, vm)
    if needed is None:
        return None
    fitting = [h for h, left in free.items() if left >= needed and not any(stays.get(other) == h for other in apart)]
    return max(fitting, key=lambda host: (free[host], host), default=None)


def _apart(inventory: Inventory, vm: str) -> set[str]:
    others = {id for id, asset in inventory.assets.items() if vm in asset.apart_from}
    return others | set(inventory.assets[vm].apart_from)


def _memory(inventory: Inventory, vm: str) -> int:
    return inventory.assets[vm].memory_gb or 0
