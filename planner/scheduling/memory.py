"""The memory of clusters: what runs has to fit into the hosts that are up (S04)."""

from planner.model.asset import AssetKind, Cluster
from planner.model.inventory import Inventory
from planner.scheduling.world import AssetState, World

RUNNING = frozenset({AssetState.UP, AssetState.STARTING})


def crowded(inventory: Inventory, world: World) -> frozenset[str]:
    """The clusters whose VMs ask for more GB than the hosts that are up have.

    A VM of unknown memory is not counted; of a host of unknown memory nobody can say that it is too small.
    """
    return frozenset(id for id, cluster in inventory.clusters.items() if _asked(inventory, world, cluster))


def _asked(inventory: Inventory, world: World, cluster: Cluster) -> bool:
    hosts = frozenset(world.numbering.subject[id] for id in cluster.hosts)
    guests = (a for a in inventory.assets.values() if a.kind is AssetKind.VM and a.memory_gb)
    running = (a for a in guests if world.host[world.numbering.subject[a.id]] in hosts)
    asked = sum(a.memory_gb or 0 for a in running if world.state_of(a.id) in RUNNING)
    has = [inventory.assets[id].memory_gb for id in cluster.hosts if world.state_of(id) is AssetState.UP]
    return None not in has and asked > sum(gb or 0 for gb in has)
