"""What no trip can take: heavier than the vehicle or elevator on its only way bears, or larger than its door (S16)."""

from collections.abc import Iterator
from itertools import pairwise

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.transport import Conveyance
from planner.plan.refusal import Reason
from planner.scheduling.binding import binds
from planner.scheduling.inevitable import is_carried

UNIT_CM = 4.445
"""The height of one rack unit (EIA-310)."""
RACK_CM = 48.3
"""The width of a device with its ears (EIA-310, 19 inches)."""


def unportable(inventory: Inventory) -> Iterator[Reason]:
    """Each asset that every plan carries, with what is on its way and does not take it."""
    for asset in inventory.assets.values():
        if is_carried(inventory, asset) and not (asset.host or asset.chassis):
            for number in dict.fromkeys(_ways(inventory, asset)):
                for id in inventory.routes[number].by:
                    if binds(inventory, "S16", asset.id, id):
                        yield from _too_much(asset, inventory.conveyances[id], number)


def _ways(inventory: Inventory, asset: Asset) -> Iterator[int]:
    """The numbers of the routes between the rooms that it goes through, where they are known."""
    places = (asset.at, *(stage.position for stage in asset.stages))
    rooms = [place.room for place in places if place is not None]
    for here, there in pairwise(rooms):
        ways = (n for n, route in enumerate(inventory.routes) if set(route.between) == {here, there})
        yield from ([] if here == there else [n for n in [next(ways, None)] if n is not None])


def _too_much(asset: Asset, by: Conveyance, number: int) -> Iterator[Reason]:
    """``kg <= max_kg``; the width and height of what stands in racks go through the opening one way or the other."""
    named, route = (asset.id, by.id), f"routes.{number}"
    if asset.kg is not None and by.max_kg is not None and asset.kg > by.max_kg:
        values = {"asset": asset.id, "by": by.id, "found": f"{asset.kg:.6g}", "limit": f"{by.max_kg:.6g}"}
        facts = (f"conveyances.{by.id}.max_kg", f"assets.{asset.id}.kg", route)
        yield Reason("fact_too_heavy_to_carry", named, values, facts)
    if asset.height is None or by.door_cm is None or asset.kind is AssetKind.TERMINALS:
        return
    size, door = sorted((RACK_CM, asset.height * UNIT_CM)), sorted(by.door_cm)
    if any(part > opening for part, opening in zip(size, door, strict=True)):
        told = {name: " x ".join(f"{part:.0f}" for part in sides) for name, sides in (("found", size), ("limit", door))}
        facts = (f"conveyances.{by.id}.door_cm", f"assets.{asset.id}.height", route)
        yield Reason("fact_too_large_to_carry", named, {"asset": asset.id, "by": by.id, **told}, facts)
