"""S17 rooms and racks: units, weights, floors, currents, cooling and the dates of rooms, at every instant."""

from collections.abc import Iterable, Iterator

from planner.plan.finding import Finding
from planner.safety.bearing import bears
from planner.safety.context import Context
from planner.safety.course import Course
from planner.safety.current import Feeds, circuit_faults, rack_power_faults, room_faults, ups_faults
from planner.safety.ledger import Table
from planner.safety.occupancy import Load, Occupancy, occupancy
from planner.safety.racking import Standing, rack_faults
from planner.safety.record import Record
from planner.safety.room_use import use_faults
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import almanac_of
from planner.safety.watch import Watch
from planner.units.span import Minute, Span

Key = tuple[str, str]
"""What is judged: a rack, circuit, ups or room, and which."""
SENTENCE = (
    "At every instant in every room, old, temporary and new: contiguous height units, rack weight, floor load, circuit "
    "current at most the permitted share also with one feed lost, UPS and cooling; used only between opening and "
    "closing dates and not in power cuts. A room takes its first asset only after its readiness list is signed. "
    "Unknown values are reported, not counted as zero."
)


def check(context: Context) -> Outcome:
    """Judge every rack and room whenever something in it changes, and every asset's use of rooms."""
    now, watch = occupancy(context.replay), Watch()
    for span, found in _stretches(context.replay):
        for finding in found:
            watch.see(span, finding)
    first, *later = now.touched
    first[0].look()
    checks = len(now.racks) + len(now.rooms) + sum(len(racks) + len(rooms) for _, racks, rooms in later)
    used = use_faults(context.inventory, context.replay.world.once(almanac_of), now)
    return Outcome((*watch.findings(), *used), checks + now.count)


def is_silent(context: Context) -> bool:
    """Whether nothing has been found where a branch begins, and all that ever stands anywhere could do so at once."""
    replay, stem, strip = context.replay, context.replay.stem, context.replay.moments[0].strip
    if stem is None or replay.origin is None:
        return False
    if "S17: course" not in stem.answers:
        known = ((span, [each for each in found if not each.unknown]) for span, found in _stretches(stem))
        stem.answers["S17: course"] = [Course((str(n), span, f) for n, (span, f) in enumerate(known) if f)]
    if stem.answers["S17: course"][0].at(replay.origin.minute):
        return False
    return strip.once(bears, occupancy(stem))


def _stretches(replay: Record) -> list[tuple[Span, tuple[Finding, ...]]]:
    """The findings on each rack, circuit, UPS and room, by start; a branch goes on from those of its stem."""
    if replay.whole is not None:
        return [(replay.span, found) for span, found in _stretches(replay.whole) if replay.span.start in span]
    if "S17" not in replay.answers:
        if replay.stem is not None:
            _stretches(replay.stem)
        replay.answers["S17"] = sorted(_judged(replay, occupancy(replay)), key=lambda stretch: stretch[0].start)
    return replay.answers["S17"]


def _judged(replay: Record, now: Occupancy) -> Iterator[tuple[Span, tuple[Finding, ...]]]:
    """The same, as one after the other changes."""
    found: Table[Key, tuple[Finding, ...]] = replay.begin().judged("S17 found")
    since: dict[Key, Minute] = {}
    judge = _Judge(replay, now)
    for moment, racks, rooms in now.touched:
        moment.look()
        for key in judge.keys(racks, rooms):
            before, answer = found.get(key, ()), tuple(judge.faults(*key))
            if answer == before:
                continue
            begun = since.get(key, replay.span.start)
            if before and begun < moment.minute:
                yield Span(begun, moment.minute), before
            moment.look()
            since[key] = moment.minute
            if answer:
                found[key] = answer
            else:
                found.pop(key)
    for key, answer in [*replay.end().judged("S17 found").items()]:
        yield Span(since.get(key, replay.span.start), replay.span.end), answer


class _Judge:
    """The findings on one rack, circuit, UPS or room as it stands."""

    def __init__(self, replay: Record, now: Occupancy) -> None:
        self.inventory = replay.inventory
        self._now = now
        self._feeds = replay.world.once(Feeds)

    def keys(self, racks: Iterable[str], rooms: Iterable[str]) -> Iterator[Key]:
        """What has to be judged again when something in these racks and rooms changed."""
        circuits = dict.fromkeys(feed for rack in racks for feed in self.inventory.racks[rack].feeds)
        sources = dict.fromkeys(self.inventory.circuits[feed].ups for feed in circuits)
        yield from (("rack", rack) for rack in racks)
        yield from (("circuit", feed) for feed in circuits)
        yield from (("ups", ups) for ups in sources if ups is not None)
        yield from (("room", room) for room in rooms)

    def faults(self, kind: str, id: str) -> Iterator[Finding]:
        inventory, standing = self.inventory, self._now.racks.get(id, ())
        if kind == "rack" and standing:
            yield from rack_faults(inventory, inventory.racks[id], standing)
            yield from rack_power_faults(inventory, inventory.racks[id], standing)
        elif kind == "circuit":
            yield from circuit_faults(inventory, id, self._of(self._feeds.of_circuit[id]))
        elif kind == "ups":
            yield from ups_faults(inventory, id, self._of(self._feeds.of_ups[id]))
        elif kind == "room":
            yield from room_faults(inventory.rooms[id], self._now.rooms.get(id, Load()))

    def _of(self, racks: Iterable[str]) -> list[tuple[str, tuple[Standing, ...]]]:
        return [(rack, self._now.racks[rack]) for rack in racks if rack in self._now.racks]


RULE = Rule("S17", SENTENCE, check, of_state=True, is_silent=is_silent)
