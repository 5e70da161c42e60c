"""Which systems run on a subject: by name, as a host or chassis, as their hosts' storage."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.safety.moment import Moment
from planner.safety.world import World, replaced_by


class Above:
    """What of that does not change: who runs on which name, and which hosts have their disks on a storage."""

    def __init__(self, world: World) -> None:
        self._order = {id: number for number, id in enumerate(world.inventory.systems)}
        self._named = world.once(running_on)
        self._hosts = world.once(hosts_of_storages)

    def systems(self, moment: Moment, id: str) -> list[str]:
        """The systems that run on a subject now, directly or by way of others, in the order of the file."""
        found, seen, waiting = set[str](), {id}, [id]
        while waiting:
            here = waiting.pop()
            served = served_roles(moment, here)
            on = [system for role in served for system in self._named.get(role, ())]
            found.update(on)
            new = [each for each in (*on, *self._beneath_which(moment, here, served)) if each not in seen]
            seen.update(new)
            waiting += new
        return sorted(found, key=self._order.__getitem__)

    def _beneath_which(self, moment: Moment, id: str, served: Collection[str]) -> Iterator[str]:
        """What an asset carries now, itself or in a role that it serves, and the hosts that have their disks on it."""
        for each in dict.fromkeys((id, *served)):
            yield from moment.held(each)
        for role in served:
            yield from self._hosts.get(role, ())


def served_roles(moment: Moment, id: str) -> tuple[str, ...]:
    """The names under which an asset or system serves; its own until another asset has taken over its role.

    During a switch-over what hands a role over and what takes it over both count as serving it.
    """
    inventory = moment.world.inventory
    others = [old for old in roles(inventory, id) if old != id and moment.serves(old) == id]
    asset = inventory.assets.get(id)
    if asset is not None and asset.replaces is not None and moment.state.role[asset.replaces] is None:
        others += [old for old in roles(inventory, asset.replaces) if moment.serves(old) is None]
    return (*(() if moment.serves(id) not in (id, None) else (id,)), *others)


def roles(inventory: Inventory, id: str) -> Iterator[str]:
    """The asset itself, what it replaces, what that replaces, and so on; of a system nothing."""
    if id in inventory.assets:
        yield from (id, *replaced_by(inventory, id))


def running_on(world: World) -> Mapping[str, tuple[str, ...]]:
    """The systems that name each asset or system in what they run on, in the order of the file."""
    found: dict[str, list[str]] = defaultdict(list)
    for system in world.inventory.systems.values():
        for leaf in dict.fromkeys(leaves(system.runs_on)) if system.runs_on is not None else ():
            found[leaf].append(system.id)
    return {id: tuple(systems) for id, systems in found.items()}


def hosts_of_storages(world: World) -> Mapping[str, tuple[str, ...]]:
    """The hosts of the clusters that keep their disks on each storage."""
    found: dict[str, list[str]] = defaultdict(list)
    for cluster in world.inventory.clusters.values():
        if cluster.storage is not None:
            found[cluster.storage] += cluster.hosts
    return {id: tuple(dict.fromkeys(hosts)) for id, hosts in found.items()}
