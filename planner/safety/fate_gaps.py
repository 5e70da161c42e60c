"""What has to be known to say which members of a redundancy fail together, and is not (S05)."""

from typing import NamedTuple

from planner.model.asset import NETWORK_KINDS, AssetKind
from planner.model.need import leaves
from planner.model.place import RoomKind
from planner.safety.condition import Condition
from planner.safety.moment import Moment
from planner.safety.redundancy import trees
from planner.safety.world import BINDING, World

BOXED = NETWORK_KINDS | {AssetKind.SERVER, AssetKind.HYPERVISOR, AssetKind.STORAGE, AssetKind.APPLIANCE}
MACHINE_ROOMS = frozenset({RoomKind.SERVER_ROOM, RoomKind.TEMPORARY})


class Gap(NamedTuple):
    """A value that is not known: of which rack or asset, which, and where it would stand."""

    id: str
    what: str
    fact: str


def choices_of(world: World) -> tuple[str, ...]:
    """The members of the redundancies that needs and systems declare."""
    wanted = [w.need.tree for wants in world.declared.values() for w in wants if w.need.kind in BINDING]
    wanted += [system.runs_on for system in world.inventory.systems.values() if system.runs_on is not None]
    members = (leaf for tree in wanted for choice in trees(tree) for leaf in leaves(choice))
    return tuple(dict.fromkeys(id for id in members if id in world.inventory.assets))


def gaps_of(moment: Moment, id: str) -> tuple[Gap, ...]:
    """What is not known of a member that is up: its rack, the circuits of the rack, the router that a line ends on."""
    inventory, room = moment.world.inventory, moment.room(id)
    asset, place = inventory.assets[id], moment.place.get(id)
    if room is None or moment.condition[id] is not Condition.UP:
        return ()
    if asset.kind is AssetKind.LINE:
        return () if asset.ends.get(room) else (Gap(id, "ends", f"assets.{id}.ends"),)
    if asset.kind not in BOXED or inventory.rooms[room].kind not in MACHINE_ROOMS:
        return ()
    if place is None or place.rack is None:
        return (Gap(id, "rack", f"assets.{id}.at"),)
    return () if inventory.racks[place.rack].feeds else (Gap(place.rack, "feeds", f"racks.{place.rack}.feeds"),)
