"""When rooms may be used: their dates, their readiness, construction phases and power cuts (S17)."""

from collections.abc import Iterator, Mapping

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.safety import complaint
from planner.safety.racking import unknown
from planner.safety.timetable import Almanac
from planner.units.span import Span, Spans

Use = Mapping[str, Mapping[str, tuple[Spans, Spans]]]


def use_faults(inventory: Inventory, almanac: Almanac, use: Use) -> Iterator[Finding]:
    """Nothing stands in a room that is not open or not ready, and nothing draws power there in a power cut."""
    for id, rooms in use.items():
        for room, (stood, drawn) in rooms.items():
            yield from _uses("s17.room_closed", id, room, stood.minus(almanac.usable(room, powered=False)))
            ready = inventory.rooms[room].ready
            if ready is not None and stood.parts[0].start < ready:
                yield from _uses("s17.not_ready", id, room, stood.within(Span(stood.parts[0].start, ready)))
            elif ready is None and inventory.rooms[room].readiness and stood.parts[0].start > almanac.horizon.start:
                yield unknown(room, "ready", folder="rooms")
            yield from _uses("s17.power_cut", id, room, drawn.intersection(almanac.power_cuts(room)))


def _uses(key: str, id: str, room: str, spans: Spans) -> Iterator[Finding]:
    for span in spans:
        yield complaint.of_span(key, (id, room), span, values={"room": room}, facts=(f"rooms.{room}", f"assets.{id}"))
