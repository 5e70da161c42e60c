"""S17 rooms and racks: units, weights, floors, currents, cooling and the dates of rooms, at every instant."""

from collections.abc import Iterator

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.safety.context import Context
from planner.safety.current import power_faults, room_faults
from planner.safety.occupancy import Occupancy, occupancy, use_faults
from planner.safety.racking import rack_faults
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import Almanac
from planner.safety.watch import Watch

SENTENCE = (
    "At every instant in every room, old, temporary and new: contiguous height units, rack weight, floor load, circuit "
    "current at most the permitted share also with one feed lost, UPS and cooling; used only between opening and "
    "closing dates and not in power cuts. A room takes its first asset only after its readiness list is signed. "
    "Unknown values are reported, not counted as zero."
)


def check(context: Context) -> Outcome:
    """Judge every rack and room at every moment, and every asset's use of rooms."""
    inventory, replay = context.inventory, context.replay
    watch, checks = Watch(), 0
    before, found = Occupancy(), tuple[Finding, ...]()
    for moment in replay.moments:
        now = occupancy(inventory, moment)
        if now != before:
            found = tuple(_faults(inventory, now))
            checks += len(now.racks) + len(now.powered)
            before = now
        for finding in found:
            watch.see(moment.span, finding)
    used = tuple(use_faults(inventory, Almanac(inventory), replay))
    return Outcome((*watch.findings(), *used), checks + len(inventory.assets))


def _faults(inventory: Inventory, now: Occupancy) -> Iterator[Finding]:
    for rack, standing in now.racks.items():
        yield from rack_faults(inventory, inventory.racks[rack], standing)
    yield from power_faults(inventory, now.racks)
    for room, powered in now.powered.items():
        yield from room_faults(inventory, inventory.rooms[room], powered)


RULE = Rule("S17", SENTENCE, check, of_state=True)
