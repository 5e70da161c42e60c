"""Instants at which anything begins or ends to be valid: over none of them does a state that is left stay as it is."""

from bisect import bisect_left
from collections.abc import Iterator

from planner.model.inventory import Inventory
from planner.units.span import Minute, Span


class Unrest:
    """When links, needs, rooms, phases and power cuts begin or end, and when something leaves for the cloud."""

    def __init__(self, inventory: Inventory) -> None:
        self._minutes = sorted({minute for minute in _edges(inventory) if minute is not None})

    def within(self, span: Span) -> bool:
        """Whether there is such an instant in a span."""
        first = bisect_left(self._minutes, span.start)
        return first < len(self._minutes) and self._minutes[first] < span.end


def _edges(inventory: Inventory) -> Iterator[Minute | None]:
    table = inventory.timetable
    for link in inventory.links.values():
        yield from (link.since, link.until)
    for room in inventory.rooms.values():
        yield from (room.opens, room.closes, room.ready)
    for span in (*(cut.span for cut in table.power_cuts), *(phase.span for phase in table.phases)):
        yield from (span.start, span.end)
    for system in inventory.systems.values():
        yield system.leaves
        for need in (*system.needs, *system.cloud_needs):
            yield from (need.since, need.until)
    for asset in inventory.assets.values():
        yield asset.leaves
        for need in asset.needs:
            yield from (need.since, need.until)
