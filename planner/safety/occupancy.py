"""Who stands in which rack and room, moment by moment (S17)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.safety.condition import Condition
from planner.safety.moment import Moment
from planner.safety.racking import BODILESS, Standing
from planner.units.span import Minute, Span, Spans

POWERED = frozenset({Condition.UP, Condition.STOPPING, Condition.STARTING})


@dataclass(frozen=True, slots=True)
class Stay:
    """Where an asset stands at a moment, and whether it draws power there."""

    room: str
    rack: str | None
    unit: int | None
    powered: bool


class Occupancy:
    """Follows the moments of a replay; only what changed is looked at again.

    Blades stand in the rack of their chassis, VMs nowhere by themselves; an asset that has left for the cloud stands
    nowhere either.
    """

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.racks: dict[str, dict[str, Standing]] = defaultdict(dict)
        self.powered: dict[str, set[str]] = defaultdict(set)
        self._stays: dict[str, Stay] = {}
        self._since: dict[str, Minute] = {}
        self._history: list[tuple[str, Stay, Span]] = []

    def follow(self, moment: Moment) -> tuple[set[str], set[str]]:
        """Move on to the next moment; the racks and rooms in which anything changed."""
        racks, rooms = set[str](), set[str]()
        for id in self._looked_at(moment):
            before, now = self._stays.get(id), self._stay(moment, self.inventory.assets[id])
            if before == now:
                continue
            for stay in (before, now):
                if stay is not None:
                    rooms.add(stay.room)
                    racks.update([stay.rack] if stay.rack is not None else [])
            self._change(id, before, now, moment.minute)
        return racks, rooms

    def standing(self, rack: str) -> tuple[Standing, ...]:
        """What stands in a rack now, by id."""
        return tuple(sorted(self.racks[rack].values()))

    def history(self, until: Minute) -> Mapping[str, Mapping[str, tuple[Spans, Spans]]]:
        """For each asset and room: when it stood there, and when it drew power there."""
        for id, stay in self._stays.items():
            self._close(id, stay, until)
        stood: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        drawn: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for id, stay, span in self._history:
            stood[id][stay.room].append(span)
            if stay.powered:
                drawn[id][stay.room].append(span)
        return {
            id: {room: (Spans.of(spans), Spans.of(drawn[id][room])) for room, spans in rooms.items()}
            for id, rooms in stood.items()
        }

    def _looked_at(self, moment: Moment) -> Iterable[str]:
        if moment.changed is None:
            return tuple(self.inventory.assets)
        return sorted(id for id in moment.changed if id in self.inventory.assets)

    def _stay(self, moment: Moment, asset: Asset) -> Stay | None:
        room = moment.room(asset.id)
        gone = asset.leaves is not None and asset.leaves <= moment.minute
        if room is None or gone or asset.kind is AssetKind.VM:
            return None
        if asset.kind in BODILESS:
            return Stay(room, None, None, powered=False)
        place = moment.place.get(asset.chassis or asset.id)
        unit = place.unit if place is not None and asset.chassis is None else None
        return Stay(room, place.rack if place else None, unit, moment.condition[asset.id] in POWERED)

    def _change(self, id: str, before: Stay | None, now: Stay | None, minute: Minute) -> None:
        if before is not None:
            self._close(id, before, minute)
            self.racks[before.rack or ""].pop(id, None)
            self.powered[before.room].discard(id)
        self._stays.pop(id, None)
        if now is not None:
            self._stays[id], self._since[id] = now, minute
            if now.rack is not None:
                self.racks[now.rack][id] = Standing(id, now.unit, now.powered)
            if now.powered:
                self.powered[now.room].add(id)

    def _close(self, id: str, stay: Stay, until: Minute) -> None:
        leaves = self.inventory.assets[id].leaves
        end = until if leaves is None else min(until, leaves)
        if end > self._since[id]:
            self._history.append((id, stay, Span(self._since[id], end)))


def occupied(racks: Mapping[str, Mapping[str, Standing]]) -> Iterator[str]:
    """The racks in which something stands."""
    return (rack for rack, standing in racks.items() if rack and standing)
