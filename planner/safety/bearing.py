"""Whether rooms, racks and their power bear all that ever stands there on a strip, as if it did so at once (S17)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from planner.model.asset import Asset, AssetKind
from planner.plan.finding import Finding
from planner.safety.current import Feeds, circuit_faults, room_faults, ups_faults
from planner.safety.judged_strip import JudgedStrip
from planner.safety.occupancy import Load, Occupancy
from planner.safety.racking import BODILESS, Standing, rack_faults
from planner.safety.room_use import are_free
from planner.safety.timetable import almanac_of
from planner.safety.world import World
from planner.units.span import Span


class Content(NamedTuple):
    """All that ever stands in each rack in which anything changes, and the VA that each room ever draws at most."""

    racks: Mapping[str, tuple[Standing, ...]]
    rooms: Mapping[str, int]


def bears(strip: JudgedStrip, now: Occupancy) -> bool:
    """Whether everything that ever stands somewhere on the strip, switched on, could do so at once and throughout.

    Then it may at each of its moments, for fewer assets weigh and draw less. What is not known is no fault here.
    """
    strip.open()
    content = _content(strip, now)
    minutes = [(moment.minute, moment.until) for moment in strip.moments]
    span = Span(min(begin for begin, _ in minutes), max(until for _, until in minutes))
    inventory, almanac = strip.world.inventory, strip.world.once(almanac_of)
    faults = (finding for finding in _faults(strip, now, content) if not finding.unknown)
    return are_free(inventory, almanac, (*now.rooms, *content.rooms), span) and not any(faults)


def _content(strip: JudgedStrip, now: Occupancy) -> Content:
    racks: dict[str, set[Standing]] = defaultdict(set)
    rooms: dict[str, int] = defaultdict(int)
    for asset in _changing(strip):
        carrier = asset.chassis or asset.id
        for place in strip.values(strip.ledger.state.place, carrier):
            rack = getattr(place, "rack", None)
            unit = getattr(place, "unit", None) if asset.chassis is None else None
            if rack is not None:
                racks[rack].add(Standing(asset.id, unit, powered=True))
        for room in strip.rooms(asset.id):
            if room is not None:
                rooms[room] += 0 if asset.kind is AssetKind.UPS else asset.va or 0
    return Content({rack: _together(now, rack, come) for rack, come in racks.items()}, rooms)


def _together(now: Occupancy, rack: str, come: Iterable[Standing]) -> tuple[Standing, ...]:
    """What stands in a rack already, and what comes, by id, all of it switched on."""
    here = (Standing(each.id, each.unit, powered=True) for each in now.racks.get(rack, ()))
    return tuple(sorted({*here, *come}, key=lambda each: (each.id, each.unit or 0)))


def _changing(strip: JudgedStrip) -> Iterator[Asset]:
    """The assets with a body of which the condition or place is not the same throughout, and their blades."""
    blades = strip.world.once(_blades)
    state = strip.ledger.state
    ids = {*strip.varying(state.condition), *strip.varying(state.place), *strip.varying(state.host)}
    for each in sorted({*ids, *(blade for id in ids for blade in blades.get(id, ()))}):
        asset = strip.assets.get(each)
        if asset is not None and asset.kind not in BODILESS:
            yield asset


def _blades(world: World) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for asset in world.inventory.assets.values():
        if asset.chassis is not None:
            found[asset.chassis].append(asset.id)
    return found


def _faults(strip: JudgedStrip, now: Occupancy, content: Content) -> Iterator[Finding]:
    inventory, feeds = strip.world.inventory, strip.world.once(Feeds)
    circuits = dict.fromkeys(feed for rack in content.racks for feed in inventory.racks[rack].feeds)
    sources = dict.fromkeys(inventory.circuits[feed].ups for feed in circuits)

    def standing(racks: Iterable[str]) -> list[tuple[str, tuple[Standing, ...]]]:
        return [(rack, content.racks.get(rack) or _together(now, rack, ())) for rack in racks]

    for rack, held in content.racks.items():
        yield from rack_faults(inventory, inventory.racks[rack], held)
    for feed in circuits:
        yield from circuit_faults(inventory, feed, standing(feeds.of_circuit[feed]))
    for ups in sources:
        yield from () if ups is None else ups_faults(inventory, ups, standing(feeds.of_ups[ups]))
    for room, va in content.rooms.items():
        yield from room_faults(inventory.rooms[room], Load(1, 1, now.rooms.get(room, Load()).va + va))
