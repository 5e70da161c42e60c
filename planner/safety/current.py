"""What circuits, UPSs and rooms bear: current also with one feed lost, supply, cooling (S17)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planner.model.asset import AssetKind
from planner.model.inventory import Inventory
from planner.model.place import Room, RoomKind
from planner.plan.finding import Finding
from planner.safety.racking import Standing, fault, unknown

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


def power_faults(inventory: Inventory, racks: Mapping[str, tuple[Standing, ...]]) -> Iterator[Finding]:
    """Each circuit ``<= volts * amps * share``, each UPS ``<= va``, for what draws power in the racks."""
    draw = Draw()
    for rack, standing in racks.items():
        if not inventory.racks[rack].feeds and any(each.powered for each in standing):
            yield unknown(rack, "feeds", folder="racks")
        for each in standing:
            yield from _hang(inventory, draw, inventory.racks[rack].feeds, each)
    for id in sorted(draw.base):
        circuit = inventory.circuits[id]
        limit, load = circuit.volts * circuit.amps * circuit.share, draw.worst((id,))
        if load > limit:
            values = {"found": f"{load:.0f}", "limit": f"{limit:.0f}", "excess": f"{load - limit:.3f}"}
            yield fault("s17.circuit", (id, circuit.room), values, (f"circuits.{id}",))
    yield from _ups_faults(inventory, draw)


def _hang(inventory: Inventory, draw: Draw, feeds: tuple[str, ...], each: Standing) -> Iterator[Finding]:
    asset = inventory.assets[each.id]
    if not each.powered or asset.kind is AssetKind.UPS:
        return
    if asset.va is None:
        yield unknown(asset.id, "va")
    elif feeds:
        draw.add(asset.va, feeds[: 2 if asset.supplies > 1 else 1])


def _ups_faults(inventory: Inventory, draw: Draw) -> Iterator[Finding]:
    fed: dict[str, list[str]] = defaultdict(list)
    for id in sorted(draw.base):
        ups = inventory.circuits[id].ups
        if ups is not None:
            fed[ups].append(id)
    for ups, circuits in fed.items():
        limit, load = inventory.assets[ups].va, draw.worst(circuits)
        if limit is None:
            yield unknown(ups, "va")
        elif load > limit:
            values = {"found": f"{load:.0f}", "limit": str(limit), "excess": f"{load - limit:.3f}"}
            yield fault("s17.ups", (ups,), values, (f"assets.{ups}.va",))


def room_faults(inventory: Inventory, room: Room, powered: Iterable[str]) -> Iterator[Finding]:
    """All that draws power in the room ``<= va`` and ``<= cooling_w`` (a VA counts as a watt of heat)."""
    assets = [inventory.assets[id] for id in powered if inventory.assets[id].kind is not AssetKind.UPS]
    if not assets:
        return
    load = sum(asset.va or 0 for asset in assets)
    for what, limit in (("va", room.va), ("cooling_w", room.cooling_w)):
        if limit is None and room.kind in MACHINE_ROOMS:
            yield unknown(room.id, what, folder="rooms")
        if limit is None:
            continue
        yield from (unknown(asset.id, "va") for asset in assets if asset.va is None)
        if load > limit:
            values = {"found": str(load), "limit": str(limit), "excess": str(load - limit)}
            yield fault(f"s17.room_{what}", (room.id,), values, (f"rooms.{room.id}.{what}",))
