"""The memory of clusters: what runs has to fit into the hosts that are up (S04)."""

from collections import defaultdict
from collections.abc import Mapping

from planner.model.asset import AssetKind, Cluster
from planner.model.inventory import Inventory
from planner.scheduling.world import AssetState, World

RUNNING = frozenset({AssetState.UP, AssetState.STARTING})


def crowded(inventory: Inventory, world: World) -> frozenset[str]:
    """The clusters whose VMs ask for more GB than the hosts that are up have.

    A VM of unknown memory is not counted; of a host of unknown memory nobody can say that it is too small.
    """
    if not inventory.clusters:
        return frozenset()
    asked: dict[int, int] = defaultdict(int)
    for i, asset in enumerate(inventory.assets.values()):
        if asset.memory_gb and asset.kind is AssetKind.VM and world.state[i] in RUNNING:
            asked[world.host[i]] += asset.memory_gb
    return frozenset(id for id, cluster in inventory.clusters.items() if _asked(inventory, world, cluster, asked))


def _asked(inventory: Inventory, world: World, cluster: Cluster, asked: Mapping[int, int]) -> bool:
    wanted = sum(asked.get(world.numbering.subject[id], 0) for id in cluster.hosts)
    has = [inventory.assets[id].memory_gb for id in cluster.hosts if world.state_of(id) is AssetState.UP]
    return None not in has and wanted > sum(gb or 0 for gb in has)
