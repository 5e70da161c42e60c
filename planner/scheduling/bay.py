"""The room that one rack has left for what the planner may place: height units, weight, current."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.place import Position, Rack

Gap = tuple[int, int]
"""The lowest free unit, and how many units are free from there on."""


@dataclass(frozen=True, slots=True)
class Bay:
    """One rack with what stands there at any time, apart from what is being placed.

    ``gaps`` are its free runs of units, lowest first. ``kg`` is what it may still carry (None: unknown), ``feeds`` are
    its first two circuits.
    """

    rack: Rack
    gaps: tuple[Gap, ...]
    kg: float | None
    feeds: tuple[str, ...]
    standing: tuple[Asset, ...] = ()

    @property
    def units(self) -> int:
        return sum(length for _, length in self.gaps)

    def fits(self, height: int) -> bool:
        return any(length >= height for _, length in self.gaps)


@dataclass(frozen=True, slots=True)
class Supply:
    """A circuit's permitted load in VA, and its id."""

    id: str
    va: float


def bays(inventory: Inventory, room: str, placing: Iterable[str]) -> tuple[Bay, ...]:
    """The racks of a room, with what is in them before, during or after the move, unless it is in ``placing``."""
    open_assets = frozenset(placing)
    return tuple(
        _bay(inventory, rack, [a for a in inventory.assets.values() if a.id not in open_assets and _stands(a, rack.id)])
        for rack in inventory.racks.values()
        if rack.room == room
    )


def _stands(asset: Asset, rack: str) -> bool:
    return any(position.rack == rack for position in _positions(asset))


def _positions(asset: Asset) -> Iterator[Position]:
    yield from (position for position in (asset.at, *(stage.position for stage in asset.stages)) if position)


def _bay(inventory: Inventory, rack: Rack, standing: list[Asset]) -> Bay:
    taken: set[int] = set()
    for asset in standing:
        for position in _positions(asset):
            if position.rack == rack.id and position.unit is not None:
                taken.update(range(position.unit, position.unit + (asset.height or 1)))
    weight = sum(asset.kg or 0 for asset in standing)
    limit = permitted_kg(inventory, rack)
    return Bay(
        rack, tuple(_gaps(rack, taken)), None if limit is None else limit - weight, rack.feeds[:2], tuple(standing)
    )


def permitted_kg(inventory: Inventory, rack: Rack) -> float | None:
    """What a rack may hold by its own limit and by the floor (kg / m2 x area - frame); None if both are unknown."""
    floor = inventory.rooms[rack.room].floor_kg_m2
    area = rack.spread_m2 or rack.footprint_m2
    limits = [kg for kg in (rack.max_kg, floor * area - rack.frame_kg if floor is not None else None) if kg is not None]
    return min(limits, default=None)


def _gaps(rack: Rack, taken: set[int]) -> Iterator[Gap]:
    start = None
    for unit in range(1, rack.units + 2):
        free = unit <= rack.units and unit not in taken
        if free and start is None:
            start = unit
        elif not free and start is not None:
            yield start, unit - start
            start = None


@dataclass(slots=True)
class Current:
    """The load of a room's circuits in VA, normally and when one of them is lost.

    A box with two supplies in a rack with two feeds draws half from each and all from the other when one is lost; any
    other box hangs on the first feed. Per circuit c: sum single + sum dual / 2 + max over lost f of sum dual(c, f) / 2.
    """

    inventory: Inventory
    single: dict[str, float] = field(default_factory=dict)
    dual: dict[tuple[str, str], float] = field(default_factory=dict)

    def copy(self) -> "Current":
        return replace(self, single=dict(self.single), dual=dict(self.dual))

    def add(self, asset: Asset, feeds: tuple[str, ...]) -> None:
        if asset.va and is_dual(asset, feeds):
            for circuit, lost in ((feeds[0], feeds[1]), (feeds[1], feeds[0])):
                self.dual[circuit, lost] = self.dual.get((circuit, lost), 0) + asset.va
        elif asset.va and feeds:
            self.single[feeds[0]] = self.single.get(feeds[0], 0) + asset.va

    def load(self, circuit: str) -> float:
        """The largest load of a circuit with all feeds or without one other."""
        shared = [va for (own, _), va in self.dual.items() if own == circuit]
        return self.single.get(circuit, 0) + sum(shared) / 2 + max(shared, default=0) / 2

    def bears(self, feeds: Iterable[str]) -> bool:
        return all(self.load(circuit) <= permitted_va(self.inventory, circuit) for circuit in feeds)


def permitted_va(inventory: Inventory, circuit_id: str) -> float:
    """V x A x the permitted share."""
    circuit = inventory.circuits[circuit_id]
    return circuit.volts * circuit.amps * circuit.share


def is_dual(asset: Asset, feeds: tuple[str, ...]) -> bool:
    """Whether a box in a rack with these feeds hangs on two of them."""
    return asset.supplies > 1 and len(feeds) > 1


def sole_supplies(inventory: Inventory, asset: Asset, feeds: tuple[str, ...]) -> tuple[str, ...]:
    """The circuit and the UPS without which a box has no current in a rack with these feeds."""
    used = feeds[: 2 if asset.supplies > 1 else 1] if asset.kind is not AssetKind.UPS else ()
    sources = {inventory.circuits[feed].ups for feed in used}
    circuits = tuple(dict.fromkeys(used)) if len(set(used)) == 1 else ()
    return (*circuits, *(ups for ups in sources if ups is not None and len(sources) == 1 and ups != asset.id))
