"""Who stands in which rack and room at a moment, and when a room is used (S17)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planner.model.asset import AssetKind
from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.safety import complaint
from planner.safety.condition import Condition
from planner.safety.moment import Moment
from planner.safety.racking import BODILESS, Standing
from planner.safety.replay import Replay
from planner.safety.timetable import Almanac
from planner.units.span import Span, Spans

POWERED = frozenset({Condition.UP, Condition.STOPPING, Condition.STARTING})


@dataclass(frozen=True, slots=True)
class Occupancy:
    """One moment: what stands in each rack, and what draws power in each room."""

    racks: Mapping[str, tuple[Standing, ...]] = field(default_factory=dict)
    powered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def occupancy(inventory: Inventory, moment: Moment) -> Occupancy:
    """Blades stand in the rack of their chassis; an asset that has left for the cloud stands nowhere."""
    racks: dict[str, list[Standing]] = defaultdict(list)
    powered: dict[str, list[str]] = defaultdict(list)
    for asset in inventory.assets.values():
        room = moment.room(asset.id)
        gone = asset.leaves is not None and asset.leaves <= moment.minute
        if asset.kind in BODILESS or room is None or gone:
            continue
        on = moment.condition[asset.id] in POWERED
        place = moment.place.get(asset.chassis or asset.id)
        if place is not None and place.rack is not None:
            unit = None if asset.chassis else place.unit
            racks[place.rack].append(Standing(asset.id, unit, on))
        if on:
            powered[room].append(asset.id)
    return Occupancy({r: tuple(s) for r, s in racks.items()}, {r: tuple(ids) for r, ids in powered.items()})


def use_faults(inventory: Inventory, almanac: Almanac, replay: Replay) -> Iterator[Finding]:
    """Nothing stands in a room that is not open or not ready, and nothing draws power there in a power cut."""
    for asset in inventory.assets.values():
        if asset.kind is AssetKind.VM:
            continue
        stands, draws = _presence(replay, asset.id, asset.leaves)
        for room, spans in stands.items():
            closed = spans.minus(almanac.usable(room, powered=False))
            yield from _uses("s17.room_closed", asset.id, room, closed)
            ready = inventory.rooms[room].ready
            if ready is not None:
                early = spans.within(Span(min(replay.span.start, ready - 1), ready))
                yield from _uses("s17.not_ready", asset.id, room, early)
        for room, spans in draws.items():
            if asset.kind not in BODILESS:
                yield from _uses("s17.power_cut", asset.id, room, spans.intersection(almanac.power_cuts(room)))


def _presence(replay: Replay, id: str, leaves: int | None) -> tuple[Mapping[str, Spans], Mapping[str, Spans]]:
    stands: dict[str, list[Span]] = defaultdict(list)
    draws: dict[str, list[Span]] = defaultdict(list)
    for moment in replay.moments:
        room = moment.room(id)
        until = moment.until if leaves is None else min(moment.until, leaves)
        if room is None or until <= moment.minute:
            continue
        stands[room].append(Span(moment.minute, until))
        if moment.condition[id] in POWERED:
            draws[room].append(Span(moment.minute, until))
    return {r: Spans.of(s) for r, s in stands.items()}, {r: Spans.of(s) for r, s in draws.items()}


def _uses(key: str, id: str, room: str, spans: Spans) -> Iterator[Finding]:
    for span in spans:
        yield complaint.of_span(key, (id, room), span, values={"room": room}, facts=(f"rooms.{room}", f"assets.{id}"))
