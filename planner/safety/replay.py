"""The replay of steps over the inventory: a sequence of moments, between which nothing changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from planner.model.inventory import Inventory
from planner.model.need import NeedKind, leaves
from planner.model.place import Position
from planner.plan.step import Step
from planner.safety import screens
from planner.safety.change import (
    Become,
    Change,
    LeaveRack,
    Relocate,
    Stand,
)
from planner.safety.condition import Condition, State
from planner.safety.edges import Edges
from planner.safety.effects import effects
from planner.safety.judging import judge_in_order, judge_together
from planner.safety.ledger import Ledger, Page
from planner.safety.moment import Moment
from planner.safety.reach import Network
from planner.safety.stretches import Question, asked, stretches
from planner.safety.world import World
from planner.safety.writing import write
from planner.units.span import Minute, Span, Spans

T = TypeVar("T")
Instant = tuple[Minute, int]
"""A minute and a phase: 0 is after its ends, 1 after its starts."""
BEFORE: Instant = (-(10**12), 0)
"""Earlier than anything that a plan can say."""


class Replay:
    """All moments of a span, in order and without gaps; each is judged once, and only where something changed.

    ``events`` counts the instants at which a step starts or ends or a room, phase, power cut, link or need begins or
    ends to be valid. ``stem`` is the replay that this one branches off from, ``origin`` the moment before its first.
    """

    def __init__(
        self, inventory: Inventory, begin: State, steps: Iterable[Step], span: Span, *, stem: Branch | None = None
    ) -> None:
        self.inventory = inventory
        self.steps = tuple(sorted(steps, key=lambda step: (step.start, step.end, step.id)))
        self.span = span
        self.stem = None if stem is None else stem.replay
        self.origin = None if stem is None else stem.origin
        hosts = [pair for step in self.steps for pair in step.hosts.items()]
        racks = [(id, place.rack) for step in self.steps for id, place in step.to.items() if place.rack is not None]
        if stem is None:
            self.world = World.of(inventory, (*begin.host.items(), *hosts), racks)
            self.ledger = Ledger(begin)
            self.networks: dict[object, Network] = {}
            stem = Branch(self, None, self.ledger.page, frozenset())
        else:
            self.world = stem.replay.world.with_pairs(hosts, racks)
            self.ledger = stem.replay.ledger
            self.networks = stem.replay.networks
        self._root = stem.page
        self.answers: dict[str, list[Any]] = {}
        self._branches: dict[Minute, Branch] = {}
        self._timed = effects(inventory, self.steps, begin)
        self._ends = [timed.minute for timed in self._timed]
        self.moments = tuple(self._run(stem))
        for number, moment in enumerate(self.moments):
            moment.number = number
        if self.stem is None:
            judge_in_order(self.moments)
        self._minutes = [moment.minute for moment in self.moments]

    @classmethod
    def of(cls, inventory: Inventory, steps: Iterable[Step], span: Span | None = None) -> Replay:
        """Replay from the start state of the inventory, over the horizon unless told otherwise."""
        return cls(inventory, State.start(inventory), steps, span or inventory.project.horizon)

    def branch(self, inventory: Inventory, minute: Minute, steps: Iterable[Step], span: Span) -> Replay:
        """Other steps from the state after the ends and before the starts of an instant.

        ``inventory`` may differ from the replay's in how long work lasts and who does it.
        """
        return self.branches([Turn(inventory, minute, tuple(steps), span)])[0]

    def branches(self, turns: Iterable[Turn]) -> list[Replay]:
        """The same of several branches, which are judged together."""
        found = [self._branched(turn) for turn in turns]
        for world in dict.fromkeys(branch.world for branch in found):
            judge_together([branch for branch in found if branch.world is world])
        return found

    def _branched(self, turn: Turn) -> Replay:
        branch = self._branch(turn.minute)
        begin = self.ledger.opened_at(branch.page).state
        return Replay(turn.inventory, begin, turn.steps, turn.span, stem=branch)

    @cached_property
    def events(self) -> int:
        return len(self._instants())

    def at(self, minute: Minute) -> Moment:
        """The moment that holds at an instant, after the ends and starts of that instant."""
        return self.moments[max(bisect_right(self._minutes, minute) - 1, 0)]

    def between(self, span: Span) -> Iterator[Moment]:
        """The moments that overlap a span, in order."""
        first = max(bisect_right(self._minutes, span.start) - 1, 0)
        for number in range(first, len(self.moments)):
            if self.moments[number].minute >= span.end:
                return
            yield self.moments[number]

    def state_at(self, minute: Minute) -> State:
        """The state after the ends and before the starts of an instant: what a check point finds."""
        return self.ledger.opened_at(self._branch(minute).page).state.copy()

    def page_at(self, minute: Minute) -> Page:
        """The page of that state."""
        return self._branch(minute).page

    def before_start(self, id: str, minute: Minute) -> Condition:
        """The condition of an asset or system after the ends and before the starts of an instant."""
        marks = self._history.get(id)
        if marks is None:
            return self.begin().state.condition[id]
        return marks[bisect_right(marks, (minute, 0), key=lambda mark: mark[0]) - 1][1]

    def place_before(self, id: str, minute: Minute) -> Position | None:
        """Where an asset stands by itself after the ends and before the starts of an instant."""
        marks = self._places.get(id)
        if marks is None:
            return self.begin().state.place.get(id)
        return marks[bisect_right(marks, (minute, 0), key=lambda mark: mark[0]) - 1][1]

    def begin(self) -> Ledger:
        """The ledger, open before the first moment."""
        return self.ledger.opened_at(self._root)

    def end(self) -> Ledger:
        """The ledger, open at the last moment."""
        return self.ledger.opened_at(self.moments[-1].page)

    @cached_property
    def _history(self) -> Mapping[str, list[tuple[Instant, Condition]]]:
        """Every condition of every subject that changes, with the instant and phase from which it holds."""
        return self._marks(lambda state: state.condition, (Become,))

    @cached_property
    def _places(self) -> Mapping[str, list[tuple[Instant, Position | None]]]:
        """The same of places."""
        return self._marks(lambda state: state.place, (Stand, LeaveRack, Relocate))

    def _marks(
        self, table: Callable[[State], dict[str, T]], kinds: tuple[type[Become | Stand | LeaveRack | Relocate], ...]
    ) -> Mapping[str, list[tuple[Instant, T]]]:
        begin, state = table(self.begin().state), State()
        now = table(state)
        found: dict[str, list[tuple[Instant, T]]] = {}
        for timed in self._timed:
            change = timed.change
            if isinstance(change, kinds) and change.id in begin:
                if change.id not in found:
                    now[change.id] = begin[change.id]
                    found[change.id] = [(BEFORE, begin[change.id])]
                change.apply(state)
                found[change.id].append(((timed.minute, timed.phase), now[change.id]))
        return found

    @cached_property
    def of_subject(self) -> Mapping[str, Sequence[Step]]:
        """The steps of each subject, in the order of ``steps``."""
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            for id in dict.fromkeys(step.assets):
                found.setdefault(id, []).append(step)
        return found

    @cached_property
    def unavailable(self) -> Mapping[str, Spans]:
        """When each system is not available."""
        return self._when(self.world.once(_outages))

    @cached_property
    def degraded(self) -> Mapping[str, Spans]:
        """When each available system misses a soft need."""
        return self._when(self.world.once(_misses))

    def _when(self, question: Question[bool]) -> Mapping[str, Spans]:
        """When something holds of each system, by the order of the file; a branch leaves out where nothing does."""
        found: dict[str, list[Span]] = defaultdict(list)
        for id, span, _ in stretches(self, question):
            found[id].append(span)
        named = self.inventory.systems if self.stem is None else sorted(found, key=question.ids.__getitem__)
        return Times({id: Spans(tuple(found.get(id, ()))) for id in named})

    def _branch(self, minute: Minute) -> Branch:
        """The page that is reached at an instant, with whom that concerns since the moment before it."""
        if minute in self._branches:
            return self._branches[minute]
        number = bisect_left(self._minutes, minute)
        origin = self.moments[number - 1] if number else None
        first = bisect_right(self._ends, origin.minute) if origin is not None else 0
        due = self._timed[first : bisect_right(self._ends, minute)]
        changes = [timed.change for timed in due if (timed.minute, timed.phase) <= (minute, 0)]
        edges = set() if origin is None else self.world.once(Edges).after(origin.minute, minute)
        page = self.ledger.follow(self._root if origin is None else origin.page)
        self._branches[minute] = Branch(self, origin, page, frozenset(edges | self._write(changes, edges)))
        return self._branches[minute]

    def _write(self, changes: list[Change], edges: set[str]) -> set[str]:
        """Apply changes to the open page; whom they concern."""
        return write(self.ledger, changes, (id for id in edges if id in self.world.timed))

    def _run(self, stem: Branch) -> Iterator[Moment]:
        page, before, done = stem.page, stem.origin, 0
        edges = self.world.once(Edges)
        minutes = sorted({self.span.start, *edges.within(self.span), *self._ends})
        late = set(stem.dirty)
        for minute in (m for m in minutes if m in self.span):
            due = bisect_right(self._ends, minute)
            changes, done = [timed.change for timed in self._timed[done:due]], due
            page = self.ledger.follow(page)
            dirty = {*late, *edges.at(minute), *self._write(changes, edges.at(minute))}
            fresh = Moment(self.world, minute, self.ledger, page)
            if before is not None and before is not stem.origin:
                before.until = minute
            fresh.follow(before, dirty, self.networks)
            fresh.until = self.span.end
            before, late = fresh, set()
            yield fresh

    def _instants(self) -> set[Minute]:
        timetable = self.inventory.timetable
        spans = [*(cut.span for cut in timetable.power_cuts), *(phase.span for phase in timetable.phases)]
        edges = {edge for span in spans for edge in (span.start, span.end)}
        edges |= {m for room in self.inventory.rooms.values() for m in (room.opens, room.closes) if m is not None}
        edges |= {edge for step in self.steps for edge in (step.start, step.end)}
        return {m for m in edges if m in self.span} | set(self._minutes)


def replay_from(inventory: Inventory, begin: State, steps: Iterable[Step], span: Span) -> Replay:
    """Replay other steps from a state reached before, as the witness of a rollback is replayed from its check point."""
    return Replay(inventory, begin, steps, span)


def start_of(inventory: Inventory) -> Replay:
    """The state before the first step, for a minute; replayed once as long as the inventory is looked at."""
    return World.of(inventory, State.start(inventory).host.items(), ()).once(_start_of)


def _start_of(world: World) -> Replay:
    begin = world.inventory.project.horizon.start
    return Replay(world.inventory, State.start(world.inventory), (), Span(begin, begin + 1))


class Times(dict[str, Spans]):
    """Minutes by subject; whoever is not in it has none."""

    def __missing__(self, id: str) -> Spans:
        return Spans()


class Turn(NamedTuple):
    """What a branch is asked for with: ``steps`` from an instant on, over a span."""

    inventory: Inventory
    minute: Minute
    steps: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a replay branches off from another: the page, the moment before it, and whom a change since concerns."""

    replay: Replay
    origin: Moment | None
    page: Page
    dirty: frozenset[str]


def _outages(world: World) -> Question[bool]:
    return asked("unavailable", world.inventory.systems, lambda moment, id: not moment.fine(id), screen=screens.out)


def _misses(world: World) -> Question[bool]:
    return asked(
        "degraded",
        world.inventory.systems,
        lambda moment, id: bool(missing_soft(moment, id)),
        screen=screens.misses_soft,
    )


def missing_soft(moment: Moment, system: str) -> tuple[str, ...]:
    """What the soft needs name that an available system misses at every counting member."""
    if not moment.fine(system):
        return ()
    views = [moment.view(member, system) for member in moment.counting(system)] or [moment.view(None, system)]
    soft = [want for want in moment.wants(system) if want.need.kind is NeedKind.SOFT]
    missed = [want for want in soft if not any(moment.met(want, view) for view in views)]
    leaves_of = ((want, leaf) for want in missed for leaf in leaves(want.need.tree))
    return tuple(dict.fromkeys(leaf for want, leaf in leaves_of if not moment.satisfied(leaf, want, views[0])))
