"""S17 rooms and racks: units, weights, floors, currents, cooling and the dates of rooms, at every instant."""

from collections.abc import Iterator

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.safety.context import Context
from planner.safety.current import power_faults, room_faults
from planner.safety.occupancy import Occupancy, occupied
from planner.safety.racking import rack_faults
from planner.safety.room_use import use_faults
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
    """Judge every rack and room whenever something in it changes, and every asset's use of rooms."""
    inventory, watch, checks = context.inventory, Watch(), 0
    now, judged = Occupancy(inventory), _Judged(inventory)
    for moment in context.replay.moments:
        racks, rooms = now.follow(moment)
        judged.again(now, racks, rooms)
        checks += len(racks) + len(rooms)
        for finding in judged.findings():
            watch.see(moment.span, finding)
    use = now.history(context.replay.span.end)
    used = tuple(use_faults(inventory, Almanac(inventory), use))
    return Outcome((*watch.findings(), *used), checks + len(use))


class _Judged:
    """The findings on each rack and room as it stands, kept until something in it changes."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self._racks: dict[str, tuple[Finding, ...]] = {}
        self._rooms: dict[str, tuple[Finding, ...]] = {}
        self._power: tuple[Finding, ...] = ()

    def again(self, now: Occupancy, racks: set[str], rooms: set[str]) -> None:
        """Judge the racks and rooms that changed; what circuits and UPSs bear, if any rack did."""
        for rack in racks:
            standing = now.standing(rack)
            self._racks[rack] = (
                tuple(rack_faults(self.inventory, self.inventory.racks[rack], standing)) if standing else ()
            )
        for room in rooms:
            self._rooms[room] = tuple(
                room_faults(self.inventory, self.inventory.rooms[room], sorted(now.powered[room]))
            )
        if racks:
            standing_in = {rack: now.standing(rack) for rack in sorted(occupied(now.racks))}
            self._power = tuple(power_faults(self.inventory, standing_in))

    def findings(self) -> Iterator[Finding]:
        for found in (*self._racks.values(), self._power, *self._rooms.values()):
            yield from found


RULE = Rule("S17", SENTENCE, check, of_state=True)
