"""What circuits, UPSs and rooms bear: current also with one feed lost, supply, cooling (S17)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from planner.model.asset import AssetKind
from planner.model.inventory import Inventory
from planner.model.place import Rack, Room, RoomKind
from planner.plan.finding import Finding
from planner.safety.occupancy import Load
from planner.safety.racking import Standing, fault, unknown
from planner.safety.world import World

Racks = Iterable[tuple[str, tuple[Standing, ...]]]
"""Racks with what stands in them."""
MACHINE_ROOMS = frozenset({RoomKind.SERVER_ROOM, RoomKind.TEMPORARY})


@dataclass(slots=True)
class Draw:
    """VA on each circuit: ``base`` with all feeds up; ``shared[c][d]`` comes on top of c when feed d is lost."""

    base: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    shared: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))

    def add(self, va: float, feeds: tuple[str, ...]) -> None:
        """One device: on one feed all of it, on two half of it each, and all of it when the other is lost."""
        for feed in feeds:
            self.base[feed] += va / len(feeds)
        if len(feeds) == 2:
            one, other = feeds
            self.shared[one][other] += va / 2
            self.shared[other][one] += va / 2

    def worst(self, circuits: Iterable[str]) -> float:
        """The load of these circuits together, with the worst of the other feeds lost."""
        own = frozenset(circuits)
        lost: dict[str, float] = defaultdict(float)
        for circuit in own:
            for other, va in self.shared.get(circuit, {}).items():
                if other not in own:
                    lost[other] += va
        return sum(self.base.get(circuit, 0.0) for circuit in own) + max(lost.values(), default=0.0)


class Feeds:
    """Which racks hang on each circuit, and on each UPS."""

    def __init__(self, world: World) -> None:
        self.of_circuit: dict[str, list[str]] = defaultdict(list)
        self.of_ups: dict[str, list[str]] = defaultdict(list)
        for rack in world.inventory.racks.values():
            for feed in dict.fromkeys(rack.feeds):
                self.of_circuit[feed].append(rack.id)
            for ups in dict.fromkeys(world.inventory.circuits[feed].ups for feed in rack.feeds):
                if ups is not None:
                    self.of_ups[ups].append(rack.id)


def rack_power_faults(inventory: Inventory, rack: Rack, standing: tuple[Standing, ...]) -> Iterator[Finding]:
    """What is not known of a rack in which something draws power."""
    if not rack.feeds and any(each.powered for each in standing):
        yield unknown(rack.id, "feeds", folder="racks")
    for each in standing:
        if _draws(inventory, each) and inventory.assets[each.id].va is None:
            yield unknown(each.id, "va")


def circuit_faults(inventory: Inventory, id: str, racks: Racks) -> Iterator[Finding]:
    """Each circuit ``<= volts * amps * share``, for what draws power in the racks that hang on it."""
    circuit, draw = inventory.circuits[id], _draw(inventory, racks)
    limit, load = circuit.volts * circuit.amps * circuit.share, draw.worst((id,))
    if id in draw.base and load > limit:
        values = {"found": f"{load:.0f}", "limit": f"{limit:.0f}", "excess": f"{load - limit:.3f}"}
        yield fault("s17.circuit", (id, circuit.room), values, (f"circuits.{id}",))


def ups_faults(inventory: Inventory, ups: str, racks: Racks) -> Iterator[Finding]:
    """Each UPS ``<= va``, for what draws power in the racks that hang on it."""
    draw = _draw(inventory, racks)
    circuits = [id for id in sorted(draw.base) if inventory.circuits[id].ups == ups]
    limit, load = inventory.assets[ups].va, draw.worst(circuits)
    if limit is None and circuits:
        yield unknown(ups, "va")
    elif limit is not None and load > limit:
        values = {"found": f"{load:.0f}", "limit": str(limit), "excess": f"{load - limit:.3f}"}
        yield fault("s17.ups", (ups,), values, (f"assets.{ups}.va",))


def _draw(inventory: Inventory, racks: Racks) -> Draw:
    draw = Draw()
    for rack, standing in racks:
        feeds = inventory.racks[rack].feeds
        for each in standing if feeds else ():
            asset = inventory.assets[each.id]
            if _draws(inventory, each) and asset.va is not None:
                draw.add(asset.va, feeds[: 2 if asset.supplies > 1 else 1])
    return draw


def _draws(inventory: Inventory, each: Standing) -> bool:
    return each.powered and inventory.assets[each.id].kind is not AssetKind.UPS


def room_faults(room: Room, load: Load) -> Iterator[Finding]:
    """All that draws power in the room ``<= va`` and ``<= cooling_w`` (a VA counts as a watt of heat)."""
    for what, limit in (("va", room.va), ("cooling_w", room.cooling_w)) if load.powered else ():
        if limit is None and room.kind in MACHINE_ROOMS:
            yield unknown(room.id, what, folder="rooms")
        if limit is None:
            continue
        yield from (unknown(id, "va") for id in load.unknown)
        if load.va > limit:
            values = {"found": str(load.va), "limit": str(limit), "excess": str(load.va - limit)}
            yield fault(f"s17.room_{what}", (room.id,), values, (f"rooms.{room.id}.{what}",))
