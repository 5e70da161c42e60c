"""When rooms may be used: their dates, their readiness, construction phases and power cuts (S17)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.safety import complaint
from planner.safety.occupancy import Occupancy
from planner.safety.racking import unknown
from planner.safety.timetable import Almanac
from planner.units.span import Span, Spans

Times = list[Span]


def use_faults(inventory: Inventory, almanac: Almanac, now: Occupancy) -> Iterator[Finding]:
    """Nothing stands in a room that is not open or not ready, and nothing draws power there in a power cut."""
    limits: dict[str, _Limits] = {}
    for (id, room), (stood, drawn) in _times(inventory, almanac, now).items():
        if room not in limits:
            limits[room] = _Limits(inventory, almanac, room)
        yield from limits[room].faults(id, Spans.of(stood), Spans.of(drawn))


def _times(inventory: Inventory, almanac: Almanac, now: Occupancy) -> Mapping[tuple[str, str], tuple[Times, Times]]:
    """When each asset stood in each room, and when it drew power there.

    What stays as it was before a replay branches off is looked at only in rooms that may not be used throughout.
    """
    found: dict[tuple[str, str], tuple[Times, Times]] = defaultdict(lambda: ([], []))
    moved = {id for id, _, _ in now.history}
    closed = {room for room in now.rooms if not _Limits(inventory, almanac, room).is_free(now.span)}
    stayed = ((id, stay, now.span) for id, stay in now.stays.items() if stay.room in closed and id not in moved)
    for id, stay, span in (*now.history, *(stayed if closed else ())):
        stood, drawn = found[id, stay.room]
        stood.append(span)
        drawn += [span] if stay.powered else []
    return found


def are_free(inventory: Inventory, almanac: Almanac, rooms: Iterable[str], span: Span) -> bool:
    """Whether all these rooms may be used, and have power, throughout a span."""
    return all(_Limits(inventory, almanac, room).is_free(span) for room in dict.fromkeys(rooms))


class _Limits:
    """The dates of a room."""

    def __init__(self, inventory: Inventory, almanac: Almanac, room: str) -> None:
        self._room = room
        self._usable = almanac.usable(room, powered=False)
        self._ready = inventory.rooms[room].ready
        self._readiness = inventory.rooms[room].readiness
        self._cuts = almanac.power_cuts(room)
        self._begin = almanac.horizon.start

    def is_free(self, span: Span) -> bool:
        """Whether the room may be used throughout a span."""
        waits = self._ready is None and bool(self._readiness)
        ready = not waits and (self._ready is None or self._ready <= span.start)
        return ready and self._usable.covers(span) and not self._cuts.within(span)

    def faults(self, id: str, stood: Spans, drawn: Spans) -> Iterator[Finding]:
        """What is wrong with an asset that stood and drew power there at these times."""
        room, first = self._room, stood.parts[0].start
        if self.is_free(Span(first, stood.parts[-1].end)):
            return
        yield from _uses("s17.room_closed", id, room, stood.minus(self._usable))
        if self._ready is not None and first < self._ready:
            yield from _uses("s17.not_ready", id, room, stood.within(Span(first, self._ready)))
        elif self._ready is None and self._readiness and first > self._begin:
            yield unknown(room, "ready", folder="rooms")
        yield from _uses("s17.power_cut", id, room, drawn.intersection(self._cuts))


def _uses(key: str, id: str, room: str, spans: Spans) -> Iterator[Finding]:
    for span in spans:
        yield complaint.of_span(key, (id, room), span, values={"room": room}, facts=(f"rooms.{room}", f"assets.{id}"))
