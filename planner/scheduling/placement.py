"""Positions in racks where the inventory leaves them open (S17), redundant partners apart, the heavy low."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.model.asset import Asset
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.scheduling.bay import Bay, Current, bays, sole_supplies
from planner.scheduling.partners import Group, partner_groups
from planner.scheduling.placement_model import RackModel
from planner.scheduling.racking import is_racked
from planner.scheduling.shelving import shelve, shelve_quickly

MOVING = frozenset({Method.CARRY, Method.INSTALL, Method.RELAY})
"""Methods that end in another position."""

LARGE = 400
"""From this number of boxes in one room on, the solver is asked only when first fit fails."""

REPAIRS = 30
"""How often a choice of racks is made again because the boxes did not fit into one rack's gaps."""


def place(inventory: Inventory) -> Mapping[str, Position] | Refusal:
    """The final position of each asset that changes place, in the order of the file, or why the rooms do not hold them.

    A declared rack and unit are kept. A box without a height, or in a room without racks, gets a room alone. Units,
    weights and loads that are unknown count as nothing here; the verifier reports them.
    """
    final = {a.id: a.stages[-1].position for a in inventory.assets.values() if a.method in MOVING and a.stages}
    rooms: defaultdict[str, list[Asset]] = defaultdict(list)
    for id, position in final.items():
        if _is_open(inventory, inventory.assets[id], position):
            rooms[position.room].append(inventory.assets[id])
    for room, boxes in rooms.items():
        found = RoomPlacement(inventory, room, tuple(boxes), partner_groups(inventory)).solve()
        if isinstance(found, Refusal):
            return found
        final.update(found)
    return final


def _is_open(inventory: Inventory, asset: Asset, position: Position) -> bool:
    return (
        is_racked(asset)
        and position.unit is None
        and any(rack.room == position.room for rack in inventory.racks.values())
    )


@dataclass(frozen=True, slots=True)
class RoomPlacement:
    """``boxes`` to be placed in one room. Rooms do not depend on each other."""

    inventory: Inventory
    room: str
    boxes: tuple[Asset, ...]
    groups: tuple[Group, ...]

    def solve(self) -> dict[str, Position] | Refusal:
        every = {bay.rack.id: bay for bay in bays(self.inventory, self.room, (box.id for box in self.boxes))}
        candidates = {box.id: self._candidates(box, every) for box in self.boxes}
        homeless = next((box for box in self.boxes if not candidates[box.id]), None)
        if homeless:
            return self._refuse(RefusalKind.IMPOSSIBLE, "placement_no_gap", (homeless.id,))
        short = self._short_of_units(every)
        if short:
            return short
        hint = self._first_fit(every, candidates)
        if hint and (len(self.boxes) > LARGE or self._all_apart(hint, every)):
            return self._positions(hint, every) or self._search(every, candidates, hint)
        return self._search(every, candidates, hint or {})

    def _candidates(self, box: Asset, every: Mapping[str, Bay]) -> list[str]:
        declared = box.stages[-1].position.rack
        return [r for r, bay in every.items() if declared in (None, r) and bay.fits(box.height or 1)]

    def _short_of_units(self, every: Mapping[str, Bay]) -> Refusal | None:
        needed, free = sum(box.height or 1 for box in self.boxes), sum(bay.units for bay in every.values())
        if needed <= free:
            return None
        values = {"room": self.room, "needed": str(needed), "free": str(free)}
        return self._refuse(RefusalKind.IMPOSSIBLE, "placement_units", tuple(box.id for box in self.boxes), values)

    def _search(
        self, every: Mapping[str, Bay], candidates: Mapping[str, Sequence[str]], hint: Mapping[str, str]
    ) -> dict[str, Position] | Refusal:
        """Ask for racks, then for units; what does not fit into the units of a rack is forbidden and asked again."""
        cuts: list[tuple[str, frozenset[str]]] = []
        ids = tuple(box.id for box in self.boxes)
        try:
            for _ in range(REPAIRS):
                racks = RackModel(
                    self.inventory, self.boxes, every, candidates, self.groups, self._standing(every), tuple(cuts)
                ).solve(hint)
                if racks is None:
                    return self._refuse(RefusalKind.IMPOSSIBLE, "placement_limits", ids, {"room": self.room})
                found = self._positions(racks, every)
                if found:
                    return found
                cuts += self._misfits(racks, every)
        except TimeoutError:
            pass
        return self._refuse(RefusalKind.NOT_FOUND, "placement_not_found", ids, {"room": self.room})

    def _standing(self, every: Mapping[str, Bay]) -> dict[str, str]:
        return {asset.id: rack for rack, bay in every.items() for asset in bay.standing}

    def _positions(self, racks: Mapping[str, str], every: Mapping[str, Bay]) -> dict[str, Position] | None:
        found: dict[str, Position] = {}
        for rack, bay in every.items():
            units = shelve(bay, [box for box in self.boxes if racks[box.id] == rack])
            if units is None:
                return None
            found.update((id, Position(self.room, rack, unit)) for id, unit in units.items())
        return {box.id: found[box.id] for box in self.boxes}

    def _misfits(self, racks: Mapping[str, str], every: Mapping[str, Bay]) -> list[tuple[str, frozenset[str]]]:
        filled = ((rack, [box for box in self.boxes if racks[box.id] == rack]) for rack in every)
        return [(r, frozenset(box.id for box in boxes)) for r, boxes in filled if shelve(every[r], boxes) is None]

    def _first_fit(self, every: Mapping[str, Bay], candidates: Mapping[str, Sequence[str]]) -> dict[str, str] | None:
        """High boxes first, each into the rack with the fewest partners, then the emptiest; None if one fails."""
        filling = Filling(self.inventory, every, self._standing(every), self.groups)
        order = sorted(self.boxes, key=lambda box: (-(box.height or 1), -(box.kg or 0), box.id))
        for box in order:
            if not filling.take(box, candidates[box.id]):
                return None
        return {box.id: filling.racks[box.id] for box in self.boxes}

    def _all_apart(self, racks: Mapping[str, str], every: Mapping[str, Bay]) -> bool:
        """Whether no two partners hang on one rack, circuit or UPS."""
        for group in self.groups:
            chosen = [element for box in group if box in racks for element in self._fate(box, racks[box], every)]
            if len(set(chosen)) < len(chosen):
                return False
        return True

    def _fate(self, box: str, rack: str, every: Mapping[str, Bay]) -> tuple[str, ...]:
        feeds = every[rack].feeds if rack in every else ()
        return (rack, *sole_supplies(self.inventory, self.inventory.assets[box], feeds))

    def _refuse(
        self, kind: RefusalKind, key: str, subjects: tuple[str, ...], values: Mapping[str, str] | None = None
    ) -> Refusal:
        return Refusal(kind, (Reason(key, subjects, values or {"room": self.room}, (f"rooms.{self.room}",)),))


class Filling:
    """Racks that are being filled one box at a time."""

    def __init__(
        self, inventory: Inventory, every: Mapping[str, Bay], standing: Mapping[str, str], groups: Sequence[Group]
    ) -> None:
        self.inventory, self.every = inventory, every
        self.racks: dict[str, str] = dict(standing)
        self.left = {rack: (bay.units, bay.kg) for rack, bay in every.items()}
        self.current = Current(inventory)
        self.boxes: defaultdict[str, list[Asset]] = defaultdict(list)
        self.partners: defaultdict[str, set[str]] = defaultdict(set)
        for group in groups:
            for box in group:
                self.partners[box].update(group)
        for bay in every.values():
            for asset in bay.standing:
                self.current.add(asset, bay.feeds)

    def take(self, box: Asset, candidates: Sequence[str]) -> bool:
        """Put the box into the best rack that bears it; False if none does."""
        for rack in sorted(candidates, key=lambda rack: self._rank(box, rack)):
            if self._bears(box, rack):
                units, kg = self.left[rack]
                self.left[rack] = (units - (box.height or 1), None if kg is None else kg - (box.kg or 0))
                self.current.add(box, self.every[rack].feeds)
                self.boxes[rack].append(box)
                self.racks[box.id] = rack
                return True
        return False

    def _rank(self, box: Asset, rack: str) -> tuple[int, int, int]:
        own, others = (
            self._supplies(box.id, rack),
            [p for p in self.partners[box.id] if p != box.id and p in self.racks],
        )
        return (
            sum(self.racks[p] == rack for p in others),
            sum(not own.isdisjoint(self._supplies(p, self.racks[p])) for p in others),
            -self.left[rack][0],
        )

    def _supplies(self, box: str, rack: str) -> frozenset[str]:
        """The circuit and the UPS that a box has no other than in a rack of the room."""
        feeds = self.every[rack].feeds if rack in self.every else ()
        return frozenset(sole_supplies(self.inventory, self.inventory.assets[box], feeds))

    def _bears(self, box: Asset, rack: str) -> bool:
        units, kg = self.left[rack]
        if units < (box.height or 1) or (kg is not None and kg < (box.kg or 0)):
            return False
        current = self.current.copy()
        current.add(box, self.every[rack].feeds)
        return (
            current.bears(self.every[rack].feeds)
            and shelve_quickly(self.every[rack], [*self.boxes[rack], box]) is not None
        )
