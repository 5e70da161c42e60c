"""Who stands in which rack and room, moment by moment (S17)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planner.model.asset import Asset, AssetKind
from planner.safety.condition import Condition
from planner.safety.ledger import Table
from planner.safety.moment import Moment
from planner.safety.racking import BODILESS, Standing
from planner.safety.record import Record
from planner.units.span import Minute, Span

POWERED = frozenset({Condition.UP, Condition.STOPPING, Condition.STARTING})
Touched = tuple[Moment, tuple[str, ...], tuple[str, ...]]
"""A moment, with the racks and rooms in which anything changed."""


class Stay(NamedTuple):
    """Where an asset stands at a moment, and whether it draws power there."""

    room: str
    rack: str | None
    unit: int | None
    powered: bool


class Load(NamedTuple):
    """What a room holds: how many assets, how many of them draw power, VA of these, and of which it is not known."""

    assets: int = 0
    powered: int = 0
    va: int = 0
    unknown: tuple[str, ...] = ()


class Occupancy:
    """Follows the moments of a replay; only what changed is looked at again.

    Blades stand in the rack of their chassis, VMs nowhere by themselves; an asset that has left for the cloud stands
    nowhere either. ``history`` is where each asset that comes or goes stood, and until when.
    """

    def __init__(self, replay: Record) -> None:
        self._replay = replay
        self.span = replay.span
        self._assets = replay.inventory.assets
        ledger = replay.begin()
        self.stays: Table[str, Stay] = ledger.judged("S17 stays")
        self.racks: Table[str, tuple[Standing, ...]] = ledger.judged("S17 racks")
        self.rooms: Table[str, Load] = ledger.judged("S17 rooms")
        self.history: list[tuple[str, Stay, Span]] = []
        self.count = len(self.stays)
        self._since: dict[str, Minute] = {}
        self._seen = set[str]()
        self.touched = tuple(self._follow(moment) for moment in replay.moments)
        replay.end()
        for id in self._seen:
            if id in self.stays:
                self._close(id, self.stays[id], replay.span.end)

    def _follow(self, moment: Moment) -> Touched:
        racks, rooms = dict[str, None](), dict[str, None]()
        for id in self._looked_at(moment):
            now = self._stay(moment, self._assets[id])
            moment.look()
            before = self.stays.get(id)
            if before == now:
                continue
            for stay in (before, now):
                if stay is not None:
                    rooms[stay.room] = None
                    racks |= {} if stay.rack is None else {stay.rack: None}
            self._change(id, before, now, moment.minute)
        if moment is self._replay.moments[0]:
            self.count = len(self.stays)
        return moment, tuple(racks), tuple(rooms)

    def _looked_at(self, moment: Moment) -> Iterable[str]:
        if moment.moved is None:
            return self._assets
        return sorted(id for id in moment.moved if id in self._assets)

    def _stay(self, moment: Moment, asset: Asset) -> Stay | None:
        if asset.kind is AssetKind.VM or (asset.leaves is not None and asset.leaves <= moment.minute):
            return None
        room = moment.room(asset.id)
        if room is None:
            return None
        if asset.kind in BODILESS:
            return Stay(room, None, None, powered=False)
        state = moment.state
        place = state.place.get(asset.chassis or asset.id)
        unit = place.unit if place is not None and asset.chassis is None else None
        return Stay(room, place.rack if place else None, unit, state.condition[asset.id] in POWERED)

    def _change(self, id: str, before: Stay | None, now: Stay | None, minute: Minute) -> None:
        if before is not None:
            self._close(id, before, minute)
            self._leave(id, before)
        if now is None:
            self.stays.pop(id)
        else:
            self.stays[id], self._since[id] = now, minute
            self._come(id, now)
            self.count += before is None and id not in self._seen
        self._seen.add(id)

    def _leave(self, id: str, stay: Stay) -> None:
        if stay.rack is not None:
            left = tuple(each for each in self.racks[stay.rack] if each.id != id)
            if left:
                self.racks[stay.rack] = left
            else:
                self.racks.pop(stay.rack)
        load = self.rooms[stay.room]
        if load.assets == 1:
            self.rooms.pop(stay.room)
        else:
            self.rooms[stay.room] = self._loaded(load, id, stay, -1)

    def _come(self, id: str, stay: Stay) -> None:
        if stay.rack is not None:
            standing = (*self.racks.get(stay.rack, ()), Standing(id, stay.unit, stay.powered))
            self.racks[stay.rack] = tuple(sorted(standing, key=lambda each: each.id))
        self.rooms[stay.room] = self._loaded(self.rooms.get(stay.room, Load()), id, stay, 1)

    def _loaded(self, load: Load, id: str, stay: Stay, sign: int) -> Load:
        """A room with one asset more or less; a UPS passes power on and draws none."""
        asset, assets = self._assets[id], load.assets + sign
        if not stay.powered or asset.kind is AssetKind.UPS:
            return load._replace(assets=assets)
        unknown = load.unknown
        if asset.va is None:
            unknown = tuple(sorted({*unknown, id})) if sign > 0 else tuple(each for each in unknown if each != id)
        return Load(assets, load.powered + sign, load.va + sign * (asset.va or 0), unknown)

    def _close(self, id: str, stay: Stay, until: Minute) -> None:
        leaves, since = self._assets[id].leaves, self._since.get(id, self._replay.span.start)
        end = until if leaves is None else min(until, leaves)
        if end > since:
            self.history.append((id, stay, Span(since, end)))


def occupancy(replay: Record) -> Occupancy:
    """The occupancy of a replay, followed once, after that of the replay from which it branches off."""
    if "S17 occupancy" not in replay.answers:
        for other in (replay.stem, replay.whole):
            if other is not None:
                occupancy(other)
        replay.answers["S17 occupancy"] = [Occupancy(replay)]
    found: Occupancy = replay.answers["S17 occupancy"][0]
    return found
