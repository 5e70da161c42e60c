"""The replay of steps over the inventory: a sequence of moments, between which nothing changes."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from planner.model.inventory import Inventory
from planner.model.need import NeedKind, leaves
from planner.plan.step import Step
from planner.safety.change import (
    Aim,
    Become,
    Change,
    CloseBridge,
    HandOver,
    Inform,
    LeaveRack,
    OpenBridge,
    Readdress,
    Relocate,
    Stand,
)
from planner.safety.condition import Condition, State
from planner.safety.effects import effects
from planner.safety.moment import Moment
from planner.safety.reach import Network
from planner.safety.world import World
from planner.units.span import Minute, Span, Spans

PARTS: Mapping[type, str] = {
    Become: "condition",
    Stand: "place",
    LeaveRack: "place",
    Relocate: "place",
    Aim: "host",
    HandOver: "role",
}
"""The tables of a state that each kind of change writes into; other kinds replace what they change."""


class Replay:
    """All moments of a span, in order and without gaps; each is judged once, and only where something changed.

    ``events`` counts the instants at which a step starts or ends or a room, phase, power cut, link or need begins or
    ends to be valid.
    """

    def __init__(self, inventory: Inventory, begin: State, steps: Iterable[Step], span: Span) -> None:
        self.inventory = inventory
        self.steps = tuple(sorted(steps, key=lambda step: (step.start, step.end, step.id)))
        self.span = span
        self.world = World.of(inventory, (*begin.host.items(), *(m for step in self.steps for m in step.hosts.items())))
        self._begin = begin
        self._timed = effects(inventory, self.steps, begin)
        self._networks: dict[object, Network] = {}
        self.moments = tuple(self._run())
        self._minutes = [moment.minute for moment in self.moments]
        self.events = len(self._instants())

    @classmethod
    def of(cls, inventory: Inventory, steps: Iterable[Step], span: Span | None = None) -> "Replay":
        """Replay from the start state of the inventory, over the horizon unless told otherwise."""
        return cls(inventory, State.start(inventory), steps, span or inventory.project.horizon)

    def at(self, minute: Minute) -> Moment:
        """The moment that holds at an instant, after the ends and starts of that instant."""
        return self.moments[max(bisect_right(self._minutes, minute) - 1, 0)]

    def between(self, span: Span) -> Iterator[Moment]:
        """The moments that overlap a span, in order."""
        first = max(bisect_right(self._minutes, span.start) - 1, 0)
        for moment in self.moments[first:]:
            if moment.minute >= span.end:
                return
            yield moment

    def state_at(self, minute: Minute) -> State:
        """The state after the ends and before the starts of an instant: what a check point finds."""
        state = self._begin.copy()
        for timed in self._timed:
            if (timed.minute, timed.phase) <= (minute, 0):
                timed.change.apply(state)
        return state

    def before_start(self, id: str, minute: Minute) -> Condition:
        """The condition of an asset or system after the ends and before the starts of an instant."""
        marks = self._history[id]
        return marks[bisect_right(marks, (minute, 0), key=lambda mark: mark[0]) - 1][1]

    @cached_property
    def _history(self) -> Mapping[str, list[tuple[tuple[Minute, int], Condition]]]:
        """Every condition of every subject with the instant and phase from which it holds."""
        state = self._begin.copy()
        found = {id: [((-1, -1), condition)] for id, condition in state.condition.items()}
        for timed in self._timed:
            timed.change.apply(state)
            if isinstance(timed.change, Become):
                id = timed.change.id
                found[id].append(((timed.minute, timed.phase), state.condition[id]))
        return found

    @cached_property
    def unavailable(self) -> Mapping[str, Spans]:
        """When each system is not available."""
        return {id: self._when(id, available=False) for id in self.inventory.systems}

    @cached_property
    def degraded(self) -> Mapping[str, Spans]:
        """When each available system misses a soft need."""
        systems = self.inventory.systems
        return {id: Spans.of(moment.span for moment in self.moments if missing_soft(moment, id)) for id in systems}

    def _when(self, system: str, *, available: bool) -> Spans:
        return Spans.of(moment.span for moment in self.moments if moment.fine(system) is available)

    def _run(self) -> Iterator[Moment]:
        state, done, before = self._begin, 0, None
        boundaries = self._boundaries()
        ends = [timed.minute for timed in self._timed]
        minutes = sorted({self.span.start, *boundaries, *ends})
        for minute in (m for m in minutes if m in self.span):
            due = bisect_right(ends, minute)
            changes, done = [timed.change for timed in self._timed[done:due]], due
            state = state.branch({PARTS[type(change)] for change in changes if type(change) in PARTS})
            for change in changes:
                change.apply(state)
            dirty = boundaries.get(minute, set()).union(*(touched(change) for change in changes))
            fresh = Moment(self.world, state, minute, self._networks)
            if before is not None:
                before.until = minute
            fresh.judge(before, dirty)
            fresh.until = self.span.end
            before = fresh
            yield fresh

    def _boundaries(self) -> Mapping[Minute, set[str]]:
        """The instants at which links and needs begin or end to be valid, and whom that concerns."""
        found: dict[Minute, set[str]] = defaultdict(set)
        for link in self.inventory.links.values():
            for minute in (link.since, link.until):
                if minute is not None:
                    found[minute].add(link.id)
        for table in (self.world.declared, self.world.in_cloud):
            for id, wants in table.items():
                for minute in (edge for want in wants for edge in (want.need.since, want.need.until)):
                    if minute is not None:
                        found[minute].add(id)
        for minute, id in _departures(self.inventory):
            found[minute].add(id)
        return found

    def _instants(self) -> set[Minute]:
        timetable = self.inventory.timetable
        spans = [*(cut.span for cut in timetable.power_cuts), *(phase.span for phase in timetable.phases)]
        edges = {edge for span in spans for edge in (span.start, span.end)}
        edges |= {m for room in self.inventory.rooms.values() for m in (room.opens, room.closes) if m is not None}
        edges |= {edge for step in self.steps for edge in (step.start, step.end)}
        return {m for m in edges if m in self.span} | set(self._minutes)


def _departures(inventory: Inventory) -> Iterator[tuple[Minute, str]]:
    """When assets and systems leave for their clouds."""
    leaving = [(asset.leaves, asset.id) for asset in inventory.assets.values()]
    leaving += [(system.leaves, system.id) for system in inventory.systems.values()]
    yield from ((minute, id) for minute, id in leaving if minute is not None)


def replay_from(inventory: Inventory, begin: State, steps: Iterable[Step], span: Span) -> Replay:
    """Replay other steps from a state reached before, as the witness of a rollback is replayed from its check point."""
    return Replay(inventory, begin, steps, span)


def missing_soft(moment: Moment, system: str) -> tuple[str, ...]:
    """What the soft needs name that an available system misses at every counting member."""
    if not moment.fine(system):
        return ()
    views = [moment.view(member, system) for member in moment.counting(system)] or [moment.view(None, system)]
    soft = [want for want in moment.wants(system) if want.need.kind is NeedKind.SOFT]
    missed = [want for want in soft if not any(moment.met(want, view) for view in views)]
    leaves_of = ((want, leaf) for want in missed for leaf in leaves(want.need.tree))
    return tuple(dict.fromkeys(leaf for want, leaf in leaves_of if not moment.satisfied(leaf, want, views[0])))


def touched(change: Change) -> set[str]:
    """The subjects whose condition or place a change concerns."""
    match change:
        case HandOver(old, new):
            return {old, new}
        case Readdress(id, holders):
            return {id, *holders}
        case Inform(id, holder):
            return {id, holder}
        case Become(id) | Stand(id) | LeaveRack(id) | Relocate(id) | Aim(id) | OpenBridge(id) | CloseBridge(id):
            return {id}
